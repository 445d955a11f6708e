"""The fixed point of a stage at a belief node, LANES draws at once: damped sweeps, then Newton's method, then the path.

Slopes are taken by differences: what options lead to is interpolated between belief nodes, and its slope jumps there.
"""

from __future__ import annotations

import numpy as np

from assay.game.game import LANES, Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_joint import CONVERGED, HOMOTOPY, LEANING, NEWTON, UNRESOLVED
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    fma,
    larger,
    load,
    load2,
    magnitude,
    smaller,
    spread,
    store,
    store2,
    where_less,
)
from assay.solvers.kernel_stage import eliminate
from assay.solvers.kernel_types_plan import (
    CHOICES,
    LINES,
    MOVERS,
    TYPES,
    UNKNOWN,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import near, residual_lanes, respond

SWEEPS = 60
"""Damped sweeps before a stage goes to Newton's method."""
NEWTON_STEPS = 30
"""Steps of Newton's method before it is given up."""
PATH_STEPS = 400
"""Steps along a path before it is given up."""
NUDGE = 1e-6
"""What slopes are taken over, relative to numbers above one."""


@part
def lean(plan: TypesPlan, point: int, corner: int, desk: TypesDesk) -> None:
    """Starts from a corner: bit n says that the n-th (mover, type) leans to her last option, else to her first."""
    bit = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices = plan.movers[m, CHOICES]
        for k in range(plan.movers[m, TYPES]):
            for a in range(choices):
                away = 0.0
                if corner >= 0:
                    last = ((corner >> bit) & 1) == 1
                    away = (LEANING if a == choices - 1 else 0.0) if last else (0.0 if a == 0 else -LEANING)
                store(desk.y, plan.movers[m, UNKNOWN] + k * choices + a, spread(away))
            bit += 1


@part
def sweep(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, tolerance: float, desk: TypesDesk
) -> bool:
    """Damped sweeps from y; true where every lane converged. The residual is left in `desk.residual`."""
    zero, one, lines = spread(0.0), spread(1.0), plan.points[point, LINES]
    asked = spread(tolerance)
    for u in range(lines):
        store(desk.step, u, zero)
    pace = one
    for count in range(SWEEPS + 1):
        respond(plan, precision, point, node, learning, one, desk)
        reached = near(plan, point, desk)
        if any_less(asked, reached):
            reached = residual_lanes(plan, point, desk)
        store(desk.residual, 0, reached)
        if not any_less(asked, reached):
            return True
        if count == SWEEPS:
            return False
        turn = zero
        for u in range(lines):
            turn = fma(load(desk.g, u) - load(desk.y, u), load(desk.step, u), turn)
        pace = where_less(turn, zero, pace * spread(0.5), smaller(pace * spread(1.3), one))
        moving = where_less(asked, reached, pace, zero)
        for u in range(lines):
            change = load(desk.g, u) - load(desk.y, u)
            store(desk.step, u, change)
            store(desk.y, u, fma(moving, change, load(desk.y, u)))
    return False


@part
def slopes(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, scale: Lanes, desk: TypesDesk
) -> None:
    """dG/dy by forward differences, into `desk.slope` (of the response, of y); y and g are left as they were."""
    lines = plan.points[point, LINES]
    for u in range(lines):
        store2(desk.held, 2, u, load(desk.g, u))
    for c in range(lines):
        own = load(desk.y, c)
        nudge = spread(NUDGE) * larger(magnitude(own), spread(1.0))
        store(desk.y, c, own + nudge)
        respond(plan, precision, point, node, learning, scale, desk)
        for u in range(lines):
            store2(desk.slope, u, c, (load(desk.g, u) - load2(desk.held, 2, u)) / nudge)
        store(desk.y, c, own)
    for u in range(lines):
        store(desk.g, u, load2(desk.held, 2, u))


@part
def gap(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """Largest |g - y|."""
    worst = spread(0.0)
    for u in range(plan.points[point, LINES]):
        apart = magnitude(load(desk.g, u) - load(desk.y, u))
        worst = larger(where_less(apart, spread(1e300), apart, spread(1e300)), worst)
    return worst


@part
def newton_step(plan: TypesPlan, point: int, desk: TypesDesk) -> None:
    """Newton's step of every lane, into `desk.step`; towards the response where the slopes are singular."""
    n = plan.points[point, LINES]
    for lane in range(LANES):
        a, b = desk.square[:n, :n], desk.line[0, :n]
        for r in range(n):
            b[r] = desk.g[r, lane] - desk.y[r, lane]
            for c in range(n):
                a[r, c] = (1.0 if r == c else 0.0) - desk.slope[r, c, lane]
        solved = eliminate(a, b)
        for r in range(n):
            desk.step[r, lane] = b[r] if solved else 0.5 * (desk.g[r, lane] - desk.y[r, lane])


@part
def newton(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, tolerance: float, desk: TypesDesk
) -> bool:
    """Newton's method with halved steps, in lanes whose residual is above the tolerance; true where all converged."""
    one, zero, asked, lines = spread(1.0), spread(0.0), spread(tolerance), plan.points[point, LINES]
    respond(plan, precision, point, node, learning, one, desk)
    for _ in range(NEWTON_STEPS):
        reached = residual_lanes(plan, point, desk)
        store(desk.residual, 0, reached)
        if not any_less(asked, reached):
            return True
        size = gap(plan, point, desk)
        slopes(plan, precision, point, node, learning, one, desk)
        newton_step(plan, point, desk)
        for u in range(lines):
            store2(desk.held, 0, u, load(desk.y, u))
        scale = where_less(asked, reached, one, zero)
        for _ in range(14):
            for u in range(lines):
                store(desk.y, u, fma(scale, load(desk.step, u), load2(desk.held, 0, u)))
            respond(plan, precision, point, node, learning, one, desk)
            worse = where_less(gap(plan, point, desk), (one - spread(0.1) * scale) * size, zero, one)
            worse = where_less(zero, scale, worse, zero)
            if not any_less(zero, worse):
                break
            scale = where_less(zero, worse, spread(0.5) * scale, scale)
    reached = residual_lanes(plan, point, desk)
    store(desk.residual, 0, reached)
    return not any_less(asked, reached)


@part
def settle(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    tolerance: float,
    principal: bool,
    desk: TypesDesk,
) -> None:
    """The fixed point from y on; how each lane was solved is left in `desk.code` and `desk.residual`."""
    for lane in range(LANES):
        desk.code[lane] = CONVERGED
    if principal:
        for lane in range(LANES):
            desk.code[lane] = UNRESOLVED
    else:
        if sweep(plan, precision, point, node, learning, tolerance, desk):
            return
        grade(desk, tolerance, NEWTON)
        if newton(plan, precision, point, node, learning, tolerance, desk):
            return
        grade(desk, tolerance, UNRESOLVED)
    for lane in range(LANES):
        if desk.code[lane] == UNRESOLVED and follow(plan, precision, point, node, learning, lane, desk):
            desk.code[lane] = HOMOTOPY
    newton(plan, precision, point, node, learning, tolerance, desk)
    for lane in range(LANES):
        if desk.code[lane] == UNRESOLVED and desk.residual[0, lane] <= tolerance:
            desk.code[lane] = NEWTON
    grade(desk, tolerance, UNRESOLVED)


@part
def grade(desk: TypesDesk, tolerance: float, code: int) -> None:
    """Lanes that miss the residual get `code`."""
    for lane in range(LANES):
        if not desk.residual[0, lane] <= tolerance:
            desk.code[lane] = code


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
    """For one lane at y and k: y - k G(y) into line 0, its slope in y and k into `square` (the last row is left)."""
    n = plan.points[point, LINES]
    respond(plan, precision, point, node, learning, spread(1.0), desk)
    slopes(plan, precision, point, node, learning, spread(1.0), desk)
    for r in range(n):
        desk.line[0, r] = desk.y[r, lane] - k * desk.g[r, lane]
        for c in range(n):
            desk.square[r, c] = (1.0 if r == c else 0.0) - k * desk.slope[r, c, lane]
        desk.square[r, n] = -desk.g[r, lane]


@part
def tangent(n: int, desk: TypesDesk) -> bool:
    """The unit tangent of the path, into line 2, pointing as line 1 does; `square` is used up."""
    b = desk.line[2, : n + 1]
    for r in range(n):
        b[r] = 0.0
    b[n] = 1.0
    for c in range(n + 1):
        desk.square[n, c] = desk.line[1, c]
    if not eliminate(desk.square[: n + 1, : n + 1], b):
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
    """Newton's method from line 4 back to the path, across the tangent in line 1; line 4 is where it ends."""
    n = plan.points[point, LINES]
    z = desk.line[4, : n + 1]
    for _ in range(6):
        for u in range(n):
            desk.y[u, lane] = z[u]
        path_system(plan, precision, point, node, learning, lane, z[n], desk)
        size = 0.0
        for r in range(n):
            size = max(size, abs(desk.line[0, r]))
            desk.line[5, r] = -desk.line[0, r]
        if not size < np.inf:
            return False
        if size < 1e-7:
            return True
        desk.line[5, n] = 0.0
        for c in range(n + 1):
            desk.square[n, c] = desk.line[1, c]
        if not eliminate(desk.square[: n + 1, : n + 1], desk.line[5, : n + 1]):
            return False
        for r in range(n + 1):
            z[r] += desk.line[5, r]
    return False


@part
def follow(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, lane: int, desk: TypesDesk
) -> bool:
    """One lane from uniform play (k = 0) along y = k G(y) to k = 1, by arclength (Turocy, 2005). y is where it ends.

    Lines of `desk.line`: 1 the tangent, 2 the next one, 3 where the path is, 4 the point ahead.
    """
    n = plan.points[point, LINES]
    for u in range(n + 1):
        desk.line[3, u] = 0.0
        desk.line[1, u] = 0.0
    desk.line[1, n] = 1.0
    for u in range(n):
        desk.y[u, lane] = 0.0
    path_system(plan, precision, point, node, learning, lane, 0.0, desk)
    if not tangent(n, desk):
        return False
    for u in range(n + 1):
        desk.line[1, u] = desk.line[2, u]
    stride = 0.25
    for _ in range(PATH_STEPS):
        k = desk.line[3, n]
        last = desk.line[1, n] > 0.0 and k + stride * desk.line[1, n] >= 1.0
        step = (1.0 - k) / desk.line[1, n] if last else stride
        for u in range(n + 1):
            desk.line[4, u] = desk.line[3, u] + step * desk.line[1, u]
        if last:
            for u in range(n):
                desk.y[u, lane] = desk.line[4, u]
            return True
        good = correct(plan, precision, point, node, learning, lane, desk)
        if good:
            good = tangent(n, desk)
        bend = 0.0
        for u in range(n + 1):
            bend += desk.line[1, u] * desk.line[2, u]
        if good and bend > 0.9:
            for u in range(n + 1):
                desk.line[3, u] = desk.line[4, u]
                desk.line[1, u] = desk.line[2, u]
            stride = min(1.5 * stride, 8.0) if bend > 0.98 else stride
        else:
            stride *= 0.5
            if stride < 1e-6:
                return False
    return False
