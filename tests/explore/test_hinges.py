"""Hinges: noise, names, ties, few draws, and where a claim turns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.explore.hinges import MEASURE, hinges, rank_table


def generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=seed))


@pytest.mark.parametrize(("draws", "holding"), [(60, 20), (400, 30), (5_000, 20), (5_000, 2_500)])
def test_nothing_is_a_hinge_of_chance_in_nineteen_runs_of_twenty(draws: int, holding: int) -> None:
    random = generator(draws + holding)
    runs, alarms = 150, 0
    for _ in range(runs):
        inputs = {f"x{number}": random.random(draws) for number in range(12)}
        truth = np.zeros(draws, dtype=bool)
        truth[random.permutation(draws)[:holding]] = True
        alarms += bool(hinges(inputs, truth))
    # 7.5 are expected; more than 16 come about by chance once in a thousand times.
    assert alarms <= 16


def test_noise_is_not_set_so_high_that_nothing_passes() -> None:
    random = generator(1)
    inputs = {f"x{number}": random.random(5_000) for number in range(40)}
    truth = random.random(5_000) < 0.4 + 0.2 * inputs["x7"]
    (hinge,) = hinges(inputs, truth)
    assert hinge.assumption == "x7"
    assert hinge.measure == MEASURE
    # One input of 40 that moves the share by 20 points: E|g - g'| / (2 P (1 - P)) = (.2 / 3) / .5.
    assert hinge.value == pytest.approx(0.133, abs=0.03)
    assert 0.05 < hinge.noise < hinge.value
    assert len(hinges(inputs, truth, everything=True)) == 40


def test_a_claim_turns_where_its_shares_part() -> None:
    x = generator(2).random(10_000)
    (hinge,) = hinges({"x": x}, x > 0.7)
    assert hinge.turn == pytest.approx(0.7, abs=1e-3)
    assert (hinge.low, hinge.high, hinge.direction) == (0.0, 1.0, "high")
    assert hinge.value == pytest.approx(1.0, abs=0.05)
    (other,) = hinges({"x": x}, x <= 0.7)
    assert (other.turn, other.low, other.high, other.direction) == (hinge.turn, 1.0, 0.0, "low")


def test_the_measure_of_two_values_is_exact() -> None:
    # T of a binary input: w1 w2 |g1 - g2| / (P (1 - P)), with w = (.3, .7), g = (.1, .5), P = .38.
    x = np.repeat([1.0, 2.0], [3_000, 7_000])
    truth = np.concatenate([np.arange(3_000) < 300, np.arange(7_000) < 3_500])
    (hinge,) = hinges({"x": x}, truth)
    assert hinge.value == pytest.approx(0.3 * 0.7 * 0.4 / (0.38 * 0.62), rel=1e-3)
    assert (hinge.turn, hinge.low, hinge.high) == (1.5, 0.1, 0.5)


def test_equal_values_are_never_parted() -> None:
    random = generator(3)
    x = random.integers(0, 4, 4_000).astype(float)
    (hinge,) = hinges({"x": x, "other": random.random(4_000)}, x >= 2)
    assert (hinge.assumption, hinge.turn, hinge.low, hinge.high) == ("x", 1.5, 0.0, 1.0)


def test_alternatives_are_named() -> None:
    random = generator(4)
    which = np.array(["joint", "apart", "none"], dtype=object)[random.integers(0, 3, 3_000)]
    truth = (which == "none") | (random.random(3_000) < 0.2)
    for given_as in (which, pd.Categorical(which), list(which)):
        (hinge,) = hinges({"coalition": given_as}, truth)
        assert hinge.category == "none"
        assert hinge.high == 1.0
        assert hinge.low == pytest.approx(0.2, abs=0.03)


def test_constants_are_never_hinges() -> None:
    x = generator(5).random(500)
    found = hinges({"one": np.ones(500), "name": np.full(500, "a"), "x": x}, x > 0.5, everything=True)
    assert [hinge.assumption for hinge in found] == ["x"]
    assert hinges({"one": np.ones(500)}, x > 0.5) == ()


def test_nothing_is_said_of_too_few_draws() -> None:
    x = np.arange(100.0)
    assert hinges({"x": x}, x < 19) == ()
    assert hinges({"x": x}, x >= 19 + 62) == ()
    assert len(hinges({"x": x}, x < 20)) == 1
    assert len(hinges({"x": x}, x < 10, minimum=10)) == 1
    assert hinges({"x": x[:0]}, x[:0] > 1) == ()
    assert hinges({}, np.zeros(0, dtype=bool)) == ()


def test_draws_that_do_not_count_change_nothing() -> None:
    random = generator(6)
    inputs = {"x": random.random(3_000), "y": random.integers(0, 3, 3_000).astype(float), "z": random.random(3_000)}
    truth = inputs["x"] + inputs["y"] > 1.5
    counted = inputs["z"] < 0.6
    kept = {name: values[counted] for name, values in inputs.items()}
    table = rank_table(inputs)
    assert hinges(table, truth, counted=counted) == hinges(kept, truth[counted])
    assert hinges(table, truth, counted=np.ones(3_000, dtype=bool)) == hinges(inputs, truth)


def test_wrong_tables_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        rank_table({"x": np.zeros(3), "y": np.zeros(4)})
    with pytest.raises(ValueError, match="'x' has missing values"):
        rank_table({"x": np.array([1.0, np.nan])})
    with pytest.raises(ValueError, match="'x' has missing values"):
        rank_table({"x": pd.Series(["a", None])})
    with pytest.raises(ValueError, match="the truth has shape"):
        hinges({"x": np.zeros(3)}, np.zeros(4, dtype=bool))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), draws=st.integers(60, 400), ties=st.booleans())
def test_order_alone_matters_and_values_stay_between_nothing_and_all(seed: int, draws: int, ties: bool) -> None:
    random = generator(seed)
    x = random.integers(0, 7, draws).astype(float) if ties else random.random(draws)
    y = random.random(draws)
    truth = x / x.max() + y > 1
    plain = hinges({"x": x, "y": y}, truth, everything=True)
    bent = hinges({"x": np.exp(3 * x), "y": y**3}, truth, everything=True)
    shuffled = random.permutation(draws)
    again = hinges({"x": x[shuffled], "y": y[shuffled]}, truth[shuffled], everything=True)
    for one, other, third in zip(plain, bent, again, strict=True):
        assert (one.assumption, one.value, one.low, one.high) == (other.assumption, other.value, other.low, other.high)
        assert one == third
        assert 0 <= one.value <= 1
        assert 0 <= one.low <= 1
        assert 0 <= one.high <= 1
    opposite = {hinge.assumption: hinge for hinge in hinges({"x": x, "y": y}, ~truth, everything=True)}
    for hinge in plain:
        assert opposite[hinge.assumption].value == pytest.approx(hinge.value)


def test_without_assumptions_nothing_turns_on_any() -> None:
    assert hinges({}, np.arange(40) < 20) == ()
