"""What a solution of a game with private types is: the recursion in plain NumPy, one draw at a time.

The compiled kernels are tested against it. Backward induction over periods (the buffer included), points and belief
nodes. Somebody of type k plays `weight * exp(precision * payoff)` in proportion, where the payoff of a move counts
what everybody will believe once it is seen; so what types play, what is believed after each move, and what moves are
worth is one fixed point at each node (McKelvey and Palfrey 1998; beliefs on a grid by splitting, Aumann and Maschler
1995). Beliefs: `beliefs`; numbers and values: `definition_numbers`; a stage: `definition_stage`; the search
for its fixed point: `definition_search`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Filled, Floats, Ints
from assay.solvers.definition_cells import cells_at, cells_of, options_of, plain_cells, play_of
from assay.solvers.definition_forward import reached_cells
from assay.solvers.definition_numbers import TypedDraw, typed_draw
from assay.solvers.definition_search import Profile, find
from assay.solvers.definition_stage import Mover, Node, Stage, at_node, stage_at
from assay.solvers.strategies import Cells, Result, Strategies


def without_buffer(filled: Filled) -> Filled:
    """The same game with the periods of its buffer reported too: so that all of its play is kept."""
    game = filled.game
    return replace(filled, game=replace(game, periods=game.periods + game.buffer, buffer=0))


def solve_types_by_definition(
    filled: Filled, residual: float = 1e-10, selection: str = "warm_start", learning: bool = True
) -> Strategies:
    """The strategies of every draw, payoffs kept. Slow: for tests and for reading.

    Searches start from the next period's answer at the same node, in the last period from play by base weights;
    `principal_branch` goes from there in steps of precision, and cannot pass a fold. Without `learning` nobody draws
    conclusions from moves. Games without private types are solved too: they have one belief node.
    """
    game, cells, groups = filled.game, plain_cells(filled.game), filled.table.shape[0]
    probability = np.zeros((groups, cells.count, LANES))
    payoff, value = np.zeros_like(probability), np.zeros((groups, len(game.slots), LANES))
    worst, code = np.zeros(filled.draws), np.zeros(filled.draws, dtype=np.int8)
    for lane_of in range(groups * LANES):
        d, at = min(lane_of, filled.draws - 1), divmod(lane_of, LANES)
        if d < lane_of:
            for kept in (probability, payoff, value):
                kept[at[0], :, at[1]] = kept[d // LANES, :, d % LANES]
            continue
        solved = _Solved(typed_draw(filled, d), cells, residual, selection, learning)
        value[at[0], :, at[1]] = solved.run()
        probability[at[0], :, at[1]], payoff[at[0], :, at[1]] = solved.probability, solved.payoff
        finite = np.isfinite(value[at[0], :, at[1]]).all()
        worst[d], code[d] = solved.residual, solved.code if finite else Result.NOT_A_NUMBER
    return Strategies(filled, probability, payoff, value, worst, code, selection, cells)


def excess(strategies: Strategies, learning: bool = True, floor: float = 1e-13) -> Floats:
    """How far each draw is from a solution: the largest |sigma(G) - sigma| over cells that matter, shape (draws,).

    Values are recomputed from the play that is given, so that it judges any equilibrium however it was found. Cells
    matter that some profile of types reaches with a probability above `floor`; all do where it is negative. Raises
    `ValueError` for a game with a buffer, whose play is not kept: solve `without_buffer`.
    """
    return judged(strategies, learning, floor)[0]


def judged(strategies: Strategies, learning: bool = True, floor: float = 1e-13) -> tuple[Floats, Floats]:
    """`excess`, and the values (draws, slots) at the start that follow from the play that is given."""
    game = strategies.filled.game
    if game.buffer:
        raise ValueError("the play of a buffer is not kept, so it cannot be checked; solve without_buffer(filled)")
    found = np.zeros(strategies.filled.draws)
    values = np.zeros((strategies.filled.draws, len(game.slots)))
    for d in range(found.size):
        draw = typed_draw(strategies.filled, d)
        judge = _Judged(draw, cells_of(strategies), play_of(strategies, d), learning)
        values[d] = judge.run()
        found[d] = judge.worst(floor)
    return found, values


class _Recursion(ABC):
    """Backward induction for one draw; what is played at a stage is for others to say."""

    def __init__(self, draw: TypedDraw, cells: Cells, learning: bool) -> None:
        self.draw, self.cells, self.learning = draw, cells, learning

    def run(self) -> Floats:
        """Values (slots,) at the start."""
        game, draw = self.draw.game, self.draw
        s = game.structure
        after = np.zeros((s.kind.size, len(game.slots), *draw.shape))
        for period in reversed(range(game.periods + game.buffer)):
            after = self.period(period, after, last=period == game.periods + game.buffer - 1)
        return at_node(after[s.start], draw.start)

    def period(self, t: int, after: Floats, last: bool) -> Floats:
        """Values (points, slots, Z1, ..) of a period from those of the next one."""
        s, value = self.draw.game.structure, np.zeros_like(after)
        for point in reversed(range(s.kind.size)):
            if s.kind[point] == ENDING:
                value[point] = self.draw.pays(s.point_pay_start, point, t)
            elif s.kind[point] == CLOSE:
                value[point] = self.draw.close(point, t, after, last)
            elif s.kind[point] == CHANCE:
                value[point] = self.draw.joint_value(int(s.joint_start[point]), t, value)
            else:
                value[point] = self.choose(point, t, value)
        return value

    def choose(self, point: int, t: int, value: Floats) -> Floats:
        """What a choice is worth to every slot at every belief node."""
        s, ranges = self.draw.game.structure, options_of(self.draw.game, point)
        movers = [self.mover(m, t) for m in range(s.mover_start[point], s.mover_start[point + 1])]
        joints = range(s.joint_start[point], s.joint_start[point + 1])
        worth = np.array([self.draw.joint_value(j, t, value) for j in joints])
        worth = worth.reshape(*[len(r) for r in ranges], *worth.shape[1:])
        here = np.zeros_like(value[point])
        for node in np.ndindex(self.draw.shape):
            stage = stage_at(self.draw, node, movers, worth, self.learning)
            here[(slice(None), *node)] = stage.value(self.play(stage, point, t))
        return np.asarray(here)

    def mover(self, m: int, t: int) -> Mover:
        """Mover entry m."""
        s, draw = self.draw.game.structure, self.draw
        player = int(s.mover_player[m])
        options = range(s.option_start[m], s.option_start[m + 1])
        weight = np.array([[draw.weight(o, own, t) for o in options] for own in range(draw.types(player))])
        sharp = float(draw.numbers.precision[player])
        return Mover(player, draw.slots(player), weight, sharp, draw.informed.get(player, -1))

    @abstractmethod
    def play(self, stage: Stage, point: int, t: int) -> Profile:
        """Log probabilities of what is played at a stage."""

    def places(self, stage: Stage, point: int, t: int) -> list[Ints]:
        """The cells of a stage at its node, (K, A) for each mover."""
        at = int(np.ravel_multi_index(stage.node, self.draw.shape)) if stage.node else 0
        ranges = options_of(self.draw.game, point)
        sizes = zip(ranges, stage.movers, strict=True)
        return [cells_at(self.cells, options, t, len(mover.slots), at) for options, mover in sizes]


class _Solved(_Recursion):
    """Looks for what is played, and keeps it."""

    def __init__(self, draw: TypedDraw, cells: Cells, tolerance: float, selection: str, learning: bool) -> None:
        super().__init__(draw, cells, learning)
        self.tolerance, self.selection = tolerance, selection
        self.probability, self.payoff = np.zeros(cells.count), np.zeros(cells.count)
        self.residual, self.code = 0.0, int(Result.CONVERGED)
        self._known: dict[tuple[int, Node], Profile] = {}

    def play(self, stage: Stage, point: int, t: int) -> Profile:
        """The fixed point of a stage, searched from the next period's."""
        start = self._known.get((point, stage.node)) or [np.zeros_like(mover.weight) for mover in stage.movers]
        y, reached, code = find(stage, start, self.tolerance, self.selection)
        self.residual, self.code = max(self.residual, reached), max(self.code, int(code))
        self._known[point, stage.node] = y
        logs = stage.logs(y)
        if t < self.draw.game.periods:
            for at, own, worth in zip(self.places(stage, point, t), logs, stage.payoffs(logs), strict=True):
                self.probability[at], self.payoff[at] = np.exp(own), worth
        return logs


class _Judged(_Recursion):
    """Takes what is played as given, and keeps how far every cell is from what it should be."""

    def __init__(self, draw: TypedDraw, cells: Cells, given: Floats, learning: bool) -> None:
        super().__init__(draw, cells, learning)
        self.given, self.off = given, np.zeros(given.size)

    def play(self, stage: Stage, point: int, t: int) -> Profile:
        """What is given, compared with the response to it."""
        places = self.places(stage, point, t)
        with np.errstate(divide="ignore"):
            logs = [np.log(self.given[at]) for at in places]
        payoffs = stage.payoffs(logs)
        should = stage.logs([m.precision * own for m, own in zip(stage.movers, payoffs, strict=True)])
        for at, own, right in zip(places, logs, should, strict=True):
            self.off[at] = np.maximum(self.off[at], np.abs(np.exp(own) - np.exp(right)))
        return logs

    def worst(self, floor: float) -> float:
        """The largest distance over cells that matter."""
        if floor < 0:
            return float(self.off.max(initial=0.0))
        matters = reached_cells(self.draw, self.cells, self.given, floor, self.learning)
        return float(self.off[matters].max(initial=0.0))
