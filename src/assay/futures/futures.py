"""Where strategies lead.

A **reader** is a linear functional of the measure over histories; a forward pass evaluates any number of them
exactly, period by period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from assay.game.game import Floats, Ints

EMPTY = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Reader:
    """What to add up in each period: mass at points, mass through options, expected pays.

    Each index array may be empty. `option` with `payoff=True` adds mass times the option's expected payoff.
    """

    point: Ints = field(default_factory=lambda: EMPTY)
    """Points whose mass is counted when it arrives (endings and closes among them)."""
    option: Ints = field(default_factory=lambda: EMPTY)
    """Options whose mass (mass at the point times their probability) is counted."""
    joint: Ints = field(default_factory=lambda: EMPTY)
    """Joint moves (indices into `Structure.joint_option`) whose mass is counted: what several movers do at once."""
    pay: Ints = field(default_factory=lambda: EMPTY)
    """Pays (indices into `Structure.pay_*`) whose expected amount, in truth, is counted."""
    payoff: bool = False
    """Whether option masses are weighted by `Strategies.payoff`."""
    worth: Ints = field(default_factory=lambda: EMPTY)
    """Options whose expected payoff to their mover is added up over all visits to their point, chosen or not: mass at
    the point times `Strategies.payoff` of the mover's own type there, belief node by belief node. Only in a game with
    private types, where the two cannot be multiplied afterwards; ValueError elsewhere."""
    profiles: Ints | None = None
    """Type profiles whose mass counts, each weighted by the analyst's share of it; all of them by default. A profile
    numbers the types of the informed actors, the last actor's running fastest."""


@dataclass(frozen=True, eq=False)
class Pass:
    """One forward pass: an intervention, where it stops, and what it reads.

    `forced` options are played for certain, `removed` ones not at all while the rest keep their proportions.
    Mass that arrives at a point or option of `stop_*` leaves the game after it was counted: so first passages are
    found (what happens at least once).
    """

    readers: Mapping[str, Reader]
    forced: Ints = field(default_factory=lambda: EMPTY)
    """Options that are played with probability 1 at their point; the mover's other options there get 0."""
    removed: Ints = field(default_factory=lambda: EMPTY)
    """Options that may not be played; the others of the same mover are rescaled."""
    stop_point: Ints = field(default_factory=lambda: EMPTY)
    """Points at which arriving mass leaves the game, after it was counted."""
    stop_option: Ints = field(default_factory=lambda: EMPTY)
    """Options through which mass leaves the game, after it was counted."""
    stop_joint: Ints = field(default_factory=lambda: EMPTY)
    """Joint moves through which mass leaves the game, after it was counted."""
    start: int = -1
    """The point at which mass starts; the game's own start by default."""
    signals: bool = False
    """Whether imposed play of an informed actor moves beliefs as if it had been chosen; else beliefs stay there."""


@dataclass(frozen=True, eq=False)
class Futures:
    """What the readers of a pass counted: name to an array of shape (periods, draws), undiscounted."""

    readings: Mapping[str, Floats]
    discount: Floats  # (draws,) per period, to discount expected pays
    left: Floats  # (draws,) mass still in the game after the last reported period
