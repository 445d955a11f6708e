"""Random games with types hold what solvers rely on, and every construct comes up among them."""

from __future__ import annotations

import numpy as np
from random_typed import random_typed

from assay.game.game import CHOICE


def test_every_row_by_type_lies_in_the_table() -> None:
    for seed in range(30):
        filled = random_typed(seed)
        game, structure = filled.game, filled.game.structure
        assert structure.pay_stride is not None
        assert structure.option_stride is not None
        last = np.array([len(each.types) - 1 for each in game.informed])
        furthest = structure.pay_stride @ last
        for rows in (structure.pay_true, structure.pay_seen):
            assert (rows + furthest < len(game.row_stride)).all()
            timed = game.row_stride[rows]
            assert (game.row_stride[rows + furthest] == timed).all()
            assert (structure.pay_stride[timed == 1] % (game.periods + game.buffer) == 0).all()
        assert filled.table.shape[1] == len(game.row_stride)
        assert np.isfinite(filled.table).all()


def test_priors_sum_to_one_for_everybody() -> None:
    for seed in range(30):
        filled = random_typed(seed)
        assert filled.prior is not None
        assert np.allclose(filled.prior.sum(axis=3), 1)
        for at, each in enumerate(filled.game.informed):
            assert (filled.prior[:, at, 1 + each.player] == filled.prior[:, at, 0]).all()


def test_every_construct_comes_up() -> None:
    games = [random_typed(seed).game for seed in range(40)]
    structures = [game.structure for game in games]
    assert {len(game.informed) for game in games} == {1, 2, 3}
    assert {len(each.types) for game in games for each in game.informed} == {2, 3}
    assert {each.reference < 0 for game in games for each in game.informed} == {True, False}
    strides = [s.pay_stride for s in structures if s.pay_stride is not None]
    assert any(((each != 0).sum(axis=1) == 2).any() for each in strides)
    assert any((s.option_stride != 0).any() for s in structures if s.option_stride is not None)
    movers = np.concatenate([np.diff(s.mover_start)[s.kind == CHOICE] for s in structures])
    assert {1, 2, 3} <= set(movers.tolist())
    assert {game.buffer for game in games} == {0, 1}


def test_games_are_the_same_for_the_same_seed() -> None:
    assert (random_typed(3).table == random_typed(3).table).all()
    assert (
        random_typed(3).table.shape != random_typed(4).table.shape
        or (random_typed(3).table != random_typed(4).table).any()
    )
