"""Two movers at once, one of whom has two options: an equation in one unknown, for LANES draws at once.

The unknown u is precision times what the two-option mover gains by her second option (as y in `kernel_stage`). She
plays it with probability p(u); the other mover answers with a logit choice; T(u) is what she would gain then. A fixed
point u = T(u) is a logit equilibrium of the stage, and T has a derivative in closed form. See `definition.pair_point`
and `definition.one_solution`.
"""

from __future__ import annotations

from assay.game.game import LANES
from assay.solvers.corners import BITS
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_joint import CONVERGED, HOMOTOPY, SWEEPS, UNRESOLVED, Desk, lean, leaning, mix_lanes
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    exp,
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
from assay.solvers.kernel_pair_path import Curve, trace
from assay.solvers.kernel_plan import MOVERS, OPTIONS, PLAYER, Plan

STEEPEST = 0.1
"""A step is divided by 1 - T'(u), but not by less than this, so that it does not leap to a distant solution."""
PATIENCE = 40
"""Steps after which intervals are halved."""
NARROWINGS = 12
"""Times the range of u is narrowed before a stage is taken to have several solutions."""
SURELY = 0.999
"""T'(u) below this on the whole range proves a single solution, with room for rounding."""
GAIN, BASE, TILT = range(3)
"""Rows of `Desk.pair`, by option b of the other mover: what the two-option mover gains if b is played, and the
other's y for b, which is BASE + p * TILT.
"""


@part
def twofold(plan: Plan, point: int) -> int:
    """Which of the point's two movers has two options: 0 or 1."""
    m0 = plan.points[point, MOVERS]
    return 0 if plan.movers[m0 + 1, OPTIONS] - plan.movers[m0, OPTIONS] == 2 else 1


@part
def lay_out(plan: Plan, precision: Lanes, point: int, desk: Desk) -> None:
    """The stage at a point as `GAIN`, `BASE` and `TILT`, into the desk."""
    m0, own = plan.points[point, MOVERS], twofold(plan, point)
    mine, other = m0 + own, m0 + 1 - own
    many = plan.movers[other + 1, OPTIONS] - plan.movers[other, OPTIONS]
    by_own, by_other = (many, 1) if own == 0 else (1, 2)  # joint moves are in order of the product
    i, k = plan.movers[mine, PLAYER], plan.movers[other, PLAYER]
    sharp, others_sharp = load(precision, i), load(precision, k)
    zero_base, zero_top = load2(desk.work, 0, k), load2(desk.work, by_own, k)
    for b in range(many):
        j = b * by_other
        base = others_sharp * (load2(desk.work, j, k) - zero_base)
        top = others_sharp * (load2(desk.work, j + by_own, k) - zero_top)
        store2(desk.pair, GAIN, b, sharp * (load2(desk.work, j + by_own, i) - load2(desk.work, j, i)))
        store2(desk.pair, BASE, b, base)
        store2(desk.pair, TILT, b, top - base)


@part
def share_of(u: Lanes, first: Lanes, second: Lanes) -> Lanes:
    """Probability of the second of two options with base weights `first` and `second`."""
    zero = spread(0.0)
    u = where_less(zero, first, where_less(zero, second, u, zero), zero)
    small = exp(zero - magnitude(u))
    top = where_less(zero, u, second, second * small)
    return top / (where_less(zero, u, first * small, first) + top)


@part
def gains(desk: Desk, many: int, most: bool) -> Lanes:
    """The least or the most that T can be, and a little beyond."""
    end = load2(desk.pair, GAIN, 0)
    for b in range(1, many):
        gain = load2(desk.pair, GAIN, b)
        end = larger(gain, end) if most else smaller(gain, end)
    margin = fma(spread(1e-6), magnitude(end), spread(1.0))
    return end + margin if most else end - margin


