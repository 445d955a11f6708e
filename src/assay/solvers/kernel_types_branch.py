"""The principal branch of a stage at a belief node, LANES draws at once, by steps in precision.

y = k G(y) is followed from k = 0 (play by base weights) to k = 1 with the tangent as predictor and Newton's method as
corrector. A step counts where play lands close to where the tangent pointed and the determinant kept its sign; lanes
whose steps become too short, as they do before a fold, are left to arclength (`kernel_types_path.follow`).
"""

from __future__ import annotations

from assay.game.game import Floats
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    fma,
    larger,
    load,
    magnitude,
    smaller,
    spread,
    store,
    where_less,
)
from assay.solvers.kernel_types_plan import CHOICES, LINES, MOVERS, TYPES, UNKNOWN, TypesDesk, TypesPlan
from assay.solvers.kernel_types_stage import mix, respond

NUDGE, AWAY = 1e-8, 3e-7
"""What slopes are taken over, and how far from where they are asked, relative to numbers above one."""
BRANCH_STEPS = 100
"""Steps before the lanes that are left go to arclength."""
SHORTEST = 1e-3
"""Steps in k are not shorter."""
NEAR, CLOSE_BY = 0.1, 0.02
"""How far play may land from where the tangent pointed for a step to count, and for the next one to be longer."""


@step
def step_away(n: int, desk: TypesDesk) -> None:
    """Moves y a little, every unknown by another length, and keeps it. Types that are paid alike play alike, and so
    leave beliefs at a node, where slopes jump: a little away all slopes are of one side.
    """
    for u in range(n):
        own = load(desk.w, desk.y + u)
        store(desk.w, desk.held + n + u, own)
        length = AWAY * (0.5 + (0.6180339887498949 * (u + 1) ** 3) % 1.0)
        store(desk.w, desk.y + u, own + spread(length) * larger(magnitude(own), spread(1.0)))


@part
def slopes(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, scale: Lanes, desk: TypesDesk
) -> None:
    """dG/dy by forward differences, into `slope` (of the response, of y); y and g are left as they were. A type's
    first option has no column: its unknown is 0 and stays so.
    """
    lines = plan.points[point, LINES]
    kept, away = desk.held + 2 * lines, desk.held + 3 * lines
    for u in range(lines):
        store(desk.w, kept + u, load(desk.w, desk.g + u))
    step_away(lines, desk)
    respond(plan, precision, point, node, learning, scale, desk)
    for u in range(lines):
        store(desk.w, away + u, load(desk.w, desk.g + u))
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        for c in range(
            plan.movers[m, UNKNOWN], plan.movers[m, UNKNOWN] + plan.movers[m, TYPES] * plan.movers[m, CHOICES]
        ):
            if (c - plan.movers[m, UNKNOWN]) % plan.movers[m, CHOICES] == 0:
                for u in range(lines):
                    store(desk.w, desk.slope + u * lines + c, spread(0.0))
                continue
            own = load(desk.w, desk.y + c)
            nudge = spread(NUDGE) * larger(magnitude(own), spread(1.0))
            store(desk.w, desk.y + c, own + nudge)
            respond(plan, precision, point, node, learning, scale, desk)
            for u in range(lines):
                change = load(desk.w, desk.g + u) - load(desk.w, away + u)
                store(desk.w, desk.slope + u * lines + c, change / nudge)
            store(desk.w, desk.y + c, own)
    for u in range(lines):
        store(desk.w, desk.y + u, load(desk.w, desk.held + lines + u))
        store(desk.w, desk.g + u, load(desk.w, kept + u))


@part
def solve_lanes(n: int, k: Lanes, desk: TypesDesk) -> Lanes:
    """`step` becomes the solution x of (I - k slope) x = step, without pivoting; 1 in lanes where the determinant is
    positive, else -1. The slopes are used up.
    """
    w, a, b, one, zero = desk.w, desk.slope, desk.step, spread(1.0), spread(0.0)
    for r in range(n):
        for c in range(n):
            own = one if r == c else zero
            store(w, a + r * n + c, own - k * load(w, a + r * n + c))
    sign = one
    for c in range(n):
        pivot = load(w, a + c * n + c)
        sign = where_less(pivot, zero, zero - sign, sign)
        over = one / pivot
        for r in range(c + 1, n):
            factor = load(w, a + r * n + c) * over
            if any_less(zero, magnitude(factor)):
                for e in range(c + 1, n):
                    at = a + r * n + e
                    store(w, at, load(w, at) - factor * load(w, a + c * n + e))
                store(w, b + r, load(w, b + r) - factor * load(w, b + c))
    for r in range(n - 1, -1, -1):
        there = load(w, b + r)
        for c in range(r + 1, n):
            there = there - load(w, a + r * n + c) * load(w, b + c)
        store(w, b + r, there / load(w, a + r * n + r))
    return sign


