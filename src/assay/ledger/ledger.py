"""A case's folder read as a ledger: its sources, facts, factual claims and figures, or every problem in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from assay.errors import InputError, Problem, suggestion
from assay.ledger.check import Check, Dated, Days, Moment, Parties, Sequence, Weekday
from assay.ledger.claim import Claim, Figure
from assay.ledger.compute import compute
from assay.ledger.fact import Fact, read_facts
from assay.ledger.missing import Missing
from assay.ledger.place import Place
from assay.ledger.quantities import MissingError, missing_fact
from assay.ledger.read_claims import Claims, read_claims
from assay.ledger.source import Source, absent, read_sources
from assay.ledger.units import UnitError

STALE_AFTER = 365
"""Days after which a source should be looked at again, where the ledger says nothing else."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known, from whom and since when. Equal by content."""

    folder: str
    """As the user named it."""
    day: date | None = None
    """The day that the text on trial speaks of as today."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Ids of propositions that are not judged here, and how they are: `model`, `text` or `undecidable`."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Indicators in words."""
    stale_after: int = STALE_AFTER
    as_known: date | None = None
    """The day of which this is the knowledge (`assay.ledger.known`); None for everything on record."""
    doubts: tuple[Problem, ...] = field(default=(), compare=False)
    """Warnings of sources that are missing, each with the first place that cites it."""
    missing: frozenset[str] = field(default=frozenset(), compare=False)
    """Ids of sources that are cited and that no row has."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where `facts.yaml` has `dated`, and each id of `elsewhere`; its first line under an empty name."""

    def source(self, name: str) -> Source:
        """The source of an id; what stands for it where no row of `sources.csv` has it."""
        return self.sources.get(name) or absent(name)

    def fact(self, place: str, indicator: str, at: str = "") -> Fact:
        """The fact of a place and indicator at a date as its table writes it; no date where there is only one.

        Raises `MissingError` with what is near.
        """
        found = [fact for fact in self.facts if fact.place == place and fact.indicator == indicator]
        if at:
            found = [fact for fact in found if str(fact.date) == at]
        if len(found) != 1:
            raise missing_fact(place, indicator, at, self.facts)
        return found[0]

    def say(self, indicator: str) -> str:
        """An indicator in words."""
        return self.words.get(indicator) or indicator.replace("_", " ")


def open_ledger(folder: str | Path, *, claims: bool = True) -> Ledger:
    """The ledger of a folder: `sources.csv`, `facts.csv` and `facts.yaml`, as far as they are there.

    With `claims` false the tables alone are read, for a case that cites facts. Raises `InputError` with every problem,
    each with its file, line and column.
    """
    problems: list[Problem] = []
    path = Path(folder)
    if not path.is_dir():
        raise InputError([Problem(str(folder), None, None, "", "no such folder", "the folder of a case")])
    sources = read_sources(path, problems)
    missing = Missing(sources)
    before = len(problems)
    facts = read_facts(path, sources, problems, missing)
    indicators = {fact.indicator for fact in facts} if len(problems) == before else None
    said = Claims()
    if claims:
        said = read_claims(path, sources, problems, missing, indicators=indicators)
    ledger = Ledger(
        folder=str(folder),
        day=said.day,
        sources=sources,
        facts=facts,
        claims=said.claims,
        figures=said.figures,
        elsewhere=said.elsewhere,
        words=said.words,
        stale_after=said.stale_after or STALE_AFTER,
        places=said.places,
    )
    if not any(problem.file.endswith(".csv") for problem in problems):
        problems += _senseless(ledger)
    if problems:
        raise InputError(sorted(dict.fromkeys(problems), key=_place))
    _of_dates(ledger, missing)
    doubts = tuple(sorted(missing.warnings(), key=_place))
    return replace(ledger, doubts=doubts, missing=frozenset(missing.count) - {""})


def _place(problem: Problem) -> tuple[int, int, int]:
    order = ("sources.csv", "facts.csv", "facts.yaml")
    name = Path(problem.file).name
    return order.index(name) if name in order else -1, problem.line or 0, problem.column or 0


def _senseless(ledger: Ledger) -> Iterable[Problem]:
    """What is wrong with the ledger as a whole: checks that cannot be computed, names that nothing has."""
    for check in _checks(ledger):
        if isinstance(check.question, Parties):
            continue  # its names are known by now, and counting every state is slow
        try:
            compute(check, ledger.fact, ledger.say)
        except (MissingError, UnitError) as error:
            yield Problem(*check.at, error.found, error.expected)
        except InputError as error:
            yield from (_of_law(problem, check) for problem in error.problems)
    known = {claim.id for claim in ledger.claims} | ledger.elsewhere.keys()
    for figure in ledger.figures:
        for name in figure.claims:
            if name not in known:
                expected = suggestion(name, known)
                yield Problem(*figure.at, f"an unknown claim {name!r}", expected)


def _of_law(problem: Problem, check: Check) -> Problem:
    """What law refuses in a check, at the check; what is wrong with a treaty's own files keeps its place."""
    if problem.line is not None:
        return problem
    return Problem(*check.at, f"{problem.file!r}: {problem.found}", problem.expected)


def _checks(ledger: Ledger) -> Iterable[Check]:
    for claim in ledger.claims:
        for point in claim.points:
            for probe in point.probes:
                yield probe.check
    for figure in ledger.figures:
        if figure.check is not None:
            yield figure.check


def _of_dates(ledger: Ledger, missing: Missing) -> None:
    """Sources that dates in checks name."""
    for check in _checks(ledger):
        for moment in _moments(check):
            if isinstance(moment, Dated) and moment.source:
                missing.cited([moment.source], partial(_doubt, check))


def _doubt(check: Check, found: str, expected: str) -> Problem:
    return Problem(*check.at, found, expected, "warning")


def _moments(check: Check) -> tuple[Moment, ...]:
    match check.question:
        case Sequence(items):
            return items
        case Days(first, last):
            return first, last
        case Weekday(of):
            return (of,)
        case _:
            return ()
