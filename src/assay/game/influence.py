"""Whether a changed move can reach what is counted: a contrast that no path can carry is zero by construction.

Points are sorted into classes of equal futures by partition refinement (as for automata, Hopcroft 1971; for Markov
chains this is lumpability, Kemeny & Snell 1960): equal for what is counted, and for the payoffs of those whose choices
can change it. An option that leads where the mover's other options lead, class by class, can change nothing.

With private types a move also tells something of its mover, and what is believed enters everybody's later choices. So a
choice that can depend on the mover's type changes something wherever a choice that matters can follow, though its
options lead to the same future.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np

from assay.game.game import CHOICE, CLOSE, ENDING, Game, Ints, Structure
from assay.game.lists import Lists
from assay.game.revealing import revealing
from assay.game.rows import ONE

Mark: TypeAlias = tuple[Any, ...]
NOTHING = 0
"""The class of futures in which nothing that counts can happen any more, whether play goes on or not."""


class Reads(Protocol):
    """What a quantity counts (a reader of a forward pass): mass at points, mass through options, expected pays."""

    @property
    def point(self) -> Ints:
        """Points whose arriving mass is counted."""

    @property
    def option(self) -> Ints:
        """Options whose mass is counted."""

    @property
    def joint(self) -> Ints:
        """Joint moves whose mass is counted."""

    @property
    def pay(self) -> Ints:
        """Pays whose expected amount is counted."""

    @property
    def payoff(self) -> bool:
        """Whether options count by their mover's expected payoff."""

    @property
    def worth(self) -> Ints:
        """Options whose expected payoff is counted over all visits to their point, chosen or not."""


def reaches(game: Game, options: Iterable[int]) -> frozenset[int]:
    """The points that play can come to after one of the options, in the same period or a later one."""
    lists = Lists(game.structure)
    chosen = {int(option) for option in options}
    waiting = [
        target
        for point in {int(game.option_point[option]) for option in chosen}
        for joint in lists.joints(point)
        if chosen.intersection(lists.joint_option[joint])
        for target in lists.targets(joint)
    ]
    return frozenset(lists.closure(waiting))


def influences(game: Game, options: Iterable[int], reads: Sequence[Reads]) -> bool:
    """Whether playing the options more or less often can change what is counted, nobody re-planning (a surgical `do`).

    False is certain: for every choice of numbers, forcing or removing any of the options leaves each of `reads` as it
    is in every period, because all that the mover can do where one of the options stands leads to futures that are the
    same for what is counted. Futures are the same where they have the same probabilities (the same rows of the table,
    in truth and as every player sees them), lead to the same classes, pay what is counted alike, and are played alike:
    everybody whose choice there can matter has the same moves, weights and payoffs. A choice that can tell something of
    its mover's type is never as good as none where a choice that matters, or a counted expected payoff, can follow.
    True means possible: effects that cancel out for particular numbers, or rows that are equal though they are written
    differently, are not seen.

    Points, options and joint moves at which mass leaves the game (`stop_*` of a pass) belong among `reads` too.
    """
    chosen = sorted({int(option) for option in options})
    return bool(chosen) and _Classes(game, chosen, reads).matters()


@dataclass(slots=True)
class _Counted:
    """What is counted, as marks: which of `reads` count a point, an option, a joint move or a pay."""

    points: dict[int, Mark]
    options: dict[int, Mark]
    joints: dict[int, Mark]
    pays: dict[int, Mark]
    players: frozenset[int]
    """Players whose expected payoff is counted."""
    expecting: frozenset[int] = frozenset()
    """Points at which an expected payoff is counted: it depends on what is believed there."""


