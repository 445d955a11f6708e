"""The equilibria that restarts find: every period's stages started afresh from uniform play and from each corner.

A census never proves that there are no others. It finds what damped sweeps, Newton's method and the branch from uniform
play reach from those starts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assay.game.game import LANES, Filled, Floats
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

    In a corner each mover of a stage leans to the first or to the last option, e**30 to one; a stage of fewer movers
    than the largest meets its own corners more than once. A game without simultaneous stages has one solution. See
    `distinct`.
    """
    starts = [UNIFORM, *range(corners(filled))]
    return tuple(restart(filled, corner, residual, payoffs, threads) for corner in starts)


def distinct(found: Sequence[Strategies], tolerance: float = 0.01) -> NDArray[np.int64]:
    """Number of different solutions of each draw, shape (draws,).

    Two solutions are the same where no option at any point in any reported period has probabilities further apart
    than `tolerance`, reached or not. Solutions that missed the residual are not counted; 0 where none is left. Solve
    well below the tolerance, or one equilibrium may count twice.
    """
    if not found:
        raise ValueError("no solutions to compare")
    kept: list[list[int]] = []
    for draw in range(found[0].filled.draws):
        different: list[int] = []
        for i, solved in enumerate(found):
            if solved.result[draw] <= Result.HOMOTOPY and not any(
                _apart(found[other], solved, draw) <= tolerance for other in different
            ):
                different.append(i)
        kept.append(different)
    return np.array([len(different) for different in kept])


def _apart(one: Strategies, other: Strategies, draw: int) -> float:
    return float(np.abs(_play(one, draw) - _play(other, draw)).max(initial=0.0))


def _play(solved: Strategies, draw: int) -> Floats:
    return solved.probability[draw // LANES, ..., draw % LANES]
