"""Responses of the commonest stages, kept in registers: movers of two types with two options, one alone or two at once.

They say what `kernel_types_stage.respond` says, and hand over to it where an option is too rare for its probability.
"""

from __future__ import annotations

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    exp,
    fma,
    gather,
    load,
    load2,
    smaller,
    spread,
    store,
    where_less,
)
from assay.solvers.kernel_types_belief import TINY, belief_row
from assay.solvers.kernel_types_plan import (
    GRID,
    INFORMED,
    MOVERS,
    NODES,
    OPTIONS,
    PLAYER,
    ROW,
    SLOT,
    STEP,
    STRIDE,
    TypesDesk,
    TypesPlan,
)


@part
def two_shares(weight0: Lanes, weight1: Lanes, apart: Lanes) -> tuple[Lanes, Lanes]:
    """Probabilities of two options, the second of which is worth `apart` more."""
    zero, one = spread(0.0), spread(1.0)
    e = exp(smaller(apart, zero - apart))
    first, second = weight0 * where_less(apart, zero, one, e), weight1 * where_less(apart, zero, e, one)
    over = one / (first + second)
    return first * over, second * over


@part
def play_of_type(plan: TypesPlan, desk: TypesDesk, m: int, k: int, u: int) -> tuple[Lanes, Lanes]:
    """Probabilities of the options of type k, whose unknowns begin at u; kept in `sigma`."""
    option = plan.movers[m, OPTIONS]
    weight0 = load(desk.now, plan.weights[option, ROW] + k * plan.weights[option, STRIDE])
    weight1 = load(desk.now, plan.weights[option + 1, ROW] + k * plan.weights[option + 1, STRIDE])
    first, second = two_shares(weight0, weight1, load(desk.w, desk.y + u + 1) - load(desk.w, desk.y + u))
    store(desk.w, desk.sigma + u, first)
    store(desk.w, desk.sigma + u + 1, second)
    return first, second


@part
def go(desk: TypesDesk, grid: int, nodes: int, first: Lanes, second: Lanes) -> tuple[Lanes, Lanes, Lanes]:
    """The lower node that a move takes beliefs to, and the probability of the upper one by type, from what belief and
    play make of the move by type.
    """
    zero, one, w = spread(0.0), spread(1.0), desk.w
    over = one / (first + second)
    there, rest = second * over, first * over
    low, high, count = load(w, grid), load(w, grid + 1), zero
    for n in range(1, nodes - 1):
        edge, above = load(w, grid + n), load(w, grid + n + 1)
        low, high = where_less(there, edge, low, edge), where_less(there, edge, high, above)
        count = where_less(there, edge, count, count + one)
    up = (there - low) / (high - low)
    return count, where_less(zero, rest, up * (one - high) / rest, up), where_less(zero, there, up * high / there, up)


@part
def answer(desk: TypesDesk, u: int, sharp: Lanes, worth0: Lanes, worth1: Lanes) -> None:
    """Keeps what the two options are worth to a type and what follows from it."""
    store(desk.w, desk.q + u, worth0)
    store(desk.w, desk.q + u + 1, worth1)
    store(desk.w, desk.g + u, spread(0.0))
    store(desk.w, desk.g + u + 1, sharp * (worth1 - worth0))


@part
def between(desk: TypesDesk, row: int, slot: int, after: Lanes, step: int, up: Lanes) -> Lanes:
    """A slot's value between two nodes: the upper one with probability `up`."""
    low = gather(desk.values, row, slot, after)
    return fma(up, gather(desk.values, row + step, slot, after) - low, low)


