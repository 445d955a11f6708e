"""Quantiles, shares and means of every distribution, against scipy.stats (which the package itself does not use)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assay.assumptions.distributions import cdf, ends, mean, median, quantile, support
from assay.case.assumptions import DISTRIBUTIONS, Distribution

U = np.concatenate([np.linspace(0.0005, 0.9995, 201), [1e-9, 1 - 1e-9]])
ORACLES: list[tuple[dict[str, Any], Any]] = [
    ({"range": [-2, 3]}, stats.uniform(-2, 5)),
    ({"log_range": [0.01, 100]}, stats.loguniform(0.01, 100)),
    ({"triangular": [1, 2, 5]}, stats.triang(0.25, 1, 4)),
    ({"triangular": [1, 1, 5]}, stats.triang(0.0, 1, 4)),
    ({"triangular": [1, 5, 5]}, stats.triang(1.0, 1, 4)),
    ({"normal": {"mean": 2, "sd": 3}}, stats.norm(2, 3)),
    ({"normal": {"mean": 2, "sd": 3, "low": 0}}, stats.truncnorm(-2 / 3, np.inf, 2, 3)),
    ({"normal": {"mean": 2, "sd": 3, "high": 1}}, stats.truncnorm(-np.inf, -1 / 3, 2, 3)),
    ({"normal": {"mean": 2, "sd": 3, "low": 0, "high": 4}}, stats.truncnorm(-2 / 3, 2 / 3, 2, 3)),
    ({"normal": {"mean": 0, "sd": 1, "low": 6, "high": 7}}, stats.truncnorm(6, 7)),
    ({"normal": {"mean": 0, "sd": 1, "low": 50}}, stats.truncnorm(50, np.inf)),
    ({"normal": {"mean": 0, "sd": 1, "high": -50}}, stats.truncnorm(-np.inf, -50)),
    ({"beta": {"a": 2, "b": 5}}, stats.beta(2, 5)),
    ({"beta": {"a": 0.5, "b": 0.5, "low": -1, "high": 3}}, stats.beta(0.5, 0.5, -1, 4)),
    ({"pert": [1, 2, 5]}, stats.beta(2, 4, 1, 4)),
]
STEPS = {"fixed": 3.0}, {"discrete": {2: 0.25, 1: 0.5, 7: 0.25}}, {"alternatives": {"a": 0.2, "b": 0.8}}


@pytest.mark.parametrize(("given", "oracle"), ORACLES, ids=[str(each) for each, _ in ORACLES])
def test_quantiles_shares_and_means_are_scipys(given: dict[str, Any], oracle: Any) -> None:
    distribution = Distribution.model_validate(given)
    x = oracle.ppf(U)
    scale = oracle.ppf(0.999) - oracle.ppf(0.001)
    np.testing.assert_allclose(quantile(distribution, U), x, rtol=1e-9, atol=1e-9 * scale)
    inside = oracle.ppf(U[:201])  # a share of 1e-9 can lie nearer to an end than numbers can tell apart
    np.testing.assert_allclose(cdf(distribution, inside), U[:201], rtol=1e-7)
    assert mean(distribution) == pytest.approx(oracle.mean(), rel=1e-7, abs=1e-9)
    assert median(distribution) == pytest.approx(oracle.median(), rel=1e-9, abs=1e-9)
    assert support(distribution) == pytest.approx(oracle.support())


def test_every_distribution_of_the_language_is_exercised_here() -> None:
    assert {key for each, _ in ORACLES for key in each} | {key for each in STEPS for key in each} == set(DISTRIBUTIONS)


def test_discrete_values_have_their_weights() -> None:
    distribution = Distribution(discrete={2: 0.25, 1: 0.5, 7: 0.25, 99: 0.0})
    u = (np.arange(1000) + 0.5) / 1000
    values, counts = np.unique(quantile(distribution, u), return_counts=True)
    assert dict(zip(values, counts, strict=True)) == {1: 500, 2: 250, 7: 250}
    assert quantile(distribution, 1.0) == 7
    np.testing.assert_allclose(cdf(distribution, [0.9, 1, 1.5, 2, 7, 99]), [0, 0.5, 0.5, 0.75, 1, 1])
    assert (mean(distribution), median(distribution), support(distribution)) == (2.75, 2.0, (1.0, 7.0))


def test_alternatives_are_codes_in_the_order_of_the_case() -> None:
    distribution = Distribution(alternatives={"b": 0.2, "a": 0.0, "c": 0.8})
    np.testing.assert_array_equal(quantile(distribution, [0.1, 0.3, 0.9]), [0, 2, 2])
    assert support(distribution) == (0.0, 2.0)
    with pytest.raises(ValueError, match="alternatives has no mean"):
        mean(distribution)


@pytest.mark.parametrize(
    "given",
    [
        {"fixed": 3},
        {"range": [3, 3]},
        {"log_range": [3, 3]},
        {"triangular": [3, 3, 3]},
        {"pert": [3, 3, 3]},
        {"beta": {"a": 2, "b": 2, "low": 3, "high": 3}},
        {"normal": {"mean": 9, "sd": 1, "low": 3, "high": 3}},
        {"discrete": {3: 1}},
    ],
    ids=str,
)
def test_ends_that_coincide_leave_one_value(given: dict[str, Any]) -> None:
    distribution = Distribution.model_validate(given)
    np.testing.assert_array_equal(quantile(distribution, [0, 0.3, 1]), [3, 3, 3])
    np.testing.assert_array_equal(cdf(distribution, [2.9, 3, 3.1]), [0, 1, 1])
    assert mean(distribution) == pytest.approx(3)
    assert support(distribution) == ends(distribution) == (3, 3)


def test_a_distribution_without_an_end_is_shown_to_its_outer_thousandth() -> None:
    low, high = ends(Distribution.model_validate({"normal": {"mean": 10, "sd": 2, "low": 5}}))
    assert low == 5
    assert high == pytest.approx(stats.truncnorm(-2.5, np.inf, 10, 2).ppf(0.999))


number = st.floats(-1e3, 1e3).map(lambda value: round(value, 4))
shape = st.floats(0.2, 20)


@st.composite
def distributions(make: Any) -> Distribution:
    """Any distribution of the language, with ends that may coincide."""
    kind = make(st.sampled_from(DISTRIBUTIONS))
    low, middle, high = sorted(make(st.tuples(number, number, number)))
    match kind:
        case "fixed":
            given: Any = middle
        case "range":
            given = [low, high]
        case "log_range":
            given = sorted([abs(low) + 1e-4, abs(high) + 1e-4])
        case "triangular" | "pert":
            given = [low, middle, high]
        case "normal":
            given = {"mean": middle, "sd": make(st.floats(0.1, 100)), "low": low, "high": high}
        case "beta":
            given = {"a": make(shape), "b": make(shape), "low": low, "high": high}
        case "discrete":
            given = {low: 0.5, middle + 5000: 0.3, high + 10000: 0.2}
        case _:
            given = {"first": 0.25, "second": 0.75}
    return Distribution.model_validate({kind: given})


@settings(max_examples=150, deadline=None)
@given(distribution=distributions(), u=st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_quantiles_never_decrease_and_never_leave_the_ends(distribution: Distribution, u: list[float]) -> None:
    values = quantile(distribution, np.sort(u))
    low, high = support(distribution)
    slack = 1e-12 * (abs(low) + abs(high))
    assert np.all(np.diff(values) >= -slack)
    assert np.all((values >= low) & (values <= high))
