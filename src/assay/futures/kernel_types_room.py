"""What a forward pass with private types works on: courses, readings, numbers, working space; adding and clearing."""

from __future__ import annotations

from typing import NamedTuple

from assay.game.game import Floats, Ints
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_lanes import Lanes, any_less, fma, load2, spread, store2

FAINT = 1e-60
"""Mass that is smaller in every course and profile is not pushed on."""
NO, COUNT, CHOSEN_WORTH, ALL_WORTH = range(4)
"""How a reading of an option counts: not, by mass, by mass times its payoff, by mass at the point times its payoff."""
FIRST, BY_PERIOD, BY_TYPE, BY_NODE, LOCAL = range(5)
"""Columns of `TypeCourses.cell`."""
SLOW, SWIFT_STILL, SWIFT_ALONE, SWIFT_PAIR = range(4)
"""How mass at a point is pushed on: in the general way; where no belief moves; by one mover, or by two, of two types.
"""


class TypeCourses(NamedTuple):
    """C courses with P profiles each, course after course in W = NV * LANES places; the rest of them is nought."""

    kind: Floats  # (I, types, NV, LANES) 1 where the profile's actor i has that type
    edited: Ints  # (N,) 1 where some course imposes play
    allowed: Floats  # (O, NV, LANES) 1 where a course allows the option
    silent: Ints  # (M,) 1 where some course imposes play that does not signal
    loud: Floats  # (M, NV, LANES) 1 where what the mover plays moves beliefs
    leaves_point: Ints  # (N,) 1 where some course lets mass leave at the point
    stays_point: Floats  # (N, NV, LANES) 0 where it leaves
    leaves_joint: Ints  # (J,)
    stays_joint: Floats  # (J, NV, LANES)
    start: Ints  # (C,) points
    profile_type: Ints  # (P, I)
    mass_row: Ints  # (N+1,) first row of a point's mass
    wide: Ints  # (N,) 1 where mass is kept by belief node
    cell: Ints  # (O, 5) first cell, steps by period, type and node, and the first cell of `TypeRoom.cells`
    swift: Ints  # (N,) how mass is pushed on, see SWIFT_CHANCE
    moving: int  # cells of one period
    way: Ints  # (M,) first row of a mover's ways: one more for every option than beliefs have, for those that stay
    ahead: Ints  # (N,) first row of mass kept for the next period, or -1


class TypeLedger(NamedTuple):
    """Who reads what: entries `start[i]` to `start[i+1]` are the readings of point, option, joint move or pay i."""

    point_start: Ints  # (N+1,)
    point_reading: Ints
    option_start: Ints  # (O+1,)
    option_reading: Ints
    option_how: Ints
    joint_start: Ints  # (J+1,)
    joint_reading: Ints
    pay_start: Ints  # (P+1,)
    pay_reading: Ints
    course: Ints  # (readings,) course of each reading
    counts: Floats  # (readings, profiles) 1 where the profile counts
    worth: Ints  # (N,) 1 where something reads payoffs of the point's options
    sums: Ints  # (N,) 1 where mass at the point is wanted as a whole
    options: Ints  # (N,) 1 where something reads the point's options
    taken: Ints  # (J,) 1 where mass that takes the joint move is wanted as a whole


class TypeSolved(NamedTuple):
    """Numbers and strategies, group by group."""

    table: Floats  # (G, R, LANES)
    discount: Floats  # (G, LANES)
    prior: Floats  # (G, I, 1 + players, types, LANES)
    probability: Floats  # (G, cells, LANES)
    payoff: Floats  # the same, or without cells where it was not kept


class TypeRoom(NamedTuple):
    """Working space of a thread."""

    now: Floats  # (R, LANES)
    lore: Floats  # (rows, LANES) the grid, then beliefs, as in `kernel_types_belief`
    mass: Floats  # (rows, NV, LANES)
    ahead: Floats  # (LANES * rows, NV, LANES) by draw: mass at the points at which the next period begins
    total: Floats  # (1, NV, LANES) mass at the point at hand
    play: Floats  # (options of a stage, NV, LANES)
    taken: Floats  # (joints of a stage, NV, LANES) over all nodes
    chosen: Floats  # (3 * options of a stage, NV, LANES) over all nodes: mass, times payoff, payoff of all
    way: Floats  # (ways of a stage, NV, LANES) probability of each way
    target: Ints  # (ways of a stage,)
    product: Floats  # (3, NV, LANES)
    one: Floats  # (types + 3 * coordinates + 2, ) numbers of one split
    active: Ints  # (N,)
    share: Floats  # (profiles,)
    cells: Floats  # (LANES, cells of a period) play of the period, draw by draw
    lead: Ints  # (branches of a stage,) first row of mass at the points that a stage leads to
    lead_start: Ints  # (joints of a stage + 1,) the first of them of every joint move
    lead_share: Floats  # (branches of a stage,) how likely each is
    trust: Floats  # (2 * I * blocks, LANES) the reference's belief by informed actor and type, `most` times a node
    move: Floats  # (10 * blocks, LANES) for two movers five numbers of every node and option, see `kernel_types_swift`
    flat: Floats  # the same numbers as `move`, one after another
    most: int  # places of a node in `move`: options of a mover at most
    belief: int  # first row of beliefs


@part
def add(array: Floats, row: int, source: Floats, at: int, factor: Lanes) -> None:
    """array[row] += factor * source[at]."""
    for v in range(array.shape[1]):
        store2(array, row, v, fma(factor, load2(source, at, v), load2(array, row, v)))


@part
def clear(array: Floats, row: int) -> None:
    """Sets a row to nought."""
    for v in range(array.shape[1]):
        store2(array, row, v, spread(0.0))


@part
def empty(array: Floats, row: int) -> bool:
    """Whether a row is faint everywhere."""
    for v in range(array.shape[1]):  # noqa: SIM110  (Numba has no all)
        if any_less(spread(FAINT), load2(array, row, v)):
            return False
    return True


@part
def load3(array: Floats, i: int, j: int, v: int) -> Lanes:
    """The lanes at `i, j, v` of an array of shape (a, b, NV, LANES)."""
    return load2(array[i], j, v)
