"""One stage at one belief node: what options are worth to each type of each mover if all play y, and what y should be.

Unknowns are as in `kernel_stage`, for every type of every mover: precision times the expected payoff of an option less
that of the type's first option. Playing them moves beliefs, hence what options lead to (`kernel_types_belief`).
"""

from __future__ import annotations

import numpy as np

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    exp,
    fma,
    gather,
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
from assay.solvers.kernel_plan import OPTION
from assay.solvers.kernel_types_belief import seen_by, split, stay
from assay.solvers.kernel_types_fast import respond_alone, respond_pair
from assay.solvers.kernel_types_plan import (
    CHOICES,
    INFORMED,
    JOINTS,
    LINES,
    MOVERS,
    OPTIONS,
    PLAY,
    PLAYER,
    ROW,
    SLOT,
    SPLIT,
    STEP,
    STRIDE,
    TYPES,
    UNKNOWN,
    WAYS,
    WIDE,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_wide import respond_wide

JOINT, SOURCE, SPREADS, UNKNOWNS = range(4)
"""Columns of `TypesDesk.ways`, one row for each joint move and each way that it can take beliefs: its number at the
point, the row of its values, whether they depend on beliefs; from UNKNOWNS on for each mover her unknown and her way.
The first row holds the number of rows that follow, then which of the short ways serves (`TypesPlan.points`).
"""
SHORT = 1
"""Column of the first row of `TypesDesk.ways`."""


@part
def lay_ways(plan: TypesPlan, point: int, j: int, row: int, spreads: bool, desk: TypesDesk) -> None:
    """Adds the ways of joint move j, whose values begin at `row`, to `desk.ways`."""
    m0, m1, at = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], desk.ways[0, 0]
    many = 1
    if spreads:
        for m in range(m0, m1):
            many *= plan.movers[m, WAYS]
    for c in range(many):
        rest, at = c, at + 1
        desk.ways[at, JOINT], desk.ways[at, SOURCE] = j - plan.points[point, JOINTS], row
        desk.ways[at, SPREADS] = 1 if spreads else 0
        for m in range(m0, m1):
            a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
            way = desk.whole + plan.movers[m, PLAY] + a
            if spreads and plan.movers[m, INFORMED] >= 0:
                way = plan.movers[m, SPLIT] + a * plan.movers[m, WAYS] + rest % plan.movers[m, WAYS]
                rest //= plan.movers[m, WAYS]
            desk.ways[at, UNKNOWNS + 2 * (m - m0)] = plan.movers[m, UNKNOWN] + a
            desk.ways[at, UNKNOWNS + 2 * (m - m0) + 1] = way
    desk.ways[0, 0] = at


@part
def mix(plan: TypesPlan, point: int, desk: TypesDesk, y: int, sigma: int, keep: bool) -> None:
    """Probabilities of every option from the unknowns at `y`, to `sigma`; `keep` what rare options need."""
    zero, one, w = spread(0.0), spread(1.0), desk.w
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices, option = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
        for k in range(plan.movers[m, TYPES]):
            first = plan.movers[m, UNKNOWN] + k * choices
            if choices == 2:
                w0 = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
                w1 = load(desk.now, plan.weights[option + 1, ROW] + k * plan.weights[option + 1, STRIDE])
                if not any_less(smaller(w0, w1), spread(1e-200)):
                    apart = load(w, y + first + 1) - load(w, y + first)
                    less0, less1 = smaller(zero - apart, zero), smaller(apart, zero)
                    e = exp(less0 + less1)
                    e0, e1 = w0 * where_less(apart, zero, one, e), w1 * where_less(apart, zero, e, one)
                    total = e0 + e1
                    over = one / total
                    store(w, sigma + first, e0 * over)
                    store(w, sigma + first + 1, e1 * over)
                    if keep:
                        store(w, desk.shift + first, less0)
                        store(w, desk.shift + first + 1, less1)
                        store(w, desk.total + plan.movers[m, PLAY] + k, total)
                    continue
            mix_many(plan, desk, m, k, y, sigma, keep)


