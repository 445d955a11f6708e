"""Whatever the acts: standing never jumps without an act or a clock, and answers as known use no later knowledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.law.book import KINDS as EVERY_KIND
from assay.law.book import Act, Book, Contest, Position
from assay.law.books import open_book
from assay.law.days import Day, on
from assay.law.knowledge import readings
from assay.law.order import clashes
from assay.law.roll import roll
from assay.law.standing import standing
from assay.law.story import story
from assay.law.timeline import timeline

START, END = date(1999, 6, 1), date(2026, 6, 1)
SOME = settings(max_examples=150, deadline=None)
KINDS = tuple(kind for kind in EVERY_KIND if kind not in ("acceptance", "approval", "consent"))
DATES = st.dates(START, END)


@cache
def empty() -> Book:
    """The mine-ban convention without acts: its clocks, conflict clause, contested points."""
    return replace(open_book("APMBC"), acts=())


@st.composite
def days(draw: st.DrawFn) -> Day:
    first = draw(DATES)
    return Day(first, first + timedelta(days=draw(st.sampled_from([0, 0, 0, 20, 200]))))


@st.composite
def histories(draw: st.DrawFn) -> Book:
    """Acts of one state in an order that makes sense: those that would contradict an earlier one are left out."""
    kept: list[Act] = []
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=9)):
        done = draw(days())
        published = draw(
            st.one_of(st.none(), st.integers(0, 900).map(lambda n, done=done: on(done.last + timedelta(n))))
        )
        contest = draw(st.sampled_from(["suspension" if kind == "suspension_claimed" else "belarus-conflict", None]))
        if kind == "suspension_claimed":
            contest = "suspension"
        if kind not in ("suspension_claimed", "conflict_began"):
            contest = None
        effect = on(done.first - timedelta(days=100)) if kind == "succession" else None
        act = Act("BLR", kind, done, effect, published, date(2027, 1, 1), "reported", contest, ("S",))
        rules = replace(empty().rules, closes=None)
        if not clashes(list(enumerate([*kept, act])), rules):
            kept.append(act)
    return replace(empty(), acts=tuple(kept))


def known(book: Book, day: date) -> Book:
    """The book as somebody would have had it on a day, with what was perhaps known by then."""
    acts = tuple(act for act in book.acts if (act.known() or on(day)).first <= day)
    contests = {
        name: Contest(
            name, one.question, tuple(p for p in one.positions if p.known_from is None or p.known_from <= day)
        )
        for name, one in book.contests.items()
    }
    return replace(book, acts=acts, contests=contests)


@SOME
@given(histories(), DATES, DATES)
def test_answers_as_known_use_no_later_knowledge(book: Book, day: date, as_known: date) -> None:
    assert standing(book, "BLR", day, as_known) == standing(known(book, as_known), "BLR", day, as_known)


@SOME
@given(histories(), DATES)
def test_standing_never_jumps_without_an_act_or_a_clock(book: Book, day: date) -> None:
    today, tomorrow = standing(book, "BLR", day), standing(book, "BLR", day + timedelta(days=1))
    changed = (today.word, today.possible, today.consenting, today.suspended) != (
        tomorrow.word, tomorrow.possible, tomorrow.consenting, tomorrow.suspended,
    )  # fmt: skip
    if changed:
        touched = {
            edge
            for reading in readings(book, "BLR", None)
            for change in story(book, "BLR", None, reading)
            for edge in (change.day.first, change.day.last)
            if change.act is not None or change.by_clock
        }
        assert day + timedelta(days=1) in touched


@SOME
@given(histories())
def test_a_timeline_tells_every_change_of_word(book: Book) -> None:
    told = timeline(book, "BLR")
    for earlier, later in pairwise(told):
        between = earlier.on + (later.on - earlier.on) // 2
        assert standing(book, "BLR", between).word == earlier.word
        assert later.because
    if told:
        assert standing(book, "BLR", told[0].on - timedelta(days=1)).word == "not a party"
        assert standing(book, "BLR", date(2040, 1, 1)).word == told[-1].word


@SOME
@given(histories(), DATES)
def test_the_word_is_one_of_the_possible_ones_and_has_a_reason(book: Book, day: date) -> None:
    found = standing(book, "BLR", day)
    assert found.word in found.possible
    assert found.because
    assert found.since is None or found.since <= day
    assert found.until is None or found.until > day
    assert found.bound is not None or found.notes


@given(DATES, DATES)
@settings(max_examples=10, deadline=None)
def test_the_roll_as_known_uses_no_later_knowledge(day: date, as_known: date) -> None:
    book = open_book("APMBC")
    assert roll(book, day, as_known).counts == roll(known(book, as_known), day, as_known).counts


def test_before_the_last_needed_deposit_nobody_could_know_when_it_enters_into_force() -> None:
    book = open_book("APMBC")
    early = standing(book, "CAN", date(1999, 3, 1), as_known=date(1998, 6, 1))
    assert (early.word, early.consenting, early.entry) == ("signatory", True, None)
    later = standing(book, "CAN", date(1999, 3, 1), as_known=date(1998, 9, 30))
    assert later.word == "party"


def test_positions_have_days() -> None:
    for name in ("APMBC", "CFE", "INF"):
        book = open_book(name)
        done = {act.contest for act in book.acts}  # others are readings of the text, as old as the text
        for contest in book.contests.values():
            assert all(isinstance(position, Position) and position.source for position in contest.positions)
            assert any(position.known_from for position in contest.positions) == (contest.id in done)
