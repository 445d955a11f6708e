"""The range that a distribution covers, as numbers and in words."""

from __future__ import annotations

import math

from assay.case.assumptions import Distribution
from assay.case.model import Case
from assay.case.types import columns
from assay.report.numbers import plain, share
from assay.report.words import listed


def setting(case: Case, perspective: str, assumption: str) -> Distribution | None:
    """What a perspective takes an assumption to be: its own reading, else the case's."""
    party = case.perspectives.get(perspective)
    if party is not None and assumption in party.set:
        return party.set[assumption]
    found = case.assumptions.get(assumption)
    return found if found is not None and found.by is None else columns(case).get(assumption)


def ends(given: Distribution) -> tuple[float, float]:
    """The lowest and the highest value; where there is none, 1.96 standard deviations from the mean."""
    match given.kind:
        case "fixed":
            return _pair(given.fixed, given.fixed)
        case "range":
            return _pair(*(given.range or ()))
        case "log_range":
            return _pair(*(given.log_range or ()))
        case "triangular":
            return _outer(given.triangular)
        case "pert":
            return _outer(given.pert)
        case "discrete":
            values = list(given.discrete or {0.0: 1.0})
            return min(values), max(values)
        case "beta" if given.beta is not None:
            return given.beta.low, given.beta.high
        case "normal" if given.normal is not None:
            normal = given.normal
            low = normal.mean - 1.96 * normal.sd if normal.low is None else normal.low
            return low, normal.mean + 1.96 * normal.sd if normal.high is None else normal.high
    return math.nan, math.nan


def _pair(*values: float | None) -> tuple[float, float]:
    low, high = values
    assert low is not None
    assert high is not None
    return low, high


def _outer(three: tuple[float, float, float] | None) -> tuple[float, float]:
    assert three is not None
    return three[0], three[2]


def mode(given: Distribution) -> float | None:
    """The most likely value, where the distribution names one."""
    if given.triangular is not None:
        return given.triangular[1]
    if given.pert is not None:
        return given.pert[1]
    return given.normal.mean if given.normal is not None else None


def said(given: Distribution) -> str:
    """The distribution in few words: `5 to 40`, `5 to 30, most likely 10`."""
    if given.alternatives:
        return listed(f"{name} {share(weight)}" for name, weight in given.alternatives.items())
    if given.discrete:
        return listed(f"{plain(value)} ({share(weight)})" for value, weight in given.discrete.items())
    low, high = ends(given)
    text = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    middle = mode(given)
    return text if middle is None or low == high else f"{text}, mode {plain(middle)}"
