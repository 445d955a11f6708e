"""How the dimensions of operands make the dimension of a result, or why they cannot.

Every rule takes meanings that are numbers and answers with a `Meaning`, or with a `Wrong` where the operands do not go
together. A dimension of None is a literal's: it adapts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assay.formula.dimension import NONE, Dimension, in_words
from assay.formula.scope import ANY_NUMBER, PROBABILITY, Meaning, describe, number, same_dimension


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why operands do not go together: what was found, what to try."""

    found: str
    expected: str


def alike(left: Meaning, verb: str, right: Meaning) -> Meaning | Wrong:
    """One meaning of two numbers that have to be of the same dimension; `verb` joins them in the message."""
    if same_dimension(left.dimension, right.dimension):
        dimension = right.dimension if left.dimension is None else left.dimension
        return Meaning("number", dimension, left.bounded and right.bounded)
    first, second = describe(left), describe(right)
    advice = "both need the same unit"
    if left.dimension and right.dimension and left.dimension.powers == right.dimension.powers:
        advice = "nothing converts units: state both in the same one"
    elif _is_util(left.dimension) and _is_util(right.dimension):
        advice = "what two actors value cannot be weighed against each other"
    return Wrong(f"{first} {verb} {second}", advice)


def _is_util(dimension: Dimension | None) -> bool:
    return dimension is not None and any(base.startswith("util/") for base, _ in dimension.powers)


def added(operator: str, left: Meaning, right: Meaning, one_minus: bool) -> Meaning | Wrong:
    """The meaning of `left + right` or `left - right`; `one_minus` says that it is one minus something."""
    result = alike(right, "subtracted from", left) if operator == "-" else alike(left, "added to", right)
    if isinstance(result, Wrong):
        return result
    return Meaning("number", result.dimension, one_minus and right.bounded)


def multiplied(left: Meaning, right: Meaning) -> Meaning:
    """The meaning of `left * right`; a literal counts as a plain factor."""
    if left.dimension is None or right.dimension is None:
        return number(right.dimension if left.dimension is None else left.dimension)
    return Meaning("number", left.dimension * right.dimension, left.bounded and right.bounded)


def divided(left: Meaning, right: Meaning) -> Meaning:
    """The meaning of `left / right`."""
    if right.dimension is None:
        return number(left.dimension)
    return number((left.dimension or NONE) / right.dimension)


def raised(base: Meaning, exponent: Meaning, value: float | None) -> Meaning | Wrong:
    """The meaning of `base ** exponent`; `value` is the exponent where it is a literal."""
    if exponent.dimension:
        return Wrong(f"an exponent in {in_words(exponent.dimension)}", "an exponent is a plain number")
    if not base.dimension:
        return number(NONE if NONE in (base.dimension, exponent.dimension) else None)
    if value is None or abs(value) > 9 or Fraction(value).denominator > 4:
        found = f"{in_words(base.dimension)} raised to something else than a small literal power"
        return Wrong(found, "a power such as x**2 or x**0.5")
    return number(base.dimension ** Fraction(value))


def applied(function: str, arguments: Sequence[Meaning]) -> Meaning | Wrong:
    """The meaning of one of the functions that every formula has, with as many arguments as it takes."""
    first = arguments[0]
    match function:
        case "min" | "max" | "clip":
            return _one_of_them(arguments)
        case "abs":
            return first
        case "sqrt":
            return number(None if first.dimension is None else first.dimension ** Fraction(1, 2))
    if first.dimension:
        return Wrong(
            f"{function} of a number in {in_words(first.dimension)}",
            f"{function} takes a plain number; divide by what it is measured against",
        )
    return PROBABILITY if function == "expit" else number(first.dimension)


def _one_of_them(arguments: Sequence[Meaning]) -> Meaning | Wrong:
    result = arguments[0]
    for argument in arguments[1:]:
        merged = alike(result, "beside", argument)
        if isinstance(merged, Wrong):
            return merged
        result = merged
    return result if arguments else ANY_NUMBER