@part
def off(n: int, k: Lanes, desk: TypesDesk) -> Lanes:
    """Largest |k g - y|, relative to numbers above one; large where not a number."""
    worst = spread(0.0)
    for u in range(n):
        y = load(desk.w, desk.y + u)
        apart = magnitude(k * load(desk.w, desk.g + u) - y) / larger(magnitude(y), spread(1.0))
        worst = larger(where_less(apart, spread(1e300), apart, spread(1e300)), worst)
    return worst


@step
def land(plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, k: Lanes, desk: TypesDesk) -> Lanes:
    """Newton's method at k from y on; how far off it ends."""
    n, close = plan.points[point, LINES], spread(1e-8)
    for _ in range(4):
        respond(plan, precision, point, node, learning, spread(1.0), desk)
        apart = off(n, k, desk)
        if not any_less(close, apart):
            return apart
        slopes(plan, precision, point, node, learning, spread(1.0), desk)
        for u in range(n):
            store(desk.w, desk.step + u, k * load(desk.w, desk.g + u) - load(desk.w, desk.y + u))
        solve_lanes(n, k, desk)
        for u in range(n):
            change = where_less(close, apart, load(desk.w, desk.step + u), spread(0.0))
            store(desk.w, desk.y + u, load(desk.w, desk.y + u) + change)
    respond(plan, precision, point, node, learning, spread(1.0), desk)
    return off(n, k, desk)


@step
def aim(plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, k: Lanes, desk: TypesDesk) -> Lanes:
    """dy/dk at y, into `step`, from the response in `g`; the sign of the determinant."""
    slopes(plan, precision, point, node, learning, spread(1.0), desk)
    for u in range(plan.points[point, LINES]):
        store(desk.w, desk.step + u, load(desk.w, desk.g + u))
    return solve_lanes(plan.points[point, LINES], k, desk)


@step
def shift_of_play(n: int, desk: TypesDesk) -> Lanes:
    """Largest difference of probabilities between `sigma` and `other`; large where not a number."""
    worst = spread(0.0)
    for u in range(n):
        apart = magnitude(load(desk.w, desk.sigma + u) - load(desk.w, desk.other + u))
        worst = larger(where_less(apart, spread(2.0), apart, spread(2.0)), worst)
    return worst


@step
def branch(plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, desk: TypesDesk) -> Lanes:
    """The branch from k = 0 on in every lane: y is where it ends, and k how far it was followed."""
    n, zero, one, w = plan.points[point, LINES], spread(0.0), spread(1.0), desk.w
    here, course = desk.held, desk.held + 4 * n
    for u in range(n):
        store(w, desk.y + u, zero)
        store(w, here + u, zero)
    respond(plan, precision, point, node, learning, one, desk)
    for u in range(n):
        store(w, course + u, load(w, desk.g + u))
    k, stride = zero, spread(0.25)
    for _ in range(BRANCH_STEPS):
        unfinished = where_less(stride, spread(SHORTEST), zero, where_less(k, one, one, zero))
        if not any_less(zero, unfinished):
            break
        ahead = where_less(zero, unfinished, smaller(k + stride, one), k)
        for u in range(n):
            store(w, desk.y + u, fma(ahead - k, load(w, course + u), load(w, here + u)))
        mix(plan, point, desk, desk.y, desk.other, False)
        apart = land(plan, precision, point, node, learning, ahead, desk)
        mix(plan, point, desk, desk.y, desk.sigma, False)
        moved = shift_of_play(n, desk)
        sign = aim(plan, precision, point, node, learning, ahead, desk)
        kept = where_less(apart, spread(1e-6), where_less(zero, sign, unfinished, zero), zero)
        kept = where_less(moved, spread(NEAR), kept, zero)
        for u in range(n):
            store(w, here + u, where_less(zero, kept, load(w, desk.y + u), load(w, here + u)))
            store(w, course + u, where_less(zero, kept, load(w, desk.step + u), load(w, course + u)))
        k = where_less(zero, kept, ahead, k)
        longer = where_less(moved, spread(CLOSE_BY), spread(2.0), one)
        stride = stride * where_less(zero, kept, longer, where_less(zero, unfinished, spread(0.5), one))
    for u in range(n):
        store(w, desk.y + u, load(w, here + u))
    return k
