"""Days as far as they are known: written, bounded, said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.law.days import Day, on, parse_date, parse_day, say

DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2025-08-20", date(2025, 8, 20), date(2025, 8, 20), "on 20 August 2025"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "in February 2024"),
        ("2015", date(2015, 1, 1), date(2015, 12, 31), "in 2015"),
        (
            "2026-01-12/2026-11-22",
            date(2026, 1, 12),
            date(2026, 11, 22),
            "between 12 January 2026 and 22 November 2026",
        ),
        ("/2023-06-10", date.min, date(2023, 6, 10), "by 10 June 2023"),
    ],
)
def test_forms(text: str, first: date, last: date, said: str) -> None:
    day = parse_day(text)
    assert (day.first, day.last) == (first, last)
    assert say(day) == said
    assert str(day) == text


@given(DATES, st.integers(0, 800))
def test_what_is_written_is_read_back(first: date, length: int) -> None:
    day = Day(first, first + timedelta(days=length))
    assert parse_day(str(day)) == day


@given(DATES)
def test_a_known_day_is_read_back(day: date) -> None:
    assert parse_date(str(on(day))) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-02-30", "a day that no calendar has"),
        ("2025-13", "a day that no calendar has"),
        ("20 August 2025", "which is not a day"),
        ("2025-8-20", "which is not a day"),
        ("", "which is not a day"),
        ("2026-01-01/2025-01-01", "bounds in the wrong order"),
        ("2026-01-01/", "which is not a day"),
    ],
)
def test_what_is_no_day(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_day(text)


@pytest.mark.parametrize("text", ["2025", "2025-08", "/2025-08-20"])
def test_one_day_is_asked_for(text: str) -> None:
    with pytest.raises(ValueError, match="not one day; a day as 2025-08-20"):
        parse_date(text)
