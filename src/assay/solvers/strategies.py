"""The solution of a filled game: what every actor does everywhere, and how well each draw was solved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from assay.game.game import Filled, Floats


class Result(IntEnum):
    """How a draw was solved. The value of a draw is the worst of its points."""

    CONVERGED = 0
    NEWTON = 1
    HOMOTOPY = 2
    UNRESOLVED = 3
    NOT_A_NUMBER = 4

    @property
    def sentence(self) -> str:
        """The code as the sentence people read."""
        return {
            Result.CONVERGED: "every fixed point converged by damped iteration",
            Result.NEWTON: "some fixed points needed Newton's method",
            Result.HOMOTOPY: "some fixed points were followed from uniform play",
            Result.UNRESOLVED: "some fixed point missed the residual that was asked for",
            Result.NOT_A_NUMBER: "a value was not a number",
        }[self]


@dataclass(frozen=True, eq=False)
class Strategies:
    """Mixed moves for a batch of draws.

    Shapes: G groups, T reported periods, O options, K belief nodes (1 while nobody is informed), L lanes, S slots.
    """

    filled: Filled
    probability: Floats  # (G, T, O, K, L) of each option given that its point is reached
    payoff: (
        Floats | None
    )  # (G, T, O, K, L) expected payoff of each option to its mover, as the mover sees it; on request
    value: Floats  # (G, S, L) expected payoff of each slot at the start, as the player sees it
    residual: Floats  # (draws,) largest residual over the draw's fixed points (0 where there are none)
    result: NDArray[np.int8]  # (draws,) a `Result` each
    selection: str
    """`warm_start`, `principal_branch`, or `start N` for a restart of the census."""
