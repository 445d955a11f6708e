"""Splitting is exact: what play yields in the eyes of each player, type by type, is what it was worth backwards."""

import numpy as np
import pytest
from typed_by_hand import random_typed_by_hand

from assay.solvers.definition_forward import Imposed, forward_by_definition
from assay.solvers.definition_types import judged, solve_types_by_definition
from assay.solvers.strategies import Strategies


def gap(solved: Strategies, values: np.ndarray) -> float:
    """Largest difference of expected forward pays from backward values (draws, slots), each in its player's view."""
    worst = 0.0
    for player in range(len(solved.filled.game.players)):
        found = forward_by_definition(solved, view=player).payoff
        own = [slot for slot, (who, _) in enumerate(solved.filled.game.slots) if who == player]
        worst = max(worst, float(np.abs(found[:, own] - values[:, own]).max()))
    return worst


KINDS = {0: 2}, {0: 3}, {0: 2, 1: 2}, {0: 3, 1: 2}


@pytest.mark.parametrize("kinds", KINDS)
@pytest.mark.parametrize("seed", range(20, 23))
def test_forward_is_backward(seed: int, kinds: dict[int, int]) -> None:
    filled = random_typed_by_hand(seed, kinds, draws=2, choices=3, nodes=3 if kinds == KINDS[3] else 5)
    solved = solve_types_by_definition(filled, 1e-6)
    # the identity holds for any play: no need to solve tightly
    assert gap(solved, judged(solved)[1]) < 1e-10


def test_it_holds_for_play_that_solves_nothing() -> None:
    filled = random_typed_by_hand(7)
    solved = solve_types_by_definition(filled, 1e-3)
    rng = np.random.default_rng(1)
    s, cells = filled.game.structure, solved.cells
    given = rng.uniform(size=solved.probability.shape)
    for first, last in zip(s.option_start[:-1], s.option_start[1:], strict=True):
        own = [
            slice(cells.first[o], cells.first[o] + cells.by_period[o] * filled.game.periods) for o in range(first, last)
        ]
        total = sum(given[:, each] for each in own)
        for each in own:
            given[:, each] /= total
    solved.probability[:] = given
    assert gap(solved, judged(solved)[1]) < 1e-10


def test_masses_add_up_and_imposed_play_takes_its_course() -> None:
    filled = random_typed_by_hand(6)
    solved = solve_types_by_definition(filled)
    plain = forward_by_definition(solved)
    ends = filled.game.structure.kind >= 2
    np.testing.assert_allclose(plain.points[:, 0][:, :, ends].sum(axis=(2, 3)), 1)
    np.testing.assert_allclose(plain.share.sum(axis=1), 1)
    s = filled.game.structure
    wide = np.flatnonzero(np.diff(s.option_start) > 1)
    forced = s.option_start[wide].astype(np.int32)
    silent = forward_by_definition(solved, imposed=Imposed(forced=forced))
    told = forward_by_definition(solved, imposed=Imposed(forced=forced, signals=True))
    start = int(np.ravel_multi_index([g // 2 for g in (5, 5)], (5, 5)))
    others = np.arange(25) != start
    assert silent.points[..., others].max() == 0.0
    assert told.points[..., others].max() > 0.1
    np.testing.assert_allclose(silent.points.sum(axis=4), told.points.sum(axis=4))
