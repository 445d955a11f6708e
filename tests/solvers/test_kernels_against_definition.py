"""The compiled kernels against the plain NumPy definition, on random games."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from random_games import random_game

from assay.game.game import LANES
from assay.solvers.definition import solve_by_definition
from assay.solvers.solve import solve
from assay.solvers.strategies import Result


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 11))
def test_unique_fixed_points_agree(seed: int, draws: int) -> None:
    # Low precision: every stage is a contraction, so that there is one solution to agree on.
    filled = random_game(seed, draws, sharp=0.15)
    kernel = solve(filled, residual=1e-13, payoffs=True)
    plain = solve_by_definition(filled, residual=1e-13)
    assert (kernel.result == Result.CONVERGED).all()
    np.testing.assert_allclose(kernel.probability, plain.probability, atol=1e-10)
    np.testing.assert_allclose(kernel.payoff, plain.payoff, atol=1e-10)
    np.testing.assert_allclose(kernel.value, plain.value, atol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_the_same_rule_selects_the_same_solution(seed: int) -> None:
    # Sharper play: several solutions may exist; both start from the next period's answer and follow the same steps.
    filled = random_game(seed, 4, sharp=2.0)
    kernel = solve(filled, residual=1e-12)
    plain = solve_by_definition(filled, residual=1e-12)
    same = (kernel.result == plain.result) & (plain.result == Result.CONVERGED)
    draws = np.flatnonzero(same)
    for solved in (kernel, plain):
        assert (solved.residual[draws] <= 1e-12).all()
    groups, lanes = draws // LANES, draws % LANES
    np.testing.assert_allclose(kernel.value[groups, :, lanes], plain.value[groups, :, lanes], atol=1e-9)
    np.testing.assert_allclose(
        kernel.probability[groups, :, :, 0, lanes], plain.probability[groups, :, :, 0, lanes], atol=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["warm_start", "principal_branch"]))
def test_whatever_is_reported_as_solved_is_a_fixed_point(seed: int, selection: str) -> None:
    from fixed_points import largest_residual

    filled = random_game(seed, 3, sharp=6.0)
    solved = solve(filled, selection, residual=1e-8, payoffs=True)
    assert np.isfinite(solved.probability).all()
    assert (solved.residual[solved.result <= Result.HOMOTOPY] <= 1e-8).all()
    assert (solved.residual[solved.result == Result.UNRESOLVED] > 1e-8).all()
    for draw in np.flatnonzero(solved.result <= Result.HOMOTOPY):
        assert largest_residual(solved, int(draw)) < 1e-7


def test_a_wrong_probability_would_be_noticed() -> None:
    from fixed_points import largest_residual

    filled = random_game(3, 2, sharp=1.0)
    solved = solve(filled, residual=1e-10, payoffs=True)
    solved.probability[0, :, :, 0, 1] = solved.probability[0, :, ::-1, 0, 1]
    assert largest_residual(solved, 0) < 1e-9
    assert largest_residual(solved, 1) > 1e-3
