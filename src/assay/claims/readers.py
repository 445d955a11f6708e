"""How the readings of forward passes become one number per draw: a sum, or a share of another sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from assay.claims.happens import Course
from assay.claims.quantity import Quantity
from assay.futures.futures import Futures, Pass
from assay.game.game import Floats

Over: TypeAlias = Literal["until", "during", "first"]
"""Added up until the period that is asked for, or taken in that period alone, or in the first one."""
Worth: TypeAlias = Callable[[int], Floats]
"""From an option to its expected payoff to its mover, (periods, D)."""
FLOOR = 1e-9
"""Below this a probability cannot be told from zero: nothing is conditioned on it, and no ratio is taken of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One reading of one pass, times a weight."""

    course: Course
    reader: str
    weight: float = 1.0
    over: Over = "until"
    discounted: bool = False
    """Whether a reading counts with what it is worth at the start."""
    option: int = -1
    """An option whose expected payoff to its mover the reading is multiplied by, period by period; -1 for none."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How readings become a quantity: a sum, divided by another where the quantity is a share."""

    above: tuple[Term, ...]
    below: tuple[Term, ...] | None = None
    constant: float = 0.0


@dataclass(frozen=True, eq=False)
class Bound:
    """The quantities of a variant on its game."""

    courses: tuple[Course, ...]
    passes: tuple[Pass, ...]
    """One for each course, in the same order."""
    recipes: Mapping[Quantity, Recipe]


def answer(recipe: Recipe, period: int, futures: Mapping[Course, Futures], worth: Worth) -> Floats:
    """(D,) a quantity at a period (counted from 1), or NaN where it is a share of less than `FLOOR`."""
    above = _sum(recipe.above, period, futures, worth) + recipe.constant
    if recipe.below is None:
        return above
    below = _sum(recipe.below, period, futures, worth)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below < FLOOR, np.nan, above / below)


def _sum(terms: Sequence[Term], period: int, futures: Mapping[Course, Futures], worth: Worth) -> Floats:
    total = np.zeros(next(iter(futures.values())).discount.shape)
    for term in terms:
        future = futures[term.course]
        first, last = {"until": (0, period), "during": (period - 1, period), "first": (0, 1)}[term.over]
        counted = future.readings[term.reader][first:last]
        if term.discounted:
            counted = counted * future.discount ** np.arange(first, last)[:, np.newaxis]
        if term.option >= 0:
            counted = counted * worth(term.option)[first:last]
        total = total + term.weight * counted.sum(axis=0)
    return total
