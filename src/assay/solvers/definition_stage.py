"""A stage at one belief node: who moves, what every joint move is worth, and the logit response to what is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.game.game import Floats
from assay.solvers.beliefs import Grid
from assay.solvers.definition_numbers import TypedDraw
from assay.solvers.definition_search import Profile

Node = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Mover:
    """Somebody who moves: K own types (1 where it has no private ones), A options."""

    player: int
    slots: Sequence[int]
    weight: Floats  # (K, A)
    precision: float
    place: int
    """Among the informed actors; -1 where its type is no secret."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage at a belief node. `worth[slot]` has axes (A1, Z1, A2, Z2, ..): what each mover does and where that takes
    the belief about it; Z is 1 where it has no private types.
    """

    draw: TypedDraw
    node: Node
    movers: Sequence[Mover]
    worth: Floats
    learning: bool

    def logs(self, y: Profile) -> Profile:
        """Log probabilities (K, A) of the options of each mover: weight * exp(y) in proportion."""
        return [_logs(mover.weight, own) for mover, own in zip(self.movers, y, strict=True)]

    def response(self, y: Profile) -> Profile:
        """G(y), by mover and own type."""
        return [
            mover.precision * (payoff - payoff[:, :1])
            for mover, payoff in zip(self.movers, self.payoffs(self.logs(y)), strict=True)
        ]

    def payoffs(self, logs: Profile) -> Profile:
        """What each option is worth to each own type of its mover, if everybody plays so."""
        signals = self.signals(logs)
        found = []
        for m, mover in enumerate(self.movers):
            payoff = np.zeros_like(mover.weight)
            for own, slot in enumerate(mover.slots):
                left = self.worth[slot]
                for n in reversed(range(len(self.movers))):
                    if n != m:
                        left = np.tensordot(
                            left, self.seen(n, logs, signals, mover.player, own), ([2 * n, 2 * n + 1], [0, 1])
                        )
                payoff[own] = (left * signals[m][own]).sum(axis=1)
            found.append(payoff)
        return found

    def value(self, logs: Profile) -> Floats:
        """What the stage is worth to each slot, (slots,)."""
        signals = self.signals(logs)
        total = np.zeros(len(self.worth))
        for slot, (player, own) in enumerate(self.draw.game.slots):
            left = self.worth[slot]
            for n in reversed(range(len(self.movers))):
                left = np.tensordot(left, self.seen(n, logs, signals, player, own), ([2 * n, 2 * n + 1], [0, 1]))
            total[slot] = left
        return total

    def signals(self, logs: Profile) -> list[Floats]:
        """Where each move takes the belief about its mover, by own type: probabilities (K, A, Z)."""
        return [self._signal(mover, own) for mover, own in zip(self.movers, logs, strict=True)]

    def _signal(self, mover: Mover, logs: Floats) -> Floats:
        if mover.place < 0:
            return np.ones((1, logs.shape[1], 1))
        grid, node = self.draw.grids[mover.place], self.node[mover.place]
        return learnt(grid, node, logs, self.learning)

    def seen(self, n: int, logs: Profile, signals: Sequence[Floats], player: int, own: int) -> Floats:
        """Probabilities (A, Z) of mover n's moves and of where they lead, as a player of an own type expects them."""
        mover = self.movers[n]
        each = np.exp(logs[n])[:, :, None] * signals[n]
        if mover.place < 0:
            return np.asarray(each[0])
        share = self.draw.believed(mover.place, player, own)[self.node[mover.place]]
        return np.asarray(np.tensordot(share, each, 1))


def learnt(grid: Grid, node: int, logs: Floats, learning: bool) -> Floats:
    """Where moves that types make with probabilities exp(logs), (K, A), take the belief: probabilities (K, A, Z)."""
    nodes = np.full(logs.shape[1], node)
    return np.swapaxes(grid.moves(nodes, logs.T) if learning else grid.stays(nodes), 0, 1)


def stage_at(draw: TypedDraw, node: Node, movers: Sequence[Mover], worth: Floats, learning: bool) -> Stage:
    """The stage at a belief node. `worth` has shape (A1, .., AM, slots, Z1, .., ZI)."""
    many, moving = len(movers), [mover.place for mover in movers if mover.place >= 0]
    cut = worth[(*[slice(None)] * (many + 1), *(slice(None) if i in moving else at for i, at in enumerate(node)))]
    kept = sorted(moving)
    cut = np.moveaxis(cut, many, 0)
    order, shape = [0], [cut.shape[0]]
    for m, mover in enumerate(movers):
        order.append(1 + m)
        shape.append(cut.shape[1 + m])
        if mover.place >= 0:
            order.append(1 + many + kept.index(mover.place))
        shape.append(draw.grids[mover.place].size if mover.place >= 0 else 1)
    return Stage(draw, node, movers, cut.transpose(order).reshape(shape), learning)


def _logs(weight: Floats, y: Floats) -> Floats:
    """Log of weight * exp(y) in proportion, row by row; -inf where the weight is nought."""
    with np.errstate(divide="ignore"):
        raw = np.log(weight) + y
    top = raw.max(axis=1, keepdims=True)
    return np.asarray(raw - top - np.log(np.exp(raw - top).sum(axis=1, keepdims=True)))


def at_node(values: Floats, node: Node) -> Floats:
    """Values (slots, Z1, ..) at a belief node, (slots,)."""
    for at in node:
        values = values[:, at]
    return values
