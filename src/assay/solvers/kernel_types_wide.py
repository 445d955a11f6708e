"""Responses and values of stages with one mover or two, each of two types with any number of options.

They say what `kernel_types_stage` says, and hand over to it where an option is too rare for its probability. Where an
option takes beliefs is kept in rows of `TypesDesk.target` and `TypesDesk.weight` of its own two ways.
"""

from __future__ import annotations

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import Lanes, any_less, fma, gather, load, load2, smaller, spread, store, store2
from assay.solvers.kernel_types_belief import TINY, belief_row
from assay.solvers.kernel_types_fast import between, go, square
from assay.solvers.kernel_types_plan import (
    CHOICES,
    GRID,
    INFORMED,
    MOVERS,
    NODES,
    PLAYER,
    SLOT,
    SPLIT,
    STEP,
    UNKNOWN,
    TypesDesk,
    TypesPlan,
)


@part
def lay_splits(plan: TypesPlan, desk: TypesDesk, m: int, node: int) -> Lanes:
    """Where each option of mover m takes beliefs; how likely the rarest one is."""
    i, choices, most = plan.movers[m, INFORMED], plan.movers[m, CHOICES], plan.most_types
    grid, nodes, by = desk.grid + plan.informed[i, GRID], plan.informed[i, NODES], spread(float(plan.informed[i, STEP]))
    at, rarest = desk.belief + belief_row(plan, i, plan.players, plan.node[node, i]), spread(1.0)
    first = desk.sigma + plan.movers[m, UNKNOWN]
    for a in range(choices):
        mass0, mass1 = (
            load(desk.w, at) * load(desk.w, first + a),
            load(desk.w, at + 1) * load(desk.w, first + choices + a),
        )
        rarest = smaller(mass0 + mass1, rarest)
        count, up0, up1 = go(desk, grid, nodes, mass0, mass1)
        way = plan.movers[m, SPLIT] + 2 * a
        store(desk.w, desk.target + way, by * count)
        store(desk.w, desk.weight + way * most, up0)
        store(desk.w, desk.weight + way * most + 1, up1)
    return rarest


@part
def watch_splits(plan: TypesPlan, desk: TypesDesk, m: int, node: int, viewer: int) -> None:
    """How likely a viewer takes each option of mover m to be, and the option with the upper node."""
    i, choices, most = plan.movers[m, INFORMED], plan.movers[m, CHOICES], plan.most_types
    at = desk.belief + belief_row(plan, i, viewer, plan.node[node, i])
    first = desk.sigma + plan.movers[m, UNKNOWN]
    for a in range(choices):
        row = desk.weight + (plan.movers[m, SPLIT] + 2 * a) * most
        mass0, mass1 = (
            load(desk.w, at) * load(desk.w, first + a),
            load(desk.w, at + 1) * load(desk.w, first + choices + a),
        )
        store(desk.w, row + most, mass0 + mass1)
        store(desk.w, row + most + 1, fma(mass0, load(desk.w, row), mass1 * load(desk.w, row + 1)))


@part
def stays(plan: TypesPlan, point: int, node: int) -> int:
    """The part of a belief node that the movers cannot move."""
    base = node
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        i = plan.movers[m, INFORMED]
        base -= plan.node[node, i] * plan.informed[i, STEP]
    return base


@part
def expect_alone(plan: TypesPlan, point: int, node: int, desk: TypesDesk) -> None:
    """What the options of the only mover are worth to her types, into `q`."""
    m, most = plan.points[point, MOVERS], plan.most_types
    slot, choices, step = plan.movers[m, SLOT], plan.movers[m, CHOICES], plan.informed[plan.movers[m, INFORMED], STEP]
    base = spread(float(stays(plan, point, node)))
    for a in range(choices):
        way, row = plan.movers[m, SPLIT] + 2 * a, desk.pick[a, 0]
        after = base + load(desk.w, desk.target + way)
        for k in range(2):
            if desk.pick[a, 1] == 1:
                there = between(desk, row, slot + k, after, step, load(desk.w, desk.weight + way * most + k))
            else:
                there = load2(desk.values, row, slot + k)
            there = there + load2(desk.values, plan.const + a, slot + k)
            store(desk.w, desk.q + plan.movers[m, UNKNOWN] + k * choices + a, there)


@part
def add_pair(plan: TypesPlan, desk: TypesDesk, m: int, n: int, a: int, b: int, joint: int, base: Lanes) -> None:
    """Adds what a joint move is worth to mover m's types by her option a, as she sees n's option b."""
    most, w = plan.most_types, desk.w
    own, other = plan.movers[m, SPLIT] + 2 * a, plan.movers[n, SPLIT] + 2 * b
    step, across = plan.informed[plan.movers[m, INFORMED], STEP], plan.informed[plan.movers[n, INFORMED], STEP]
    likely, high = load(w, desk.weight + (other + 1) * most), load(w, desk.weight + (other + 1) * most + 1)
    after, row = base + load(w, desk.target + own) + load(w, desk.target + other), desk.pick[joint, 0]
    for k in range(2):
        slot = plan.movers[m, SLOT] + k
        at = desk.q + plan.movers[m, UNKNOWN] + k * plan.movers[m, CHOICES] + a
        there = fma(likely, load2(desk.values, plan.const + joint, slot), load(w, at))
        if desk.pick[joint, 1] == 1:
            up = load(w, desk.weight + own * most + k)
            there = there + square(desk, row, slot, after, step, across, up, likely - high, high)
        else:
            there = fma(likely, load2(desk.values, row, slot), there)
        store(w, at, there)


