"""Readings of a forward pass with private types: mass at a place, weighted by the profiles' shares."""

from __future__ import annotations

from assay.futures.kernel_types_room import BY_NODE, BY_PERIOD, COUNT, FIRST, TypeCourses, TypeLedger, TypeRoom, load3
from assay.futures.kernel_types_room import BY_TYPE as BY_CELL_TYPE
from assay.game.game import LANES, Floats, Ints
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_lanes import fma, load2, spread, store2
from assay.solvers.kernel_types_plan import (
    BY_TYPE,
    CHOICES,
    INFORMED,
    MOVERS,
    OPTIONS,
    PAID,
    SEEN,
    TRUE,
    TYPES,
    TypesPlan,
)


@part
def read(ledger: TypeLedger, room: TypeRoom, reading: int, source: Floats, row: int) -> float:
    """A course's mass in a row, profiles weighted by their shares."""
    first, found = ledger.course[reading] * room.share.size, 0.0
    for p in range(room.share.size):
        weight = room.share[p] * ledger.counts[reading, p]
        if weight != 0.0:
            place = first + p
            found += weight * source[row, place // LANES, place % LANES]
    return found


@part
def read_all(
    ledger: TypeLedger,
    room: TypeRoom,
    start: Ints,
    reading: Ints,
    i: int,
    source: Floats,
    row: int,
    total: Floats,
    period: int,
    lane: int,
) -> None:
    """Adds mass to every reading of entry i."""
    for n in range(start[i], start[i + 1]):
        total[reading[n], period, lane] += read(ledger, room, reading[n], source, row)


@part
def read_pays(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    first: int,
    last: int,
    source: Floats,
    row: int,
    factor: float,
    view: int,
    total: Floats,
    period: int,
    lane: int,
) -> None:
    """Adds mass times amount, profile by profile, to every reading of pays `first` to `last`."""
    many = plan.informed.shape[0]
    for n in range(first, last):
        seen = plan.pays[n, PAID] == view
        base, steps = plan.pays[n, SEEN if seen else TRUE], BY_TYPE if seen else BY_TYPE + many
        for e in range(ledger.pay_start[n], ledger.pay_start[n + 1]):
            reading, found = ledger.pay_reading[e], 0.0
            for p in range(room.share.size):
                at, place = base, ledger.course[reading] * room.share.size + p
                for i in range(many):
                    at += courses.profile_type[p, i] * plan.pays[n, steps + i]
                weight = room.share[p] * ledger.counts[reading, p] * room.now[at, lane]
                found += weight * source[row, place // LANES, place % LANES]
            total[reading, period, lane] += plan.signs[n] * factor * found


@part
def choose_sums(
    plan: TypesPlan,
    courses: TypeCourses,
    ledger: TypeLedger,
    room: TypeRoom,
    payoff: Floats,
    period: int,
    point: int,
    node: int,
    here: int,
    lane: int,
) -> None:
    """Adds up, over nodes, mass through every option that is read, and mass times payoffs where those are."""
    row = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        i = plan.movers[m, INFORMED]
        for a in range(plan.movers[m, CHOICES]):
            o = plan.movers[m, OPTIONS] + a
            read_option = ledger.option_start[o] < ledger.option_start[o + 1]
            if read_option:
                cell = courses.cell[o, FIRST] + period * courses.cell[o, BY_PERIOD] + node * courses.cell[o, BY_NODE]
                for v in range(room.play.shape[1]):
                    mass = load2(room.mass, here, v)
                    through = mass * load2(room.play, row + a, v)
                    store2(room.chosen, 3 * (row + a), v, load2(room.chosen, 3 * (row + a), v) + through)
                    if ledger.worth[point] == 1:
                        worth = spread(payoff[cell, lane])
                        if i >= 0:
                            worth = spread(0.0)
                            for k in range(plan.movers[m, TYPES]):
                                own = spread(payoff[cell + k * courses.cell[o, BY_CELL_TYPE], lane])
                                worth = fma(own, load3(courses.kind, i, k, v), worth)
                        at = 3 * (row + a) + 1
                        store2(room.chosen, at, v, fma(through, worth, load2(room.chosen, at, v)))
                        store2(room.chosen, at + 1, v, fma(mass, worth, load2(room.chosen, at + 1, v)))
        row += plan.movers[m, CHOICES]


@step
def finish_options(
    plan: TypesPlan, ledger: TypeLedger, room: TypeRoom, point: int, total: Floats, period: int, lane: int
) -> None:
    """What reads options."""
    row = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        for a in range(plan.movers[m, CHOICES]):
            o = plan.movers[m, OPTIONS] + a
            for n in range(ledger.option_start[o], ledger.option_start[o + 1]):
                reading = ledger.option_reading[n]
                at = 3 * (row + a) + ledger.option_how[n] - COUNT
                total[reading, period, lane] += read(ledger, room, reading, room.chosen, at)
        row += plan.movers[m, CHOICES]
