"""From where the census begins: all corners, or where a solve is dear the few that differ most."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np

from assay.game.game import Game
from assay.solvers.census import UNIFORM, corners_of


def starts_of(games: Iterable[Game]) -> tuple[int, ...]:
    """Uniform play and every corner of the largest stage of any of the games, numbered as `restart` does."""
    return (UNIFORM, *range(max((corners_of(game) for game in games), default=0)))


def few_starts(games: Iterable[Game]) -> tuple[int, ...]:
    """Uniform play, the corners in which all types of a mover lean alike, and the two in which types part.

    In those a mover's first type leans to one side, its other types to the other.
    """
    found = {code for game in games if corners_of(game) for code in _corners(_largest(game))}
    return (UNIFORM, *sorted(found))


def _largest(game: Game) -> tuple[int, ...]:
    """How many types each mover of the largest stage may be of."""
    s = game.structure
    types = {each.player: len(each.types) for each in game.informed}
    stages = {
        tuple(types.get(int(player), 1) for player in s.mover_player[first:last])
        for first, last in zip(s.mover_start[:-1], s.mover_start[1:], strict=True)
    }
    return max(sorted(stages), key=sum)


def _corners(kinds: tuple[int, ...]) -> set[int]:
    """Corners by number: bit n is about the n-th type of the movers one after the other."""
    alike = {
        _code([[lean] * many for lean, many in zip(leans, kinds, strict=True)])
        for leans in product((0, 1), repeat=len(kinds))
    }
    apart = {_code([[first, *[1 - first] * (many - 1)] for many in kinds]) for first in (0, 1)}
    return alike | apart


def _code(leans: list[list[int]]) -> int:
    bits = np.concatenate([np.array(each, dtype=np.int64) for each in leans])
    return int((bits << np.arange(bits.size)).sum())
