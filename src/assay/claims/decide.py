"""A test in each draw: true, false, or not known, because a quantity in it has nothing to be a share of, or a formula
is not a number there (the logarithm of a negative one).

Truths combine as in Kleene's strong logic of three values (1938): `A or B` is true where A is, whatever B. Two numbers
that differ by less than the floor are equal here, and no ratio is taken of a divisor below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.arrays import Bindings, Value, numbers, truths
from assay.assumptions.draw import Draws
from assay.case.model import Case
from assay.case.types import definitions
from assay.claims.quantity import Quantity, read_quantity
from assay.claims.readers import FLOOR
from assay.claims.trial import quantity_calls
from assay.formula.ast import Arithmetic, Call, Choice, Comparison, Logic, Name, Node, Not, Number
from assay.formula.walk import children, rebuild
from assay.game.game import Floats

Bools: TypeAlias = NDArray[np.bool_]
_NOT_A_NUMBER = Number(float("nan"))


@dataclass(frozen=True, eq=False)
class Decided:
    """A truth in each draw, (D,)."""

    true: Bools
    """False too where it is not known."""
    known: Bools


@dataclass(frozen=True, eq=False)
class Bench:
    """The draws and what the futures answered: all that a test is decided from."""

    case: Case
    names: Bindings
    draws: int

    def number(self, node: Node) -> Floats:
        """A formula's number in each draw; not a number where a ratio has a divisor below the floor."""
        return numbers(guarded(node), self.names, (self.draws,))


def bench(case: Case, draws: Draws, answers: Mapping[Quantity, Floats]) -> Bench:
    """The draws and the answers put together."""

    def call(node: Call) -> Value | None:
        return answers[read_quantity(node, case)]

    codes: dict[str, Value] = {name: code for name, (_, code) in draws.alternatives.items()}
    named = {name: names for name, (names, _) in draws.alternatives.items()}
    return Bench(case, Bindings({**draws.values, **codes}, named, definitions(case), call), len(draws))


def guarded(node: Node) -> Node:
    """The tree with `a / b`, where b contains a quantity, made not a number where b is below the floor."""
    if isinstance(node, Call) and quantity_calls(node)[:1] == (node,):
        return node
    parts = children(node)
    if not parts:
        return node
    safe = rebuild(node, [guarded(part) for part in parts])
    if isinstance(safe, Arithmetic) and safe.operator == "/" and quantity_calls(safe.right):
        small = Comparison("<", Call("abs", (safe.right,)), Number(FLOOR))
        return Choice(small, _NOT_A_NUMBER, safe)
    return safe


def decide(node: Node, given: Bench) -> Decided:
    """A test in each draw."""
    match node:
        case Logic(operator=operator, operands=operands):
            decided = [decide(operand, given) for operand in operands]
            return reduce(_and if operator == "and" else _or, decided)
        case Not(operand=operand):
            return _not(decide(operand, given))
        case Comparison() if quantity_calls(node):
            return _compared(node, given)
        case Choice(condition=condition, then=then, otherwise=otherwise) if quantity_calls(node):
            return _chosen(decide(condition, given), decide(then, given), decide(otherwise, given))
        case Comparison() if not _of_names(node, given):
            true = truths(node, given.names, (given.draws,))
            known = ~(np.isnan(given.number(node.left)) | np.isnan(given.number(node.right)))
            return Decided(true & known, known)
        case _:
            return Decided(truths(node, given.names, (given.draws,)), np.ones(given.draws, dtype=np.bool_))


def _of_names(node: Comparison, given: Bench) -> bool:
    """Whether a structural alternative is compared with a name."""
    sides = [side.id for side in (node.left, node.right) if isinstance(side, Name)]
    return any(given.names.categories(name) is not None for name in sides)


def _not(one: Decided) -> Decided:
    return Decided(one.known & ~one.true, one.known)


def _and(one: Decided, other: Decided) -> Decided:
    true = one.true & other.true
    false = (one.known & ~one.true) | (other.known & ~other.true)
    return Decided(true, true | false)


def _or(one: Decided, other: Decided) -> Decided:
    return _not(_and(_not(one), _not(other)))


def _chosen(condition: Decided, then: Decided, otherwise: Decided) -> Decided:
    true = np.where(condition.true, then.true, otherwise.true)
    known = condition.known & np.where(condition.true, then.known, otherwise.known)
    return Decided(true & known, known)


def _compared(node: Comparison, given: Bench) -> Decided:
    left, right = given.number(node.left), given.number(node.right)
    known = ~(np.isnan(left) | np.isnan(right)) & ~_both_negligible(node, left, right)
    with np.errstate(invalid="ignore"):
        same = (np.abs(left - right) < FLOOR) | (left == right)
        true = {
            "<": (left < right) & ~same,
            "<=": (left < right) | same,
            ">": (left > right) & ~same,
            ">=": (left > right) | same,
            "==": same,
            "!=": ~same,
        }[node.operator]
    return Decided(true & known, known)


def _both_negligible(node: Comparison, left: Floats, right: Floats) -> Bools:
    """Where probabilities are compared with each other and both sides are below the floor: nothing can be said then."""
    if not probabilities(node.left) or not probabilities(node.right):
        return np.zeros(left.shape, dtype=np.bool_)
    return np.asarray((np.abs(left) < FLOOR) & (np.abs(right) < FLOOR))


def below_floor(calls: tuple[Call, ...], given: Bench) -> Bools:
    """Where all of these quantities are below the floor; one that is not a number is not."""
    return np.asarray(np.logical_and.reduce([np.abs(given.number(call)) < FLOOR for call in calls]))


def probabilities(node: Node) -> tuple[Call, ...]:
    """The probabilities and counts in a tree."""
    return tuple(call for call in quantity_calls(node) if call.function in ("P", "N"))
