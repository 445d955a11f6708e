"""A game with its numbers: every row of the table for a batch of draws.

Each formula is evaluated once, over all combinations of values that the game needs and all draws at a time. What is
not a probability, not a number or does not sum to one is kept in the table as it is and listed draw by draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.arrays import Bindings, Value, evaluate, numbers
from assay.case.model import Case
from assay.case.payoffs import Regime
from assay.case.types import column, columns, definitions
from assay.formula.ast import Call, Formula
from assay.game.faults import faults_of
from assay.game.game import LANES, Batch, Filled, Floats, Game
from assay.game.priors import priors
from assay.game.rows import ONE, TRUTH, ZERO
from assay.game.rules import NO_REGIME, regime_of

Change: TypeAlias = Formula | NDArray[Any] | float
"""What an assumption is changed to: a formula that reads the draws as they were, or numbers of shape (D,)."""
AT_A_TIME = 1 << 15
"""Numbers of a formula that are evaluated at a time, so that they stay in the processor's cache."""


class DrawsLike(Protocol):
    """Draws of assumptions: a value per draw for each assumption that is a number."""

    @property
    def values(self) -> Mapping[str, Floats]:
        """Assumption to its values, shape (D,)."""

    @property
    def alternatives(self) -> Mapping[str, tuple[tuple[str, ...], NDArray[np.int64]]]:
        """Structural alternatives: assumption to their names and each draw's code."""

    def __len__(self) -> int: ...


def fill(
    game: Game,
    case: Case,
    draws: DrawsLike,
    regime: str | Regime | None = None,
    sets: Mapping[str, Change] | None = None,
    precision_scale: float = 1.0,
    perceive: bool = True,
) -> Filled:
    """The game's table, precision, discount and shares of types for D draws; shapes as in `Filled`.

    `regime` is the one of the game unless another is given, which then must have the same moves and perceptions: one
    that only `set`s something can be filled into the game without a regime. `sets` changes assumptions further, after
    the regime. Formulas of either read the draws' original values; perceptions read the changed truth.
    Every precision is multiplied by `precision_scale` (0 is the null run). Without `perceive` nobody is mistaken:
    all see numbers as they are, and believe the analyst's shares of the types.

    Raises ValueError for a regime that does not fit, draws of other structural alternatives or a game made by hand,
    KeyError for a name without a value or a change of what is no assumption.
    """
    if game.recipe is None:
        raise ValueError("a game made by hand comes with its numbers and cannot be filled from a case")
    _check_alternatives(game, draws)
    in_force = _fitting(game, case, regime)
    _check_changes(case, {**in_force.set, **(sets or {})})
    views = _views(game, case, draws, in_force, dict(sets or {}), perceive)
    table = _table(game, case, views)
    groups, lanes = views.groups, LANES
    truth = views.environments[TRUTH]
    shape = (groups * lanes,)
    precision = np.stack([numbers(case.actors[name].precision, truth, shape) for name in game.players])
    discount = numbers(case.discount, truth, shape).reshape(groups, lanes).copy()
    precision = precision.reshape(-1, groups, lanes).transpose(1, 0, 2) * precision_scale
    prior, wrong = priors(game, case, views.environments, len(draws), perceive)
    filled = Filled(game, len(draws), table, np.ascontiguousarray(precision), discount, prior)
    return replace(filled, faults=tuple(sorted((*faults_of(filled), *wrong))))


def _check_alternatives(game: Game, draws: DrawsLike) -> None:
    """The draws must be of the structural alternatives that the game was compiled under."""
    for name, (names, codes) in draws.alternatives.items():
        if (codes != names.index(game.alternatives[name])).any():
            found = f"some draws are not of the game's alternative {name} == {game.alternatives[name]}"
            raise ValueError(f"{found}; fill each of Draws.groups() into its own game")


def _check_changes(case: Case, changed: Iterable[str]) -> None:
    """Only assumptions that are numbers can be changed in a compiled game."""
    known = columns(case)
    for name in changed:
        if name in case.assumptions and name not in known:
            each = " or ".join(column(name, of_type) for of_type in case.assumptions[name].types)
            raise KeyError(f"{name!r} is a number for each type; set {each}")
        if name not in known:
            raise KeyError(f"{name!r} is no assumption of this case, so it cannot be set")
        if known[name].alternatives:
            raise ValueError(f"{name!r} selects a structure: compile the game under the other alternative")


def _fitting(game: Game, case: Case, regime: str | Regime | None) -> Regime:
    """The regime to fill with; it must fit the one that the game was compiled under."""
    compiled = game.regime or NO_REGIME
    if regime is None:
        return compiled
    wanted = regime_of(case, regime)
    same = wanted.ban == compiled.ban and wanted.mandate == compiled.mandate
    if not same or {k: set(v) for k, v in wanted.perceive.items()} != {k: set(v) for k, v in compiled.perceive.items()}:
        raise ValueError("the regime changes moves or perceptions: compile the game under it")
    return wanted


@dataclass(frozen=True, eq=False)
class _Views:
    """What assumptions are, in truth and as each player sees them, padded to whole groups."""

    environments: Mapping[int, Bindings]
    groups: int
    named: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, int]
    """Code of each structural alternative in force."""


