"""The compiled kernels for games with private types, against the readable definition."""

import numpy as np
import pytest
from random_typed import random_typed

from assay.solvers.corners import UNIFORM, corners_of
from assay.solvers.definition_types import excess, solve_types_by_definition
from assay.solvers.kernel_types_plan import FAST, WIDE
from assay.solvers.solve import restart, solve
from assay.solvers.strategies import Result
from assay.solvers.types_plan import layout_of

SEEDS = [*((seed, 3, 3) for seed in range(4)), *((seed, 2, options) for seed in (1, 4, 12) for options in (2, 3))]


def test_two_types_take_every_short_way() -> None:
    filled = [random_typed(seed, most_types=2, most_options=options) for seed, _, options in SEEDS]
    short = np.concatenate([layout_of(each.game).plan.points[:, FAST] for each in filled])
    assert set(short.tolist()) >= {1, 2, WIDE}


@pytest.mark.parametrize(("seed", "types", "options"), SEEDS)
def test_mild_games_have_the_values_of_the_definition(seed: int, types: int, options: int) -> None:
    filled = random_typed(seed, sharp=0.2, draws=2, most_types=types, most_options=options)
    kernel, plain = solve(filled, residual=1e-11), solve_types_by_definition(filled, residual=1e-11)
    np.testing.assert_allclose(kernel.value, plain.value, atol=1e-8)
    assert (kernel.result == Result.CONVERGED).all()


@pytest.mark.parametrize("sharp", [0.5, 5.0, 20.0])
@pytest.mark.parametrize("selection", ["warm_start", "principal_branch"])
def test_what_is_called_solved_is_an_equilibrium(sharp: float, selection: str) -> None:
    solved_at_all = 0
    for seed, types, options in SEEDS:
        filled = random_typed(seed, sharp=sharp, buffer=0, draws=2, most_types=types, most_options=options)
        solved = solve(filled, selection, residual=1e-8)
        done = solved.result <= Result.HOMOTOPY
        solved_at_all += int(done.sum())
        assert (excess(solved)[done] <= 1.1e-8).all()
        assert (solved.residual[~done] > 1e-8).all()
    assert solved_at_all >= (1.9 if selection == "warm_start" else 1.6) * len(SEEDS)


def test_restarts_are_equilibria_too() -> None:
    filled = random_typed(3, sharp=5.0, buffer=0)
    for corner in (UNIFORM, *corners_of(filled.game)[:7]):
        solved = restart(filled, corner, 1e-8)
        done = solved.result <= Result.HOMOTOPY
        assert (excess(solved)[done] <= 1.1e-8).all()


def test_without_learning_beliefs_stay() -> None:
    filled = random_typed(2, sharp=1.0, buffer=0)
    solved = solve(filled, residual=1e-10, learning=False)
    plain = solve_types_by_definition(filled, residual=1e-10, learning=False)
    np.testing.assert_allclose(solved.value, plain.value, atol=1e-7)
    assert np.abs(solved.value - solve(filled, residual=1e-10).value).max() > 1e-4
