"""What a case declares and nothing uses: warnings, since it may be on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from assay.case.checks.context import Context, Declared
from assay.formula.ast import Arithmetic, Formula, Name, Node
from assay.formula.walk import calls, names


def check_unused(context: Context, declared: Declared, typed: Mapping[str, frozenset[str]]) -> None:
    """Warns of assumptions, definitions, variables, readings, policies and regimes that no formula names.

    And of types that make no difference; `typed` has the names that depend on a type, with whose.
    """
    formulas = list(_formulas(context.case))
    used = {name for formula in formulas for name in names(formula, declared.domain)}
    used |= {key for formula in formulas for call in calls(formula) for key, _ in call.named}
    used |= {name.partition(".")[0] for name in used if name in declared.columns}
    for section, what in (
        ("assumptions", "assumption"),
        ("define", "definition"),
        ("world", "variable"),
        ("readings", "reading"),
    ):
        _warn(context, section, what, used, "a formula that uses it, or take it out")
    played = {policy for policies in context.case.interventions.values() for policy in policies}
    played |= set(_arguments(formulas, "do"))
    _warn(context, "policies", "policy", played, "a test with `do=`, an intervention, or take it out")
    _warn(context, "regimes", "regime", set(_arguments(formulas, "regime")), "a test with `regime=`, or take it out")
    _types(context, declared, typed)


def _types(context: Context, declared: Declared, typed: Mapping[str, frozenset[str]]) -> None:
    """Warns of types on which no payoff and no base weight depends."""
    case = context.case
    matters = {
        actor
        for formula in _formulas((case.order, case.payoffs, case.endings))
        for name in names(formula, declared.domain)
        for actor in typed.get(name, ())
    }
    for actor in declared.types.keys() - matters:
        found = f"the types of {actor!r} make no difference"
        context.warn(("actors", actor, "types"), found, "a payoff or a weight that depends on the type", key=True)


def _warn(context: Context, section: str, what: str, used: set[str], expected: str) -> None:
    for name in getattr(context.case, section):
        if name not in used:
            context.warn((section, name), f"the {what} {name!r} is not used", expected, key=True)


def _arguments(formulas: Iterable[Formula], key: str) -> Iterator[str]:
    for formula in formulas:
        for call in calls(formula):
            yield from _joined(dict(call.named).get(key))


def _joined(node: Node | None) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Arithmetic):
        yield from _joined(node.left)
        yield from _joined(node.right)


def _formulas(value: object) -> Iterator[Formula]:
    """Every formula in a section and below it."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _formulas(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _formulas(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _formulas(item)
