"""Which assumptions the truth of a claim turns on, from the draws of the run itself.

**The measure.** A claim's total-order index of an assumption (Homma and Saltelli 1996) is, for a truth of 0 or 1, how
often the truth changes when that assumption alone is drawn again, divided by how often it changes when all are. From
the share g(x) of draws that hold where the assumption is x, one has for independent assumptions

    T >= E|g(x) - g(x')| / (2 P (1 - P)),   x and x' two draws of the assumption, P the share that holds,

with equality wherever of any two values of the assumption the same one favours the claim whatever the others are: for
a claim that is true in a box, for one that is monotone in the assumption, for sums and products of effects. Only an
assumption whose effect changes sign with another is underrated. The right side needs no further solutions, and unlike
a first-order index it does not vanish when a claim rarely holds or rarely fails. It is estimated over cells of
equally many draws, and shrunk by what noise adds. docs/decisions/0003-hinges.md has the proof and what was measured.

**Noise.** The level that the strongest of all assumptions together exceeds in 5% of runs when nothing turns on any.

**Dependence.** Assumptions that move together share credit: one that does nothing itself shows the effect of its
neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.explore.hinge import Hinge
from assay.explore.ranks import Column, Floats, Positions, RankTable, rank_table

MEASURE = "total-order bound"
"""Name of the measure in `Hinge.measure`."""
_CELLS = (4, 20)
"""Fewest and most cells that an assumption's draws are cut into. Fewer hide effects that rise and fall, or that sit in
a tail, as those of rare claims do; more drown weak effects in noise."""
_PER_CELL = 8
"""Draws of the rarer truth that a cell should have on average."""
_TRIALS = 40_000
"""Trials behind a noise level."""


def hinges(
    inputs: RankTable | Mapping[str, Any] | pd.DataFrame,
    truth: NDArray[np.bool_],
    minimum: int = 20,
    counted: NDArray[np.bool_] | None = None,
    everything: bool = False,
) -> tuple[Hinge, ...]:
    """The assumptions on which a truth turns, strongest first; those above their noise level, or `everything`.

    `inputs` is a table with one row per draw (numbers, truths or names), ranked once with `rank_table` where several
    claims share it. `truth` has shape (D,); `counted`, if given, says which draws count (not vacuous). Empty where
    fewer than `minimum` draws hold or fail. Constant inputs are never hinges. Raises ValueError where shapes differ.
    """
    table = inputs if isinstance(inputs, RankTable) else rank_table(inputs)
    truth = np.asarray(truth, dtype=np.bool_)
    if not table.columns:  # nothing was assumed, so nothing can turn on it
        return ()
    if truth.shape != (table.draws,):
        raise ValueError(f"the truth has shape {truth.shape}, the inputs have {table.draws} draws")
    if counted is not None and not counted.all():
        table = table.among(np.asarray(counted, dtype=np.bool_))
    columns = [column for column in table.columns if column.distinct > 1]
    if not columns:
        return ()
    holding = int(truth[columns[0].order].sum())
    rarer = min(holding, len(columns[0].order) - holding)
    if rarer < max(minimum, 1):
        return ()
    cells = int(np.clip(rarer // _PER_CELL, *_CELLS))
    found = (_hinge(column, truth, cells, len(columns), everything) for column in columns)
    return tuple(sorted((hinge for hinge in found if hinge), key=lambda hinge: -hinge.value))


def _hinge(column: Column, truth: NDArray[np.bool_], cells: int, tests: int, everything: bool) -> Hinge | None:
    so_far = np.concatenate([[0], np.cumsum(truth[column.order], dtype=np.int64)])
    edges = column.edges(cells)
    sizes = np.diff(edges).astype(np.float64)
    value = _bound(np.diff(so_far[edges]) / sizes, sizes)
    noise = _noise(sizes, so_far[-1] / sizes.sum(), tests)
    if value <= noise and not everything:
        return None
    turn, low, high, category = _turn(column, so_far, edges)
    return Hinge(column.name, MEASURE, value, noise, turn, low, high, category)


def _bound(shares: Floats, sizes: Floats) -> float:
    """The measure from the share that holds in each cell, shrunk by what noise adds to the spread of the shares."""
    draws = sizes.sum()
    whole = float(shares @ sizes / draws)
    variance = whole * (1 - whole)
    signal = float(((shares - whole) ** 2) @ sizes) / variance
    return _shrunk(float(_gini(shares[None], sizes / draws)[0]), signal, len(sizes)) / (2 * variance)


def _shrunk(spread: float, signal: float, cells: int) -> float:
    # `signal` is chi-squared; cells - 1 of it is what shares of pure noise have on average.
    return spread * float(np.sqrt(max(0.0, 1 - (cells - 1) / signal))) if signal > 0 else 0.0


def _gini(values: Floats, weights: Floats) -> Floats:
    """E|g - g'| for two independent cells, by row of `values` (rows, cells)."""
    order = np.argsort(values, axis=1)
    values, weights = np.take_along_axis(values, order, axis=1), weights[order]
    result: Floats = 2 * (weights * values * (2 * np.cumsum(weights, axis=1) - weights - 1)).sum(axis=1)
    return result


