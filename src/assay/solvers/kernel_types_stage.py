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
    TypesDesk,
    TypesPlan,
)


@part
def mix(plan: TypesPlan, point: int, desk: TypesDesk, y: Floats, sigma: Floats, keep: bool) -> None:
    """Probabilities of every option from y, into `sigma`; `keep` what rare options need."""
    zero = spread(0.0)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices, option = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
        for k in range(plan.movers[m, TYPES]):
            first, top = plan.movers[m, UNKNOWN] + k * choices, spread(-np.inf)
            for a in range(choices):
                w = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
                top = larger(where_less(zero, w, load(y, first + a), top), top)
            total = zero
            for a in range(choices):
                w = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
                less = where_less(zero, w, load(y, first + a) - top, zero)
                share = w * exp(less)
                if keep:
                    store(desk.shift, first + a, less)
                store(sigma, first + a, share)
                total = total + share
            if keep:
                store(desk.total, plan.movers[m, PLAY] + k, total)
            over = spread(1.0) / total
            for a in range(choices):
                store(sigma, first + a, load(sigma, first + a) * over)


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
def watch(plan: TypesPlan, desk: TypesDesk, m: int, node: int, viewer: int) -> None:
    """How a viewer sees mover m's play."""
    i = plan.movers[m, INFORMED]
    if i >= 0:
        seen_by(plan, desk, m, plan.node[node, i], viewer)
    else:
        for a in range(plan.movers[m, CHOICES]):
            likely = load(desk.sigma, plan.movers[m, UNKNOWN] + a)
            store(desk.play, (plan.movers[m, PLAY] + a) * plan.players + viewer, likely)
            store(desk.seen, (plan.movers[m, SPLIT] + a) * plan.players + viewer, likely)


@part
def combinations(plan: TypesPlan, m0: int, m1: int, spreads: bool) -> int:
    """Ways that beliefs can go after a joint move; one where what follows does not depend on them."""
    count = 1
    if spreads:
        for m in range(m0, m1):
            count *= plan.movers[m, WAYS]
    return count


@part
def way_of(plan: TypesPlan, m0: int, m: int, c: int) -> int:
    """The way of mover m's beliefs in combination c."""
    for n in range(m0, m):
        c //= plan.movers[n, WAYS]
    return int(c % plan.movers[m, WAYS])


@part
def place_after(plan: TypesPlan, desk: TypesDesk, j: int, m0: int, m1: int, node: int, c: int) -> Lanes:
    """The belief node of the game after joint move j and combination c of ways."""
    base, moved = node, spread(0.0)
    for m in range(m0, m1):
        i = plan.movers[m, INFORMED]
        if i >= 0:
            step = plan.informed[i, STEP]
            base -= plan.node[node, i] * step
            a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
            way = plan.movers[m, SPLIT] + a * plan.movers[m, WAYS] + way_of(plan, m0, m, c)
            moved = fma(spread(float(step)), load(desk.target, way), moved)
    return moved + spread(float(base))


@part
def others_play(
    plan: TypesPlan, desk: TypesDesk, j: int, m0: int, m1: int, c: int, spreads: bool, without: int, viewer: int
) -> Lanes:
    """How likely a viewer takes joint move j and combination c to be, mover `without` left out."""
    likely = spread(1.0)
    for m in range(m0, m1):
        if m != without:
            a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
            if spreads:
                way = plan.movers[m, SPLIT] + a * plan.movers[m, WAYS] + way_of(plan, m0, m, c)
                likely = likely * load(desk.seen, way * plan.players + viewer)
            else:
                likely = likely * load(desk.play, (plan.movers[m, PLAY] + a) * plan.players + viewer)
    return likely


