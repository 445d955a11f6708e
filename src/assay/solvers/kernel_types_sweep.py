"""Damped sweeps where movers of two types have two options, one mover alone or two at once.

They do what `kernel_types_fixed.sweep` does with half of its unknowns: the first option of a type is always worth 0.
"""

from __future__ import annotations

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
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
from assay.solvers.kernel_types_fast import respond_alone, respond_pair, two_shares
from assay.solvers.kernel_types_plan import MOVERS, OPTIONS, ROW, STRIDE, TYPES, TypesDesk, TypesPlan

SWEEPS = 60
"""Damped sweeps before a stage goes to Newton's method."""
SOLVED, UNSOLVED, TOO_RARE = range(3)
"""How sweeps end; the last where an option is too rare for its probability."""
LIGHT = 1e-200
"""Options with a smaller base weight need the general way."""


@part
def heavy_enough(plan: TypesPlan, point: int, desk: TypesDesk) -> bool:
    """Whether every option of a stage has a base weight, in every type and lane."""
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        for o in range(plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS]):
            for k in range(plan.movers[m, TYPES]):
                if any_less(load(desk.now, plan.weights[o, ROW] + k * plan.weights[o, STRIDE]), spread(LIGHT)):
                    return False
    return True


@part
def change_of(desk: TypesDesk, u: int) -> Lanes:
    """How far the response to unknown u is from it."""
    return load(desk.w, desk.g + u) - load(desk.w, desk.y + u)


@part
def finite(apart: Lanes) -> Lanes:
    """Magnitude; large where not a number."""
    size = magnitude(apart)
    return where_less(size, spread(1e300), size, spread(1e300))


@part
def gap_of(plan: TypesPlan, desk: TypesDesk, m: int, k: int, u: int, change: Lanes) -> Lanes:
    """The residual of type k, whose second option has unknown u: max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1))."""
    option = plan.movers[m, OPTIONS]
    weight0 = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
    weight1 = load(desk.now, plan.weights[option + 1, ROW] + k * plan.weights[option + 1, STRIDE])
    _, second = two_shares(weight0, weight1, load(desk.w, desk.g + u) - load(desk.w, desk.g + u - 1))
    gap = larger(
        smaller(magnitude(change), spread(1.0)) * spread(0.01), magnitude(second - load(desk.w, desk.sigma + u))
    )
    return where_less(gap, spread(2.0), gap, spread(2.0))


@part
def residual_of_two(
    plan: TypesPlan, point: int, many: int, c0: Lanes, c1: Lanes, c2: Lanes, c3: Lanes, desk: TypesDesk
) -> Lanes:
    """The largest residual of the types, whose responses are off by c0 to c3."""
    m = plan.points[point, MOVERS]
    worst = larger(gap_of(plan, desk, m, 0, 1, c0), gap_of(plan, desk, m, 1, 3, c1))
    if many == 2:
        worst = larger(larger(gap_of(plan, desk, m + 1, 0, 5, c2), gap_of(plan, desk, m + 1, 1, 7, c3)), worst)
    return worst


@part
def move(desk: TypesDesk, u: int, moving: Lanes, change: Lanes) -> None:
    """A damped step of unknown u."""
    store(desk.w, desk.y + u, fma(moving, change, load(desk.w, desk.y + u)))


@part
def sweep_two(
    plan: TypesPlan, precision: Floats, point: int, node: int, many: int, tolerance: float, desk: TypesDesk
) -> int:
    """Damped sweeps from y for `many` movers; the residual is left in `residual`."""
    zero, one, asked, half = spread(0.0), spread(1.0), spread(tolerance), spread(0.5)
    step0, step1, step2, step3, pace = zero, zero, zero, zero, one
    for count in range(SWEEPS + 1):
        if many == 2:
            common = respond_pair(plan, precision, point, node, one, desk)
        else:
            common = respond_alone(plan, precision, point, node, one, desk)
        if not common:
            return TOO_RARE
        c0, c1, c2, c3 = change_of(desk, 1), change_of(desk, 3), zero, zero
        if many == 2:
            c2, c3 = change_of(desk, 5), change_of(desk, 7)
        # Half of the largest |g - y| bounds the residual and takes no exponentials.
        reached = half * larger(larger(finite(c0), finite(c1)), larger(finite(c2), finite(c3)))
        if any_less(asked, reached):
            reached = residual_of_two(plan, point, many, c0, c1, c2, c3, desk)
        store(desk.w, desk.residual, reached)
        if not any_less(asked, reached):
            return SOLVED
        if count == SWEEPS:
            return UNSOLVED
        turn = fma(c0, step0, fma(c1, step1, fma(c2, step2, c3 * step3)))
        pace = where_less(turn, zero, pace * half, smaller(pace * spread(1.3), one))
        moving = where_less(asked, reached, pace, zero)
        move(desk, 1, moving, c0)
        move(desk, 3, moving, c1)
        if many == 2:
            move(desk, 5, moving, c2)
            move(desk, 7, moving, c3)
        step0, step1, step2, step3 = c0, c1, c2, c3
    return UNSOLVED
