"""Where a solution by definition keeps its play, and how play that is kept is read."""

from __future__ import annotations

import numpy as np

from assay.game.game import LANES, Floats, Game, Ints
from assay.solvers.strategies import Cells, Strategies


def options_of(game: Game, point: int) -> list[range]:
    """The options of each mover of a point."""
    s = game.structure
    movers = range(s.mover_start[point], s.mover_start[point + 1])
    return [range(s.option_start[m], s.option_start[m + 1]) for m in movers]


def plain_cells(game: Game) -> Cells:
    """A cell for every option, reported period, own type of its mover and belief node, in this order."""
    s, nodes = game.structure, game.belief_nodes
    kinds = {each.player: len(each.types) for each in game.informed}
    movers = np.repeat(s.mover_player, np.diff(s.option_start))
    types = np.array([kinds.get(int(player), 1) for player in movers], dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum(types * game.periods * nodes)]).astype(np.int32)
    return Cells(
        first=ends[:-1],
        by_period=(types * nodes).astype(np.int32),
        by_type=np.where(types > 1, nodes, 0).astype(np.int32),
        by_node=np.ones(types.size, dtype=np.int32),
        count=int(ends[-1]),
    )


def cells_at(cells: Cells, options: range, period: int, types: int, node: int) -> Ints:
    """Which cells hold a mover's options at a belief node: shape (types, options)."""
    o = np.arange(options.start, options.stop)
    here = cells.first[o] + period * cells.by_period[o] + node * cells.by_node[o]
    return np.asarray(here + np.arange(types)[:, None] * cells.by_type[o], dtype=np.int32)


def cells_of(strategies: Strategies) -> Cells:
    """Where play is kept; that of a game without private types is read in the order of `plain_cells`."""
    return strategies.cells or plain_cells(strategies.filled.game)


def play_of(strategies: Strategies, draw: int) -> Floats:
    """The cells of one draw, shape (C,)."""
    group, lane = divmod(draw, LANES)
    if strategies.cells is None:
        return np.asarray(strategies.probability[group, :, :, 0, lane].T.ravel())
    return np.asarray(strategies.probability[group, :, lane])
