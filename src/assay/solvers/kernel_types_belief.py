"""Beliefs about private types: the grid, what each observer believes at a node, and where a move takes beliefs.

A posterior between two nodes is split between them as an honest public signal would (Aumann and Maschler, 1995): each
type has its own probability of going up, so that Bayes' rule holds exactly at both nodes for every observer.
"""

from __future__ import annotations

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    exp,
    fma,
    larger,
    load,
    smaller,
    spread,
    store,
    where_less,
)
from assay.solvers.kernel_types_plan import (
    BELIEF,
    CHOICES,
    DIGITS,
    GRID,
    INFORMED,
    KINDS,
    NODES,
    OFFSETS,
    OPTIONS,
    PLAY,
    REFERENCE,
    ROW,
    SIZE,
    SPLIT,
    STRIDE,
    TYPES,
    UNKNOWN,
    WAYS,
    TypesDesk,
    TypesPlan,
)

SURE = 1e-9
"""A reference observer is never surer than this at the start: the grid would have no width."""
TINY = 1e-250
"""Below this probabilities are compared through their logarithms."""


@part
def lay_grid(plan: TypesPlan, prior: Floats, grid: Floats) -> None:
    """Nodes of every coordinate of every informed actor; `prior` is (I, 1 + players, types, LANES)."""
    one = spread(1.0)
    for i in range(plan.informed.shape[0]):
        kinds, nodes = plan.informed[i, KINDS], plan.informed[i, NODES]
        own = prior[i, plan.informed[i, REFERENCE]]
        for c in range(kinds - 1):
            row = plan.informed[i, GRID] + c * nodes
            centre = prior_of(own, kinds, c)
            odds = centre / (one - centre)
            store(grid, row, spread(0.0))
            store(grid, row + nodes - 1, one)
            for m in range(1, nodes - 1):
                there = odds * spread(plan.offsets[plan.informed[i, OFFSETS] + m - 1])
                store(grid, row + m, there / (one + there))


@part
def prior_of(own: Floats, kinds: int, c: int) -> Lanes:
    """Probability that the type is later than c, given that it is c or later; kept off certainty."""
    later = spread(0.0)
    for k in range(c + 1, kinds):
        later = later + load(own, k)
    tail = later + load(own, c)
    there = where_less(spread(0.0), tail, later / tail, spread(0.5))
    return smaller(larger(there, spread(SURE)), spread(1.0 - SURE))


@part
def lay_beliefs(plan: TypesPlan, prior: Floats, grid: Floats, belief: Floats) -> None:
    """What every observer believes at every node; viewer number `players` is the reference."""
    for i in range(plan.informed.shape[0]):
        kinds, size = plan.informed[i, KINDS], plan.informed[i, SIZE]
        middle = (size - 1) // 2
        for m in range(size):
            row = belief_row(plan, i, plan.players, m)
            for k in range(kinds):
                store(belief, row + k, at_node(plan, grid, i, m, k))
        centre = belief_row(plan, i, plan.players, middle)
        for v in range(plan.players):
            for m in range(size):
                row, reference = belief_row(plan, i, v, m), belief_row(plan, i, plan.players, m)
                total = spread(0.0)
                for k in range(kinds):
                    ratio = load(prior[i, 1 + v], k) / load(belief, centre + k)
                    there = load(belief, reference + k) * ratio
                    store(belief, row + k, there)
                    total = total + there
                for k in range(kinds):
                    store(
                        belief,
                        row + k,
                        where_less(spread(0.0), total, load(belief, row + k) / total, load(belief, reference + k)),
                    )


@part
def belief_row(plan: TypesPlan, i: int, viewer: int, m: int) -> int:
    """First row of a viewer's belief about informed actor i at node m about her."""
    return int(plan.informed[i, BELIEF] + (viewer * plan.informed[i, SIZE] + m) * plan.informed[i, KINDS])


@part
def at_node(plan: TypesPlan, grid: Floats, i: int, m: int, k: int) -> Lanes:
    """The reference's probability of type k at node m."""
    there, nodes = spread(1.0), plan.informed[i, NODES]
    for c in range(min(k + 1, plan.informed[i, KINDS] - 1)):
        v = load(grid, plan.informed[i, GRID] + c * nodes + plan.digits[plan.informed[i, DIGITS] + m, c])
        there = there * (spread(1.0) - v if c == k else v)
    return there


@part
def masses(plan: TypesPlan, desk: TypesDesk, m: int, at: int, a: int) -> None:
    """Belief times probability of option a by type, into `desk.mass`, up to a factor; `at` is the belief's row."""
    kinds, choices = plan.movers[m, TYPES], plan.movers[m, CHOICES]
    first = plan.movers[m, UNKNOWN] + a
    total = spread(0.0)
    for k in range(kinds):
        there = load(desk.belief, at + k) * load(desk.sigma, first + k * choices)
        store(desk.mass, k, there)
        total = total + there
    if any_less(total, spread(TINY)):
        rare_masses(plan, desk, m, at, a)


