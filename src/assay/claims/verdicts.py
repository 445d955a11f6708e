"""From a claim's truth in each draw to its verdict: shares with intervals, the word, and the mean beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.intervals import wilson
from assay.claims.decide import Bools
from assay.claims.verdict import Floats, Rider, Share, Truth, Verdict, word
from assay.solvers.strategies import Result


def verdict(truth: Truth, perspective: str, unresolved: Bools) -> Verdict:
    """What the draws of one perspective say of a claim, without riders.

    `unresolved` (D,) marks the draws whose solution missed the residual; they count, and are counted. Shares are of the
    draws that are not vacuous, with 95% Wilson intervals; `mean` is that of the quantity compared, over the same draws.
    """
    matters = ~truth.vacuous
    strict, loose = share(truth.strict[matters]), share(truth.loose[matters])
    vacuous = float(truth.vacuous.mean()) if truth.vacuous.size else 0.0
    return Verdict(
        claim=truth.claim,
        perspective=perspective,
        word="vacuous" if not matters.any() else word(strict.share, loose.share, vacuous),
        strict=strict,
        loose=loose,
        mean=mean(truth.quantities["value"][matters]),
        draws=int(matters.sum()),
        unresolved=int(unresolved.sum()),
        vacuous=vacuous,
    )


def with_riders(found: Verdict, riders: tuple[Rider, ...]) -> Verdict:
    """The verdict with its riders."""
    return replace(found, riders=riders)


def share(true: Bools) -> Share:
    """The share of draws in which something is true, with its interval; of no draws, 0 with the interval (0, 1)."""
    count, draws = int(true.sum()), int(true.size)
    low, high = wilson(count, draws)
    return Share(count / draws if draws else 0.0, low, high)


def mean(values: Floats) -> float | None:
    """The mean of the finite values, or None where there is none."""
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if finite.size else None


def missed(result: NDArray[np.int8]) -> Bools:
    """(D,) the draws whose solution missed the residual or was not a number, from `Strategies.result`."""
    return np.asarray(result >= Result.UNRESOLVED)
