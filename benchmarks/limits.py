"""What one core of this machine can do in a second at the most: exponentials, gathers, other operations, bytes.

Each is measured in a loop that does nothing else, on numbers that lie in the fastest cache where that is possible; so
work that needs so many of them cannot take less time than these say. Processor time, the best of five.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assay.game.game import LANES
from assay.solvers.kernel_cache import OPTIONS
from assay.solvers.kernel_lanes import exp, fma, gather, load, spread, store

Floats = NDArray[np.float64]
ROWS, TIMES = 64, 20_000
NODES, SLOTS = 49, 5
"""Belief nodes and slots of the reduced case: the values that a gather of its solver reads from."""
CACHE, MEMORY = 8 * 2**20, 256 * 2**20
"""Bytes of the arrays that are copied: some that the last cache holds and some that only memory does."""


@dataclass(frozen=True)
class Limits:
    """A second of one core. A vector is LANES numbers of eight bytes."""

    exponentials: float  # vectors
    gathers: float  # vectors
    operations: float  # vectors; a fused multiplication is one
    cache: float  # bytes read and written, together
    memory: float  # the same


def measure() -> Limits:
    """Takes some seconds, most of them to compile the loops."""
    table = np.full((NODES, SLOTS, LANES), 0.5)
    index = np.asarray(np.random.default_rng(1).integers(0, NODES, (ROWS, LANES)), dtype=np.float64)
    return Limits(
        exponentials=ROWS * TIMES / _seconds(lambda: _exponentials(np.full((ROWS, LANES), -0.5), TIMES)),
        gathers=ROWS * TIMES / _seconds(lambda: _gathers(table, index, TIMES)),
        operations=8 * ROWS * TIMES / _seconds(lambda: _products(np.full((2, LANES), 0.5), ROWS * TIMES)),
        cache=_copying(CACHE, 64),
        memory=_copying(MEMORY, 2),
    )


def _seconds(work: Callable[[], object]) -> float:
    work()
    best = float("inf")
    for _ in range(5):
        started = time.thread_time()
        work()
        best = min(best, time.thread_time() - started)
    return best


def _copying(size: int, times: int) -> float:
    source, target = np.ones(size // 8), np.zeros(size // 8)
    return 2 * size * times / _seconds(lambda: [np.copyto(target, source) for _ in range(times)])


@njit(**OPTIONS)
def _exponentials(array: Any, times: int) -> float:
    """Sums, so that nothing can be left out; four at a time, so that one need not wait for another."""
    out = array[0]
    for _ in range(times):
        a, b, c, d = spread(0.0), spread(0.0), spread(0.0), spread(0.0)
        for i in range(0, array.shape[0], 4):
            a = a + exp(load(array, i))
            b = b + exp(load(array, i + 1))
            c = c + exp(load(array, i + 2))
            d = d + exp(load(array, i + 3))
        store(array, 0, fma(spread(-1e-9), (a + b) + (c + d), load(array, 0)))
    return out[0]


@njit(**OPTIONS)
def _gathers(table: Any, index: Any, times: int) -> float:
    """The same for gathers from values by belief node and slot."""
    for turn in range(times):
        a, b, c, d = spread(0.0), spread(0.0), spread(0.0), spread(0.0)
        for i in range(0, index.shape[0], 4):
            a = a + gather(table, 0, turn % 5, load(index, i))
            b = b + gather(table, 0, turn % 5, load(index, i + 1))
            c = c + gather(table, 0, turn % 5, load(index, i + 2))
            d = d + gather(table, 0, turn % 5, load(index, i + 3))
        store(table[0], 0, fma(spread(1e-9), (a + b) + (c + d), load(table[0], 0)))
    return table[0, 0, 0]


@njit(**OPTIONS)
def _products(array: Any, times: int) -> float:
    """Fused multiplications, eight chains side by side, so that none waits for another."""
    x, y = load(array, 0), load(array, 1)
    a, b, c, d, e, f, g, h = x, x, x, x, y, y, y, y
    for _ in range(times):
        a, b, c, d = fma(a, x, y), fma(b, y, x), fma(c, x, x), fma(d, y, y)
        e, f, g, h = fma(e, x, y), fma(f, y, x), fma(g, x, x), fma(h, y, y)
    store(array, 0, ((a + b) + (c + d)) + ((e + f) + (g + h)))
    return array[0, 0]
