"""Intervals for a share of independent draws."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""The 97.5% point of the standard normal distribution."""


def wilson(count: int, draws: int, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share, `count` of `draws` (Wilson 1927): 95% unless `z` says otherwise.

    It presumes independent draws. Without draws nothing is known: (0, 1). Raises ValueError unless 0 <= count <= draws.
    """
    if not 0 <= count <= draws:
        raise ValueError(f"{count} of {draws} draws is no share")
    if draws == 0:
        return 0.0, 1.0
    share = count / draws
    spread = z * z / draws
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / draws + spread / (4 * draws)) / (1 + spread)
    # At a share of 0 or 1 the interval ends there exactly; rounding must not take it away.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == draws else min(1.0, middle + half)
    return low, high
