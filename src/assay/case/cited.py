"""Numbers that cite facts: their value, range and sources from the ledger beside the case."""

from __future__ import annotations

from assay.case.assumptions import DISTRIBUTIONS, Assumption
from assay.case.model import Case
from assay.case.prices import unlike_prices
from assay.documents.locate import Locator, Path
from assay.errors import Problem
from assay.ledger.cite import CiteError, cite
from assay.ledger.fact import Fact
from assay.ledger.ledger import Ledger
from assay.ledger.units import bare, holds_money

SHARES = ("share", "probability")
"""Units of a case that a percentage is counted in."""
COUNTS = ("count", "event", "persons", "respondents", "votes")
"""Units of facts that are plain numbers in a case."""


def fill_in(case: Case, ledger: Ledger, locator: Locator, problems: list[Problem]) -> tuple[Case, list[Path]]:
    """The case with its cited numbers filled in, and the paths of those that could not be.

    A fact without a range is `fixed`; one with a range and a value is `triangular` with its peak at the value, one
    with bounds alone a `range`. Amounts at prices of unlike years that meet are warnings, among the problems.
    """
    found, aside, years = dict(case.assumptions), list[Path](), dict[str, int]()
    for name in citing(case):
        path: Path = ("assumptions", name)
        if given := [key for key in DISTRIBUTIONS if getattr(found[name], key) is not None]:
            said = f"`{given[0]}` of a number that cites a fact"
            problems.append(locator.problem((*path, given[0]), said, "one of the two: the fact gives it", key=True))
        try:
            found[name], fact = _filled(found[name], ledger)
        except CiteError as error:
            problems.append(locator.problem((*path, "fact"), error.found, error.expected, key=True))
            found[name] = _placeholder(found[name])
            aside.append(path)
            continue
        problems += _prices(found[name], fact, path, locator)
        if fact.price_year is not None and not _as_stated(found[name]):
            years[name] = fact.price_year
    case = case.model_copy(update={"assumptions": found})
    problems += unlike_prices(case, years, locator)
    return case, aside


def _as_stated(given: Assumption) -> bool:
    return given.fact is not None and given.fact.prices is not None


def _prices(given: Assumption, fact: Fact, path: Path, locator: Locator) -> list[Problem]:
    """What is wrong with `prices`: a fact that is no money has none."""
    if not _as_stated(given) or fact.price_year is not None:
        return []
    return [locator.problem((*path, "fact", "prices"), f"prices of {fact.unit!r}", "none; it is not money", key=True)]


def citing(case: Case) -> list[str]:
    """The numbers that cite a fact."""
    return [name for name, assumption in case.assumptions.items() if assumption.fact is not None]


def _filled(given: Assumption, ledger: Ledger) -> tuple[Assumption, Fact]:
    assert given.fact is not None
    asked = given.fact
    fact = cite(ledger, asked.place, asked.indicator, asked.date).fact
    factor, unit = _unit(given.unit, fact)
    cited = cite(ledger, asked.place, asked.indicator, asked.date, unit=unit)
    low, value, high = (number * factor for number in (cited.low, cited.value, cited.high))
    if not cited.ranged:
        kind: dict[str, object] = {"fixed": value}
    elif fact.value is not None:
        kind = {"triangular": (low, value, high)}
    else:
        kind = {"range": (low, high)}
    own = given.source if isinstance(given.source, tuple) else ()
    source = tuple(dict.fromkeys((*cited.source, *own)))
    return given.model_copy(update={**kind, "source": source}), fact


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


def without_facts(case: Case) -> Case:
    """The case where no ledger could be read: a number stands in for each that cites a fact."""
    kept = {key: _placeholder(each) if each.fact else each for key, each in case.assumptions.items()}
    return case.model_copy(update={"assumptions": kept})
