"""Exact probabilities and expected pays of any number of forward passes over the same strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assay.futures.futures import Futures, Pass, Reader
from assay.futures.kernel_forward import FORCED, REMOVED, Courses, Ledger, Room, Solved, forward_groups
from assay.futures.rules import check_rules
from assay.game.game import LANES, Game, Ints
from assay.solvers.kernel_plan import Plan
from assay.solvers.plan import for_kernel, plan_of
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Result, Strategies


def forward(
    strategies: Strategies, passes: Sequence[Pass], view: int = -1, threads: int | None = None
) -> tuple[Futures, ...]:
    """What the readers of every pass count, in truth, or as player `view` sees probabilities and her own pays.

    Readings have shape (periods, draws). Mass counts when it arrives. A pay counts with the value it has at the start
    of its period, so that the sum over periods t of discount**t times a reading is an expected discounted payoff:
    flows after the discount, and final payoffs (which only a game without a buffer reaches), are multiplied by the
    discount once. Mass that takes a `stop_option` leaves before the move is paid. Where all options that are left
    after `removed` have probability zero they are played alike. Draws whose solution is not a number read as not a
    number.

    Passes that differ in readers alone are run as one. Raises `ValueError` for a pass that cannot be played: two
    options of one mover forced, all removed, one both forced and removed, an index out of range, or payoffs read that
    were not kept.
    """
    filled, game = strategies.filled, strategies.filled.game
    if not passes:
        return ()
    for one in passes:
        _check(one, game, strategies)
    if game.informed:
        from assay.futures.forward_types import forward_with_types

        return forward_with_types(strategies, passes, view, threads)
    program = _Program(game)
    homes = [program.add(one) for one in passes]
    groups, plan = filled.table.shape[0], plan_of(game)
    total = np.zeros((groups, program.readings, game.periods, LANES))
    left = np.zeros((groups, len(program.courses), LANES))
    payoff = strategies.payoff
    if payoff is None:
        payoff = np.zeros((groups, game.periods, 0, 1, LANES))
    solved = Solved(*(for_kernel(a) for a in (filled.table, filled.discount, strategies.probability, payoff)))
    courses, ledger = program.courses_table(), program.ledger()

    def work(first: int, last: int) -> None:
        room = _room(plan, len(program.courses))
        forward_groups(plan, courses, ledger, solved, first, last, view, room, total, left)

    spread_groups(work, groups, threads)
    draws, broken = filled.draws, strategies.result == Result.NOT_A_NUMBER
    readings = total.transpose(1, 2, 0, 3).reshape(program.readings, game.periods, groups * LANES)[:, :, :draws]
    readings[:, :, broken] = np.nan
    remaining = left.transpose(1, 0, 2).reshape(len(program.courses), -1)[:, :draws]
    remaining[:, broken] = np.nan
    discount = filled.discount.reshape(-1)[:draws]
    return tuple(
        Futures({name: readings[first + i] for i, name in enumerate(one.readers)}, discount, remaining[course])
        for one, (course, first) in zip(passes, homes, strict=True)
    )


def _room(plan: Plan, courses: int) -> Room:
    points = plan.points.shape[0] - 1
    return Room(
        now=np.zeros((plan.rows.size, LANES)),
        play=np.zeros((plan.weights.size, LANES)),
        mass=np.zeros((2, courses, points, LANES)),
    )


@dataclass
class _Course:
    """Passes that impose the same, with the readings of all of them."""

    one: Pass
    readers: list[tuple[int, Reader]] = field(default_factory=list)


class _Program:
    """Passes sorted into courses, and their readers numbered."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.courses: list[_Course] = []
        self.readings = 0
        self._by_key: dict[tuple[object, ...], int] = {}

    def add(self, one: Pass) -> tuple[int, int]:
        """The course of a pass and the number of its first reading."""
        fields = (one.forced, one.removed, one.stop_point, one.stop_option, one.stop_joint)
        key = (one.start, *(tuple(np.unique(ids).tolist()) for ids in fields))
        course = self._by_key.setdefault(key, len(self.courses))
        if course == len(self.courses):
            self.courses.append(_Course(one))
        first = self.readings
        self.courses[course].readers.extend((first + i, reader) for i, reader in enumerate(one.readers.values()))
        self.readings += len(one.readers)
        return course, first

    def courses_table(self) -> Courses:
        """What is imposed, as arrays."""
        s = self.game.structure
        many, points, options = len(self.courses), s.kind.size, s.option_weight.size
        table = Courses(
            edited=np.zeros((many, points), np.int32),
            rule=np.zeros((many, options), np.int32),
            stop_point=np.zeros((many, points), np.int32),
            stop_option=np.zeros((many, options), np.int32),
            stop_joint=np.zeros((many, s.joint_option.shape[0]), np.int32),
            start=np.full(many, s.start, np.int32),
        )
        for c, course in enumerate(self.courses):
            one = course.one
            table.rule[c, one.forced], table.rule[c, one.removed] = FORCED, REMOVED
            table.edited[c, self.game.option_point[one.forced]] = 1
            table.edited[c, self.game.option_point[one.removed]] = 1
            table.stop_point[c, one.stop_point], table.stop_option[c, one.stop_option] = 1, 1
            table.stop_joint[c, one.stop_joint] = 1
            if one.start >= 0:
                table.start[c] = one.start
        return table

    def ledger(self) -> Ledger:
        """Who reads what, as arrays."""
        s = self.game.structure
        point_start, point_reading, _ = self._rows("point", s.kind.size)
        option_start, option_reading, weighted = self._rows("option", s.option_weight.size)
        joint_start, joint_reading, _ = self._rows("joint", s.joint_option.shape[0])
        pay_start, pay_reading, _ = self._rows("pay", s.pay_player.size)
        options = (option_start, option_reading, weighted)
        return Ledger(point_start, point_reading, *options, joint_start, joint_reading, pay_start, pay_reading)

    def _rows(self, name: str, size: int) -> tuple[Ints, Ints, Ints]:
        starts, readings, weights, offset = [], [], [], 0
        for course in self.courses:
            index = [np.asarray(getattr(reader, name), dtype=np.int64) for _, reader in course.readers]
            item = np.concatenate([*index, np.zeros(0, np.int64)])
            lengths = [len(ids) for ids in index]
            reading = np.repeat(np.array([number for number, _ in course.readers], np.int32), lengths)
            weight = np.repeat(np.array([reader.payoff for _, reader in course.readers], np.int32), lengths)
            order = np.argsort(item, kind="stable")
            counts = np.bincount(item, minlength=size)
            starts.append(offset + np.concatenate([[0], np.cumsum(counts)]))
            readings.append(reading[order])
            weights.append(weight[order])
            offset += item.size
        return (
            np.array(starts, np.int32),
            np.concatenate(readings).astype(np.int32),
            np.concatenate(weights).astype(np.int32),
        )


