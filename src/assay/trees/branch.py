"""Branches of logit equilibria, followed by predictor and corrector along their length.

A branch is a curve of (log-probabilities, precision). The predictor goes along its tangent, the corrector comes back
with Newton's method at a right angle, so that the curve is followed where it folds back in precision (Allgower and
Georg 1990; Turocy 2005 for logit equilibria). Where another branch crosses it (the determinant of the bordered
Jacobian changes sign) it goes straight on, and the crossing is noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assay.trees.form import Floats, Form
from assay.trees.response import equations, normalised, wide

FIRST_STEP = 0.02
SMALLEST_STEP = 1e-9
LARGEST_CORRECTION = 0.05
"""Of any log-probability, from predictor to curve: further away lies perhaps another branch."""
LARGEST_CHANGE = 0.15
"""Of any probability in one step."""
SMALLEST_COSINE = 0.9
"""Between successive tangents."""
GROWTH = 2.0
NEWTON_STEPS = 8
CROSSING = 1e-6
"""Length of the step within which a crossing of branches is placed."""
HALVINGS = 60


@dataclass(frozen=True, eq=False)
class Point:
    """A point of a branch. The last coordinate of `x` and `tangent` is precision times the scale of payoffs."""

    x: Floats  # (A + 1,)
    tangent: Floats  # (A + 1,) of length 1
    sign: float
    """Sign of the determinant of the Jacobian bordered by the tangent; it changes where branches cross."""
    step: float = 0.0
    """Length of the step that led here."""
    crossed: Point | None = None
    """The point on the way here at which another branch crosses."""

    @property
    def y(self) -> Floats:
        """Log-probabilities, (A,)."""
        return self.x[:-1]


def precision_at(form: Form, point: Point) -> float:
    """The precision of a point."""
    return float(point.x[-1]) / form.scale


def system(form: Form, x: Floats) -> tuple[Floats, Floats]:
    """F and its Jacobian (A, A + 1) at (log-probabilities, scaled precision)."""
    gap, jacobian, slope = equations(form, x[:-1], float(x[-1]) / form.scale)
    return gap, np.column_stack([jacobian, slope / form.scale])


def tolerance(x: Floats) -> float:
    """A correction below which rounding says the rest."""
    return 1e-11 + 256 * float(np.finfo(x.dtype).eps) * float(np.abs(x).max())


def floor(x: Floats) -> float:
    """A correction below which rounding may stop progress (see `response.wide`)."""
    return min(1e-3, max(1e-6, 16 * float(np.finfo(x.dtype).eps) * float(x[-1]) ** 2))


def newton_at(form: Form, y: Floats, precision: float, steps: int = 30, far: float = np.inf) -> Floats | None:
    """The equilibrium at a precision that Newton's method finds from log-probabilities y; None where it finds none.

    `far` bounds how far any log-probability may move.
    """
    found, before = wide(y, precision * form.scale), np.inf
    for _ in range(steps):
        gap, jacobian, _ = equations(form, found, precision)
        move = _solved(jacobian, gap)
        if move is None:
            return None
        found = found - move
        if not np.isfinite(found).all() or float(np.abs(found - y).max(initial=0.0)) > far:
            return None
        size = float(np.abs(move).max(initial=0.0))
        x = np.append(found, precision * form.scale)
        if size <= tolerance(x) or 0.5 * before < size <= floor(x):
            return normalised(form, found)
        before = size
    return None


def _solved(matrix: Floats, right: Floats) -> Floats | None:
    try:
        with np.errstate(all="ignore"):
            answer: Floats = np.linalg.solve(matrix.astype(np.float64), right.astype(np.float64)).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    return answer if np.isfinite(answer).all() else None


def point_at(form: Form, y: Floats, precision: float, towards: Floats) -> Point | None:
    """The point of a branch at an equilibrium, its tangent on the side of `towards` (A + 1,)."""
    return _point(form, np.append(y, precision * form.scale), towards, 0.0)


def uniform_start(form: Form) -> Point | None:
    """The principal branch's point at precision 0."""
    upward = np.zeros(form.actions + 1)
    upward[-1] = 1.0
    return point_at(form, form.uniform, 0.0, upward)


def _point(form: Form, x: Floats, towards: Floats, step: float) -> Point | None:
    _, jacobian = system(form, x)
    bordered = np.vstack([jacobian, towards])
    tangent = _solved(bordered, np.append(np.zeros(len(x) - 1), 1.0))
    if tangent is None:
        return None
    tangent = tangent / np.linalg.norm(tangent)
    sign = float(np.linalg.slogdet(np.vstack([jacobian, tangent]))[0])
    return Point(x, tangent, sign, step)


