"""A table of inputs, ranked once: what every analysis of a claim over the same draws shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Column:
    """One input over D draws, with the order that sorts it."""

    name: str
    values: Floats  # (D,) numbers, or codes of `categories`
    order: NDArray[np.int32]  # (D,) positions of the draws that are ranked, from the lowest value to the highest
    starts: Positions | None  # where a new value begins in that order; None where no two values are equal
    categories: tuple[str, ...] | None = None
    """Names behind the codes of an input that is not a number."""

    @property
    def distinct(self) -> int:
        """Number of different values."""
        return len(self.order) if self.starts is None else len(self.starts)

    def edges(self, cells: int) -> Positions:
        """Where to cut the order into at most `cells` cells of about equal size, never between equal values: 0, ..., D.

        Categories are never joined: one cell each.
        """
        draws = len(self.order)
        if self.starts is None:
            return np.unique(np.linspace(0, draws, min(cells, draws) + 1).astype(np.intp))
        bounds = np.append(self.starts, draws)
        if self.categories is not None or self.distinct <= cells:
            return bounds
        wanted = np.linspace(0, draws, cells + 1)
        return np.unique(bounds[np.abs(bounds[None, :] - wanted[:, None]).argmin(axis=1)])

    def among(self, counted: NDArray[np.bool_]) -> Column:
        """The column over those draws only that count."""
        order = self.order[counted[self.order]]
        return Column(self.name, self.values, order, _starts(self.values[order]), self.categories)


@dataclass(frozen=True, eq=False)
class RankTable:
    """Every input of a table, ranked. Memory: 4 bytes per draw and input beside the inputs themselves."""

    columns: tuple[Column, ...]
    draws: int
    """Length of the columns."""

    def among(self, counted: NDArray[np.bool_]) -> RankTable:
        """The same over those draws only that count; shape (D,)."""
        return RankTable(tuple(column.among(counted) for column in self.columns), self.draws)


def rank_table(inputs: Mapping[str, Any] | pd.DataFrame) -> RankTable:
    """Ranks of every input, once for all claims over the same draws.

    Inputs are columns of equal length, of numbers, truths or names (text, categories). Raises ValueError, in words,
    for columns of different lengths and for values that are missing.
    """
    columns = tuple(_column(str(name), inputs[name]) for name in inputs)
    lengths = {len(column.order) for column in columns}
    if len(lengths) > 1:
        raise ValueError(f"the inputs have different lengths: {sorted(lengths)}")
    return RankTable(columns, lengths.pop() if lengths else 0)


def _column(name: str, given: Any) -> Column:
    values, categories = _numbers(given)
    if np.isnan(values).any():
        raise ValueError(f"the input {name!r} has missing values")
    order = np.argsort(values, kind="stable").astype(np.int32)
    return Column(name, values, order, _starts(values[order]), categories)


def _numbers(given: Any) -> tuple[Floats, tuple[str, ...] | None]:
    series = pd.Series(given)
    if pd.api.types.is_numeric_dtype(series.dtype):
        return series.to_numpy(dtype=np.float64), None
    coded = pd.Categorical(series)
    codes = np.where(coded.codes < 0, np.nan, coded.codes).astype(np.float64)
    return codes, tuple(str(each) for each in coded.categories)


def _starts(ascending: Floats) -> Positions | None:
    if not len(ascending):
        return np.zeros(0, dtype=np.intp)
    new = np.flatnonzero(np.diff(ascending) != 0) + 1
    return None if len(new) == len(ascending) - 1 else np.concatenate([[0], new])