@part
def mix_many(plan: TypesPlan, desk: TypesDesk, m: int, k: int, y: int, sigma: int, keep: bool) -> None:
    """The same for one type with any number of options, some of which may have no base weight."""
    zero, w = spread(0.0), desk.w
    choices, option = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
    first, top, total = plan.movers[m, UNKNOWN] + k * choices, spread(-np.inf), zero
    for a in range(choices):
        weight = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
        top = larger(where_less(zero, weight, load(w, y + first + a), top), top)
    for a in range(choices):
        weight = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
        less = where_less(zero, weight, load(w, y + first + a) - top, zero)
        share = weight * exp(less)
        if keep:
            store(w, desk.shift + first + a, less)
        store(w, sigma + first + a, share)
        total = total + share
    if keep:
        store(w, desk.total + plan.movers[m, PLAY] + k, total)
    over = spread(1.0) / total
    for a in range(choices):
        store(w, sigma + first + a, load(w, sigma + first + a) * over)


@part
def watch(plan: TypesPlan, desk: TypesDesk, m: int, node: int, viewer: int) -> None:
    """How a viewer sees mover m's play."""
    i = plan.movers[m, INFORMED]
    if i >= 0:
        seen_by(plan, desk, m, plan.node[node, i], viewer)
    else:
        for a in range(plan.movers[m, CHOICES]):
            likely = load(desk.w, desk.sigma + plan.movers[m, UNKNOWN] + a)
            store(desk.w, desk.seen + (desk.whole + plan.movers[m, PLAY] + a) * plan.players + viewer, likely)


@part
def place_after(plan: TypesPlan, desk: TypesDesk, m0: int, m1: int, c: int, base: int) -> Lanes:
    """The belief node of the game that way c leads to, from the part that does not move."""
    moved = spread(float(base))
    for m in range(m0, m1):
        i = plan.movers[m, INFORMED]
        if i >= 0:
            target = load(desk.w, desk.target + desk.ways[c, UNKNOWNS + 2 * (m - m0) + 1])
            moved = fma(spread(float(plan.informed[i, STEP])), target, moved)
    return moved


@part
def others_play(plan: TypesPlan, desk: TypesDesk, m0: int, m1: int, c: int, without: int, viewer: int) -> Lanes:
    """How likely a viewer takes way c to be, mover `without` left out."""
    likely = spread(1.0)
    for m in range(m0, m1):
        if m != without:
            way = desk.ways[c, UNKNOWNS + 2 * (m - m0) + 1]
            likely = likely * load(desk.w, desk.seen + way * plan.players + viewer)
    return likely


@part
def still(plan: TypesPlan, m0: int, m1: int, node: int) -> int:
    """The part of a belief node that the movers of a stage cannot move."""
    base = node
    for m in range(m0, m1):
        i = plan.movers[m, INFORMED]
        if i >= 0:
            base -= plan.node[node, i] * plan.informed[i, STEP]
    return base


@part
def expect(plan: TypesPlan, point: int, node: int, desk: TypesDesk) -> None:
    """The options' expected payoffs to each type of their movers, into `q`."""
    m0, m1, w = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], desk.w
    for u in range(plan.points[point, LINES]):
        store(w, desk.q + u, spread(0.0))
    base = still(plan, m0, m1, node)
    for c in range(1, desk.ways[0, 0] + 1):
        row, const, spreads = desk.ways[c, SOURCE], plan.const + desk.ways[c, JOINT], desk.ways[c, SPREADS] == 1
        after = place_after(plan, desk, m0, m1, c, base) if spreads else spread(0.0)
        for m in range(m0, m1):
            others = others_play(plan, desk, m0, m1, c, m, plan.movers[m, PLAYER])
            slot, choices = plan.movers[m, SLOT], plan.movers[m, CHOICES]
            u = desk.q + desk.ways[c, UNKNOWNS + 2 * (m - m0)]
            weight = desk.weight + desk.ways[c, UNKNOWNS + 2 * (m - m0) + 1] * plan.most_types
            for k in range(plan.movers[m, TYPES]):
                worth = gather(desk.values, row, slot + k, after) if spreads else load2(desk.values, row, slot + k)
                worth = worth + load2(desk.values, const, slot + k)
                likely = others * load(w, weight + k)
                store(w, u + k * choices, fma(likely, worth, load(w, u + k * choices)))


