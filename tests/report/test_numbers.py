"""Numbers never say more than they know."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.report.numbers import band, belief, counted, plain, points, probability, proportion, share, written_day

shares = st.floats(0, 1, allow_nan=False)


@settings(max_examples=200, deadline=None)
@given(shares)
def test_a_share_is_nought_or_hundred_only_where_it_is(value: float) -> None:
    assert (share(value) == "0%") == (100 * value == 0)
    assert (share(value) == "100%") == (100 * value == 100)


@settings(max_examples=200, deadline=None)
@given(shares)
def test_a_share_is_right_to_half_a_point(value: float) -> None:
    said = float(share(value).strip("<>%"))
    assert abs(said - 100 * value) <= 0.5 + 1e-9


@settings(max_examples=200, deadline=None)
@given(shares)
def test_what_somebody_believes_is_certain_only_where_it_is(value: float) -> None:
    said = belief(value)
    assert (said == "0%") == (value == 0)
    assert (said == "100%") == (value == 1)
    assert abs(float(said.strip("<>%")) - 100 * value) <= 1 + 1e-9


@settings(max_examples=100, deadline=None)
@given(shares, shares)
def test_a_band_names_both_ends_low_first(one: float, two: float) -> None:
    low, high = sorted((one, two))
    said = band(one, two)
    if share(low) == share(high):
        assert said == share(low)
    else:
        assert said == f"{share(low).rstrip('%')}–{share(high)}"


@settings(max_examples=200, deadline=None)
@given(shares)
def test_a_probability_is_never_a_false_nought_or_certainty(value: float) -> None:
    said = probability(value)
    assert (said == "0%") == (value == 0)
    assert (said == "100%") == (100 * value == 100)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.00023, "0.023%"),
        (0.15, "15%"),
        (1e-12, "below the floor"),
        (2e-6, "<0.001%"),
        (0.9997, ">99.9%"),
        (0.996, "99.6%"),
    ],
)
def test_probabilities_keep_two_figures(value: float, said: str) -> None:
    assert probability(value) == said


@pytest.mark.parametrize(("value", "said"), [(0.01, "1 point"), (-0.33, "−33 points"), (0.000081, "0.0081 points")])
def test_points(value: float, said: str) -> None:
    assert points(value) == said


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e12, 1e12, allow_nan=False))
def test_other_numbers_are_right_to_three_figures_and_use_a_minus_sign(value: float) -> None:
    said = plain(value)
    assert "-" not in said
    exponent = re.search(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", said)
    factor = 1.0
    if exponent:
        factor = 10.0 ** int(exponent[1].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
        said = said[: exponent.start()]
    back = float(said.replace("−", "-").replace(",", "")) * factor
    assert back == pytest.approx(value, rel=6e-3)


def test_counts_are_words_up_to_twelve() -> None:
    assert [counted(value) for value in (0, 1, 12, 13, 20_000)] == ["no", "one", "twelve", "13", "20,000"]


@pytest.mark.parametrize(
    ("iso", "said"), [("2025-03-18", "18 March 2025"), ("2025-03", "March 2025"), ("2023", "2023"), ("n.d.", "n.d.")]
)
def test_days_in_words(iso: str, said: str) -> None:
    assert written_day(iso) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.174, "17%"),
        (-0.52, "−52%"),
        (3.5, "350%"),
        (-0.0002, ">−0.1%"),
        (0.0002, "<0.1%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (None, "–"),
        (float("inf"), "∞"),
    ],
)
def test_a_change_in_proportion_keeps_its_sign_and_may_pass_a_hundred(value: float | None, said: str) -> None:
    assert proportion(value) == said
