"""Fixed points of a stage by definition: damped sweeps, then Newton's method, then the branch from uniform play.

Slopes are differences, steps are short: slow, and independent of how the kernels search.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from assay.game.game import Floats
from assay.solvers.strategies import Result

Profile = list[Floats]
"""For every mover an array (own types, options)."""

SWEEPS = 100
NEWTON_STEPS = 40
PATH_STEP = 0.05
SHORTEST = 1e-5
NUDGE = 1e-7


class Answering(Protocol):
    """A stage as a search sees it."""

    def logs(self, y: Profile) -> Profile:
        """Log probabilities of the options."""

    def response(self, y: Profile) -> Profile:
        """G(y): precision times what each option is worth less what the mover's first is, if y is played."""


def residual_at(stage: Answering, y: Profile, g: Profile) -> float:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) over options with a base weight."""
    worst = 0.0
    for a, b, p, q in zip(g, y, stage.logs(g), stage.logs(y), strict=True):
        moved = np.where(np.isfinite(p), np.minimum(np.abs(a - b), 1.0), 0.0)
        worst = max(worst, float(np.abs(np.exp(p) - np.exp(q)).max()), 0.01 * float(moved.max()))
    return worst


def find(stage: Answering, start: Profile, tolerance: float, selection: str) -> tuple[Profile, float, Result]:
    """A fixed point y = G(y), its residual and how it was found; the one that was nearest where none was found."""
    if selection == "principal_branch":
        y, reached = follow(stage, start, tolerance)
        return y, reached, Result.HOMOTOPY if reached <= tolerance else Result.UNRESOLVED
    swept, best = sweep(stage, start, tolerance)
    if best <= tolerance:
        return swept, best, Result.CONVERGED
    y, reached = newton(stage, swept, tolerance)
    if reached <= tolerance:
        return y, reached, Result.NEWTON
    y, reached = follow(stage, start, tolerance)
    if reached <= tolerance:
        return y, reached, Result.HOMOTOPY
    return swept, best, Result.UNRESOLVED


def sweep(stage: Answering, start: Profile, tolerance: float) -> tuple[Profile, float]:
    """Damped sweeps from `start`: the factor is halved where the step reverses, and grows to one where not."""
    y, pace = [own.copy() for own in start], 1.0
    before = [np.zeros_like(own) for own in y]
    for count in range(SWEEPS + 1):
        g = stage.response(y)
        reached = residual_at(stage, y, g)
        if reached <= tolerance or count == SWEEPS:
            break
        step = [a - b for a, b in zip(g, y, strict=True)]
        turn = sum(float((a * b).sum()) for a, b in zip(step, before, strict=True))
        pace, before = (0.5 * pace if turn < 0 else min(1.3 * pace, 1.0)), step
        y = [own + pace * change for own, change in zip(y, step, strict=True)]
    return y, reached


def newton(stage: Answering, start: Profile, tolerance: float, k: float = 1.0) -> tuple[Profile, float]:
    """Newton's method on y = k G(y), halving steps that do not help; where it stopped, with the residual there."""
    x = _flat(start)

    def off(x: Floats) -> Floats:
        return k * _flat(stage.response(_shaped(x, start))) - x

    gap = off(x)
    for _ in range(NEWTON_STEPS):
        if residual_at(stage, _shaped(x, start), _shaped(x + gap, start)) <= tolerance:
            break
        step = np.linalg.lstsq(-_slopes(off, x, gap), gap, rcond=None)[0]
        for scale in 0.5 ** np.arange(20):
            tried = off(x + scale * step)
            if np.abs(tried).max() < (1 - 0.1 * scale) * np.abs(gap).max():
                break
        x, gap = x + scale * step, tried
    return _shaped(x, start), residual_at(stage, _shaped(x, start), _shaped(x + gap, start))


def follow(stage: Answering, like: Profile, tolerance: float) -> tuple[Profile, float]:
    """The branch y = k G(y) from play by base weights, k from 0 to 1, Newton's method at each. Cannot pass a fold."""
    y, k, step = [np.zeros_like(own) for own in like], 0.0, PATH_STEP
    reached = float("inf")
    while k < 1 and step > SHORTEST:
        ahead, off = newton(stage, y, tolerance, min(k + step, 1.0))
        if off <= tolerance:
            y, reached, k, step = ahead, off, min(k + step, 1.0), min(2 * step, PATH_STEP)
        else:
            step *= 0.5
    return y, reached if k == 1 else float("inf")


def _slopes(off: Callable[[Floats], Floats], x: Floats, gap: Floats) -> Floats:
    """Derivatives of `off` at x, where it is `gap`, column by column."""
    nudges = NUDGE * np.maximum(1.0, np.abs(x))
    return np.column_stack(
        [(off(x + nudge * one) - gap) / nudge for nudge, one in zip(nudges, np.eye(x.size), strict=True)]
    )


def _flat(y: Profile) -> Floats:
    return np.concatenate([own.ravel() for own in y])


def _shaped(x: Floats, like: Profile) -> Profile:
    ends = np.cumsum([own.size for own in like])[:-1]
    return [part.reshape(own.shape) for part, own in zip(np.split(x, ends), like, strict=True)]
