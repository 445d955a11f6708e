"""From where the census begins: all corners, or where a solve is dear the few that differ most."""

from __future__ import annotations

from collections.abc import Iterable

from assay.game.game import Game
from assay.solvers.corners import UNIFORM, corners_of, few_corners


def starts_of(games: Iterable[Game]) -> tuple[int, ...]:
    """Uniform play and every corner of any of the games, numbered as `restart` does."""
    return tuple(dict.fromkeys((UNIFORM, *(corner for game in games for corner in corners_of(game)))))


def few_starts(games: Iterable[Game]) -> tuple[int, ...]:
    """Uniform play, the corners in which all types of a mover lean alike, and two in which types part."""
    return tuple(dict.fromkeys((UNIFORM, *(corner for game in games for corner in few_corners(game)))))
