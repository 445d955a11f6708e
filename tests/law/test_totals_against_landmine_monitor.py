"""Totals by year against those that were published.

Consents by year: Landmine Monitor 2006, "Banning Antipersonnel Mines", the-monitor.org (151 parties: how many states
ratified or acceded in each year since 1997, the last up to July 2006). Parties in later years: Landmine Monitor 2013
and 2019, and reports of the convention's meetings, as named in `sources.csv`.
"""

from __future__ import annotations

from datetime import date

import pytest

from assay.law.books import open_book
from assay.law.roll import consents_by_year, roll

BY_YEAR = {1997: 3, 1998: 55, 1999: 32, 2000: 19, 2001: 13, 2002: 8, 2003: 11, 2004: 3, 2005: 4}


def test_consents_by_year() -> None:
    found = consents_by_year(open_book("APMBC"))
    assert {year: found[year] for year in BY_YEAR} == BY_YEAR


def test_consents_by_july_2006() -> None:
    book = open_book("APMBC")
    july = date(2006, 7, 31)
    assert roll(book, july, as_known=july).counts["consented"] == 151
    assert roll(book, july).counts["consented"] == 152  # Montenegro, notified in October and bound from June
    assert roll(book, date(2005, 12, 31)).counts["consented"] == 148


@pytest.mark.parametrize(
    ("treaty", "day", "count", "number"),
    [
        ("APMBC", date(1999, 3, 1), "signed", 133),  # UN Office for Disarmament Affairs
        ("APMBC", date(2013, 9, 1), "consented", 161),  # Landmine Monitor 2013, Poland the latest
        ("APMBC", date(2019, 11, 1), "parties", 164),  # Landmine Monitor 2019
        ("APMBC", date(2025, 6, 30), "consented", 166),  # with the Marshall Islands and Tonga
        ("APMBC", date(2026, 2, 20), "parties", 161),  # after five exits
        ("APMBC", date(2026, 11, 22), "consented", 162),  # with Lebanon
        ("CCM", date(2023, 2, 28), "consented", 111),  # Nigeria is State Party No. 111
        ("CCM", date(2023, 8, 3), "consented", 112),  # South Sudan is No. 112
        ("CCM", date(2024, 9, 1), "parties", 112),  # Cluster Munition Monitor 2024
        ("CCM", date(2025, 3, 6), "parties", 111),  # after Lithuania
        ("CCM", date(2025, 9, 5), "consented", 112),  # Vanuatu
    ],
)
def test_published_totals(treaty: str, day: date, count: str, number: int) -> None:
    assert roll(open_book(treaty), day).counts[count] == number


def test_states_outside_in_2019() -> None:
    found = roll(open_book("APMBC"), date(2019, 11, 1))
    assert len(found.outside) + len(found.signatories) == 33  # Landmine Monitor 2019; the Marshall Islands had signed
