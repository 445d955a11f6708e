"""Backward induction with private types, for groups of LANES draws: every point at every belief node.

`definition_types` is the same recursion in plain NumPy.
"""

from __future__ import annotations

import numpy as np

from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Floats
from assay.solvers.kernel_backward import PRINCIPAL, RESTART, Answer, Numbers, Way
from assay.solvers.kernel_cache import kernel, part, step
from assay.solvers.kernel_joint import NOT_A_NUMBER
from assay.solvers.kernel_lanes import (
    Lanes,
    exp,
    fma,
    larger,
    load,
    load2,
    spread,
    store,
    store2,
    where_less,
)
from assay.solvers.kernel_plan import JOINT_PAYS, read_rows
from assay.solvers.kernel_types_belief import lay_beliefs, lay_grid
from assay.solvers.kernel_types_fixed import lean, settle
from assay.solvers.kernel_types_pays import add_pay, add_pays, lay_out, mix_branches
from assay.solvers.kernel_types_plan import (
    AHEAD,
    CELL,
    CHOICES,
    FAST,
    FINALS,
    FLOWS,
    FREE,
    INFORMED,
    JOINTS,
    KIND,
    LINES,
    MIXED,
    MOVERS,
    NEXT,
    OPTIONS,
    PLAYER,
    ROW,
    SPREAD,
    STATIC,
    VALUE,
    WIDE,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import SHORT, SOURCE, SPREADS, mix, move_beliefs, respond, worth_at
from assay.solvers.kernel_types_sweep import heavy_enough
from assay.solvers.kernel_types_wide import finish_wide
from assay.solvers.kernel_types_worth import finish_alone, finish_pair


@step
def close_period(plan: TypesPlan, delta: Lanes, point: int, final: bool, desk: TypesDesk) -> None:
    """A close: flows now and what follows, discounted; after the last period what follows are the final payoffs."""
    flow0, flow1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
    kept = plan.points[plan.points[point, NEXT], AHEAD]
    wide = plan.points[plan.points[point, NEXT], SPREAD]
    for node in range(plan.node.shape[0]):
        row = plan.points[point, VALUE] + node
        for s in range(plan.slots.shape[0]):
            store2(desk.values, row, s, spread(0.0) if final else load2(desk.ahead, kept + node * wide, s))
        if final:
            add_pays(plan, desk, plan.points[point, FINALS], plan.points[point + 1, FINALS], node, row)
        if plan.flow_after_discount:
            add_pays(plan, desk, flow0, flow1, node, row)
        for s in range(plan.slots.shape[0]):
            store2(desk.values, row, s, delta * load2(desk.values, row, s))
        if not plan.flow_after_discount:
            add_pays(plan, desk, flow0, flow1, node, row)


@step
def end(plan: TypesPlan, point: int, desk: TypesDesk) -> None:
    """An ending."""
    nodes = plan.node.shape[0] if plan.points[point, SPREAD] == 1 else 1
    for node in range(nodes):
        row = plan.points[point, VALUE] + node
        for s in range(plan.slots.shape[0]):
            store2(desk.values, row, s, spread(0.0))
        add_pays(plan, desk, plan.points[point, FLOWS], plan.points[point + 1, FLOWS], node, row)


@step
def chance(plan: TypesPlan, point: int, desk: TypesDesk) -> None:
    """A chance point: no mover, one joint move."""
    j0 = plan.points[point, JOINTS]
    nodes = plan.node.shape[0] if plan.points[point, SPREAD] == 1 else 1
    for node in range(nodes):
        row = plan.points[point, VALUE] + node
        mix_branches(plan, desk, j0, node, row)
        for n in range(plan.joints[j0, JOINT_PAYS], plan.joints[j0 + 1, JOINT_PAYS]):
            if plan.pays[n, MIXED] == 0:
                add_pay(plan, desk, n, node, row)


@step
def choose_plainly(
    plan: TypesPlan, precision: Floats, point: int, desk: TypesDesk, keep: Floats, payoff: Floats, with_payoff: bool
) -> None:
    """One mover whose play tells nothing of its type: the logit choice in closed form at every node, and everybody's
    values. A mover with types decides as the first of them, which is as good as any.
    """
    m, zero, w = plan.points[point, MOVERS], spread(0.0), desk.w
    slot, choices, option = plan.first_slot[plan.movers[m, PLAYER]], plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
    sharp = load(precision, plan.movers[m, PLAYER])
    nodes = plan.node.shape[0] if plan.points[point, SPREAD] == 1 else 1
    for node in range(nodes):
        best = spread(-np.inf)
        for a in range(choices):
            row = desk.ways[a + 1, SOURCE] + node * desk.ways[a + 1, SPREADS]
            q = load2(desk.values, row, slot) + load2(desk.values, plan.const + a, slot)
            store(w, desk.q + a, q)
            best = larger(where_less(zero, load(desk.now, plan.weights[option + a, ROW]), q, best), best)
        total = zero
        for a in range(choices):
            weight = load(desk.now, plan.weights[option + a, ROW])
            share = weight * exp(sharp * where_less(zero, weight, load(w, desk.q + a) - best, zero))
            store(w, desk.sigma + a, share)
            total = total + share
        over = spread(1.0) / total
        for a in range(choices):
            store(w, desk.sigma + a, load(w, desk.sigma + a) * over)
        for s in range(plan.slots.shape[0]):
            value = zero
            for a in range(choices):
                row = desk.ways[a + 1, SOURCE] + node * desk.ways[a + 1, SPREADS]
                there = load2(desk.values, row, s) + load2(desk.values, plan.const + a, s)
                value = fma(load(w, desk.sigma + a), there, value)
            store2(desk.values, plan.points[point, VALUE] + node, s, value)
        if node == 0 or plan.points[point, FREE] == 0:
            first = plan.points[point, CELL] + node * choices
            for a in range(choices):
                store(keep, first + a, load(w, desk.sigma + a))
                if with_payoff:
                    store(payoff, first + a, load(w, desk.q + a))


@step
def choose(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    way: Way,
    learning: bool,
    desk: TypesDesk,
    keep: Floats,
    payoff: Floats,
    worst: Floats,
) -> None:
    """A stage with types or with several movers: its fixed point at every node, and everybody's values."""
    lines, free = plan.points[point, LINES], plan.points[point, FREE] == 1
    nodes = plan.node.shape[0] if plan.points[point, SPREAD] == 1 else 1
    short = plan.points[point, FAST] if learning and heavy_enough(plan, point, desk) else 0
    desk.ways[0, SHORT] = short
    for node in range(nodes):
        first = plan.points[point, CELL] + (0 if free else node * lines)
        if node == 0 or not free:
            if way.selection == RESTART:
                lean(plan, point, way.corner, desk)
            else:
                for u in range(lines):
                    store(desk.w, desk.y + u, load(desk.kept, first + u))
            settle(plan, precision, point, node, learning, way.tolerance, way.selection == PRINCIPAL, desk)
            for u in range(lines):
                store(desk.kept, first + u, load(desk.w, desk.y + u))
                store(keep, first + u, load(desk.w, desk.sigma + u))
                if way.payoffs:
                    store(payoff, first + u, load(desk.w, desk.q + u))
            for lane in range(LANES):
                worst[0, lane] = max(worst[0, lane], desk.w[desk.residual, lane])
                worst[1, lane] = max(worst[1, lane], desk.w[desk.code, lane])
        else:
            respond(plan, precision, point, node, learning, spread(1.0), desk)
        row = plan.points[point, VALUE] + node
        if short == 2 and finish_pair(plan, point, node, desk, row):
            continue
        if short == 1 and finish_alone(plan, point, node, desk, row):
            continue
        if short == WIDE and finish_wide(plan, point, node, desk, row):
            continue
        if short > 0:  # responses in registers leave nothing behind
            mix(plan, point, desk, desk.y, desk.sigma, True)
            move_beliefs(plan, point, node, learning, desk)
        worth_at(plan, point, node, desk, row)


@step
def solve_point(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    way: Way,
    learning: bool,
    desk: TypesDesk,
    keep: Floats,
    payoff: Floats,
    worst: Floats,
) -> None:
    """A chance point or a choice."""
    if plan.points[point, KIND] == CHANCE:
        chance(plan, point, desk)
        return
    lay_out(plan, point, desk)
    m = plan.points[point, MOVERS]
    alone = plan.points[point + 1, MOVERS] == m + 1
    if alone and plan.movers[m, INFORMED] < 0:
        choose_plainly(plan, precision, point, desk, keep, payoff, way.payoffs)
    else:
        choose(plan, precision, point, way, learning, desk, keep, payoff, worst)


@step
def solve_period(
    plan: TypesPlan,
    precision: Floats,
    delta: Lanes,
    period: int,
    way: Way,
    learning: bool,
    desk: TypesDesk,
    moving: Floats,
    fixed: Floats,
    moving_payoff: Floats,
    fixed_payoff: Floats,
    worst: Floats,
) -> None:
    """All points of a period, the last first; what does not depend on the period is solved in the last one alone."""
    final = period == plan.horizon - 1
    for point in range(plan.points.shape[0] - 2, -1, -1):
        kind, static = plan.points[point, KIND], plan.points[point, STATIC] == 1
        if static and not final:
            continue
        if kind == CLOSE:
            close_period(plan, delta, point, final, desk)
        elif kind == ENDING:
            end(plan, point, desk)
        else:
            keep, payoff = (fixed, fixed_payoff) if static else (moving, moving_payoff)
            solve_point(plan, precision, point, way, learning, desk, keep, payoff, worst)


@part
def look_ahead(plan: TypesPlan, desk: TypesDesk) -> Lanes:
    """Keeps the values of points at which periods begin; 0, or not a number in lanes where a value is not finite."""
    bad = spread(0.0)
    for point in range(plan.points.shape[0] - 1):
        if plan.points[point, AHEAD] >= 0:
            nodes = plan.node.shape[0] if plan.points[point, SPREAD] == 1 else 1
            for node in range(nodes):
                for s in range(plan.slots.shape[0]):
                    value = load2(desk.values, plan.points[point, VALUE] + node, s)
                    store2(desk.ahead, plan.points[point, AHEAD] + node, s, value)
                    bad = fma(value, spread(0.0), bad)
    return bad


@kernel
def solve_typed_groups(
    plan: TypesPlan,
    numbers: Numbers,
    prior: Floats,
    first: int,
    last: int,
    way: Way,
    learning: bool,
    desk: TypesDesk,
    answer: Answer,
) -> None:
    """Solves groups `first` to `last` - 1. Cells of `answer.probability` (G, cells, LANES): those that change with the
    period, period by period, then the others; a period that is not reported is written where period 0 will be.
    """
    middle = (plan.node.shape[0] - 1) // 2
    steps = plan.moving
    for group in range(first, last):
        table, precision = numbers.table[group], numbers.precision[group]
        delta = load(numbers.discount, group)
        worst, cells, payoffs = answer.worst[group], answer.probability[group], answer.payoff[group]
        bad = spread(0.0)
        read_rows(plan.rows, 0, plan.fixed_rows, 0, table, desk.now)
        store(desk.w, desk.missed, spread(0.0))
        lay_grid(plan, prior[group], desk.w, desk.grid)
        lay_beliefs(plan, prior[group], desk.w, desk.grid, desk.belief)
        for u in range(desk.kept.shape[0]):
            store(desk.kept, u, spread(0.0))
        for period in range(plan.horizon - 1, -1, -1):
            read_rows(plan.rows, plan.fixed_rows, plan.rows.size, period, table, desk.now)
            begin = steps * (period if period < plan.periods else 0)
            shift = steps * plan.periods - steps  # where static cells lie, less where they lie in `desk.kept`
            solve_period(
                plan,
                precision,
                delta,
                period,
                way,
                learning,
                desk,
                cells[begin:],
                cells[shift:],
                payoffs[begin:] if way.payoffs else payoffs,
                payoffs[shift:] if way.payoffs else payoffs,
                worst,
            )
            bad = bad + look_ahead(plan, desk)
        start = plan.points[plan.start, AHEAD] + middle * plan.points[plan.start, SPREAD]
        for s in range(plan.slots.shape[0]):
            store2(answer.value, group, s, load2(desk.ahead, start, s))
        store(desk.w, desk.bad, bad)
        for lane in range(LANES):
            if desk.w[desk.bad, lane] != 0.0:
                worst[1, lane] = NOT_A_NUMBER
