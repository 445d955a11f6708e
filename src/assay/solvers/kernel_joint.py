"""A stage with several movers, for LANES draws at once: damped sweeps, and lane by lane where those do not converge.

A sweep is y <- y + a (G(y) - y), the factor a halved in a lane whose step reverses, else grown by 1.3 up to 1.
`kernel_stage` has the same response for one draw, with its Jacobian.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assay.game.game import LANES, Floats, Ints
from assay.solvers.corners import BITS, PLACES
from assay.solvers.kernel_cache import part
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
    where_less,
)
from assay.solvers.kernel_path import follow
from assay.solvers.kernel_plan import JOINTS, MOVERS, OPTION, OPTIONS, PLAYER, Plan
from assay.solvers.kernel_stage import Stage, cut_room, newton, residual_at, response

SWEEPS = 100
"""Damped sweeps before a stage goes to Newton's method."""
CONVERGED, NEWTON, HOMOTOPY, UNRESOLVED, NOT_A_NUMBER = range(5)
"""As in `Result`."""
LEANING = 30.0
"""How far a start leans to an option: e**30 to one."""


class Desk(NamedTuple):
    """Working space of a thread. Options are numbered as in the plan.

    No point has more than J joint moves, M movers or O options.
    """

    now: Floats  # (R, LANES) the period's numbers
    values: Floats  # (2, N, slots, LANES) this period's and the next one's
    work: Floats  # (J, slots, LANES) what each joint move is worth to each slot
    y: Floats  # (all options, LANES) the unknowns: precision times payoff, less that of the mover's first option
    sigma: Floats  # (all options, LANES) probabilities at y
    q: Floats  # (all options, LANES) expected payoffs of the options to their movers
    g: Floats  # (all options, LANES) response
    other: Floats  # (all options, LANES) probabilities at g
    step: Floats  # (all options, LANES) g - y of the sweep before
    likely: Floats  # (J, LANES) probability of each joint move
    pair: Floats  # (3, O, LANES) see `kernel_pair`
    residual: Floats  # (1, LANES) of the stage
    bad: Floats  # (1, LANES) not a number where a value is not
    code: Ints  # (LANES,) how the stage was solved
    stage_ints: Ints  # (2, O+M+1) first option of each mover, mover of each option
    stage_joint: Ints  # (J, M)
    stage_pay: Floats  # (J, M)
    vectors: Floats  # (15, O+1) see `cut_room`; the last two are weights and y of a lane
    squares: Floats  # (3, O+1, O+1) see `cut_room`


@part
def mix_lanes(weights: Ints, now: Floats, first: int, last: int, y: Floats, sigma: Floats) -> None:
    """Probabilities of one mover's options (`first` to `last`) from y, into `sigma`."""
    zero, top = spread(0.0), spread(-np.inf)
    for o in range(first, last):
        top = larger(where_less(zero, load(now, weights[o]), load(y, o), top), top)
    total = zero
    for o in range(first, last):
        weight = load(now, weights[o])
        share = weight * exp(where_less(zero, weight, load(y, o) - top, zero))
        store(sigma, o, share)
        total = total + share
    for o in range(first, last):
        store(sigma, o, load(sigma, o) / total)


@part
def play_of(joints: Ints, sigma: Floats, j: int, movers: int, without: int) -> Lanes:
    """Product of the movers' probabilities of joint move j, leaving out mover number `without`."""
    product = spread(1.0)
    for n in range(movers):
        if n != without:
            product = product * load(sigma, joints[j, OPTION + n])
    return product


@part
def expect(plan: Plan, point: int, desk: Desk) -> None:
    """The options' expected payoffs against sigma, into `desk.q`."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    j0 = plan.points[point, JOINTS]
    for o in range(plan.movers[m0, OPTIONS], plan.movers[m1, OPTIONS]):
        store(desk.q, o, spread(0.0))
    for j in range(j0, plan.points[point + 1, JOINTS]):
        for n in range(m1 - m0):
            o = plan.joints[j, OPTION + n]
            others = play_of(plan.joints, desk.sigma, j, m1 - m0, n)
            worth = load2(desk.work, j - j0, plan.movers[m0 + n, PLAYER])
            store(desk.q, o, fma(others, worth, load(desk.q, o)))


@part
def response_lanes(plan: Plan, precision: Floats, point: int, desk: Desk) -> None:
    """sigma(y), the options' expected payoffs and G(y), into the desk."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    for m in range(m0, m1):
        mix_lanes(plan.weights, desk.now, plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS], desk.y, desk.sigma)
    expect(plan, point, desk)
    for m in range(m0, m1):
        sharp = load(precision, plan.movers[m, PLAYER])
        reference = load(desk.q, plan.movers[m, OPTIONS])
        for o in range(plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS]):
            store(desk.g, o, sharp * (load(desk.q, o) - reference))


