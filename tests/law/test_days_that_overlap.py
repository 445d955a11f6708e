"""Acts whose days overlap, since only a month, a year or bounds are known: what can have been is not refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.law.book import Act, Book
from assay.law.books import open_book
from assay.law.days import Day, on, parse_day
from assay.law.order import clashes, in_order
from assay.law.standing import standing

from .made_up import act, book

KINDS = ("signature", "ratification", "accession", "notice", "revocation", "conflict_began", "conflict_ended")
DATES = st.dates(date(2000, 1, 1), date(2008, 12, 31))


@pytest.mark.parametrize(
    "rows",
    [
        [("signature", "2000-12-03"), ("ratification", "2000")],
        [("accession", "2003"), ("notice", "2003-12-20")],
        [("accession", "2003-01-15"), ("notice", "2013-04-06"), ("revocation", "2013-04")],
        [("accession", "2003-01-15"), ("notice", "2013-04-06"), ("revocation", "2013-03-01/2013-05-01")],
        [("accession", "2003-01-15"), ("conflict_began", "2002-06-11"), ("conflict_ended", "2002-06")],
        [("accession", "2003-01-15"), ("notice", "2013-04-06"), ("accession", "2013")],
        [("signature", "2000"), ("ratification", "2000-01-05")],
    ],
)
def test_what_can_have_followed_is_not_refused(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    assert book(tmp_path, *(act("POL", kind, day) for kind, day in rows)).acts


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("ratification", "2000-12-03"), ("signature", "2000")], "a signature after consent to be bound"),
        ([("accession", "2003-01-15"), ("revocation", "2013-04"), ("notice", "2013-05-01")], "a revocation without"),
        ([("accession", "2003-01-15"), ("notice", "2013-04-06"), ("revocation", "2014")], "the exit had taken effect"),
    ],
)
def test_what_cannot_have_followed_is_refused(tmp_path: Path, rows: list[tuple[str, str]], found: str) -> None:
    with pytest.raises(InputError, match=found):
        book(tmp_path, *(act("POL", kind, day) for kind, day in rows))


def test_a_signature_of_some_day_of_the_year_of_consent_came_before_it(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "signature", "2000"), act("POL", "ratification", "2000-03-10"))
    assert standing(made, "POL", date(2000, 2, 1)).possible == ("not a party", "signatory")
    found = standing(made, "POL", date(2000, 3, 10))
    assert (found.possible, found.since) == (("signatory",), date(2000, 3, 10))


@cache
def empty() -> Book:
    """The mine-ban convention without acts, open for signature for ever."""
    shipped = open_book("APMBC")
    return replace(shipped, acts=(), rules=replace(shipped.rules, closes=None))


def one(kind: str, done: Day) -> Act:
    return Act("POL", kind, done, None, None, date(2027, 1, 1), "reported", None, ("S",))


@st.composite
def lives(draw: st.DrawFn) -> list[Act]:
    """Acts on known days, in their order, none of which contradicts an earlier one."""
    days = sorted(draw(st.lists(DATES, min_size=2, max_size=7)))
    kept: list[Act] = []
    for day in days:
        new = [*kept, one(draw(st.sampled_from(KINDS)), on(day))]
        if not clashes(list(enumerate(new)), empty().rules):
            kept = new
    return kept


def blurred(draw: st.DrawFn, known: Act) -> Act:
    assert known.done is not None
    text = known.done.first.isoformat()
    return replace(known, done=parse_day(draw(st.sampled_from([text, text[:7], text[:4]]))))


@settings(max_examples=150, deadline=None)
@given(lives(), st.data(), DATES)
def test_less_known_days_leave_every_true_standing_possible(life: list[Act], data: st.DataObject, day: date) -> None:
    assume(life)
    less = [data.draw(st.composite(blurred)(known)) for known in life]
    assert in_order(less) == less
    assert not clashes(list(enumerate(less)), empty().rules)
    true = standing(replace(empty(), acts=tuple(life)), "POL", day)
    assert true.word in standing(replace(empty(), acts=tuple(less)), "POL", day).possible