def _counted(game: Game, reads: Sequence[Reads]) -> _Counted:
    counted = _Counted({}, {}, {}, {}, frozenset())
    tables = (counted.points, counted.options, counted.joints, counted.pays)
    for place, each in enumerate(reads):
        for marks, indices in zip(tables, (each.point, each.option, each.joint, each.pay), strict=True):
            for index in np.asarray(indices).tolist():
                marks[index] = (*marks.get(index, ()), place)
        worth = np.asarray(each.worth).tolist()
        expected = [*worth, *(np.asarray(each.option).tolist() if each.payoff else [])]
        counted.players |= {game.players.index(game.option_label[option][0]) for option in expected}
        counted.expecting |= {int(game.option_point[option]) for option in expected}
        for point in {int(game.option_point[option]) for option in worth}:
            counted.points[point] = (*counted.points.get(point, ()), place)
    return counted


class _Pays:
    """The pays that count, by block and index: those that are read, and those of the players who decide."""

    def __init__(self, structure: Structure, counted: _Counted, players: frozenset[int]) -> None:
        self.counted = counted.pays
        self.players = players
        self.table: list[tuple[int, int, int, float]] = list(
            zip(
                structure.pay_player.tolist(),
                structure.pay_true.tolist(),
                structure.pay_seen.tolist(),
                structure.pay_sign.tolist(),
                strict=True,
            )
        )
        self.joint = self._block(structure.joint_pay_start)
        self.branch = self._block(structure.branch_pay_start)
        self.point = self._block(structure.point_pay_start)
        self.final = self._block(structure.final_pay_start)

    def _block(self, starts: Ints) -> list[Mark]:
        ends = starts.tolist()
        return [self._marks(first, end) if first < end else () for first, end in pairwise(ends)]

    def _marks(self, first: int, end: int) -> Mark:
        found: list[Mark] = []
        for pay in range(first, end):
            player, true, seen, sign = self.table[pay]
            if pay in self.counted:
                found.append((-1, true, sign, self.counted[pay]))
            if player in self.players:
                found.append((player, seen, sign, ()))
        return tuple(sorted(found))


