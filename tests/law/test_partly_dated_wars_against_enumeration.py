"""Exits that an armed conflict of partly known days holds back, against every day that notice and conflict can have."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.law.book import Clock, Exit
from assay.law.clock import Conflict, leave
from assay.law.days import Day, on

RULE = Exit(Clock("20", days=30), "20(3)", "20(1)", "receipt", "", ())
START = date(2020, 1, 1)


@st.composite
def days(draw: st.DrawFn, earliest: int) -> Day:
    first = START + timedelta(draw(st.integers(earliest, earliest + 40)))
    return Day(first, first + timedelta(draw(st.integers(0, 3))))


def within(day: Day) -> list[date]:
    return [day.first + timedelta(n) for n in range((day.last - day.first).days + 1)]


def by_hand(notice: date, began: date, ended: date | None) -> date:
    """`date.max`: never, as far as is known."""
    runs_out = notice + timedelta(30)
    if began <= runs_out and (ended is None or runs_out < ended):
        return ended or date.max
    return runs_out


@given(days(0), days(20), st.one_of(st.none(), days(63)))
@settings(max_examples=300, deadline=None)
def test_bounds_are_those_of_all_days(notice: Day, began: Day, ended: Day | None) -> None:
    ends = within(ended) if ended else [None]
    found = [by_hand(*given) for given in product(within(notice), within(began), ends)]
    told = leave(RULE, notice, [Conflict(began, ended)])
    if told is None:
        assert min(found) == date.max
    else:
        assert (told.first, told.last) == (min(found), max(found))


def test_a_day_without_an_end_is_open() -> None:
    open_end = Day(START, date.max)
    assert open_end.open
    assert not on(START).open
    assert open_end.moved(lambda day: day + timedelta(1)) == Day(START + timedelta(1), date.max)
    assert str(open_end) == "2020-01-01/"
