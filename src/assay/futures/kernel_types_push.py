"""Mass at one belief node pushed on along a choice or a chance, for any number of movers, types and options."""

from __future__ import annotations

from assay.futures.kernel_types_read import choose_sums
from assay.futures.kernel_types_room import BY_NODE, BY_TYPE, LOCAL, TypeCourses, TypeLedger, TypeRoom, add, load3
from assay.game.game import Floats
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import fma, load2, spread, store2, where_less
from assay.solvers.kernel_plan import BRANCHES, OPTION, SURE, TARGET
from assay.solvers.kernel_plan import ROW as BRANCH_ROW
from assay.solvers.kernel_types_belief import belief_row
from assay.solvers.kernel_types_plan import (
    CHOICES,
    DIGITS,
    GRID,
    INFORMED,
    JOINTS,
    MOVERS,
    NODES,
    OPTIONS,
    STEP,
    TYPES,
    WAYS,
    TypesPlan,
)


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
    m: int,
    node: int,
    row: int,
    lane: int,
) -> None:
    """Probabilities of mover m's options by place, from row `row` of `room.play` on."""
    i = plan.movers[m, INFORMED]
    for a in range(plan.movers[m, CHOICES]):
        o = plan.movers[m, OPTIONS] + a
        cell = courses.cell[o, LOCAL] + node * courses.cell[o, BY_NODE]
        for v in range(room.play.shape[1]):
            if i < 0:
                store2(room.play, row + a, v, spread(room.cells[lane, cell]))
            else:
                there = spread(0.0)
                for k in range(plan.movers[m, TYPES]):
                    likely = spread(room.cells[lane, cell + k * courses.cell[o, BY_TYPE]])
                    there = fma(likely, load3(courses.kind, i, k, v), there)
                store2(room.play, row + a, v, there)


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
        cell = courses.cell[o, LOCAL] + node * courses.cell[o, BY_NODE]
        for k in range(kinds):
            room.one[k] = room.cells[lane, cell + k * courses.cell[o, BY_TYPE]]
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
    payoff: Floats,
    period: int,
    point: int,
    node: int,
    view: int,
    lane: int,
    learning: bool,
) -> None:
    """A choice or a chance at one belief node."""
    m0, m1, j0 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], plan.points[point, JOINTS]
    row, here, spreads = 0, courses.mass_row[point] + node, courses.wide[point] == 1
    for m in range(m0, m1):
        play_alone(plan, courses, room, m, node, row, lane)
        if courses.edited[point] == 1:
            impose(plan, courses, room, m, row)
        if plan.movers[m, INFORMED] >= 0 and spreads:
            ways_of(plan, courses, room, m, node, lane, learning)
        row += plan.movers[m, CHOICES]
    if ledger.options[point] == 1:
        choose_sums(plan, courses, ledger, room, payoff, period, point, node, here, lane)
    for j in range(j0, plan.points[point + 1, JOINTS]):
        joint_mass(plan, room, j, m0, m1, here)
        if ledger.taken[j] == 1:
            add(room.taken, j - j0, room.product, 1, spread(1.0))
        if spreads and has_wide(plan, courses, j):
            if courses.leaves_joint[j] == 1:
                for v in range(room.product.shape[1]):
                    store2(room.product, 1, v, load2(room.product, 1, v) * load2(courses.stays_joint, j, v))
            pushes_on(plan, courses, room, j, m0, m1, node, room.product, 1, view, lane)
