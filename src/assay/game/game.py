"""A compiled game: the skeleton as arrays, fixed once per structure and filled for many draws.

Shapes: N points, O options, J joint moves, B branches, R rows of the table, D draws, L lanes. A **row** is a
number the game needs per draw: a formula in one combination of the variables that it depends on, as one viewer
sees it. Row 0 is the constant 0 and row 1 the constant 1.

Types and beliefs. `slots` lists (player, own type). An actor with K private types is **informed**; what everybody can
know of its type is a distribution over K types, kept as K - 1 coordinates: coordinate c is the probability that the
type is later than c given that it is c or later, as the reference observer has it. Each coordinate has a grid of
nodes: certainty at both ends, and between them nodes evenly spaced in log-odds around the prior. A belief node of the
game is one node of every coordinate of every informed actor, in the order of `informed`, the last coordinate fastest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from assay.case.payoffs import Regime
from assay.formula.ast import Formula
from assay.game.skeleton import Skeleton, Use

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

CHANCE, CHOICE, CLOSE, ENDING = 0, 1, 2, 3
"""Kinds of points, as in `Structure.kind`."""
LANES = 8
"""Draws that a kernel treats at once; the draw axis of tables is padded to a multiple of it."""


@dataclass(frozen=True, slots=True)
class Informed:
    """An actor with private types, and the grid on which beliefs about them are kept."""

    player: int
    types: tuple[str, ...]
    """K names; the first is the one that coordinates count from."""
    reference: int
    """Whose prior the grid is centred on: a player, or -1 for the analyst."""
    nodes: int
    """Nodes of each of the K - 1 coordinates, the two of certainty among them; odd, so that the prior is one."""
    span: float
    """Nodes between certainties lie from -span to span around the prior, in log-odds."""

    @property
    def size(self) -> int:
        """Belief nodes about this actor alone."""
        return int(self.nodes ** (len(self.types) - 1))


@dataclass(frozen=True, eq=False)
class Structure:
    """The skeleton in compressed rows. `x_start[i]:x_start[i+1]` are the entries that belong to `i`.

    Points are in topological order, so a backward pass runs from the last to the first and a forward pass the other
    way. The options of a point's movers follow each other, mover by mover; joint moves run over the product of the
    movers' options, last mover fastest.
    """

    kind: Ints  # (N,)
    mover_start: Ints  # (N+1,)
    mover_player: Ints  # (M,) player of each mover entry
    option_start: Ints  # (M+1,) options of each mover entry
    option_weight: Ints  # (O,) row of the base weight
    joint_start: Ints  # (N+1,)
    joint_option: Ints  # (J, max movers) index into options (global), -1 where unused
    joint_pay_start: Ints  # (J+1,)
    branch_start: Ints  # (J+1,)
    branch_target: Ints  # (B,)
    branch_row: Ints  # (B, 1 + players) row of the probability: column 0 the truth, column 1+i as player i sees it
    branch_pay_start: Ints  # (B+1,)
    point_pay_start: Ints  # (N+1,) flows of a close, payoffs of an ending
    final_pay_start: Ints  # (N+1,) terminal payoffs of a close
    pay_player: Ints  # (P,) all pays, joint then branch then point then final, each block addressed by its own start
    pay_true: Ints  # (P,) row of the amount in truth
    pay_seen: Ints  # (P,) row of the amount as the paid player sees it
    pay_sign: Floats  # (P,) +1 or -1
    next_point: Ints  # (N,) for a close: first point of the next period, else -1
    start: int
    flow_after_discount: bool
    """Whether flows are discounted too (clock order `discount` before `flows`)."""
    pay_stride: Ints | None = None
    """(P, informed actors) what one type more adds to the rows of a pay: 0 where it does not depend on that type. None
    where nobody is informed."""
    option_stride: Ints | None = None
    """(O,) what one own type more adds to the row of an option's base weight, likewise."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the table means: a use of a formula as seen by a viewer (-1 the truth, else a player)."""

    use: Use
    """Where the formula depends on types, a type of each informed actor follows the values in `use.world`."""
    viewer: int
    timed: bool = False
    """Whether it depends on the period; then the table has one row for each, from this one on."""
    rest_of: tuple[int, ...] = ()
    """Rows whose sum this row leaves to one: the `rest` of a chance. `use` is then the first of the others."""


