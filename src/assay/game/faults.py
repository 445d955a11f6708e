"""What is wrong with the numbers of a filled game, draw by draw: nothing is clipped or passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from assay.game.game import Filled, Floats, Game, Recipe

ROUNDING = 1e-12
"""What a probability may lie outside 0..1 by."""
SUM = 1e-9
"""What the probabilities of a joint move's branches may differ from one by."""

Fault: TypeAlias = tuple[int, str]


def faults_of(filled: Filled) -> tuple[Fault, ...]:
    """(draw, what is wrong), by draw.

    The text is the same for all draws: the place in the case, what is read there, in how many draws (of several) and
    worlds it is wrong, and the values found.
    """
    recipe = filled.game.recipe
    if recipe is None:
        raise ValueError("a game made by hand has no formulas to blame")
    found: dict[tuple[str, str], Wrong] = {}
    for place, what, words, values, wrong in _all(filled, recipe):
        draws = wrong.reshape(-1)[: filled.draws]
        if draws.any():
            known = found.setdefault((place, words), Wrong(place, what, words))
            known.add(draws, values.reshape(-1)[: filled.draws])
    return tuple(sorted((draw, text) for each in found.values() for draw, text in each.faults()))


@dataclass(slots=True)
class Wrong:
    """What is wrong at one place of the case, over all worlds and periods."""

    place: str
    what: str
    words: str
    masks: list[Any] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def add(self, wrong: Any, values: Floats) -> None:
        """A further world or period in which some draws are wrong."""
        self.masks.append(wrong)
        self.values.append(values[wrong])

    def faults(self) -> Iterator[Fault]:
        """The faults, all with the same text."""
        draws = np.flatnonzero(np.any(self.masks, axis=0))
        values = np.concatenate(self.values)
        low, high = np.min(values), np.max(values)
        shown = f"{low:.6g}" if low == high or np.isnan(low) else f"{low:.6g} to {high:.6g}"
        more = len(self.masks) - 1
        others = f", there and in {more} more {'world or period' if more == 1 else 'worlds or periods'}" if more else ""
        count = f", in {len(draws)} of {len(self.masks[0])} draws" if len(self.masks[0]) > 1 else ""
        text = f"{self.place}: {self.what} {self.words}{count}{others} ({shown})"
        yield from ((int(draw), text) for draw in draws)


def _all(filled: Filled, recipe: Recipe) -> Iterator[tuple[str, str, str, Floats, Any]]:
    """Place, what is read, what is wrong, its values and where they are wrong: for everything that could be."""
    game, table = filled.game, filled.table
    finite = [bool(each) for each in np.ravel(np.isfinite(table).all(axis=(0, 2)))]
    for row in (row for row, sound in enumerate(finite) if not sound):
        values = table[:, row]
        yield game.rows[row - 2].use.place, _name(game, row), "is not a finite number", values, ~np.isfinite(values)
    for row, place, period in _all_periods(game, recipe.chances, finite):
        values, others = table[:, row], game.rows[row - 2].rest_of
        wrong = _no_chance(values)
        if others:  # what is left by branches that are wrong themselves is not named beside them
            beside = np.array(others) + period * game.row_stride[list(others)]
            wrong &= ~_no_chance(table[:, beside]).any(axis=1)
        yield place, _name(game, row), "is not a probability", values, wrong
    for row, place, _ in _all_periods(game, recipe.weights, finite):
        values = table[:, row]
        yield place, _name(game, row), "is not above zero, as a base weight must be", values, values <= 0
    for rows, place in recipe.sums.items():
        for values in _sums(game, table, rows):
            wrong = np.abs(values - 1) > SUM
            yield place, "the branches' probabilities together", "do not sum to 1", values, wrong
    shrink = filled.discount
    yield "discount", "it", "is not between 0 and 1", shrink, ~((shrink >= 0) & (shrink <= 1))
    for player, actor in enumerate(game.players):
        values = filled.precision[:, player]
        wrong = ~((values >= 0) & np.isfinite(values))
        yield f"actors.{actor}.precision", "it", "is not a finite number of at least 0", values, wrong


def _no_chance(values: Floats) -> Any:
    return (values < -ROUNDING) | (values > 1 + ROUNDING)


def _all_periods(game: Game, rows: Mapping[int, str], finite: list[bool]) -> Iterator[tuple[int, str, int]]:
    """The rows that are numbers, with place and period: those of a row that depends on the period follow each other."""
    periods = game.periods + game.buffer
    for first, place in rows.items():
        for period in range(periods if game.row_stride[first] else 1):
            if finite[first + period]:
                yield first + period, place, period


def _name(game: Game, row: int) -> str:
    """What a row reads: `x * 2 where fence = built, as hill sees it,`."""
    meaning = game.rows[row - 2]
    skeleton = game.skeleton
    if meaning.rest_of:
        text = "what the other branches leave to `rest`"
    else:
        text = f"`{meaning.use.formula}`"
        world = zip(skeleton.variables, skeleton.values, meaning.use.world, strict=False)  # types may follow
        types = zip(game.informed, meaning.use.world[len(skeleton.variables) :], strict=False)
        known = [f"{name} = {values[at]}" for name, values, at in world]
        names = ", ".join([*known, *(f"{game.players[each.player]} = {each.types[at]}" for each, at in types)])
        text += f" where {names}" if names else ""
    return text + (f", as {game.players[meaning.viewer]} sees it," if meaning.viewer >= 0 else "")


def _sums(game: Game, table: Floats, rows: tuple[int, ...]) -> Iterator[Floats]:
    """The sum of the rows, for each period where some depend on it."""
    strides = game.row_stride[list(rows)]
    for period in range(game.periods + game.buffer if strides.any() else 1):
        yield table[:, np.array(rows) + period * strides].sum(axis=1)