def advance(form: Form, start: Point, step: float) -> Point | None:
    """The point of the branch a step along the tangent of another; None where the step is too long."""
    predicted = start.x + step * start.tangent
    predicted = wide(predicted, float(predicted[-1]))
    x = corrected(form, predicted, start.tangent)
    if x is None:
        return None
    change = np.abs(np.exp(x[:-1]) - np.exp(start.y)).max(initial=0.0)
    if change > LARGEST_CHANGE:
        return None
    point = _point(form, x, start.tangent, step)
    if point is None or float(point.tangent @ start.tangent) < SMALLEST_COSINE:
        return None
    return point


def corrected(form: Form, predicted: Floats, tangent: Floats) -> Floats | None:
    x, before = predicted, np.inf
    for _ in range(NEWTON_STEPS):
        gap, jacobian = system(form, x)
        right = np.append(gap, float(tangent @ (x - predicted)))
        move = _solved(np.vstack([jacobian, tangent]), right)
        if move is None:
            return None
        x = x - move
        size = float(np.abs(move).max())
        if float(np.abs(x - predicted).max()) > LARGEST_CORRECTION or size > 0.9 * before > floor(x):
            return None
        if size <= tolerance(x) or 0.5 * before < size <= floor(x):
            return x
        before = size
    return None


def follow(form: Form, start: Point, first_step: float = FIRST_STEP, most: int = 20_000) -> Iterator[Point]:
    """The points of a branch after a start, for as long as it can be followed."""
    here, step = start, first_step
    for _ in range(most):
        after = None
        while after is None:
            after = advance(form, here, step)
            if after is not None and after.sign != here.sign:
                after = _past_crossing(form, here, after)
            if after is None:
                step /= 2
                if step < SMALLEST_STEP * max(1.0, float(np.abs(here.x).max())):
                    return
        yield after
        drift = float(np.abs(after.x - here.x - after.step * here.tangent).max())
        step *= GROWTH if drift < LARGEST_CORRECTION / 4 else 1.0
        here = after


def crossings(form: Form, here: Point, after: Point, precision: float) -> list[Floats]:
    """The equilibria at a precision between two successive points of a branch, in the branch's order."""
    return _crossings(form, here, after, precision * form.scale, HALVINGS)


def _crossings(form: Form, here: Point, after: Point, target: float, depth: int) -> list[Floats]:
    low, high = float(here.x[-1]), float(after.x[-1])
    across = high == target or (low - target) * (high - target) < 0
    folds = here.tangent[-1] * after.tangent[-1] < 0
    if not across and not (folds and _may_reach(here, after, target)):
        return []
    if across and not folds:
        share = (target - low) / (high - low)
        guess = here.y + share * (after.y - here.y)
        far = LARGEST_CORRECTION + float(np.abs(after.y - here.y).max())
        found = newton_at(form, guess, target / form.scale, far=far)
        if found is not None:
            return [found]
    middle = advance(form, here, after.step / 2) if depth else None
    if middle is None:
        return [normalised(form, after.y)] if across else []
    rest = replace(after, step=after.step / 2)
    return _crossings(form, here, middle, target, depth - 1) + _crossings(form, middle, rest, target, depth - 1)


def _may_reach(here: Point, after: Point, target: float) -> bool:
    """Whether a fold between two points may reach a scaled precision: the tangents at both say how far it can go."""
    reach = abs(here.tangent[-1]) * after.step
    turn = here.x[-1] + np.sign(here.tangent[-1]) * reach
    return bool(min(here.x[-1], turn) <= target <= max(here.x[-1], turn)) and after.step > 1e-7


def _past_crossing(form: Form, here: Point, after: Point) -> Point | None:
    """The second of two points whose determinants differ in sign, with the point between them where a branch crosses.

    None where the change of sign is not there in ever shorter steps: then the second point lies on another branch that
    passes near.
    """
    before, far = here, after
    while far.step > CROSSING:
        found = _change_of_sign(form, before, far.step)
        if found is None:
            return None
        before, far = found
    return replace(after, crossed=before)


def _change_of_sign(form: Form, start: Point, length: float) -> tuple[Point, Point] | None:
    """Successive points within a length of a branch whose determinants differ in sign, in steps an eighth as long."""
    here, gone, step = start, 0.0, length / 8
    while gone <= 1.01 * length:
        after = advance(form, here, step)
        if after is None:
            step /= 2
            if step < CROSSING / 8:
                return None
            continue
        if after.sign != start.sign:
            return here, after
        here, gone = after, gone + step
    return None
