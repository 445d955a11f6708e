"""The principal branch of one stage: from uniform play along y = k G(y) to the precision that is asked for.

Predictor and corrector with steps of arclength, so that folds are passed (Allgower and Georg 1990; Turocy 2005). The
path is a curve in z = (y, k); its direction is kept by continuity of the tangent, so that a symmetric branch is
followed through a pitchfork.
"""

from __future__ import annotations

import numpy as np

from assay.game.game import Floats
from assay.solvers.kernel_cache import part
from assay.solvers.kernel_stage import Room, Stage, copy, eliminate, fill, jacobian, largest, newton, response

PATH_STEPS = 4000
"""Steps before a path is given up."""
CORRECTIONS = 6
"""Newton steps back to the path before a step of the predictor is shortened."""
TIGHT = 1e-9
"""How close to the path a correction comes, relative to the size of z."""
FIRST, SHORTEST = 0.25, 1e-11
"""Arclength of the first step, and below which the path is given up."""
STRAIGHT = 0.9
"""Smallest cosine between the tangents at two steps; more of a bend may mean another branch."""


@part
def dot(a: Floats, b: Floats) -> float:
    """Inner product."""
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i]
    return total


@part
def bordered(stage: Stage, z: Floats, border: Floats, room: Room) -> None:
    """F(z) = y - k G(y) into `room.value`; its derivative by z into `room.matrix`, with `border` as last row."""
    n, matrix, value = z.size - 1, room.matrix, room.value
    k = z[n]
    response(stage, z[:n], room)
    jacobian(stage, room)
    for r in range(n):
        for c in range(n):
            matrix[r, c] = (1.0 if r == c else 0.0) - k * room.slope[r, c]
        matrix[r, n] = -room.g[r]
        value[r] = z[r] - k * room.g[r]
    copy(border, matrix[n])


@part
def correct(stage: Stage, z: Floats, border: Floats, room: Room) -> int:
    """Newton back to the path from `z`, which is moved within the plane through it that `border` is normal to. Steps,
    or -1.
    """
    level, value = dot(border, z), room.value
    for step in range(CORRECTIONS):
        bordered(stage, z, border, room)
        value[z.size - 1] = dot(border, z) - level
        if largest(value) < TIGHT * (1.0 + largest(z)):
            return step
        if eliminate(room.matrix, value) == 0.0:
            return -1
        for i in range(z.size):
            z[i] -= value[i]
    return -1


@part
def tangent_at(stage: Stage, z: Floats, before: Floats, room: Room, tangent: Floats) -> bool:
    """Unit tangent of the path at z that goes on as `before` did, into `tangent`; False where there is none."""
    bordered(stage, z, before, room)
    fill(tangent, 0.0)
    tangent[z.size - 1] = 1.0
    if eliminate(room.matrix, tangent) == 0.0:
        return False
    size = np.sqrt(dot(tangent, tangent))
    for i in range(z.size):
        tangent[i] /= size
    return True


@part
def near(z: Floats, guess: Floats, length: float) -> bool:
    """Whether a corrected point is no further off than the step may take it; otherwise it may be on another branch."""
    apart = 0.0
    for i in range(z.size):
        apart += (guess[i] - z[i]) ** 2
    return bool(np.sqrt(apart) < 1.5 * length + TIGHT)


@part
def ahead_of(z: Floats, length: float, tangent: Floats, guess: Floats) -> None:
    """z + length * tangent, into `guess`."""
    for i in range(z.size):
        guess[i] = z[i] + length * tangent[i]


@part
def follow(stage: Stage, y: Floats, tolerance: float, room: Room) -> float:
    """Follows the branch from k = 0 to k = 1, into `y`, which changes only if the end is reached. The residual that
    was reached.
    """
    n = y.size
    z, guess, upwards, tangent, ahead = room.z, room.guess, room.upwards, room.tangent, room.ahead
    fill(z, 0.0)
    fill(upwards, 0.0)
    upwards[n] = 1.0
    if not tangent_at(stage, z, upwards, room, tangent):
        return np.inf
    length = FIRST
    for _ in range(PATH_STEPS):
        ahead_of(z, length, tangent, guess)
        arrives = guess[n] >= 1.0
        if arrives:
            ahead_of(z, (1.0 - z[n]) / tangent[n], tangent, guess)
        steps = correct(stage, guess, upwards if arrives else tangent, room)
        if steps >= 0 and near(z, guess, length):
            if arrives:
                reached = newton(stage, guess[:n], tolerance, room)
                if reached <= tolerance:
                    copy(guess[:n], y)
                return float(reached)
            if tangent_at(stage, guess, tangent, room, ahead) and dot(tangent, ahead) > STRAIGHT:
                copy(guess, z)
                copy(ahead, tangent)
                length *= 1.6 if steps <= 2 else (1.0 if steps <= 4 else 0.6)
                continue
        length *= 0.4
        if length < SHORTEST:
            return np.inf
    return np.inf
