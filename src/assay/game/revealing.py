"""Choices that can tell something of their mover's type: those whose reasons can differ by it."""

from __future__ import annotations

import numpy as np

from assay.game.game import Game, Ints
from assay.game.lists import Lists


def revealing(game: Game) -> frozenset[int]:
    """The mover entries (indices into `Structure.mover_player`) whose choice can depend on the mover's own type.

    It can where the mover has several options and something that the mover is paid from there on, in this period or a
    later one, differs by its type, or a base weight of its moves does. All types choose alike everywhere else, and
    beliefs stay as they are.
    """
    if not game.informed:
        return frozenset()
    s, lists = game.structure, Lists(game.structure)
    entry_point = np.repeat(np.arange(len(s.kind)), np.diff(s.mover_start))
    several = np.diff(s.option_start) > 1
    found: set[int] = set()
    for at, each in enumerate(game.informed):
        depends = lists.before(set(_own(game, at).tolist()), range(len(lists.kind)))
        entries = np.flatnonzero((s.mover_player == each.player) & several)
        found.update(int(entry) for entry in entries if int(entry_point[entry]) in depends)
    return frozenset(found)


def _own(game: Game, informed: int) -> Ints:
    """Points at which a payoff or a base weight of an informed actor differs by its own type."""
    s = game.structure
    assert s.pay_stride is not None
    assert s.option_stride is not None
    player = game.informed[informed].player
    pays = (s.pay_player == player) & (s.pay_stride[:, informed] != 0)
    points, joints, branches = np.arange(len(s.kind)), len(s.joint_option), len(s.branch_target)
    joint_point = np.repeat(points, np.diff(s.joint_start))
    branch_point = np.repeat(joint_point, np.diff(s.branch_start))
    option_player = np.repeat(s.mover_player, np.diff(s.option_start))
    blocks = (
        (s.joint_pay_start, joint_point, joints),
        (s.branch_pay_start, branch_point, branches),
        (s.point_pay_start, points, len(points)),
        (s.final_pay_start, points, len(points)),
    )
    found = [game.option_point[(option_player == player) & (s.option_stride != 0)]]
    for starts, owner, count in blocks:
        of_pay = np.repeat(owner[:count], np.diff(starts))
        found.append(of_pay[pays[starts[0] : starts[-1]]])
    return np.unique(np.concatenate(found))
