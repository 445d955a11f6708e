"""Expected payoffs pushed forward equal the values that backward induction gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_games import random_game

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.game import CLOSE, ENDING, LANES
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies


def value(solved: Strategies, player: int, view: int = -1) -> np.ndarray:
    """Expected discounted payoff of a player by a forward pass, shape (draws,)."""
    s = solved.filled.game.structure
    pays = np.flatnonzero(s.pay_player == player).astype(np.int32)
    (future,) = forward(solved, [Pass({"all": Reader(pay=pays)})], view=view)
    periods = np.arange(solved.filled.game.periods)[:, None]
    return (future.discount**periods * future.readings["all"]).sum(axis=0)


def backward(solved: Strategies, player: int) -> np.ndarray:
    return solved.value[:, player].reshape(-1)[: solved.filled.draws]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.1, 5))
def test_in_truth_where_views_are_the_truth(seed: int, sharp: float) -> None:
    filled = random_game(seed, LANES + 3, sharp=sharp, perception=False, buffer=0)
    solved = solve(filled)
    for player in range(len(filled.game.players)):
        np.testing.assert_allclose(value(solved, player), backward(solved, player), atol=1e-10)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_under_each_players_own_view(seed: int) -> None:
    filled = random_game(seed, 5, sharp=1.0, perception=True, buffer=0)
    solved = solve(filled)
    for player in range(len(filled.game.players)):
        np.testing.assert_allclose(value(solved, player, view=player), backward(solved, player), atol=1e-10)


def test_truth_and_view_differ_where_perception_does() -> None:
    filled = random_game(11, 5, sharp=1.0, perception=True, buffer=0)
    solved = solve(filled)
    gaps = [np.abs(value(solved, p) - backward(solved, p)).max() for p in range(len(filled.game.players))]
    assert max(gaps) > 0.01


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_mass_is_neither_lost_nor_made(seed: int) -> None:
    filled = random_game(seed, 4, sharp=3.0)
    s = filled.game.structure
    ends, closes = np.flatnonzero(s.kind == ENDING), np.flatnonzero(s.kind == CLOSE)
    readers = {"ends": Reader(point=ends.astype(np.int32)), "closes": Reader(point=closes.astype(np.int32))}
    (future,) = forward(solve(filled), [Pass(readers)])
    ended = future.readings["ends"].sum(axis=0)
    np.testing.assert_allclose(ended + future.left, 1.0, atol=1e-12)
    np.testing.assert_allclose(future.readings["closes"][-1], future.left, atol=1e-12)
    going = 1 - np.cumsum(future.readings["ends"], axis=0)
    np.testing.assert_allclose(future.readings["closes"], going, atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_payoffs_of_options_read_at_visits(seed: int) -> None:
    """Mass-weighted payoffs of what is played at the first point sum to the mover's value there."""
    filled = random_game(seed, 3, sharp=1.0)
    solved = solve(filled, payoffs=True)
    s = filled.game.structure
    if s.mover_start[s.start] == s.mover_start[s.start + 1]:
        return
    m = s.mover_start[s.start]
    options = np.arange(s.option_start[m], s.option_start[m + 1], dtype=np.int32)
    (future,) = forward(solved, [Pass({"gain": Reader(option=options, payoff=True)})])
    draw_value = backward(solved, int(s.mover_player[m]))
    first = future.readings["gain"][0]
    np.testing.assert_allclose(first, draw_value, atol=1e-10)


def test_payoffs_must_have_been_kept() -> None:
    filled = random_game(5, 2)
    with pytest.raises(ValueError, match="payoffs=True"):
        forward(solve(filled), [Pass({"x": Reader(option=np.array([0], np.int32), payoff=True)})])
