"""The numbers of one draw, read one by one, and why a game may not be a tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np

from assay.game.game import LANES, Filled, Ints
from assay.game.trouble import Trouble

SAME = 1e-12
"""What two readings of a number may differ by and still be one."""


class Way(NamedTuple):
    """A way on from a joint move that is not impossible."""

    label: str
    probability: float
    target: int
    branch: int


class Numbers:
    """One draw of a filled game, as plain numbers."""

    def __init__(self, filled: Filled, draw: int) -> None:
        group, lane = divmod(draw, LANES)
        self.game = filled.game
        self.structure = filled.game.structure
        self.table = filled.table[group, :, lane]
        self.precision = tuple(filled.precision[group, :, lane].tolist())
        self.discount = float(filled.discount[group, lane])
        self.prior = None if filled.prior is None else filled.prior[group, ..., lane]
        self.horizon = filled.game.periods + filled.game.buffer
        self.option_start = self.structure.option_start.tolist()

    def number(self, row: int, period: int) -> float:
        """A row in a period."""
        return float(self.table[row + period * self.game.row_stride[row]])

    def profiles(self) -> Iterator[tuple[tuple[int, ...], float]]:
        """The combinations of everybody's types that are not impossible, with the analyst's shares of them."""
        for types in product(*(range(len(each.types)) for each in self.game.informed)):
            shares = [] if self.prior is None else [float(self.prior[at, 0, own]) for at, own in enumerate(types)]
            if all(share > 0 for share in shares):
                yield types, prod(shares, start=1.0)

    def options(self, point: int) -> list[range]:
        """Options of a point by mover."""
        entries = range(self.structure.mover_start[point], self.structure.mover_start[point + 1])
        return [range(self.option_start[entry], self.option_start[entry + 1]) for entry in entries]

    def joints(self, point: int) -> range:
        """Joint moves of a point."""
        return range(self.structure.joint_start[point], self.structure.joint_start[point + 1])

    def joint(self, point: int, chosen: tuple[int, ...]) -> int:
        """The joint move of the options that a point's movers chose; the last mover's run fastest."""
        place = 0
        for option, options in zip(chosen, self.options(point), strict=True):
            place = place * len(options) + options.index(option)
        return int(self.structure.joint_start[point]) + place

    def ways(self, point: int, joint: int, period: int) -> list[Way]:
        """Where a joint move can lead."""
        s = self.structure
        branches = range(s.branch_start[joint], s.branch_start[joint + 1])
        found = []
        for branch in branches:
            p = self.number(int(s.branch_row[branch, 0]), period)
            if p > 0:
                found.append(Way(self._label(point, joint, branch), p, int(s.branch_target[branch]), branch))
        return found

    def pays(self, starts: Ints, place: int, types: tuple[int, ...], period: int) -> list[float]:
        """What each player is paid at one place of a block of pays, undiscounted."""
        s, found = self.structure, [0.0] * len(self.game.players)
        for pay in range(starts[place], starts[place + 1]):
            row = int(s.pay_true[pay])
            if s.pay_stride is not None:
                row += int(s.pay_stride[pay] @ np.array(types, dtype=np.int64))
            found[s.pay_player[pay]] += float(s.pay_sign[pay]) * self.number(row, period)
        return found

    def stage(self, point: int) -> str:
        """The name of a stage, chance or ending."""
        points = self.game.skeleton.points
        return points[point].stage if points else str(point)

    def _label(self, point: int, joint: int, branch: int) -> str:
        """A branch's label, with its number where another has the same or it has none."""
        first, points = int(self.structure.branch_start[joint]), self.game.skeleton.points
        if not points:  # a game that came as arrays alone
            return str(branch - first + 1)
        labels = [each.label for each in points[point].joints[joint - self.joints(point).start].branches]
        own = labels[branch - first]
        return own if own and labels.count(own) == 1 else f"{own} {branch - first + 1}".strip()


def obstacles(numbers: Numbers) -> Iterator[Trouble]:
    """What a tree cannot say: base weights, misperceptions, priors of observers that are not the analyst's."""
    yield from _weights(numbers)
    yield from _views(numbers)
    yield from _priors(numbers)


def _weights(numbers: Numbers) -> Iterator[Trouble]:
    """Base weights that are not equal within a choice; the first place where it is so, by stage."""
    game, s, met = numbers.game, numbers.structure, set()
    kinds = {each.player: len(each.types) for each in game.informed}
    for entry, player in enumerate(s.mover_player.tolist()):
        options = range(numbers.option_start[entry], numbers.option_start[entry + 1])
        strides = np.zeros(len(options), dtype=np.int64) if s.option_stride is None else s.option_stride[options]
        rows = [(s.option_weight[options] + own * strides).tolist() for own in range(kinds.get(player, 1))]
        actor, stage, _ = game.option_label[options.start]
        if (actor, stage) in met or not any(_differ(numbers, own) for own in rows):
            continue
        met.add((actor, stage))
        found = f"the moves of {actor} at {stage!r} have different base weights"
        yield Trouble(stage, found, "base weights of 1: a tree has none, and no payoff stands for one")


def _differ(numbers: Numbers, rows: list[int]) -> bool:
    for period in range(numbers.horizon):
        weights = [numbers.number(row, period) for row in rows]
        if max(weights) - min(weights) > SAME * max(weights):
            return True
    return False


def _views(numbers: Numbers) -> Iterator[Trouble]:
    """Players who see a probability, or a payoff of theirs, otherwise than it is."""
    game, s = numbers.game, numbers.structure
    for player, name in enumerate(game.players):
        chances = {(int(true), int(seen)) for true, seen in s.branch_row[:, [0, 1 + player]]}
        pays = {
            (int(true) + more, int(seen) + more)
            for pay, (true, seen) in enumerate(zip(s.pay_true, s.pay_seen, strict=True))
            if s.pay_player[pay] == player and true != seen
            for more in _more(numbers, pay)
        }
        for what, pairs in (("probabilities of chance", chances), ("own payoffs", pays)):
            if any(_apart(numbers, true, seen) for true, seen in pairs):
                found = f"{name} sees {what} otherwise than they are"
                yield Trouble("perceives", found, "nobody mistaken, as in a game filled with perceive=False")


def _more(numbers: Numbers, pay: int) -> list[int]:
    """What is added to a pay's rows in each combination of types."""
    strides = numbers.structure.pay_stride
    if strides is None:
        return [0]
    kinds = [range(len(each.types)) for each in numbers.game.informed]
    return [int(strides[pay] @ np.array(types, dtype=np.int64)) for types in product(*kinds)]


def _apart(numbers: Numbers, true: int, seen: int) -> bool:
    if true == seen:
        return False
    pairs = ((numbers.number(true, t), numbers.number(seen, t)) for t in range(numbers.horizon))
    return any(abs(one - other) > SAME * max(1.0, abs(one)) for one, other in pairs)


def _priors(numbers: Numbers) -> Iterator[Trouble]:
    game = numbers.game
    for at, each in enumerate(game.informed):
        assert numbers.prior is not None
        actor = game.players[each.player]
        for player, name in enumerate(game.players):
            if np.abs(numbers.prior[at, 1 + player] - numbers.prior[at, 0]).max() > SAME:
                found = f"{name} does not believe the analyst's shares of the types of {actor}"
                yield Trouble(f"actors.{actor}.believed", found, "one prior for all: a tree has no other")
