"""The principal branch of a stage of two movers, one of whom has two options: a curve in the plane of u and k.

As `kernel_path`, in the one unknown of `kernel_pair`: F(u, k) = u - k T(u, k) = 0 from (0, 0) to k = 1, where T(u, k)
is what the two-option mover gains by her second option if the other mover answers with k times his precision.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_path import CORRECTIONS, FIRST, PATH_STEPS, SHORTEST, TIGHT

STRAIGHT = 0.98
"""Smallest cosine between the tangents at two steps: closer than in `kernel_path`, as the other mover stays hidden."""
POLISH = 6
"""Newton steps at the end of the path."""


class Curve(NamedTuple):
    """One lane of a stage; B options of the other mover."""

    terms: Floats  # (3, B) gain, base and tilt
    weight: Floats  # (B,) base weights of the other mover's options
    first: float  # base weights of the two options
    second: float


@part
def height(curve: Curve, u: float, k: float) -> tuple[float, float, float]:
    """F, dF/du and dF/dk."""
    gain, base, tilt = curve.terms[0], curve.terms[1], curve.terms[2]
    small = np.exp(-abs(u))
    up = curve.second if u >= 0.0 else curve.second * small
    p = up / (up + (curve.first * small if u >= 0.0 else curve.first))
    top, total = -np.inf, 0.0
    for b in range(gain.size):
        if curve.weight[b] > 0.0:
            top = max(top, k * (base[b] + p * tilt[b]))
    worth, turn, rise, with_turn, with_rise = 0.0, 0.0, 0.0, 0.0, 0.0
    for b in range(gain.size):
        if curve.weight[b] > 0.0:
            y = base[b] + p * tilt[b]
            share = curve.weight[b] * np.exp(k * y - top)
            total += share
            worth += share * gain[b]
            turn += share * tilt[b]
            rise += share * y
            with_turn += share * gain[b] * tilt[b]
            with_rise += share * gain[b] * y
    worth, turn, rise = worth / total, turn / total, rise / total
    by_u = k * p * (1.0 - p) * (with_turn / total - worth * turn)
    by_k = with_rise / total - worth * rise
    return u - k * worth, 1.0 - k * by_u, -worth - k * by_k


@part
def trace(curve: Curve) -> float:
    """u at the end of the branch; not a number where it is not reached."""
    u, k, length = 0.0, 0.0, FIRST
    _, du, dk = height(curve, u, k)
    size = np.hypot(du, dk)
    along, upwards = -dk / size, du / size
    for _ in range(PATH_STEPS):
        arrives = k + length * upwards >= 1.0
        reach = (1.0 - k) / upwards if arrives else length
        x, z = u + reach * along, k + reach * upwards
        side, ahead = (0.0, 1.0) if arrives else (along, upwards)  # normal to the line on which the path is met again
        steps = -1
        for step in range(CORRECTIONS):
            off, du, dk = height(curve, x, z)
            if abs(off) < TIGHT * (1.0 + abs(x)):
                steps = step
                break
            across = du * ahead - dk * side
            x, z = x - off / across * ahead, z + off / across * side
        if steps >= 0 and np.hypot(x - u, z - k) < 1.5 * length + TIGHT:
            if arrives:
                return float(polished(curve, x))
            size = np.hypot(du, dk)
            bend = (du * upwards - dk * along) / size
            if abs(bend) > STRAIGHT:
                u, k = x, z
                sign = 1.0 if bend > 0.0 else -1.0
                along, upwards = -sign * dk / size, sign * du / size
                length *= 1.6 if steps <= 2 else (1.0 if steps <= 4 else 0.6)
                continue
        length *= 0.4
        if length < SHORTEST:
            break
    return np.nan


@part
def polished(curve: Curve, u: float) -> float:
    """Newton's method at k = 1, as long as it helps."""
    off, slope, _ = height(curve, u, 1.0)
    for _ in range(POLISH):
        better = u - off / slope
        left, slope, _ = height(curve, better, 1.0)
        if not abs(left) < abs(off):
            break
        u, off = better, left
    return u
