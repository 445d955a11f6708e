"""Random picks by weight."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assay.game.game import Floats

Pick = Callable[[Floats], int]
"""Picks an index by weights."""


def picker(rng: np.random.Generator) -> Pick:
    """Picks one after the other, one random number each."""

    def pick(weights: Floats) -> int:
        total = np.cumsum(weights)
        return min(int(np.searchsorted(total, rng.random() * total[-1], side="right")), weights.size - 1)

    return pick


def pick_many(rng: np.random.Generator, weights: Floats, many: int) -> NDArray[np.int64]:
    """`many` picks by the same weights."""
    total = np.cumsum(weights)
    taken: NDArray[np.int64] = np.searchsorted(total, rng.random(many) * total[-1], side="right")
    return np.minimum(taken, weights.size - 1)
