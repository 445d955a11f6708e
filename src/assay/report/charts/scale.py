"""From a value to a fraction of the width: linear and logarithmic, with ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assay.report.view import Floats

TINY = 1e-200
"""Below this powers of ten lose their digits, and no logarithmic scale begins."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`; values beyond an end are drawn at that end, and the end's label says so."""

    low: float
    high: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """The fraction of the axis, 0 to 1."""
        if self.high <= self.low:
            return 0.5
        if self.log:
            value = max(value, self.low)
            place = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            place = (value - self.low) / (self.high - self.low)
        return min(max(place, 0.0), 1.0)

    def value(self, fraction: float) -> float:
        """The value at a fraction of the axis."""
        if self.log:
            return float(self.low * (self.high / self.low) ** fraction)
        return self.low + fraction * (self.high - self.low)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values along the axis."""
        if self.high <= self.low:
            return [self.low]
        return _decades(self.low, self.high, most) if self.log else _steps(self.low, self.high, most)


def _decades(low: float, high: float, most: int) -> list[float]:
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first + 1) / most))
    ticks = [10.0**power for power in range(last, first - 1, -step)][::-1]
    if len(ticks) >= 2:
        return ticks
    between = [m * 10.0**p for p in range(first - 1, last + 1) for m in (1, 2, 5) if low <= m * 10.0**p <= high]
    return between if len(between) >= 2 else [low, high]


def _steps(low: float, high: float, most: int) -> list[float]:
    rough = (high - low) / max(most - 1, 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * size for unit in (1, 2, 2.5, 5, 10) if unit * size >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - first + 1
    return [float(f"{(first + place) * step:.12g}") for place in range(count)]


def fitting(values: Floats, log: bool | None = None) -> Scale:
    """A scale that holds the values; logarithmic of itself where they are positive and span two decades."""
    known = values[np.isfinite(values)]
    if known.size == 0:
        return Scale(0.0, 1.0)
    low, high = float(known.min()), float(known.max())
    if log is None:
        log = low > 0.0 and high / low > 100
    if log and low > TINY:
        return Scale(low, high, log=True)
    if low >= 0 and low <= 0.3 * high:
        low = 0.0
    if high == low:
        low, high = low - 0.5 * abs(low or 1.0), high + 0.5 * abs(high or 1.0)
    return Scale(low, high)


def proportions(values: Floats, marks: Floats, decades: int = 5) -> Scale:
    """A logarithmic scale for probabilities or their differences, at most `decades` decades up to a round number, that
    shows the positive ones of the marks.
    """
    known = values[np.isfinite(values) & (values > 0)]
    if known.size == 0:
        return Scale(1e-3, 1.0, log=True)
    shown = marks[marks > 0]
    top = max([float(known.max()), *shown])
    bottom = min([float(np.quantile(known, 0.02)), *(0.6 * shown)])
    high = 10.0 ** math.ceil(math.log10(min(top, 1.0)) - 1e-9)
    low = 10.0 ** math.floor(math.log10(max(bottom, 1e-12)) + 1e-9)
    return Scale(max(low, high * 10.0**-decades) if low < high else high / 10, high, log=True)


def edges(scale: Scale, bins: int, fixed: Sequence[float] = ()) -> list[float]:
    """Fractions at which bins begin and end, about `bins` of them, with an edge at each of the fixed values."""
    places = sorted({0.0, 1.0, *(scale(value) for value in fixed if scale.low < value < scale.high)})
    out = [0.0]
    for start, end in pairwise(places):
        pieces = max(1, round((end - start) * bins))
        out += [start + (end - start) * (piece + 1) / pieces for piece in range(pieces)]
    return out


Say = Callable[[float], str]
