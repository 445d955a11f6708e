"""What points and joint moves pay at a belief node, and what follows them, in backward induction with private types."""

from __future__ import annotations

from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import (
    Lanes,
    fma,
    load,
    load2,
    spread,
    store2,
)
from assay.solvers.kernel_plan import BRANCH_PAYS, BRANCHES, JOINT_PAYS, SURE, TARGET
from assay.solvers.kernel_plan import ROW as BRANCH_ROW
from assay.solvers.kernel_types_belief import belief_row
from assay.solvers.kernel_types_plan import (
    BY_TYPE,
    JOINTS,
    KINDS,
    MIXED,
    PAID,
    SEEN,
    SPREAD,
    VALUE,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import lay_ways


@part
def believed_amount(plan: TypesPlan, desk: TypesDesk, n: int, slot: int, node: int) -> Lanes:
    """The amount of pay n to a slot at a belief node: expected over the others' types as the slot's player believes."""
    row, player = plan.pays[n, SEEN], plan.slots[slot, 0]
    own = plan.informed_of[player]
    if own >= 0:
        row += plan.slots[slot, 1] * plan.pays[n, BY_TYPE + own]
    if plan.pays[n, MIXED] == 0:
        return spread(plan.signs[n]) * load(desk.now, row)
    profiles = 1
    for i in range(plan.informed.shape[0]):
        if i != own and plan.pays[n, BY_TYPE + i] != 0:
            profiles *= plan.informed[i, KINDS]
    total = spread(0.0)
    for profile in range(profiles):
        rest, likely, at = profile, spread(plan.signs[n]), row
        for i in range(plan.informed.shape[0]):
            if i != own and plan.pays[n, BY_TYPE + i] != 0:
                kind = rest % plan.informed[i, KINDS]
                rest //= plan.informed[i, KINDS]
                at += kind * plan.pays[n, BY_TYPE + i]
                likely = likely * load(desk.w, desk.belief + belief_row(plan, i, player, plan.node[node, i]) + kind)
        total = fma(likely, load(desk.now, at), total)
    return total


@part
def add_pay(plan: TypesPlan, desk: TypesDesk, n: int, node: int, row: int) -> None:
    """Adds a pay to a row of values, as its player sees it at a belief node."""
    player = plan.pays[n, PAID]
    for s in range(plan.first_slot[player], plan.first_slot[player + 1]):
        amount = believed_amount(plan, desk, n, s, node)
        store2(desk.values, row, s, load2(desk.values, row, s) + amount)


@part
def add_pays(plan: TypesPlan, desk: TypesDesk, first: int, last: int, node: int, row: int) -> None:
    """Adds pays `first` to `last` to a row of values, as their players see them at a belief node."""
    for n in range(first, last):
        add_pay(plan, desk, n, node, row)


@part
def mixed(plan: TypesPlan, first: int, last: int) -> bool:
    """Whether some of the pays depend on beliefs."""
    for n in range(first, last):  # noqa: SIM110  (Numba has no any)
        if plan.pays[n, MIXED] == 1:
            return True
    return False


@part
def set_const(plan: TypesPlan, desk: TypesDesk, jj: int, first: int, last: int) -> None:
    """Pays of a joint move that do not depend on beliefs."""
    for s in range(plan.slots.shape[0]):
        store2(desk.values, plan.const + jj, s, spread(0.0))
    for n in range(first, last):
        if plan.pays[n, MIXED] == 0:
            add_pay(plan, desk, n, 0, plan.const + jj)


@part
def mix_branches(plan: TypesPlan, desk: TypesDesk, j: int, node: int, row: int) -> None:
    """What follows joint move j at a belief node, with branches' pays and the pays that depend on beliefs."""
    b0, b1 = plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]
    for s in range(plan.slots.shape[0]):
        total, viewer = spread(0.0), plan.slots[s, 0]
        for b in range(b0, b1):
            target = plan.branches[b, TARGET]
            ahead = load2(desk.values, plan.points[target, VALUE] + node * plan.points[target, SPREAD], s)
            for n in range(plan.branches[b, BRANCH_PAYS], plan.branches[b + 1, BRANCH_PAYS]):
                if plan.pays[n, PAID] == viewer:
                    ahead = ahead + believed_amount(plan, desk, n, s, node)
            sure = plan.branches[b, SURE] == 1
            total = (
                total + ahead if sure else fma(load(desk.now, plan.branches[b, BRANCH_ROW + 1 + viewer]), ahead, total)
            )
        store2(desk.values, row, s, total)
    for n in range(plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS]):
        if plan.pays[n, MIXED] == 1:
            add_pay(plan, desk, n, node, row)


@part
def branches_spread(plan: TypesPlan, j: int) -> bool:
    """Whether what follows joint move j depends on beliefs."""
    if mixed(plan, plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS]):
        return True
    for b in range(plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]):
        if plan.points[plan.branches[b, TARGET], SPREAD] == 1:
            return True
        if mixed(plan, plan.branches[b, BRANCH_PAYS], plan.branches[b + 1, BRANCH_PAYS]):
            return True
    return False


@step
def lay_out(plan: TypesPlan, point: int, desk: TypesDesk) -> None:
    """Where the values of every joint move of a point are found (`desk.ways`), and its pays."""
    nodes, j0 = plan.node.shape[0], plan.points[point, JOINTS]
    desk.ways[0, 0] = 0
    for j in range(j0, plan.points[point + 1, JOINTS]):
        set_const(plan, desk, j - j0, plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS])
        spreads = branches_spread(plan, j)
        b0, b1 = plan.joints[j, BRANCHES], plan.joints[j + 1, BRANCHES]
        plain = b1 == b0 + 1 and plan.branches[b0, SURE] == 1
        plain = plain and plan.branches[b0, BRANCH_PAYS] == plan.branches[b1, BRANCH_PAYS]
        plain = plain and not mixed(plan, plan.joints[j, JOINT_PAYS], plan.joints[j + 1, JOINT_PAYS])
        row = plan.points[plan.branches[b0, TARGET], VALUE] if plain else plan.scratch + (j - j0) * nodes
        if not plain:
            for node in range(nodes if spreads else 1):
                mix_branches(plan, desk, j, node, row + node)
        desk.pick[j - j0, 0], desk.pick[j - j0, 1] = row, 1 if spreads else 0
        lay_ways(plan, point, j, row, spreads, desk)