@part
def settle(plan: Plan, point: int, tolerance: float, most: int, desk: Desk) -> None:
    """Up to `most` steps on u in the lanes that have not converged; leaves y, sigma and residuals.

    A step is damped by 1 - T'(u) where that is positive (Newton's method) and taken whole where it is not, so that it
    always goes towards T(u); it stays between what is known to be too little and too much.
    """
    zero, one, goal, worst = spread(0.0), spread(1.0), spread(tolerance), spread(0.0)
    m0, own = plan.points[point, MOVERS], twofold(plan, point)
    mine, first, last = (
        plan.movers[m0 + own, OPTIONS],
        plan.movers[m0 + 1 - own, OPTIONS],
        plan.movers[m0 + 2 - own, OPTIONS],
    )
    weight, weight2 = load(desk.now, plan.weights[mine]), load(desk.now, plan.weights[mine + 1])
    low, high = gains(desk, last - first, False), gains(desk, last - first, True)
    u, p = smaller(larger(load(desk.y, mine + 1), low), high), zero
    for count in range(most + 1):
        p = share_of(u, weight, weight2)
        for b in range(last - first):
            store(desk.y, first + b, fma(p, load2(desk.pair, TILT, b), load2(desk.pair, BASE, b)))
        mix_lanes(plan.weights, desk.now, first, last, desk.y, desk.sigma)
        target, tilt, cross = zero, zero, zero
        for b in range(last - first):
            likely, gain, turn = load(desk.sigma, first + b), load2(desk.pair, GAIN, b), load2(desk.pair, TILT, b)
            target, tilt = fma(likely, gain, target), fma(likely, turn, tilt)
            cross = fma(likely * gain, turn, cross)
        off = target - u
        worst = where_less(zero, weight2, spread(0.01) * smaller(magnitude(off), one), zero)
        worst = larger(magnitude(share_of(target, weight, weight2) - p), worst)
        if count == most or not any_less(goal, worst):
            break
        slope = p * (one - p) * (cross - target * tilt)
        low, high = where_less(zero, off, u, low), where_less(off, zero, u, high)
        middle = spread(0.5) * (low + high)
        moved = u + off / where_less(slope, one, larger(one - slope, spread(STEEPEST)), one)
        moved = where_less(low, moved, where_less(moved, high, moved, target), target)
        moved = where_less(low, moved, where_less(moved, high, moved, middle), middle)
        u = where_less(goal, worst, middle if count >= PATIENCE else moved, u)
    store(desk.y, mine, zero)
    store(desk.y, mine + 1, u)
    store(desk.sigma, mine, share_of(zero - u, weight2, weight))
    store(desk.sigma, mine + 1, p)
    store(desk.residual, 0, worst)


@part
def narrowed(plan: Plan, desk: Desk, first: int, many: int, low: Lanes, high: Lanes) -> Lanes:
    """The largest that Cov(GAIN, TILT) can be while p is between `low` and `high`; least probabilities into
    `desk.other`.
    """
    zero, rest, bound = spread(0.0), spread(1.0), spread(0.0)
    for b in range(many):
        base, tilt, total = load2(desk.pair, BASE, b), load2(desk.pair, TILT, b), zero
        for c in range(many):
            apart, turn = load2(desk.pair, BASE, c) - base, load2(desk.pair, TILT, c) - tilt
            worst = larger(fma(low, turn, apart), fma(high, turn, apart))
            weight = load(desk.now, plan.weights[first + c])
            total = total + (weight if c == b else weight * exp(worst))
        least = load(desk.now, plan.weights[first + b]) / total
        store(desk.other, first + b, least)
        rest = rest - least
    for b in range(1, many):
        for c in range(b):
            least = load(desk.other, first + b)
            both = least + load(desk.other, first + c) + rest
            even = smaller(larger(spread(0.5) * both, least), least + rest)
            agree = (load2(desk.pair, GAIN, b) - load2(desk.pair, GAIN, c)) * (
                load2(desk.pair, TILT, b) - load2(desk.pair, TILT, c)
            )
            bound = fma(even * (both - even), larger(agree, zero), bound)
    return bound


