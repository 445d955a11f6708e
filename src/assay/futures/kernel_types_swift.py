"""Mass of one point pushed on in the commonest cases: beliefs stay, or one or two movers of two types.

Where options take beliefs is found for LANES nodes and options at once; mass itself is pushed node by node.
"""

from __future__ import annotations

from assay.futures.kernel_types_push import impose, play_alone
from assay.futures.kernel_types_read import choose_sums
from assay.futures.kernel_types_room import BY_NODE, BY_TYPE, FAINT, LOCAL, TypeCourses, TypeLedger, TypeRoom, load3
from assay.game.game import LANES, Floats
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import Lanes, any_less, fma, load, load2, spread, store, store2, where_less
from assay.solvers.kernel_plan import BRANCHES, OPTION, SURE, TARGET
from assay.solvers.kernel_plan import ROW as BRANCH_ROW
from assay.solvers.kernel_types_belief import belief_row
from assay.solvers.kernel_types_plan import CHOICES, GRID, INFORMED, JOINTS, MOVERS, NODES, OPTIONS, STEP, TypesPlan

PLAY_FIRST, PLAY_SECOND, LOWER, UP_FIRST, UP_SECOND = range(5)
"""Numbers of an option at a node in `TypeRoom.move`: its probability by type, the lower of the nodes about the mover
that it takes beliefs to, the probability of the upper one by type.
"""


@part
def lay_cells(source: Floats, first: int, many: int, cells: Floats, to: int) -> None:
    """Copies cells of a group draw by draw, so that those of a draw follow each other."""
    for c in range(many):
        for lane in range(LANES):
            cells[lane, to + c] = source[first + c, lane]


@part
def lay_trust(plan: TypesPlan, room: TypeRoom, lane: int) -> None:
    """The reference's beliefs about actors of two types at every node of the game, once for every option."""
    blocks = room.move.shape[0] // 10
    for i in range(plan.informed.shape[0]):
        for node in range(plan.node.shape[0]):
            at = room.belief + belief_row(plan, i, plan.players, plan.node[node, i])
            for a in range(room.most):
                row, place = 2 * i * blocks + (room.most * node + a) // LANES, (room.most * node + a) % LANES
                room.trust[row, place] = room.lore[at, lane]
                room.trust[row + blocks, place] = room.lore[at + 1, lane]


@part
def lay_move(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, x: int, m: int, lane: int) -> None:
    """Play of mover m at every node and where it takes beliefs, as the x-th mover of `TypeRoom.move`."""
    blocks, zero, one = room.move.shape[0] // 10, spread(0.0), spread(1.0)
    i, o, width = plan.movers[m, INFORMED], plan.movers[m, OPTIONS], blocks * LANES
    cell, by_node, by_type = courses.cell[o, LOCAL], courses.cell[o, BY_NODE], courses.cell[o, BY_TYPE]
    choices = plan.movers[m, CHOICES]
    for node in range(plan.node.shape[0]):
        at, to = cell + node * by_node, x * 5 * width + room.most * node
        for a in range(choices):
            room.flat[to + a] = room.cells[lane, at + a]
            room.flat[to + width + a] = room.cells[lane, at + by_type + a]
    grid, nodes, row = plan.informed[i, GRID], plan.informed[i, NODES], x * 5 * blocks
    for r in range(row, row + blocks):
        own0, own1 = load(room.trust, 2 * i * blocks + r - row), load(room.trust, (2 * i + 1) * blocks + r - row)
        first, second = own0 * load(room.move, r), own1 * load(room.move, r + blocks)
        tail = first + second
        over = one / tail
        there, rest = where_less(zero, tail, second * over, own1), where_less(zero, tail, first * over, own0)
        low, high, count = spread(room.lore[grid, lane]), spread(room.lore[grid + 1, lane]), zero
        for n in range(1, nodes - 1):
            edge, above = spread(room.lore[grid + n, lane]), spread(room.lore[grid + n + 1, lane])
            low, high = where_less(there, edge, low, edge), where_less(there, edge, high, above)
            count = where_less(there, edge, count, count + one)
        up = (there - low) / (high - low)
        store(room.move, r + LOWER * blocks, count)
        store(room.move, r + UP_FIRST * blocks, where_less(zero, rest, up * (one - high) / rest, up))
        store(room.move, r + UP_SECOND * blocks, where_less(zero, there, up * high / there, up))


