"""Peeling a box: the inner loop of the patient rule induction method (Friedman and Fisher 1999)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.explore.ranks import Column

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cut:
    """A slice taken off a box."""

    column: int
    """Position of the input."""
    side: str
    """`low`: everything below `at` is gone; `high`: everything above it; `name`: the draws with code `at`."""
    at: float
    removed: NDArray[np.int32]
    """Positions of the draws that are gone."""


@dataclass(frozen=True, slots=True)
class Step:
    """A box on the way: what is in it after a cut."""

    cut: Cut
    draws: int
    hits: int
    """Draws of interest among them."""


def peel(columns: Sequence[Column], interest: Bools, alpha: float, least: int) -> Iterator[Step]:
    """Boxes from large to small, each the one before with about a share `alpha` cut off where that gains most.

    The gain is the rise in the share of interest per draw removed; of equal gains, one on an input that has been cut
    before comes first. It ends before a box has fewer than `least` draws. Equal values are never parted; a cut lies
    half-way between two values.
    """
    orders = [column.order for column in columns]
    inside = np.ones(len(interest), dtype=np.bool_)
    draws = len(orders[0])
    hits = int(interest[orders[0]].sum())
    used: set[int] = set()
    while draws:
        best = _best(_slices(columns, orders, alpha), interest, used, draws, hits)
        if best is None or draws - len(best.removed) < least:
            return
        used.add(best.column)
        inside[best.removed] = False
        orders = [order[inside[order]] for order in orders]
        draws -= len(best.removed)
        hits -= int(interest[best.removed].sum())
        yield Step(best, draws, hits)


def _best(slices: Iterator[Cut], interest: Bools, used: set[int], draws: int, hits: int) -> Cut | None:
    best, best_score = None, (-np.inf, False)
    for cut in slices:
        left = draws - len(cut.removed)
        gain = ((hits - interest[cut.removed].sum()) / left - hits / draws) / len(cut.removed)
        score = (float(gain), cut.column in used)
        if score > best_score:
            best, best_score = cut, score
    return best


def _slices(columns: Sequence[Column], orders: Sequence[NDArray[np.int32]], alpha: float) -> Iterator[Cut]:
    for number, (column, order) in enumerate(zip(columns, orders, strict=True)):
        yield from _cuts(number, column, order, alpha)


def _cuts(number: int, column: Column, order: NDArray[np.int32], alpha: float) -> Iterator[Cut]:
    """The slices that may be cut off an input: its lowest and highest share `alpha`, or one of its names."""
    draws = len(order)
    tied = None if column.starts is None else column.values[order]
    if column.categories is not None:
        for code in np.unique(column.values[order]):
            removed = order[column.values[order] == code]
            if len(removed) < draws:
                yield Cut(number, "name", float(code), removed)
        return
    wanted = int((draws - 1) * alpha) + 1
    low, high = wanted, draws - wanted
    if tied is not None:
        low = int(np.searchsorted(tied, tied[low - 1], side="right"))
        high = int(np.searchsorted(tied, tied[high], side="left"))
    if 0 < low < draws:
        yield Cut(number, "low", _between(column, order, low), order[:low])
    if 0 < high < draws:
        yield Cut(number, "high", _between(column, order, high), order[high:])


def _between(column: Column, order: NDArray[np.int32], at: int) -> float:
    below, above = column.values[order[at - 1]], column.values[order[at]]
    return float(below + (above - below) / 2)
