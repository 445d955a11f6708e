"""Stages of two movers of whom one has two options: one equation, its bound for a single solution, its selections."""

import numpy as np
import pytest
from fixed_points import largest_residual
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.game.game import LANES, Filled
from assay.game.small import normal_form
from assay.solvers.census import corners
from assay.solvers.corners import UNIFORM
from assay.solvers.definition import solve_by_definition
from assay.solvers.kernel_pair_path import Curve, height
from assay.solvers.kernel_plan import PAIR
from assay.solvers.plan import plan_of
from assay.solvers.solve import restart, solve
from assay.solvers.strategies import Result

STAG_HUNT = [[[10, 1], [8, 5]], [[10, 8], [1, 5]]]


def random_pair(seed: int, many: int, turned: bool, sharp: float, draws: int = 2 * LANES) -> Filled:
    """Normal payoffs, alike in all draws; precisions up to `sharp`."""
    rng = np.random.default_rng(seed)
    sizes = (many, 2) if turned else (2, many)
    return normal_form(rng.normal(0, 2, (2, *sizes)), sharp * np.linspace(0, 1, draws))


def lanes_at(solved, draw: int) -> np.ndarray:
    return solved.probability[draw // LANES, :, :, 0, draw % LANES]


@pytest.mark.parametrize(("many", "turned"), [(1, False), (2, False), (3, False), (3, True), (5, True)])
def test_such_stages_are_recognised(many: int, turned: bool) -> None:
    assert PAIR in plan_of(random_pair(1, many, turned, 1.0).game).points[:, 0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5), st.booleans())
def test_every_stage_is_solved_whatever_the_precision(seed: int, many: int, turned: bool) -> None:
    # Damped sweeps alone fail on a tenth of these: slopes below -2 make them circle.
    filled = random_pair(seed, many, turned, 60.0)
    solved = solve(filled, residual=1e-11, payoffs=True)
    assert (solved.result == Result.CONVERGED).all()
    assert max(largest_residual(solved, draw) for draw in range(filled.draws)) < 1e-9
    np.testing.assert_allclose(solved.probability, solve_by_definition(filled, 1e-11).probability, atol=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 4), st.booleans())
def test_where_one_solution_is_proved_restarts_and_the_branch_agree(seed: int, many: int, turned: bool) -> None:
    filled = random_pair(seed, many, turned, 8.0)
    branch = solve(filled, "principal_branch", residual=1e-12)
    proved = np.flatnonzero(branch.result == Result.CONVERGED)
    assert proved.size  # at precision 0 at least
    for corner in (UNIFORM, *corners(filled)):
        again = restart(filled, corner, 1e-12)
        for draw in proved:
            np.testing.assert_allclose(lanes_at(again, draw), lanes_at(branch, draw), atol=1e-9)


def test_the_bound_is_above_one_where_there_are_several_solutions() -> None:
    precisions = np.linspace(0.1, 4, 4 * LANES)
    filled = normal_form(STAG_HUNT, precisions)
    branch = solve(filled, "principal_branch", residual=1e-12)
    found = [restart(filled, corner, 1e-12) for corner in corners(filled)]
    for draw in range(filled.draws):
        apart = max(np.abs(lanes_at(one, draw) - lanes_at(found[0], draw)).max() for one in found)
        assert apart < 1e-9 or branch.result[draw] == Result.HOMOTOPY
    assert (branch.result[precisions < 0.3] == Result.CONVERGED).all()
    assert (branch.result[precisions > 2] == Result.HOMOTOPY).all()


def test_the_branch_is_the_same_with_and_without_the_bound() -> None:
    by_bound = [solve(random_pair(seed, 3, False, 8.0, LANES), "principal_branch", residual=1e-12) for seed in range(3)]
    assert 0.2 < np.mean([(one.result == Result.CONVERGED).mean() for one in by_bound]) < 1.0
    for one in by_bound:
        followed = solve_by_definition(one.filled, 1e-12, "principal_branch")
        sound = np.flatnonzero(followed.result <= Result.HOMOTOPY)
        assert sound.size
        for draw in sound:
            np.testing.assert_allclose(lanes_at(one, draw), lanes_at(followed, draw), atol=1e-8)


def test_the_branch_is_followed_through_folds_as_finely_stepped() -> None:
    # Two games in which coarse steps leave the branch for another solution; found by steps fifty times finer.
    payoffs = np.random.default_rng(5)
    pays = [[payoffs.normal(0, 2, (2, 2, many)), payoffs.uniform(0, 1, 8)][0] for many in (2, 3, 5) for _ in range(400)]
    for number, precision, expected in ((183, 10.59, 0.0), (220, 7.14, 0.99998), (220, 90.0, 1.0)):
        solved = solve(normal_form(pays[800 + number], precision), "principal_branch", residual=1e-8)
        assert solved.result[0] == Result.HOMOTOPY
        assert solved.probability[0, 0, 1, 0, 0] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("u", [-3.0, 0.4, 2.0])
def test_slopes_of_the_curve_against_differences(u: float) -> None:
    rng = np.random.default_rng(2)
    curve = Curve(rng.normal(0, 2, (3, 4)), np.array([1.0, 0.0, 0.5, 2.0]), 0.7, 1.3)
    k, step = 0.6, 1e-6
    _, by_u, by_k = height(curve, u, k)
    assert by_u == pytest.approx((height(curve, u + step, k)[0] - height(curve, u - step, k)[0]) / 2e-6, abs=1e-7)
    assert by_k == pytest.approx((height(curve, u, k + step)[0] - height(curve, u, k - step)[0]) / 2e-6, abs=1e-7)
