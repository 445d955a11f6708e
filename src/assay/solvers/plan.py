"""A structure as the tables that kernels read: rows that it uses numbered without gaps, the period-dependent ones
last.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assay.game.game import CHOICE, LANES, Floats, Game, Ints, Structure
from assay.solvers.kernel_joint import Desk
from assay.solvers.kernel_plan import ALONE, CERTAIN, MOVERS, OPTIONS, PAIR, Plan

ROW_FIELDS = ("option_weight", "branch_row", "pay_true", "pay_seen")


@lru_cache(maxsize=64)
def plan_of(game: Game) -> Plan:
    """The plan of a game's structure, made once for each game without private types (see `types_plan` for those)."""
    s = game.structure
    assert not game.informed
    rows, place, fixed = _used_rows(game)
    kind = np.where((s.kind == CHOICE) & (np.diff(s.mover_start) == 1), ALONE, s.kind)
    kind[_pairs(s)] = PAIR
    sure = np.all(s.branch_row == CERTAIN, axis=1)
    return Plan(
        points=joined_columns(kind, s.mover_start, s.joint_start, s.point_pay_start, s.final_pay_start, s.next_point),
        movers=joined_columns(s.mover_player, s.option_start),
        weights=place[s.option_weight],
        joints=joined_columns(s.branch_start, s.joint_pay_start, *s.joint_option.T),
        branches=joined_columns(s.branch_target, s.branch_pay_start, sure, *place[s.branch_row].T),
        pays=np.ascontiguousarray(
            np.stack([s.pay_player, place[s.pay_true], place[s.pay_seen]], axis=1), dtype=np.int32
        ),
        signs=for_kernel(s.pay_sign),
        rows=rows,
        fixed_rows=fixed,
        start=int(s.start),
        flow_after_discount=bool(s.flow_after_discount),
        slots=len(game.slots),
        periods=int(game.periods),
        horizon=int(game.periods + game.buffer),
        most_joints=int(np.diff(s.joint_start).max(initial=1)),
    )


def _pairs(s: Structure) -> NDArray[np.bool_]:
    """Choices of two movers of whom one has two options, their joint moves in order of the product."""
    pairs: NDArray[np.bool_] = (s.kind == CHOICE) & (np.diff(s.mover_start) == 2)
    for point in np.flatnonzero(pairs):
        first, middle, last = s.option_start[s.mover_start[point] :][:3]
        moves = s.joint_option[s.joint_start[point] : s.joint_start[point + 1], :2]
        product = [(a, b) for a in range(first, middle) for b in range(middle, last)]
        pairs[point] = 2 in (middle - first, last - middle) and np.array_equal(moves, product)
    return pairs


def for_kernel(numbers: Floats) -> Floats:
    """An array of the one type that kernels are compiled for: contiguous, writable float64; copied where it is not."""
    return np.require(numbers, np.float64, ["C", "W"])


def _used_rows(game: Game) -> tuple[Ints, Ints, int]:
    """The table rows that are read, fixed ones first; where each is found among them; how many are fixed."""
    used = np.unique(np.concatenate([np.asarray(getattr(game.structure, name)).ravel() for name in ROW_FIELDS]))
    timed = np.asarray(game.row_stride)[used] != 0
    order = np.concatenate([used[~timed], used[timed]]).astype(np.int32)
    place = np.zeros(game.row_stride.size, dtype=np.int32)
    place[order] = np.arange(order.size, dtype=np.int32)
    return order, place, int(np.sum(~timed))


def joined_columns(*columns: Ints) -> Ints:
    """Columns side by side, as long as the longest (starts have one entry more)."""
    table = np.full((max(len(column) for column in columns), len(columns)), -1, dtype=np.int32)
    for i, column in enumerate(columns):
        table[: len(column), i] = column
    return table


def desk_of(plan: Plan) -> Desk:
    """Working space for one thread that solves a plan; y is 0, which is play by base weights."""
    options = plan.weights.size
    points, movers = plan.points.shape[0] - 1, int(np.diff(plan.points[:, MOVERS]).max(initial=1))
    firsts = plan.movers[plan.points[:, MOVERS], OPTIONS]
    most = int(np.diff(firsts).max(initial=1))
    per_option = (options, LANES)
    return Desk(
        now=np.zeros((plan.rows.size, LANES)),
        values=np.zeros((2, points, plan.slots, LANES)),
        work=np.zeros((plan.most_joints, plan.slots, LANES)),
        y=np.zeros(per_option),
        sigma=np.zeros(per_option),
        q=np.zeros(per_option),
        g=np.zeros(per_option),
        other=np.zeros(per_option),
        step=np.zeros(per_option),
        likely=np.zeros((plan.most_joints, LANES)),
        pair=np.zeros((3, most, LANES)),
        residual=np.zeros((1, LANES)),
        bad=np.zeros((1, LANES)),
        code=np.zeros(LANES, dtype=np.int32),
        stage_ints=np.zeros((2, most + movers + 1), dtype=np.int32),
        stage_joint=np.zeros((plan.most_joints, movers), dtype=np.int32),
        stage_pay=np.zeros((plan.most_joints, movers)),
        vectors=np.zeros((15, most + 1)),
        squares=np.zeros((3, most + 1, most + 1)),
    )
