"""A treaty in the calendar of a game: how waits round, which moves and steps there are, what is barred."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.law.book import Clock
from assay.law.books import open_book, treaties
from assay.law.calendar import Periods, barred, longest_wait, soft_duties, variable, variables, waits
from assay.law.clock import strike
from assay.law.standing import standing

from .made_up import act, book

SIX = Clock("20(3)", months=6)
LANDING = Clock("17(2)", months=6, lands_on="first_of_month")
START = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("months", "periods"),
    [(1, 6), (2, 3), (3, 2), (4, 2), (5, 2), (6, 1), (7, 1), (12, 1), (24, 1)],
)
def test_six_months_in_periods_of_some_months(months: int, periods: int) -> None:
    assert waits(SIX, Periods(START, months), 1) == periods
    assert waits(LANDING, Periods(START, months), 1) == periods


def test_a_wait_that_ends_within_a_period_binds_through_its_decisions() -> None:
    # Four-month periods: notice on 1 January, exit on 1 July, inside the period that begins on 1 May.
    periods = Periods(START, 4)
    assert waits(SIX, periods, 1) == 2
    assert periods.first_day(2) < strike(SIX, START) < periods.first_day(3)


def test_an_act_is_felt_at_the_next_period_at_the_earliest() -> None:
    assert waits(Clock("IX", days=0), Periods(START, 12), 1) == 1
    assert waits(Clock("XIX", days=150), Periods(START, 12), 1) == 1


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(1, 24), st.integers(1, 30), st.integers(0, 40))
def test_rounding_is_the_smallest_number_of_periods_that_suffices(
    start: date, months: int, period: int, wait: int
) -> None:
    periods, clock = Periods(start, months), Clock("1", months=wait)
    struck, number = strike(clock, periods.first_day(period)), waits(clock, periods, period)
    assert struck <= periods.first_day(period + number)
    assert number == 1 or struck > periods.first_day(period + number - 1)
    assert number <= longest_wait(clock, periods)


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(1, 24), st.dates(date(1995, 1, 1), date(2060, 1, 1)))
def test_a_day_lies_in_its_period(start: date, months: int, day: date) -> None:
    periods = Periods(start, months)
    number = periods.period_of(day)
    assert periods.first_day(number) <= day < periods.first_day(number + 1)


def test_poland_in_yearly_periods_from_2025() -> None:
    found = variable(open_book("APMBC"), "POL", START, 12)
    assert found.values == ("not_party", "entering_1", "party", "leaving_1", "left")
    assert found.start == "party"
    assert found.binding == ("party", "leaving_1")
    moves = {move.act: (move.before, move.after, move.article) for move in found.moves}
    assert moves["notify_withdrawal"] == (("party",), "leaving_1", "20(2)")
    assert moves["revoke_notice"] == (("leaving_1",), "party", "")
    assert moves["accede"] == (("not_party", "left"), "entering_1", "16")
    steps = {step.before: (step.after, step.held, step.article) for step in found.steps}
    assert steps == {"entering_1": ("party", False, "17(2)"), "leaving_1": ("left", True, "20(3)")}
    assert found.bars["stockpile"] == ("1(1)(b)",)
    assert found.bars["assist"] == ("1(1)(c)",)


@pytest.mark.parametrize(
    ("treaty", "actor", "values", "moves"),
    [
        ("CFE", "POL", ["not_party", "party", "leaving_1", "left"], ["notify_withdrawal"]),
        ("OPEN_SKIES", "POL", ["not_party", "party", "leaving_1", "left"], ["notify_withdrawal"]),
        ("NATO", "POL", ["not_party", "party", "left"], []),
        ("UNION_STATE", "BLR", ["not_party", "party", "left"], []),
    ],
)
def test_a_treaty_whose_rules_lack_an_entry_or_an_exit(
    treaty: str, actor: str, values: list[str], moves: list[str]
) -> None:
    found = variable(open_book(treaty), actor, START, 12)
    assert list(found.values) == values
    assert [move.act for move in found.moves] == moves
    assert [(step.before, step.after) for step in found.steps] == [("leaving_1", "left")][: len(moves)]
    assert found.start in found.values


@pytest.mark.parametrize("treaty", treaties())
@pytest.mark.parametrize("months", [1, 3, 12])
def test_every_treaty_has_a_variable_for_every_state_on_record(treaty: str, months: int) -> None:
    book = open_book(treaty)
    for actor in sorted({one.actor for one in book.acts}):
        if standing(book, actor, START).bound is not None:
            found = variable(book, actor, START, months)
            assert {found.start, *(move.after for move in found.moves)} <= set(found.values), actor


def test_deposits_wait_as_long_as_the_rules_say_and_no_longer() -> None:
    made = open_book("TPNW")  # in force on 22 January 2021; 90 days from a deposit
    later = variable(made, "POL", date(2021, 2, 1), 1)
    assert later.early is None
    assert {move.after for move in later.moves if move.act == "accede"} == {
        "entering_4"
    }  # from February: 90 days end in May
    # In 2020 a deposit of January waits a year, and one of December two months: no one number is right.
    early = variable(made, "POL", date(2020, 1, 1), 1)
    assert early.early == date(2021, 1, 22)
    assert "entering_13" not in early.values
    assert [move.act for move in early.moves] == ["notify_withdrawal"]


def test_a_treaty_that_has_ended_says_from_when() -> None:
    made = open_book("INF")  # over on 2 August 2019
    assert variable(made, "UKR", date(2018, 1, 1), 12).ends == 3
    assert variable(made, "UKR", date(2019, 8, 2), 12).ends == 1
    assert variable(made, "UKR", START, 12).ends == 1
    assert variable(open_book("APMBC"), "POL", START, 12).ends is None


def test_a_notice_that_runs_at_the_start_waits_for_the_rest() -> None:
    made = open_book("APMBC")
    assert variable(made, "EST", date(2025, 7, 1), 3).start == "leaving_2"  # out on 27 December: free in January
    assert variable(made, "EST", date(2025, 10, 1), 3).start == "leaving_1"
    assert variable(made, "EST", date(2026, 1, 1), 3).start == "left"
    assert variable(made, "POL", date(2026, 1, 1), 3).start == "leaving_1"
    assert variable(made, "MHL", date(2025, 4, 1), 3).start == "entering_2"  # bound on 1 September: felt in October


def test_quarters_count_down() -> None:
    found = variable(open_book("APMBC"), "BLR", START, 3)
    assert found.values[-3:] == ("leaving_2", "leaving_1", "left")
    steps = {step.before: (step.after, step.held) for step in found.steps}
    assert steps["leaving_2"] == ("leaving_1", False)
    assert steps["leaving_1"] == ("left", True)  # held while Belarus is at war, if the case says that it is


def test_members_of_a_coalition_start_apart() -> None:
    found = variables(open_book("APMBC"), ["EST", "LVA", "LTU", "POL"], date(2026, 1, 1), 12)
    assert {actor: one.start for actor, one in found.items()} == {
        "EST": "left",
        "LVA": "left",
        "LTU": "left",
        "POL": "leaving_1",
    }


def test_a_signatory_ratifies_and_its_duty_is_soft(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "signature", "2000-06-01"))
    found = variable(made, "POL", date(2002, 1, 1), 12)
    assert [move.act for move in found.moves if "not_party" in move.before] == ["ratify"]
    assert found.soft == ("not_party", "entering_1")
    assert [duty.soft for duty in soft_duties(made)] == [True]


def test_mirroring_with_mines() -> None:
    # What stands between Belarus and mines of its own, or of others on its soil; and nothing between Russia and them.
    made = open_book("APMBC")
    belarus, russia = variable(made, "BLR", START, 12), variable(made, "RUS", START, 12)
    assert (belarus.start, russia.start) == ("party", "not_party")
    assert belarus.start in belarus.binding
    assert russia.start not in russia.binding
    assert {act: barred(made, act) for act in ("stockpile", "use", "assist")} == {
        "stockpile": ("1(1)(b)",),
        "use": ("1(1)(a)",),
        "assist": ("1(1)(c)",),
    }


def test_what_is_not_settled_at_the_start_is_refused() -> None:
    with pytest.raises(InputError, match="it is not settled on 2026-10-01 whether APMBC binds it"):
        variable(open_book("APMBC"), "LBN", date(2026, 10, 1), 12)
    with pytest.raises(InputError, match="at least one month"):
        variable(open_book("APMBC"), "POL", START, 0)