@part
def expect(plan: TypesPlan, point: int, node: int, desk: TypesDesk) -> None:
    """The options' expected payoffs to each type of their movers, into `desk.q`."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    j0, zero = plan.points[point, JOINTS], spread(0.0)
    for m in range(m0, m1):
        for u in range(plan.movers[m, TYPES] * plan.movers[m, CHOICES]):
            store(desk.q, plan.movers[m, UNKNOWN] + u, zero)
    for j in range(j0, plan.points[point + 1, JOINTS]):
        row, spreads = desk.pick[j - j0, 0], desk.pick[j - j0, 1] == 1
        for c in range(combinations(plan, m0, m1, spreads)):
            after = place_after(plan, desk, j, m0, m1, node, c)
            for m in range(m0, m1):
                a = plan.joints[j, OPTION + m - m0] - plan.movers[m, OPTIONS]
                others = others_play(plan, desk, j, m0, m1, c, spreads, m, plan.movers[m, PLAYER])
                slot, informed = plan.movers[m, SLOT], plan.movers[m, INFORMED] >= 0
                way = plan.movers[m, SPLIT] + a * plan.movers[m, WAYS] + way_of(plan, m0, m, c)
                for k in range(plan.movers[m, TYPES]):
                    u = plan.movers[m, UNKNOWN] + k * plan.movers[m, CHOICES] + a
                    if spreads:
                        worth = gather(desk.values, row, slot + k, after)
                        likely = others * load(desk.weight, way * plan.most_types + k) if informed else others
                    else:
                        worth, likely = load2(desk.values, row, slot + k), others
                    worth = worth + load2(desk.const, j - j0, slot + k)
                    store(desk.q, u, fma(likely, worth, load(desk.q, u)))


@part
def respond(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, scale: Lanes, desk: TypesDesk
) -> None:
    """G(y), into `desk.g`, precisions multiplied by `scale`; `desk.sigma` and `desk.q` are left as they are at y."""
    mix(plan, point, desk, desk.y, desk.sigma, True)
    move_beliefs(plan, point, node, learning, desk)
    expect(plan, point, node, desk)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        sharp, choices = load(precision, plan.movers[m, PLAYER]) * scale, plan.movers[m, CHOICES]
        for k in range(plan.movers[m, TYPES]):
            first = plan.movers[m, UNKNOWN] + k * choices
            reference = load(desk.q, first)
            for a in range(choices):
                store(desk.g, first + a, sharp * (load(desk.q, first + a) - reference))


@part
def near(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """An upper bound of the residual that takes no exponentials: half of the largest |g - y|; options without a base
    weight count, which can only make it larger.
    """
    worst = spread(0.0)
    for u in range(plan.points[point, LINES]):
        apart = magnitude(load(desk.g, u) - load(desk.y, u))
        worst = larger(where_less(apart, spread(1e300), apart, spread(1e300)), worst)
    return spread(0.5) * worst


@part
def residual_lanes(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) over options with a base weight; large where not a number."""
    mix(plan, point, desk, desk.g, desk.other, False)
    zero, one, worst = spread(0.0), spread(1.0), spread(0.0)
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices, option = plan.movers[m, CHOICES], plan.movers[m, OPTIONS]
        for k in range(plan.movers[m, TYPES]):
            for a in range(choices):
                u = plan.movers[m, UNKNOWN] + k * choices + a
                w = load(desk.now, plan.weights[option + a, ROW] + k * plan.weights[option + a, STRIDE])
                gap = magnitude(load(desk.other, u) - load(desk.sigma, u))
                apart = smaller(magnitude(load(desk.g, u) - load(desk.y, u)), one) * spread(0.01)
                gap = larger(where_less(zero, w, apart, zero), gap)
                worst = larger(where_less(gap, spread(2.0), gap, spread(2.0)), worst)
    return worst


@part
def worth_at(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int) -> None:
    """Everybody's value of the stage at the node, into `desk.values[row]`, if all play `desk.sigma`."""
    m0, m1 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS]
    for v in range(plan.players):
        mover = mover_of(plan, m0, m1, v)
        if mover >= 0:
            choices = plan.movers[mover, CHOICES]
            for k in range(plan.movers[mover, TYPES]):
                first, value = plan.movers[mover, UNKNOWN] + k * choices, spread(0.0)
                for a in range(choices):
                    value = fma(load(desk.sigma, first + a), load(desk.q, first + a), value)
                store2(desk.values, row, plan.first_slot[v] + k, value)
        else:
            for m in range(m0, m1):
                watch(plan, desk, m, node, v)
            worth_to(plan, point, node, desk, row, v)


@part
def mover_of(plan: TypesPlan, m0: int, m1: int, player: int) -> int:
    """The mover entry of a player at a stage, or -1."""
    for m in range(m0, m1):
        if plan.movers[m, PLAYER] == player:
            return m
    return -1


@part
def worth_to(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int, viewer: int) -> None:
    """Values of a player who does not move."""
    m0, m1, j0 = plan.points[point, MOVERS], plan.points[point + 1, MOVERS], plan.points[point, JOINTS]
    s0, s1 = plan.first_slot[viewer], plan.first_slot[viewer + 1]
    for s in range(s0, s1):
        store2(desk.values, row, s, spread(0.0))
    for j in range(j0, plan.points[point + 1, JOINTS]):
        source, spreads = desk.pick[j - j0, 0], desk.pick[j - j0, 1] == 1
        for c in range(combinations(plan, m0, m1, spreads)):
            likely = others_play(plan, desk, j, m0, m1, c, spreads, -1, viewer)
            after = place_after(plan, desk, j, m0, m1, node, c)
            for s in range(s0, s1):
                ahead = gather(desk.values, source, s, after) if spreads else load2(desk.values, source, s)
                ahead = ahead + load2(desk.const, j - j0, s)
                store2(desk.values, row, s, fma(likely, ahead, load2(desk.values, row, s)))
