"""Every distribution of the case language as a quantile function, so that one uniform number gives one value.

Values of `alternatives` are codes: the index of the alternative, in the order in which the case names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv, log_ndtr, ndtri, ndtri_exp

from assay.case.assumptions import Beta, Distribution, Normal

Floats = NDArray[np.float64]

TAIL = 0.001
"""Where a distribution has no end, the share of it that `ends` leaves out on that side."""


def quantile(distribution: Distribution, u: ArrayLike) -> Floats:
    """The value below which a share `u` of the distribution lies, elementwise; `u` between 0 and 1, any shape.

    Never decreasing in `u`, and never outside the distribution's ends.
    """
    shares = np.asarray(u, dtype=np.float64)
    return _QUANTILES[distribution.kind](getattr(distribution, distribution.kind), shares)


def cdf(distribution: Distribution, x: ArrayLike) -> Floats:
    """The share of the distribution at or below `x`, elementwise."""
    values = np.asarray(x, dtype=np.float64)
    return _SHARES[distribution.kind](getattr(distribution, distribution.kind), values)


def median(distribution: Distribution) -> float:
    """The middle value; for discrete values the first at which half of the weight is reached or passed."""
    return float(quantile(distribution, 0.5))


def mean(distribution: Distribution) -> float:
    """The mean. Raises ValueError for `alternatives`, which have none."""
    given: Any = getattr(distribution, distribution.kind)
    match distribution.kind:
        case "fixed":
            return float(given)
        case "range":
            return float(given[0] + given[1]) / 2
        case "log_range":
            low, high = given
            return float(low if low == high else (high - low) / np.log(high / low))
        case "triangular":
            return float(sum(given)) / 3
        case "normal":
            return _normal_mean(given)
        case "beta":
            return float(given.low + (given.high - given.low) * given.a / (given.a + given.b))
        case "pert":
            low, mode, high = given
            return float(low + 4 * mode + high) / 6
        case "discrete":
            values, weights = _weighted(given)
            return float(values @ weights)
    raise ValueError(f"{distribution.kind} has no mean")


def support(distribution: Distribution) -> tuple[float, float]:
    """The least and the greatest value it can take; infinite where a normal distribution is not cut off."""
    given: Any = getattr(distribution, distribution.kind)
    match distribution.kind:
        case "fixed":
            return float(given), float(given)
        case "normal":
            return float(_or(given.low, -np.inf)), float(_or(given.high, np.inf))
        case "beta":
            return float(given.low), float(given.high)
        case "discrete" | "alternatives":
            values = _weighted(given)[0] if distribution.kind == "discrete" else _codes(given)[0]
            return float(values[0]), float(values[-1])
    return float(given[0]), float(given[-1])


def ends(distribution: Distribution) -> tuple[float, float]:
    """`support`, with the outer thousandth left out on a side that has no end: finite, for charts and coordinates."""
    low, high = support(distribution)
    low = low if np.isfinite(low) else float(quantile(distribution, TAIL))
    high = high if np.isfinite(high) else float(quantile(distribution, 1 - TAIL))
    return low, high


def _weighted(values: Mapping[float, float]) -> tuple[Floats, Floats]:
    """Values that have weight, ascending, and their weights as shares."""
    pairs = sorted((float(value), float(weight)) for value, weight in values.items() if weight > 0)
    weights = np.array([weight for _, weight in pairs])
    return np.array([value for value, _ in pairs]), weights / weights.sum()


def _codes(alternatives: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Codes of the alternatives that have weight, and their weights as shares."""
    return _weighted({float(code): weight for code, weight in enumerate(alternatives.values())})


def _steps(values: Floats, weights: Floats, u: Floats) -> Floats:
    reached = np.searchsorted(np.cumsum(weights), u, side="right")
    return values[np.minimum(reached, len(values) - 1)]


def _shares_of_steps(values: Floats, weights: Floats, x: Floats) -> Floats:
    below = np.searchsorted(values, x, side="right")
    return np.concatenate([[0.0], np.minimum(np.cumsum(weights), 1.0)])[below]


def _stretch(low: float, high: float, u: Floats) -> Floats:
    return np.clip(low + (high - low) * u, low, high)


def _relative(low: float, high: float, x: Floats) -> Floats:
    """Where `x` lies between the ends, 0 to 1; for ends that coincide, a step."""
    if low == high:
        return (x >= low).astype(np.float64)
    return np.clip((x - low) / (high - low), 0.0, 1.0)


def _log_range(given: tuple[float, float], u: Floats) -> Floats:
    low, high = given
    return np.clip(np.exp(_stretch(float(np.log(low)), float(np.log(high)), u)), low, high)


def _log_range_share(given: tuple[float, float], x: Floats) -> Floats:
    low, high = np.log(given)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(x > 0, np.log(x), -np.inf)
    return _relative(float(low), float(high), logs)


