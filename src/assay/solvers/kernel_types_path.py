"""The path from play by base weights to a fixed point of a stage, one draw at a time, by arclength (Turocy, 2005)."""

from __future__ import annotations

import numpy as np

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import (
    spread,
)
from assay.solvers.kernel_stage import eliminate
from assay.solvers.kernel_types_branch import slopes
from assay.solvers.kernel_types_plan import (
    LINES,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import respond

NEWTON_STEPS = 30
"""Steps of Newton's method before it is given up."""

PATH_STEPS = 400
"""Steps along a path before it is given up."""
VECTORS = 8
"""Rows of `TypesDesk.small` that are vectors: the last ones. The path uses 0 for how far off it is, 1 and 2 for the
tangent and the next one, 3 for where it is, 4 for the point ahead, 5 for a step.
"""


@part
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
def tangent(n: int, desk: TypesDesk) -> bool:
    """The unit tangent of the path, pointing as the one before does; the matrix is used up."""
    rows = desk.small.shape[0] - VECTORS
    b = desk.small[rows + 2, : n + 1]
    for r in range(n):
        b[r] = 0.0
    b[n] = 1.0
    for c in range(n + 1):
        desk.small[n, c] = desk.small[rows + 1, c]
    if not eliminate(desk.small[: n + 1, : n + 1], b):
        return False
    length = 0.0
    for r in range(n + 1):
        length += b[r] * b[r]
    length = np.sqrt(length)
    for r in range(n + 1):
        b[r] /= length
    return bool(length < np.inf)


@part
def correct(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    lane: int,
    desk: TypesDesk,
) -> bool:
    """Newton's method from the point ahead back to the path, across the tangent; the point ahead is where it ends."""
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    z = desk.small[rows + 4, : n + 1]
    for _ in range(6):
        for u in range(n):
            desk.w[desk.y + u, lane] = z[u]
        path_system(plan, precision, point, node, learning, lane, z[n], desk)
        size = 0.0
        for r in range(n):
            size = max(size, abs(desk.small[rows, r]))
            desk.small[rows + 5, r] = -desk.small[rows, r]
        if not size < np.inf:
            return False
        if size < 1e-7:
            return True
        desk.small[rows + 5, n] = 0.0
        for c in range(n + 1):
            desk.small[n, c] = desk.small[rows + 1, c]
        if not eliminate(desk.small[: n + 1, : n + 1], desk.small[rows + 5, : n + 1]):
            return False
        for r in range(n + 1):
            z[r] += desk.small[rows + 5, r]
    return False


@part
def follow(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, lane: int, desk: TypesDesk
) -> bool:
    """One lane from uniform play (k = 0) along y = k G(y) to k = 1, by arclength (Turocy, 2005). y is where it ends."""
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    for u in range(n + 1):
        desk.small[rows + 3, u] = 0.0
        desk.small[rows + 1, u] = 0.0
    desk.small[rows + 1, n] = 1.0
    for u in range(n):
        desk.w[desk.y + u, lane] = 0.0
    path_system(plan, precision, point, node, learning, lane, 0.0, desk)
    if not tangent(n, desk):
        return False
    for u in range(n + 1):
        desk.small[rows + 1, u] = desk.small[rows + 2, u]
    stride = 0.25
    for _ in range(PATH_STEPS):
        k = desk.small[rows + 3, n]
        last = desk.small[rows + 1, n] > 0.0 and k + stride * desk.small[rows + 1, n] >= 1.0
        step = (1.0 - k) / desk.small[rows + 1, n] if last else stride
        for u in range(n + 1):
            desk.small[rows + 4, u] = desk.small[rows + 3, u] + step * desk.small[rows + 1, u]
        if last:
            for u in range(n):
                desk.w[desk.y + u, lane] = desk.small[rows + 4, u]
            return True
        good = correct(plan, precision, point, node, learning, lane, desk)
        if good:
            good = tangent(n, desk)
        bend = 0.0
        for u in range(n + 1):
            bend += desk.small[rows + 1, u] * desk.small[rows + 2, u]
        if good and bend > 0.9:
            for u in range(n + 1):
                desk.small[rows + 3, u] = desk.small[rows + 4, u]
                desk.small[rows + 1, u] = desk.small[rows + 2, u]
            stride = min(1.5 * stride, 8.0) if bend > 0.98 else stride
        else:
            stride *= 0.5
            if stride < 1e-6:
                return False
    return False
