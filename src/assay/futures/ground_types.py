"""What every forward pass over a game with private types needs: how mass is pushed on, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from assay.futures.kernel_types_room import (
    SLOW,
    SWIFT_ALONE,
    SWIFT_PAIR,
    SWIFT_STILL,
)
from assay.game.game import CHANCE, CHOICE, CLOSE, Game, Ints
from assay.solvers.kernel_types_plan import CHOICES, FAST, FREE, INFORMED, WAYS
from assay.solvers.types_plan import Layout, layout_of


@dataclass(frozen=True, eq=False)
class Ground:
    """What every forward pass over a game needs. Shapes: N points, M mover entries, O options, P profiles."""

    layout: Layout
    profiles: Ints  # (P, I)
    wide: Ints  # (N,)
    swift: Ints  # (N,)
    way: Ints  # (M,)
    most_ways: int
    ahead: Ints  # (N,)
    ahead_rows: int
    mover_of: Ints  # (O,)


@lru_cache(maxsize=64)
def ground_of(game: Game) -> Ground:
    s, layout = game.structure, layout_of(game)
    nodes, plan = game.belief_nodes, layout.plan
    wide = np.zeros(s.kind.size, dtype=np.int32)
    for point in reversed(range(s.kind.size)):
        first, last = s.branch_start[s.joint_start[point]], s.branch_start[s.joint_start[point + 1]]
        leads = s.joint_start[point] < s.joint_start[point + 1] and wide[s.branch_target[first:last]].any()
        wide[point] = s.kind[point] == CLOSE or plan.points[point, FREE] == 0 or leads
    ahead, at = np.full(s.kind.size, -1, dtype=np.int32), 0
    for point in np.unique(s.next_point[s.kind == CLOSE]).tolist():
        ahead[point] = at
        at += nodes
    way = np.zeros(max(s.mover_player.size, 1), dtype=np.int32)
    most = 1
    for point in range(s.kind.size):
        row = 0
        for m in range(s.mover_start[point], s.mover_start[point + 1]):
            way[m] = row
            row += int(plan.movers[m, CHOICES] * (plan.movers[m, WAYS] + 1))
        most = max(most, row)
    kinds = [range(len(each.types)) for each in game.informed]
    return Ground(
        layout=layout,
        profiles=np.array(list(product(*kinds)), dtype=np.int32),
        wide=wide,
        swift=_swift(game, layout, wide),
        way=way,
        most_ways=most,
        ahead=ahead,
        ahead_rows=max(at, 1),
        mover_of=np.repeat(np.arange(s.mover_player.size), np.diff(s.option_start)).astype(np.int32),
    )


def _swift(game: Game, layout: Layout, wide: Ints) -> Ints:
    """How mass at each point is pushed on, where all that is imposed signals nothing or nothing is imposed."""
    s, plan = game.structure, layout.plan
    swift = np.full(s.kind.size, SLOW, dtype=np.int32)
    for point in range(s.kind.size):
        movers = plan.movers[s.mover_start[point] : s.mover_start[point + 1]]
        if s.kind[point] == CHANCE:
            swift[point] = SWIFT_STILL
        elif s.kind[point] == CHOICE:
            if wide[point] == 1 and plan.points[point, FAST] > 0:
                swift[point] = SWIFT_ALONE if len(movers) == 1 else SWIFT_PAIR
            elif len(movers) == 1 and (movers[0, INFORMED] < 0 or wide[point] == 0):
                swift[point] = SWIFT_STILL
    return swift


def mass_rows(game: Game, ground: Ground, starts: Ints) -> tuple[Ints, int]:
    """First row of every point's mass, and how many rows there are. Mass is pushed in the order of points, so that rows
    are free again once their point is done: few enough stay in the processor's cache.
    """
    s, size = game.structure, np.where(ground.wide == 1, game.belief_nodes, 1)
    row, rows = np.full(s.kind.size, -1, dtype=np.int32), 0
    free: dict[int, list[int]] = {1: [], game.belief_nodes: []}

    def reserve(point: int) -> None:
        nonlocal rows
        if row[point] < 0:
            many = int(size[point])
            row[point] = free[many].pop() if free[many] else rows
            rows = max(rows, int(row[point]) + many)

    for point in np.flatnonzero(ground.ahead >= 0).tolist() + starts.tolist():
        reserve(point)
    for point in range(s.kind.size):
        first, last = s.joint_start[point], s.joint_start[point + 1]
        for target in s.branch_target[s.branch_start[first] : s.branch_start[last]].tolist():
            reserve(target)
        if row[point] >= 0:
            free[int(size[point])].append(int(row[point]))
    return np.maximum(row, 0), max(rows, 1)