@part
def respond(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, scale: Lanes, desk: TypesDesk
) -> None:
    """G(y), to `g`, precisions multiplied by `scale`; `sigma` and `q` are left as they are at y."""
    if desk.ways[0, SHORT] == 2 and respond_pair(plan, precision, point, node, scale, desk):
        return
    if desk.ways[0, SHORT] == 1 and respond_alone(plan, precision, point, node, scale, desk):
        return
    mix(plan, point, desk, desk.y, desk.sigma, True)
    if desk.ways[0, SHORT] == WIDE and respond_wide(plan, precision, point, node, scale, desk):
        return
    move_beliefs(plan, point, node, learning, desk)
    expect(plan, point, node, desk)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        sharp, choices = load(precision, plan.movers[m, PLAYER]) * scale, plan.movers[m, CHOICES]
        for k in range(plan.movers[m, TYPES]):
            first = plan.movers[m, UNKNOWN] + k * choices
            reference = load(desk.w, desk.q + first)
            for a in range(choices):
                store(desk.w, desk.g + first + a, sharp * (load(desk.w, desk.q + first + a) - reference))


@part
def move_beliefs(plan: TypesPlan, point: int, node: int, learning: bool, desk: TypesDesk) -> None:
    """Where the options that are played take beliefs, and how movers see each other's play."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    for m in range(m0, m1):
        i = plan.movers[m, INFORMED]
        if i >= 0:
            about = plan.node[node, i]
            for a in range(plan.movers[m, CHOICES]):
                if learning:
                    split(plan, desk, m, about, a)
                else:
                    stay(plan, desk, m, about, a)
        for n in range(m0, m1):
            if n != m:
                watch(plan, desk, m, node, plan.movers[n, PLAYER])


@part
def near(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """An upper bound of the residual that takes no exponentials: half of the largest |g - y|; options without a base
    weight count, which can only make it larger.
    """
    worst = spread(0.0)
    for u in range(plan.points[point, LINES]):
        apart = magnitude(load(desk.w, desk.g + u) - load(desk.w, desk.y + u))
        worst = larger(where_less(apart, spread(1e300), apart, spread(1e300)), worst)
    return spread(0.5) * worst


@part
def residual_lanes(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) over options with a base weight; large where not a number."""
    mix(plan, point, desk, desk.g, desk.other, False)
    zero, one, worst, w = spread(0.0), spread(1.0), spread(0.0), desk.w
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices, option = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
        for k in range(plan.movers[m, TYPES]):
            for a in range(choices):
                u = plan.movers[m, UNKNOWN] + k * choices + a
                weight = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
                gap = magnitude(load(w, desk.other + u) - load(w, desk.sigma + u))
                apart = smaller(magnitude(load(w, desk.g + u) - load(w, desk.y + u)), one) * spread(0.01)
                gap = larger(where_less(zero, weight, apart, zero), gap)
                worst = larger(where_less(gap, spread(2.0), gap, spread(2.0)), worst)
    return worst


@part
def worth_at(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int) -> None:
    """Everybody's value of the stage at the node, into a row of values, if all play `sigma`."""
    m0, m1, w = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], desk.w
    for v in range(plan.players):
        mover = -1
        for m in range(m0, m1):
            if plan.movers[m, PLAYER] == v:
                mover = m
        if mover >= 0:
            choices = plan.movers[mover, CHOICES]
            for k in range(plan.movers[mover, TYPES]):
                first, value = plan.movers[mover, UNKNOWN] + k * choices, spread(0.0)
                for a in range(choices):
                    value = fma(load(w, desk.sigma + first + a), load(w, desk.q + first + a), value)
                store2(desk.values, row, plan.first_slot[v] + k, value)
        else:
            for m in range(m0, m1):
                watch(plan, desk, m, node, v)
            worth_to(plan, point, node, desk, row, v)


@part
def worth_to(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int, viewer: int) -> None:
    """Values of a player who does not move."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    s0, s1 = plan.first_slot[viewer], plan.first_slot[viewer + 1]
    for s in range(s0, s1):
        store2(desk.values, row, s, spread(0.0))
    base = still(plan, m0, m1, node)
    for c in range(1, desk.ways[0, 0] + 1):
        source, const, spreads = desk.ways[c, SOURCE], plan.const + desk.ways[c, JOINT], desk.ways[c, SPREADS] == 1
        likely = others_play(plan, desk, m0, m1, c, -1, viewer)
        after = place_after(plan, desk, m0, m1, c, base) if spreads else spread(0.0)
        for s in range(s0, s1):
            there = gather(desk.values, source, s, after) if spreads else load2(desk.values, source, s)
            there = there + load2(desk.values, const, s)
            store2(desk.values, row, s, fma(likely, there, load2(desk.values, row, s)))