def _noise(sizes: Floats, whole: float, tests: int) -> float:
    """The level that the strongest of `tests` such assumptions exceeds in 5% of runs if nothing turns on any."""
    draws = float(sizes.sum())
    equal = sizes.max() - sizes.min() <= 1
    weights = (1 / len(sizes),) * len(sizes) if equal else tuple(np.round(sizes / draws, 6))
    return _level(weights, tests) / (2 * float(np.sqrt(draws * whole * (1 - whole))))


@lru_cache(maxsize=256)
def _level(weights: tuple[float, ...], tests: int) -> float:
    """The noise level in units of one over 2 sqrt(D P (1 - P)), by simulation of normal shares with a fixed seed."""
    shares = np.asarray(weights)
    normal = np.random.Generator(np.random.Philox(key=19_600_103)).standard_normal((_TRIALS, len(shares)))
    cells = normal / np.sqrt(shares)
    cells -= cells @ shares[:, None] / shares.sum()
    signal = np.square(cells) @ shares
    spread = _gini(cells, shares) * np.sqrt(np.maximum(0.0, 1 - (len(shares) - 1) / signal))
    return float(np.quantile(spread, 0.95 ** (1 / tests)))


def _turn(column: Column, so_far: NDArray[np.int64], edges: Positions) -> tuple[float, float, float, str]:
    """Where holding and failing draws part most (Kolmogorov-Smirnov), and the shares that hold on both sides of it.

    For an input of names, the name that differs most instead: `high` is its share, `low` the share of the others.
    """
    draws, holding = len(column.order), so_far[-1]
    if column.categories is not None:
        return _category(column, so_far, edges)
    places = np.arange(1, draws) if column.starts is None else column.starts[1:]
    apart = np.abs(so_far[places] / holding - (places - so_far[places]) / (draws - holding))
    at = int(places[apart.argmax()])
    below, above = column.values[column.order[at - 1]], column.values[column.order[at]]
    low, high = so_far[at] / at, (holding - so_far[at]) / (draws - at)
    return float(below + (above - below) / 2), float(low), float(high), ""


def _category(column: Column, so_far: NDArray[np.int64], edges: Positions) -> tuple[float, float, float, str]:
    assert column.categories is not None
    sizes, held = np.diff(edges), np.diff(so_far[edges])
    draws, holding = len(column.order), so_far[-1]
    apart = np.abs(held / holding - (sizes - held) / (draws - holding))
    most = int(apart.argmax())
    code = column.values[column.order[edges[most]]]
    others = (holding - held[most]) / (draws - sizes[most])
    return float(code), float(others), float(held[most] / sizes[most]), column.categories[int(code)]
