"""Numbers that cite facts: their value, range and sources from the ledger beside the case."""

from __future__ import annotations

from datetime import date
from pathlib import Path as FilePath

from assay.case.assumptions import DISTRIBUTIONS, Assumption
from assay.case.model import Case
from assay.documents.locate import Locator, Path
from assay.errors import InputError, Problem
from assay.ledger.cite import CiteError, cite
from assay.ledger.fact import Fact
from assay.ledger.ledger import Ledger, open_ledger
from assay.ledger.units import bare, holds_money

SHARES = ("share", "probability")
"""Units of a case that a percentage is counted in."""
COUNTS = ("count", "event", "persons", "respondents", "votes")
"""Units of facts that are plain numbers in a case."""


def fill_in(
    case: Case, folder: FilePath, locator: Locator, problems: list[Problem], today: date | None = None
) -> tuple[Case, list[Path]]:
    """The case with its cited numbers filled in, and the paths of those that could not be.

    A fact without a range is `fixed`; one with a range and a value is `triangular` with its peak at the value, one
    with bounds alone a `range`. Sources that are stale by `today`, or were never checked, are warnings with their
    places in `sources.csv`, among the problems.
    """
    try:
        ledger = open_ledger(folder, claims=False)
    except InputError as error:
        told = {(problem.file, problem.line) for problem in problems}  # a row of sources.csv that is wrong in both
        problems += [problem for problem in error.problems if (problem.file, problem.line) not in told]
        return _without(case), [("assumptions", name) for name in _citing(case)]
    found, aside, warnings = dict(case.assumptions), [], list[Problem]()
    for name in _citing(case):
        path: Path = ("assumptions", name)
        if given := [key for key in DISTRIBUTIONS if getattr(found[name], key) is not None]:
            said = f"`{given[0]}` of a number that cites a fact"
            problems.append(locator.problem((*path, given[0]), said, "one of the two: the fact gives it", key=True))
        try:
            found[name], stale = _filled(found[name], ledger, today or date.today())
            warnings += stale
        except CiteError as error:
            problems.append(locator.problem((*path, "fact"), error.found, error.expected, key=True))
            found[name] = _placeholder(found[name])
            aside.append(path)
    problems += dict.fromkeys(warnings)
    return case.model_copy(update={"assumptions": found}), aside


def _citing(case: Case) -> list[str]:
    return [name for name, assumption in case.assumptions.items() if assumption.fact is not None]


def _filled(given: Assumption, ledger: Ledger, today: date) -> tuple[Assumption, tuple[Problem, ...]]:
    assert given.fact is not None
    asked = given.fact
    fact = cite(ledger, asked.place, asked.indicator, asked.date).fact
    factor, unit = _unit(given.unit, fact)
    cited = cite(ledger, asked.place, asked.indicator, asked.date, unit=unit, today=today)
    low, value, high = (number * factor for number in (cited.low, cited.value, cited.high))
    if not cited.ranged:
        kind: dict[str, object] = {"fixed": value}
    elif fact.value is not None:
        kind = {"triangular": (low, value, high)}
    else:
        kind = {"range": (low, high)}
    own = given.source if isinstance(given.source, tuple) else ()
    source = tuple(dict.fromkeys((*cited.source, *own)))
    return given.model_copy(update={**kind, "source": source}), cited.warnings


def _unit(unit: str, fact: Fact) -> tuple[float, str]:
    """The factor and the ledger's unit by which a fact is counted in a unit of the case."""
    if unit in SHARES and fact.unit.split()[0] in ("percent", "%"):
        return 0.01, fact.unit
    if unit == "1" and fact.unit in COUNTS:
        return 1.0, fact.unit
    if holds_money(fact.unit) and not holds_money(unit):
        plain = bare(fact.unit)
        example = plain.replace(" per ", "/") if " " in plain else f"{plain} bn"
        raise CiteError(f"{fact.unit} as {unit!r}", f"a unit of that currency, as {example}")
    return 1.0, unit


def _placeholder(given: Assumption) -> Assumption:
    """A number that stands in for one that is missing, so that the rest of the case can be checked."""
    return given.model_copy(update={"fixed": 0.0}) if not given.kind else given


def _without(case: Case) -> Case:
    kept = {key: _placeholder(each) if each.fact else each for key, each in case.assumptions.items()}
    return case.model_copy(update={"assumptions": kept})
