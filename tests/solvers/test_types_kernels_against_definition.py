"""The compiled kernels for games with private types, against the readable definition."""

import numpy as np
import pytest
from random_typed import random_typed

from assay.solvers.definition_types import excess, solve_types_by_definition
from assay.solvers.solve import restart, solve
from assay.solvers.strategies import Result


@pytest.mark.parametrize(("seed", "most"), [(0, 3), (1, 3), (2, 3), (3, 3), (1, 2), (4, 2), (12, 2)])
def test_mild_games_have_the_values_of_the_definition(seed: int, most: int) -> None:
    filled = random_typed(seed, sharp=0.2, draws=2, most_types=most, most_options=most)
    kernel, plain = solve(filled, residual=1e-11), solve_types_by_definition(filled, residual=1e-11)
    np.testing.assert_allclose(kernel.value, plain.value, atol=1e-8)
    assert (kernel.result == Result.CONVERGED).all()


@pytest.mark.parametrize("sharp", [0.5, 5.0, 20.0])
@pytest.mark.parametrize("selection", ["warm_start", "principal_branch"])
def test_what_is_called_solved_is_an_equilibrium(sharp: float, selection: str) -> None:
    for seed, most in ((0, 3), (1, 3), (2, 3), (1, 2), (4, 2), (12, 2), (19, 2)):
        filled = random_typed(seed, sharp=sharp, buffer=0, draws=2, most_types=most, most_options=most)
        solved = solve(filled, selection, residual=1e-8)
        done = solved.result <= Result.HOMOTOPY
        assert done.any()
        assert (excess(solved)[done] <= 1.1e-8).all()
        assert (solved.residual[~done] > 1e-8).all()


def test_restarts_are_equilibria_too() -> None:
    filled = random_typed(3, sharp=5.0, buffer=0)
    for corner in (-1, 0, 1, 5):
        solved = restart(filled, corner, 1e-8)
        done = solved.result <= Result.HOMOTOPY
        assert (excess(solved)[done] <= 1.1e-8).all()


def test_without_learning_beliefs_stay() -> None:
    filled = random_typed(2, sharp=1.0, buffer=0)
    solved = solve(filled, residual=1e-10, learning=False)
    plain = solve_types_by_definition(filled, residual=1e-10, learning=False)
    np.testing.assert_allclose(solved.value, plain.value, atol=1e-7)
    assert np.abs(solved.value - solve(filled, residual=1e-10).value).max() > 1e-4