def _check(one: Pass, game: Game, strategies: Strategies) -> None:
    s = game.structure
    points, options, pays = s.kind.size, s.option_weight.size, s.pay_player.size
    joints = s.joint_option.shape[0]
    for what, ids, size in (
        ("forced", one.forced, options),
        ("removed", one.removed, options),
        ("stop_point", one.stop_point, points),
        ("stop_option", one.stop_option, options),
        ("stop_joint", one.stop_joint, joints),
        *((f"readers[{name}].point", reader.point, points) for name, reader in one.readers.items()),
        *((f"readers[{name}].option", reader.option, options) for name, reader in one.readers.items()),
        *((f"readers[{name}].joint", reader.joint, joints) for name, reader in one.readers.items()),
        *((f"readers[{name}].pay", reader.pay, pays) for name, reader in one.readers.items()),
    ):
        if len(ids) and not (np.min(ids) >= 0 and np.max(ids) < size):
            raise ValueError(f"{what}: index {np.min(ids)} to {np.max(ids)}; expected 0 to {size - 1}")
    if one.start >= points:
        raise ValueError(f"start: point {one.start}; expected less than {points}")
    if any(reader.payoff for reader in one.readers.values()) and strategies.payoff is None:
        raise ValueError("a reader asks for payoffs of options, which were not kept; solve with payoffs=True")
    if any(len(reader.worth) for reader in one.readers.values()) and not game.informed:
        raise ValueError("a reader asks for the worth of moves by belief, and nobody in this game has a private type")
    check_rules(game, one.forced, one.removed)
