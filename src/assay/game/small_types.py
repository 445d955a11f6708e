"""Types in games made by hand: numbers that differ by type, shares of the types, and what observers believe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.game.game import LANES, Floats, Informed

Amount: TypeAlias = float | Sequence[float] | NDArray[np.float64]
"""A number for all draws, or one for each."""
Shares: TypeAlias = Mapping[str, Amount]
"""Shares by type; one type may be left out and gets the rest."""
SUM = 1e-9
"""What shares may sum to beyond one."""


@dataclass(frozen=True, eq=False)
class By:
    """A number for each type of an actor, each perhaps by the types of another; use `by`."""

    actor: str
    amounts: Mapping[str, TypedAmount]


TypedAmount: TypeAlias = Amount | By


def by(actor: str, /, **amounts: TypedAmount) -> By:
    """A number for each type of `actor`: `by("sender", weak=1.0, strong=2.0)`. Nested for the types of two actors."""
    return By(actor, amounts)


@dataclass(frozen=True, eq=False)
class Typed:
    """The actors of a game with their types."""

    players: tuple[str, ...]
    informed: tuple[Informed, ...]

    def spread(self, *amounts: TypedAmount) -> tuple[list[list[Floats]], tuple[int, ...]]:
        """The numbers of amounts in every combination of the types that some of them differ by, the last actor fastest,
        and how many combinations one type more of each informed actor is away (0 where none differs by them).
        """
        named = {self.players[each.player]: at for at, each in enumerate(self.informed)}
        axes = sorted({named[actor] for amount in amounts for actor in _actors(amount, named)})
        steps = [0] * len(self.informed)
        size = 1
        for axis in reversed(axes):
            steps[axis] = size
            size *= len(self.informed[axis].types)
        columns: list[list[Floats]] = [[] for _ in amounts]
        for combination in np.ndindex(*(len(self.informed[axis].types) for axis in axes)):
            types = {
                self.players[self.informed[axis].player]: self.informed[axis].types[at]
                for axis, at in zip(axes, combination, strict=True)
            }
            for amount, found in zip(amounts, columns, strict=True):
                found.append(_chosen(amount, types))
        return columns, tuple(steps)


def _actors(amount: TypedAmount, named: Mapping[str, int]) -> Iterable[str]:
    if isinstance(amount, By):
        if amount.actor not in named:
            raise ValueError(f"{amount.actor!r} has no types for a number to differ by")
        yield amount.actor
        for inner in amount.amounts.values():
            yield from _actors(inner, named)


def _chosen(amount: TypedAmount, types: Mapping[str, str]) -> Floats:
    while isinstance(amount, By):
        if types[amount.actor] not in amount.amounts:
            raise ValueError(f"no number is given for the type {types[amount.actor]!r} of {amount.actor!r}")
        amount = amount.amounts[types[amount.actor]]
    return np.atleast_1d(np.asarray(amount, dtype=np.float64)) + 0.0  # no minus zero: rows are found by value


def informed_of(
    players: Sequence[str],
    types: Mapping[str, Shares],
    believed: Mapping[str, Mapping[str, Shares]],
    nodes: int,
    span: float,
) -> tuple[Informed, ...]:
    """The actors with types, in the order of players; the first observer of `believed` is the reference."""
    unknown = (set(types) | set(believed) | {who for each in believed.values() for who in each}) - set(players)
    if unknown:
        raise ValueError(f"there is no player {min(unknown)!r}")
    if nodes < 3 or nodes % 2 == 0:
        raise ValueError(f"{nodes} belief nodes; there must be an odd number of at least 3")
    if not span > 0:
        raise ValueError(f"the span of beliefs is {span}; it must be above 0")
    for actor, shares in types.items():
        if len(shares) < 2:
            raise ValueError(f"{actor!r} has fewer than two types; leave its types out")
    return tuple(
        Informed(player, tuple(types[name]), _reference(players, believed.get(name, {})), nodes, span)
        for player, name in enumerate(players)
        if name in types
    )


def _reference(players: Sequence[str], believed: Mapping[str, Shares]) -> int:
    return players.index(next(iter(believed))) if believed else -1


def prior_columns(
    players: Sequence[str],
    informed: Sequence[Informed],
    types: Mapping[str, Shares],
    believed: Mapping[str, Mapping[str, Shares]],
) -> list[list[list[Floats]]]:
    """Shares by informed actor, viewer (the analyst first, then players) and type; each a column, or one for all."""
    found = []
    for each in informed:
        actor = players[each.player]
        views = {**dict.fromkeys(players, types[actor]), **believed.get(actor, {}), actor: types[actor]}
        in_order = (types[actor], *(views[name] for name in players))
        found.append([_complete(each.types, view, actor) for view in in_order])
    return found


def _complete(types: Sequence[str], given: Shares, actor: str) -> list[Floats]:
    missing = [name for name in types if name not in given]
    if len(missing) > 1 or not set(given) <= set(types):
        raise ValueError(f"shares of {actor!r} are given for {', '.join(given)}; its types are {', '.join(types)}")
    columns = {name: np.atleast_1d(np.asarray(share, dtype=np.float64)) for name, share in given.items()}
    total = np.asarray(sum(columns.values()), dtype=np.float64)
    if any((column < 0).any() for column in columns.values()) or (total > 1 + SUM).any():
        raise ValueError(f"the shares of the types of {actor!r} are below 0, or sum to more than 1")
    if not missing and (np.abs(total - 1) > SUM).any():
        raise ValueError(f"the shares of the types of {actor!r} do not sum to 1")
    columns.update((name, np.maximum(1 - total, 0.0)) for name in missing)
    return [columns[name] for name in types]


def prior_in_lanes(columns: Sequence[Sequence[Sequence[Floats]]], draws: int) -> Floats | None:
    """Shares as the array `Filled.prior`; None where nobody has types."""
    if not columns:
        return None
    most = max(len(view) for views in columns for view in views)
    padded = [
        [[*view, *[np.zeros(1)] * (most - len(view))] for view in views]  # 0 beyond the actor's own number of types
        for views in columns
    ]
    flat = in_lanes([column for views in padded for view in views for column in view], draws)
    return flat.reshape(len(flat), len(padded), len(padded[0]), most, LANES)


def in_lanes(columns: Iterable[NDArray[np.float64]], draws: int) -> Floats:
    """Columns of D numbers (or one for all) as an array (groups, columns, lanes), the last draw repeated as padding."""
    groups = -(-draws // LANES)
    index = np.minimum(np.arange(groups * LANES), draws - 1)
    spread = [np.broadcast_to(column, (draws,))[index].reshape(groups, LANES) for column in columns]
    return np.ascontiguousarray(np.stack(spread, axis=1))
