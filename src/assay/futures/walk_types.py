"""One draw of a game with private types as a chain: where a profile of types may go from a point and a belief.

Beliefs are on the grid, and a posterior between two nodes is split between them as the solution has it, so that
histories have exactly the law of the solved game.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assay.futures.rules import check_rules
from assay.game.game import CLOSE, ENDING, Floats, Game, Ints
from assay.solvers.definition_cells import cells_at, cells_of, play_of
from assay.solvers.definition_forward import Imposed, imposed_play, ways_on
from assay.solvers.definition_numbers import TypedDraw, typed_draw
from assay.solvers.strategies import Cells, Strategies


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: joint move, branch, the belief node that it leads to, and its probability in truth."""

    joint: int
    branch: int
    node: int
    probability: float


@dataclass(frozen=True, eq=False)
class TypedChain:
    """One draw of a solved game with private types."""

    typed: TypedDraw
    number: int
    cells: Cells
    given: Floats  # (C,) what is played, without the intervention
    imposed: Imposed

    @property
    def game(self) -> Game:
        """The game."""
        return self.typed.game

    @property
    def start(self) -> int:
        """The belief node at which the game starts."""
        return int(np.ravel_multi_index(self.typed.start, self.typed.shape))

    def shares(self) -> Floats:
        """The analyst's share of every profile of types."""
        each = [
            [self.typed.analyst[place][own] for place, own in enumerate(profile)] for profile in self.typed.profiles
        ]
        return np.asarray(np.array(each).prod(axis=1))

    def is_terminal(self, point: int) -> bool:
        """Whether a period ends at a point: a close or an ending."""
        return int(self.game.structure.kind[point]) in (CLOSE, ENDING)

    def ways(self, profile: int, period: int, point: int, node: int) -> Iterator[Way]:
        """Where a profile of types may go from a point that does not end the period."""
        types, s = self.typed.profiles[profile], self.game.structure
        for joint, _, likely, reached in ways_on(
            self.typed, self.cells, self.given, self.imposed, True, types, point, node, period
        ):
            for branch in range(s.branch_start[joint], s.branch_start[joint + 1]):
                chance = likely * self.chance(branch, period)
                for at in np.flatnonzero(reached) if chance > 0 else ():
                    yield Way(joint, branch, int(at), chance * float(reached[at]))

    def chance(self, branch: int, period: int) -> float:
        """How probable a branch is, in truth."""
        return self.typed.numbers.number(int(self.game.structure.branch_row[branch, 0]), period)

    def chances(self, period: int) -> list[float]:
        """How probable every branch is, in truth."""
        rows, numbers = self.game.structure.branch_row[:, 0], self.typed.numbers
        return [float(p) for p in numbers.table[rows + period * self.game.row_stride[rows]]]

    @property
    def imposes(self) -> bool:
        """Whether there is an intervention."""
        return bool(len(self.imposed.forced) or len(self.imposed.removed))

    def chosen(self, mover: int, period: int, node: int) -> Floats:
        """What each own type of a mover plays at a belief node of its own accord, (K, A)."""
        kinds = self.typed.types(int(self.game.structure.mover_player[mover]))
        return np.asarray(self.given[cells_at(self.cells, self._options(mover), period, kinds, node)])

    def play(self, mover: int, period: int, node: int) -> Floats:
        """The same under the intervention."""
        own = self.chosen(mover, period, node)
        return np.array([imposed_play(each, self._options(mover), self.imposed) for each in own])

    def tells(self, mover: int) -> bool:
        """Whether others draw conclusions from what a mover does: not where it is imposed, unless that signals."""
        imposed = [*self.imposed.forced, *self.imposed.removed]
        return self.imposed.signals or not np.isin(self._options(mover), imposed).any()

    def _options(self, mover: int) -> range:
        s = self.game.structure
        return range(s.option_start[mover], s.option_start[mover + 1])


def typed_chain_of(strategies: Strategies, draw: int, forced: Ints, removed: Ints, signals: bool) -> TypedChain:
    """The chain of one draw under an intervention, with the rules of `Pass`. Raises `ValueError` for no such draw."""
    filled = strategies.filled
    check_rules(filled.game, forced, removed)
    if not 0 <= draw < filled.draws:
        raise ValueError(f"draw {draw}; expected 0 to {filled.draws - 1}")
    given = play_of(strategies, draw)
    if not np.isfinite(given).all():
        raise ValueError(f"draw {draw} has no solution: a value was not a number")
    imposed = Imposed(np.asarray(forced), np.asarray(removed), signals)
    return TypedChain(typed_draw(filled, draw), draw, cells_of(strategies), given, imposed)
