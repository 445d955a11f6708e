"""The forward pass for groups of LANES draws: mass pushed through the points of a period, period by period, and
counted.

It is the exact adjoint of the backward recursion. Points that no mass reaches in any lane are passed over.
"""

from __future__ import annotations

from typing import NamedTuple

from assay.game.game import CHANCE, CLOSE, ENDING, Floats, Ints
from assay.solvers.kernel_cache import kernel, part, step
from assay.solvers.kernel_joint import play_of
from assay.solvers.kernel_lanes import Lanes, any_less, load, load2, spread, store, store2, where_less
from assay.solvers.kernel_plan import (
    BRANCH_PAYS,
    BRANCHES,
    FINALS,
    FLOWS,
    JOINT_PAYS,
    JOINTS,
    KIND,
    MOVERS,
    NEXT,
    OPTION,
    OPTIONS,
    PAID,
    ROW,
    SEEN,
    SURE,
    TARGET,
    TRUE,
    Plan,
    read_rows,
)

PLAIN, FORCED, REMOVED = range(3)
"""Rules for an option, in `Courses.rule`."""
AT_POINTS, AT_OPTIONS, AT_PAYS = range(3)
"""Tables of `Ledger`."""


class Courses(NamedTuple):
    """C courses: what is imposed on play and where mass leaves the game."""

    edited: Ints  # (C, N) 1 where some option has a rule
    rule: Ints  # (C, O)
    stop_point: Ints  # (C, N)
    stop_option: Ints  # (C, O)
    stop_joint: Ints  # (C, J)
    start: Ints  # (C,)


class Ledger(NamedTuple):
    """Who reads what, in compressed rows: entries `start[c, i]` to `start[c, i+1]` are the readings of course c's
    point, option or pay i.
    """

    point_start: Ints  # (C, N+1)
    point_reading: Ints
    option_start: Ints  # (C, O+1)
    option_reading: Ints
    option_weighted: Ints  # 1 where the mass is weighted by the option's payoff
    joint_start: Ints  # (C, J+1)
    joint_reading: Ints
    pay_start: Ints  # (C, P+1)
    pay_reading: Ints


class Solved(NamedTuple):
    """Numbers and strategies, group by group."""

    table: Floats  # (G, R, LANES)
    discount: Floats  # (G, LANES)
    probability: Floats  # (G, T, O, 1, LANES)
    payoff: Floats  # the same, or without options where it was not kept


class Room(NamedTuple):
    """Working space of a thread."""

    now: Floats  # (R, LANES) the period's numbers
    play: Floats  # (O, LANES) what is played at the point at hand
    mass: Floats  # (2, C, N, LANES) this period's and the next one's


class Sheet(NamedTuple):
    """A group's readings and play."""

    total: Floats  # (readings, T, LANES)
    play: Floats  # (O, LANES) what is played at the point at hand
    payoff: Floats  # (O, 1, LANES) of the period, or of size 0


@part
def count(start: Ints, reading: Ints, i: int, mass: Lanes, total: Floats, period: int) -> None:
    """Adds mass to every reading of entry i."""
    for n in range(start[i], start[i + 1]):
        store2(total, reading[n], period, load2(total, reading[n], period) + mass)


@part
def count_pays(
    plan: Plan,
    ledger: Ledger,
    now: Floats,
    c: int,
    first: int,
    last: int,
    mass: Lanes,
    view: int,
    sheet: Sheet,
    period: int,
) -> None:
    """Adds mass times amount, as `view` sees it, to every reading of pays `first` to `last`."""
    for n in range(first, last):
        if ledger.pay_start[c, n] < ledger.pay_start[c, n + 1]:
            column = SEEN if plan.pays[n, PAID] == view else TRUE
            amount = spread(plan.signs[n]) * load(now, plan.pays[n, column])
            count(ledger.pay_start[c], ledger.pay_reading, n, mass * amount, sheet.total, period)


@part
def impose(plan: Plan, rule: Ints, point: int, play: Floats) -> None:
    """Replaces play at a point by the rules: forced options for certain, removed ones not, the rest in proportion.

    Where the rest have no probability at all they are played alike.
    """
    zero, one = spread(0.0), spread(1.0)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        first, last = plan.movers[m, OPTIONS], plan.movers[m + 1, OPTIONS]
        forced, removed, kept = -1, 0, zero
        for o in range(first, last):
            if rule[o] == FORCED:
                forced = o
            if rule[o] == REMOVED:
                removed += 1
            else:
                kept = kept + load(play, o)
        alike = one / spread(last - first - removed)
        for o in range(first, last):
            share = load(play, o)
            if forced >= 0:
                share = one if o == forced else zero
            elif rule[o] == REMOVED:
                share = zero
            elif removed > 0:
                share = where_less(zero, kept, share / kept, alike)
            store(play, o, share)


@part
def leaves(plan: Plan, stop_option: Ints, j: int, movers: int) -> bool:
    """Whether mass that takes joint move j leaves the game."""
    for n in range(movers):  # noqa: SIM110  (Numba has no any)
        if stop_option[plan.joints[j, OPTION + n]] == 1:
            return True
    return False


