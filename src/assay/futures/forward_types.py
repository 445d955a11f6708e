"""Forward passes over a game with private types: passes as courses that lie side by side with the type profiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assay.futures.futures import Futures, Pass
from assay.futures.ground_types import Ground, ground_of
from assay.futures.kernel_types_forward import forward_typed_groups
from assay.futures.kernel_types_room import (
    SLOW,
    SWIFT_STILL,
    TypeRoom,
    TypeSolved,
)
from assay.futures.tables_types import Course, ledger_of, tables_of
from assay.game.game import LANES, Floats, Game
from assay.solvers.plan import for_kernel
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Result, Strategies

MOST_PLACES = 48
"""Courses times profiles that are pushed at once: more do not fit the processor's cache."""


def forward_with_types(
    strategies: Strategies, passes: Sequence[Pass], view: int = -1, threads: int | None = None
) -> tuple[Futures, ...]:
    """As `forward`; profiles of types are weighted by the analyst's shares, or as player `view` believes them."""
    filled, game = strategies.filled, strategies.filled.game
    ground = ground_of(game)
    courses, homes, readings = _courses(passes)
    groups = filled.table.shape[0]
    total = np.zeros((groups, readings, game.periods, LANES))
    left = np.zeros((len(courses), groups, LANES))
    most = max(1, MOST_PLACES // len(ground.profiles))
    for first in range(0, len(courses), most):
        some = courses[first : first + most]
        gone = np.zeros((groups, len(some), LANES))
        _run(strategies, ground, some, readings, view, total, gone, threads)
        left[first : first + most] = gone.transpose(1, 0, 2)
    draws, broken = filled.draws, strategies.result == Result.NOT_A_NUMBER
    found = total.transpose(1, 2, 0, 3).reshape(readings, game.periods, groups * LANES)[:, :, :draws]
    found[:, :, broken] = np.nan
    remaining = left.reshape(len(courses), -1)[:, :draws]
    remaining[:, broken] = np.nan
    discount = filled.discount.reshape(-1)[:draws]
    return tuple(
        Futures({name: found[at + i] for i, name in enumerate(one.readers)}, discount, remaining[course])
        for one, (course, at) in zip(passes, homes, strict=True)
    )


def _courses(passes: Sequence[Pass]) -> tuple[list[Course], list[tuple[int, int]], int]:
    """Passes sorted into courses; the course of each pass and the number of its first reading; all readings."""
    courses: list[Course] = []
    homes: list[tuple[int, int]] = []
    by_key: dict[tuple[object, ...], int] = {}
    readings = 0
    for one in passes:
        fields = (one.forced, one.removed, one.stop_point, one.stop_option, one.stop_joint)
        key = (one.start, one.signals, *(tuple(np.unique(ids).tolist()) for ids in fields))
        course = by_key.setdefault(key, len(courses))
        if course == len(courses):
            courses.append(Course(one, []))
        courses[course].readers.extend((readings + i, reader) for i, reader in enumerate(one.readers.values()))
        homes.append((course, readings))
        readings += len(one.readers)
    return courses, homes, readings


def _run(
    strategies: Strategies,
    ground: Ground,
    some: Sequence[Course],
    readings: int,
    view: int,
    total: Floats,
    left: Floats,
    threads: int | None,
) -> None:
    """One batch of courses through the kernel."""
    filled = strategies.filled
    assert filled.prior is not None
    courses, rows = tables_of(filled.game, ground, some)
    if not strategies.learning:
        courses = courses._replace(swift=np.where(courses.swift == SWIFT_STILL, SWIFT_STILL, SLOW).astype(np.int32))
    ledger = ledger_of(filled.game, ground, some, readings)
    payoff = strategies.payoff if strategies.payoff is not None else np.zeros((filled.table.shape[0], 0, LANES))
    arrays = (filled.table, filled.discount, filled.prior, strategies.probability, payoff)
    solved = TypeSolved(*(for_kernel(a) for a in arrays))
    width = courses.allowed.shape[1]

    def work(first: int, last: int) -> None:
        room = _room(filled.game, ground, rows, width)
        plan = ground.layout.plan
        forward_typed_groups(plan, courses, ledger, solved, first, last, view, strategies.learning, room, total, left)

    spread_groups(work, filled.table.shape[0], threads)


def _room(game: Game, ground: Ground, rows: int, width: int) -> TypeRoom:
    plan, s = ground.layout.plan, game.structure
    options = int(np.diff(s.option_start[s.mover_start]).max(initial=1))
    kinds = plan.most_types

    def places(rows: int) -> Floats:
        return np.zeros((rows, width, LANES))

    most_options = int(np.diff(s.option_start).max(initial=2))
    blocks = -(-most_options * game.belief_nodes // LANES)
    move = np.zeros((10 * blocks, LANES))
    joints = np.diff(s.joint_start)
    branches = s.branch_start[s.joint_start[1:]] - s.branch_start[s.joint_start[:-1]]
    most = int(branches.max(initial=1))
    return TypeRoom(
        now=np.zeros((plan.rows.size, LANES)),
        lore=np.zeros((ground.layout.grid_rows + ground.layout.belief_rows, LANES)),
        mass=places(rows),
        ahead=places(LANES * ground.ahead_rows),
        total=places(1),
        play=places(options),
        taken=places(ground.layout.most_joints),
        chosen=places(3 * options),
        way=places(ground.most_ways),
        target=np.zeros(ground.most_ways, dtype=np.int32),
        product=places(3),
        one=np.zeros(kinds * (2 + 2 ** (kinds - 1))),
        active=np.zeros(s.kind.size, dtype=np.int32),
        share=np.zeros(len(ground.profiles)),
        cells=np.zeros((LANES, ground.layout.kept_cells)),
        lead=np.zeros(most, dtype=np.int32),
        lead_start=np.zeros(int(joints.max(initial=1)) + 1, dtype=np.int32),
        lead_share=np.zeros(most),
        trust=np.zeros((2 * len(game.informed) * blocks, LANES)),
        move=move,
        flat=move.reshape(-1),
        most=most_options,
        belief=ground.layout.grid_rows,
    )
