"""What happens at a step, once for all worlds in which it is the same: the values that `patterns` makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assay.game.skeleton import Option, Pay, Use

Chances: TypeAlias = Use | Literal["rest"] | None
Assignment: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PatternBranch:
    """A way on: variables that take new values, then a step (or `CLOSE`) or an ending."""

    sets: tuple[Assignment, ...]
    step: int
    ending: str | None
    probability: Chances
    pays: tuple[Pay, ...]
    label: str


@dataclass(frozen=True, slots=True)
class PatternJoint:
    """A joint move: option of each mover, what it pays, where it leads."""

    options: tuple[int, ...]
    pays: tuple[Pay, ...]
    branches: tuple[PatternBranch, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A step in the worlds in which it is the same."""

    movers: tuple[int, ...]
    options: tuple[tuple[Option, ...], ...]
    joints: tuple[PatternJoint, ...]
