"""The forward pass with private types: mass by course and type profile pushed through points and belief nodes.

One draw at a time, W courses and profiles at once: they share where moves take beliefs, and lie side by side in memory
as W / LANES vectors. Mass that goes on where nobody's play depends on beliefs any more is kept without them.
"""

from __future__ import annotations

from assay.futures.kernel_types_push import push_node
from assay.futures.kernel_types_read import finish_options, read_all, read_pays
from assay.futures.kernel_types_room import (
    SLOW,
    SWIFT_ALONE,
    SWIFT_PAIR,
    SWIFT_STILL,
    TypeCourses,
    TypeLedger,
    TypeRoom,
    TypeSolved,
    add,
    clear,
    empty,
)
from assay.futures.kernel_types_swift import lay_cells, lay_trust, push_alone, push_pair, push_still
from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Floats
from assay.solvers.kernel_cache import kernel, part, step
from assay.solvers.kernel_lanes import load2, spread, store2
from assay.solvers.kernel_plan import BRANCH_PAYS, BRANCHES, JOINT_PAYS, SURE, TARGET, read_rows
from assay.solvers.kernel_plan import ROW as BRANCH_ROW
from assay.solvers.kernel_types_belief import lay_beliefs, lay_grid
from assay.solvers.kernel_types_plan import FINALS, FLOWS, JOINTS, KIND, MOVERS, NEXT, OPTIONS, TypesPlan


@step
def finish_joint(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    j: int,
    jj: int,
    view: int,
    total: Floats,
    period: int,
    lane: int,
) -> None:
    """What reads a joint move and its pays, and mass to points that keep none by belief node."""
    read_all(ledger, room, ledger.joint_start, ledger.joint_reading, j, room.taken, jj, total, period, lane)
    if courses.leaves_joint[j] == 1:
        for v in range(room.taken.shape[1]):
            store2(room.taken, jj, v, load2(room.taken, jj, v) * load2(courses.stays_joint, j, v))
    pay0, pay1 = plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS]
    read_pays(plan, courses, ledger, room, pay0, pay1, room.taken, jj, 1.0, view, total, period, lane)
    for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
        target = plan.branches[b, TARGET]
        p = 1.0 if plan.branches[b, SURE] == 1 else room.now[plan.branches[b, BRANCH_ROW + 1 + view], lane]
        pay0, pay1 = plan.branches[b, BRANCH_PAYS], plan.branches[b + 1, BRANCH_PAYS]
        read_pays(plan, courses, ledger, room, pay0, pay1, room.taken, jj, p, view, total, period, lane)
        if courses.wide[target] == 0:
            room.active[target] = 1
            add(room.mass, courses.mass_row[target], room.taken, jj, spread(p))


@step
def pass_close(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    point: int,
    delta: float,
    view: int,
    total: Floats,
    period: int,
    lane: int,
    begin: int,
) -> None:
    """A close: flows, final payoffs where this is the very last period, and the mass that goes on."""
    factor = delta if plan.flow_after_discount else 1.0
    flow0, flow1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
    read_pays(plan, courses, ledger, room, flow0, flow1, room.total, 0, factor, view, total, period, lane)
    if period == plan.horizon - 1:
        pay0, pay1 = plan.points[point, FINALS], plan.points[point + 1, FINALS]
        read_pays(plan, courses, ledger, room, pay0, pay1, room.total, 0, delta, view, total, period, lane)
    kept = begin + courses.ahead[plan.points[point, NEXT]]
    for node in range(plan.node.shape[0]):
        here = courses.mass_row[point] + node
        if not empty(room.mass, here):
            for v in range(room.mass.shape[1]):
                store2(room.ahead, kept + node, v, load2(room.ahead, kept + node, v) + load2(room.mass, here, v))


@step
def choose_or_chance(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    point: int,
    nodes: int,
    view: int,
    total: Floats,
    period: int,
    lane: int,
    learning: bool,
) -> None:
    """A choice or a chance with mass at one belief node or at all."""
    j0, j1, kind = plan.points[point, JOINTS], plan.points[point + 1, JOINTS], plan.points[point, KIND]
    swift = courses.swift[point]
    for jj in range(j1 - j0):
        if ledger.taken[j0 + jj] == 1:
            clear(room.taken, jj)
    if ledger.options[point] == 1:
        options = plan.movers[plan.points[point + 1, MOVERS], OPTIONS]
        for o in range(3 * (options - plan.movers[plan.points[point, MOVERS], OPTIONS])):
            clear(room.chosen, o)
    if swift == SWIFT_STILL:
        push_still(plan, courses, ledger, room, payoff, period, point, nodes, view, lane)
    elif swift == SWIFT_ALONE:
        push_alone(plan, courses, ledger, room, payoff, period, point, nodes, view, lane)
    elif swift == SWIFT_PAIR:
        push_pair(plan, courses, ledger, room, payoff, period, point, nodes, view, lane)
    else:
        for node in range(nodes):
            if not empty(room.mass, courses.mass_row[point] + node):
                push_node(plan, courses, ledger, room, payoff, period, point, node, view, lane, learning)
    if kind != CHANCE and ledger.options[point] == 1:
        finish_options(plan, ledger, room, point, total, period, lane)
    for j in range(j0, j1):
        if ledger.taken[j] == 1:
            finish_joint(plan, courses, ledger, room, j, j - j0, view, total, period, lane)


