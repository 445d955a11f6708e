"""Where a claim fails (or holds), as a box: a few limits on a few assumptions within which most such draws lie.

Scenario discovery (Bryant and Lempert 2010) by the patient rule induction method (Friedman and Fisher 1999): a box is
peeled from all draws; of the boxes on the way the one is kept whose inside agrees best with the draws of interest
(largest phi coefficient, which weighs coverage against density whatever the base rate is); limits that could be
chance, and those beyond the number allowed, are dropped, and the rest is peeled again. How far to trust it is
measured on halves of the draws: a box found in one half, judged on the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import bdtrc

from assay.explore.hinges import hinges
from assay.explore.peel import Bools, Cut, peel
from assay.explore.ranks import Column, RankTable, rank_table

CHANCE = 0.05
"""A limit that draws at random would match with at least this probability is dropped."""
_CANDIDATES = 12
"""Inputs that a box is sought on: the strongest hinges."""
_SMALLEST = 0.05
"""Smallest box, as a share of the draws, unless those of interest are rare."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One side or both of a box: the draws inside have `low` <= assumption <= `high`, or one of `names`."""

    assumption: str
    low: float | None
    high: float | None
    names: tuple[str, ...] = ()
    """For an assumption of named alternatives: those that are inside."""
    chance: float = 0.0
    """Probability of as many draws of interest inside if this limit did nothing (Bryant and Lempert's quasi-p)."""
    kept: float = 0.0
    """Share of the halves in which a box on the same claim limits this assumption too."""


@dataclass(frozen=True, slots=True)
class Box:
    """Limits, and how well the draws inside agree with the draws of interest."""

    limits: tuple[Limit, ...]
    """Those whose loss would cost most come first."""
    draws: int
    """Draws inside."""
    hits: int
    """Draws of interest inside."""
    base: float
    """Share of interest among all draws."""
    coverage: float
    """Share of the draws of interest that are inside."""
    density: float
    """Share of interest among the draws inside."""
    coverage_between: tuple[float, float] = (0.0, 1.0)
    """Least and greatest coverage over halves: found in one half, judged on the other."""
    density_between: tuple[float, float] = (0.0, 1.0)
    """Least and greatest density over halves."""


def find_box(
    inputs: RankTable | Mapping[str, Any] | pd.DataFrame,
    interest: NDArray[np.bool_],
    limits: int = 3,
    counted: NDArray[np.bool_] | None = None,
    alpha: float = 0.05,
    minimum: int = 20,
    halves: int = 10,
    seed: int = 0,
) -> Box | None:
    """The box that says best where a claim is of interest (fails, say), with at most `limits` limited assumptions.

    `inputs` has one row per draw; `interest` has shape (D,); `counted`, if given, says which draws count. `alpha` is
    the share cut off in a step. None where fewer than `minimum` draws are of interest or not, or where no limit is
    better than chance. It is sought among the strongest hinges; `halves` and `seed` say how often and on which halves
    of the draws it is tried.
    """
    table = inputs if isinstance(inputs, RankTable) else rank_table(inputs)
    interest = np.asarray(interest, dtype=np.bool_)
    if counted is not None and not counted.all():
        table = table.among(np.asarray(counted, dtype=np.bool_))
    names = [hinge.assumption for hinge in hinges(table, interest, minimum)[:_CANDIDATES]]
    columns = tuple(column for column in table.columns if column.name in names)
    if not columns:
        return None
    found = _search(columns, interest, limits, alpha, minimum)
    return None if found is None else _tried(found, columns, interest, limits, alpha, minimum, halves, seed)


def _search(columns: Sequence[Column], interest: Bools, limits: int, alpha: float, minimum: int) -> Box | None:
    """Peel, drop the weakest limit, peel again, until few enough limits are left and none is chance."""
    while columns:
        found = _peeled(columns, interest, alpha, minimum)
        if found is None:
            return None
        judged = _judged(found, columns, interest)
        if len(judged.limits) <= limits and all(limit.chance < CHANCE for limit in judged.limits):
            return judged
        kept = {limit.assumption for limit in judged.limits[:-1]}
        columns = [column for column in columns if column.name in kept]
    return None


