"""The forward pass with private types: mass by course and type profile pushed through points and belief nodes.

One draw at a time, W courses and profiles at once: they share where moves take beliefs, and lie side by side in memory
as W / LANES vectors. Mass that goes on where nobody's play depends on beliefs any more is kept without them.
"""

from __future__ import annotations

from typing import NamedTuple

from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Floats, Ints
from assay.solvers.kernel_cache import kernel, part, step
from assay.solvers.kernel_lanes import Lanes, any_less, fma, load2, spread, store2, where_less
from assay.solvers.kernel_plan import BRANCH_PAYS, BRANCHES, JOINT_PAYS, OPTION, SURE, TARGET, read_rows
from assay.solvers.kernel_plan import ROW as BRANCH_ROW
from assay.solvers.kernel_types_belief import belief_row, lay_beliefs, lay_grid
from assay.solvers.kernel_types_plan import (
    BY_TYPE,
    CHOICES,
    DIGITS,
    FINALS,
    FLOWS,
    GRID,
    INFORMED,
    JOINTS,
    KIND,
    MOVERS,
    NEXT,
    NODES,
    OPTIONS,
    PAID,
    SEEN,
    STEP,
    TRUE,
    TYPES,
    WAYS,
    TypesPlan,
)

FAINT = 1e-60
"""Mass that is smaller in every course and profile is not pushed on."""
NO, COUNT, CHOSEN_WORTH, ALL_WORTH = range(4)
"""How a reading of an option counts: not, by mass, by mass times its payoff, by mass at the point times its payoff."""


class TypeCourses(NamedTuple):
    """C courses with P profiles each, course after course in W = NV * LANES places; the rest of them is nought."""

    kind: Floats  # (I, types, NV, LANES) 1 where the profile's actor i has that type
    edited: Ints  # (N,) 1 where some course imposes play
    allowed: Floats  # (O, NV, LANES) 1 where a course allows the option
    silent: Ints  # (M,) 1 where some course imposes play that does not signal
    loud: Floats  # (M, NV, LANES) 1 where what the mover plays moves beliefs
    leaves_point: Ints  # (N,) 1 where some course lets mass leave at the point
    stays_point: Floats  # (N, NV, LANES) 0 where it leaves
    leaves_joint: Ints  # (J,)
    stays_joint: Floats  # (J, NV, LANES)
    start: Ints  # (C,) points
    profile_type: Ints  # (P, I)
    mass_row: Ints  # (N+1,) first row of a point's mass
    wide: Ints  # (N,) 1 where mass is kept by belief node
    cell: Ints  # (O, 4) first cell, and steps by period, type and node
    way: Ints  # (M,) first row of a mover's ways: one more for every option than beliefs have, for those that stay
    ahead: Ints  # (N,) first row of mass kept for the next period, or -1


class TypeLedger(NamedTuple):
    """Who reads what: entries `start[i]` to `start[i+1]` are the readings of point, option, joint move or pay i."""

    point_start: Ints  # (N+1,)
    point_reading: Ints
    option_start: Ints  # (O+1,)
    option_reading: Ints
    option_how: Ints
    joint_start: Ints  # (J+1,)
    joint_reading: Ints
    pay_start: Ints  # (P+1,)
    pay_reading: Ints
    course: Ints  # (readings,) course of each reading
    counts: Floats  # (readings, profiles) 1 where the profile counts
    worth: Ints  # (N,) 1 where something reads payoffs of the point's options


class TypeSolved(NamedTuple):
    """Numbers and strategies, group by group."""

    table: Floats  # (G, R, LANES)
    discount: Floats  # (G, LANES)
    prior: Floats  # (G, I, 1 + players, types, LANES)
    probability: Floats  # (G, cells, LANES)
    payoff: Floats  # the same, or without cells where it was not kept


class TypeRoom(NamedTuple):
    """Working space of a thread."""

    now: Floats  # (R, LANES)
    lore: Floats  # (rows, LANES) the grid, then beliefs, as in `kernel_types_belief`
    mass: Floats  # (rows, NV, LANES)
    ahead: Floats  # (LANES * rows, NV, LANES) by draw: mass at the points at which the next period begins
    total: Floats  # (1, NV, LANES) mass at the point at hand
    play: Floats  # (options of a stage, NV, LANES)
    taken: Floats  # (joints of a stage, NV, LANES) over all nodes
    chosen: Floats  # (3 * options of a stage, NV, LANES) over all nodes: mass, times payoff, payoff of all
    way: Floats  # (ways of a stage, NV, LANES) probability of each way
    target: Ints  # (ways of a stage,)
    product: Floats  # (3, NV, LANES)
    one: Floats  # (types + 3 * coordinates + 2, ) numbers of one split
    active: Ints  # (N,)
    share: Floats  # (profiles,)
    belief: int  # first row of beliefs


