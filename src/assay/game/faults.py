"""What is wrong with the numbers of a filled game, draw by draw: nothing is clipped or passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np

from assay.game.game import Filled, Floats, Game, Recipe

ROUNDING = 1e-12
"""What a probability may lie outside 0..1 by."""
SUM = 1e-9
"""What the probabilities of a joint move's branches may differ from one by."""

Fault: TypeAlias = tuple[int, str]
Test: TypeAlias = Callable[[Floats], Any]


def faults_of(filled: Filled) -> tuple[Fault, ...]:
    """(draw, what is wrong), by draw: each number at fault is named once, with its place in the case and its value."""
    recipe = filled.game.recipe
    if recipe is None:
        raise ValueError("a game made by hand has no formulas to blame")
    return tuple(sorted(set(_faults(filled, recipe))))


def _faults(filled: Filled, recipe: Recipe) -> Iterator[Fault]:
    game = filled.game
    finite = [bool(each) for each in np.ravel(np.isfinite(filled.table).all(axis=(0, 2)))]
    for row in (row for row, sound in enumerate(finite) if not sound):
        place = game.rows[row - 2].use.place
        yield from _wrong(filled, row, place, lambda v: ~np.isfinite(v), "is not a finite number")
    for row, place in _all_periods(game, recipe.chances, finite):
        yield from _wrong(filled, row, place, lambda v: (v < -ROUNDING) | (v > 1 + ROUNDING), "is not a probability")
    for row, place in _all_periods(game, recipe.weights, finite):
        yield from _wrong(filled, row, place, lambda v: v <= 0, "is not above zero, as a base weight must be")
    for rows, place in recipe.sums.items():
        yield from _sums(filled, rows, place)
    yield from _outside(filled, filled.discount, "discount", lambda v: (v >= 0) & (v <= 1), "between 0 and 1")
    for player, actor in enumerate(game.players):
        path = f"actors.{actor}.precision"
        yield from _outside(filled, filled.precision[:, player], path, lambda v: v >= 0, "of at least 0")


def _all_periods(game: Game, rows: Mapping[int, str], finite: list[bool]) -> Iterator[tuple[int, str]]:
    """The rows that are numbers, with those of the further periods of a row that depends on the period."""
    periods = game.periods + game.buffer
    for first, place in rows.items():
        for row in range(first, first + (periods if game.row_stride[first] else 1)):
            if finite[row]:
                yield row, place


def _wrong(filled: Filled, row: int, place: str, bad: Test, words: str) -> Iterator[Fault]:
    """Faults of one row: `bad` says where a value is wrong."""
    wrong = bad(filled.table[:, row])
    if not wrong.any():
        return
    values = filled.table[:, row].reshape(-1)[: filled.draws]
    for draw in np.flatnonzero(wrong.reshape(-1)[: filled.draws]):
        yield int(draw), f"{place}: {_name(filled.game, row)} {words}: {values[draw]:.6g}"


def _name(game: Game, row: int) -> str:
    """What a row reads: `x * 2 where fence = built, as hill sees it`."""
    meaning = game.rows[row - 2]
    skeleton = game.skeleton
    if meaning.rest_of:
        text = "what the other branches leave to `rest`"
    else:
        text = str(meaning.use.formula)
        world = zip(skeleton.variables, skeleton.values, meaning.use.world, strict=True)
        names = ", ".join(f"{name} = {values[at]}" for name, values, at in world)
        text += f" where {names}" if names else ""
    return text + (f", as {game.players[meaning.viewer]} sees it," if meaning.viewer >= 0 else "")


def _sums(filled: Filled, rows: tuple[int, ...], place: str) -> Iterator[Fault]:
    """Faults of branches whose probabilities do not sum to one; rows that are not numbers were named already."""
    game = filled.game
    strides = game.row_stride[list(rows)]
    for period in range(game.periods + game.buffer if strides.any() else 1):
        values = filled.table[:, np.array(rows) + period * strides].sum(axis=1).reshape(-1)[: filled.draws]
        for draw in np.flatnonzero(np.abs(values - 1) > SUM):
            yield int(draw), f"{place}: the probabilities beside it sum to {values[draw]:.6g} with it, not to 1"


def _outside(filled: Filled, values: Floats, path: str, right: Test, words: str) -> Iterator[Fault]:
    flat = values.reshape(-1)[: filled.draws]
    for draw in np.flatnonzero(~(right(flat) & np.isfinite(flat))):
        yield int(draw), f"{path}: not a finite number {words}: {flat[draw]:.6g}"
