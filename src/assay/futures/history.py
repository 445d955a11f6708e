"""What a sampled history consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assay.game.game import ENDING, Game


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one mover did."""

    option: int
    actor: str
    move: str
    probability: float
    """Of the move at its point, as it is played there (under the intervention, not under the condition) by the mover's
    own type."""
    type: str = ""
    """The mover's own type; empty where it has no private ones."""
    by_type: tuple[tuple[str, float], ...] = ()
    """How probable each of the mover's types would have made it; empty where it has no private ones."""


@dataclass(frozen=True, slots=True)
class Belief:
    """What one observer believes about one actor's type before and after a step: probabilities by type, in order.

    Beliefs live on a grid. What a move says, by Bayes' rule, lies between two nodes; which of them the history goes on
    with is drawn, so that it is right on average.
    """

    about: str
    observer: str
    """A player, or empty for the analyst."""
    before: tuple[float, ...]
    learnt: tuple[float, ...]
    """What the step itself says."""
    after: tuple[float, ...]
    """What play goes on with."""

    @property
    def change(self) -> float:
        """By how much the step itself changes what is believed: the largest change of a probability."""
        return max(abs(b - a) for a, b in zip(self.before, self.learnt, strict=True))


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a history: what was chosen there, and where it led."""

    period: int
    point: int
    stage: str
    chosen: tuple[Chosen, ...]
    """Empty at a chance, a close or an ending."""
    branch: int
    """-1 at a close or an ending."""
    label: str
    """The branch's, where it has one."""
    chance: float
    """Probability of the branch, in truth."""
    pays: tuple[tuple[str, str, float], ...]
    """(actor, part, amount), undiscounted, in truth."""
    beliefs: tuple[Belief, ...] = ()
    """About every actor with private types: the analyst's first, then every other player's."""


@dataclass(frozen=True, eq=False)
class History:
    """One history of one draw, from the start to an ending or to the close of the last reported period."""

    game: Game
    draw: int
    steps: tuple[Step, ...]
    types: Mapping[str, str] = field(default_factory=dict)
    """Which type everybody who has private ones is of."""

    @property
    def ending(self) -> str | None:
        """The ending that was reached, or None."""
        last = self.steps[-1]
        return last.stage if self.game.structure.kind[last.point] == ENDING else None

    @property
    def points(self) -> tuple[int, ...]:
        """The points that were visited."""
        return tuple(step.point for step in self.steps)


@dataclass(frozen=True, eq=False)
class Counts:
    """How many of a number of histories came to each point and took each option; undiscounted sums of pays."""

    histories: int
    points: NDArray[np.int64]  # (periods, N)
    options: NDArray[np.int64]  # (periods, O)
    pays: NDArray[np.int64]  # (periods, P) how often each pay was paid
    left: int
    """Histories still going on after the last reported period."""


def stage_of(game: Game, point: int) -> str:
    """The stage that a point belongs to, or the name of its ending."""
    return game.skeleton.points[point].stage if game.skeleton.points else f"point {point}"


def label_of(game: Game, point: int, joint: int, branch: int) -> str:
    """The label of a branch, where it has one."""
    if not game.skeleton.points:
        return ""
    s, own = game.structure, game.skeleton.points[point]
    return own.joints[joint - int(s.joint_start[point])].branches[branch - int(s.branch_start[joint])].label
