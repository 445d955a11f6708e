"""The fixed point of a stage at a belief node, LANES draws at once: damped sweeps, then Newton's method, then the path.

Slopes are taken by differences: what options lead to is interpolated between belief nodes, and its slope jumps there.
"""

from __future__ import annotations

from assay.game.game import LANES, Floats
from assay.solvers.corners import BITS, PLACES
from assay.solvers.kernel_cache import part, step
from assay.solvers.kernel_joint import CONVERGED, HOMOTOPY, LEANING, NEWTON, UNRESOLVED, leaning
from assay.solvers.kernel_lanes import (
    Lanes,
    any_less,
    fma,
    larger,
    load,
    magnitude,
    smaller,
    spread,
    store,
    where_less,
)
from assay.solvers.kernel_stage import eliminate
from assay.solvers.kernel_types_branch import branch, slopes
from assay.solvers.kernel_types_path import VECTORS, follow
from assay.solvers.kernel_types_plan import (
    CHOICES,
    LINES,
    MOVERS,
    TYPES,
    UNKNOWN,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.kernel_types_stage import SHORT, near, residual_lanes, respond
from assay.solvers.kernel_types_sweep import SOLVED, SWEEPS, TOO_RARE, sweep_two

NEWTON_STEPS = 30
"""Steps of Newton's method before it is given up."""
CORNERS = 16
"""Corners from which a stage is tried again that neither sweeps nor Newton's method nor its path solved."""

PATIENCE = 32
"""Nodes at which a draw may miss the residual before costly ways are tried for it no more: it is unresolved anyway."""


@part
def lean(plan: TypesPlan, point: int, corner: int, desk: TypesDesk) -> None:
    """Starts from a corner; from play by base weights for corner -1."""
    place = 0
    for m in range(plan.points[point, MOVERS], plan.points[point + 1, MOVERS]):
        choices = plan.movers[m, CHOICES]
        for k in range(plan.movers[m, TYPES]):
            to = leaning(corner, place, choices)
            for a in range(choices):
                away = 0.0
                if corner >= 0:
                    away = (LEANING if a == to else 0.0) if to > 0 else (0.0 if a == 0 else -LEANING)
                store(desk.w, desk.y + plan.movers[m, UNKNOWN] + k * choices + a, spread(away))
            place += 1


@step
def at_the_ends(number: int) -> int:
    """The corner in which everybody leans to her last option, or to her first, as bits say that begin again after the
    fourth.
    """
    corner = 0
    for place in range(PLACES):
        if (number >> (place % 4)) & 1 == 1:
            corner += ((1 << BITS) - 1) << (BITS * place)
    return corner


@part
def sweep(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, tolerance: float, desk: TypesDesk
) -> bool:
    """Damped sweeps from y; true where every lane converged. The residual is left in `residual`."""
    zero, one, lines = spread(0.0), spread(1.0), plan.points[point, LINES]
    asked = spread(tolerance)
    for u in range(lines):
        store(desk.w, desk.step + u, zero)
    pace = one
    for count in range(SWEEPS + 1):
        respond(plan, precision, point, node, learning, one, desk)
        reached = near(plan, point, desk)
        if any_less(asked, reached):
            reached = residual_lanes(plan, point, desk)
        store(desk.w, desk.residual, reached)
        if not any_less(asked, reached):
            return True
        if count == SWEEPS:
            return False
        turn = zero
        for u in range(lines):
            turn = fma(load(desk.w, desk.g + u) - load(desk.w, desk.y + u), load(desk.w, desk.step + u), turn)
        pace = where_less(turn, zero, pace * spread(0.5), smaller(pace * spread(1.3), one))
        moving = where_less(asked, reached, pace, zero)
        for u in range(lines):
            change = load(desk.w, desk.g + u) - load(desk.w, desk.y + u)
            store(desk.w, desk.step + u, change)
            store(desk.w, desk.y + u, fma(moving, change, load(desk.w, desk.y + u)))
    return False


@part
def gap(plan: TypesPlan, point: int, desk: TypesDesk) -> Lanes:
    """Largest |g - y|."""
    worst = spread(0.0)
    for u in range(plan.points[point, LINES]):
        apart = magnitude(load(desk.w, desk.g + u) - load(desk.w, desk.y + u))
        worst = larger(where_less(apart, spread(1e300), apart, spread(1e300)), worst)
    return worst


@step
def newton_step(plan: TypesPlan, point: int, desk: TypesDesk) -> None:
    """Newton's step of every lane, into `step`; towards the response where the slopes are singular."""
    n, rows = plan.points[point, LINES], desk.small.shape[0] - VECTORS
    for lane in range(LANES):
        a, b = desk.small[:n, :n], desk.small[rows, :n]
        for r in range(n):
            b[r] = desk.w[desk.g + r, lane] - desk.w[desk.y + r, lane]
            for c in range(n):
                a[r, c] = (1.0 if r == c else 0.0) - desk.w[desk.slope + r * n + c, lane]
        solved = eliminate(a, b) != 0.0
        for r in range(n):
            towards = desk.w[desk.g + r, lane] - desk.w[desk.y + r, lane]
            desk.w[desk.step + r, lane] = b[r] if solved else 0.5 * towards


@part
def newton(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, tolerance: float, desk: TypesDesk
) -> bool:
    """Newton's method with halved steps, in lanes whose residual is above the tolerance; true where all converged."""
    one, zero, asked, lines = spread(1.0), spread(0.0), spread(tolerance), plan.points[point, LINES]
    respond(plan, precision, point, node, learning, one, desk)
    for _ in range(NEWTON_STEPS):
        reached = residual_lanes(plan, point, desk)
        store(desk.w, desk.residual, reached)
        if not any_less(asked, reached):
            return True
        size = gap(plan, point, desk)
        slopes(plan, precision, point, node, learning, one, desk)
        newton_step(plan, point, desk)
        for u in range(lines):
            store(desk.w, desk.held + u, load(desk.w, desk.y + u))
        scale = where_less(asked, reached, one, zero)
        for _ in range(14):
            for u in range(lines):
                store(desk.w, desk.y + u, fma(scale, load(desk.w, desk.step + u), load(desk.w, desk.held + u)))
            respond(plan, precision, point, node, learning, one, desk)
            worse = where_less(gap(plan, point, desk), (one - spread(0.1) * scale) * size, zero, one)
            worse = where_less(zero, scale, worse, zero)
            if not any_less(zero, worse):
                break
            scale = where_less(zero, worse, spread(0.5) * scale, scale)
    reached = residual_lanes(plan, point, desk)
    store(desk.w, desk.residual, reached)
    return not any_less(asked, reached)


@step
def settle(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    tolerance: float,
    principal: bool,
    desk: TypesDesk,
) -> None:
    """The fixed point from y on; how each lane was solved is left in `code` and `residual`."""
    search(plan, precision, point, node, learning, tolerance, principal, desk)
    for lane in range(LANES):
        if desk.w[desk.code, lane] == UNRESOLVED:
            desk.w[desk.missed, lane] += 1.0


@step
def search(
    plan: TypesPlan,
    precision: Floats,
    point: int,
    node: int,
    learning: bool,
    tolerance: float,
    principal: bool,
    desk: TypesDesk,
) -> None:
    """`settle`, but for the count of nodes that were missed: cheap ways first."""
    for lane in range(LANES):
        desk.w[desk.code, lane] = CONVERGED
    if principal:
        for lane in range(LANES):
            desk.w[desk.code, lane] = UNRESOLVED
    else:
        ended = TOO_RARE
        if desk.ways[0, SHORT] == 1 or desk.ways[0, SHORT] == 2:
            ended = sweep_two(plan, precision, point, node, desk.ways[0, SHORT], tolerance, desk)
        if ended == TOO_RARE and sweep(plan, precision, point, node, learning, tolerance, desk):
            return
        if ended == SOLVED:
            return
        grade(desk, tolerance, NEWTON)
        if newton(plan, precision, point, node, learning, tolerance, desk):
            return
        grade(desk, tolerance, UNRESOLVED)
        if not hopeful(desk):
            return
    from_the_start(plan, precision, point, node, learning, desk)
    for lane in range(LANES):
        if not wanted(desk, lane):
            continue
        if follow(plan, precision, point, node, learning, lane, desk.w[desk.residual, lane], desk):
            desk.w[desk.code, lane] = HOMOTOPY
    if principal:
        polish(plan, precision, point, node, learning, tolerance, desk)
        return
    newton(plan, precision, point, node, learning, tolerance, desk)
    regrade(desk, tolerance)
    for corner in range(CORNERS):
        if not hopeful(desk):
            break
        set_out_again(plan, point, at_the_ends(corner), desk)
        sweep(plan, precision, point, node, learning, tolerance, desk)
        newton(plan, precision, point, node, learning, tolerance, desk)
        regrade(desk, tolerance)


@step
def polish(
    plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, tolerance: float, desk: TypesDesk
) -> None:
    """Newton's method where the branch ended. Lanes in which it was not followed to its end stay where it was lost: a
    solution that Newton's method found from there would not be known to be on the branch.
    """
    n = plan.points[point, LINES]
    for u in range(n):
        store(desk.w, desk.before + u, load(desk.w, desk.y + u))
    newton(plan, precision, point, node, learning, tolerance, desk)
    for lane in range(LANES):
        if desk.w[desk.code, lane] == UNRESOLVED:
            for u in range(n):
                desk.w[desk.y + u, lane] = desk.w[desk.before + u, lane]
    respond(plan, precision, point, node, learning, spread(1.0), desk)
    store(desk.w, desk.residual, residual_lanes(plan, point, desk))
    grade(desk, tolerance, UNRESOLVED)


@part
def regrade(desk: TypesDesk, tolerance: float) -> None:
    """Lanes that Newton's method solved though the path did not lead there are called so; those that miss are not."""
    for lane in range(LANES):
        if desk.w[desk.code, lane] == UNRESOLVED and desk.w[desk.residual, lane] <= tolerance:
            desk.w[desk.code, lane] = NEWTON
    grade(desk, tolerance, UNRESOLVED)


@part
def wanted(desk: TypesDesk, lane: int) -> bool:
    """Whether a lane is unresolved here, and not at so many nodes before that more would not help it."""
    return bool(desk.w[desk.code, lane] == UNRESOLVED and desk.w[desk.missed, lane] < PATIENCE)


@part
def hopeful(desk: TypesDesk) -> bool:
    """Whether some lane is wanted."""
    for lane in range(LANES):  # noqa: SIM110  (Numba has no any)
        if wanted(desk, lane):
            return True
    return False


@step
def set_out_again(plan: TypesPlan, point: int, corner: int, desk: TypesDesk) -> None:
    """Lanes that are not solved start from a corner, the others keep y."""
    n = plan.points[point, LINES]
    for u in range(n):
        store(desk.w, desk.before + u, load(desk.w, desk.y + u))
    lean(plan, point, corner, desk)
    for lane in range(LANES):
        if desk.w[desk.code, lane] != UNRESOLVED:
            for u in range(n):
                desk.w[desk.y + u, lane] = desk.w[desk.before + u, lane]


@part
def from_the_start(plan: TypesPlan, precision: Floats, point: int, node: int, learning: bool, desk: TypesDesk) -> None:
    """The principal branch, in lanes not yet solved, as far as steps in precision lead; the others keep y. How far,
    from 0 to 1, is left in `residual`.
    """
    n = plan.points[point, LINES]
    for u in range(n):
        store(desk.w, desk.before + u, load(desk.w, desk.y + u))
    k = branch(plan, precision, point, node, learning, desk)
    store(desk.w, desk.residual, k)
    for lane in range(LANES):
        if desk.w[desk.code, lane] != UNRESOLVED:
            for u in range(n):
                desk.w[desk.y + u, lane] = desk.w[desk.before + u, lane]
        elif desk.w[desk.residual, lane] >= 1.0:
            desk.w[desk.code, lane] = HOMOTOPY


@part
def grade(desk: TypesDesk, tolerance: float, code: int) -> None:
    """Lanes that miss the residual get `code`."""
    for lane in range(LANES):
        if not desk.w[desk.residual, lane] <= tolerance:
            desk.w[desk.code, lane] = code
