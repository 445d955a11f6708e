"""What forward passes with private types impose and read, as tables for the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.futures.futures import Pass, Reader
from assay.futures.ground_types import Ground, mass_rows
from assay.futures.kernel_types_room import (
    ALL_WORTH,
    CHOSEN_WORTH,
    COUNT,
    SLOW,
    SWIFT_PAIR,
    TypeCourses,
    TypeLedger,
)
from assay.game.game import LANES, Floats, Game, Ints
from assay.solvers.kernel_types_plan import INFORMED
from assay.solvers.types_plan import Marks


@dataclass(frozen=True, eq=False)
class Course:
    """Passes that impose the same, with all their readers."""

    one: Pass
    readers: list[tuple[int, Reader]]


def tables_of(game: Game, ground: Ground, some: Sequence[Course]) -> tuple[TypeCourses, int]:
    """What is imposed, as arrays over places, and rows of mass."""
    s, plan, profiles = game.structure, ground.layout.plan, ground.profiles
    many, movers = len(profiles), s.mover_player.size
    width = -(-len(some) * many // LANES)

    def places(rows: int, value: float) -> Floats:
        return np.full((rows, width * LANES), value)

    kind = np.zeros((len(game.informed), plan.most_types, width * LANES))
    for c in range(len(some)):
        for p, profile in enumerate(profiles):
            for i, own in enumerate(profile):
                kind[i, own, c * many + p] = 1.0
    allowed, loud = places(s.option_weight.size, 1.0), places(max(movers, 1), 1.0)
    stays_point, stays_joint = places(s.kind.size, 1.0), places(s.joint_option.shape[0], 1.0)
    edited = np.zeros(s.kind.size, dtype=np.int32)
    silent = np.zeros(max(movers, 1), dtype=np.int32)
    leaves_point, leaves_joint = np.zeros(s.kind.size, np.int32), np.zeros(s.joint_option.shape[0], np.int32)
    for c, course in enumerate(some):
        one, here = course.one, slice(c * many, (c + 1) * many)
        for o in np.unique(one.forced):
            m = ground.mover_of[o]
            allowed[s.option_start[m] : s.option_start[m + 1], here] = 0.0
            allowed[o, here] = 1.0
        allowed[one.removed, here] = 0.0
        for o in np.unique(np.concatenate([one.forced, one.removed])).astype(int):
            edited[game.option_point[o]] = 1
            m = ground.mover_of[o]
            if not one.signals and plan.movers[m, INFORMED] >= 0:
                silent[m], loud[m, here] = 1, 0.0
        stays_point[one.stop_point, here], leaves_point[one.stop_point] = 0.0, 1
        stopped = np.isin(s.joint_option, one.stop_option)
        through = np.any(stopped, axis=1) | np.isin(np.arange(len(stopped)), one.stop_joint)
        stays_joint[through, here] = 0.0
        leaves_joint[through] = 1

    def lanes(array: Floats) -> Floats:
        return array.reshape(*array.shape[:-1], width, LANES)

    cells = ground.layout.cells
    starts = np.array([c.one.start if c.one.start >= 0 else s.start for c in some], dtype=np.int32)
    mass_row, rows = mass_rows(game, ground, starts)
    moving = plan.moving
    local = cells.first - np.where(cells.by_period == 0, moving * (game.periods - 1), 0)
    swift = ground.swift.copy()
    for m in np.flatnonzero(silent):
        point = int(np.searchsorted(s.mover_start, m, side="right")) - 1
        swift[point] = SLOW if swift[point] == SWIFT_PAIR else swift[point]
    columns = (cells.first, cells.by_period, cells.by_type, cells.by_node, local)
    tables = TypeCourses(
        kind=lanes(kind),
        edited=edited,
        allowed=lanes(allowed),
        silent=silent,
        loud=lanes(loud),
        leaves_point=leaves_point,
        stays_point=lanes(stays_point),
        leaves_joint=leaves_joint,
        stays_joint=lanes(stays_joint),
        start=starts,
        profile_type=profiles,
        mass_row=mass_row,
        wide=ground.wide,
        cell=np.ascontiguousarray(np.column_stack(columns), dtype=np.int32),
        swift=swift,
        moving=moving,
        way=ground.way,
        ahead=ground.ahead,
    )
    return tables, rows


def ledger_of(game: Game, ground: Ground, some: Sequence[Course], readings: int) -> TypeLedger:
    """Who reads what, as arrays."""
    s, profiles = game.structure, len(ground.profiles)
    course, counts = np.zeros(readings, dtype=np.int32), np.zeros((readings, profiles))
    point: list[tuple[int, int, int]] = []
    option: list[tuple[int, int, int]] = []
    joint: list[tuple[int, int, int]] = []
    pay: list[tuple[int, int, int]] = []
    for c, each in enumerate(some):
        for reading, reader in each.readers:
            course[reading] = c
            counts[reading, slice(None) if reader.profiles is None else np.asarray(reader.profiles, dtype=int)] = 1.0
            point.extend((int(i), reading, 0) for i in reader.point)
            option.extend((int(i), reading, CHOSEN_WORTH if reader.payoff else COUNT) for i in reader.option)
            option.extend((int(i), reading, ALL_WORTH) for i in reader.worth)
            joint.extend((int(i), reading, 0) for i in reader.joint)
            pay.extend((int(i), reading, 0) for i in reader.pay)
    option_start, option_reading, option_how = _rows(option, s.option_weight.size)
    worth = np.zeros(s.kind.size, dtype=np.int32)
    worth[[int(game.option_point[i]) for i, _, how in option if how != COUNT]] = 1
    point_start, point_reading, _ = _rows(point, s.kind.size)
    joint_start, joint_reading, _ = _rows(joint, s.joint_option.shape[0])
    pay_start, pay_reading, _ = _rows(pay, s.pay_player.size)
    sums, options, taken = _wanted(game, ground, point_start, option_start, joint_start, pay_start)
    return TypeLedger(
        point_start,
        point_reading,
        option_start,
        option_reading,
        option_how,
        joint_start,
        joint_reading,
        pay_start,
        pay_reading,
        course,
        counts,
        worth,
        sums,
        options,
        taken,
    )


def _wanted(
    game: Game, ground: Ground, point_start: Ints, option_start: Ints, joint_start: Ints, pay_start: Ints
) -> tuple[Ints, Ints, Ints]:
    """Points whose mass is wanted as a whole, points of which options are read, and joint moves wanted as a whole."""
    s = game.structure
    options = np.zeros(s.kind.size, dtype=np.int32)
    options[game.option_point[np.flatnonzero(np.diff(option_start))]] = 1
    read = np.concatenate([[0], np.cumsum(np.diff(pay_start) > 0)])

    def paid(starts: Ints) -> Marks:
        return read[starts[1:]] > read[starts[:-1]]

    sums = (np.diff(point_start) > 0) | paid(s.point_pay_start) | paid(s.final_pay_start)
    narrow = np.concatenate([[0], np.cumsum((ground.wide[s.branch_target] == 0) | paid(s.branch_pay_start))])
    taken = (np.diff(joint_start) > 0) | paid(s.joint_pay_start)
    taken |= narrow[s.branch_start[1:]] > narrow[s.branch_start[:-1]]
    return sums.astype(np.int32), options, taken.astype(np.int32)


def _rows(entries: list[tuple[int, int, int]], size: int) -> tuple[Ints, Ints, Ints]:
    """Entries (item, reading, how) in compressed rows."""
    table = np.array(sorted(entries), dtype=np.int32).reshape(-1, 3)
    start = np.concatenate([[0], np.cumsum(np.bincount(table[:, 0], minlength=size))]).astype(np.int32)
    return start, np.ascontiguousarray(table[:, 1]), np.ascontiguousarray(table[:, 2])
