"""The solution of a filled game: what every actor does everywhere, and how well each draw was solved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from assay.game.game import Filled, Floats, Ints


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
class Cells:
    """Where the solution of a game with private types keeps what option o is worth and how likely it is.

    The cell of period t, own type k and belief node b is
    `first[o] + t * by_period[o] + k * by_type[o] + b * by_node[o]`. A step of 0 says that play does not depend on it.
    """

    first: Ints  # (O,)
    by_period: Ints  # (O,)
    by_type: Ints  # (O,) 0 where the mover has no types
    by_node: Ints  # (O,)
    count: int


@dataclass(frozen=True, eq=False)
class Strategies:
    """Mixed moves for a batch of draws.

    Shapes: G groups, T reported periods, O options, L lanes, S slots, C cells.
    """

    filled: Filled
    probability: Floats  # (G, T, O, 1, L) of each option given that its point is reached; (G, C, L) with `cells`
    payoff: Floats | None  # the same of each option's expected payoff to its mover, as the mover sees it; on request
    value: Floats  # (G, S, L) expected payoff of each slot at the start, as the player sees it
    residual: Floats  # (draws,) largest residual over the draw's fixed points (0 where there are none)
    result: NDArray[np.int8]  # (draws,) a `Result` each
    selection: str
    """`warm_start`, `principal_branch`, or `start N` for a restart of the census."""
    cells: Cells | None = None
    """Where probabilities are kept in a game with private types; None where nobody is informed."""
    learning: bool = True
    """Whether moves move beliefs."""
