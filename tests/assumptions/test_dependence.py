"""Assumptions that move together, against SciPy's rank correlation and one-sample tests."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from tests.assumptions.cases import case_of

from assay.assumptions.dependence import DependenceError
from assay.assumptions.distributions import cdf
from assay.assumptions.draw import draw
from assay.assumptions.perspectives import distribution_of

ASSUMPTIONS = {
    "alone": {"range": [0, 1]},
    "a": {"log_range": [0.1, 10]},
    "b": {"triangular": [0, 1, 9]},
    "c": {"normal": {"mean": 0, "sd": 1, "low": -1}},
}
PAIRS = [{"between": ["a", "b"], "rank_correlation": 0.7}, {"between": ["c", "b"], "rank_correlation": -0.4}]
DRAWS = 40_000


def test_rank_correlations_are_those_stated_and_those_left_out_are_zero() -> None:
    draws = draw(case_of(ASSUMPTIONS, dependence=PAIRS), "low", DRAWS, 11).values
    measured = {pair: stats.spearmanr(draws[pair[0]], draws[pair[1]]).statistic for pair in ("ab", "bc", "ac")}
    # The standard error of a rank correlation at this number of draws is about .005.
    assert measured == pytest.approx({"ab": 0.7, "bc": -0.4, "ac": 0.0}, abs=0.02)


def test_each_assumption_keeps_its_own_distribution() -> None:
    case = case_of(ASSUMPTIONS, dependence=PAIRS)
    draws = draw(case, "low", DRAWS, 11)
    for name in "abc":
        distribution = distribution_of(case, "low", name)
        result = stats.kstest(draws.values[name], lambda x, each=distribution: cdf(each, x))
        assert result.pvalue > 0.001


def test_an_assumption_outside_a_group_and_the_first_inside_are_untouched() -> None:
    tied = draw(case_of(ASSUMPTIONS, dependence=PAIRS), "low", 100, 11).values
    free = draw(case_of(ASSUMPTIONS), "low", 100, 11).values
    for name in ("alone", "a"):
        np.testing.assert_array_equal(tied[name], free[name])
    for name in ("b", "c"):
        assert not np.any(tied[name] == free[name])


def test_blocks_of_any_size_give_the_same_bytes() -> None:
    case = case_of(ASSUMPTIONS, dependence=PAIRS)
    whole = draw(case, "low", 1000, 11).frame().drop(columns="perspective").to_numpy()
    parts = [draw(case, "low", size, 11, first).frame() for first, size in ((0, 1), (1, 7), (8, 500), (508, 492))]
    np.testing.assert_array_equal(
        np.concatenate([part.drop(columns="perspective").to_numpy() for part in parts]), whole
    )


def test_correlations_that_contradict_each_other_are_refused_in_words() -> None:
    pairs = [
        {"between": ["a", "b"], "rank_correlation": 0.9},
        {"between": ["b", "c"], "rank_correlation": 0.9},
        {"between": ["a", "c"], "rank_correlation": -0.9},
    ]
    with pytest.raises(DependenceError, match="between a, b, c contradict each other"):
        draw(case_of(ASSUMPTIONS, dependence=pairs), "low", 10, 1)
