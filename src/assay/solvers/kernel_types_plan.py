"""What kernels read of a game with private types, as one named tuple of tables, and a thread's working space."""

from __future__ import annotations

from typing import NamedTuple

from assay.game.game import Floats, Ints

KIND, MOVERS, JOINTS, FLOWS, FINALS, NEXT, VALUE, SPREAD, AHEAD, CELL, LINES, FREE, STATIC, FAST = range(14)
"""Columns of `TypesPlan.points`: as in `kernel_plan`; then the first row of the point's values and what one belief
node more adds to it (0 where values do not depend on beliefs), the first row of next period's values that are kept of
it (-1 for none), its first cell, cells of a node, whether play is free of beliefs, whether nothing in it depends on the
period, and how responses are found: 0 in general; the number of movers where there are one or two, all of two types
with two options; WIDE where one or two have two types and any number of options.
"""
WIDE = 3
PLAYER, OPTIONS, INFORMED, TYPES, CHOICES, UNKNOWN, SPLIT, WAYS, SLOT, PLAY = range(10)
"""Columns of `TypesPlan.movers`: the player, where her options start, which of the informed she is (-1 none), her types
and options, her first unknown of the stage, the first way of her beliefs, ways of an option, her first slot, and the
first of the rows that she has of play and of totals.
"""
ROW, STRIDE = range(2)
"""Columns of `TypesPlan.weights`."""
PAID, TRUE, SEEN, MIXED, BY_TYPE = range(5)
"""Columns of `TypesPlan.pays`; MIXED where the amount depends on the type of somebody else than the paid player; from
BY_TYPE on what one type more of each informed actor adds to the row SEEN, then to the row TRUE.
"""
WHO, KINDS, NODES, SIZE, STEP, GRID, BELIEF, DIGITS, REFERENCE, OFFSETS = range(10)
"""Columns of `TypesPlan.informed`: the player, her types, nodes of a coordinate, belief nodes about her, what one of
them adds to the belief node of the game, first rows of her grid, beliefs and digits, column of the reference's prior,
first offset.
"""


class TypesPlan(NamedTuple):
    """A structure with types as tables. V is the number of players; viewer V stands for the reference observer."""

    points: Ints  # (N+1, 14)
    movers: Ints  # (M+1, 10)
    weights: Ints  # (O, 2)
    joints: Ints  # (J+1, 2 + most movers), as in `kernel_plan.Plan`
    branches: Ints  # (B+1, 4 + players), likewise
    pays: Ints  # (P, 4 + 2 * informed)
    signs: Floats  # (P,)
    informed: Ints  # (I, 10)
    informed_of: Ints  # (players,) which of the informed a player is, or -1
    slots: Ints  # (S, 2) player and type
    first_slot: Ints  # (players + 1,)
    node: Ints  # (M, I) node about each informed actor of a belief node of the game
    digits: Ints  # (sum of sizes, most coordinates) node of each coordinate
    offsets: Floats  # (sum of nodes - 2,) e to the power of a node's distance from the prior in log-odds
    rows: Ints  # (R,)
    fixed_rows: int
    start: int
    flow_after_discount: bool
    players: int
    periods: int
    horizon: int
    moving: int  # cells of one period that change from period to period
    most_types: int
    scratch: int  # first row of values for what joint moves are worth
    const: int  # first row of values for their pays that do not depend on beliefs
    ahead: int  # rows of the next period's values that are kept


class TypesDesk(NamedTuple):
    """Working space of a thread for one stage at one belief node, and the values of a period.

    Few arrays, because each costs compiled functions ten arguments: `w` has rows of LANES numbers, and the whole
    numbers say where what begins in it. U is the most unknowns of a stage.
    """

    now: Floats  # (R, LANES) the period's numbers
    values: Floats  # (rows, S, LANES); from plan.scratch on what joint moves are worth, from plan.const on their pays
    ahead: Floats  # (rows, S, LANES) of the next period's first points
    kept: Floats  # (cells of a period, LANES) unknowns of every stage, from the next period
    w: Floats  # (rows, LANES)
    pick: Ints  # (joints, 2) first row of the values of each joint move, and whether they depend on beliefs
    ways: Ints  # (ways of a stage's joint moves, 3 + 2 * movers), see `kernel_types_stage`
    small: Floats  # (U + 10, U + 2) numbers of one lane: a matrix, from row U + 2 on vectors
    grid: int  # probabilities of the nodes of each coordinate
    belief: int  # by informed actor, viewer, node about her, type
    y: int  # unknowns of the stage at the node: precision times payoff less that of the first option
    shift: int  # y less the largest one
    total: int  # what shares were divided by, by mover and type
    sigma: int
    q: int
    g: int
    other: int
    step: int
    held: int  # five times U: where Newton's method is, what slopes start from (y, g and g a little away), the tangent
    before: int  # unknowns that a search along the branch must not lose
    slope: int  # U times U: what the response changes by
    target: int  # node about the mover that a way leads to
    weight: int  # probability of a way by own type; ways from `whole` on are options as a whole
    seen: int  # probability of option and way as each player sees it
    mass: int  # by type
    residual: int
    bad: int
    code: int
    missed: int  # at how many nodes a lane was not solved so far
    whole: int  # the first way that is an option as a whole
