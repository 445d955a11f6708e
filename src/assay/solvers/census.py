"""The equilibria that restarts find: every period's stages started afresh from uniform play and from each corner.

A census never proves that there are no others. It finds what damped sweeps, Newton's method and the branch from uniform
play reach from those starts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assay.game.game import CLOSE, LANES, Filled, Floats, Game
from assay.solvers.solve import restart
from assay.solvers.strategies import Result, Strategies

MOST_CORNERS = 16
"""Corners beyond the sixteenth (five movers at once and more) are not tried."""
UNIFORM = -1


def corners(filled: Filled) -> int:
    """How many corners there are: every combination of the movers of the largest stage, leaning to first or last
    option.
    """
    movers = int(np.diff(filled.game.structure.mover_start).max(initial=1))
    return min(2**movers, MOST_CORNERS) if movers > 1 else 0


def census(
    filled: Filled, residual: float = 1e-6, payoffs: bool = False, threads: int | None = None
) -> tuple[Strategies, ...]:
    """One solution of the batch per start: uniform play first (`start 0`), then the corners (`start 1`, ...).

    In a corner each mover of a stage leans to the first or to the last option, e**30 to one (where two movers lean to
    different sides and one has two options, she starts from her answer to the other's leaning); a stage of fewer movers
    than the largest meets its own corners more than once. A game without simultaneous stages has one solution. See
    `distinct`.
    """
    starts = [UNIFORM, *range(corners(filled))]
    return tuple(restart(filled, corner, residual, payoffs, threads) for corner in starts)


def distinct(found: Sequence[Strategies], tolerance: float = 0.01) -> NDArray[np.int64]:
    """Number of different solutions of each draw, shape (draws,).

    Two solutions are the same where no option has probabilities further apart than `tolerance`, at any point and in any
    reported period in which some play from the start leads there. Solutions that missed the residual are not counted; 0
    where none is left. Solve well below the tolerance, or one equilibrium may count twice.
    """
    if not found:
        raise ValueError("no solutions to compare")
    game = found[0].filled.game
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
