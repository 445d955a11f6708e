"""Numbers that cite amounts at prices of unlike years and meet in one formula: nothing adjusts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from pydantic import BaseModel

from assay.case.checks.context import Declared
from assay.case.model import Case
from assay.documents.locate import Locator, Path
from assay.errors import Problem
from assay.formula.ast import Formula
from assay.formula.walk import names


def unlike_prices(case: Case, years: Mapping[str, int], locator: Locator) -> Iterator[Problem]:
    """A warning for each two numbers at prices of unlike years, at the first formula in which they meet.

    `years` has the price year of the fact that each number cites; those taken as stated are left out.
    """
    if len(set(years.values())) < 2:
        return
    declared, told = Declared(case), set[tuple[str, str]]()
    inside: dict[str, frozenset[str]] = {}
    for path, formula in _formulas(case, ()):
        met = _met(formula, years, declared, inside)
        for one, other in combinations([name for name in years if name in met], 2):
            if years[one] != years[other] and (one, other) not in told:
                told.add((one, other))
                yield _problem(locator, path, one, other, years)


def _problem(locator: Locator, path: Path, one: str, other: str, years: Mapping[str, int]) -> Problem:
    here = [locator.problem(("assumptions", name), "", "", key=True) for name in (one, other)]
    first, second = (
        f"{name!r} at prices of {years[name]} ({place.file}:{place.line})"
        for name, place in zip((one, other), here, strict=True)
    )
    expected = (
        "facts at prices of one year; or `prices: as stated` with the `fact` of one of them, to take it unadjusted"
    )
    return locator.problem(path, f"{first} meets {second}", expected, severity="warning")


def _met(
    formula: Formula, years: Mapping[str, int], declared: Declared, inside: dict[str, frozenset[str]]
) -> frozenset[str]:
    """The cited numbers in a formula, through the definitions and outcomes that it names."""
    found = set[str]()
    for name in names(formula, declared.domain):
        if name in years:
            found.add(name)
        elif name not in inside:
            inside[name] = frozenset()  # a definition in a circle, which is told elsewhere, ends here
            inside[name] = frozenset().union(
                *(_met(each, years, declared, inside) for _, each in _formulas(_named(declared.case, name), ()))
            )
        found |= inside.get(name, frozenset())
    return frozenset(found)


def _named(case: Case, name: str) -> object:
    return case.define.get(name) or case.outcomes.get(name)


def _formulas(value: object, path: Path) -> Iterator[tuple[Path, Formula]]:
    """Every formula in a section and below it, with its path; what a name stands for before what uses it."""
    if isinstance(value, Formula):
        yield path, value
    elif isinstance(value, Case):
        for section in dict.fromkeys(("define", *type(value).model_fields)):
            yield from _formulas(getattr(value, section), (section,))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _formulas(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _formulas(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _formulas(item, (*path, index))
