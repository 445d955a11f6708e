"""What is said of a claim: its truth in each draw, and the verdict over a perspective's draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

QUANTITIES = ("value", "base", "other", "absolute", "relative")
"""What a test compares, by name: see `Truth.quantities`."""
WORDS = (
    "holds",
    "mostly holds",
    "contested",
    "mostly fails",
    "fails",
    "turns on the reading",
    "vacuous",
)
"""Verdict words, fixed."""


@dataclass(frozen=True, eq=False)
class Truth:
    """A claim in each draw of one perspective. Shapes: (draws,)."""

    claim: str
    strict: Bools
    loose: Bools
    vacuous: Bools
    """Where `matters_if` is false, or a conditional probability has nothing to condition on."""
    quantities: Mapping[str, Floats] = field(default_factory=dict)
    """What was compared: `value` (the left side) always; for a contrast also `base`, `other`, `absolute`, `relative`.

    `absolute` is `other - base` and `relative` that as a share of `base`, not a number where `base` is below the floor.
    """
    floored: Bools | None = None
    """Where every probability of the test is below the floor, not to be told from zero; None without probabilities."""
    in_proportion: Bools | None = None
    """For a contrast: whether it holds read relatively; says nothing where `relative` is not a number."""

    def take(self, positions: NDArray[np.int64]) -> Truth:
        """The claim in the draws at these positions."""
        return Truth(
            claim=self.claim,
            strict=self.strict[positions],
            loose=self.loose[positions],
            vacuous=self.vacuous[positions],
            quantities={name: values[positions] for name, values in self.quantities.items()},
            floored=None if self.floored is None else self.floored[positions],
            in_proportion=None if self.in_proportion is None else self.in_proportion[positions],
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A share of draws with its 95% Wilson interval (Wilson 1927)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rider:
    """A remark that belongs beside a verdict.

    `kind` is one of: unresolved, equilibria, precision curve, uninformative, modelling constant,
    by construction, assumed, floor, vacuous, relative, wide reading, premise, selection, grid, learning, misperception.
    """

    kind: str
    text: str
    """The remark as a sentence for the reader."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The numbers behind it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the draws of one perspective say of one claim."""

    claim: str
    perspective: str
    word: str
    strict: Share
    loose: Share
    mean: float | None
    """Mean over draws of the quantity that is compared."""
    draws: int
    """Draws that count: all but the vacuous."""
    unresolved: int
    """Draws whose solution missed the residual (they are counted in, and said)."""
    vacuous: float
    """Share of draws that say nothing of the claim."""
    riders: tuple[Rider, ...] = ()


def word(strict: float, loose: float, vacuous: float) -> str:
    """The verdict in words from the shares under the strict and the loose reading and the vacuous share."""
    if vacuous > 0.5:
        return "vacuous"
    if strict >= 0.8:
        return "holds"
    if loose <= 0.2:
        return "fails"
    if strict <= 0.2 and loose >= 0.8:
        return "turns on the reading"
    if strict >= 0.5:
        return "mostly holds"
    if loose <= 0.5:
        return "mostly fails"
    return "contested"
