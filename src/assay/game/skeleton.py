"""The structure of one period, unfolded: points of the game and where each joint move leads. No numbers yet.

A **point** is a stage (or chance, or gate) in one world that can be reached. Points are in topological order:
every target of a branch has a higher index than its source. Two kinds of point have no branches: a *close* (the
period is over in that world) and an *ending*. Pure Python: `assay check` uses it to find what cannot be reached,
and the size of a game is known before memory is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assay.formula.ast import Formula

World: TypeAlias = tuple[int, ...]
"""Index of each variable's value, in the order of the case's `world`."""


@dataclass(frozen=True, slots=True)
class Use:
    """A formula used in a world: `formula` read with the variables' values in `world`.

    The world stands for all those that agree with it in the variables that the formula depends on: points share uses.
    """

    formula: Formula
    world: World
    place: str
    """Path in the case, for messages: `order[2].moves.build.cost`."""
    gate: bool = False
    """Whether the formula is a rate per year, to be turned into 1 - exp(-rate * step)."""


@dataclass(frozen=True, slots=True)
class Pay:
    """A payoff: to whom, under which part, how much (sign +1, or -1 for a cost)."""

    player: int
    part: str
    amount: Use
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on. `probability` None is certainty; `rest` is what the branches before and after it leave."""

    target: int
    probability: Use | Literal["rest"] | None
    pays: tuple[Pay, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A legal move of one mover at a point; `weight` None is base weight 1."""

    move: str
    weight: Use | None = None


@dataclass(frozen=True, slots=True)
class JointMove:
    """A combination of options (index of the option, by mover), what it pays and where it leads."""

    options: tuple[int, ...]
    pays: tuple[Pay, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A stage in a world. Without movers there is one joint move, and its branches are nature's."""

    kind: Literal["choice", "chance", "close", "ending"]
    stage: str
    """Name of the stage, chance, gate (its block or stage) or ending; empty for a close."""
    world: World
    """The world when the point is reached (for an ending: when it was entered)."""
    movers: tuple[int, ...] = ()
    options: tuple[tuple[Option, ...], ...] = ()
    """By mover."""
    joints: tuple[JointMove, ...] = ()
    pays: tuple[Pay, ...] = ()
    """For a close the flows of the period, for an ending its payoffs."""
    next: int = -1
    """For a close: index of the point that starts the next period."""
    final: tuple[Pay, ...] = ()
    """For a close: what is paid if the game is over after this period."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One period of a game, unfolded."""

    players: tuple[str, ...]
    variables: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    """Names of the values, by variable."""
    points: tuple[Point, ...]
    start: int
    """The point at which the game starts."""
    unmet: tuple[str, ...] = ()
    """Paths in the case of stages, moves, rows and branches that no reachable world ever meets."""