@part
def expect_pair(plan: TypesPlan, point: int, node: int, desk: TypesDesk) -> None:
    """What the options of two movers are worth to their types, into `q`."""
    m = plan.points[point, MOVERS]
    n, base = m + 1, spread(float(stays(plan, point, node)))
    watch_splits(plan, desk, m, node, plan.movers[n, PLAYER])
    watch_splits(plan, desk, n, node, plan.movers[m, PLAYER])
    for u in range(2 * plan.movers[m, CHOICES] + 2 * plan.movers[n, CHOICES]):
        store(desk.w, desk.q + u, spread(0.0))
    for a in range(plan.movers[m, CHOICES]):
        for b in range(plan.movers[n, CHOICES]):
            joint = a * plan.movers[n, CHOICES] + b
            add_pair(plan, desk, m, n, a, b, joint, base)
            add_pair(plan, desk, n, m, b, a, joint, base)


@part
def rarest_of(plan: TypesPlan, point: int, node: int, desk: TypesDesk) -> Lanes:
    """Lays the splits of every mover; how likely the rarest option is."""
    rarest = spread(1.0)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        rarest = smaller(lay_splits(plan, desk, m, node), rarest)
    return rarest


@part
def respond_wide(plan: TypesPlan, precision: Floats, point: int, node: int, scale: Lanes, desk: TypesDesk) -> bool:
    """G(y), to `g`, from the play in `sigma`. False where an option is too rare."""
    if any_less(rarest_of(plan, point, node, desk), spread(TINY)):
        return False
    if plan.points[point + 1, MOVERS] - plan.points[point, MOVERS] == 1:
        expect_alone(plan, point, node, desk)
    else:
        expect_pair(plan, point, node, desk)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        sharp, choices = load(precision, plan.movers[m, PLAYER]) * scale, plan.movers[m, CHOICES]
        for k in range(2):
            first = plan.movers[m, UNKNOWN] + k * choices
            reference = load(desk.w, desk.q + first)
            for a in range(choices):
                store(desk.w, desk.g + first + a, sharp * (load(desk.w, desk.q + first + a) - reference))
    return True


@part
def worth_to_viewer(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int, s: int) -> None:
    """The value of slot s, of somebody who does not move, into a row of values, from what she sees of the splits."""
    m, most, w = plan.points[point, MOVERS], plan.most_types, desk.w
    pair, base = plan.points[point + 1, MOVERS] - m == 2, spread(float(stays(plan, point, node)))
    step, across = plan.informed[plan.movers[m, INFORMED], STEP], 0
    others = 1
    if pair:
        others, across = plan.movers[m + 1, CHOICES], plan.informed[plan.movers[m + 1, INFORMED], STEP]
    total = spread(0.0)
    for a in range(plan.movers[m, CHOICES]):
        own = desk.weight + (plan.movers[m, SPLIT] + 2 * a + 1) * most
        likely, high = load(w, own), load(w, own + 1)
        there = base + load(w, desk.target + plan.movers[m, SPLIT] + 2 * a)
        for b in range(others):
            seen, up, after = spread(1.0), spread(0.0), there
            if pair:
                other = plan.movers[m + 1, SPLIT] + 2 * b
                seen, up = load(w, desk.weight + (other + 1) * most), load(w, desk.weight + (other + 1) * most + 1)
                after = there + load(w, desk.target + other)
            joint = a * others + b
            source = desk.pick[joint, 0]
            total = fma(likely * seen, load2(desk.values, plan.const + joint, s), total)
            if desk.pick[joint, 1] == 1:
                low = (seen - up) * gather(desk.values, source, s, after)
                above = (seen - up) * gather(desk.values, source + step, s, after)
                if pair:
                    low = fma(up, gather(desk.values, source + across, s, after), low)
                    above = fma(up, gather(desk.values, source + step + across, s, after), above)
                total = fma(likely - high, low, fma(high, above, total))
            else:
                total = fma(likely * seen, load2(desk.values, source, s), total)
    store2(desk.values, row, s, total)


@part
def finish_wide(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int) -> bool:
    """Everybody's values if all play `sigma`, into a row of values. False where an option is too rare."""
    m0, m1, w = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], desk.w
    if any_less(rarest_of(plan, point, node, desk), spread(TINY)):
        return False
    for m in range(m0, m1):
        choices = plan.movers[m, CHOICES]
        for k in range(2):
            first, value = plan.movers[m, UNKNOWN] + k * choices, spread(0.0)
            for a in range(choices):
                value = fma(load(w, desk.sigma + first + a), load(w, desk.q + first + a), value)
            store2(desk.values, row, plan.movers[m, SLOT] + k, value)
    for v in range(plan.players):
        if v != plan.movers[m0, PLAYER] and v != plan.movers[m1 - 1, PLAYER]:
            for m in range(m0, m1):
                watch_splits(plan, desk, m, node, v)
            for s in range(plan.first_slot[v], plan.first_slot[v + 1]):
                worth_to_viewer(plan, point, node, desk, row, s)
    return True
