"""Hinges against exact total-order indices, and against indices found by drawing one input again."""

from __future__ import annotations

import numpy as np
import pytest
from tests.explore.functions import Floats, Function, box, half_space, ishigami, known, linear, sobol_g, total_order

from assay.explore.hinges import hinges, rank_table

DRAWS = 20_000


def sample(inputs: int, draws: int = DRAWS, seed: int = 1) -> Floats:
    return np.random.Generator(np.random.Philox(key=seed)).random((draws, inputs))


def measured(u: Floats, truth: np.ndarray) -> Floats:
    """The measure of each input, noise and all."""
    found = hinges({f"x{number}": column for number, column in enumerate(u.T)}, truth, everything=True)
    values = {hinge.assumption: hinge.value for hinge in found}
    return np.array([values[f"x{number}"] for number in range(u.shape[1])])


def test_a_claim_true_in_a_box_has_its_exact_indices() -> None:
    u = sample(3)
    np.testing.assert_allclose(measured(u, box(u) > 0.5), known("box claim")["T"], atol=0.035)


def test_a_claim_true_in_a_half_space_has_its_exact_indices() -> None:
    u = sample(4)
    np.testing.assert_allclose(measured(u, half_space(u) > 0), known("half-space claim")["T"], atol=0.025)


@pytest.mark.parametrize("rare", [0.5, 0.1, 0.01])
@pytest.mark.parametrize(("function", "inputs"), [(sobol_g, 8), (linear, 4), (half_space, 4)])
def test_sums_and_products_have_the_total_order_indices_of_their_truth(
    function: Function, inputs: int, rare: float
) -> None:
    threshold = float(np.quantile(function(sample(inputs, 200_000, seed=2)), 1 - rare))
    u = sample(inputs)
    exact = total_order(function, inputs, threshold)
    # Shares in cells are noisier the rarer the claim is.
    np.testing.assert_allclose(measured(u, function(u) > threshold), exact, atol=0.03 if rare > 0.05 else 0.12)


@pytest.mark.parametrize("rare", [0.5, 0.1])
@pytest.mark.parametrize(
    ("function", "case"), [(ishigami, "Ishigami a=7 b=0.1 "), (sobol_g, "Sobol G"), (linear, "linear"), (box, "box")]
)
def test_the_ranking_is_that_of_the_total_order(function: Function, case: str, rare: float) -> None:
    inputs = known(case)["d"]
    threshold = 0.5 if function is box else float(np.quantile(function(sample(inputs, 200_000, seed=2)), 1 - rare))
    exact = total_order(function, inputs, threshold)
    u = sample(inputs)
    found = measured(u, function(u) > threshold)
    for one in range(inputs):
        for other in range(inputs):
            if exact[one] > exact[other] + 0.05:
                assert found[one] > found[other]


def test_the_measure_stays_below_the_index_where_an_effect_changes_sign() -> None:
    # Ishigami's third input moves the function up or down as the first says: the known limit of the measure.
    u = sample(3)
    threshold = float(np.median(ishigami(u)))
    exact = total_order(ishigami, 3, threshold)
    found = measured(u, ishigami(u) > threshold)
    assert exact[2] > 0.2
    assert found[2] < 0.05
    np.testing.assert_allclose(found[:2], exact[:2], atol=0.03)


def test_first_order_indices_vanish_for_a_rare_claim_and_the_measure_does_not() -> None:
    u = sample(4)
    truth = linear(u) > np.quantile(linear(u), 0.99)
    table = rank_table({"x": u[:, 3]})
    (hinge,) = hinges(table, truth)
    cells = truth[np.argsort(u[:, 3])].reshape(20, -1).mean(axis=1)
    first_order = cells.var() / truth.var()
    assert first_order < 0.15
    assert hinge.value > 0.8
