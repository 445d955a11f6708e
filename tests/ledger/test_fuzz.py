"""Whatever stands in the files, a ledger is read or refused with located problems, and never breaks otherwise."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import InputError, Problem
from assay.ledger.ledger import open_ledger
from assay.ledger.summary import summary

from .support import CLAIMS, FACTS, MINE_BAN, SOURCES, write

BITS = [
    "", ",", "\n", "  ", ": ", "[", "]", "{", "}", "null", "5", "-1e9", "yes", "2020-01", "always", "soldiers", "AAA",
    "S_PAPER", "EUR", "persons", "[]", "{}", "fact: soldiers", "sum: []", "places: []", "above: 5", "is: party",
    "APMBC", "treaty: APMBC", "date: 2020", "- ", '"', "'", "million USD", "\t", "é",
]  # fmt: skip
CHECKS = [
    "{value: {fact: soldiers, places: []}, above: 5}",
    "{value: {sum: []}, above: 5}",
    "{value: {sum: [[1], {}]}, above: 5}",
    "{order: []}",
    "{order: [1, null]}",
    "{sequence: {}}",
    "{weekday: null, is: Monday}",
    "{weekday: [2020-01-01], is: []}",
    "{standing: {treaty: APMBC, actors: [], on: 2025-01-01}, is: party}",
    "{standing: {treaty: [], actors: {}, on: []}, is: {}}",
    "{days: {from: {date: {}}, to: {date_of: joined, place: []}}, below: []}",
    "{value: {number: 5, unit: []}, above: 1}",
    "{value: {convert: 5, to: EUR, by: 0}, above: 1}",
    "{rate: {of: 5, per: 0}, above: 1}",
    "{growth: {from: -5, to: 5}, above: 1}",
    "{value: {fact: at_most, place: AAA}, between: [1, 2, 3]}",
    "{exit: {treaty: NATO, notice: 2025-01-01}, is: 2025-07-01}",
    "{parties: {treaty: UNION_STATE, on: 0001-01-01}, is: 5}",
    "{may: {treaty: APMBC, act: transfer, actor: POL, on: 2025-01-01, to: UKR, role: nobody}, is: 'no'}",
    "{value: 1e300, about: 1e300, within: 1e300}",
]


def read(sources: str, facts: str, claims: str) -> None:
    """Opens a ledger; all problems have a place, and what opens can be judged."""
    with TemporaryDirectory() as scratch:
        folder = write(Path(scratch) / "study", sources, facts, claims)
        problems: tuple[Problem, ...] = ()
        ledger = None
        try:
            ledger = open_ledger(folder)
        except InputError as error:
            problems = error.problems
        assert bool(problems) == (ledger is None)
        assert [str(problem) for problem in problems if problem.line is None] == []
        if ledger is not None:
            summary(ledger, ledger.day)


@st.composite
def garbled(draw: st.DrawFn, text: str) -> str:
    """A text with up to three pieces replaced."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 3, 10, 30])))
        text = text[:start] + draw(st.sampled_from(BITS)) + text[end:]
    return text


@given(garbled(SOURCES), garbled(FACTS), garbled(CLAIMS))
@settings(max_examples=250)
def test_garbled_files(sources: str, facts: str, claims: str) -> None:
    read(sources, facts, claims)


@given(st.data())
@settings(max_examples=60)
def test_the_built_in_claims_garbled(data: st.DataObject) -> None:
    text = (MINE_BAN / "facts.yaml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 4000))
    claims = text[:start] + data.draw(garbled(text[start : start + 4000])) + text[start + 4000 :]
    files = [(MINE_BAN / name).read_text(encoding="utf-8") for name in ("sources.csv", "facts.csv")]
    read(files[0], files[1], claims)


def test_odd_checks() -> None:
    for check in CHECKS:
        sound = "{value: {fact: soldiers, place: AAA}, above: 50}"
        read(SOURCES, FACTS, CLAIMS.replace(sound, check))