@step
def pass_close(
    plan: Plan,
    ledger: Ledger,
    now: Floats,
    delta: Lanes,
    c: int,
    point: int,
    here: Lanes,
    view: int,
    sheet: Sheet,
    period: int,
    after: Floats,
) -> None:
    """A close: flows, final payoffs where this is the very last period, and the mass that goes on."""
    flow = delta * here if plan.flow_after_discount else here
    count_pays(
        plan, ledger, now, c, plan.points[point, FLOWS], plan.points[point + 1, FLOWS], flow, view, sheet, period
    )
    if period == plan.horizon - 1:
        first, last = plan.points[point, FINALS], plan.points[point + 1, FINALS]
        count_pays(plan, ledger, now, c, first, last, delta * here, view, sheet, period)
    target = plan.points[point, NEXT]
    store2(after, c, target, load2(after, c, target) + here)


@step
def pass_choice(
    plan: Plan,
    courses: Courses,
    ledger: Ledger,
    given: Floats,
    c: int,
    point: int,
    here: Lanes,
    sheet: Sheet,
    period: int,
) -> None:
    """Play at a choice under a course's rules, into `sheet.play`, and what reads options."""
    first, last = plan.movers[plan.points[point, MOVERS], OPTIONS], plan.movers[plan.points[point + 1, MOVERS], OPTIONS]
    for o in range(first, last):
        store(sheet.play, o, load2(given, o, 0))
    if courses.edited[c, point] == 1:
        impose(plan, courses.rule[c], point, sheet.play)
    for o in range(first, last):
        for n in range(ledger.option_start[c, o], ledger.option_start[c, o + 1]):
            mass = here * load(sheet.play, o)
            if ledger.option_weighted[n] == 1:
                mass = mass * load2(sheet.payoff, o, 0)
            reading = ledger.option_reading[n]
            store2(sheet.total, reading, period, load2(sheet.total, reading, period) + mass)


@step
def pass_on(
    plan: Plan,
    courses: Courses,
    ledger: Ledger,
    now: Floats,
    c: int,
    point: int,
    here: Lanes,
    view: int,
    sheet: Sheet,
    period: int,
    mass: Floats,
) -> None:
    """Mass from a chance or a choice to where its joint moves and branches lead, and what reads their pays."""
    movers = plan.points[point + 1, MOVERS] - plan.points[point, MOVERS]
    for j in range(plan.points[point, JOINTS], plan.points[point + 1, JOINTS]):
        taken = here * play_of(plan.joints, sheet.play, j, movers, -1)
        count(ledger.joint_start[c], ledger.joint_reading, j, taken, sheet.total, period)
        if courses.stop_joint[c, j] == 1 or (movers > 0 and leaves(plan, courses.stop_option[c], j, movers)):
            continue
        pay0, pay1 = plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS]
        count_pays(plan, ledger, now, c, pay0, pay1, taken, view, sheet, period)
        for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
            on = taken if plan.branches[b, SURE] == 1 else taken * load(now, plan.branches[b, ROW + 1 + view])
            target = plan.branches[b, TARGET]
            store2(mass, c, target, load2(mass, c, target) + on)
            pay0, pay1 = plan.branches[b, BRANCH_PAYS], plan.branches[b + 1, BRANCH_PAYS]
            count_pays(plan, ledger, now, c, pay0, pay1, on, view, sheet, period)


@step
def pass_period(
    plan: Plan,
    courses: Courses,
    ledger: Ledger,
    now: Floats,
    delta: Lanes,
    given: Floats,
    c: int,
    view: int,
    sheet: Sheet,
    period: int,
    mass: Floats,
    after: Floats,
) -> None:
    """One period of one course."""
    zero = spread(0.0)
    for point in range(plan.points.shape[0] - 1):
        here = load2(mass, c, point)
        if not any_less(zero, here):
            continue
        store2(mass, c, point, zero)
        count(ledger.point_start[c], ledger.point_reading, point, here, sheet.total, period)
        if courses.stop_point[c, point] == 1:
            continue
        kind = plan.points[point, KIND]
        if kind == CLOSE:
            pass_close(plan, ledger, now, delta, c, point, here, view, sheet, period, after)
        elif kind == ENDING:
            pay0, pay1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
            count_pays(plan, ledger, now, c, pay0, pay1, here, view, sheet, period)
        else:
            if kind != CHANCE:
                pass_choice(plan, courses, ledger, given, c, point, here, sheet, period)
            pass_on(plan, courses, ledger, now, c, point, here, view, sheet, period, mass)


@kernel
def forward_groups(
    plan: Plan,
    courses: Courses,
    ledger: Ledger,
    solved: Solved,
    first: int,
    last: int,
    view: int,
    room: Room,
    total: Floats,
    left: Floats,
) -> None:
    """Groups `first` to `last` - 1. `total` (G, readings, T, LANES) and `left` (G, C, LANES) are added to; `view` -1 is
    the truth.
    """
    points, many = plan.points.shape[0] - 1, courses.start.size
    mass, after = room.mass[0], room.mass[1]
    for group in range(first, last):
        delta = load(solved.discount, group)
        read_rows(plan.rows, 0, plan.fixed_rows, 0, solved.table[group], room.now)
        for c in range(many):
            for point in range(points):
                store2(mass, c, point, spread(1.0 if point == courses.start[c] else 0.0))
                store2(after, c, point, spread(0.0))
        for period in range(plan.periods):
            read_rows(plan.rows, plan.fixed_rows, plan.rows.size, period, solved.table[group], room.now)
            given = solved.probability[group, period]
            sheet = Sheet(total[group], room.play, solved.payoff[group, period])
            for c in range(many):
                pass_period(plan, courses, ledger, room.now, delta, given, c, view, sheet, period, mass, after)
            mass, after = after, mass
        for c in range(many):
            for point in range(points):
                store2(left, group, c, load2(left, group, c) + load2(mass, c, point))
