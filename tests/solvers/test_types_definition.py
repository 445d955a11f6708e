"""The definition of a solution with private types: beliefs, splitting, what it says of play that is wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_games import random_game
from typed_by_hand import random_typed_by_hand, with_types

from assay.game.game import Informed
from assay.solvers.beliefs import grid_of
from assay.solvers.definition import solve_by_definition
from assay.solvers.definition_types import excess, judged, solve_types_by_definition, without_buffer
from assay.solvers.strategies import Result

shares = st.lists(st.floats(0.05, 1.0), min_size=2, max_size=4)


def dirichlet(raw: list[float]) -> np.ndarray:
    return np.array(raw) / sum(raw)


@settings(max_examples=30, deadline=None)
@given(shares, st.integers(1, 3), st.integers(0, 2**32))
def test_splitting_is_bayes_rule_for_every_observer(raw: list[float], half: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    own = dirichlet(raw)
    kinds = own.size
    priors = np.array([own, own, rng.dirichlet(np.ones(kinds)), rng.dirichlet(np.ones(kinds))])
    grid = grid_of(Informed(0, tuple("abcd"[:kinds]), -1, 2 * half + 1, 2.0), priors)
    logs = np.log(rng.dirichlet(np.full(kinds, 0.5)) + 1e-300)
    node = int(rng.integers(grid.size))
    moves = grid.moves(node, logs)
    np.testing.assert_allclose(moves.sum(axis=1), 1, rtol=1e-12)
    assert moves.min() >= -1e-12
    for seen in grid.believed:
        joint = (seen[node] * np.exp(logs))[:, None] * moves  # (K, Z)
        total = joint.sum(axis=0)
        reached = total > 1e-12
        np.testing.assert_allclose((joint / np.where(reached, total, 1)).T[reached], seen[reached], atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(shares, st.integers(1, 3))
def test_the_prior_is_a_node_and_the_ends_are_certain(raw: list[float], half: int) -> None:
    own = dirichlet(raw)
    other = own[::-1].copy()
    grid = grid_of(Informed(0, tuple("abcd"[: own.size]), -1, 2 * half + 1, 3.0), np.array([own, own, other]))
    np.testing.assert_allclose(grid.reference[grid.start], own, atol=1e-12)
    np.testing.assert_allclose(grid.believed[0, grid.start], own, atol=1e-12)
    np.testing.assert_allclose(grid.believed[2, grid.start], other, atol=1e-12)
    np.testing.assert_allclose(grid.believed.sum(axis=2), 1)
    assert grid.reference[0, 0] == 1.0
    assert grid.reference[-1, -1] == 1.0


def test_an_observer_who_is_certain_stays_so_and_is_lost_only_where_she_is_refuted() -> None:
    priors = np.array([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])
    grid = grid_of(Informed(0, ("a", "b"), -1, 5, 3.0), priors)
    np.testing.assert_array_equal(grid.believed[2, :-1], [[1.0, 0.0]] * 4)
    np.testing.assert_array_equal(grid.believed[2, -1], [0.0, 1.0])


def test_a_reference_observer_who_is_certain_stays_so_on_a_grid_that_is_not() -> None:
    priors = np.array([[0.5, 0.5], [0.5, 0.5], [0.0, 1.0]])
    grid = grid_of(Informed(0, ("a", "b"), 1, 5, 3.0), priors)
    assert 0 < grid.here[0, grid.start] < 2e-9
    np.testing.assert_array_equal(grid.believed[2, 1:], [[0.0, 1.0]] * 4)
    np.testing.assert_allclose(grid.believed[0, grid.start], [0.5, 0.5])


def test_certainty_stays_certainty() -> None:
    grid = grid_of(Informed(0, ("a", "b"), -1, 5, 3.0), np.full((2, 2), 0.5))
    for node in (0, 4):
        np.testing.assert_array_equal(grid.moves(node, np.log([0.1, 0.9])), [np.arange(5) == node] * 2)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_is_a_solution_and_other_play_is_not(seed: int) -> None:
    filled = random_typed_by_hand(seed)
    solved = solve_types_by_definition(filled)
    assert (solved.result <= Result.HOMOTOPY).all()
    off, values = judged(solved)
    assert off.max() < 1e-9
    np.testing.assert_allclose(values, solved.value[0, :, : filled.draws].T, atol=1e-12)
    assert excess(solved, floor=-1.0).max() < 1e-9
    tilted = solved.probability.copy()
    s, first = filled.game.structure, solved.cells.first
    wide = np.flatnonzero((np.diff(s.option_start) > 1) & (filled.game.option_point[s.option_start[:-1]] >= 0))
    for m in wide:
        a = slice(first[s.option_start[m]], first[s.option_start[m] + 1])
        b = slice(a.stop, a.stop + (a.stop - a.start))
        tilted[:, a], tilted[:, b] = tilted[:, a] * 0.9, tilted[:, b] + tilted[:, a] * 0.1
    assert excess(replace(solved, probability=tilted), floor=-1.0).min() > 1e-4


@pytest.mark.parametrize("seed", range(6))
def test_without_private_types_it_is_the_other_definition(seed: int) -> None:
    filled = random_game(seed, 2, 0.5, choices=4)
    plain, typed = solve_by_definition(filled), solve_types_by_definition(filled, 1e-12)
    np.testing.assert_allclose(typed.value, plain.value, atol=1e-9)
    shape = plain.probability[:, :, :, 0].transpose(0, 2, 1, 3).reshape(typed.probability.shape)
    np.testing.assert_allclose(typed.probability, shape, atol=1e-9)
    whole = without_buffer(filled)
    assert excess(solve_by_definition(whole)).max() < 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_types_that_differ_in_nothing_play_as_if_there_were_none(seed: int) -> None:
    filled = random_game(seed, 2, 0.5, choices=4)
    typed = with_types(filled, {0: 3}, seed, dependent=0.0, weights=False)
    plain, solved = solve_by_definition(filled), solve_types_by_definition(typed, 1e-12)
    for slot, (player, _) in enumerate(typed.game.slots):
        np.testing.assert_allclose(solved.value[:, slot], plain.value[:, player], atol=1e-9)


def test_without_learning_beliefs_stay_and_answers_differ() -> None:
    filled = random_typed_by_hand(7)
    with_, without = solve_types_by_definition(filled), solve_types_by_definition(filled, learning=False)
    assert excess(without, learning=False).max() < 1e-9
    assert excess(without).max() > 1e-4
    assert np.abs(with_.value - without.value).max() > 1e-4


def test_the_branch_from_uniform_play_is_followed() -> None:
    filled = random_typed_by_hand(6, draws=1, choices=3)
    followed = solve_types_by_definition(filled, 1e-9, "principal_branch")
    assert (followed.result == Result.HOMOTOPY).all()
    assert excess(followed).max() < 1e-8


def test_play_that_is_not_kept_cannot_be_checked() -> None:
    filled = random_typed_by_hand(3, draws=1, choices=3, buffer=1)
    solved = solve_types_by_definition(filled)
    with pytest.raises(ValueError, match="buffer"):
        excess(solved)
    whole = solve_types_by_definition(without_buffer(filled))
    assert excess(whole).max() < 1e-9
    np.testing.assert_array_equal(whole.value, solved.value)
