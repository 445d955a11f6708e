"""As-known answers never use later knowledge: whatever comes later, the verdict of an earlier day stays what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.ledger import check as c
from assay.ledger.claim import WEIGHTS, Claim, Item, Point, Probe
from assay.ledger.fact import Fact
from assay.ledger.knowledge import Known
from assay.ledger.known import known
from assay.ledger.ledger import Ledger, open_ledger
from assay.ledger.place import Place
from assay.ledger.source import Source
from assay.ledger.verdict import WORDS, judge
from assay.ledger.when import When, on

from .support import MINE_BAN

AT = Place("f", 1, 1, "")
START = date(2020, 1, 1)
SOURCE = Source("S", "A title", "", None, "", "", "", "", None, AT)

days = st.integers(0, 400).map(lambda number: START + timedelta(days=number))


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    if draw(st.integers(0, 9)) == 0:
        return Known(None, "unknown")
    first = draw(days)
    return Known(When(first, first + timedelta(days=draw(st.sampled_from([0, 0, 30])))), "published")


@st.composite
def items(draw: st.DrawFn) -> Item:
    side = draw(st.sampled_from(["for", "against"]))
    return Item(side, "S", "a note", draw(st.sampled_from(WEIGHTS)), draw(knowns()), AT)


@st.composite
def facts(draw: st.DrawFn, number: int) -> Fact:
    value = float(draw(st.integers(0, 10)))
    return Fact("AAA", f"i{number}", on(START), value, None, None, "km", None, "", ("S",), draw(knowns()), "", AT)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """A ledger of one claim; each of its points may have items and a check of a fact of its own."""
    found: list[Fact] = []
    points = []
    for number in range(draw(st.integers(1, 3))):
        probes: tuple[Probe, ...] = ()
        if draw(st.booleans()):
            found.append(draw(facts(number)))
            question = c.Value(c.FactRef(f"i{number}", ("AAA",), ""))
            check = c.Check(question, c.Comparison("above", numbers=(5.0,)), False, AT)
            probes = (Probe(check, "", draw(st.sampled_from(WEIGHTS))),)
        evidence = tuple(draw(st.lists(items(), max_size=4)))
        points.append(Point("a point", draw(st.booleans()), evidence, probes))
    claim = Claim("C1", "fact", "", "a sentence", tuple(points), "", "", AT)
    return Ledger("folder", draw(st.none() | days), {"S": SOURCE}, tuple(found), (claim,))


def add(ledger: Ledger, which: int, item: Item) -> Ledger:
    """The ledger with one more item of evidence at one of its points."""
    claim = ledger.claims[0]
    points = list(claim.points)
    which %= len(points)
    points[which] = replace(points[which], items=(*points[which].items, item))
    return replace(ledger, claims=(replace(claim, points=tuple(points)),))


@given(ledgers(), days, items(), st.integers(0, 2), st.integers(1, 300))
@settings(max_examples=200)
def test_adding_later_evidence_never_changes_an_earlier_verdict(
    ledger: Ledger, day: date, item: Item, which: int, later: int
) -> None:
    item = replace(item, known=Known(on(day + timedelta(days=later)), "published"))
    before, after = judge(ledger, day), judge(add(ledger, which, item), day)
    assert [found.verdict for found in before] == [found.verdict for found in after]


@given(ledgers(), days)
@settings(max_examples=200)
def test_a_verdict_needs_only_what_could_be_known_then(ledger: Ledger, day: date) -> None:
    then = known(ledger, day)
    assert judge(then)[0].now == judge(ledger, day)[0].verdict
    assert known(then, day + timedelta(days=9)) == then, "what was left out does not come back"


@given(ledgers(), days)
@settings(max_examples=100)
def test_verdicts_are_words_of_the_list_and_agree_with_each_other(ledger: Ledger, day: date) -> None:
    asked, plain = judge(ledger, day)[0], judge(ledger)[0]
    assert {asked.verdict, asked.now} <= set(WORDS)
    assert asked.now == plain.now == plain.verdict
    assert (asked.then is None) == (ledger.day is None)
    if ledger.day == day:
        assert asked.then == asked.verdict


def test_on_every_day_the_built_in_verdicts_follow_from_what_was_known_then() -> None:
    ledger = open_ledger(MINE_BAN)
    for day in (date(2019, 6, 1), date(2024, 3, 1), date(2025, 3, 18), date(2025, 7, 1), date(2026, 3, 1)):
        for found in judge(ledger, day):
            for item in found.evidence:
                late = item.known.since is None or item.known.since.last > day
                assert bool(item.counts) == (not late), (found.claim.id, item)
            for worked in found.computed:
                assert worked.counts is not True or worked.result.known.by(day), found.claim.id


def test_details_alone_bear_no_sentence_out() -> None:
    known_item = Item("for", "S", "a note", "decides", Known(on(START), "published"), AT)
    detail = Point("a detail", True, (known_item,), ())
    main = Point("the matter", False, (replace(known_item, known=Known(on(START + timedelta(days=9)), "done")),), ())
    claim = Claim("C1", "fact", "", "a sentence", (main, detail), "", "", AT)
    ledger = Ledger("folder", None, {"S": SOURCE}, (), (claim,))
    assert judge(ledger, START)[0].verdict == "unresolved"
    assert judge(ledger)[0].now == "supported"
    of_details = replace(ledger, claims=(replace(claim, points=(detail,)),))
    assert judge(of_details, START)[0].verdict == "supported"


def test_a_copy_of_a_treaty_is_as_old_as_the_treaty() -> None:
    found = {claim.claim.id: claim for claim in judge(open_ledger(MINE_BAN), date(2010, 1, 1))}
    assert (found["C05"].verdict, found["C29"].verdict) == ("supported", "supported")
    copies = [item for name in ("C05", "C29") for item in found[name].evidence if item.source == "S_LEX_APMBC"]
    assert {(str(item.known), item.known.basis) for item in copies} == {("1997-09-18", "source")}
    assert all("adopted" in item.known.because for item in copies)


def test_nothing_is_known_before_there_is_evidence() -> None:
    ledger = open_ledger(MINE_BAN)
    verdicts = {found.claim.id: found.verdict for found in judge(ledger, date(1990, 1, 1))}
    assert {name for name, word in verdicts.items() if word != "unresolved"} == {"C30", "C40"}, "geography alone"
