"""Backward induction for groups of LANES draws: periods from the last to the first, points from the last to the first.

`definition` is the same recursion in plain NumPy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Floats
from assay.solvers.kernel_cache import kernel, part, step
from assay.solvers.kernel_joint import (
    NOT_A_NUMBER,
    UNRESOLVED,
    Desk,
    by_lane,
    expect,
    lean,
    play_of,
    response_lanes,
    sweep,
)
from assay.solvers.kernel_lanes import Lanes, exp, fma, larger, load, load2, spread, store, store2, where_less
from assay.solvers.kernel_pair import along_branch, doubt, grade, lay_out, lean_pair, settle, settle_from
from assay.solvers.kernel_plan import (
    ALONE,
    BRANCH_PAYS,
    BRANCHES,
    FINALS,
    FLOWS,
    JOINT_PAYS,
    JOINTS,
    KIND,
    MOVERS,
    NEXT,
    OPTIONS,
    PAID,
    PAIR,
    PLAYER,
    ROW,
    SEEN,
    SURE,
    TARGET,
    Plan,
    add_pays,
    read_rows,
)

CLOSELY = 1e-3
"""Share of the residual that is asked for in one lane of a pair."""
WARM, PRINCIPAL, RESTART = 0, 1, 2
"""Selections: from the next period's answer, along the branch from uniform play, from a corner in every period."""


class Way(NamedTuple):
    """How stages with several movers are solved."""

    selection: int
    corner: int  # of a restart, as in `lean`
    tolerance: float  # the residual that counts as solved
    payoffs: bool  # whether expected payoffs of options are kept


class Numbers(NamedTuple):
    """A filled game's numbers, group by group."""

    table: Floats  # (G, R, LANES)
    precision: Floats  # (G, players, LANES)
    discount: Floats  # (G, LANES)


class Answer(NamedTuple):
    """What a solve writes."""

    probability: Floats  # (G, T, O, 1, LANES)
    payoff: Floats  # the same where it is asked for
    value: Floats  # (G, slots, LANES)
    worst: Floats  # (G, 2, LANES) the largest residual and the worst code (as in `Result`) of a draw's stages


@part
def joint_values(plan: Plan, now: Floats, values: Floats, j: int, worth: Floats, i: int) -> None:
    """What joint move j is worth to each slot, as the slot's player sees it, into `worth[i]` (slots, LANES)."""
    b0, b1 = plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]
    for k in range(plan.slots):
        total = spread(0.0)
        for b in range(b0, b1):
            ahead = load2(values, plan.branches[b, TARGET], k)
            sure = plan.branches[b, SURE] == 1
            total = total + ahead if sure else fma(load(now, plan.branches[b, ROW + 1 + k]), ahead, total)
        store2(worth, i, k, total)
    add_pays(plan.pays, plan.signs, now, plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS], worth, i)
    for b in range(b0, b1):
        for n in range(plan.branches[b, BRANCH_PAYS], plan.branches[b + 1, BRANCH_PAYS]):
            k = plan.pays[n, PAID]
            likely = spread(plan.signs[n]) * load(now, plan.branches[b, ROW + 1 + k])
            store2(worth, i, k, fma(likely, load(now, plan.pays[n, SEEN]), load2(worth, i, k)))


@step
def close_period(plan: Plan, now: Floats, delta: Lanes, after: Floats, point: int, final: bool, values: Floats) -> None:
    """A close: flows now and what follows, discounted; after the last period what follows are the final payoffs."""
    flow0, flow1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
    for k in range(plan.slots):
        store2(values, point, k, spread(0.0) if final else load2(after, plan.points[point, NEXT], k))
    if final:
        add_pays(plan.pays, plan.signs, now, plan.points[point, FINALS], plan.points[point + 1, FINALS], values, point)
    if plan.flow_after_discount:
        add_pays(plan.pays, plan.signs, now, flow0, flow1, values, point)
    for k in range(plan.slots):
        store2(values, point, k, delta * load2(values, point, k))
    if not plan.flow_after_discount:
        add_pays(plan.pays, plan.signs, now, flow0, flow1, values, point)


@step
def choose_alone(plan: Plan, precision: Floats, point: int, desk: Desk, values: Floats) -> None:
    """One mover: the logit choice in closed form, and everybody's values."""
    m = plan.points[point, MOVERS]
    player, first, last = plan.movers[m, PLAYER], plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS]
    zero, best, sharp = spread(0.0), spread(-np.inf), load(precision, player)
    for o in range(first, last):
        q = load2(desk.work, o - first, player)
        store(desk.q, o, q)
        best = larger(where_less(zero, load(desk.now, plan.weights[o]), q, best), best)
    total = zero
    for o in range(first, last):
        weight = load(desk.now, plan.weights[o])
        share = weight * exp(sharp * where_less(zero, weight, load(desk.q, o) - best, zero))
        store(desk.sigma, o, share)
        total = total + share
    for o in range(first, last):
        store(desk.sigma, o, load(desk.sigma, o) / total)
    for k in range(plan.slots):
        value = zero
        for o in range(first, last):
            value = fma(load(desk.sigma, o), load2(desk.work, o - first, k), value)
        store2(values, point, k, value)


@part
def unresolved(desk: Desk) -> bool:
    """Whether some lane of the stage is unresolved."""
    for lane in range(LANES):  # noqa: SIM110  (Numba has no any)
        if desk.code[lane] == UNRESOLVED:
            return True
    return False


@step
def meet(plan: Plan, precision: Floats, point: int, way: Way, desk: Desk) -> None:
    """The fixed point of a stage with several movers."""
    principal = way.selection == PRINCIPAL
    if way.selection == RESTART:
        lean(plan, point, way.corner, desk)
    if principal:
        for lane in range(LANES):
            desk.code[lane] = UNRESOLVED
    else:
        sweep(plan, precision, point, way.tolerance, desk)
    if unresolved(desk):
        by_lane(plan, precision, point, way.tolerance, principal, desk)
        response_lanes(plan, precision, point, desk)


