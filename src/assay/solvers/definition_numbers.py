"""One draw of a game with private types: its numbers, beliefs and slots, and what points and ways are worth.

Values are arrays (slots, Z1, .., ZI): a slot is a player with an own type, Zi the belief nodes about informed actor i.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from assay.game.game import LANES, Filled, Floats, Game, Ints
from assay.solvers.beliefs import Grid, grids_of
from assay.solvers.definition import Draw


@dataclass(frozen=True, eq=False)
class TypedDraw:
    """One draw of a filled game, with its beliefs."""

    game: Game
    numbers: Draw
    grids: tuple[Grid, ...]
    analyst: tuple[Floats, ...]
    """The analyst's shares (K,) of the types of each informed actor."""
    prior: tuple[Floats, ...]
    """What each player believes at the start, (players, K), by informed actor."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Belief nodes about each informed actor."""
        return tuple(grid.size for grid in self.grids)

    @property
    def start(self) -> tuple[int, ...]:
        """The belief node at which the game starts."""
        return tuple(grid.start for grid in self.grids)

    @cached_property
    def informed(self) -> dict[int, int]:
        """Place among the informed actors, by player."""
        return {grid.player: place for place, grid in enumerate(self.grids)}

    @cached_property
    def profiles(self) -> tuple[tuple[int, ...], ...]:
        """Every combination of types of the informed actors, the last one's running fastest."""
        return tuple(product(*(range(grid.types) for grid in self.grids)))

    def types(self, player: int) -> int:
        """How many types a player has: 1 where it has no private ones."""
        return self.grids[self.informed[player]].types if player in self.informed else 1

    def slots(self, player: int) -> list[int]:
        """A player's slots, type by type."""
        return [self.game.slots.index((player, own)) for own in range(self.types(player))]

    def believed(self, place: int, player: int, own: int) -> Floats:
        """What a player of an own type believes about an informed actor at each node, (Z, K); it knows itself."""
        grid = self.grids[place]
        if grid.player == player:
            return np.tile(np.arange(grid.types) == own, (grid.size, 1)).astype(float)
        return np.asarray(grid.believed[1 + player])

    def amount(self, row: int, strides: Ints, types: tuple[int, ...], period: int) -> float:
        """The number of a row that may depend on types."""
        return self.numbers.number(row + int(sum(s * k for s, k in zip(strides, types, strict=True))), period)

    def pay_strides(self, pay: int) -> Ints:
        """What a type more of each informed actor adds to the rows of a pay."""
        strides = self.game.structure.pay_stride
        return np.zeros(len(self.grids), dtype=np.int32) if strides is None else strides[pay]

    def weight(self, option: int, own: int, period: int) -> float:
        """The base weight of an option for an own type."""
        s = self.game.structure
        stride = 0 if s.option_stride is None else int(s.option_stride[option])
        return self.numbers.number(int(s.option_weight[option]) + stride * own, period)

    def pays(self, starts: Ints, i: int, period: int) -> Floats:
        """What entry i of a block of pays is worth to each slot at each belief node, as it sees it."""
        s = self.game.structure
        total = np.zeros((len(self.game.slots), *self.shape))
        for n in range(starts[i], starts[i + 1]):
            player = int(s.pay_player[n])
            amounts = np.array(
                [self.amount(s.pay_seen[n], self.pay_strides(n), each, period) for each in self.profiles]
            )
            amounts = amounts.reshape([grid.types for grid in self.grids])
            for own, slot in enumerate(self.slots(player)):
                total[slot] += s.pay_sign[n] * self._expected(amounts, player, own)
        return total

    def _expected(self, amounts: Floats, player: int, own: int) -> Floats:
        """Amounts by type profile in the eyes of a player, at each belief node."""
        for place in range(len(self.grids)):
            amounts = np.tensordot(amounts, self.believed(place, player, own), axes=(0, 1))
        return amounts

    def joint_value(self, j: int, period: int, value: Floats) -> Floats:
        """What joint move j is worth once it has been made, and what it says of types has been learnt.

        `value` has shape (points, slots, Z1, .., ZI).
        """
        s = self.game.structure
        players = [player for player, _ in self.game.slots]
        total = self.pays(s.joint_pay_start, j, period)
        for b in range(s.branch_start[j], s.branch_start[j + 1]):
            seen = np.array([self.numbers.number(s.branch_row[b, 1 + player], period) for player in players])
            ahead = self.pays(s.branch_pay_start, b, period) + value[s.branch_target[b]]
            total = total + seen.reshape(-1, *[1] * len(self.grids)) * ahead
        return np.asarray(total)

    def close(self, point: int, period: int, after: Floats, last: bool) -> Floats:
        """Flows and, discounted, what follows: the next period, or the final payoffs after the last one."""
        s, delta = self.game.structure, self.numbers.discount
        ahead = self.pays(s.final_pay_start, point, period) if last else after[s.next_point[point]]
        flows = self.pays(s.point_pay_start, point, period)
        return np.asarray(delta * (flows + ahead) if s.flow_after_discount else flows + delta * ahead)


def typed_draw(filled: Filled, draw: int) -> TypedDraw:
    """One draw of a filled game."""
    game, (group, lane) = filled.game, divmod(draw, LANES)
    numbers = Draw(
        game.structure,
        filled.table[group, :, lane],
        np.asarray(game.row_stride, dtype=float),
        filled.precision[group, :, lane],
        float(filled.discount[group, lane]),
    )
    kinds = [len(each.types) for each in game.informed]
    prior = [] if filled.prior is None else [filled.prior[group, i, :, :k, lane] for i, k in enumerate(kinds)]
    analyst, players = tuple(own[0] for own in prior), tuple(own[1:] for own in prior)
    return TypedDraw(game, numbers, grids_of(filled, draw), analyst, players)
