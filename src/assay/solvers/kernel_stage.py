"""One stage with several movers, for one draw: the response to a profile, its Jacobian, and how a fixed point is found.

Unknowns are `y`, one per option: precision times the expected payoff of the option less that of its mover's first one
(whose entry stays 0). A profile plays `weight * exp(y)` in proportion; `response` maps y to what y would be if
everybody else played so. A fixed point is a logit equilibrium of the stage (McKelvey and Palfrey 1995, 1998).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from assay.game.game import Floats, Ints
from assay.solvers.kernel_cache import part

NEWTON_STEPS = 40
"""Steps of Newton's method before it is given up."""


class Stage(NamedTuple):
    """A stage of M movers with O options in all and J joint moves."""

    first: Ints  # (M+1,) where each mover's options start
    owner: Ints  # (O,) mover of each option
    joint: Ints  # (J, M) the options of each joint move
    pay: Floats  # (J, M) what it is worth to each mover, times that mover's precision
    weight: Floats  # (O,) base weights


class Room(NamedTuple):
    """Working space for a stage of O options. Shapes: vectors (O,) or, with k of the path, (O+1,)."""

    sigma: Floats  # (O,) probabilities
    other: Floats  # (O,) probabilities of the response
    q: Floats  # (O,) expected payoffs, times precision
    g: Floats  # (O,) response
    x: Floats  # (O,) where Newton's method is
    trial: Floats  # (O,) where it may go
    step: Floats  # (O,)
    pair: Floats  # (O, O) expected payoff of an option against an option
    slope: Floats  # (O, O) Jacobian of the response
    z: Floats  # (O+1,) a point of the path
    guess: Floats  # (O+1,) the next one
    value: Floats  # (O+1,)
    upwards: Floats  # (O+1,) the direction of growing k
    tangent: Floats  # (O+1,)
    ahead: Floats  # (O+1,) the tangent at the next point
    matrix: Floats  # (O+1, O+1)


@part
def cut_room(vectors: Floats, squares: Floats, options: int) -> Room:
    """Room for a stage, cut from `vectors` (13, O+1) and `squares` (3, O+1, O+1) that serve the largest one."""
    n, m = options, options + 1
    return Room(
        vectors[0, :n],
        vectors[1, :n],
        vectors[2, :n],
        vectors[3, :n],
        vectors[4, :n],
        vectors[5, :n],
        vectors[6, :n],
        squares[0, :n, :n],
        squares[1, :n, :n],
        vectors[7, :m],
        vectors[8, :m],
        vectors[9, :m],
        vectors[10, :m],
        vectors[11, :m],
        vectors[12, :m],
        squares[2, :m, :m],
    )


@part
def fill(a: Floats, value: float) -> None:
    """Sets every entry of a vector. (Array expressions would do, but each takes Numba a second to compile.)"""
    for i in range(a.size):
        a[i] = value


@part
def copy(source: Floats, target: Floats) -> None:
    """Copies a vector."""
    for i in range(source.size):
        target[i] = source[i]


@part
def largest(a: Floats) -> float:
    """Largest absolute value of a vector; infinite where one is not a number."""
    top = 0.0
    for i in range(a.size):
        top = max(top, abs(a[i]))
        if a[i] != a[i]:
            return np.inf
    return top


@part
def mix(stage: Stage, y: Floats, sigma: Floats) -> None:
    """Probabilities of the options from y, into `sigma`."""
    first, weight = stage.first, stage.weight
    for m in range(first.size - 1):
        top = -np.inf
        for o in range(first[m], first[m + 1]):
            if weight[o] > 0.0 and y[o] > top:
                top = y[o]
        total = 0.0
        for o in range(first[m], first[m + 1]):
            sigma[o] = weight[o] * np.exp(y[o] - top) if weight[o] > 0.0 else 0.0
            total += sigma[o]
        for o in range(first[m], first[m + 1]):
            sigma[o] /= total


@part
def advantage(stage: Stage, sigma: Floats, q: Floats) -> None:
    """Expected payoff (times precision) of each option against what the others play, into `q`."""
    movers = stage.first.size - 1
    fill(q, 0.0)
    for j in range(stage.joint.shape[0]):
        for m in range(movers):
            others = 1.0
            for n in range(movers):
                if n != m:
                    others *= sigma[stage.joint[j, n]]
            q[stage.joint[j, m]] += others * stage.pay[j, m]


@part
def response(stage: Stage, y: Floats, room: Room) -> None:
    """G(y), into `room.g`; `room.sigma` and `room.q` are left as they are at y."""
    mix(stage, y, room.sigma)
    advantage(stage, room.sigma, room.q)
    for o in range(stage.owner.size):
        room.g[o] = room.q[o] - room.q[stage.first[stage.owner[o]]]


