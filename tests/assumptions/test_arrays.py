"""Formulas as arrays, against the same arithmetic done by hand or by Python's own floats."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.assumptions.arrays import FUNCTIONS, Bindings, evaluate, numbers, truths
from assay.formula.ast import Call
from assay.formula.parse import parse

X = np.array([1.0, 2.0, 4.0])
ENV = Bindings(
    values={"x": X, "y": np.array([[1.0], [10.0]]), "fence": np.array([0, 1, 1]), "gate": 1, "period": 3, "zero": 0.0},
    named={"fence": ("none", "built"), "gate": ("built", "shut")},
    definitions={"double": parse("2 * x"), "quadruple": parse("2 * double")},
)


def read(text: str, env: Bindings = ENV) -> np.ndarray:
    return np.asarray(evaluate(parse(text), env))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("-2 ** 2", -4.0),
        ("2 ** -1", 0.5),
        ("period / 2", 1.5),
        ("x * 2 - 1", [1.0, 3.0, 7.0]),
        ("y * x", [[1.0, 2.0, 4.0], [10.0, 20.0, 40.0]]),
        ("min(x, 2)", [1.0, 2.0, 2.0]),
        ("max(x, 2, 3)", [3.0, 3.0, 4.0]),
        ("clip(x, 1.5, 3)", [1.5, 2.0, 3.0]),
        ("abs(-x)", [1.0, 2.0, 4.0]),
        ("sqrt(x)", [1.0, math.sqrt(2), 2.0]),
        ("log(exp(x))", [1.0, 2.0, 4.0]),
        ("logit(expit(x))", [1.0, 2.0, 4.0]),
        ("quadruple", [4.0, 8.0, 16.0]),
        ("x if x > 1 else 0", [0.0, 2.0, 4.0]),
    ],
)
def test_numbers_come_out(text: str, expected: object) -> None:
    result = read(text)
    assert result.dtype == np.float64
    np.testing.assert_allclose(result, expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x > 1", [False, True, True]),
        ("x >= 2 and x < 4", [False, True, False]),
        ("x == 1 or not x < 4", [True, False, True]),
        ("fence == built", [False, True, True]),
        ("built != fence", [True, False, False]),
        ("gate == shut", True),
        ("fence == gate", [False, False, False]),
        ("(fence == built) if x > 2 else (x == 1)", [True, False, True]),
    ],
)
def test_truths_come_out(text: str, expected: object) -> None:
    result = read(text)
    assert result.dtype == np.bool_
    np.testing.assert_array_equal(result, expected)


def test_variables_are_compared_by_name_not_by_code() -> None:
    env = ENV.with_values({"gate": np.array([0, 0, 1])})
    np.testing.assert_array_equal(read("fence == gate", env), [False, True, False])


def test_what_is_not_a_number_is_left_for_the_caller_to_see() -> None:
    assert np.isposinf(read("1 / zero"))
    assert np.isnan(read("zero / zero"))
    assert np.isnan(read("(0 - 8) ** (1 / 3)"))
    assert np.isneginf(read("log(zero)"))
    assert np.isnan(read("log(0 - 1)"))
    assert np.isposinf(read("exp(1e6)"))


def test_a_condition_that_never_varies_reads_one_side_only() -> None:
    assert read("1 if gate == shut else nowhere") == 1.0


def test_a_condition_that_varies_keeps_the_other_sides_faults_out() -> None:
    np.testing.assert_array_equal(read("0 if x == 1 else log(x - 1)"), [0.0, 0.0, np.log(3.0)])


def test_expit_and_logit_are_stable_far_out() -> None:
    assert read("expit(-700)") == pytest.approx(math.exp(-700), rel=1e-12)
    assert read("expit(800)") == 1.0
    assert read("logit(1e-300)") == pytest.approx(math.log(1e-300), rel=1e-14)


def test_a_changed_name_changes_the_definitions_that_use_it() -> None:
    read("quadruple")
    np.testing.assert_array_equal(read("quadruple", ENV.with_values({"x": 1.0})), 4.0)


def test_special_calls_are_the_environments_to_answer() -> None:
    asked: list[Call] = []

    def answer(node: Call) -> np.ndarray | None:
        asked.append(node)
        return X if node.function == "P" else None

    env = Bindings(values={"cost": 1.0}, calls=answer)
    np.testing.assert_array_equal(read("1 - P(war, by=end)", env), 1 - X)
    assert asked[0].named[0][0] == "by"
    with pytest.raises(KeyError, match="'Q' is no function here"):
        read("Q(war)", env)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fnce + 1", "'fnce' stands for nothing here; did you mean 'fence'"),
        ("fence == bilt", "'bilt' is no value of 'fence'; did you mean 'built'"),
        ("fence < built", "have no order"),
        ("sqr(x)", "'sqr' is no function here; did you mean 'sqrt'"),
        ("sqrt(x, x)", "'sqrt' takes 1 argument, and has 2"),
        ("clip(x)", "'clip' takes 3 arguments, and has 1"),
        ("exp(x, base=2)", "takes no named arguments"),
    ],
)
def test_faults_are_said_in_words(text: str, words: str) -> None:
    with pytest.raises(KeyError, match=words.replace("(", r"\(")):
        read(text)


def test_numbers_and_truths_have_the_shape_asked_for() -> None:
    assert numbers(parse("1"), ENV, (3,)).shape == (3,)
    np.testing.assert_array_equal(truths(parse("gate == shut"), ENV, (2,)), [True, True])
    with pytest.raises(TypeError, match="a truth is needed"):
        truths(parse("x"), ENV, (3,))
    with pytest.raises(ValueError, match="broadcast"):
        numbers(parse("x"), ENV, (2,))


def test_every_function_of_the_language_is_exercised_here() -> None:
    used = {"min", "max", "exp", "log", "logit", "expit", "clip", "abs", "sqrt"}
    assert set(FUNCTIONS) == used


finite = st.floats(-50, 50)


@settings(max_examples=60, deadline=None)
@given(a=st.lists(finite, min_size=1, max_size=5), b=finite)
def test_an_array_gives_what_its_elements_give(a: list[float], b: float) -> None:
    formula = parse("expit(a) * (a - b) + (abs(a) if a < b else min(a, 2 * b) / (1 + b ** 2))")
    together = evaluate(formula, Bindings(values={"a": np.array(a), "b": b}))
    apart = [evaluate(formula, Bindings(values={"a": each, "b": b})) for each in a]
    np.testing.assert_array_equal(together, apart)
