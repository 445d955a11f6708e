"""What a draw of `mine-ban-reduced` needs, beside what one core can do at the most: how far from the machine's limit.

Exponentials, gathers and the arithmetic of responses are counted (`reduced_counts.py`); bytes follow from the plan:
each array once for each time that it is made or used, the largest alone. Divided by what a core can do in a second of
one kind alone (`limits.py`) each gives a time that this work cannot take less than, done as it is done. A core does
things of different kinds at once, so that their sum is no bound. What the kernels do besides is not counted, such as
finding rows and values of those who do not move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from limits import Limits
from reduced_counts import Counts
from response_operations import operations

from assay.game.game import CHOICE, CLOSE, LANES, Game
from assay.solvers.kernel_types_plan import FREE, LINES
from assay.solvers.types_plan import layout_of


@dataclass(frozen=True)
class Traffic:
    """Bytes a draw."""

    strategies: float
    """Written once, read once by all passes together."""
    unknowns: float
    """Read and written every period: where searches start."""
    values: float
    """Written every period, and read again."""
    mass: float
    """Read and written every reported period, by node, profile of types and pass."""


def traffic(game: Game) -> Traffic:
    """What has to be moved at the least, from the plan: each array once for each time that it is made or used."""
    layout, s = layout_of(game), game.structure
    points, nodes = layout.plan.points[:-1], game.belief_nodes
    play = ((s.kind == CHOICE) & (points[:, FREE] == 0)) | (s.kind == CLOSE)
    profiles = int(np.prod([len(each.types) for each in game.informed]))
    places = -(-6 * profiles // LANES) * LANES
    horizon = game.periods + game.buffer
    changing = int(points[play & (s.kind == CHOICE), LINES].sum()) * nodes
    return Traffic(
        strategies=8.0 * layout.cells.count,
        unknowns=16.0 * changing * horizon,
        values=16.0 * len(game.slots) * nodes * int(play.sum()) * horizon,
        mass=16.0 * int(play.sum()) * nodes * places * game.periods,
    )


def report(game: Game, solving: float, passing: float, counts: Counts | None, limits: Limits) -> None:
    """How far from what the machine can do at the most, for the seconds of a draw's solve and of its six passes."""
    print(f"one core in a second at the most, in millions of vectors of {LANES}:", end=" ")
    print(f"{limits.exponentials / 1e6:,.0f} exponentials, {limits.gathers / 1e6:,.0f} gathers,", end=" ")
    print(f"{limits.operations / 1e6:,.0f} other operations; in GB read and written:", end=" ")
    print(f"{limits.cache / 1e9:.0f} within the last cache, {limits.memory / 1e9:.0f} in memory")
    moved = traffic(game)
    print(f"  {'a draw needs':<38}{'so many':>12}{'ms at the least':>17}{'share of the time':>19}")
    if counts is not None:
        pair, alone = operations(game)
        arithmetic, responses = pair * counts.pair + alone * counts.alone, counts.pair + counts.alone
        print(
            f"  stages solved at a node {counts.stages:,.0f}, {responses / counts.stages:.1f} responses each;",
            end=" ",
        )
        print(f"the general way {counts.general:,.0f} times (counted for eight draws at once, an eighth for each)")
        row("solve: exponentials", counts.exponentials, counts.exponentials / limits.exponentials, solving)
        row("solve: gathers", counts.gathers, counts.gathers / limits.gathers, solving)
        row("solve: responses' arithmetic", arithmetic, arithmetic / limits.operations, solving)
    row("solve: bytes of strategies", moved.strategies, moved.strategies / limits.memory, solving)
    inside = moved.unknowns + moved.values
    row("solve: bytes of values and unknowns", inside, inside / limits.cache, solving)
    row("passes: bytes of strategies", moved.strategies, moved.strategies / limits.memory, passing)
    row("passes: bytes of mass", moved.mass, moved.mass / limits.cache, passing)


def row(name: str, many: float, seconds: float, of: float) -> None:
    """One line."""
    print(f"  {name:<38}{many:>12,.0f}{1e3 * seconds:>17.2f}{seconds / of:>19.0%}")
