"""The test functions of `data/known_answers.json`, of inputs uniform on [0, 1], and the total order of their truths."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]


def known(start: str) -> dict[str, Any]:
    """The known answers of the case whose name starts so."""
    cases = json.loads((Path(__file__).parent / "data" / "known_answers.json").read_text(encoding="utf-8"))
    (found,) = [case for case in cases if case["case"].startswith(start)]
    return found


def ishigami(u: Floats) -> Floats:
    """Ishigami and Homma (1990), a = 7, b = .1."""
    x = (2 * u - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(u: Floats) -> Floats:
    """Saltelli and Sobol (1995), a = (0, 1, 4.5, 9, 99, 99, 99, 99)."""
    a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    return np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1)


def linear(u: Floats) -> Floats:
    """Weights 1, 2, 3, 4 on standard normal inputs."""
    return ndtri(u) @ np.array([1.0, 2.0, 3.0, 4.0])


def half_space(u: Floats) -> Floats:
    """Weights .5 on standard normal inputs."""
    return ndtri(u) @ np.full(4, 0.5)


def box(u: Floats) -> Floats:
    """1 where x0 > .6, x1 < .5 and .2 < x2 < .9."""
    return ((u[:, 0] > 0.6) & (u[:, 1] < 0.5) & (u[:, 2] > 0.2) & (u[:, 2] < 0.9)).astype(float)


def total_order(function: Function, inputs: int, threshold: float, draws: int = 100_000) -> Floats:
    """Total-order indices of `function > threshold`, by drawing one input again (Jansen 1999)."""
    random = np.random.Generator(np.random.Philox(key=7))
    one, other = random.random((draws, inputs)), random.random((draws, inputs))
    truth = function(one) > threshold
    share = truth.mean()
    found = []
    for number in range(inputs):
        changed = one.copy()
        changed[:, number] = other[:, number]
        found.append((truth != (function(changed) > threshold)).mean() / (2 * share * (1 - share)))
    return np.array(found)
