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
def lay_grid(plan: TypesPlan, prior: Floats, w: Floats, grid: int) -> None:
    """Nodes of every coordinate of every informed actor; `prior` is (I, 1 + players, types, LANES)."""
    one = spread(1.0)
    for i in range(plan.informed.shape[0]):
        kinds, nodes = plan.informed[i, KINDS], plan.informed[i, NODES]
        own = prior[i, plan.informed[i, REFERENCE]]
        for c in range(kinds - 1):
            row = plan.informed[i, GRID] + c * nodes
            centre = prior_of(own, kinds, c)
            odds = centre / (one - centre)
            store(w, grid + row, spread(0.0))
            store(w, grid + row + nodes - 1, one)
            for m in range(1, nodes - 1):
                there = odds * spread(plan.offsets[plan.informed[i, OFFSETS] + m - 1])
                store(w, grid + row + m, there / (one + there))


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
def lay_beliefs(plan: TypesPlan, prior: Floats, w: Floats, grid: int, belief: int) -> None:
    """What every observer believes at every node; viewer number `players` is the reference."""
    for i in range(plan.informed.shape[0]):
        kinds, size = plan.informed[i, KINDS], plan.informed[i, SIZE]
        middle = (size - 1) // 2
        for m in range(size):
            row = belief_row(plan, i, plan.players, m)
            for k in range(kinds):
                store(w, belief + row + k, at_node(plan, w, grid, i, m, k))
        centre = belief_row(plan, i, plan.players, middle)
        for v in range(plan.players):
            for m in range(size):
                row, reference = belief_row(plan, i, v, m), belief_row(plan, i, plan.players, m)
                total = spread(0.0)
                for k in range(kinds):
                    ratio = load(prior[i, 1 + v], k) / load(w, belief + centre + k)
                    there = load(w, belief + reference + k) * ratio
                    store(w, belief + row + k, there)
                    total = total + there
                for k in range(kinds):
                    store(
                        w,
                        belief + row + k,
                        where_less(
                            spread(0.0), total, load(w, belief + row + k) / total, load(w, belief + reference + k)
                        ),
                    )


@part
def belief_row(plan: TypesPlan, i: int, viewer: int, m: int) -> int:
    """First row of a viewer's belief about informed actor i at node m about her."""
    return int(plan.informed[i, BELIEF] + (viewer * plan.informed[i, SIZE] + m) * plan.informed[i, KINDS])


@part
def at_node(plan: TypesPlan, w: Floats, grid: int, i: int, m: int, k: int) -> Lanes:
    """The reference's probability of type k at node m."""
    there, nodes = spread(1.0), plan.informed[i, NODES]
    for c in range(min(k + 1, plan.informed[i, KINDS] - 1)):
        v = load(w, grid + plan.informed[i, GRID] + c * nodes + plan.digits[plan.informed[i, DIGITS] + m, c])
        there = there * (spread(1.0) - v if c == k else v)
    return there


@part
def masses(plan: TypesPlan, desk: TypesDesk, m: int, at: int, a: int) -> None:
    """Belief times probability of option a by type, into `mass`, up to a factor; `at` is the belief's row in `w`."""
    kinds, choices = plan.movers[m, TYPES], plan.movers[m, CHOICES]
    first = desk.sigma + plan.movers[m, UNKNOWN] + a
    total = spread(0.0)
    for k in range(kinds):
        there = load(desk.w, at + k) * load(desk.w, first + k * choices)
        store(desk.w, desk.mass + k, there)
        total = total + there
    if any_less(total, spread(TINY)):
        rare_masses(plan, desk, m, at, a)


@part
def rare_masses(plan: TypesPlan, desk: TypesDesk, m: int, at: int, a: int) -> None:
    """The same where the option is too rare for that, and the belief itself where nobody can take it."""
    kinds, choices, zero = plan.movers[m, TYPES], plan.movers[m, CHOICES], spread(0.0)
    first, top, total = desk.shift + plan.movers[m, UNKNOWN] + a, spread(-1e300), spread(0.0)
    option = plan.movers[m, OPTIONS] + a
    for k in range(kinds):
        w = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
        possible = where_less(zero, w * load(desk.w, at + k), load(desk.w, first + k * choices), spread(-1e300))
        top = larger(possible, top)
    for k in range(kinds):
        w = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
        rel = exp(smaller(load(desk.w, first + k * choices) - top, zero)) * w
        there = load(desk.w, at + k) * rel / load(desk.w, desk.total + plan.movers[m, PLAY] + k)
        store(desk.w, desk.mass + k, there)
        total = total + there
    for k in range(kinds):
        kept = where_less(zero, total, load(desk.w, desk.mass + k), load(desk.w, at + k))
        store(desk.w, desk.mass + k, kept)


@part
def stay(plan: TypesPlan, desk: TypesDesk, m: int, about: int, a: int) -> None:
    """Option a leaves beliefs about mover m where they are."""
    ways, kinds = plan.movers[m, WAYS], plan.movers[m, TYPES]
    way = plan.movers[m, SPLIT] + a * ways
    for z in range(ways):
        store(desk.w, desk.target + way + z, spread(float(about)))
        for k in range(kinds):
            store(desk.w, desk.weight + (way + z) * plan.most_types + k, spread(1.0 if z == 0 else 0.0))