def _views(game: Game, case: Case, draws: DrawsLike, regime: Regime, sets: dict[str, Change], perceive: bool) -> _Views:
    count = len(draws)
    if count == 0:
        raise ValueError("there are no draws to fill the game with")
    groups = -(-count // LANES)
    pad = groups * LANES - count
    named = {name: tuple(each.alternatives) for name, each in case.assumptions.items() if each.alternatives}
    codes = {name: named[name].index(chosen) for name, chosen in game.alternatives.items()}
    values = {name: _padded(np.asarray(column, dtype=np.float64), pad) for name, column in draws.values.items()}
    drawn = Bindings({**values, **codes}, {**named, **_variables(game)}, definitions(case))
    truth = drawn
    if regime.set or sets:
        changed = {name: _value(change, drawn, pad) for name, change in {**regime.set, **sets}.items()}
        truth = drawn.with_values(changed)
    environments = {TRUTH: truth}
    for player, actor in enumerate(game.players):
        seen = {**case.perceives.get(actor, {}), **regime.perceive.get(actor, {})}
        if seen and perceive:
            environments[player] = truth.with_values({name: _value(each, truth, pad) for name, each in seen.items()})
    return _Views(environments, groups, drawn.named, codes)


def _variables(game: Game) -> dict[str, tuple[str, ...]]:
    """The values of variables, and the types of informed actors, by name; in the order of `Batch.variables`."""
    variables = dict(zip(game.skeleton.variables, game.skeleton.values, strict=True))
    return variables | {game.players[each.player]: each.types for each in game.informed}


def _padded(column: Floats, pad: int) -> Floats:
    return np.concatenate([column, np.repeat(column[-1:], pad)]) if pad else column


def _value(change: Change, env: Bindings, pad: int) -> Value:
    if isinstance(change, Formula):
        return evaluate(change, env)
    given = np.asarray(change, dtype=np.float64)
    return _padded(given, pad) if given.ndim else float(given)


@dataclass(frozen=True, eq=False)
class _Place:
    """An environment for one batch: variables and definitions over its combinations, the rest from a viewer's view.

    Axes of every array: combinations, periods, draws.
    """

    local: Mapping[str, Value]
    outer: Bindings

    def value(self, name: str) -> Value:
        """See `Environment.value`."""
        return self.local[name] if name in self.local else self.outer.value(name)

    def categories(self, name: str) -> tuple[str, ...] | None:
        """See `Environment.categories`."""
        return self.outer.categories(name)

    def call(self, _: Call) -> Value | None:
        """See `Environment.call`."""
        return None


def _table(game: Game, case: Case, views: _Views) -> Floats:
    assert game.recipe is not None
    table = np.empty((views.groups, len(game.row_stride), LANES))
    table[:, ZERO], table[:, ONE] = 0.0, 1.0
    periods = game.periods + game.buffer
    step = case.calendar.step_years
    clock: dict[str, Value] = {
        "period": np.arange(1.0, periods + 1)[:, None],
        "elapsed": np.arange(periods)[:, None] * step,
    }
    results: list[Floats | None] = []
    for batch in game.recipe.batches:
        result = _batch(game, batch, views, clock if batch.timed else {}, results)
        if batch.definition:
            results.append(result)
            continue
        results.append(None)
        if batch.gate:
            result = -np.expm1(-result * step)
        _write(table, batch, result)
    _rests(game, table)
    return table


def _batch(game: Game, batch: Batch, views: _Views, clock: Mapping[str, Value], results: list[Floats | None]) -> Floats:
    """A formula over (combinations, periods or 1, draws), some combinations at a time."""
    outer = views.environments.get(batch.viewer, views.environments[TRUTH])
    shape = (len(batch.values), game.periods + game.buffer if batch.timed else 1, views.groups * LANES)
    result = np.empty(shape)
    step = max(1, AT_A_TIME // (shape[1] * shape[2]))
    variables = list(_variables(game))
    for start in range(0, len(batch.values), step):
        some = slice(start, start + step)
        local: dict[str, Value] = dict(clock)
        for place, variable in enumerate(batch.variables):
            local[variables[variable]] = batch.values[some, place][:, None, None]
        for name, at, chosen in batch.parts:
            inner = results[at]
            assert inner is not None
            local[name] = inner if len(inner) == 1 else inner[chosen[some]]
        part = result[some]
        part[:] = numbers(batch.formula, _Place(local, outer), part.shape)
    return result


def _write(table: Floats, batch: Batch, result: Floats) -> None:
    groups = len(table)
    rows = (batch.rows[:, None] + np.arange(result.shape[1])).ravel()
    table[:, rows] = result.reshape(len(rows), groups, LANES).transpose(1, 0, 2)


def _rests(game: Game, table: Floats) -> None:
    """Fills the rows that are what others leave to one; rounding below zero is taken for zero."""
    first: dict[int, int] = {}
    for place, row in enumerate(game.rows):
        if row.rest_of:
            at = place + 2
            begin = first.setdefault(id(row), at)
            others = [other + (at - begin) * int(game.row_stride[other]) for other in row.rest_of]
            rest = 1.0 - table[:, others].sum(axis=1)
            table[:, at] = np.where(np.abs(rest) <= 1e-12, 0.0, rest)
