"""Whether a changed move can reach what is counted: a contrast that no path can carry is zero by construction.

Points are sorted into classes of equal futures by partition refinement (as for automata, Hopcroft 1971; for Markov
chains this is lumpability, Kemeny & Snell 1960): equal for what is counted, and for the payoffs of those whose choices
can change it. An option that leads where the mover's other options lead, class by class, can change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np

from assay.game.game import CHOICE, CLOSE, ENDING, Game, Ints, Structure
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


def reaches(game: Game, options: Iterable[int]) -> frozenset[int]:
    """The points that play can come to after one of the options, in the same period or a later one."""
    lists = _Lists(game.structure)
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
    everybody whose choice there can matter has the same moves, weights and payoffs. True means possible: effects that
    cancel out for particular numbers, or rows that are equal though they are written differently, are not seen.

    Points, options and joint moves at which mass leaves the game (`stop_*` of a pass) belong among `reads` too.
    """
    chosen = sorted({int(option) for option in options})
    return bool(chosen) and _Classes(game, chosen, reads).matters()


class _Lists:
    """A structure as plain lists, which Python reads faster one by one than arrays."""

    def __init__(self, structure: Structure) -> None:
        self.kind: list[int] = structure.kind.tolist()
        self.mover_start: list[int] = structure.mover_start.tolist()
        self.mover_player: list[int] = structure.mover_player.tolist()
        self.option_start: list[int] = structure.option_start.tolist()
        self.option_weight: list[int] = structure.option_weight.tolist()
        self.joint_start: list[int] = structure.joint_start.tolist()
        self.joint_option = [tuple(option for option in row if option >= 0) for row in structure.joint_option.tolist()]
        self.branch_start: list[int] = structure.branch_start.tolist()
        self.branch_target: list[int] = structure.branch_target.tolist()
        self.branch_row = [tuple(rows) for rows in structure.branch_row.tolist()]
        self.next_point: list[int] = structure.next_point.tolist()

    def joints(self, point: int) -> range:
        """The joint moves of a point."""
        return range(self.joint_start[point], self.joint_start[point + 1])

    def movers(self, point: int) -> range:
        """The mover entries of a point."""
        return range(self.mover_start[point], self.mover_start[point + 1])

    def targets(self, joint: int) -> Iterator[int]:
        """Where a joint move can lead."""
        return iter(self.branch_target[self.branch_start[joint] : self.branch_start[joint + 1]])

    def closure(self, waiting: list[int]) -> set[int]:
        """The points and all that can follow them, in any period."""
        found: set[int] = set()
        while waiting:
            point = waiting.pop()
            if point in found:
                continue
            found.add(point)
            if self.kind[point] == CLOSE:
                waiting.append(self.next_point[point])
            for joint in self.joints(point):
                waiting.extend(self.targets(joint))
        return found


@dataclass(slots=True)
class _Counted:
    """What is counted, as marks: which of `reads` count a point, an option, a joint move or a pay."""

    points: dict[int, Mark]
    options: dict[int, Mark]
    joints: dict[int, Mark]
    pays: dict[int, Mark]
    players: frozenset[int]
    """Players whose expected payoff is counted."""


def _counted(game: Game, reads: Sequence[Reads]) -> _Counted:
    counted = _Counted({}, {}, {}, {}, frozenset())
    tables = (counted.points, counted.options, counted.joints, counted.pays)
    for place, each in enumerate(reads):
        for marks, indices in zip(tables, (each.point, each.option, each.joint, each.pay), strict=True):
            for index in np.asarray(indices).tolist():
                marks[index] = (*marks.get(index, ()), place)
        if each.payoff:
            names = {game.option_label[option][0] for option in np.asarray(each.option).tolist()}
            counted.players |= {game.players.index(name) for name in names}
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
        self.lists = _Lists(game.structure)
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
                return
            count = len(known)

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
        if len(set(ways)) > 1:
            return known.setdefault((CHOICE, mark, self._movers(point), tuple(ways)), new)
        follows_for_certain = _certain_target(ways[0])
        if follows_for_certain is not None and not mark:
            return follows_for_certain  # nothing that counts is decided here: the point is as good as what follows
        return known.setdefault((mark, ways[0]), new)

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
        """Whether a mover's options lead to different futures for some choice of the others."""
        column = entry - self.lists.mover_start[point]
        by_others: dict[Mark, set[Mark]] = {}
        for joint in self.lists.joints(point):
            options = self.lists.joint_option[joint]
            others = (*options[:column], *options[column + 1 :])
            by_others.setdefault(others, set()).add(self._way(joint, self.of))
        return any(len(ways) > 1 for ways in by_others.values())


def _certain_target(way: Mark) -> int | None:
    """The class that a joint move leads to for certain, where nothing is counted or paid on the way."""
    marks, pays, led = way
    if marks or pays or len(led) != 1:
        return None
    ((target, paid), _), *_none = led
    return None if paid else int(target)