@part
def pair_payoffs(stage: Stage, sigma: Floats, pair: Floats) -> None:
    """Expected payoff (times precision) of each option against each option of another mover, into `pair`."""
    movers = stage.first.size - 1
    for a in range(pair.shape[0]):
        fill(pair[a], 0.0)
    for j in range(stage.joint.shape[0]):
        for m in range(movers):
            for n in range(movers):
                if n != m:
                    others = 1.0
                    for k in range(movers):
                        if k not in (m, n):
                            others *= sigma[stage.joint[j, k]]
                    pair[stage.joint[j, m], stage.joint[j, n]] += others * stage.pay[j, m]


@part
def jacobian(stage: Stage, room: Room) -> None:
    """dG/dy at the profile that `response` left in `room`, into `room.slope`."""
    owner, sigma, slope = stage.owner, room.sigma, room.slope
    pair_payoffs(stage, sigma, room.pair)
    for a in range(owner.size):
        for c in range(owner.size):
            slope[a, c] = sigma[c] * (room.pair[a, c] - room.q[a]) if owner[a] != owner[c] else 0.0
    for a in range(owner.size - 1, -1, -1):  # downwards: the first option of a mover comes last and becomes 0
        reference = stage.first[owner[a]]
        for c in range(owner.size):
            slope[a, c] -= slope[reference, c]


@part
def residual_at(stage: Stage, y: Floats, room: Room) -> float:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) for what `response` left in `room`; infinite where not a
    number.
    """
    mix(stage, room.g, room.other)
    worst = 0.0
    for o in range(y.size):
        gap = abs(room.other[o] - room.sigma[o])
        if stage.weight[o] > 0.0:
            gap = max(gap, 0.01 * min(abs(room.g[o] - y[o]), 1.0))
        if not gap <= 1.0:
            return np.inf
        worst = max(worst, gap)
    return worst


@part
def eliminate(a: Floats, b: Floats) -> float:
    """Solves a x = b in place by Gaussian elimination with partial pivoting; x is left in b. The sign of the
    determinant; 0 where a is singular or x is no number.
    """
    n, sign = b.size, 1.0
    for c in range(n):
        pivot = c
        for r in range(c + 1, n):
            if abs(a[r, c]) > abs(a[pivot, c]):
                pivot = r
        if not abs(a[pivot, c]) > 1e-300:
            return 0.0
        if pivot != c:
            for k in range(n):
                a[c, k], a[pivot, k] = a[pivot, k], a[c, k]
            b[c], b[pivot] = b[pivot], b[c]
            sign = -sign
        if a[c, c] < 0.0:
            sign = -sign
        for r in range(c + 1, n):
            factor = a[r, c] / a[c, c]
            if factor != 0.0:
                for k in range(c, n):
                    a[r, k] -= factor * a[c, k]
                b[r] -= factor * b[c]
    for r in range(n - 1, -1, -1):
        for k in range(r + 1, n):
            b[r] -= a[r, k] * b[k]
        b[r] /= a[r, r]
    return sign if largest(b) < np.inf else 0.0


@part
def gap_at(stage: Stage, x: Floats, room: Room) -> float:
    """Largest |G(x) - x|, and the response at x in `room`."""
    response(stage, x, room)
    top = 0.0
    for o in range(x.size):
        top = max(top, abs(room.g[o] - x[o]))
    return top


@part
def newton(stage: Stage, y: Floats, tolerance: float, room: Room) -> float:
    """Newton's method on y - G(y) = 0 from `y`, which moves only if that succeeds. The residual that was reached."""
    options = y.size
    x, trial, step = room.x, room.trial, room.step
    copy(y, x)
    for _ in range(NEWTON_STEPS):
        size = gap_at(stage, x, room)
        reached = residual_at(stage, x, room)
        if reached <= tolerance:
            copy(x, y)
            return float(reached)
        jacobian(stage, room)
        for r in range(options):
            step[r] = room.g[r] - x[r]
            for c in range(options):
                room.slope[r, c] = (1.0 if r == c else 0.0) - room.slope[r, c]
        if eliminate(room.slope, step) == 0.0:
            return np.inf
        scale = 1.0
        for _ in range(20):
            for o in range(options):
                trial[o] = x[o] + scale * step[o]
            if gap_at(stage, trial, room) < (1.0 - 0.1 * scale) * size:
                break
            scale *= 0.5
        copy(trial, x)
    return np.inf