@part
def rare_masses(plan: TypesPlan, desk: TypesDesk, m: int, at: int, a: int) -> None:
    """The same where the option is too rare for that, and the belief itself where nobody can take it."""
    kinds, choices, zero = plan.movers[m, TYPES], plan.movers[m, CHOICES], spread(0.0)
    first, top, total = plan.movers[m, UNKNOWN] + a, spread(-1e300), spread(0.0)
    option = plan.movers[m, OPTIONS] + a
    for k in range(kinds):
        w = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
        possible = where_less(
            zero, w * load(desk.belief, at + k), load(desk.shift, first + k * choices), spread(-1e300)
        )
        top = larger(possible, top)
    for k in range(kinds):
        w = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
        rel = exp(smaller(load(desk.shift, first + k * choices) - top, zero)) * w
        there = load(desk.belief, at + k) * rel / load(desk.total, plan.movers[m, PLAY] + k)
        store(desk.mass, k, there)
        total = total + there
    for k in range(kinds):
        store(desk.mass, k, where_less(zero, total, load(desk.mass, k), load(desk.belief, at + k)))


@part
def stay(plan: TypesPlan, desk: TypesDesk, m: int, about: int, a: int) -> None:
    """Option a leaves beliefs about mover m where they are."""
    way, ways, kinds = plan.movers[m, SPLIT] + a * plan.movers[m, WAYS], plan.movers[m, WAYS], plan.movers[m, TYPES]
    for z in range(ways):
        store(desk.target, way + z, spread(about))
        for k in range(kinds):
            store(desk.weight, (way + z) * plan.most_types + k, spread(1.0 if z == 0 else 0.0))


@part
def split(plan: TypesPlan, desk: TypesDesk, m: int, about: int, a: int) -> None:
    """Where option a takes beliefs about mover m from node `about`: ways, and their probability by own type."""
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    nodes = plan.informed[i, NODES]
    masses(plan, desk, m, belief_row(plan, i, plan.players, about), a)
    way, most = plan.movers[m, SPLIT] + a * ways, plan.most_types
    for z in range(ways):
        store(desk.target, way + z, spread(0.0))
        for k in range(kinds):
            store(desk.weight, (way + z) * most + k, spread(1.0))
    for c in range(kinds - 1):
        row = plan.informed[i, GRID] + c * nodes
        own = load(desk.grid, row + plan.digits[plan.informed[i, DIGITS] + about, c])
        split_coordinate(desk, row, nodes, c, kinds, own, way, ways, most)


@part
def split_coordinate(
    desk: TypesDesk, row: int, nodes: int, c: int, kinds: int, own: Lanes, way: int, ways: int, most: int
) -> None:
    """One coordinate: up or down, for every way; bit kinds-2-c of a way's number says up."""
    zero, one, later = spread(0.0), spread(1.0), spread(0.0)
    for k in range(c + 1, kinds):
        later = later + load(desk.mass, k)
    tail = later + load(desk.mass, c)
    there = where_less(zero, tail, later / tail, own)
    rest = where_less(zero, tail, load(desk.mass, c) / tail, one - own)
    low, high, count = load(desk.grid, row), load(desk.grid, row + 1), zero
    for n in range(1, nodes - 1):
        edge, above = load(desk.grid, row + n), load(desk.grid, row + n + 1)
        low, high = where_less(there, edge, low, edge), where_less(there, edge, high, above)
        count = where_less(there, edge, count, count + one)
    w = (there - low) / (high - low)
    up_later = where_less(zero, there, w * high / there, w)
    up_own = where_less(zero, rest, w * (one - high) / rest, w)
    bit, factor = 1 << (kinds - 2 - c), spread(float(nodes))
    for z in range(ways):
        up = (z & bit) != 0
        at = load(desk.target, way + z) * factor + (count + one if up else count)
        store(desk.target, way + z, at)
        for k in range(kinds):
            p = w if k < c else (up_own if k == c else up_later)
            r = (way + z) * most + k
            store(desk.weight, r, load(desk.weight, r) * (p if up else one - p))


@part
def seen_by(plan: TypesPlan, desk: TypesDesk, m: int, about: int, viewer: int) -> None:
    """How likely options and ways of an informed mover are as a viewer sees it, into `desk.seen` and `desk.play`."""
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    choices, first = plan.movers[m, CHOICES], plan.movers[m, UNKNOWN]
    at, most = belief_row(plan, i, viewer, about), plan.most_types
    for a in range(choices):
        for z in range(ways):
            way, total = plan.movers[m, SPLIT] + a * ways + z, spread(0.0)
            for k in range(kinds):
                likely = load(desk.belief, at + k) * load(desk.sigma, first + k * choices + a)
                total = fma(likely, load(desk.weight, way * most + k), total)
            store(desk.seen, way * plan.players + viewer, total)
        total = spread(0.0)
        for k in range(kinds):
            total = fma(load(desk.belief, at + k), load(desk.sigma, first + k * choices + a), total)
        store(desk.play, (plan.movers[m, PLAY] + a) * plan.players + viewer, total)
