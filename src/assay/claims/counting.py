"""What a reader of the forward pass counts, from points and joint moves as truths: no more indices than it takes."""

from __future__ import annotations

import numpy as np

from assay.claims.places import Bools, places
from assay.futures.futures import EMPTY, Reader
from assay.game.game import Game, Ints


def counting(game: Game, point: Bools | None = None, joint: Bools | None = None) -> Reader:
    """A reader of the mass that arrives at points and goes through joint moves."""
    points = np.zeros(places(game).kind.shape, dtype=np.bool_) if point is None else point
    if joint is None:
        return Reader(point=indices_of(points))
    option, joints, whole = moves(game, joint)
    return Reader(point=indices_of(points | whole), option=option, joint=joints)


def moves(game: Game, joint: Bools) -> tuple[Ints, Ints, Bools]:
    """Joint moves as options, joint moves and whole points: as points where all are meant, as options of one mover
    where the others do not matter."""
    structure, here = game.structure, places(game)
    whole = np.zeros(here.kind.shape, dtype=np.bool_)
    options: list[int] = []
    joints: list[int] = []
    for point in np.unique(here.joint_point[joint]):
        first, last = structure.joint_start[point], structure.joint_start[point + 1]
        true = joint[first:last]
        if true.all():
            whole[point] = True
            continue
        found = _of_one_mover(game, int(point), true)
        if found is None:
            joints += [int(first + index) for index in np.flatnonzero(true)]
        else:
            options += found
    return np.array(options, dtype=np.int32), np.array(joints, dtype=np.int32), whole


def _of_one_mover(game: Game, point: int, true: Bools) -> list[int] | None:
    """The options of the one mover on whom the truth depends, or None where it depends on several."""
    structure = game.structure
    movers = range(structure.mover_start[point], structure.mover_start[point + 1])
    shape = [int(structure.option_start[mover + 1] - structure.option_start[mover]) for mover in movers]
    table = true.reshape(shape)
    for axis, mover in enumerate(movers):
        others = tuple(other for other in range(len(shape)) if other != axis)
        if (table.any(axis=others) == table.all(axis=others)).all():
            return [int(structure.option_start[mover] + index) for index in np.flatnonzero(table.any(axis=others))]
    return None


def indices_of(mask: Bools) -> Ints:
    """Where a mask is true."""
    return np.flatnonzero(mask).astype(np.int32) if mask.any() else EMPTY


def content(reader: Reader) -> str:
    """A name that two readers share if they read the same."""
    read = {"point": reader.point, "option": reader.option, "joint": reader.joint, "pay": reader.pay}
    read |= {"worth": reader.worth} | ({} if reader.profiles is None else {"profiles": reader.profiles})
    words = [f"{name} {','.join(map(str, indices))}" for name, indices in read.items() if len(indices)]
    return "; ".join([*words, *(["payoff"] if reader.payoff else [])]) or "nothing"