@part
def steepest(plan: Plan, point: int, desk: Desk) -> Lanes:
    """An upper bound of T'(u) where solutions can be. Below 1 there is one solution: T(u) - u falls.

    The range of u is what T can be, and is narrowed by what T can be on it.
    """
    one, bound = spread(1.0), spread(0.0)
    m0, own = plan.points[point, MOVERS], twofold(plan, point)
    mine, first = plan.movers[m0 + own, OPTIONS], plan.movers[m0 + 1 - own, OPTIONS]
    many = plan.movers[m0 + 2 - own, OPTIONS] - first
    weight, weight2 = load(desk.now, plan.weights[mine]), load(desk.now, plan.weights[mine + 1])
    least, most = gains(desk, many, False), gains(desk, many, True)
    low, high = least, most
    for _ in range(NARROWINGS):
        down, up = share_of(low, weight, weight2), share_of(high, weight, weight2)
        bound = narrowed(plan, desk, first, many, down, up)
        even = smaller(larger(spread(0.5), down), up)
        bound = even * (one - even) * bound
        if not any_less(spread(SURELY), bound):
            break
        rest, sure = one, spread(0.0)
        for b in range(many):
            likely = load(desk.other, first + b)
            rest, sure = rest - likely, fma(likely, load2(desk.pair, GAIN, b), sure)
        low, high = larger(fma(rest, least, sure), low), smaller(fma(rest, most, sure), high)
    return bound


@part
def grade(desk: Desk, tolerance: float, upwards: bool) -> None:
    """Codes by residual: unresolved where it is missed, else as they are, or converged unless `upwards`."""
    for lane in range(LANES):
        if not desk.residual[0, lane] <= tolerance:
            desk.code[lane] = UNRESOLVED
        elif not upwards:
            desk.code[lane] = CONVERGED


@part
def settle_from(plan: Plan, point: int, tolerance: float, desk: Desk) -> None:
    """`settle`, and codes."""
    settle(plan, point, tolerance, SWEEPS, desk)
    grade(desk, tolerance, False)


@part
def doubt(plan: Plan, point: int, desk: Desk) -> None:
    """Unresolves the lanes in which the stage may have several solutions."""
    store(desk.bad, 0, steepest(plan, point, desk))
    for lane in range(LANES):
        if not desk.bad[0, lane] < SURELY:
            desk.code[lane] = UNRESOLVED


@part
def along_branch(plan: Plan, point: int, desk: Desk) -> None:
    """The unresolved lanes, one at a time along the branch from uniform play. u and the codes change where it ends."""
    m0, own = plan.points[point, MOVERS], twofold(plan, point)
    mine, first = plan.movers[m0 + own, OPTIONS], plan.movers[m0 + 1 - own, OPTIONS]
    many = plan.movers[m0 + 2 - own, OPTIONS] - first
    terms, weight = desk.squares[0, :3, :many], desk.vectors[0, :many]
    for lane in range(LANES):
        if desk.code[lane] == UNRESOLVED:
            for b in range(many):
                weight[b] = desk.now[plan.weights[first + b], lane]
                for row in range(3):
                    terms[row, b] = desk.pair[row, b, lane]
            one, two = desk.now[plan.weights[mine], lane], desk.now[plan.weights[mine + 1], lane]
            u = trace(Curve(terms, weight, one, two))
            if u == u:  # a number
                desk.y[mine + 1, lane] = u
                desk.code[lane] = HOMOTOPY


@part
def lean_pair(plan: Plan, point: int, corner: int, desk: Desk) -> None:
    """Sets y to a corner as `lean` does. Where the numbers of the options that they lean to are one even and one odd,
    the two-option mover starts from her answer to the other's leaning instead, so that different corners are different
    starts: what the other leans to says nothing else here.
    """
    lean(plan, point, corner, desk)
    if corner >= 0 and (leaning(corner, 0, 1 << BITS) + leaning(corner, 1, 1 << BITS)) % 2 == 1:
        m0, own = plan.points[point, MOVERS], twofold(plan, point)
        first, last = plan.movers[m0 + 1 - own, OPTIONS], plan.movers[m0 + 2 - own, OPTIONS]
        mix_lanes(plan.weights, desk.now, first, last, desk.y, desk.sigma)
        answer = spread(0.0)
        for b in range(last - first):
            answer = fma(load(desk.sigma, first + b), load2(desk.pair, GAIN, b), answer)
        store(desk.y, plan.movers[m0 + own, OPTIONS] + 1, answer)