@part
def respond_alone(plan: TypesPlan, precision: Floats, point: int, node: int, scale: Lanes, desk: TypesDesk) -> bool:
    """One mover. False where an option is too rare."""
    m, w = plan.points[point, MOVERS], desk.w
    i = plan.movers[m, INFORMED]
    about, step, slot = plan.node[node, i], plan.informed[i, STEP], plan.movers[m, SLOT]
    grid, nodes = desk.grid + plan.informed[i, GRID], plan.informed[i, NODES]
    at, base = desk.belief + belief_row(plan, i, plan.players, about), spread(float(node - about * step))
    belief0, belief1 = load(w, at), load(w, at + 1)
    s00, s01 = play_of_type(plan, desk, m, 0, 0)
    s10, s11 = play_of_type(plan, desk, m, 1, 2)
    a0, a1, b0, b1 = belief0 * s00, belief0 * s01, belief1 * s10, belief1 * s11
    if any_less(smaller(a0 + b0, a1 + b1), spread(TINY)):
        return False
    worth00 = load2(desk.values, plan.const, slot)
    worth01 = load2(desk.values, plan.const, slot + 1)
    worth10 = load2(desk.values, plan.const + 1, slot)
    worth11 = load2(desk.values, plan.const + 1, slot + 1)
    row = desk.pick[0, 0]
    if desk.pick[0, 1] == 1:
        count, up0, up1 = go(desk, grid, nodes, a0, b0)
        after = fma(spread(float(step)), count, base)
        worth00 = worth00 + between(desk, row, slot, after, step, up0)
        worth01 = worth01 + between(desk, row, slot + 1, after, step, up1)
    else:
        worth00, worth01 = worth00 + load2(desk.values, row, slot), worth01 + load2(desk.values, row, slot + 1)
    row = desk.pick[1, 0]
    if desk.pick[1, 1] == 1:
        count, up0, up1 = go(desk, grid, nodes, a1, b1)
        after = fma(spread(float(step)), count, base)
        worth10 = worth10 + between(desk, row, slot, after, step, up0)
        worth11 = worth11 + between(desk, row, slot + 1, after, step, up1)
    else:
        worth10, worth11 = worth10 + load2(desk.values, row, slot), worth11 + load2(desk.values, row, slot + 1)
    sharp = load(precision, plan.movers[m, PLAYER]) * scale
    answer(desk, 0, sharp, worth00, worth10)
    answer(desk, 2, sharp, worth01, worth11)
    return True


@part
def square(
    desk: TypesDesk, row: int, slot: int, after: Lanes, step0: int, step1: int, up: Lanes, down1: Lanes, up1: Lanes
) -> Lanes:
    """A slot's value over four nodes, `up` the probability of the upper one in the first coordinate; the second's ways
    have the weights `down1` and `up1`, which need not sum to one.
    """
    low = down1 * gather(desk.values, row, slot, after) + up1 * gather(desk.values, row + step1, slot, after)
    high = down1 * gather(desk.values, row + step0, slot, after)
    high = fma(up1, gather(desk.values, row + step0 + step1, slot, after), high)
    return fma(up, high - low, low)