@part
def number(room: TypeRoom, x: int, field: int, node: int, a: int) -> float:
    """One of the numbers of `lay_move`."""
    return float(room.flat[(x * 5 + field) * (room.move.shape[0] // 10) * LANES + room.most * node + a])


@part
def lay_leads(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, point: int, view: int, lane: int) -> None:
    """The points with belief nodes that every joint move of a point leads to."""
    j0, at = plan.points[point, JOINTS], 0
    for j in range(j0, plan.points[point + 1, JOINTS]):
        room.lead_start[j - j0] = at
        for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
            target = plan.branches[b, TARGET]
            if courses.wide[target] == 1:
                sure = plan.branches[b, SURE] == 1
                room.active[target], room.lead[at] = 1, courses.mass_row[target]
                room.lead_share[at] = 1.0 if sure else room.now[plan.branches[b, BRANCH_ROW + 1 + view], lane]
                at += 1
        room.lead_start[j - j0 + 1] = at


@part
def faint(room: TypeRoom, here: int) -> bool:
    """Whether a row is faint everywhere; it is cleared if so."""
    for v in range(room.mass.shape[1]):
        if any_less(spread(FAINT), load2(room.mass, here, v)):
            return False
    for v in range(room.mass.shape[1]):
        store2(room.mass, here, v, spread(0.0))
    return True


@part
def give(room: TypeRoom, row: int, v: int, more: Lanes) -> None:
    """Adds mass to a row."""
    store2(room.mass, row, v, load2(room.mass, row, v) + more)


@part
def lay_play(plan: TypesPlan, courses: TypeCourses, room: TypeRoom, x: int, m: int, row: int, node: int) -> None:
    """Probabilities of mover m's options by place, into `room.play` from `row` on, and those of the upper node once
    they are taken, into `room.way`; how far the lower one is, into `room.target`.
    """
    i = plan.movers[m, INFORMED]
    for a in range(plan.movers[m, CHOICES]):
        first, second = spread(number(room, x, PLAY_FIRST, node, a)), spread(number(room, x, PLAY_SECOND, node, a))
        up_first, up_second = spread(number(room, x, UP_FIRST, node, a)), spread(number(room, x, UP_SECOND, node, a))
        room.target[row + a] = plan.informed[i, STEP] * int(number(room, x, LOWER, node, a))
        for v in range(room.play.shape[1]):
            kind = load3(courses.kind, i, 1, v)
            store2(room.play, row + a, v, where_less(spread(0.0), kind, second, first))
            store2(room.way, row + a, v, where_less(spread(0.0), kind, up_second, up_first))


@step
def push_still(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    period: int,
    point: int,
    nodes: int,
    view: int,
    lane: int,
) -> None:
    """A chance, or one mover whose play moves no beliefs, or after whom nobody's play depends on them."""
    m, first, j0 = plan.points[point, MOVERS], courses.mass_row[point], plan.points[point, JOINTS]
    moves = plan.points[point + 1, MOVERS] > m
    lay_leads(plan, courses, room, point, view, lane)
    for node in range(nodes):
        if faint(room, first + node):
            continue
        if moves:
            play_alone(plan, courses, room, m, node, 0, lane)
            if courses.edited[point] == 1:
                impose(plan, courses, room, m, 0)
            if ledger.options[point] == 1:
                choose_sums(plan, courses, ledger, room, payoff, period, point, node, first + node, lane)
        for v in range(room.mass.shape[1]):
            mass = load2(room.mass, first + node, v)
            store2(room.mass, first + node, v, spread(0.0))
            for j in range(j0, plan.points[point + 1, JOINTS]):
                there, jj = mass, j - j0
                if moves:
                    there = mass * load2(room.play, plan.joints[j, OPTION] - plan.movers[m, OPTIONS], v)
                if ledger.taken[j] == 1:
                    store2(room.taken, jj, v, load2(room.taken, jj, v) + there)
                if courses.leaves_joint[j] == 1:
                    there = there * load2(courses.stays_joint, j, v)
                for k in range(room.lead_start[jj], room.lead_start[jj + 1]):
                    give(room, room.lead[k] + node, v, there * spread(room.lead_share[k]))


@step
def push_alone(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    period: int,
    point: int,
    nodes: int,
    view: int,
    lane: int,
) -> None:
    """One mover of two types."""
    m, first, j0 = plan.points[point, MOVERS], courses.mass_row[point], plan.points[point, JOINTS]
    i = plan.movers[m, INFORMED]
    by = plan.informed[i, STEP]
    lay_leads(plan, courses, room, point, view, lane)
    lay_move(plan, courses, room, 0, m, lane)
    for node in range(nodes):
        if faint(room, first + node):
            continue
        lay_play(plan, courses, room, 0, m, 0, node)
        if courses.edited[point] == 1:
            impose(plan, courses, room, m, 0)
        if ledger.options[point] == 1:
            choose_sums(plan, courses, ledger, room, payoff, period, point, node, first + node, lane)
        base = node - plan.node[node, i] * by
        for v in range(room.mass.shape[1]):
            mass = load2(room.mass, first + node, v)
            store2(room.mass, first + node, v, spread(0.0))
            for a in range(plan.movers[m, CHOICES]):
                there, after = mass * load2(room.play, a, v), base + room.target[a]
                if ledger.taken[j0 + a] == 1:
                    store2(room.taken, a, v, load2(room.taken, a, v) + there)
                if courses.leaves_joint[j0 + a] == 1:
                    there = there * load2(courses.stays_joint, j0 + a, v)
                silent = spread(0.0)
                if courses.silent[m] == 1:
                    silent = there - there * load2(courses.loud, m, v)
                    there = there * load2(courses.loud, m, v)
                high = there * load2(room.way, a, v)
                for k in range(room.lead_start[a], room.lead_start[a + 1]):
                    share = spread(room.lead_share[k])
                    give(room, room.lead[k] + after, v, (there - high) * share)
                    give(room, room.lead[k] + after + by, v, high * share)
                    if courses.silent[m] == 1:
                        give(room, room.lead[k] + node, v, silent * share)


@part
def scatter(
    room: TypeRoom, jj: int, after: int, by_i: int, by_j: int, v: int, down: Lanes, up: Lanes, other: Lanes
) -> None:
    """Mass of a joint move of two movers, `down` and `up` about the first, to four nodes; `other` is the probability
    of the second's upper one.
    """
    down_up, up_up = down * other, up * other
    for k in range(room.lead_start[jj], room.lead_start[jj + 1]):
        share, row = spread(room.lead_share[k]), room.lead[k] + after
        give(room, row, v, (down - down_up) * share)
        give(room, row + by_j, v, down_up * share)
        give(room, row + by_i, v, (up - up_up) * share)
        give(room, row + by_i + by_j, v, up_up * share)


@step
def push_pair(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    period: int,
    point: int,
    nodes: int,
    view: int,
    lane: int,
) -> None:
    """Two movers of two types at once."""
    m, first, j0 = plan.points[point, MOVERS], courses.mass_row[point], plan.points[point, JOINTS]
    i, j = plan.movers[m, INFORMED], plan.movers[m + 1, INFORMED]
    by_i, by_j = plan.informed[i, STEP], plan.informed[j, STEP]
    lay_leads(plan, courses, room, point, view, lane)
    lay_move(plan, courses, room, 0, m, lane)
    lay_move(plan, courses, room, 1, m + 1, lane)
    own, other = plan.movers[m, CHOICES], plan.movers[m + 1, CHOICES]
    for node in range(nodes):
        if faint(room, first + node):
            continue
        lay_play(plan, courses, room, 0, m, 0, node)
        lay_play(plan, courses, room, 1, m + 1, own, node)
        if courses.edited[point] == 1:
            impose(plan, courses, room, m, 0)
            impose(plan, courses, room, m + 1, own)
        if ledger.options[point] == 1:
            choose_sums(plan, courses, ledger, room, payoff, period, point, node, first + node, lane)
        base = node - plan.node[node, i] * by_i - plan.node[node, j] * by_j
        for v in range(room.mass.shape[1]):
            mass = load2(room.mass, first + node, v)
            store2(room.mass, first + node, v, spread(0.0))
            for a in range(own):
                there = mass * load2(room.play, a, v)
                up = there * load2(room.way, a, v)
                for b in range(other):
                    jj, likely = a * other + b, load2(room.play, own + b, v)
                    if ledger.taken[j0 + jj] == 1:
                        store2(room.taken, jj, v, fma(there, likely, load2(room.taken, jj, v)))
                    if courses.leaves_joint[j0 + jj] == 1:
                        likely = likely * load2(courses.stays_joint, j0 + jj, v)
                    after = base + room.target[a] + room.target[own + b]
                    ways = load2(room.way, own + b, v)
                    scatter(room, jj, after, by_i, by_j, v, (there - up) * likely, up * likely, ways)