@dataclass(frozen=True, eq=False)
class Batch:
    """One formula in every combination of values that the game needs it in: what is evaluated in one go.

    Shapes: C combinations, V variables that the formula depends on.
    """

    formula: Formula
    viewer: int
    """-1 the truth, else the player whose perceptions it is read with."""
    variables: tuple[int, ...]  # (V,) indices into the skeleton's variables, then the game's informed actors
    values: Ints  # (C, V) index of each variable's value
    timed: bool
    gate: bool
    rows: Ints  # (C,) first row of each combination; empty for a definition, which has none of its own
    definition: str = ""
    """Name of the definition that it is, where it is one."""
    parts: tuple[tuple[str, int, Ints], ...] = ()
    """Definitions that it uses: name, index of their batch, and (C,) which of its combinations belongs to each."""


@dataclass(frozen=True, eq=False)
class Recipe:
    """How the table is filled: batches, definitions before what uses them."""

    batches: tuple[Batch, ...]
    chances: Mapping[int, str]
    """Rows that are probabilities, with their place in the case."""
    weights: Mapping[int, str]
    """Rows that are base weights, with their place in the case."""
    sums: Mapping[tuple[int, ...], str]
    """Rows of branches that must sum to one, with their place in the case; those with a `rest` do by construction."""


@dataclass(frozen=True, eq=False)
class Game:
    """A compiled case: structure, what each row means, and the names of everything."""

    skeleton: Skeleton
    structure: Structure
    players: tuple[str, ...]
    slots: tuple[tuple[int, int], ...]
    """(player, own type); type 0 where the actor has none."""
    periods: int
    """Reported periods."""
    buffer: int
    """Periods solved after them and discarded."""
    rows: tuple[Row, ...]
    """Row r of the table for r >= 2 is `rows[r - 2]`'s (a timed one spans periods + buffer rows)."""
    row_stride: Ints
    """(R,) 1 where the row depends on the period, else 0: period t reads row r + t * row_stride[r]."""
    alternatives: Mapping[str, str]
    """The structural alternatives under which it was compiled."""
    pay_part: tuple[tuple[int, str], ...]
    """(player, part) of every pay, in the order of `Structure.pay_player`."""
    option_label: tuple[tuple[str, str, str], ...]
    """(actor, stage, move) of every option."""
    option_point: Ints
    """(O,) the point of every option."""
    regime: Regime | None = None
    """The regime under which it was compiled."""
    recipe: Recipe | None = None
    """How its table is filled; None for a game made by hand, which comes with its numbers."""
    informed: tuple[Informed, ...] = ()
    """Actors with private types, in the order of players."""

    @property
    def belief_nodes(self) -> int:
        """Nodes of the whole belief grid; 1 where nobody is informed."""
        return prod(each.size for each in self.informed)


@dataclass(frozen=True, eq=False)
class Filled:
    """A game with its numbers for a batch of draws.

    `table` has shape (G, R, L): groups of L draws, rows, lanes; draw d is group d // L, lane d % L. Padding lanes
    repeat the last draw, so that every lane holds a valid game.
    """

    game: Game
    draws: int
    """Draws that count; the rest is padding."""
    table: Floats  # (G, R, L)
    precision: Floats  # (G, players, L) in 1/util
    discount: Floats  # (G, L)
    prior: Floats | None = None  # (G, informed, 1 + players, most types, L)
    """Shares of the types of each informed actor: column 0 the analyst's, column 1+v what player v believes at the
    start (for the actor itself the analyst's). 0 beyond the actor's own number of types. None where nobody is informed.
    """
    faults: tuple[tuple[int, str], ...] = ()
    """(draw, what is wrong): a probability outside 0..1, a sum that is not one, a value that is not a number."""
