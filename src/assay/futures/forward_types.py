"""Forward passes over a game with private types: passes as courses that lie side by side with the type profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from assay.futures.futures import Futures, Pass, Reader
from assay.futures.kernel_types_forward import forward_typed_groups
from assay.futures.kernel_types_room import (
    ALL_WORTH,
    CHOSEN_WORTH,
    COUNT,
    SLOW,
    SWIFT_ALONE,
    SWIFT_PAIR,
    SWIFT_STILL,
    TypeCourses,
    TypeLedger,
    TypeRoom,
    TypeSolved,
)
from assay.game.game import CHANCE, CHOICE, CLOSE, LANES, Floats, Game, Ints
from assay.solvers.kernel_types_plan import CHOICES, FAST, FREE, INFORMED, WAYS
from assay.solvers.plan import for_kernel
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Result, Strategies
from assay.solvers.types_plan import Layout, Marks, layout_of

MOST_PLACES = 48
"""Courses times profiles that are pushed at once: more do not fit the processor's cache."""


@dataclass(frozen=True, eq=False)
class _Ground:
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


@dataclass(frozen=True, eq=False)
class _Course:
    """Passes that impose the same, with all their readers."""

    one: Pass
    readers: list[tuple[int, Reader]]


def forward_with_types(
    strategies: Strategies, passes: Sequence[Pass], view: int = -1, threads: int | None = None
) -> tuple[Futures, ...]:
    """As `forward`; profiles of types are weighted by the analyst's shares, or as player `view` believes them."""
    filled, game = strategies.filled, strategies.filled.game
    ground = _ground(game)
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


def _courses(passes: Sequence[Pass]) -> tuple[list[_Course], list[tuple[int, int]], int]:
    """Passes sorted into courses; the course of each pass and the number of its first reading; all readings."""
    courses: list[_Course] = []
    homes: list[tuple[int, int]] = []
    by_key: dict[tuple[object, ...], int] = {}
    readings = 0
    for one in passes:
        fields = (one.forced, one.removed, one.stop_point, one.stop_option, one.stop_joint)
        key = (one.start, one.signals, *(tuple(np.unique(ids).tolist()) for ids in fields))
        course = by_key.setdefault(key, len(courses))
        if course == len(courses):
            courses.append(_Course(one, []))
        courses[course].readers.extend((readings + i, reader) for i, reader in enumerate(one.readers.values()))
        homes.append((course, readings))
        readings += len(one.readers)
    return courses, homes, readings


@lru_cache(maxsize=64)
def _ground(game: Game) -> _Ground:
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
    return _Ground(
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


def _mass_rows(game: Game, ground: _Ground, starts: Ints) -> tuple[Ints, int]:
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


def _run(
    strategies: Strategies,
    ground: _Ground,
    some: Sequence[_Course],
    readings: int,
    view: int,
    total: Floats,
    left: Floats,
    threads: int | None,
) -> None:
    """One batch of courses through the kernel."""
    filled = strategies.filled
    assert filled.prior is not None
    courses, rows = _tables(filled.game, ground, some)
    if not strategies.learning:
        courses = courses._replace(swift=np.where(courses.swift == SWIFT_STILL, SWIFT_STILL, SLOW).astype(np.int32))
    ledger = _ledger(filled.game, ground, some, readings)
    payoff = strategies.payoff if strategies.payoff is not None else np.zeros((filled.table.shape[0], 0, LANES))
    arrays = (filled.table, filled.discount, filled.prior, strategies.probability, payoff)
    solved = TypeSolved(*(for_kernel(a) for a in arrays))
    width = courses.allowed.shape[1]

    def work(first: int, last: int) -> None:
        room = _room(filled.game, ground, rows, width)
        plan = ground.layout.plan
        forward_typed_groups(plan, courses, ledger, solved, first, last, view, strategies.learning, room, total, left)

    spread_groups(work, filled.table.shape[0], threads)


def _room(game: Game, ground: _Ground, rows: int, width: int) -> TypeRoom:
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


def _tables(game: Game, ground: _Ground, some: Sequence[_Course]) -> tuple[TypeCourses, int]:
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
    mass_row, rows = _mass_rows(game, ground, starts)
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


def _ledger(game: Game, ground: _Ground, some: Sequence[_Course], readings: int) -> TypeLedger:
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
    game: Game, ground: _Ground, point_start: Ints, option_start: Ints, joint_start: Ints, pay_start: Ints
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
