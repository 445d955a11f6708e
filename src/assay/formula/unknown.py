"""Names that stand for nothing where they are used, and values that a variable has not: what to say of them."""

from __future__ import annotations

from collections.abc import Iterable

from assay.errors import suggestion
from assay.formula.ast import Call, Comparison, Name, Node
from assay.formula.scope import FUNCTIONS, Finding, Scope, Symbol

VARIABLES = {
    "variable": ("variable", "values"),
    "alternatives": ("variable", "values"),
    "actor": ("actor", "types"),
}
"""Kinds of name that are compared with their values and stand nowhere else, and what these are called."""


def unknown_name(node: Name, scope: Scope) -> Finding:
    """What is wrong with a name that the scope has not."""
    name, span = node.id, node.span
    special = scope.functions.get(name)
    shape = special.shape if special else FUNCTIONS.get(name)
    if shape:
        return Finding(span, f"the function {name!r} without arguments", f"write {shape}")
    if name in scope.elsewhere:
        return Finding(span, f"{name!r} cannot be used here", scope.elsewhere[name])
    owner = _owner(name, scope)
    if owner:
        value = VARIABLES[scope.names[owner].kind][1].removesuffix("s")
        return Finding(span, f"{name!r}, a {value} of {owner!r}, stands alone", f"compare it: {owner} == {name}")
    return Finding(span, f"unknown name {name!r}", _near(name, scope))


def unknown_function(node: Call, scope: Scope) -> Finding:
    """What is wrong with a function that there is not."""
    name = node.function
    if name in scope.elsewhere:
        return Finding(node.span, f"{name!r} cannot be used here", scope.elsewhere[name])
    if name in scope.names:
        return Finding(node.span, f"{name!r} is a name, not a function", "write * to multiply")
    known = [*FUNCTIONS, *scope.functions]
    return Finding(node.span, f"unknown function {name!r}", suggestion(name, known))


def equation_findings(node: Comparison, scope: Scope) -> list[Finding] | None:
    """What is wrong with a comparison of a variable; None where the comparison is not about a variable."""
    for variable, value in ((node.left, node.right), (node.right, node.left)):
        if isinstance(variable, Name):
            symbol = scope.names.get(variable.id)
            if symbol is not None and symbol.kind in VARIABLES:
                return list(_equation(node, variable.id, symbol, value, scope))
    return _misplaced(node, scope) or _misspelt_variable(node, scope)


def _misplaced(node: Comparison, scope: Scope) -> list[Finding] | None:
    """A name that cannot be used here, compared with what looks like a value of it: said once, not for both sides."""
    left, right = node.left, node.right
    if not (isinstance(left, Name) and isinstance(right, Name)) or node.operator not in ("==", "!="):
        return None
    for one, other in ((left, right), (right, left)):
        known = scope.names.keys() | scope.elsewhere.keys()
        if one.id in scope.elsewhere.keys() - scope.names.keys() and other.id not in known:
            return [unknown_name(one, scope)]
    return None


def _equation(node: Comparison, variable: str, symbol: Symbol, value: Node, scope: Scope) -> Iterable[Finding]:
    what, plural = VARIABLES[symbol.kind]
    if not isinstance(value, Name):
        found = f"the {what} {variable!r} is compared with a formula"
        yield Finding(value.span, found, f"its {plural}: {_list(symbol.values)}")
        return
    if symbol.values and value.id not in symbol.values:
        yield from _no_value(variable, symbol, value, scope)
    if node.operator not in ("==", "!="):
        found = f"{node.operator!r} between the {what} {variable!r} and a {plural.removesuffix('s')}"
        yield Finding(node.span, found, f"{plural} have no order; use == or !=")


def _no_value(variable: str, symbol: Symbol, other: Name, scope: Scope) -> Iterable[Finding]:
    rival, values, plural = scope.names.get(other.id), symbol.values, VARIABLES[symbol.kind][1]
    if rival is not None and rival.kind in VARIABLES:
        if rival.values and not set(rival.values) & set(values):
            both, what = (symbol.kind, rival.kind) == ("actor", "actor"), plural.removesuffix("s")
            found = f"the {'actors' if both else 'variables'} {variable!r} and {other.id!r} have no {what} in common"
            yield Finding(other.span, found, f"{variable}: {_list(values)}; {other.id}: {_list(rival.values)}")
    elif rival is None or rival.kind != "unknown":
        hint = suggestion(other.id, values)
        also = f" ({hint})" if hint.startswith("did") else ""
        found = f"{other.id!r} is not a {plural.removesuffix('s')} of {variable!r}"
        yield Finding(other.span, found, f"its {plural}: {_list(values)}{also}")


def _misspelt_variable(node: Comparison, scope: Scope) -> list[Finding] | None:
    """A misspelt variable compared with a value of some variable: said once, not for both sides."""
    left, right = node.left, node.right
    if not (isinstance(left, Name) and isinstance(right, Name)) or node.operator not in ("==", "!="):
        return None
    if {left.id, right.id} & (scope.names.keys() | scope.elsewhere.keys()):
        return None
    for one, other in ((left, right), (right, left)):
        if _owner(other.id, scope) and not _owner(one.id, scope):
            return [Finding(one.span, f"unknown name {one.id!r}", _near(one.id, scope))]
    return None


def _owner(value: str, scope: Scope) -> str:
    """The first variable that has this value, or nothing."""
    return next((name for name, symbol in scope.names.items() if value in symbol.values), "")


def _near(name: str, scope: Scope) -> str:
    return suggestion(name, scope.names) or "no names can be used here, only numbers"


def _list(values: Iterable[str]) -> str:
    return ", ".join(values) or "none are known"
