"""Names: legal, and each with one meaning where formulas and references look it up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assay.case.checks.context import Context, Declared, name_of
from assay.case.checks.definitions import Uses
from assay.case.order import Move, Parts
from assay.documents.locate import Path
from assay.formula.check import FUNCTIONS

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CLAIM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
KEYWORDS = frozenset({"if", "else", "and", "or", "not"})
"""Words of the grammar."""
TAKEN = {
    **dict.fromkeys(FUNCTIONS, "a function"),
    "period": "the number of the period",
    "elapsed": "the years since the start",
    "level": "the quantity that a reading is compared with",
    "rest": "what the other branches leave",
    "end": "the end of the last period",
}
"""Names that the language itself gives a meaning in formulas. Those of quantities (P, E, EV, N) are free: what they
mean they mean with an event in brackets, and no number is called with one."""
ARGUMENTS = frozenset({"by", "at", "in", "given", "do", "regime"})
"""Arguments of quantities; an assumption of that name could not be set there."""


def check_names(context: Context, declared: Declared, uses: Mapping[str, Uses]) -> None:
    """Every name is legal, and no two things that one formula can speak of have the same."""
    for path, name in _identifiers(context, declared):
        _legal(context, path, name)
    _formula_names(context, declared, uses)
    _unique(context, [(path, name_of(item)) for path, item in declared.items], "stage, chance or block")
    _claims(context)
    _values(context, declared)


def _identifiers(context: Context, declared: Declared) -> Iterator[tuple[Path, str]]:
    case = context.case
    for section in (
        "actors",
        "assumptions",
        "perspectives",
        "world",
        "define",
        "endings",
        "policies",
        "regimes",
        "interventions",
        "readings",
        "outcomes",
    ):
        for name in getattr(case, section):
            yield (section, name), name
    for path, item in declared.items:
        yield (*path, type(item).__name__.lower()), name_of(item)
    for spot in declared.spots:
        if spot.mover is not None:
            start = next(index for index, step in enumerate(spot.path) if step in ("moves", "movers"))
            steps = spot.path[: start + (2 if spot.path[start] == "moves" else 3)]
            yield steps, str(steps[-1])
    for name, ending in case.endings.items():
        for index, tag in enumerate(ending.tags):
            yield ("endings", name, "tags", index), tag
    for actor, payoffs in case.payoffs.items():
        for when in ("each_period", "final"):
            for part in getattr(payoffs, when):
                yield ("payoffs", actor, when, part), part
    pays: list[tuple[Path, Mapping[str, Parts]]] = [
        (("endings", name, "pays"), ending.pays) for name, ending in case.endings.items()
    ]
    pays += [((*spot.path, "pays"), spot.effect.pays) for spot in declared.spots]
    for at, table in pays:
        for actor, parts in table.items():
            yield from (((*at, actor, part), part) for part in parts)
    for spot in declared.spots:
        if isinstance(spot.effect, Move) and isinstance(spot.effect.cost, dict):
            yield from (((*spot.path, "cost", part), part) for part in spot.effect.cost)
    for name, alternatives in declared.alternatives.items():
        for alternative in alternatives:
            yield ("assumptions", name, "alternatives", alternative), alternative
    for name, actor_ in case.actors.items():
        listed = not isinstance(actor_.types, dict)
        for index, each in enumerate(actor_.types):
            yield ("actors", name, "types", index if listed else each), each


def _legal(context: Context, path: Path, name: str) -> None:
    if not _IDENTIFIER.fullmatch(name):
        expected = "a letter, then letters, digits and underscores, as war_cost"
        context.problem(path, f"the name {name!r}", expected, key=path[-1] == name)
    elif name in KEYWORDS:
        context.problem(
            path, f"the name {name!r}, a word of the formula language", "another name", key=path[-1] == name
        )


def _formula_names(context: Context, declared: Declared, uses: Mapping[str, Uses]) -> None:
    """Assumptions, definitions, variables, readings and outcomes can stand in one formula."""
    first: dict[str, str] = {}
    sections = (
        ("assumptions", "an assumption"),
        ("world", "a variable"),
        ("define", "a definition"),
        ("readings", "a reading"),
        ("outcomes", "an outcome"),
    )
    for section, what in sections:
        for name in getattr(context.case, section):
            path: Path = (section, name)
            if name in TAKEN:
                context.problem(
                    path, f"the name {name!r}, which means {TAKEN[name]} in formulas", "another name", key=True
                )
            elif section == "assumptions" and name in ARGUMENTS:
                context.problem(path, f"the name {name!r}, an argument of P", "another name", key=True)
            elif name in first:
                context.problem(
                    path, f"{name!r} is {what} and {first[name]} too", "a name of its own for each", key=True
                )
            else:
                first[name] = what
    for actor in context.case.actors:
        kind = first.get(actor, "")
        if kind and (actor in declared.types or kind == "a variable" or actor in declared.typed):
            section = next(section for section, what in sections if what == kind)
            expected = "a name of its own for each"
            context.problem((section, actor), f"{actor!r} is an actor and {kind} too", expected, key=True)
    _event_names(context, declared, uses)


def _event_names(context: Context, declared: Declared, uses: Mapping[str, Uses]) -> None:
    """An event speaks of tags and endings beside variables and definitions over variables."""
    for name in sorted(declared.tags):
        over_variables = name in uses and not uses[name].assumptions
        what = "a definition over variables" if over_variables else ""
        what = "a variable" if name in declared.values else "an actor with types" if name in declared.types else what
        if what:
            ending = min(declared.tags[name])
            tags = context.case.endings[ending].tags
            path: Path = ("endings", ending, "tags", tags.index(name)) if name in tags else ("endings", ending)
            context.problem(path, f"{name!r} is {what} and a tag or an ending too", "a name of its own for each")


def _unique(context: Context, named: Iterable[tuple[Path, str]], what: str) -> None:
    seen: dict[str, Path] = {}
    for path, name in named:
        if name in seen:
            line = context.locator.problem(seen[name], "", "").line
            context.problem(path, f"a second {what} named {name!r}", f"each name once; the first is in line {line}")
        seen.setdefault(name, path)


def _claims(context: Context) -> None:
    _unique(context, [(("claims", index, "id"), claim.id) for index, claim in enumerate(context.case.claims)], "claim")
    for index, claim in enumerate(context.case.claims):
        if not _CLAIM.fullmatch(claim.id):
            context.problem(
                ("claims", index, "id"), f"the id {claim.id!r}", "letters, digits, `-`, `_` and `.`, as C22"
            )


def _values(context: Context, declared: Declared) -> None:
    """A value is compared as a bare name, so it must be one, and not that of a variable."""
    for name, values in declared.values.items():
        for index, value in enumerate(values):
            path: Path = ("world", name, "values", index)
            _legal(context, path, value)
            if value in values[:index]:
                context.problem(path, f"the value {value!r} again", "each value once")
            else:
                _no_other(context, declared, path, f"the value {value!r}", value)
    for name, types in declared.types.items():
        listed = not isinstance(context.case.actors[name].types, dict)
        for index, each in enumerate(types):
            _no_other(
                context, declared, ("actors", name, "types", index if listed else each), f"the type {each!r}", each
            )
    for name, alternatives in declared.alternatives.items():
        for each in alternatives:
            if each in declared.types:
                _no_other(context, declared, ("assumptions", name, "alternatives", each), f"the name {each!r}", each)


def _no_other(context: Context, declared: Declared, path: Path, found: str, name: str) -> None:
    """What names are compared with is not itself the name of what can be compared."""
    what = "a variable" if name in declared.values else "an actor with types" if name in declared.types else ""
    if what:
        key = path[-1] == name
        context.problem(path, f"{found}, the name of {what} too", "a name of its own for each", key=key)
