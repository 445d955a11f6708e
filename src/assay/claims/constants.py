"""Which assumptions are modelling constants: used only in precision, in base weights, or in the discount.

They say how actors choose, not what they want or face. The roles are read off the case, through definitions,
perceptions and regimes, so that no list of names has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from assay.case.model import Case
from assay.case.types import columns, definitions
from assay.formula.ast import Formula, Node
from assay.formula.walk import names

ROLES = frozenset({"precision", "weight", "discount"})
"""The places in which a modelling constant stands."""
_SKIPPED = frozenset({"define", "perceives", "regimes"})


def modelling_constants(case: Case) -> dict[str, frozenset[str]]:
    """The assumptions that are modelling constants, each with its roles."""
    return {name: roles for name, roles in roles_of(case).items() if roles and roles <= ROLES}


def roles_of(case: Case) -> dict[str, frozenset[str]]:
    """Every assumption, or number of one type, with the roles in which the case uses it: of `ROLES`, or `content`."""
    roles: dict[str, set[str]] = {name: set() for name in columns(case)}
    defined = definitions(case)
    for role, formula in _uses(case):
        for name in _behind(formula, defined):
            roles.get(name, set()).add(role)
    changed = list(_changes(case))
    for _ in changed:  # a change of a changed assumption passes its roles on; as many rounds as there are changes
        for name, formula in changed:
            for used in _behind(formula, defined) - {name}:
                roles.get(used, set()).update(roles.get(name, ()))
    return {name: frozenset(found) for name, found in roles.items()}


def _uses(case: Case) -> Iterator[tuple[str, Formula]]:
    for section in type(case).model_fields:
        if section not in _SKIPPED:
            yield from _formulas(getattr(case, section), section)


def _formulas(value: Any, role: str) -> Iterator[tuple[str, Formula]]:
    """The formulas in a part of the case, each with the role that the nearest key gives it."""
    if isinstance(value, Formula):
        yield (role if role in ROLES else "content"), value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _formulas(getattr(value, key), key)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _formulas(item, role)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _formulas(item, role)


def _changes(case: Case) -> Iterator[tuple[str, Formula]]:
    """Assumptions and what actors take them to be, or what regimes set them to."""
    tables = [*case.perceives.values()]
    for regime in case.regimes.values():
        tables += [regime.set, *regime.perceive.values()]
    for table in tables:
        yield from table.items()


def _behind(formula: Formula | Node, defined: Mapping[str, Formula]) -> set[str]:
    """The names in a formula and in the definitions that it uses."""
    found, waiting = set[str](), list(names(formula))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += names(defined[name]) if name in defined else ()
    return found


def assumptions_behind(nodes: Iterable[Node], case: Case) -> set[str]:
    """The assumptions that formulas use, through definitions; `take.secure` for the number of one type."""
    defined = definitions(case)
    return {name for node in nodes for name in _behind(node, defined)} & set(columns(case))
