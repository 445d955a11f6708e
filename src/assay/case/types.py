"""What a case says of private types, for the rooms that compile, fill and judge it. Pure Python.

An actor's type is a pseudo-variable named as the actor, whose values are its types: `russia == revisionist`. A number
for each type, `take`, is the formula `take.secure if russia == secure else take.revisionist`, over one column of the
draws for each type. So formulas need to know nothing else of types.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.case.actors import Actor
from assay.case.assumptions import Assumption, NumberOfType
from assay.case.model import Case
from assay.case.typed import by_type
from assay.case.world import Definition
from assay.formula.ast import Formula, Name

REST = "rest"
"""The share of a type that takes what the others leave."""


def types_of(case: Case) -> dict[str, tuple[str, ...]]:
    """The types of each actor that has some, in the case's order."""
    return {name: tuple(actor.types) for name, actor in case.actors.items() if actor.types}


def shares_of(case: Case, actor: str) -> dict[str, Formula | None]:
    """The analyst's share of each type of an actor, in the order of its types; None for the one that takes the rest.

    Shares are formulas over numbers of the draw. Empty for an actor without types.
    """
    found = case.actors[actor]
    return _complete(found, found.types if isinstance(found.types, dict) else found.share)


def beliefs_of(case: Case, actor: str) -> dict[str, dict[str, Formula | None]]:
    """What each listed observer believes of an actor's type at the start, as `shares_of`; others believe the share."""
    found = case.actors[actor]
    return {observer: _complete(found, shares) for observer, shares in found.believed.items()}


def reference_of(case: Case, actor: str) -> str | None:
    """The observer on whose belief the grid is centred: the first one listed; None for the analyst."""
    return next(iter(case.actors[actor].believed), None)


def typed_definitions(case: Case) -> dict[str, Formula]:
    """The formula that each number or definition for each type stands for."""
    found = {
        name: by_type(given.by, {each: Name(column(name, each)) for each in given.types})
        for name, given in case.assumptions.items()
        if given.by is not None
    }
    return found | {
        name: defined.value
        for name, defined in case.define.items()
        if isinstance(defined, Definition) and defined.by is not None
    }


def definitions(case: Case) -> dict[str, Formula]:
    """Every name that stands for a formula: the definitions, and the numbers for each type."""
    defined = {name: each.value if isinstance(each, Definition) else each for name, each in case.define.items()}
    return defined | typed_definitions(case)


def columns(case: Case) -> dict[str, Assumption]:
    """The numbers that a draw consists of, by the name of their column, in the case's order.

    An assumption for each type gives one for each, `take.secure`, with its own distribution, source and reason where
    it has them, and in whose meaning the type is said; every other assumption is given as it is.
    """
    found: dict[str, Assumption] = {}
    for name, assumption in case.assumptions.items():
        if assumption.by is None:
            found[name] = assumption
        for each, number in assumption.types.items():
            found[column(name, each)] = _column(case, assumption, each, number)
    return found


def column(name: str, of_type: str) -> str:
    """What the number of one type is called: `take.secure`."""
    return f"{name}.{of_type}"


def type_words(case: Case) -> dict[str, str]:
    """What `russia == revisionist` and `russia != revisionist` are in words, by that text: `Russia is revisionist`."""
    return {
        f"{name} {sign} {each}": f"{inside(case.actors[name].name)} {verb} {called(case, name, each)}"
        for name, types in types_of(case).items()
        for each in types
        for sign, verb in (("==", "is"), ("!=", "is not"))
    }


def called(case: Case, actor: str, of_type: str) -> str:
    """What a type is called after `is`."""
    own = case.actors[actor].called if actor in case.actors else {}
    return own.get(of_type) or of_type.replace("_", " ")


def inside(name: str) -> str:
    """A name as it stands inside a sentence: `the hill` for `The hill`."""
    return name[0].lower() + name[1:] if name.startswith(("The ", "A ", "An ")) else name


def _complete(actor: Actor, shares: Mapping[str, Formula | str]) -> dict[str, Formula | None]:
    found: dict[str, Formula | None] = {}
    for each in actor.types:
        share = shares.get(each, REST)
        found[each] = share if isinstance(share, Formula) else None
    return found


def _column(case: Case, assumption: Assumption, of_type: str, number: NumberOfType) -> Assumption:
    """The number of one type as an assumption of its own."""
    by = assumption.by or ""
    owner = case.actors[by].name if by in case.actors else by
    means = f"{assumption.means.rstrip('. ')} (if {inside(owner)} is {called(case, by, of_type)})"
    own = {key: value for key, value in number if value is not None and key not in ("source", "because")}
    return Assumption(
        **own,
        means=means,
        unit=assumption.unit,
        source=number.source or assumption.source,
        because=number.because or assumption.because,
    )
