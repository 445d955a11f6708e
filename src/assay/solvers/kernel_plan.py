"""What kernels read of a game, as one named tuple of tables, and how they fetch a period's numbers.

Few tables with several columns, not many arrays: what belongs to a point lies together in memory, and compiled
functions that take the plan have few arguments, which is most of what they cost to compile.
"""

from __future__ import annotations

from typing import NamedTuple

from assay.game.game import Floats, Ints
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import fma, load, load2, spread, store, store2

ALONE, PAIR = 4, 5
"""Kinds of choices beside those of `game.game`: one mover; two movers, one of whom has two options."""
CERTAIN = 1
"""Row of a filled game's table that is 1 everywhere."""

KIND, MOVERS, JOINTS, FLOWS, FINALS, NEXT = range(6)
"""Columns of `Plan.points`; MOVERS, JOINTS, FLOWS, FINALS say where a point's entries start."""
PLAYER, OPTIONS = range(2)
"""Columns of `Plan.movers`; OPTIONS says where a mover's options start."""
BRANCHES, JOINT_PAYS, OPTION = range(3)
"""Columns of `Plan.joints`; from OPTION on the option of each mover."""
TARGET, BRANCH_PAYS, SURE, ROW = range(4)
"""Columns of `Plan.branches`; SURE where everybody takes it for certain; from ROW on the row of its probability, in
truth and as each player sees it.
"""
PAID, TRUE, SEEN = range(3)
"""Columns of `Plan.pays`: the player, and the rows of the amount."""


class Plan(NamedTuple):
    """A `Structure` as tables (starts have one row more), its rows renumbered: `rows[i]` is the table row read as row
    `i`.
    """

    points: Ints  # (N+1, 6)
    movers: Ints  # (M+1, 2)
    weights: Ints  # (O,) row of the base weight
    joints: Ints  # (J+1, 2 + most movers)
    branches: Ints  # (B+1, 4 + players)
    pays: Ints  # (P, 3)
    signs: Floats  # (P,)
    rows: Ints  # (R,)
    fixed_rows: int
    """The first so many of `rows` are the same in every period."""
    start: int
    flow_after_discount: bool
    slots: int
    periods: int
    horizon: int
    """Periods that are solved: reported ones and the buffer."""
    most_joints: int


@part
def read_rows(rows: Ints, first: int, last: int, shift: int, table: Floats, now: Floats) -> None:
    """Copies rows `first` to `last` of a plan from a group's table into `now`, `shift` rows further down for a later
    period.
    """
    for i in range(first, last):
        store(now, i, load(table, rows[i] + shift))


@part
def add_pays(pays: Ints, signs: Floats, now: Floats, first: int, last: int, values: Floats, i: int) -> None:
    """Adds pays `first` to `last`, as their players see them, to `values[i]` (slots, LANES)."""
    for n in range(first, last):
        slot = pays[n, PAID]
        store2(values, i, slot, fma(spread(signs[n]), load(now, pays[n, SEEN]), load2(values, i, slot)))
