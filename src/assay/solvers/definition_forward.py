"""Where play leads in a game with private types, in plain NumPy: exact, one draw and one profile of types at a time.

Types are what they are and moves say about them what they say: nothing here takes an expectation over beliefs, so
that its agreement with backward values shows that beliefs are right (`definition_types`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assay.game.game import CHANCE, CLOSE, ENDING, Floats, Ints
from assay.solvers.definition_cells import cells_at, cells_of, options_of, play_of
from assay.solvers.definition_numbers import TypedDraw, typed_draw
from assay.solvers.definition_stage import Node, learnt
from assay.solvers.strategies import Cells, Strategies

NOTHING = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Imposed:
    """An intervention, with the rules of `futures.Pass`."""

    forced: Ints = field(default_factory=lambda: NOTHING)
    removed: Ints = field(default_factory=lambda: NOTHING)
    signals: bool = False
    """Whether what is imposed on an informed actor moves beliefs as its own choice would."""


@dataclass(frozen=True, eq=False)
class Measure:
    """What happens, by draw, period and profile of types: each profile's masses start from one.

    Shapes: D draws, T reported periods, F profiles (the last informed actor's type running fastest), N points, B belief
    nodes, O options, J joint moves, P pays, S slots.
    """

    points: Floats  # (D, T, F, N, B) mass that arrives
    options: Floats  # (D, T, F, O) mass through options
    joints: Floats  # (D, T, F, J)
    pays: Floats  # (D, T, F, P) expected amounts, worth what they are at the start of their period
    share: Floats  # (D, F) how likely each profile is, to the analyst or to the player whose view it is
    payoff: Floats  # (D, S) expected discounted pays of each slot, its own type given and others' as the view has them


def forward_by_definition(
    strategies: Strategies, view: int = -1, imposed: Imposed | None = None, learning: bool = True
) -> Measure:
    """Masses and expected pays of every draw in truth, or as player `view` sees probabilities, own pays and others'
    types.
    """
    filled, cells = strategies.filled, cells_of(strategies)
    found = []
    for d in range(filled.draws):
        course = Course(typed_draw(filled, d), cells, play_of(strategies, d), view, imposed or Imposed(), learning)
        found.append(course.run())
    return Measure(*(np.array([one[n] for one in found]) for n in range(6)))


def reached_cells(draw: TypedDraw, cells: Cells, given: Floats, floor: float, learning: bool) -> NDArray[np.bool_]:
    """Which cells (C,) are about a point, own type and node that some profile reaches more probably than `floor`."""
    game, matters = draw.game, np.zeros(cells.count, dtype=np.bool_)
    points = Course(draw, cells, given, -1, Imposed(), learning).run()[0]
    for t, f, point, node in np.argwhere(points > floor):
        for m, options in enumerate(options_of(game, int(point))):
            player = int(game.structure.mover_player[game.structure.mover_start[point] + m])
            own = draw.profiles[f][draw.informed[player]] if player in draw.informed else 0
            matters[cells_at(cells, options, int(t), draw.types(player), int(node))[own]] = True
    return matters


class Course:
    """One draw: mass pushed from point to point, profile by profile."""

    def __init__(
        self, draw: TypedDraw, cells: Cells, given: Floats, view: int, imposed: Imposed, learning: bool
    ) -> None:
        self.draw, self.cells, self.given, self.view = draw, cells, given, view
        self.imposed, self.learning = imposed, learning

    def run(self) -> tuple[Floats, ...]:
        """The arrays of `Measure` for this draw, in their order."""
        game, s = self.draw.game, self.draw.game.structure
        lead = (game.periods, len(self.draw.profiles))
        self.points = np.zeros((*lead, s.kind.size, game.belief_nodes))
        self.options, self.joints = np.zeros((*lead, s.option_weight.size)), np.zeros((*lead, s.joint_option.shape[0]))
        self.pays = np.zeros((*lead, s.pay_player.size))
        for f, profile in enumerate(self.draw.profiles):
            self.points[0, f, s.start, self._flat(self.draw.start)] = 1.0
            for t in range(game.periods):
                for point in range(s.kind.size):
                    for node in np.flatnonzero(self.points[t, f, point]):
                        self._push(t, f, profile, point, int(node))
        share = np.array([self._likely(profile, None) for profile in self.draw.profiles])
        return self.points, self.options, self.joints, self.pays, share, self._payoffs()

    def _push(self, t: int, f: int, profile: Node, point: int, node: int) -> None:
        """What the mass at a point and node does."""
        game, s = self.draw.game, self.draw.game.structure
        mass, delta = float(self.points[t, f, point, node]), self.draw.numbers.discount
        if s.kind[point] == ENDING:
            self._pay(s.point_pay_start, point, t, f, profile, mass)
        elif s.kind[point] == CLOSE:
            self._pay(s.point_pay_start, point, t, f, profile, mass * (delta if s.flow_after_discount else 1.0))
            if t + 1 == game.periods + game.buffer:
                self._pay(s.final_pay_start, point, t, f, profile, mass * delta)
            if t + 1 < game.periods:
                self.points[t + 1, f, s.next_point[point], node] += mass
        else:
            self._send(t, f, profile, point, node, mass)

    def _send(self, t: int, f: int, profile: Node, point: int, node: int, mass: float) -> None:
        """Mass at a choice or a chance, to where it leads."""
        s = self.draw.game.structure
        for j, chosen, likely, reached in ways_on(
            self.draw, self.cells, self.given, self.imposed, self.learning, profile, point, node, t
        ):
            self.joints[t, f, j] += mass * likely
            for o in chosen:
                self.options[t, f, o] += mass * likely
            self._pay(s.joint_pay_start, j, t, f, profile, mass * likely)
            for b in range(s.branch_start[j], s.branch_start[j + 1]):
                on = mass * likely * self.draw.numbers.number(s.branch_row[b, 1 + self.view], t)
                self._pay(s.branch_pay_start, b, t, f, profile, on)
                self.points[t, f, s.branch_target[b]] += on * reached

    def _pay(self, starts: Ints, i: int, t: int, f: int, profile: Node, mass: float) -> None:
        s = self.draw.game.structure
        for n in range(starts[i], starts[i + 1]):
            row = int(s.pay_seen[n] if s.pay_player[n] == self.view else s.pay_true[n])
            amount = self.draw.amount(row, self.draw.pay_strides(n), profile, t)
            self.pays[t, f, n] += mass * s.pay_sign[n] * amount

    def _payoffs(self) -> Floats:
        """Expected discounted pays of every slot."""
        s, delta = self.draw.game.structure, self.draw.numbers.discount
        worth = np.tensordot(delta ** np.arange(self.draw.game.periods), self.pays, 1)
        found = np.zeros(len(self.draw.game.slots))
        for slot, (player, own) in enumerate(self.draw.game.slots):
            for f, profile in enumerate(self.draw.profiles):
                place = self.draw.informed.get(player)
                if place is None or profile[place] == own:
                    found[slot] += self._likely(profile, place) * worth[f, s.pay_player == player].sum()
        return found

    def _likely(self, profile: Node, known: int | None) -> float:
        """How likely a profile is to whose view it is, where one actor's type may be known."""
        likely = 1.0
        for place, (grid, own) in enumerate(zip(self.draw.grids, profile, strict=True)):
            share = self.draw.analyst[place] if self.view < 0 else grid.believed[1 + self.view, grid.start]
            likely *= 1.0 if place == known else float(share[own])
        return likely

    def _flat(self, node: Node) -> int:
        return int(np.ravel_multi_index(node, self.draw.shape)) if node else 0


def ways_on(
    draw: TypedDraw,
    cells: Cells,
    given: Floats,
    imposed: Imposed,
    learning: bool,
    profile: Node,
    point: int,
    node: int,
    t: int,
) -> Iterator[tuple[int, tuple[int, ...], float, Floats]]:
    """Every joint move that a profile of types may make at a point and belief node: its index, its options, its
    probability, and the probabilities (B,) of the belief nodes that it leads to.
    """
    s, place = draw.game.structure, np.unravel_index(node, draw.shape) if draw.shape else ()
    if s.kind[point] == CHANCE:
        yield int(s.joint_start[point]), (), 1.0, (np.arange(draw.game.belief_nodes) == node).astype(float)
        return
    ranges, turns = options_of(draw.game, point), []
    for m, options in enumerate(ranges):
        player = int(s.mover_player[s.mover_start[point] + m])
        i = draw.informed.get(player, -1)
        play = given[cells_at(cells, options, t, draw.types(player), node)]
        own = profile[i] if i >= 0 else 0
        played = imposed_play(play[own], options, imposed)
        said = np.isin(options, [*imposed.forced, *imposed.removed]).any()
        with np.errstate(divide="ignore"):
            logs = np.log(play)
        learns = learning and (imposed.signals or not said)
        to = learnt(draw.grids[i], int(place[i]), logs, learns)[own] if i >= 0 else [None] * len(options)
        turns.append([(o, float(played[a]), i, to[a]) for a, o in enumerate(options)])
    for n, chosen in enumerate(product(*turns)):
        likely = float(np.prod([p for _, p, _, _ in chosen]))
        if likely > 0:
            moved = {i: to for _, _, i, to in chosen if to is not None}
            reached = np.ones(1)
            for i, size in enumerate(draw.shape):
                reached = np.outer(reached, moved.get(i, np.arange(size) == place[i])).ravel()
            yield int(s.joint_start[point]) + n, tuple(o for o, _, _, _ in chosen), likely, reached


def imposed_play(play: Floats, options: range, imposed: Imposed) -> Floats:
    """Play (A,) of a mover under an intervention: forced options for certain, removed ones not, the rest in proportion,
    and alike where they have no probability at all.
    """
    forced, kept = np.isin(options, imposed.forced), ~np.isin(options, imposed.removed)
    if forced.any():
        return forced.astype(float)
    if kept.all():
        return play
    share = play * kept
    return np.asarray(share / share.sum() if share.sum() > 0 else kept / kept.sum())
