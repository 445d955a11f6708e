"""Logit equilibria of many draws of one tree, LANES of them at once, on the principal branch.

From uniform play the log-odds are followed as the share s of precision goes from 0 to 1, by Newton's method from the
answer at the last s, as long as the determinant of the Jacobian stays positive: until then the branch has neither
folded nor been crossed, and what is found lies on it, unless a step leapt; against that steps are kept short. Other
draws are given up, and left to the arclength solver of `assay.trees`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.game.game import LANES
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import Lanes, any_less, larger, load, spread, store, where_less
from assay.solvers.tree_code import FARTHEST, Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
CORRECTIONS = 5
"""Newton steps at a value of s, the first of which is the predictor."""
SETTLED = 0.02
"""A correction below this (in log-odds) ends the corrector."""
OFF = 0.5
"""The largest first correction after the predictor: further away lies perhaps another solution."""
FIRST = 2.0
"""The first step of s is to move no log-odds by more than this."""
EASY, EASIER = 0.1, 3.0
"""A first correction below `EASY` makes the next step `EASIER` times as long."""
HARDER = 0.4
SHORTEST = 1 / 1024
FINAL = 10
"""Newton steps at the end."""
SMALLEST = 1e-9
"""Determinants below this are taken to have changed their sign."""


@part
def failed(desk: Floats, rows: Rows, off: Lanes) -> Lanes:
    """`off`, or `FARTHEST` where the determinant is no longer positive."""
    return where_less(spread(SMALLEST), load(desk, rows.sign), off, spread(FARTHEST))


@part
def at_share(newton: Any, desk: Floats, rows: Rows, s: float, begun: bool) -> Lanes:
    """Corrects the log-odds at a share of precision. By lanes: the first correction, `FARTHEST` where it failed."""
    store(desk, rows.precision, load(desk, rows.full) * spread(s))
    if not begun:
        newton(desk)
    off = spread(0.0)
    for number in range(CORRECTIONS - 1):
        newton(desk)
        if number == 0:
            off = load(desk, rows.off)
        if not any_less(spread(SETTLED), load(desk, rows.off)):
            break
    off = where_less(spread(SETTLED), load(desk, rows.off), spread(FARTHEST), off)
    return failed(desk, rows, off)


@part
def give_up(desk: Floats, rows: Rows, off: Lanes) -> None:
    """Puts lanes that failed to uniform play at precision 0, where they stay."""
    zero, limit = spread(0.0), spread(OFF)
    store(desk, rows.fine, where_less(limit, off, zero, load(desk, rows.fine)))
    store(desk, rows.full, where_less(limit, off, zero, load(desk, rows.full)))
    for i in range(rows.odds, rows.share):
        store(desk, i, where_less(limit, off, zero, load(desk, i)))


@part
def copy(desk: Floats, rows: Rows, source: int, target: int) -> None:
    """Copies log-odds between the rows from `source` and those from `target` on."""
    for i in range(rows.start - rows.odds):
        store(desk, target + i, load(desk, source + i))


@part
def trace(newton: Any, desk: Floats, rows: Rows, target: float) -> None:
    """Follows uniform play to the full precision; `rows.left` tells the largest gap, by lanes."""
    for i in range(rows.odds, rows.share):
        store(desk, i, spread(0.0))
    store(desk, rows.precision, load(desk, rows.full))
    newton(desk)
    steep = larger(load(desk, rows.left), spread(1e-9))
    step = 1.0
    while step > SHORTEST and any_less(spread(FIRST), steep * spread(step)):
        step *= 0.7
    begun = step == 1.0
    if not begun:
        copy(desk, rows, rows.start, rows.odds)
    s = 0.0
    while s < 1.0:
        there = min(1.0, s + step)
        off = at_share(newton, desk, rows, there, begun)
        begun = False
        if not any_less(spread(OFF), off):
            s = there
            copy(desk, rows, rows.odds, rows.start)
            if not any_less(spread(EASY), off):
                step *= EASIER
            continue
        if step > SHORTEST:
            step *= HARDER
        else:
            give_up(desk, rows, off)
            step *= 4.0
        copy(desk, rows, rows.start, rows.odds)
    for _ in range(FINAL):
        if not any_less(spread(target), load(desk, rows.left)):
            break
        newton(desk)


@part
def solve_groups(
    newton: Any,
    rows: Rows,
    desk: Floats,
    ends: Ints,
    players: Ints,
    chance: Floats,
    payoffs: Floats,
    precision: Floats,
    target: float,
    first: int,
    last: int,
    probability: Floats,
    residual: Floats,
) -> None:
    """Groups `first` to `last` of LANES draws each.

    `payoffs` (D, Z, P) and `precision` (D,) are read, `probability` (D, A) and `residual` (D,) written; the residual is
    not a number for draws that were given up. A last group that is not full repeats the last draw.
    """
    draws = payoffs.shape[0]
    for group in range(first, last):
        for lane in range(LANES):
            draw = min(group * LANES + lane, draws - 1)
            for e in range(len(ends)):
                desk[rows.stake + e, lane] = chance[e] * payoffs[draw, ends[e], players[e]]
            desk[rows.full, lane] = precision[draw]
            desk[rows.fine, lane] = 1.0
        trace(newton, desk, rows, target)
        for lane in range(LANES):
            draw = group * LANES + lane
            if draw < draws:
                fine = desk[rows.fine, lane] > 0.0 and desk[rows.left, lane] <= target
                residual[draw] = desk[rows.left, lane] if fine else np.nan
                for a in range(probability.shape[1]):
                    probability[draw, a] = desk[rows.share + a, lane]