@part
def add(array: Floats, row: int, source: Floats, at: int, factor: Lanes) -> None:
    """array[row] += factor * source[at]."""
    for v in range(array.shape[1]):
        store2(array, row, v, fma(factor, load2(source, at, v), load2(array, row, v)))


@part
def clear(array: Floats, row: int) -> None:
    """Sets a row to nought."""
    for v in range(array.shape[1]):
        store2(array, row, v, spread(0.0))


@part
def empty(array: Floats, row: int) -> bool:
    """Whether a row is faint everywhere."""
    for v in range(array.shape[1]):  # noqa: SIM110  (Numba has no all)
        if any_less(spread(FAINT), load2(array, row, v)):
            return False
    return True


@part
def read(ledger: TypeLedger, room: TypeRoom, reading: int, source: Floats, row: int) -> float:
    """A course's mass in a row, profiles weighted by their shares."""
    first, found = ledger.course[reading] * room.share.size, 0.0
    for p in range(room.share.size):
        weight = room.share[p] * ledger.counts[reading, p]
        if weight != 0.0:
            place = first + p
            found += weight * source[row, place // LANES, place % LANES]
    return found


@part
def read_all(
    ledger: TypeLedger,
    room: TypeRoom,
    start: Ints,
    reading: Ints,
    i: int,
    source: Floats,
    row: int,
    total: Floats,
    period: int,
    lane: int,
) -> None:
    """Adds mass to every reading of entry i."""
    for n in range(start[i], start[i + 1]):
        total[reading[n], period, lane] += read(ledger, room, reading[n], source, row)


@part
def read_pays(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    first: int,
    last: int,
    source: Floats,
    row: int,
    factor: float,
    view: int,
    total: Floats,
    period: int,
    lane: int,
) -> None:
    """Adds mass times amount, profile by profile, to every reading of pays `first` to `last`."""
    many = plan.informed.shape[0]
    for n in range(first, last):
        seen = plan.pays[n, PAID] == view
        base, steps = plan.pays[n, SEEN if seen else TRUE], BY_TYPE if seen else BY_TYPE + many
        for e in range(ledger.pay_start[n], ledger.pay_start[n + 1]):
            reading, found = ledger.pay_reading[e], 0.0
            for p in range(room.share.size):
                at, place = base, ledger.course[reading] * room.share.size + p
                for i in range(many):
                    at += courses.profile_type[p, i] * plan.pays[n, steps + i]
                weight = room.share[p] * ledger.counts[reading, p] * room.now[at, lane]
                found += weight * source[row, place // LANES, place % LANES]
            total[reading, period, lane] += plan.signs[n] * factor * found


@part
def split_one(plan: TypesPlan, room: TypeRoom, m: int, about: int, way: int, lane: int, learning: bool) -> None:
    """Where an option takes beliefs about mover m: targets from row `way` on, and in `room.one` from 2 K on the
    probability of each way by type. `room.one[:K]` are the probabilities of the option by type.
    """
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    nodes, at, one = plan.informed[i, NODES], belief_row(plan, i, plan.players, about), room.one
    for z in range(ways):
        room.target[way + z] = about if not learning else 0
        for k in range(kinds):
            one[2 * kinds + z * kinds + k] = 1.0 if learning or z == 0 else 0.0
    if not learning:
        return
    total = 0.0
    for k in range(kinds):
        one[kinds + k] = room.lore[room.belief + at + k, lane] * one[k]
        total += one[kinds + k]
    if not total > 0.0:
        for k in range(kinds):
            one[kinds + k] = room.lore[room.belief + at + k, lane]
    for c in range(kinds - 1):
        later = 0.0
        for k in range(c + 1, kinds):
            later += one[kinds + k]
        tail, row = later + one[kinds + c], plan.informed[i, GRID] + c * nodes
        own = room.lore[row + plan.digits[plan.informed[i, DIGITS] + about, c], lane]
        there, rest = (later / tail, one[kinds + c] / tail) if tail > 0.0 else (own, 1.0 - own)
        low = 0
        for n in range(1, nodes - 1):
            if there >= room.lore[row + n, lane]:
                low = n
        below, above = room.lore[row + low, lane], room.lore[row + low + 1, lane]
        w = (there - below) / (above - below)
        up_later = w * above / there if there > 0.0 else w
        up_own = w * (1.0 - above) / rest if rest > 0.0 else w
        bit = 1 << (kinds - 2 - c)
        for z in range(ways):
            up = (z & bit) != 0
            room.target[way + z] = room.target[way + z] * nodes + low + (1 if up else 0)
            for k in range(kinds):
                p = w if k < c else (up_own if k == c else up_later)
                one[2 * kinds + z * kinds + k] *= p if up else 1.0 - p


@part
def play_alone(
    plan: TypesPlan,
    courses: TypeCourses,
    room: TypeRoom,
    cells: Floats,
    period: int,
    m: int,
    node: int,
    row: int,
    lane: int,
) -> None:
    """Probabilities of mover m's options by place, from row `row` of `room.play` on."""
    i = plan.movers[m, INFORMED]
    for a in range(plan.movers[m, CHOICES]):
        o = plan.movers[m, OPTIONS] + a
        cell = courses.cell[o, 0] + period * courses.cell[o, 1] + node * courses.cell[o, 3]
        for v in range(room.play.shape[1]):
            if i < 0:
                store2(room.play, row + a, v, spread(cells[cell, lane]))
            else:
                there = spread(0.0)
                for k in range(plan.movers[m, TYPES]):
                    likely = spread(cells[cell + k * courses.cell[o, 2], lane])
                    there = fma(likely, load3(courses.kind, i, k, v), there)
                store2(room.play, row + a, v, there)


@part
def load3(array: Floats, i: int, j: int, v: int) -> Lanes:
    """The lanes at `i, j, v` of an array of shape (a, b, NV, LANES)."""
    return load2(array[i], j, v)


@part
def impose(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, m: int, row: int) -> None:
    """Options that a course does not allow are not played, the rest in proportion; alike where they have none."""
    zero = spread(0.0)
    choices, o = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
    for v in range(room.play.shape[1]):
        kept, many = zero, zero
        for a in range(choices):
            kept = fma(load2(courses.allowed, o + a, v), load2(room.play, row + a, v), kept)
            many = many + load2(courses.allowed, o + a, v)
        for a in range(choices):
            allowed = load2(courses.allowed, o + a, v)
            alike = where_less(zero, many, allowed / many, zero)
            share = where_less(zero, kept, allowed * load2(room.play, row + a, v) / kept, alike)
            store2(room.play, row + a, v, where_less(many, spread(choices - 0.5), share, load2(room.play, row + a, v)))


@part
def ways_of(
    plan: TypesPlan,
    courses: TypeCourses,
    room: TypeRoom,
    cells: Floats,
    period: int,
    m: int,
    node: int,
    lane: int,
    learning: bool,
) -> None:
    """Ways of every option of an informed mover, with their probability by place, from row SPLIT on (one more way for
    every option: beliefs that stay, where play is imposed and does not signal).
    """
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    about = plan.node[node, i]
    for a in range(plan.movers[m, CHOICES]):
        o, way = plan.movers[m, OPTIONS] + a, courses.way[m] + a * (ways + 1)
        cell = courses.cell[o, 0] + period * courses.cell[o, 1] + node * courses.cell[o, 3]
        for k in range(kinds):
            room.one[k] = cells[cell + k * courses.cell[o, 2], lane]
        split_one(plan, room, m, about, way, lane, learning)
        room.target[way + ways] = about
        for z in range(ways):
            for v in range(room.way.shape[1]):
                there = spread(0.0)
                for k in range(kinds):
                    there = fma(spread(room.one[2 * kinds + z * kinds + k]), load3(courses.kind, i, k, v), there)
                if courses.silent[m] == 1:
                    there = there * load2(courses.loud, m, v)
                store2(room.way, way + z, v, there)
        if courses.silent[m] == 1:
            for v in range(room.way.shape[1]):
                store2(room.way, way + ways, v, spread(1.0) - load2(courses.loud, m, v))


@part
def pushes_on(
    plan: TypesPlan,
    courses: TypeCourses,
    room: TypeRoom,
    j: int,
    m0: int,
    m1: int,
    node: int,
    source: Floats,
    at: int,
    view: int,
    lane: int,
) -> None:
    """Mass of joint move j at a belief node to the wide points it leads to, along every way of beliefs."""
    combos, base = 1, node
    for m in range(m0, m1):
        i = plan.movers[m, INFORMED]
        if i >= 0:
            combos *= plan.movers[m, WAYS] + courses.silent[m]
            base -= plan.node[node, i] * plan.informed[i, STEP]
    for c in range(combos):
        rest, after, first = c, base, True
        for m in range(m0, m1):
            i = plan.movers[m, INFORMED]
            if i >= 0:
                many = plan.movers[m, WAYS] + courses.silent[m]
                a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
                way = courses.way[m] + a * (plan.movers[m, WAYS] + 1) + rest % many
                rest //= many
                after += room.target[way] * plan.informed[i, STEP]
                for v in range(room.product.shape[1]):
                    before = load2(source, at, v) if first else load2(room.product, 0, v)
                    store2(room.product, 0, v, before * load2(room.way, way, v))
                first = False
        for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
            target = plan.branches[b, TARGET]
            if courses.wide[target] == 1:
                sure = plan.branches[b, SURE] == 1
                p = spread(1.0 if sure else room.now[plan.branches[b, BRANCH_ROW + 1 + view], lane])
                room.active[target] = 1
                if first:
                    add(room.mass, courses.mass_row[target] + after, source, at, p)
                else:
                    add(room.mass, courses.mass_row[target] + after, room.product, 0, p)


@part
def has_wide(plan: TypesPlan, courses: TypeCourses, j: int) -> bool:
    """Whether some branch of a joint move leads to where mass is kept by belief node."""
    for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
        if courses.wide[plan.branches[b, TARGET]] == 1:
            return True
    return False


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


@part
def joint_mass(plan: TypesPlan, room: TypeRoom, j: int, m0: int, m1: int, here: int) -> None:
    """Mass at a node that takes joint move j, into `room.product[1]`."""
    for v in range(room.product.shape[1]):
        there, row = load2(room.mass, here, v), 0
        for m in range(m0, m1):
            a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
            there = there * load2(room.play, row + a, v)
            row += plan.movers[m, CHOICES]
        store2(room.product, 1, v, there)


@step
def push_node(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    cells: Floats,
    payoff: Floats,
    period: int,
    point: int,
    node: int,
    here: int,
    spreads: bool,
    view: int,
    lane: int,
    learning: bool,
) -> None:
    """A choice or a chance at one belief node."""
    m0, m1, j0 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], plan.points[point, JOINTS]
    row = 0
    for m in range(m0, m1):
        play_alone(plan, courses, room, cells, period, m, node, row, lane)
        if courses.edited[point] == 1:
            impose(plan, courses, room, m, row)
        if plan.movers[m, INFORMED] >= 0 and spreads:
            ways_of(plan, courses, room, cells, period, m, node, lane, learning)
        row += plan.movers[m, CHOICES]
    choose_sums(plan, courses, ledger, room, payoff, period, point, node, here, lane)
    for j in range(j0, plan.points[point + 1, JOINTS]):
        joint_mass(plan, room, j, m0, m1, here)
        add(room.taken, j - j0, room.product, 1, spread(1.0))
        if spreads and has_wide(plan, courses, j):
            if courses.leaves_joint[j] == 1:
                for v in range(room.product.shape[1]):
                    store2(room.product, 1, v, load2(room.product, 1, v) * load2(courses.stays_joint, j, v))
            pushes_on(plan, courses, room, j, m0, m1, node, room.product, 1, view, lane)


@part
def choose_sums(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    period: int,
    point: int,
    node: int,
    here: int,
    lane: int,
) -> None:
    """Adds up, over nodes, mass through every option that is read, and mass times payoffs where those are."""
    row = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        i = plan.movers[m, INFORMED]
        for a in range(plan.movers[m, CHOICES]):
            o = plan.movers[m, OPTIONS] + a
            read_option = ledger.option_start[o] < ledger.option_start[o + 1]
            if read_option:
                cell = courses.cell[o, 0] + period * courses.cell[o, 1] + node * courses.cell[o, 3]
                for v in range(room.play.shape[1]):
                    mass = load2(room.mass, here, v)
                    through = mass * load2(room.play, row + a, v)
                    store2(room.chosen, 3 * (row + a), v, load2(room.chosen, 3 * (row + a), v) + through)
                    if ledger.worth[point] == 1:
                        worth = spread(payoff[cell, lane])
                        if i >= 0:
                            worth = spread(0.0)
                            for k in range(plan.movers[m, TYPES]):
                                own = spread(payoff[cell + k * courses.cell[o, 2], lane])
                                worth = fma(own, load3(courses.kind, i, k, v), worth)
                        at = 3 * (row + a) + 1
                        store2(room.chosen, at, v, fma(through, worth, load2(room.chosen, at, v)))
                        store2(room.chosen, at + 1, v, fma(mass, worth, load2(room.chosen, at + 1, v)))
        row += plan.movers[m, CHOICES]


@step
def finish_options(
    plan: TypesPlan, ledger: TypeLedger, room: TypeRoom, point: int, total: Floats, period: int, lane: int
) -> None:
    """What reads options."""
    row = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        for a in range(plan.movers[m, CHOICES]):
            o = plan.movers[m, OPTIONS] + a
            for n in range(ledger.option_start[o], ledger.option_start[o + 1]):
                reading = ledger.option_reading[n]
                at = 3 * (row + a) + ledger.option_how[n] - COUNT
                total[reading, period, lane] += read(ledger, room, reading, room.chosen, at)
        row += plan.movers[m, CHOICES]


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
                there = load2(room.mass, here, v)
                if courses.leaves_point[point] == 1:
                    there = there * load2(courses.stays_point, point, v)
                store2(room.ahead, kept + node, v, load2(room.ahead, kept + node, v) + there)


@step
def pass_point(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    cells: Floats,
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
    first, kind, spreads = courses.mass_row[point], plan.points[point, KIND], courses.wide[point] == 1
    clear(room.total, 0)
    for node in range(nodes):
        add(room.total, 0, room.mass, first + node, spread(1.0))
    read_all(ledger, room, ledger.point_start, ledger.point_reading, point, room.total, 0, total, period, lane)
    if kind != CLOSE and courses.leaves_point[point] == 1:
        for v in range(room.total.shape[1]):
            keep = load2(courses.stays_point, point, v)
            store2(room.total, 0, v, load2(room.total, 0, v) * keep)
            for node in range(nodes):
                store2(room.mass, first + node, v, load2(room.mass, first + node, v) * keep)
    if kind == CLOSE:
        if courses.leaves_point[point] == 1:
            for v in range(room.total.shape[1]):
                store2(room.total, 0, v, load2(room.total, 0, v) * load2(courses.stays_point, point, v))
        pass_close(plan, courses, ledger, room, point, delta, view, total, period, lane, begin)
    elif kind == ENDING:
        flow0, flow1 = plan.points[point, FLOWS], plan.points[point + 1, FLOWS]
        read_pays(plan, courses, ledger, room, flow0, flow1, room.total, 0, 1.0, view, total, period, lane)
    else:
        j0, j1 = plan.points[point, JOINTS], plan.points[point + 1, JOINTS]
        for jj in range(j1 - j0):
            clear(room.taken, jj)
        if kind != CHANCE:
            options = plan.movers[plan.points[point + 1, MOVERS], OPTIONS]
            for o in range(3 * (options - plan.movers[plan.points[point, MOVERS], OPTIONS])):
                clear(room.chosen, o)
        for node in range(nodes):
            if not empty(room.mass, first + node):
                push_node(
                    plan,
                    courses,
                    ledger,
                    room,
                    cells,
                    payoff,
                    period,
                    point,
                    node,
                    first + node,
                    spreads,
                    view,
                    lane,
                    learning,
                )
        if kind != CHANCE:
            finish_options(plan, ledger, room, point, total, period, lane)
        for j in range(j0, j1):
            finish_joint(plan, courses, ledger, room, j, j - j0, view, total, period, lane)
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
        for period in range(plan.periods):
            read_rows(plan.rows, plan.fixed_rows, plan.rows.size, period, solved.table[group], room.now)
            for lane in range(LANES):
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
                            solved.probability[group],
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
