"""One draw as a chain that can be walked: what is played, where it leads, and the chance of getting somewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.futures.rules import check_rules
from assay.game.game import CHANCE, CHOICE, CLOSE, ENDING, LANES, Floats, Game, Ints
from assay.solvers.strategies import Strategies

NO_OPTIONS = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Chain:
    """One draw of a solved game. `play` has shape (periods, options)."""

    game: Game
    draw: int
    play: Floats
    table: Floats  # (R,)

    def number(self, row: int, period: int) -> float:
        """The number of a row of the table in a period."""
        return float(self.table[row + period * int(self.game.row_stride[row])])

    def is_terminal(self, point: int) -> bool:
        """Whether a period ends at a point: a close or an ending."""
        return int(self.game.structure.kind[point]) in (CLOSE, ENDING)

    def is_choice(self, point: int) -> bool:
        """Whether somebody chooses at a point."""
        return int(self.game.structure.kind[point]) == CHOICE

    def joints(self, point: int) -> range:
        """Joint moves of a point (a chance has one)."""
        s = self.game.structure
        return range(int(s.joint_start[point]), int(s.joint_start[point + 1]))

    def options(self, joint: int) -> tuple[int, ...]:
        """The options that make up a joint move."""
        return tuple(int(o) for o in self.game.structure.joint_option[joint] if o >= 0)

    def branches(self, joint: int) -> range:
        """Where a joint move may lead."""
        s = self.game.structure
        return range(int(s.branch_start[joint]), int(s.branch_start[joint + 1]))

    def joint_probability(self, point: int, joint: int, period: int) -> float:
        """How probable a joint move is at its point."""
        if self.game.structure.kind[point] == CHANCE:
            return 1.0
        return float(np.prod([self.play[period, o] for o in self.options(joint)]))

    def branch_probability(self, branch: int, period: int) -> float:
        """How probable a branch is, in truth."""
        return self.number(int(self.game.structure.branch_row[branch, 0]), period)

    def reach(self, points: frozenset[int], options: frozenset[int], never: bool = False) -> Floats:
        """The probability of getting, from each point in each period, to one of `points` or through one of `options`
        before the reported periods are over, or with `never` of not getting there; shape (periods, points).
        """
        s, periods = self.game.structure, self.game.periods
        there, over = (0.0, 1.0) if never else (1.0, 0.0)
        reach = np.full((periods, s.kind.size), over)
        through = [bool(options.intersection(self.options(j))) for j in range(len(s.joint_option))]
        kind, joints, branches = s.kind.tolist(), s.joint_start.tolist(), s.branch_start.tolist()
        target, after = s.branch_target.tolist(), s.next_point.tolist()
        later: list[float] = []
        for period in reversed(range(periods)):
            plays, leads = self.joint_probabilities(period), self.branch_probabilities(period)
            here = [over] * len(kind)
            for point in reversed(range(len(kind))):
                if point in points:
                    here[point] = there
                elif kind[point] == CLOSE:
                    here[point] = later[after[point]] if later else over
                elif kind[point] != ENDING:
                    here[point] = sum(
                        plays[j]
                        * (
                            there
                            if through[j]
                            else sum(leads[b] * here[target[b]] for b in range(*branches[j : j + 2]))
                        )
                        for j in range(*joints[point : point + 2])
                    )
            reach[period] = later = here
        return reach

    def joint_probabilities(self, period: int) -> list[float]:
        """`joint_probability` of every joint move."""
        options = self.game.structure.joint_option
        return [float(p) for p in np.where(options >= 0, self.play[period, options], 1.0).prod(axis=1)]

    def branch_probabilities(self, period: int) -> list[float]:
        """`branch_probability` of every branch."""
        rows = self.game.structure.branch_row[:, 0]
        return [float(p) for p in self.table[rows + period * self.game.row_stride[rows]]]


def chain_of(strategies: Strategies, draw: int, forced: Ints = NO_OPTIONS, removed: Ints = NO_OPTIONS) -> Chain:
    """The chain of one draw under an intervention, with the rules of `Pass`. Raises `ValueError` for no such draw."""
    filled = strategies.filled
    check_rules(filled.game, forced, removed)
    if not 0 <= draw < filled.draws:
        raise ValueError(f"draw {draw}; expected 0 to {filled.draws - 1}")
    group, lane = divmod(draw, LANES)
    play = strategies.probability[group, :, :, 0, lane].copy()
    if not np.isfinite(play).all():
        raise ValueError(f"draw {draw} has no solution: a value was not a number")
    _impose(filled.game, play, forced, removed)
    return Chain(filled.game, draw, play, filled.table[group, :, lane])


def _impose(game: Game, play: Floats, forced: Ints, removed: Ints) -> None:
    """Replaces play (periods, options) by the rules of an intervention."""
    if not len(forced) and not len(removed):
        return
    s = game.structure
    for first, last in zip(s.option_start[:-1], s.option_start[1:], strict=True):
        own = np.arange(first, last)
        kept: NDArray[np.bool_] = ~np.isin(own, removed)
        if not kept.all():
            share = play[:, own] * kept
            total = share.sum(axis=1, keepdims=True)
            alike = kept / kept.sum()
            play[:, own] = np.where(total > 0, share / np.where(total > 0, total, 1.0), alike)
        must = own[np.isin(own, forced)]
        if must.size:
            play[:, own] = own == must[0]
