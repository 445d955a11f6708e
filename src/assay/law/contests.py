"""From `contests.yaml` to contested points, or to every problem in it."""

from __future__ import annotations

from collections.abc import Iterable

from assay.law.book import Contest, Position
from assay.law.fields import Section, check_sources


def read_contests(top: Section, sources: Iterable[str] | None) -> dict[str, Contest]:
    """The contested points of a document by id; what is wrong is noted at its place."""
    contests: dict[str, Contest] = {}
    for section in top.sections("contests"):
        contest = _contest(section, sources)
        if contest.id in contests:
            section.wrong("id", f"the contested point {contest.id!r} again", "each id once")
        contests[contest.id] = contest
    top.done()
    return contests


def _contest(section: Section, sources: Iterable[str] | None) -> Contest:
    name, question = section.text("id"), section.text("question")
    below = section.sections("positions")
    positions = tuple(_position(item, name, question, sources) for item in below)
    if len({position.counts for position in positions}) < 2:
        expected = "at least two positions, one with `counts: true` and one with `counts: false`"
        section.wrong("positions", "a contested point on which all agree", expected)
    section.done()
    return Contest(name, question, positions)


def _position(section: Section, contest: str, question: str, sources: Iterable[str] | None) -> Position:
    if not section.has("counts"):
        section.wrong("counts", "the key 'counts' is missing", "whether on this reading the contested act counts")
    known = section.day("known_from")
    position = Position(
        contest=contest,
        question=question,
        by=section.text("by"),
        position=section.text("position"),
        counts=section.truth("counts", False),
        known_from=known.last if known else None,
        source=check_sources(section, "source", sources),
    )
    if not position.source:
        section.wrong("source", "a position without a source", "at least one id of sources.csv")
    section.done()
    return position
