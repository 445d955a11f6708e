"""The equilibria that restarts find: every period's stages started afresh from uniform play and from each corner.

A census never proves that there are no others. It finds what damped sweeps, Newton's method and the branch from uniform
play reach from those starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assay.game.game import CLOSE, LANES, Filled, Floats, Game
from assay.solvers.corners import UNIFORM, corners_of
from assay.solvers.solve import restart
from assay.solvers.strategies import Result, Strategies


def corners(filled: Filled) -> tuple[int, ...]:
    """The corners of a filled game: see `corners_of`."""
    return corners_of(filled.game)


def census(
    filled: Filled, residual: float = 1e-6, payoffs: bool = False, threads: int | None = None
) -> tuple[Strategies, ...]:
    """One solution of the batch per start: uniform play first (`start 0`), then the corners (`start 1`, ...).

    In a corner each mover of a stage leans to one option, e**30 to one (where two movers lean to different sides and
    one has two options, she starts from her answer to the other's leaning); a stage of fewer movers than the largest
    meets its own corners more than once. With private types each type of a mover leans for itself. A game without types
    and without simultaneous stages has one solution. See `corners_of` and `distinct`.
    """
    starts = (UNIFORM, *corners(filled))
    found = [restart(filled, corner, residual, payoffs, threads) for corner in starts]
    return tuple(replace(each, selection=f"start {number}") for number, each in enumerate(found))


def distinct(found: Sequence[Strategies], tolerance: float = 0.01) -> NDArray[np.int64]:
    """Number of different solutions of each draw, shape (draws,).

    Two solutions are the same where no option has probabilities further apart than `tolerance`, at any point and in any
    reported period in which some play from the start leads there. With private types, where most beliefs are never
    held, they are the same where what everybody expects from the start on is the same (`expected`). Solutions that
    missed the residual are not counted; 0 where none is left. Solve well below the tolerance, or one equilibrium may
    count twice.
    """
    if not found:
        raise ValueError("no solutions to compare")
    game = found[0].filled.game
    if game.informed:
        return tell_apart([expected(each) for each in found], [met(each) for each in found], tolerance)
    matters = within_reach(game)[:, game.option_point]
    counts = np.zeros(found[0].filled.draws, dtype=np.int64)
    for draw in range(counts.size):
        different: list[Floats] = []
        for solved in found:
            play = solved.probability[draw // LANES, :, :, 0, draw % LANES][matters]
            if solved.result[draw] <= Result.HOMOTOPY and not _among(different, play, tolerance):
                different.append(play)
        counts[draw] = len(different)
    return counts


def expected(strategies: Strategies) -> Floats:
    """What every player of every type expects at the start, in units that multiply odds by e: shape (slots, draws)."""
    filled = strategies.filled
    players = [player for player, _ in filled.game.slots]
    worth = strategies.value * filled.precision[:, players, :]
    return np.asarray(worth.transpose(1, 0, 2).reshape(len(players), -1)[:, : filled.draws])


def met(strategies: Strategies) -> NDArray[np.bool_]:
    """(draws,) the draws that met the residual."""
    return np.asarray(strategies.result <= Result.HOMOTOPY)


def tell_apart(
    marks: Sequence[Floats], counted: Sequence[NDArray[np.bool_]], tolerance: float = 0.01
) -> NDArray[np.int64]:
    """How many of several solutions differ, by draw: in some mark, (marks, draws) each, by more than `tolerance`.

    A solution is compared with those that were told apart before it, in the order given. `counted` (draws,) says where
    each one counts. Marks that are not a number in both are the same.
    """
    counts = np.zeros(counted[0].shape, dtype=np.int64)
    known: list[tuple[Floats, NDArray[np.bool_]]] = []
    for mark, counts_here in zip(marks, counted, strict=True):
        new = counts_here.copy()
        for other, is_one in known:
            with np.errstate(invalid="ignore"):
                near = (np.abs(mark - other) <= tolerance) | (np.isnan(mark) & np.isnan(other))
            new &= ~(is_one & near.all(axis=0))
        counts += new
        known.append((mark, new))
    return counts


def within_reach(game: Game) -> NDArray[np.bool_]:
    """Which points some play from the start leads to, by reported period; shape (periods, points)."""
    s = game.structure
    reached = np.zeros((game.periods + 1, s.kind.size), dtype=np.bool_)
    reached[0, s.start] = True
    for period in range(game.periods):
        for point in np.flatnonzero(s.joint_start[1:] > s.joint_start[:-1]):  # targets come after their sources
            if reached[period, point]:
                first, last = s.branch_start[s.joint_start[point]], s.branch_start[s.joint_start[point + 1]]
                reached[period, s.branch_target[first:last]] = True
        closes = np.flatnonzero(reached[period] & (s.kind == CLOSE))
        reached[period + 1, s.next_point[closes]] = True
    return reached[:-1]


def _among(known: Sequence[Floats], play: Floats, tolerance: float) -> bool:
    return any(np.abs(other - play).max(initial=0.0) <= tolerance for other in known)
