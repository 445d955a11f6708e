"""What the commonest stages are worth once play is found, kept in registers: movers of two types with two options.

They say what `kernel_types_stage.worth_at` says, and hand over to it where an option is too rare for its probability.
"""

from __future__ import annotations

from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import Lanes, any_less, fma, gather, load, load2, smaller, spread, store2
from assay.solvers.kernel_types_belief import TINY, belief_row
from assay.solvers.kernel_types_fast import go
from assay.solvers.kernel_types_plan import GRID, INFORMED, MOVERS, NODES, PLAYER, SLOT, STEP, TypesDesk, TypesPlan


@part
def mover_worth(plan: TypesPlan, desk: TypesDesk, m: int, u: int, row: int) -> None:
    """Values of a mover's two types, whose unknowns begin at u, from what the options are worth to them."""
    w, sigma, q = desk.w, desk.sigma + u, desk.q + u
    worth = fma(load(w, sigma), load(w, q), load(w, sigma + 1) * load(w, q + 1))
    store2(desk.values, row, plan.movers[m, SLOT], worth)
    worth = fma(load(w, sigma + 2), load(w, q + 2), load(w, sigma + 3) * load(w, q + 3))
    store2(desk.values, row, plan.movers[m, SLOT] + 1, worth)


@part
def move_of(
    plan: TypesPlan, desk: TypesDesk, i: int, about: int, u: int
) -> tuple[Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes]:
    """Where an option takes beliefs: its probability by type, the lower node, the upper one's probability by type, and
    how likely the least likely observer's reference takes the option to be. Unknown u is the first type's option.
    """
    grid, nodes = desk.grid + plan.informed[i, GRID], plan.informed[i, NODES]
    at = desk.belief + belief_row(plan, i, plan.players, about)
    s0, s1 = load(desk.w, desk.sigma + u), load(desk.w, desk.sigma + u + 2)
    a, b = load(desk.w, at) * s0, load(desk.w, at + 1) * s1
    count, up0, up1 = go(desk, grid, nodes, a, b)
    return s0, s1, count, up0, up1, a + b, spread(float(plan.informed[i, STEP]))


@part
def as_seen(
    plan: TypesPlan, desk: TypesDesk, i: int, viewer: int, about: int, s0: Lanes, s1: Lanes, up0: Lanes, up1: Lanes
) -> tuple[Lanes, Lanes]:
    """How likely a viewer takes an option to be, and the option with the upper node."""
    at = desk.belief + belief_row(plan, i, viewer, about)
    first, second = load(desk.w, at) * s0, load(desk.w, at + 1) * s1
    return first + second, fma(first, up0, second * up1)


@part
def finish_alone(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int) -> bool:
    """One mover. False where an option is too rare."""
    m = plan.points[point, MOVERS]
    i, mover = plan.movers[m, INFORMED], plan.movers[m, PLAYER]
    about, step = plan.node[node, i], plan.informed[i, STEP]
    base = spread(float(node - about * step))
    s00, s10, to0, up00, up10, likely0, by = move_of(plan, desk, i, about, 0)
    s01, s11, to1, up01, up11, likely1, by = move_of(plan, desk, i, about, 1)
    if any_less(smaller(likely0, likely1), spread(TINY)):
        return False
    mover_worth(plan, desk, m, 0, row)
    for v in range(plan.players):
        if v != mover:
            p0, high0 = as_seen(plan, desk, i, v, about, s00, s10, up00, up10)
            p1, high1 = as_seen(plan, desk, i, v, about, s01, s11, up01, up11)
            for s in range(plan.first_slot[v], plan.first_slot[v + 1]):
                total = fma(p0, load2(desk.values, plan.const, s), p1 * load2(desk.values, plan.const + 1, s))
                source = desk.pick[0, 0]
                if desk.pick[0, 1] == 1:
                    after = fma(by, to0, base)
                    total = fma(p0 - high0, gather(desk.values, source, s, after), total)
                    total = fma(high0, gather(desk.values, source + step, s, after), total)
                else:
                    total = fma(p0, load2(desk.values, source, s), total)
                source = desk.pick[1, 0]
                if desk.pick[1, 1] == 1:
                    after = fma(by, to1, base)
                    total = fma(p1 - high1, gather(desk.values, source, s, after), total)
                    total = fma(high1, gather(desk.values, source + step, s, after), total)
                else:
                    total = fma(p1, load2(desk.values, source, s), total)
                store2(desk.values, row, s, total)
    return True


@part
def finish_pair(plan: TypesPlan, point: int, node: int, desk: TypesDesk, row: int) -> bool:
    """Two movers at once. False where an option is too rare."""
    m = plan.points[point, MOVERS]
    i, j = plan.movers[m, INFORMED], plan.movers[m + 1, INFORMED]
    about_i, about_j = plan.node[node, i], plan.node[node, j]
    step_i, step_j = plan.informed[i, STEP], plan.informed[j, STEP]
    base = spread(float(node - about_i * step_i - about_j * step_j))
    s00, s10, m_to0, m_up00, m_up10, rare0, by_i = move_of(plan, desk, i, about_i, 0)
    s01, s11, m_to1, m_up01, m_up11, rare1, by_i = move_of(plan, desk, i, about_i, 1)
    r00, r10, n_to0, n_up00, n_up10, rare2, by_j = move_of(plan, desk, j, about_j, 4)
    r01, r11, n_to1, n_up01, n_up11, rare3, by_j = move_of(plan, desk, j, about_j, 5)
    if any_less(smaller(smaller(rare0, rare1), smaller(rare2, rare3)), spread(TINY)):
        return False
    mover_worth(plan, desk, m, 0, row)
    mover_worth(plan, desk, m + 1, 4, row)
    for v in range(plan.players):
        if v != plan.movers[m, PLAYER] and v != plan.movers[m + 1, PLAYER]:
            p0, p_high0 = as_seen(plan, desk, i, v, about_i, s00, s10, m_up00, m_up10)
            p1, p_high1 = as_seen(plan, desk, i, v, about_i, s01, s11, m_up01, m_up11)
            r0, r_high0 = as_seen(plan, desk, j, v, about_j, r00, r10, n_up00, n_up10)
            r1, r_high1 = as_seen(plan, desk, j, v, about_j, r01, r11, n_up01, n_up11)
            for s in range(plan.first_slot[v], plan.first_slot[v + 1]):
                total = spread(0.0)
                for a in range(2):
                    p, high, to = (p0, p_high0, m_to0) if a == 0 else (p1, p_high1, m_to1)
                    there = fma(by_i, to, base)
                    for b in range(2):
                        r, r_high, n_to = (r0, r_high0, n_to0) if b == 0 else (r1, r_high1, n_to1)
                        joint = 2 * a + b
                        source = desk.pick[joint, 0]
                        total = fma(p * r, load2(desk.values, plan.const + joint, s), total)
                        if desk.pick[joint, 1] == 1:
                            after = fma(by_j, n_to, there)
                            low = (r - r_high) * gather(desk.values, source, s, after)
                            low = fma(r_high, gather(desk.values, source + step_j, s, after), low)
                            up = (r - r_high) * gather(desk.values, source + step_i, s, after)
                            up = fma(r_high, gather(desk.values, source + step_i + step_j, s, after), up)
                            total = fma(p - high, low, fma(high, up, total))
                        else:
                            total = fma(p * r, load2(desk.values, source, s), total)
                store2(desk.values, row, s, total)
    return True
