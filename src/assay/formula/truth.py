"""Formulas over the variables of a world, decided in pure Python.

`decide` answers for one world, and says None where something else than variables matters. `compile_condition` makes a
function of the world's values, for a formula that is decided in many worlds. Arithmetic follows IEEE 754, as it does
over arrays: a division by zero is infinite, or not a number.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from assay.formula.ast import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Formula,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
)
from assay.formula.walk import Equation, equation, names, root

World: TypeAlias = tuple[str, ...]
"""The value of each variable by name, in a fixed order."""
Decided: TypeAlias = bool | float | None
"""A truth, a number, or None where it depends on something else."""
_Rule: TypeAlias = Callable[[Any], Decided]


def decide(
    formula: Formula | Node,
    values: Mapping[str, str],
    domain: Mapping[str, Sequence[str]] | None = None,
) -> Decided:
    """The formula in one world: a truth, a number, or None where it depends on something else than `values`.

    `values` maps each variable to the name of its value. What does not matter is not asked for: `fence == none and
    x > 0` is false wherever a fence is built. With `domain` (variable to all its values) a name opposite a variable
    that is both one of its values and a variable is read as the value, as it is everywhere else.
    """
    return _Compiler({name: name for name in values}, domain or {}).rule(root(formula))(values)


def compile_condition(
    formula: Formula | Node,
    variables: Sequence[str],
    domain: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[World], bool]:
    """The formula as a function of the values of `variables`, given by name in that order.

    The function raises ValueError in a world where the formula depends on anything else, or is a number.
    """
    node = root(formula)
    places = {name: place for place, name in enumerate(variables)}
    rule = _Compiler(places, domain or {}).rule(node)

    def condition(world: World) -> bool:
        answer = rule(world)
        if answer is True or answer is False:
            return answer
        other = sorted(set(names(node, domain)) - places.keys())
        wrong = "is a number" if answer is not None else f"depends on more than the world: {', '.join(other)}"
        raise ValueError(f"a condition on worlds that {wrong}")

    return condition


class _Compiler:
    """Turns nodes into closures over a world: a tuple read by place, or a mapping read by name."""

    def __init__(self, keys: Mapping[str, Hashable], domain: Mapping[str, Sequence[str]]) -> None:
        self.keys = keys
        self.domain = {name: domain.get(name, ()) for name in keys}

    def rule(self, node: Node) -> _Rule:
        match node:
            case Number(value):
                return lambda _: value
            case Name():
                return _unknown
            case Comparison():
                return self.comparison(node)
            case Logic(joiner, operands):
                return _joined(joiner == "or", tuple(self.rule(operand) for operand in operands))
            case Not(operand):
                return _applied(operator.not_, (self.rule(operand),))
            case Choice(condition, then, otherwise):
                return _chosen(self.rule(condition), self.rule(then), self.rule(otherwise))
            case Negative(operand):
                return _applied(operator.neg, (self.rule(operand),))
            case Arithmetic(sign, left, right):
                return _applied(_ARITHMETIC[sign], (self.rule(left), self.rule(right)))
            case Call(function, args, named):
                if named or function not in _FUNCTIONS:
                    return _unknown
                return _applied(_FUNCTIONS[function], tuple(self.rule(argument) for argument in args))

    def comparison(self, node: Comparison) -> _Rule:
        same = equation(node, self.domain) or self.plain_equation(node)
        if same is None:
            return _applied(_COMPARISON[node.operator], (self.rule(node.left), self.rule(node.right)))
        key, other, equal = self.keys[same.variable], same.other, same.equal
        if not same.is_value:
            second = self.keys[other]
            return lambda world: (world[key] == world[second]) is equal
        if equal:
            return lambda world: cast(bool, world[key] == other)
        return lambda world: cast(bool, world[key] != other)

    def plain_equation(self, node: Comparison) -> Equation | None:
        """The equation of a variable whose values are not given: a name opposite that is no variable is its value."""
        if not (isinstance(node.left, Name) and isinstance(node.right, Name)) or node.operator not in ("==", "!="):
            return None
        left, right = node.left.id, node.right.id
        variable, other = (left, right) if left in self.keys else (right, left)
        if variable not in self.keys or self.domain[variable]:
            return None
        return Equation(variable, other, True, node.operator == "==")


def _unknown(_: Any) -> None:
    return None


def _joined(wins: bool, rules: tuple[_Rule, ...]) -> _Rule:
    """`or` (`wins` is true) or `and` (false): one operand that wins settles it, an unknown one leaves it open."""

    def rule(world: Any) -> Decided:
        answer: Decided = not wins
        for part in rules:
            found = part(world)
            if found is None:
                answer = None
            elif bool(found) is wins:
                return wins
        return answer

    return rule


def _chosen(condition: _Rule, then: _Rule, otherwise: _Rule) -> _Rule:
    def rule(world: Any) -> Decided:
        chosen = condition(world)
        if chosen is None:
            one, other = then(world), otherwise(world)
            return one if one == other else None
        return then(world) if chosen else otherwise(world)

    return rule


def _applied(function: Callable[..., Any], rules: tuple[_Rule, ...]) -> _Rule:
    if len(rules) == 1:
        (only,) = rules
        return lambda world: None if (value := only(world)) is None else cast(Decided, function(value))

    def rule(world: Any) -> Decided:
        values = [part(world) for part in rules]
        return None if None in values else cast(Decided, function(*values))

    return rule


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:  # zero to a negative power, or a root of a negative number
        return math.copysign(math.inf, base if exponent % 2 == 1 else 1.0) if base == 0 else math.nan


def _exp(value: float) -> float:
    return math.exp(value) if value < 709.0 else _power(math.e, value)


def _log(value: float) -> float:
    if value > 0:
        return math.log(value)
    return -math.inf if value == 0 else math.nan


def _expit(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def _extreme(choose: Callable[[Iterable[float]], float]) -> Callable[..., float]:
    """`min` or `max` that is not a number where an argument is not."""
    return lambda *values: math.nan if any(map(math.isnan, values)) else choose(values)


_smallest, _largest = _extreme(min), _extreme(max)

_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "**": _power,
}
_COMPARISON: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "min": _smallest,
    "max": _largest,
    "exp": _exp,
    "log": _log,
    "logit": lambda share: _log(_divide(share, 1 - share)),
    "expit": _expit,
    "clip": lambda value, low, high: _smallest(_largest(value, low), high),
    "abs": abs,
    "sqrt": lambda value: math.sqrt(value) if value >= 0 else math.nan,
}
"""The functions of the language on single numbers."""
