"""Logit equilibria of trees on the principal branch: at one precision, along the branch, and in the limit.

The principal branch starts at uniform play, where precision is nought, and is followed as it folds. At a precision
that it passes more than once, the first passage is taken (as Gambit does). Where another branch crosses it, as it does
in games that are special in their payoffs, it goes straight on and the crossing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assay.trees.branch import Point, crossings, follow, precision_at, uniform_start
from assay.trees.form import Floats, Form, form
from assay.trees.response import expected_payoffs, normalised, regrets, residual
from assay.trees.tree import Tree

REGRET = 1e-8
"""Of the largest range of payoffs: the limit is reached where nobody could gain more at any information set."""
LOOSE_REGRET = 1e-4
"""The same where rounding ends the branch before: play is then within about so much of the limit."""
RESIDUAL = 1e-9
"""Largest residual that counts as solved unless another is asked for."""


class Outcome(StrEnum):
    """How a solution ended."""

    CONVERGED = "converged"
    LIMIT = "limit"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, eq=False)
class Solution:
    """A logit equilibrium of a tree."""

    form: Form
    precision: float
    y: Floats  # (A,) log-probabilities, in extended precision where precision is great
    residual: float
    """Largest difference between a probability and the logit response to the profile."""
    result: Outcome
    crossings: tuple[float, ...] = ()
    """Precisions before this one at which another branch crosses the one followed."""

    @property
    def tree(self) -> Tree:
        """The game."""
        return self.form.tree

    @property
    def probability(self) -> Floats:
        """Of each action, (A,), information sets in the order of the tree's."""
        return np.exp(self.y).astype(np.float64)

    @property
    def payoffs(self) -> Floats:
        """Expected payoff of each player, (P,)."""
        return expected_payoffs(self.form, self.y)

    @property
    def strategies(self) -> dict[str, dict[str, float]]:
        """{information set: {move: probability}}."""
        played = self.probability.tolist()
        first = self.form.first
        return {
            name: dict(zip(entry.moves, played[first[i] : first[i + 1]], strict=True))
            for i, (name, entry) in enumerate(zip(self.tree.names, self.tree.sets, strict=True))
        }


def solve(tree: Tree, precision: float, tolerance: float = RESIDUAL) -> Solution:
    """The equilibrium at a precision (0 or more; infinity for the limit) on the principal branch.

    A result `unresolved` says that the branch could not be followed so far or the residual is above the tolerance;
    the last point that was reached is given, with its own precision.
    """
    return solve_form(form(tree), precision, tolerance)


def solve_form(arrays: Form, precision: float, tolerance: float = RESIDUAL) -> Solution:
    """`solve` of a tree's arrays."""
    if not precision >= 0:
        raise ValueError(f"precision must be 0 or more, not {precision}")
    if precision == 0 or not arrays.actions:
        return _solution(arrays, arrays.uniform, precision, (), tolerance)
    if np.isinf(precision):
        return list(path(arrays.tree, arrays=arrays, tolerance=tolerance))[-1]
    met: tuple[float, ...] = ()
    here = uniform_start(arrays)
    assert here is not None, "at precision 0 the equations are linear and have one solution"
    for after in follow(arrays, here):
        found = crossings(arrays, here, after, precision)
        if found:
            return _solution(arrays, found[0], precision, met, tolerance)
        met += _met(arrays, after)
        here = after
    reached = _solution(arrays, here.y, precision_at(arrays, here), met, tolerance)
    return Solution(arrays, reached.precision, reached.y, reached.residual, Outcome.UNRESOLVED, met)


def path(
    tree: Tree, last: float = np.inf, tolerance: float = RESIDUAL, arrays: Form | None = None
) -> Iterator[Solution]:
    """The principal branch from uniform play: its points as they are followed, up to a precision or to the limit.

    The limit is reached where nobody could gain more than 1e-8 of the range of payoffs at any information set; or more
    than 1e-4, where rounding ends the branch before.
    """
    arrays = form(tree) if arrays is None else arrays
    first = _solution(arrays, arrays.uniform, 0.0, (), tolerance)
    if not arrays.actions:
        yield Solution(arrays, 0.0, first.y, first.residual, Outcome.LIMIT)
        return
    yield first
    if last == 0:
        return
    here = uniform_start(arrays)
    assert here is not None, "at precision 0 the equations are linear and have one solution"
    met: tuple[float, ...] = ()
    for after in follow(arrays, here):
        found = crossings(arrays, here, after, last) if np.isfinite(last) else []
        if found:
            yield _solution(arrays, found[0], last, met, tolerance)
            return
        met += _met(arrays, after)
        here = after
        point = _solution(arrays, here.y, precision_at(arrays, here), met, tolerance)
        if np.isinf(last) and _settled(arrays, here):
            yield Solution(arrays, point.precision, point.y, point.residual, Outcome.LIMIT, met)
            return
        yield point
    near = np.isinf(last) and here.tangent[-1] > 0 and regrets(arrays, here.y).max() <= LOOSE_REGRET * arrays.scale
    result = Outcome.LIMIT if near else Outcome.UNRESOLVED
    point = _solution(arrays, here.y, precision_at(arrays, here), met, tolerance)
    yield Solution(arrays, point.precision, point.y, point.residual, result, met)


def _settled(arrays: Form, here: Point) -> bool:
    return here.tangent[-1] > 0 and bool(regrets(arrays, here.y).max() <= REGRET * arrays.scale)


def _met(arrays: Form, after: Point) -> tuple[float, ...]:
    """The precision at which another branch crosses on the way to a point, if one does."""
    return () if after.crossed is None else (precision_at(arrays, after.crossed),)


def _solution(arrays: Form, y: Floats, precision: float, met: tuple[float, ...], tolerance: float) -> Solution:
    y = normalised(arrays, y)
    left = residual(arrays, y, precision)
    result = Outcome.CONVERGED if left <= tolerance else Outcome.UNRESOLVED
    return Solution(arrays, float(precision), y, left, result, met)
