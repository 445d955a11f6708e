"""The chance of getting somewhere in a game with private types, from every point, belief node and profile of types.

Arrays over profiles and nodes have one axis for the types of each informed actor, then one for the belief nodes about
each. One mover's turn takes the axis of the beliefs about her to where her move leads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.futures.walk_types import TypedChain
from assay.game.game import CHANCE, CLOSE, ENDING, Floats, Ints
from assay.solvers.definition_forward import imposed_play

TYPES, NODES, MOVED = "abcdefgh", "ijklmnop", "qrstuvwx"
"""Axes: the types of each informed actor, beliefs about each, and beliefs after a move."""


@dataclass(frozen=True, eq=False)
class Goal:
    """What is to be reached, or with `never` not to be reached."""

    points: frozenset[int]
    options: frozenset[int]
    never: bool = False

    @property
    def there(self) -> float:
        """What it is worth to get there."""
        return 0.0 if self.never else 1.0

    def through(self, chosen: tuple[int, ...]) -> bool:
        """Whether a joint move is what is to be reached."""
        return not self.options.isdisjoint(chosen)


def reach_typed(chain: TypedChain, goal: Goal) -> Floats:
    """The probability of reaching the goal before the reported periods are over, or with `never` of not reaching it;
    shape (periods, points, profiles, belief nodes).
    """
    game, s = chain.game, chain.game.structure
    kinds = [grid.types for grid in chain.typed.grids]
    shape = (*kinds, *chain.typed.shape)
    over = 1.0 - goal.there
    found = np.empty((game.periods, s.kind.size, *shape))
    later = np.full((s.kind.size, *shape), over)
    for period in reversed(range(game.periods)):
        here, turns, chances = found[period], _turns(chain, period), chain.chances(period)
        for point in reversed(range(s.kind.size)):
            if point in goal.points:
                here[point] = goal.there
            elif s.kind[point] == ENDING:
                here[point] = over
            elif s.kind[point] == CLOSE:
                here[point] = later[s.next_point[point]]
            else:
                here[point] = _through(chain, point, here, turns, chances, goal)
        later = here
    return found.reshape(game.periods, s.kind.size, len(chain.typed.profiles), game.belief_nodes)


def _through(
    chain: TypedChain, point: int, here: Floats, turns: dict[int, Floats], chances: list[float], goal: Goal
) -> Floats:
    """The same at a chance or a choice, from what it is where that leads."""
    s = chain.game.structure
    movers = range(s.mover_start[point], s.mover_start[point + 1])
    axes, total = _axes(chain, movers), 0.0
    for j in range(s.joint_start[point], s.joint_start[point + 1]):
        chosen = tuple(int(o) for o in s.joint_option[j] if o >= 0) if s.kind[point] != CHANCE else ()
        if goal.through(chosen):
            ahead = np.full_like(here[point], goal.there)
        else:
            ahead = _ahead(here, s.branch_target, range(s.branch_start[j], s.branch_start[j + 1]), chances)
        played = [turns[m][o - s.option_start[m]] for m, o in zip(movers, chosen, strict=True)]
        total = total + (np.einsum(axes, *played, ahead) if played else ahead)
    return np.asarray(total)


def _ahead(here: Floats, targets: Ints, branches: range, chances: list[float]) -> Floats:
    """What it is where some branches lead."""
    first, *others = branches
    ahead = chances[first] * here[targets[first]]
    for b in others:
        ahead += chances[b] * here[targets[b]]
    return np.asarray(ahead)


def _axes(chain: TypedChain, movers: range) -> str:
    """How the turns of some movers, and what is ahead of them, are summed."""
    count = len(chain.typed.grids)
    types, nodes, moved = TYPES[:count], NODES[:count], list(NODES[:count])
    terms = []
    for m in movers:
        place = chain.typed.informed.get(int(chain.game.structure.mover_player[m]), -1)
        if place >= 0:
            moved[place] = MOVED[place]
        terms.append(nodes + types[place] + MOVED[place] if place >= 0 else nodes)
    return f"{','.join([*terms, types + ''.join(moved)])}->{types}{nodes}"


def _turns(chain: TypedChain, period: int) -> dict[int, Floats]:
    """Every mover's turn: probability of her options and of where they take beliefs about her, (A, Z1, .., K, Z) by own
    type; (A, Z1, ..) for who has no private types.
    """
    s = chain.game.structure
    found: dict[int, Floats] = {}
    for player in range(len(chain.game.players)):
        movers = [m for m in range(s.mover_player.size) if s.mover_player[m] == player]
        if movers:
            found.update(zip(movers, _turns_of(chain, player, movers, period), strict=True))
    return found


def _turns_of(chain: TypedChain, player: int, movers: list[int], period: int) -> list[Floats]:
    """The turns of one player, all at once."""
    s, typed, nodes = chain.game.structure, chain.typed, chain.game.belief_nodes
    o = np.concatenate([np.arange(s.option_start[m], s.option_start[m + 1]) for m in movers])
    ends = np.cumsum([s.option_start[m + 1] - s.option_start[m] for m in movers])[:-1]
    where = chain.cells.first[o] + period * chain.cells.by_period[o]
    by_type = where[:, None] + np.arange(typed.types(player)) * chain.cells.by_type[o][:, None]
    given = chain.given[by_type[:, None, :] + np.arange(nodes)[:, None] * chain.cells.by_node[o][:, None, None]]
    play = _imposed(chain, given, o, movers)  # (O, B, K)
    place = typed.informed.get(player, -1)
    if place < 0:
        return [each[..., 0].reshape(-1, *typed.shape) for each in np.split(play, ends)]
    grid = typed.grids[place]
    own = np.unravel_index(np.arange(nodes), typed.shape)[place].astype(np.int32)
    at = np.broadcast_to(own, given.shape[:2])
    with np.errstate(divide="ignore"):
        moves = grid.moves(at, np.log(given))
    if chain.imposes and not chain.imposed.signals:
        told = _ruled(chain, movers)
        moves[told] = grid.stays(at)[told]
    turns = play[..., None] * moves
    return [each.reshape(-1, *typed.shape, grid.types, grid.size) for each in np.split(turns, ends)]


def _ruled(chain: TypedChain, movers: list[int]) -> NDArray[np.bool_]:
    """Which options of some movers, side by side, belong to one on whom something is imposed."""
    s, imposed = chain.game.structure, [*chain.imposed.forced, *chain.imposed.removed]
    own = [np.arange(s.option_start[m], s.option_start[m + 1]) for m in movers]
    return np.concatenate([np.full(options.size, np.isin(options, imposed).any()) for options in own])


def _imposed(chain: TypedChain, given: Floats, o: Floats, movers: list[int]) -> Floats:
    """Play (O, B, K) of some movers under the intervention."""
    if not chain.imposes:
        return given
    s, ruled = chain.game.structure, _ruled(chain, movers)
    play = given.copy()
    for m in movers:
        options = range(s.option_start[m], s.option_start[m + 1])
        own = np.flatnonzero((o >= options.start) & (o < options.stop))
        if ruled[own].any():
            play[own] = np.apply_along_axis(imposed_play, 0, given[own], options, chain.imposed)
    return play