@step
def pass_point(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    point: int,
    delta: float,
    view: int,
    total: Floats,
    period: int,
    lane: int,
    begin: int,
    learning: bool,
) -> None:
    """One point with mass."""
    nodes = plan.node.shape[0] if courses.wide[point] == 1 else 1
    first, kind, leaves = courses.mass_row[point], plan.points[point, KIND], courses.leaves_point[point] == 1
    clear(room.total, 0)
    if ledger.sums[point] == 1:
        for node in range(nodes):
            add(room.total, 0, room.mass, first + node, spread(1.0))
        read_all(ledger, room, ledger.point_start, ledger.point_reading, point, room.total, 0, total, period, lane)
    if leaves:
        for v in range(room.total.shape[1]):
            keep = load2(courses.stays_point, point, v)
            store2(room.total, 0, v, load2(room.total, 0, v) * keep)
            for node in range(nodes):
                store2(room.mass, first + node, v, load2(room.mass, first + node, v) * keep)
    if kind == CLOSE:
        pass_close(plan, courses, ledger, room, point, delta, view, total, period, lane, begin)
    elif kind == ENDING:
        flow0, flow1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
        read_pays(plan, courses, ledger, room, flow0, flow1, room.total, 0, 1.0, view, total, period, lane)
    else:
        choose_or_chance(plan, courses, ledger, room, payoff, point, nodes, view, total, period, lane, learning)
    if kind in (CLOSE, ENDING) or courses.swift[point] == SLOW:
        for node in range(nodes):
            clear(room.mass, first + node)


@part
def share_profiles(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, prior: Floats, view: int, lane: int) -> None:
    """Shares of the type profiles, as the analyst has them (view -1) or as a player believes them."""
    for p in range(room.share.size):
        room.share[p] = 1.0
        for i in range(plan.informed.shape[0]):
            room.share[p] *= prior[i, 1 + view, courses.profile_type[p, i], lane]


@part
def begin_period(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, begin: int) -> None:
    """Mass that the last period left at the points at which this one begins."""
    for point in range(plan.points.shape[0] - 1):
        room.active[point] = 0
    for point in range(plan.points.shape[0] - 1):
        if courses.ahead[point] >= 0:
            for node in range(plan.node.shape[0]):
                row = begin + courses.ahead[point] + node
                if not empty(room.ahead, row):
                    room.active[point] = 1
                    to = courses.mass_row[point] + (node if courses.wide[point] == 1 else 0)
                    add(room.mass, to, room.ahead, row, spread(1.0))
                clear(room.ahead, row)


@kernel
def forward_typed_groups(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    solved: TypeSolved,
    first: int,
    last: int,
    view: int,
    learning: bool,
    room: TypeRoom,
    total: Floats,
    left: Floats,
) -> None:
    """Groups `first` to `last` - 1. `total` (G, readings, T, LANES) and `left` (G, C, LANES) are added to; `view` -1 is
    the truth.
    """
    many, rows, middle = courses.start.size, room.ahead.shape[0] // LANES, (plan.node.shape[0] - 1) // 2
    profiles = room.share.size
    for group in range(first, last):
        read_rows(plan.rows, 0, plan.fixed_rows, 0, solved.table[group], room.now)
        lay_grid(plan, solved.prior[group], room.lore, 0)
        lay_beliefs(plan, solved.prior[group], room.lore, 0, room.belief)
        still = room.cells.shape[1] - plan.moving
        lay_cells(solved.probability[group], plan.moving * plan.periods, still, room.cells, plan.moving)
        for period in range(plan.periods):
            read_rows(plan.rows, plan.fixed_rows, plan.rows.size, period, solved.table[group], room.now)
            lay_cells(solved.probability[group], period * plan.moving, plan.moving, room.cells, 0)
            for lane in range(LANES):
                lay_trust(plan, room, lane)
                begin_period(plan, courses, room, lane * rows)
                if period == 0:
                    for c in range(many):
                        start = courses.start[c]
                        to = courses.mass_row[start] + (middle if courses.wide[start] == 1 else 0)
                        room.active[start] = 1
                        for p in range(profiles):
                            place = c * profiles + p
                            room.mass[to, place // LANES, place % LANES] = 1.0
                share_profiles(plan, courses, room, solved.prior[group], view, lane)
                for point in range(plan.points.shape[0] - 1):
                    if room.active[point] == 1:
                        pass_point(
                            plan,
                            courses,
                            ledger,
                            room,
                            solved.payoff[group],
                            point,
                            solved.discount[group, lane],
                            view,
                            total[group],
                            period,
                            lane,
                            lane * rows,
                            learning,
                        )
        for lane in range(LANES):
            share_profiles(plan, courses, room, solved.prior[group], view, lane)
            for row in range(lane * rows, lane * rows + rows):
                for c in range(many):
                    for p in range(profiles):
                        place = c * profiles + p
                        left[group, c, lane] += room.share[p] * room.ahead[row, place // LANES, place % LANES]
                clear(room.ahead, row)