@part
def residual_lanes(plan: Plan, point: int, desk: Desk) -> Lanes:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) in each lane."""
    zero, one, worst = spread(0.0), spread(1.0), spread(0.0)
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    for m in range(m0, m1):
        mix_lanes(plan.weights, desk.now, plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS], desk.g, desk.other)
    for o in range(plan.movers[m0, OPTIONS], plan.movers[m1, OPTIONS]):
        worst = larger(magnitude(load(desk.other, o) - load(desk.sigma, o)), worst)
        move = spread(0.01) * smaller(magnitude(load(desk.g, o) - load(desk.y, o)), one)
        worst = larger(where_less(zero, load(desk.now, plan.weights[o]), move, zero), worst)
    return worst


@part
def sweep(plan: Plan, precision: Floats, point: int, tolerance: float, desk: Desk) -> None:
    """Damped sweeps on `desk.y` until every lane has converged or `SWEEPS` are done; leaves sigma(y) and residuals."""
    zero, one, goal, worst = spread(0.0), spread(1.0), spread(tolerance), spread(0.0)
    first, last = plan.movers[plan.points[point, MOVERS], OPTIONS], plan.movers[plan.points[point + 1, MOVERS], OPTIONS]
    pace = one
    for o in range(first, last):
        store(desk.step, o, zero)
    for count in range(SWEEPS + 1):
        response_lanes(plan, precision, point, desk)
        worst = residual_lanes(plan, point, desk)
        if count == SWEEPS or not any_less(goal, worst):
            break
        turn = zero
        for o in range(first, last):
            step = load(desk.g, o) - load(desk.y, o)
            turn = fma(step, load(desk.step, o), turn)
            store(desk.step, o, step)
        pace = where_less(turn, zero, spread(0.5) * pace, smaller(spread(1.3) * pace, one))
        for o in range(first, last):
            moved = fma(pace, load(desk.step, o), load(desk.y, o))
            store(desk.y, o, where_less(goal, worst, moved, load(desk.y, o)))
    store(desk.residual, 0, worst)
    for lane in range(LANES):
        desk.code[lane] = CONVERGED if desk.residual[0, lane] <= tolerance else UNRESOLVED


@part
def stage_of(plan: Plan, precision: Floats, point: int, lane: int, desk: Desk) -> Stage:
    """One lane of the stage at a point."""
    m0, j0 = plan.points[point, MOVERS], plan.points[point, JOINTS]
    movers, joints = plan.points[point + 1, MOVERS] - m0, plan.points[point + 1, JOINTS] - j0
    base = plan.movers[m0, OPTIONS]
    options = plan.movers[m0 + movers, OPTIONS] - base
    first, owner = desk.stage_ints[0, : movers + 1], desk.stage_ints[1, :options]
    joint, pay, weight = (
        desk.stage_joint[:joints, :movers],
        desk.stage_pay[:joints, :movers],
        desk.vectors[13, :options],
    )
    first[0] = 0
    for n in range(movers):
        player = plan.movers[m0 + n, PLAYER]
        first[n + 1] = plan.movers[m0 + n + 1, OPTIONS] - base
        for o in range(first[n], first[n + 1]):
            owner[o] = n
            weight[o] = desk.now[plan.weights[base + o], lane]
        for j in range(joints):
            joint[j, n] = plan.joints[j0 + j, OPTION + n] - base
            pay[j, n] = precision[player, lane] * desk.work[j, player, lane]
    return Stage(first, owner, joint, pay, weight)


@part
def by_lane(plan: Plan, precision: Floats, point: int, tolerance: float, principal: bool, desk: Desk) -> None:
    """The lanes of a stage that are unresolved, one at a time: Newton's method unless `principal`, then the path from
    uniform play. Leaves y and codes; what is played is for the caller to take anew.
    """
    base, last = plan.movers[plan.points[point, MOVERS], OPTIONS], plan.movers[plan.points[point + 1, MOVERS], OPTIONS]
    room, y = cut_room(desk.vectors, desk.squares, last - base), desk.vectors[14, : last - base]
    for lane in range(LANES):
        if desk.code[lane] == UNRESOLVED:
            stage = stage_of(plan, precision, point, lane, desk)
            for o in range(base, last):
                y[o - base] = 0.0 if principal else desk.y[o, lane]
            if not principal and newton(stage, y, tolerance, room) <= tolerance:
                desk.code[lane] = NEWTON
            elif follow(stage, y, tolerance, room) <= tolerance:
                desk.code[lane] = HOMOTOPY
            response(stage, y, room)
            desk.residual[0, lane] = residual_at(stage, y, room)
            for o in range(base, last):
                desk.y[o, lane] = y[o - base]


@part
def leaning(corner: int, place: int, choices: int) -> int:
    """To which of her options the (mover, type) at a place of a stage leans: see `corners`."""
    return min((corner >> (BITS * (place % PLACES))) % (1 << BITS), choices - 1)


@part
def lean(plan: Plan, point: int, corner: int, desk: Desk) -> None:
    """Sets y to a corner; all 0 for corner -1."""
    m0 = plan.points[point, MOVERS]
    for m in range(m0, plan.points[point + 1, MOVERS]):
        first, last = plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS]
        to = first + leaning(corner, m - m0, last - first)
        for o in range(first, last):
            y = 0.0
            if corner >= 0 and o == to and o > first:
                y = LEANING
            elif corner >= 0 and to == first and o > first:
                y = -LEANING
            store(desk.y, o, spread(y))
