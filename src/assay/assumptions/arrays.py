"""A formula's reading as numbers: one NumPy array over the draws, or a single number where nothing varies.

An `Environment` says what names stand for; `evaluate` does the rest. Arithmetic follows IEEE 754 without warnings: a
division by zero gives an infinity and the logarithm of a negative number is not a number. Both are left in the result
for the caller to find and to name. Calls to `P`, `E`, `EV` and `N` are the environment's to answer
(`Environment.call`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from assay.errors import suggestion
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

Value: TypeAlias = NDArray[Any] | float | bool
"""A number or truth for all draws, or an array of them (float64 or bool) that broadcasts against the others."""


class Environment(Protocol):
    """What the names of a formula stand for."""

    def value(self, name: str) -> Value:
        """The numbers or truths of a name; codes (index of the value) for a name that `categories` knows.

        Raises KeyError, in words, for a name that stands for nothing here.
        """

    def categories(self, name: str) -> tuple[str, ...] | None:
        """The values of a variable or the names of alternatives, by their codes; None for any other name."""

    def call(self, node: Call) -> Value | None:
        """The answer to a call that is not one of the arithmetic functions, or None where there is none."""


@dataclass(frozen=True, eq=False)
class Bindings:
    """An environment made of mappings.

    Definitions are evaluated in this environment when they are first used, and remembered; `with_values` makes a new
    environment with an empty memory, so that a definition that uses a changed name changes with it.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    """Name to numbers, truths or (for names in `named`) codes."""
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Variables and alternatives: name to the names of the values, in the order of their codes."""
    definitions: Mapping[str, Formula] = field(default_factory=dict)
    """Named formulas."""
    calls: Callable[[Call], Value | None] | None = None
    """Answers special calls."""
    _known: dict[str, Value] = field(default_factory=dict, init=False, repr=False)

    def value(self, name: str) -> Value:
        """See `Environment.value`."""
        if name in self.values:
            return self.values[name]
        if name not in self._known:
            if name not in self.definitions:
                raise KeyError(f"{name!r} stands for nothing here; {suggestion(name, self._names())}")
            self._known[name] = evaluate(self.definitions[name], self)
        return self._known[name]

    def categories(self, name: str) -> tuple[str, ...] | None:
        """See `Environment.categories`."""
        return self.named.get(name)

    def call(self, node: Call) -> Value | None:
        """See `Environment.call`."""
        return None if self.calls is None else self.calls(node)

    def with_values(self, values: Mapping[str, Value]) -> Bindings:
        """The same environment with some names bound, or bound anew (a perceived assumption, a period, a world)."""
        return replace(self, values={**self.values, **values})

    def _names(self) -> list[str]:
        return [*self.values, *self.definitions]


def evaluate(formula: Formula | Node, env: Environment) -> Value:
    """The numbers (float64) or truths (bool) of a formula: an array of the operands' broadcast shape, or a scalar.

    `then if condition else otherwise` evaluates both sides where the condition varies, and one where it does not.
    Raises KeyError for an unknown name, function or value of a variable, ValueError where operands do not broadcast.
    """
    node = formula.node if isinstance(formula, Formula) else formula
    with np.errstate(all="ignore"):
        return _read(node, env)


def numbers(formula: Formula | Node, env: Environment, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """`evaluate`, broadcast to `shape`, as float64 (read-only where it was broadcast). Truths become 0 and 1."""
    return np.broadcast_to(np.asarray(evaluate(formula, env), dtype=np.float64), shape)


def truths(formula: Formula | Node, env: Environment, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """`evaluate`, broadcast to `shape`, as bool (read-only where it was broadcast).

    Raises TypeError for a formula that is a number.
    """
    result = np.asarray(evaluate(formula, env))
    if result.dtype != np.bool_:
        raise TypeError("a truth is needed here, and the formula is a number")
    return np.broadcast_to(result, shape)


def _read(node: Node, env: Environment) -> Value:
    match node:
        case Number(value=value):
            return np.float64(value)
        case Name(id=name):
            return _number(env.value(name))
        case Negative(operand=operand):
            return -np.asarray(_read(operand, env), dtype=np.float64)[()]
        case Arithmetic(operator=operator, left=left, right=right):
            return _ARITHMETIC[operator](_float(_read(left, env)), _float(_read(right, env)))
        case Comparison():
            return _comparison(node, env)
        case Logic(operator=operator, operands=operands):
            join = np.logical_and if operator == "and" else np.logical_or
            return reduce(join, (_read(operand, env) for operand in operands))
        case Not(operand=operand):
            return np.logical_not(_read(operand, env))
        case Choice():
            return _choice(node, env)
        case Call():
            return _call(node, env)


def _number(value: Value) -> Value:
    """Integers become float64, so that powers and divisions are those of real numbers; truths stay truths."""
    array = np.asarray(value)
    number: Value = array[()] if array.dtype == np.bool_ else array.astype(np.float64, copy=False)[()]
    return number


def _float(value: Value) -> Any:
    return np.asarray(value, dtype=np.float64)[()]


def _choice(node: Choice, env: Environment) -> Value:
    condition = np.asarray(_read(node.condition, env), dtype=np.bool_)
    if condition.ndim == 0:
        return _read(node.then if condition else node.otherwise, env)
    return np.where(condition, _read(node.then, env), _read(node.otherwise, env))


def _comparison(node: Comparison, env: Environment) -> Value:
    named = _named_comparison(node, env)
    if named is not None:
        return named
    return _COMPARISON[node.operator](_read(node.left, env), _read(node.right, env))


def _named_comparison(node: Comparison, env: Environment) -> Value | None:
    """`fence == built`: codes compared with the code of a value's name, or with another variable's value by name."""
    if not (isinstance(node.left, Name) and isinstance(node.right, Name)):
        return None
    left, right = node.left.id, node.right.id
    if env.categories(left) is None:
        left, right = right, left
    values = env.categories(left)
    if values is None:
        return None
    if node.operator not in ("==", "!="):
        raise KeyError(f"the values of {left!r} have no order; compare them with == or !=")
    codes = np.asarray(env.value(left))
    if right in values:
        same = codes == values.index(right)
    else:
        others = env.categories(right)
        if others is None:
            raise KeyError(f"{right!r} is no value of {left!r}; {suggestion(right, values)}")
        translation = np.array([others.index(value) if value in others else -1 for value in values])
        same = translation[codes.astype(np.int64)] == np.asarray(env.value(right))
    truth: Value = np.asarray(same if node.operator == "==" else ~same)[()]
    return truth


def _call(node: Call, env: Environment) -> Value:
    function = FUNCTIONS.get(node.function)
    if function is None:
        answer = env.call(node)
        if answer is None:
            raise KeyError(f"{node.function!r} is no function here; {suggestion(node.function, FUNCTIONS)}")
        return _number(answer)
    if node.named:
        raise KeyError(f"{node.function!r} takes no named arguments, and has {node.named[0][0]!r}")
    least, most, compute = function
    if not least <= len(node.args) <= most:
        raise KeyError(f"{node.function!r} takes {_count(least, most)}, and has {len(node.args)}")
    return compute(*(_float(_read(argument, env)) for argument in node.args))


def _count(least: int, most: int) -> str:
    if least != most:
        return f"{least} or more arguments"
    return "1 argument" if least == 1 else f"{least} arguments"


def _smallest(*values: Any) -> Any:
    return reduce(np.minimum, values)


def _largest(*values: Any) -> Any:
    return reduce(np.maximum, values)


def _clip(value: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(value, low), high)


_MANY = 1_000
FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Value]]] = {
    "min": (1, _MANY, _smallest),
    "max": (1, _MANY, _largest),
    "exp": (1, 1, np.exp),
    "log": (1, 1, np.log),
    "logit": (1, 1, logit),
    "expit": (1, 1, expit),
    "clip": (3, 3, _clip),
    "abs": (1, 1, np.abs),
    "sqrt": (1, 1, np.sqrt),
}
"""The functions of the language: fewest arguments, most arguments, what they do."""

_ARITHMETIC: Mapping[str, Callable[[Any, Any], Value]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.float_power,
}
_COMPARISON: Mapping[str, Callable[[Any, Any], Value]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
