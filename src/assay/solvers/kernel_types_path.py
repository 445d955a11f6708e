"""The rest of the way from play by base weights to a fixed point of a stage, by arclength (Turocy, 2005).

One draw at a time, from where steps in precision no longer led on (`kernel_types_branch`).

What options lead to is interpolated between belief nodes, so the path is smooth in pieces only: where play takes
beliefs over a node it may turn by any angle. Its sense is therefore told by the sign of a determinant, which is the
same on all of the path (Eaves and Scarf, 1976), and at a turn the tangent is taken anew from the slopes beyond it.
"""

from __future__ import annotations

import numpy as np

from assay.game.game import Floats
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import (
    spread,
)
from assay.solvers.kernel_stage import eliminate, largest
from assay.solvers.kernel_types_branch import slopes
from assay.solvers.kernel_types_plan import (
    LINES,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import respond

PATH_STEPS = 3000
"""Steps along a path before it is given up."""
SHORTEST, TURN = 1e-6, 1e-4
"""Steps are not shorter; where they become shorter than TURN the path may turn ahead."""
STRAIGHT, SMOOTH = 0.95, 0.98
"""Cosine of the angle between tangents for a step to count, and for the next one to be longer."""
NEAR, LOOSE = 0.2, 1e-6
"""How far from where the tangent pointed the path may be, of a step, and however short the step."""
VECTORS = 8
"""Rows of `TypesDesk.small` that are vectors: the last ones."""
OFF, WAY, NEXT_WAY, HERE, AHEAD, CHANGE, AIM, KEPT_WAY = range(VECTORS)
"""How far off the path the point ahead is; the tangent and the next one; where the path is, the point ahead and a step
of Newton's method; where the tangent pointed; the tangent before a turn.
"""


@step
def path_system(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    lane: int,
    k: float,
    desk: TypesDesk,
) -> None:
    """For one lane at y and k: y - k G(y) and its slope in y and k, into `small` (the last row is left)."""
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    respond(plan, precision, point, node, learning, spread(1.0), desk)
    slopes(plan, precision, point, node, learning, spread(1.0), desk)
    for r in range(n):
        desk.small[rows, r] = desk.w[desk.y + r, lane] - k * desk.w[desk.g + r, lane]
        for c in range(n):
            desk.small[r, c] = (1.0 if r == c else 0.0) - k * desk.w[desk.slope + r * n + c, lane]
        desk.small[r, n] = -desk.w[desk.g + r, lane]


@part
def tangent(n: int, sense: float, desk: TypesDesk) -> bool:
    """The unit tangent of the path with a determinant of the sign of `sense`, into `NEXT_WAY`; the matrix is used up.
    False where there is none.
    """
    rows = desk.small.shape[0] - VECTORS
    found = desk.small[rows + NEXT_WAY, : n + 1]
    for r in range(n + 1):
        found[r] = 1.0 if r == n else 0.0
        desk.small[n, r] = desk.small[rows + WAY, r]
    sign, length = eliminate(desk.small[: n + 1, : n + 1], found), 0.0
    for r in range(n + 1):
        length += found[r] * found[r]
    if sign == 0.0 or not length < np.inf:
        return False
    for r in range(n + 1):
        found[r] *= sense * sign / np.sqrt(length)
    return True


@part
def look(plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, lane: int, desk: TypesDesk) -> None:
    """`path_system` at the point ahead."""
    n, at = plan.points[point, LINES], desk.small.shape[0] - VECTORS + AHEAD
    for u in range(n):
        desk.w[desk.y + u, lane] = desk.small[at, u]
    path_system(plan, precision, point, node, learning, lane, desk.small[at, n], desk)


@step
def correct(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, lane: int, last: bool, desk: TypesDesk
) -> bool:
    """Newton's method from the point ahead back to the path, across the tangent, or with k held where it is the `last`
    step. The point ahead is where it ends; the slopes there are left in `small`.
    """
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    off, change = desk.small[rows + OFF], desk.small[rows + CHANGE]
    for _ in range(6):
        look(plan, precision, point, node, learning, lane, desk)
        size = largest(off[:n])
        if size < 1e-7:
            return True
        if not size < np.inf:
            return False
        for r in range(n + 1):
            change[r] = -off[r] if r < n else 0.0
            desk.small[n, r] = desk.small[rows + WAY, r]
            if last:
                desk.small[n, r] = 1.0 if r == n else 0.0
        if eliminate(desk.small[: n + 1, : n + 1], change[: n + 1]) == 0.0:
            return False
        for r in range(n + 1):
            desk.small[rows + AHEAD, r] += change[r]
    return False


@part
def advance(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    lane: int,
    stride: float,
    sense: float,
    desk: TypesDesk,
) -> float:
    """A step along the tangent, at the most to k = 1. The cosine of how far the path turns; 0 where the step does not
    count, as the path is not close to where the tangent pointed.
    """
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    way, ahead, aim = desk.small[rows + WAY], desk.small[rows + AHEAD], desk.small[rows + AIM]
    here, after = desk.small[rows + HERE], desk.small[rows + NEXT_WAY]
    last = way[n] > 0.0 and here[n] + stride * way[n] >= 1.0
    step = (1.0 - here[n]) / way[n] if last else stride
    for u in range(n + 1):
        aim[u] = here[u] + step * way[u]
    if last:
        aim[n] = 1.0
    for u in range(n + 1):
        ahead[u] = aim[u]
    if not correct(plan, precision, point, node, learning, lane, last, desk):
        return 0.0
    if ahead[n] > 1.0 or not tangent(n, sense, desk):
        return 0.0
    apart, straight = 0.0, 0.0
    for u in range(n + 1):
        apart += (ahead[u] - aim[u]) ** 2
        straight += way[u] * after[u]
    if apart > (NEAR * step + LOOSE) ** 2 or straight < STRAIGHT:
        return 0.0
    for u in range(n + 1):
        here[u], way[u] = ahead[u], after[u]
    return straight


@step
def turn(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    lane: int,
    stride: float,
    sense: float,
    desk: TypesDesk,
) -> float:
    """Past a turn less than `stride` ahead, along the tangent that slopes beyond it give. How long the step was; 0
    where none counts.
    """
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    way, kept = desk.small[rows + WAY], desk.small[rows + KEPT_WAY]
    for u in range(n + 1):
        kept[u] = way[u]
    beyond = stride
    for _ in range(3):
        beyond *= 4.0
        for u in range(n + 1):
            desk.small[rows + AHEAD, u] = desk.small[rows + HERE, u] + beyond * kept[u]
        look(plan, precision, point, node, learning, lane, desk)
        if tangent(n, sense, desk):
            step = beyond
            for u in range(n + 1):
                way[u] = desk.small[rows + NEXT_WAY, u]
            for _ in range(4):
                if advance(plan, precision, point, node, learning, lane, step, sense, desk) > 0.0:
                    return step
                step *= 4.0
        for u in range(n + 1):
            way[u] = kept[u]
    return 0.0


@part
def follow(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, lane: int, k: float, desk: TypesDesk
) -> bool:
    """One lane along y = k G(y) to k = 1 from where it is, up to which k has only grown. y is where it ends.

    Branches may cross where options or types are alike, and there the sign of the determinant changes: it is gone
    straight on.
    """
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    here, way, ahead = desk.small[rows + HERE], desk.small[rows + WAY], desk.small[rows + AHEAD]
    for u in range(n + 1):
        here[u], way[u] = k if u == n else desk.w[desk.y + u, lane], 1.0 if u == n else 0.0
        ahead[u] = here[u]
    look(plan, precision, point, node, learning, lane, desk)
    if not tangent(n, 1.0, desk):
        return False
    for u in range(n + 1):
        way[u] = desk.small[rows + NEXT_WAY, u]
    stride, sense = 0.25, 1.0
    for _ in range(PATH_STEPS):
        straight = advance(plan, precision, point, node, learning, lane, stride, sense, desk)
        if straight > SMOOTH:
            stride = min(1.5 * stride, 0.5 + 0.1 * largest(here[:n]))
        elif straight == 0.0:
            stride *= 0.5
            if stride < TURN:
                stride = max(turn(plan, precision, point, node, learning, lane, stride, sense, desk), stride)
            if stride < SHORTEST:
                stride, sense = TURN, -sense
                if advance(plan, precision, point, node, learning, lane, stride, sense, desk) == 0.0:
                    break
        if here[n] == 1.0:
            break
    for u in range(n):
        desk.w[desk.y + u, lane] = here[u]
    return bool(here[n] == 1.0)