@part
def respond_pair(plan: TypesPlan, precision: Floats, point: int, node: int, scale: Lanes, desk: TypesDesk) -> bool:
    """Two movers at once. False where an option is too rare."""
    m, n, w = plan.points[point, MOVERS], plan.points[point, MOVERS] + 1, desk.w
    i, j = plan.movers[m, INFORMED], plan.movers[n, INFORMED]
    about_i, about_j = plan.node[node, i], plan.node[node, j]
    step_i, step_j = plan.informed[i, STEP], plan.informed[j, STEP]
    grid_i, grid_j = desk.grid + plan.informed[i, GRID], desk.grid + plan.informed[j, GRID]
    slot_m, slot_n = plan.movers[m, SLOT], plan.movers[n, SLOT]
    player_m, player_n = plan.movers[m, PLAYER], plan.movers[n, PLAYER]
    base = spread(float(node - about_i * step_i - about_j * step_j))
    s00, s01 = play_of_type(plan, desk, m, 0, 0)
    s10, s11 = play_of_type(plan, desk, m, 1, 2)
    r00, r01 = play_of_type(plan, desk, n, 0, 4)
    r10, r11 = play_of_type(plan, desk, n, 1, 6)
    at = desk.belief + belief_row(plan, i, plan.players, about_i)
    b0, b1 = load(w, at), load(w, at + 1)
    at = desk.belief + belief_row(plan, j, plan.players, about_j)
    c0, c1 = load(w, at), load(w, at + 1)
    rarest = smaller(fma(b0, s00, b1 * s10), fma(b0, s01, b1 * s11))
    rarest = smaller(rarest, smaller(fma(c0, r00, c1 * r10), fma(c0, r01, c1 * r11)))
    if any_less(rarest, spread(TINY)):
        return False
    m_to0, m_up00, m_up10 = go(desk, grid_i, plan.informed[i, NODES], b0 * s00, b1 * s10)
    m_to1, m_up01, m_up11 = go(desk, grid_i, plan.informed[i, NODES], b0 * s01, b1 * s11)
    n_to0, n_up00, n_up10 = go(desk, grid_j, plan.informed[j, NODES], c0 * r00, c1 * r10)
    n_to1, n_up01, n_up11 = go(desk, grid_j, plan.informed[j, NODES], c0 * r01, c1 * r11)
    at = desk.belief + belief_row(plan, i, player_n, about_i)  # what n believes about m
    b0, b1 = load(w, at), load(w, at + 1)
    at = desk.belief + belief_row(plan, j, player_m, about_j)
    c0, c1 = load(w, at), load(w, at + 1)
    zero = spread(0.0)
    qm00, qm01, qm10, qm11, qn00, qn01, qn10, qn11 = zero, zero, zero, zero, zero, zero, zero, zero
    for a in range(2):
        s0, s1 = (s00, s10) if a == 0 else (s01, s11)
        m_to, up_m0, up_m1 = (m_to0, m_up00, m_up10) if a == 0 else (m_to1, m_up01, m_up11)
        likely_m = fma(b0, s0, b1 * s1)
        m_up = fma(b0 * s0, up_m0, b1 * s1 * up_m1)
        m_down = likely_m - m_up
        for b in range(2):
            r0, r1 = (r00, r10) if b == 0 else (r01, r11)
            n_to, up_n0, up_n1 = (n_to0, n_up00, n_up10) if b == 0 else (n_to1, n_up01, n_up11)
            likely_n = fma(c0, r0, c1 * r1)
            n_up = fma(c0 * r0, up_n0, c1 * r1 * up_n1)
            n_down = likely_n - n_up
            joint = 2 * a + b
            row = desk.pick[joint, 0]
            m0 = likely_n * load2(desk.values, plan.const + joint, slot_m)
            m1 = likely_n * load2(desk.values, plan.const + joint, slot_m + 1)
            n0 = likely_m * load2(desk.values, plan.const + joint, slot_n)
            n1 = likely_m * load2(desk.values, plan.const + joint, slot_n + 1)
            if desk.pick[joint, 1] == 1:
                after = fma(spread(float(step_i)), m_to, fma(spread(float(step_j)), n_to, base))
                m0 = m0 + square(desk, row, slot_m, after, step_i, step_j, up_m0, n_down, n_up)
                m1 = m1 + square(desk, row, slot_m + 1, after, step_i, step_j, up_m1, n_down, n_up)
                n0 = n0 + square(desk, row, slot_n, after, step_j, step_i, up_n0, m_down, m_up)
                n1 = n1 + square(desk, row, slot_n + 1, after, step_j, step_i, up_n1, m_down, m_up)
            else:
                m0 = fma(likely_n, load2(desk.values, row, slot_m), m0)
                m1 = fma(likely_n, load2(desk.values, row, slot_m + 1), m1)
                n0 = fma(likely_m, load2(desk.values, row, slot_n), n0)
                n1 = fma(likely_m, load2(desk.values, row, slot_n + 1), n1)
            if a == 0:
                qm00, qm01 = qm00 + m0, qm01 + m1
            else:
                qm10, qm11 = qm10 + m0, qm11 + m1
            if b == 0:
                qn00, qn01 = qn00 + n0, qn01 + n1
            else:
                qn10, qn11 = qn10 + n0, qn11 + n1
    sharp = load(precision, player_m) * scale
    answer(desk, 0, sharp, qm00, qm10)
    answer(desk, 2, sharp, qm01, qm11)
    sharp = load(precision, player_n) * scale
    answer(desk, 4, sharp, qn00, qn10)
    answer(desk, 6, sharp, qn01, qn11)
    return True
