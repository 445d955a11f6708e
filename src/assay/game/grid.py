"""How large a game becomes by what actors believe of each other, known before memory is asked for. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Protocol

from assay.case.model import Case
from assay.case.types import types_of
from assay.game.skeleton import Option
from assay.game.trouble import Trouble

MOST_STATES = 2_000_000
"""Most points times belief nodes of a period: what everybody expects is kept for each, for two periods at a time."""
MOST_CELLS = 16_000_000
"""Most chances of moves that the play of one draw consists of: options by type, belief node and reported period."""


class Choosing(Protocol):
    """A point, or a pattern of points: who moves there and among what."""

    @property
    def movers(self) -> tuple[int, ...]:
        """Players."""

    @property
    def options(self) -> tuple[tuple[Option, ...], ...]:
        """Options by mover."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of beliefs about every actor with types."""

    actors: tuple[str, ...]
    types: tuple[int, ...]
    """How many types each has; beliefs about K types have K - 1 coordinates."""
    nodes: int
    """Nodes of each coordinate."""
    players: tuple[int, ...]
    periods: int
    buffer: int

    @staticmethod
    def of(case: Case, nodes: int | None = None) -> Grid:
        """The grid of a case, perhaps with another number of nodes than it says."""
        types = types_of(case)
        places = {name: place for place, name in enumerate(case.actors)}
        calendar = case.calendar
        return Grid(
            actors=tuple(types),
            types=tuple(len(each) for each in types.values()),
            nodes=nodes or case.solution.belief_nodes,
            players=tuple(places[name] for name in types),
            periods=calendar.periods,
            buffer=calendar.buffer,
        )

    @property
    def coordinates(self) -> int:
        """Coordinates of all beliefs together."""
        return sum(self.types) - len(self.types)

    @property
    def size(self) -> int:
        """Belief nodes."""
        return int(self.nodes**self.coordinates)

    @property
    def profiles(self) -> int:
        """Combinations of everybody's types."""
        return prod(self.types)

    def cells(self, points: Iterable[Choosing]) -> int:
        """Chances of moves that the play of one draw consists of, at most: where types play alike it takes fewer."""
        types = dict(zip(self.players, self.types, strict=True))
        options = sum(
            len(own) * types.get(mover, 1)
            for point in points
            for mover, own in zip(point.movers, point.options, strict=True)
        )
        return options * self.size * self.periods


def grid_trouble(grid: Grid, points: Sequence[Choosing]) -> Trouble | None:
    """What is too large, and what to drop; None where the game fits."""
    if not grid.actors or _fits(grid, points):
        return None
    who = " and ".join(f"{name} ({types} types)" for name, types in zip(grid.actors, grid.types, strict=True))
    found = (
        f"the game is too large with beliefs: {grid.nodes} nodes for each of {_count(grid.coordinates, 'coordinate')}, "
        f"of {who}, are {grid.size:,} belief nodes; with {len(points):,} points they make {len(points) * grid.size:,} "
        f"in a period, and {grid.cells(points):,} chances of moves over {_count(grid.periods, 'period')}"
    )
    fewer = next((n for n in range(grid.nodes - 2, 2, -2) if _fits(replace(grid, nodes=n), points)), None)
    expected = f"at most {MOST_STATES:,} and {MOST_CELLS:,}: drop types, or values of variables" + (
        f", or have fewer nodes: {fewer} would do" if fewer else ""
    )
    return Trouble("solution.belief_nodes", found, expected)


def _fits(grid: Grid, points: Sequence[Choosing]) -> bool:
    return len(points) * grid.size <= MOST_STATES and grid.cells(points) <= MOST_CELLS


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