def _triangular(given: tuple[float, float, float], u: Floats) -> Floats:
    low, mode, high = given
    if low == high:
        return np.full(u.shape, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.clip(np.where(u < turn, rising, falling), low, high)


def _triangular_share(given: tuple[float, float, float], x: Floats) -> Floats:
    low, mode, high = given
    if low == high:
        return _relative(low, high, x)
    at = np.clip(x, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = (at - low) ** 2 / ((high - low) * (mode - low))
        falling = 1 - (high - at) ** 2 / ((high - low) * (high - mode))
    # On the mode itself both sides agree, except where one side has no width.
    return np.where((at < mode) | (mode == high), rising, falling)


def _cuts(given: Normal) -> tuple[float, float]:
    """The ends in standard deviations from the mean."""
    return (_or(given.low, -np.inf) - given.mean) / given.sd, (_or(given.high, np.inf) - given.mean) / given.sd


def _normal(given: Normal, u: Floats) -> Floats:
    low, high = _cuts(given)
    if low == high:
        return np.full(u.shape, given.low)
    # A cut far above the mean is mirrored, so that the shares are taken in the tail that has the digits.
    standard = _cut_normal(low, high, u) if low <= 0 else -_cut_normal(-high, -low, 1 - u)
    return np.maximum(np.minimum(given.mean + given.sd * standard, _or(given.high, np.inf)), _or(given.low, -np.inf))


def _or(end: float | None, otherwise: float) -> float:
    return otherwise if end is None else end


def _cut_normal(low: float, high: float, u: Floats) -> Floats:
    if low == -np.inf and high == np.inf:
        plain: Floats = ndtri(u)
        return plain
    with np.errstate(divide="ignore"):
        # Rounding can take the logarithm of a share a hair above 0.
        values: Floats = ndtri_exp(np.minimum(np.logaddexp(log_ndtr(low), np.log(u) + _log_mass(low, high)), 0.0))
    return values


def _log_mass(low: float, high: float) -> float:
    """Logarithm of the normal mass between two cuts."""
    if low > 0:
        low, high = -high, -low
    return float(log_ndtr(high) + np.log1p(-np.exp(log_ndtr(low) - log_ndtr(high))))


def _normal_share(given: Normal, x: Floats) -> Floats:
    low, high = _cuts(given)
    if low == high:
        return _relative(given.mean + given.sd * low, given.mean + given.sd * low, x)
    at = np.clip((x - given.mean) / given.sd, low, high)
    if low > 0:
        # The mirror image: shares from above, in the tail that has the digits.
        return 1 - _tail_share(-high, -low, -at)
    return _tail_share(low, high, at)


def _tail_share(low: float, high: float, at: Floats) -> Floats:
    mass = _log_mass(low, high)
    base = np.exp(log_ndtr(low) - mass)
    share: Floats = np.clip(np.exp(log_ndtr(at) - mass) - base, 0.0, 1.0)
    return share


def _normal_mean(given: Normal) -> float:
    low, high = _cuts(given)
    if low == high:
        return float(given.mean + given.sd * low)
    mass = _log_mass(low, high)
    # Densities over the mass, in logarithms, so that a far tail does not become 0 / 0.
    at_low, at_high = (np.exp(-0.5 * cut * cut - 0.5 * np.log(2 * np.pi) - mass) for cut in (low, high))
    return float(np.clip(given.mean + given.sd * (at_low - at_high), *support(Distribution(normal=given))))


def _beta(given: Beta, u: Floats) -> Floats:
    # SciPy's inverse is not a number for some shares below 1e-18; no draw has one below 2**-53.
    shares = np.where(u > 0, np.maximum(u, 2.0**-53), 0.0)
    return _stretch(given.low, given.high, betaincinv(given.a, given.b, shares))


def _beta_share(given: Beta, x: Floats) -> Floats:
    share: Floats = betainc(given.a, given.b, _relative(given.low, given.high, x))
    return share


def _pert_as_beta(given: tuple[float, float, float]) -> Beta:
    """Malcolm, Roseboom, Clark and Fazar (1959)."""
    low, mode, high = given
    if low == high:
        return Beta(a=1, b=1, low=low, high=high)
    width = high - low
    return Beta(a=1 + 4 * (mode - low) / width, b=1 + 4 * (high - mode) / width, low=low, high=high)


_QUANTILES: Mapping[str, Callable[[Any, Floats], Floats]] = {
    "fixed": lambda given, u: np.full(u.shape, float(given)),
    "range": lambda given, u: _stretch(given[0], given[1], u),
    "log_range": _log_range,
    "triangular": _triangular,
    "normal": _normal,
    "beta": _beta,
    "pert": lambda given, u: _beta(_pert_as_beta(given), u),
    "discrete": lambda given, u: _steps(*_weighted(given), u),
    "alternatives": lambda given, u: _steps(*_codes(given), u),
}
_SHARES: Mapping[str, Callable[[Any, Floats], Floats]] = {
    "fixed": lambda given, x: (x >= given).astype(np.float64),
    "range": lambda given, x: _relative(given[0], given[1], x),
    "log_range": _log_range_share,
    "triangular": _triangular_share,
    "normal": _normal_share,
    "beta": _beta_share,
    "pert": lambda given, x: _beta_share(_pert_as_beta(given), x),
    "discrete": lambda given, x: _shares_of_steps(*_weighted(given), x),
    "alternatives": lambda given, x: _shares_of_steps(*_codes(given), x),
}