@step
def meet_in_pair(plan: Plan, precision: Floats, point: int, way: Way, desk: Desk) -> None:
    """The fixed point of a stage with two movers, one of whom has two options. On the principal branch a stage that is
    shown to have one solution needs no path: the branch ends there.
    """
    lay_out(plan, precision, point, desk)
    if way.selection == RESTART:
        lean_pair(plan, point, way.corner, desk)
    settle_from(plan, point, way.tolerance, desk)
    if way.selection == PRINCIPAL:
        doubt(plan, point, desk)
    if unresolved(desk):
        along_branch(plan, point, desk)
        if unresolved(desk):
            # Closely, because the residual is taken anew with the other mover's answer.
            closely = min(way.tolerance, max(CLOSELY * way.tolerance, 1e-13))
            by_lane(plan, precision, point, closely, way.selection == PRINCIPAL, desk)
        settle(plan, point, way.tolerance, 0, desk)
        grade(desk, way.tolerance, True)
    if way.payoffs:
        expect(plan, point, desk)


@step
def worth_together(plan: Plan, point: int, desk: Desk, values: Floats) -> None:
    """Everybody's values of a stage with several movers."""
    j0, j1 = plan.points[point, JOINTS], plan.points[point + 1, JOINTS]
    movers = plan.points[point + 1, MOVERS] - plan.points[point, MOVERS]
    for j in range(j0, j1):
        store(desk.likely, j - j0, play_of(plan.joints, desk.sigma, j, movers, -1))
    for k in range(plan.slots):
        value = spread(0.0)
        for j in range(j1 - j0):
            value = fma(load(desk.likely, j), load2(desk.work, j, k), value)
        store2(values, point, k, value)


@step
def solve_point(plan: Plan, precision: Floats, point: int, way: Way, desk: Desk, values: Floats, worst: Floats) -> None:
    """A chance point or a choice: what its joint moves are worth, what is played, and everybody's values."""
    j0, kind = plan.points[point, JOINTS], plan.points[point, KIND]
    if kind == CHANCE:
        joint_values(plan, desk.now, values, j0, values, point)
        return
    for j in range(j0, plan.points[point + 1, JOINTS]):
        joint_values(plan, desk.now, values, j, desk.work, j - j0)
    if kind == ALONE:
        choose_alone(plan, precision, point, desk, values)
    else:
        if kind == PAIR:
            meet_in_pair(plan, precision, point, way, desk)
        else:
            meet(plan, precision, point, way, desk)
        worth_together(plan, point, desk, values)
        for lane in range(LANES):
            worst[0, lane] = max(worst[0, lane], desk.residual[0, lane])
            worst[1, lane] = max(worst[1, lane], desk.code[lane])


@step
def solve_period(
    plan: Plan,
    precision: Floats,
    delta: Lanes,
    final: bool,
    way: Way,
    desk: Desk,
    after: Floats,
    values: Floats,
    worst: Floats,
) -> Lanes:
    """All points of a period, the last first. `worst` (2, LANES) keeps the largest residual and code; returns 0, or
    not a number in lanes where a value is not finite.
    """
    bad = spread(0.0)
    for point in range(plan.points.shape[0] - 2, -1, -1):
        kind = plan.points[point, KIND]
        if kind == CLOSE:
            close_period(plan, desk.now, delta, after, point, final, values)
        elif kind == ENDING:
            for k in range(plan.slots):
                store2(values, point, k, spread(0.0))
            flows = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
            add_pays(plan.pays, plan.signs, desk.now, flows[0], flows[1], values, point)
        else:
            solve_point(plan, precision, point, way, desk, values, worst)
        for k in range(plan.slots):
            bad = fma(load2(values, point, k), spread(0.0), bad)
    return bad


@step
def keep(desk: Desk, probability: Floats, payoff: Floats, with_payoff: bool) -> None:
    """Stores what is played in a period, (all options, 1, LANES), and on request what it is worth."""
    for o in range(desk.sigma.shape[0]):
        store2(probability, o, 0, load(desk.sigma, o))
    if with_payoff:
        for o in range(desk.q.shape[0]):
            store2(payoff, o, 0, load(desk.q, o))


@kernel
def solve_groups(plan: Plan, numbers: Numbers, first: int, last: int, way: Way, desk: Desk, answer: Answer) -> None:
    """Solves groups `first` to `last` - 1."""
    values, after = desk.values[0], desk.values[1]
    for group in range(first, last):
        table, precision = numbers.table[group], numbers.precision[group]
        delta = load(numbers.discount, group)
        worst = answer.worst[group]
        bad = spread(0.0)
        read_rows(plan.rows, 0, plan.fixed_rows, 0, table, desk.now)
        for o in range(desk.y.shape[0]):
            store(desk.y, o, spread(0.0))
        for period in range(plan.horizon - 1, -1, -1):
            read_rows(plan.rows, plan.fixed_rows, plan.rows.size, period, table, desk.now)
            final = period == plan.horizon - 1
            bad = bad + solve_period(plan, precision, delta, final, way, desk, after, values, worst)
            if period < plan.periods:
                keep(desk, answer.probability[group, period], answer.payoff[group, period], way.payoffs)
            values, after = after, values
        for k in range(plan.slots):
            store2(answer.value, group, k, load2(after, plan.start, k))
        store(desk.bad, 0, bad)
        for lane in range(LANES):
            if desk.bad[0, lane] != 0.0:
                worst[1, lane] = NOT_A_NUMBER
