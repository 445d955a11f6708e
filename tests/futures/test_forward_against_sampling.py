"""Exact probabilities against a million sampled histories, and sampled steps against exact probabilities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_games import random_game

from assay.futures.forward import forward
from assay.futures.futures import Futures, Pass, Reader
from assay.futures.sample import count, sample, sample_given
from assay.game.game import CHOICE
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies

MANY = 1_000_000
SIGMAS = 6.0


def read_everything(solved: Strategies, **imposed: np.ndarray) -> Futures:
    s = solved.filled.game.structure
    readers = {f"point {i}": Reader(point=np.array([i], np.int32)) for i in range(s.kind.size)}
    readers |= {f"option {i}": Reader(option=np.array([i], np.int32)) for i in range(s.option_weight.size)}
    readers |= {f"pay {i}": Reader(pay=np.array([i], np.int32)) for i in range(s.pay_player.size)}
    (future,) = forward(solved, [Pass(readers, **imposed)])
    return future


def close_enough(counted: np.ndarray, probability: np.ndarray) -> None:
    spread = np.sqrt(np.maximum(probability * (1 - probability), 1e-12) * MANY)
    assert (np.abs(counted - MANY * probability) <= SIGMAS * spread + 1).all()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_million_histories(seed: int) -> None:
    solved = solve(random_game(seed, 3, sharp=1.5))
    exact, draw = read_everything(solved), 1
    counted = count(solved, draw, seed=seed, histories=MANY)
    for i in range(counted.points.shape[1]):
        close_enough(counted.points[:, i], exact.readings[f"point {i}"][:, draw])
    for i in range(counted.options.shape[1]):
        close_enough(counted.options[:, i], exact.readings[f"option {i}"][:, draw])
    close_enough(np.array(counted.left), exact.left[draw])


@pytest.mark.parametrize("seed", [5, 6])
def test_expected_pays_of_a_million_histories(seed: int) -> None:
    solved = solve(random_game(seed, 3, sharp=1.5))
    s, stride = solved.filled.game.structure, solved.filled.game.row_stride
    exact, draw = read_everything(solved), 2
    counted = count(solved, draw, seed=seed, histories=MANY)
    discounted = solved.filled.discount[0, draw] if s.flow_after_discount else 1.0
    closes = np.isin(np.arange(s.pay_player.size), pays_of_closes(solved, final=False))
    finals = np.isin(np.arange(s.pay_player.size), pays_of_closes(solved, final=True))
    assert s.pay_player.size > 5
    for i in range(s.pay_player.size):
        for period in range(solved.filled.game.periods):
            amount = s.pay_sign[i] * solved.filled.table[0, s.pay_true[i] + period * stride[s.pay_true[i]], draw]
            amount *= discounted if closes[i] else (solved.filled.discount[0, draw] if finals[i] else 1.0)
            if amount != 0:
                share = exact.readings[f"pay {i}"][period, draw] / amount
                close_enough(counted.pays[period, i], np.clip(share, 0, 1))


def pays_of_closes(solved: Strategies, final: bool) -> np.ndarray:
    s = solved.filled.game.structure
    starts = s.final_pay_start if final else s.point_pay_start
    return np.concatenate([np.arange(starts[i], starts[i + 1]) for i in np.flatnonzero(s.next_point >= 0)])


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_interventions_against_sampling(seed: int) -> None:
    solved = solve(random_game(seed, 2, sharp=1.0, choices=8))
    s = solved.filled.game.structure
    sizes = np.diff(s.option_start)
    wide = np.flatnonzero(sizes > 1)
    forced = s.option_start[wide[:1]].astype(np.int32)
    removed = (s.option_start[wide[1:2]] + 1).astype(np.int32)
    exact = read_everything(solved, forced=forced, removed=removed)
    counted = count(solved, 0, seed=seed, histories=MANY, forced=forced, removed=removed)
    for i in range(counted.points.shape[1]):
        close_enough(counted.points[:, i], exact.readings[f"point {i}"][:, 0])
    assert all(exact.readings[f"option {o}"].max() == 0 for o in removed)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_every_step_of_a_history_is_possible(seed: int) -> None:
    solved = solve(random_game(seed, 2))
    game = solved.filled.game
    for history in sample(solved, 1, seed=seed, count=5):
        assert history.steps[0].point == game.structure.start
        for step, following in zip(history.steps, history.steps[1:], strict=False):
            if step.branch >= 0:
                assert game.structure.branch_target[step.branch] == following.point
                assert following.period == step.period
                assert step.chance > 0
            else:
                assert game.structure.next_point[step.point] == following.point
                assert following.period == step.period + 1
            assert all(0 < chosen.probability <= 1 for chosen in step.chosen)
            assert bool(step.chosen) == (game.structure.kind[step.point] == CHOICE)
        last = history.steps[-1]
        assert (history.ending is not None) or last.period == game.periods - 1


def test_the_same_seed_gives_the_same_history() -> None:
    solved = solve(random_game(21, 3))
    assert sample(solved, 0, seed=5)[0].steps == sample(solved, 0, seed=5)[0].steps
    many = [history.points for history in sample(solved, 0, seed=5, count=40)]
    assert len(set(many)) > 1


@pytest.mark.parametrize("never", [False, True])
def test_a_conditioned_history_has_the_law_of_those_that_meet_the_condition(never: bool) -> None:
    solved = solve(random_game(21, 3, sharp=0.5, choices=5))
    s, draw = solved.filled.game.structure, 0
    exact = read_everything(solved)
    # a point that is met for certain by no history and by many
    sums = [exact.readings[f"point {i}"][:, draw].sum() for i in range(s.kind.size)]
    point = next(i for i, total in enumerate(sums) if 0.1 < total < 0.6 and i != s.start)
    plain = [h.points for h in sample(solved, draw, seed=1, count=6000)]
    kept = [points for points in plain if (point in points) != never]
    given_ = [h.points for h in sample_given(solved, draw, seed=2, points=[point], never=never, count=3000)]
    assert all((point in points) != never for points in given_)
    for points in {*kept, *given_}:
        a, b = kept.count(points) / len(kept), given_.count(points) / len(given_)
        spread = np.sqrt((a * (1 - a) + 1e-3) / len(kept) + (b * (1 - b) + 1e-3) / len(given_))
        assert abs(a - b) < 5 * spread


def test_a_history_may_be_asked_to_take_an_option() -> None:
    solved = solve(random_game(21, 3, sharp=0.5, choices=5))
    s = solved.filled.game.structure
    exact = read_everything(solved)
    option = next(o for o in range(s.option_weight.size) if 0.02 < exact.readings[f"option {o}"][:, 0].sum() < 0.5)
    for history in sample_given(solved, 0, seed=3, options=[option], count=50):
        assert any(chosen.option == option for step in history.steps for chosen in step.chosen)
    for history in sample_given(solved, 0, seed=3, options=[option], never=True, count=50):
        assert not any(chosen.option == option for step in history.steps for chosen in step.chosen)


def test_what_cannot_happen_is_refused() -> None:
    solved = solve(random_game(21, 3))
    with pytest.raises(ValueError, match="no history of draw 0 meets"):
        sample_given(solved, 0, seed=1, points=[])
    with pytest.raises(ValueError, match="expected 0 to 2"):
        sample(solved, 3, seed=1)