def _peeled(columns: Sequence[Column], interest: Bools, alpha: float, minimum: int) -> tuple[Limit, ...] | None:
    """Limits of the best box on the way."""
    counted = columns[0].order
    draws, hits = len(counted), int(interest[counted].sum())
    # Where the draws of interest are rarer than the smallest box, a box may shrink to half their number.
    least = max(minimum, min(int(_SMALLEST * draws), hits // 2))
    steps = list(peel(columns, interest, alpha, least))
    scores = [_phi(step.draws, step.hits, draws, hits) for step in steps]
    if not scores or max(scores) <= 0:
        return None
    cuts = [step.cut for step in steps[: int(np.argmax(scores)) + 1]]
    return tuple(_limit(columns[number], cuts, number) for number in sorted({cut.column for cut in cuts}))


def _limit(column: Column, cuts: Sequence[Cut], number: int) -> Limit:
    own = [cut for cut in cuts if cut.column == number]
    ends = {cut.side: cut.at for cut in own}  # the last cut of a side is its end
    if column.categories is None:
        return Limit(column.name, ends.get("low"), ends.get("high"))
    gone = {int(cut.at) for cut in own}
    present = {int(code) for code in np.unique(column.values[column.order])}
    return Limit(column.name, None, None, tuple(column.categories[code] for code in sorted(present - gone)))


def _phi(draws: int, hits: int, all_draws: int, all_hits: int) -> float:
    """Correlation between being inside and being of interest."""
    outside, others = all_draws - draws, all_draws - all_hits
    if not (draws and outside and all_hits and others):
        return 0.0
    return (hits * all_draws - draws * all_hits) / float(np.sqrt(float(draws) * outside * all_hits * others))


def _judged(limits: tuple[Limit, ...], columns: Sequence[Column], interest: Bools) -> Box:
    """The box with its numbers; limits ordered by what losing each would cost, each with its chance."""
    counted = columns[0].order
    wanted = interest[counted]
    inside = {limit.assumption: _inside(limit, columns, counted) for limit in limits}
    every = np.logical_and.reduce(list(inside.values()))
    draws, hits = int(every.sum()), int(wanted[every].sum())
    ranked = []
    for limit in limits:
        others = [mask for name, mask in inside.items() if name != limit.assumption]
        without = np.logical_and.reduce(others) if others else np.ones(len(counted), dtype=np.bool_)
        more, share = int(without.sum()), float(wanted[without].mean())
        chance = float(bdtrc(hits - 1, draws, share)) if hits else 1.0
        left = _phi(more, int(wanted[without].sum()), len(counted), int(wanted.sum()))
        ranked.append((left, chance, limit.assumption, replace(limit, chance=chance)))
    ranked.sort(key=lambda entry: entry[:3])
    of_interest = int(wanted.sum())
    density = hits / draws if draws else 0.0
    return Box(
        tuple(limit for *_, limit in ranked), draws, hits, of_interest / len(counted), hits / of_interest, density
    )


def _inside(limit: Limit, columns: Sequence[Column], draws: NDArray[np.int32]) -> Bools:
    column = next(column for column in columns if column.name == limit.assumption)
    values = column.values[draws]
    if column.categories is not None:
        return np.isin(values, [column.categories.index(name) for name in limit.names])
    low = -np.inf if limit.low is None else limit.low
    high = np.inf if limit.high is None else limit.high
    return (values >= low) & (values <= high)


def _tried(
    box: Box,
    columns: Sequence[Column],
    interest: Bools,
    limits: int,
    alpha: float,
    minimum: int,
    halves: int,
    seed: int,
) -> Box:
    """The box with what halves of the draws say of it."""
    counted = columns[0].order
    random = np.random.Generator(np.random.Philox(key=seed))
    names: list[set[str]] = []
    judged: list[Box] = []
    for _ in range(halves):
        half = np.zeros(len(interest), dtype=np.bool_)
        half[random.permutation(np.sort(counted))[: len(counted) // 2]] = True
        found = _search([column.among(half) for column in columns], interest, limits, alpha, minimum // 2)
        names.append({limit.assumption for limit in found.limits} if found else set())
        if found is not None and interest[counted[~half[counted]]].any():
            judged.append(_judged(found.limits, [column.among(~half) for column in columns], interest))
    kept = [
        replace(limit, kept=sum(limit.assumption in each for each in names) / max(1, halves)) for limit in box.limits
    ]
    if len(judged) < halves or not judged:
        # In some half there was no box at all: nothing can be promised.
        return replace(box, limits=tuple(kept))
    return replace(
        box,
        limits=tuple(kept),
        coverage_between=(min(each.coverage for each in judged), max(each.coverage for each in judged)),
        density_between=(min(each.density for each in judged), max(each.density for each in judged)),
    )