@part
def split(plan: TypesPlan, desk: TypesDesk, m: int, about: int, a: int) -> None:
    """Where option a takes beliefs about mover m from node `about`: ways, and their probability by own type."""
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    nodes = plan.informed[i, NODES]
    masses(plan, desk, m, desk.belief + belief_row(plan, i, plan.players, about), a)
    way, digits = plan.movers[m, SPLIT] + a * ways, plan.informed[i, DIGITS] + about
    if kinds == 2:
        row = desk.grid + plan.informed[i, GRID]
        split_two(desk, row, nodes, load(desk.w, row + plan.digits[digits, 0]), way, plan.most_types)
        return
    most = plan.most_types
    for z in range(ways):
        store(desk.w, desk.target + way + z, spread(0.0))
        for k in range(kinds):
            store(desk.w, desk.weight + (way + z) * most + k, spread(1.0))
    for c in range(kinds - 1):
        row = desk.grid + plan.informed[i, GRID] + c * nodes
        own = load(desk.w, row + plan.digits[digits, c])
        split_coordinate(desk, row, nodes, c, kinds, own, way, ways, most)


@part
def split_two(desk: TypesDesk, row: int, nodes: int, own: Lanes, way: int, most: int) -> None:
    """The only coordinate of two types: down is way 0, up is way 1."""
    zero, one, w = spread(0.0), spread(1.0), desk.w
    first, second = load(w, desk.mass), load(w, desk.mass + 1)
    tail = first + second
    over = one / tail
    there = where_less(zero, tail, second * over, own)
    rest = where_less(zero, tail, first * over, one - own)
    low, high, count = load(w, row), load(w, row + 1), zero
    for n in range(1, nodes - 1):
        edge, above = load(w, row + n), load(w, row + n + 1)
        low, high = where_less(there, edge, low, edge), where_less(there, edge, high, above)
        count = where_less(there, edge, count, count + one)
    up = (there - low) / (high - low)
    up_second = where_less(zero, there, up * high / there, up)
    up_first = where_less(zero, rest, up * (one - high) / rest, up)
    store(w, desk.target + way, count)
    store(w, desk.target + way + 1, count + one)
    at = desk.weight + way * most
    store(w, at, one - up_first)
    store(w, at + 1, one - up_second)
    store(w, at + most, up_first)
    store(w, at + most + 1, up_second)


@part
def split_coordinate(
    desk: TypesDesk, row: int, nodes: int, c: int, kinds: int, own: Lanes, way: int, ways: int, most: int
) -> None:
    """One coordinate of more: up or down, for every way; bit kinds-2-c of a way's number says up."""
    zero, one, later, w = spread(0.0), spread(1.0), spread(0.0), desk.w
    for k in range(c + 1, kinds):
        later = later + load(w, desk.mass + k)
    tail = later + load(w, desk.mass + c)
    there = where_less(zero, tail, later / tail, own)
    rest = where_less(zero, tail, load(w, desk.mass + c) / tail, one - own)
    low, high, count = load(w, row), load(w, row + 1), zero
    for n in range(1, nodes - 1):
        edge, above = load(w, row + n), load(w, row + n + 1)
        low, high = where_less(there, edge, low, edge), where_less(there, edge, high, above)
        count = where_less(there, edge, count, count + one)
    up = (there - low) / (high - low)
    up_later = where_less(zero, there, up * high / there, up)
    up_own = where_less(zero, rest, up * (one - high) / rest, up)
    bit, factor = 1 << (kinds - 2 - c), spread(float(nodes))
    for z in range(ways):
        goes_up = (z & bit) != 0
        at = load(w, desk.target + way + z) * factor + (count + one if goes_up else count)
        store(w, desk.target + way + z, at)
        for k in range(kinds):
            p = up if k < c else (up_own if k == c else up_later)
            r = desk.weight + (way + z) * most + k
            store(w, r, load(w, r) * (p if goes_up else one - p))


@part
def seen_by(plan: TypesPlan, desk: TypesDesk, m: int, about: int, viewer: int) -> None:
    """How likely options and ways of an informed mover are as a viewer sees it, into `seen`."""
    i, kinds, ways = plan.movers[m, INFORMED], plan.movers[m, TYPES], plan.movers[m, WAYS]
    choices, most, w = plan.movers[m, CHOICES], plan.most_types, desk.w
    at = desk.belief + belief_row(plan, i, viewer, about)
    for a in range(choices):
        first, way, whole = desk.sigma + plan.movers[m, UNKNOWN] + a, plan.movers[m, SPLIT] + a * ways, spread(0.0)
        for z in range(ways):
            total = spread(0.0)
            for k in range(kinds):
                likely = load(w, at + k) * load(w, first + k * choices)
                total = fma(likely, load(w, desk.weight + (way + z) * most + k), total)
            store(w, desk.seen + (way + z) * plan.players + viewer, total)
            whole = whole + total
        store(w, desk.seen + (desk.whole + plan.movers[m, PLAY] + a) * plan.players + viewer, whole)