class _Classes:
    """Points after the intervention, by class of equal futures; see `influences`."""

    def __init__(self, game: Game, chosen: list[int], reads: Sequence[Reads]) -> None:
        self.structure = game.structure
        self.lists = Lists(game.structure)
        self.counted = _counted(game, reads)
        self.sweeps = game.periods + game.buffer + 1
        at = game.option_point[chosen].tolist()
        self.after = sorted(self.lists.closure(list(at)))
        entries = np.searchsorted(game.structure.option_start, chosen, side="right") - 1
        self.changed = sorted(set(zip(at, entries.tolist(), strict=True)))
        """The intervened points with the mover entry whose choice is changed."""
        self.players = self.counted.players
        """Players whose payoffs must be equal, because their choices can change what is counted."""
        self.pays = _Pays(self.structure, self.counted, self.players)
        self.of: dict[int, int] = {}
        self.revealing = revealing(game)
        """Mover entries whose choice can move beliefs."""
        self.sensitive: frozenset[int] = frozenset()
        """Points from which on it can matter what is believed."""

    def matters(self) -> bool:
        """Whether some changed choice makes a difference, once it is settled whose choices do."""
        while True:
            self._refine()
            if any(self._differs(point, entry) for point, entry in self.changed):
                return True  # more payoffs that count would only tell more futures apart
            deciding = self._deciding()
            if not deciding:
                return False
            self.players = self.players | deciding
            self.pays = _Pays(self.structure, self.counted, self.players)

    def _deciding(self) -> frozenset[int]:
        """Further players who somewhere can choose between different futures."""
        lists = self.lists
        return frozenset(
            lists.mover_player[entry]
            for point in self.after
            for entry in lists.movers(point)
            if lists.mover_player[entry] not in self.players and self._differs(point, entry)
        )

    def _refine(self) -> None:
        """Splits classes until they are stable: sweeps backwards through a period; closes look at the last one."""
        self.of = dict.fromkeys(self.after, NOTHING)
        count = 0
        for _ in range(self.sweeps):
            known: dict[Mark, int] = {}
            of: dict[int, int] = {}
            for point in reversed(self.after):
                of[point] = self._class(point, of, known)
            self.of = of
            if len(known) == count:
                break
            count = len(known)
        self.sensitive = self._sensitive()

    def _sensitive(self) -> frozenset[int]:
        """Points from which a choice between different futures, or a counted expected payoff, can be reached."""
        if not self.revealing:
            return frozenset()
        choices = {point for point in self.after if self.lists.kind[point] == CHOICE and self._several(point)}
        expecting = self.counted.expecting.intersection(self.after)
        return frozenset(self.lists.before(choices | expecting, self.after))

    def _several(self, point: int) -> bool:
        """Whether a choice is between different futures."""
        return len({self._way(joint, self.of) for joint in self.lists.joints(point)}) > 1

    def _class(self, point: int, of: dict[int, int], known: dict[Mark, int]) -> int:
        kind = self.lists.kind[point]
        mark = self.counted.points.get(point, ())
        new = len(known) + 1
        if kind in (CLOSE, ENDING):
            paid = (self.pays.point[point], self.pays.final[point])
            follows = self.of[self.lists.next_point[point]] if kind == CLOSE else NOTHING
            counts = bool(mark or any(paid) or follows != NOTHING)
            return known.setdefault((kind, mark, *paid, follows), new) if counts else NOTHING
        ways = [self._way(joint, of) for joint in self.lists.joints(point)]
        if len(set(ways)) > 1 or (self._reveals(point) and _goes_on(ways[0])):
            return known.setdefault((CHOICE, mark, self._movers(point), tuple(ways)), new)
        follows_for_certain = _certain_target(ways[0])
        if follows_for_certain is not None and not mark:
            return follows_for_certain  # nothing that counts is decided here: the point is as good as what follows
        return known.setdefault((mark, ways[0]), new)

    def _reveals(self, point: int) -> bool:
        return any(entry in self.revealing for entry in self.lists.movers(point))

    def _way(self, joint: int, of: dict[int, int]) -> Mark:
        """What counts of a joint move: options, pays, and the classes it leads to with their probabilities' rows."""
        lists = self.lists
        led: dict[Mark, list[Mark]] = {}
        for branch in range(lists.branch_start[joint], lists.branch_start[joint + 1]):
            key = (of[lists.branch_target[branch]], self.pays.branch[branch])
            led.setdefault(key, []).append(lists.branch_row[branch])
        if len(led) == 1:  # the branches sum to one, whatever their rows
            led = {key: [(ONE,)] for key in led}
        options = (self.counted.options.get(option, ()) for option in lists.joint_option[joint])
        marks = (self.counted.joints.get(joint, ()), *options)
        ways = frozenset((key, tuple(sorted(rows))) for key, rows in led.items())
        return marks if any(marks) else (), self.pays.joint[joint], ways

    def _movers(self, point: int) -> Mark:
        """Who chooses among how many options with which weights."""
        lists = self.lists
        return tuple(
            (lists.mover_player[at], tuple(lists.option_weight[lists.option_start[at] : lists.option_start[at + 1]]))
            for at in lists.movers(point)
        )

    def _differs(self, point: int, entry: int) -> bool:
        """Whether a mover's options lead to different futures for some choice of the others, or its choice is seen by
        somebody whose later choice can matter.
        """
        if entry in self.revealing and any(target in self.sensitive for target in self.lists.after(point)):
            return True
        column = entry - self.lists.mover_start[point]
        by_others: dict[Mark, set[Mark]] = {}
        for joint in self.lists.joints(point):
            options = self.lists.joint_option[joint]
            others = (*options[:column], *options[column + 1 :])
            by_others.setdefault(others, set()).add(self._way(joint, self.of))
        return any(len(ways) > 1 for ways in by_others.values())


def _goes_on(way: Mark) -> bool:
    """Whether something that counts can happen after a joint move."""
    return any(target != NOTHING for (target, _), _ in way[2])


def _certain_target(way: Mark) -> int | None:
    """The class that a joint move leads to for certain, where nothing is counted or paid on the way."""
    marks, pays, led = way
    if marks or pays or len(led) != 1:
        return None
    ((target, paid), _), *_none = led
    return None if paid else int(target)
