"""Month arithmetic against python-dateutil's `relativedelta`, and by hand at month ends and leap days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from assay.law.book import Clock
from assay.law.books import open_book
from assay.law.clock import Conflict, add_months, entry_after, exit_after, strike
from assay.law.days import on, parse_day

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_months_later(day: date, months: int) -> None:
    assert add_months(day, months) == day + relativedelta(months=months)


@given(DAYS, st.integers(0, 24))
def test_first_day_of_a_later_month(day: date, months: int) -> None:
    found = strike(Clock("17", months=months, lands_on="first_of_month"), day)
    assert found == (day + relativedelta(months=months)).replace(day=1)


@given(DAYS, st.integers(0, 400))
def test_days_later_counted_one_by_one(day: date, days: int) -> None:
    counted = day
    for _ in range(days):
        counted += timedelta(days=1)
    assert strike(Clock("XIX", days=days), day) == counted


@given(DAYS, DAYS, st.integers(0, 24), st.sampled_from(["same_day", "first_of_month"]))
def test_clocks_keep_the_order_of_days(one: date, other: date, months: int, lands_on: str) -> None:
    clock = Clock("1", months=months, lands_on=lands_on)
    early, late = sorted((one, other))
    assert strike(clock, early) <= strike(clock, late)


@pytest.mark.parametrize(
    ("notice", "effect"),
    [
        ("2025-08-31", "2026-02-28"),  # February has no 31st
        ("2023-08-31", "2024-02-29"),  # a leap year
        ("2023-08-29", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
        ("2025-03-31", "2025-09-30"),
        ("2025-12-31", "2026-06-30"),
        ("2025-06-27", "2025-12-27"),
    ],
)
def test_six_months_from_month_ends(notice: str, effect: str) -> None:
    assert exit_after(open_book("APMBC"), date.fromisoformat(notice)) == date.fromisoformat(effect)


@pytest.mark.parametrize(
    ("deposit", "effect"),
    [
        ("2012-12-27", "2013-06-01"),
        ("2015-09-30", "2016-03-01"),
        ("2015-08-31", "2016-02-01"),
        ("2015-08-01", "2016-02-01"),  # the first of a month is no different
        ("1997-12-03", "1999-03-01"),  # not before the convention itself
        ("1998-09-30", "1999-03-01"),
        ("1998-10-01", "1999-04-01"),
    ],
)
def test_first_day_of_the_sixth_month_after(deposit: str, effect: str) -> None:
    assert entry_after(open_book("APMBC"), date.fromisoformat(deposit)) == date.fromisoformat(effect)


def test_an_armed_conflict_holds_an_exit_back_only_when_it_goes_on_at_the_end() -> None:
    book, notice, runs_out = open_book("APMBC"), date(2025, 1, 15), date(2025, 7, 15)

    def leaves(began: str, ended: str | None) -> date | None:
        conflict = Conflict(parse_day(began), parse_day(ended) if ended else None)
        return exit_after(book, notice, [conflict])

    assert leaves("2024-01-01", None) is None
    assert leaves("2024-01-01", "2026-03-05") == date(2026, 3, 5)
    assert leaves("2025-03-01", "2025-07-16") == date(2025, 7, 16)
    assert leaves("2025-03-01", "2025-07-15") == runs_out  # ended on the day
    assert leaves("2024-01-01", "2025-05-01") == runs_out  # ended before
    assert leaves("2025-07-16", None) == runs_out  # began after: the exit had taken effect
    assert leaves("2025-07-15", None) is None  # began on the day
    assert leaves("2025", None) is None  # in doubt from its earliest day


def test_of_two_conflicts_the_later_end_counts() -> None:
    conflicts = [
        Conflict(on(date(2025, 1, 1)), on(date(2025, 8, 1))),
        Conflict(on(date(2025, 2, 1)), on(date(2026, 1, 1))),
    ]
    assert exit_after(open_book("APMBC"), date(2025, 1, 15), conflicts) == date(2026, 1, 1)


def test_a_treaty_without_such_a_clause_lets_go() -> None:
    book = open_book("OPEN_SKIES")
    assert exit_after(book, date(2020, 5, 22), [Conflict(on(date(2020, 1, 1)))]) == date(2020, 11, 22)
