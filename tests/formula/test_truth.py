"""Conditions on worlds: what is decided, what is left open, and conditions compiled for many worlds."""

from __future__ import annotations

import math
from itertools import product

import pytest

from assay.formula.parse import parse
from assay.formula.truth import compile_condition, decide

WORLD = {"fence": "built", "treaty": "in"}
DOMAIN = {"fence": ("none", "built"), "treaty": ("in", "notice", "out")}


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("fence == built", True),
        ("built == fence", True),
        ("fence != built", False),
        ("fence == built and treaty == out", False),
        ("not treaty == out or fence == none", True),
        ("1 if fence == built else 0", 1.0),
        ("2 * 3 + (1 if treaty == in else 5)", 7.0),
        ("exp(0) < 2", True),
        # what does not matter is not asked for
        ("fence == none and odds > 0", False),
        ("odds > 0 and fence == none", False),
        ("fence == built or odds > 0", True),
        ("odds if fence == none else 3", 3.0),
        ("3 if odds > 0 else 3", 3.0),
        # what matters and is not known leaves the answer open
        ("odds > 0 and fence == built", None),
        ("odds > 0 or fence == none", None),
        ("not odds > 0", None),
        ("odds if fence == built else 3", None),
        ("0 * odds", None),
        ("odds", None),
        ("P(raid) > 0", None),
        ("min(odds, 1)", None),
    ],
)
def test_one_world(written: str, answer: bool | float | None) -> None:
    assert decide(parse(written), WORLD) is answer or decide(parse(written), WORLD) == answer
    assert type(decide(parse(written), WORLD)) is type(answer)


def test_a_value_that_is_a_variable_s_name_too_is_the_value() -> None:
    values = {"fence": "wall", "wall": "high"}
    domain = {"fence": ("none", "wall"), "wall": ("low", "high")}
    assert decide(parse("fence == wall"), values, domain) is True


def test_two_variables_are_compared_by_the_names_of_their_values() -> None:
    assert decide(parse("fence == wall"), {"fence": "built", "wall": "built"}) is True
    assert decide(parse("fence != wall"), {"fence": "built", "wall": "none"}) is True


@pytest.mark.parametrize(
    ("written", "answer"),
    [("1 / 0", math.inf), ("-1 / 0", -math.inf), ("log(0)", -math.inf), ("exp(1000)", math.inf), ("0 ** -1", math.inf)],
)
def test_arithmetic_is_that_of_floating_point(written: str, answer: float) -> None:
    assert decide(parse(written), {}) == answer


@pytest.mark.parametrize("written", ["0 / 0", "log(-1)", "sqrt(-1)", "(-8) ** 0.5", "max(1, 0 / 0)"])
def test_what_is_not_a_number_is_said_to_be_none(written: str) -> None:
    answer = decide(parse(written), {})
    assert isinstance(answer, float)
    assert math.isnan(answer)


@pytest.mark.parametrize(
    "written",
    ["fence == built and treaty != out", "not (treaty == in or fence == none)", "treaty == notice or treaty == out"],
)
def test_a_compiled_condition_agrees_in_every_world(written: str) -> None:
    condition = compile_condition(parse(written), tuple(DOMAIN), DOMAIN)
    answers = {world: condition(world) for world in product(*DOMAIN.values())}
    assert answers == {world: decide(parse(written), dict(zip(DOMAIN, world, strict=True))) for world in answers}
    assert set(answers.values()) == {True, False}


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("fence == built and odds > 0", "depends on more than the world: odds$"), ("1 + 1", "is a number")],
)
def test_a_condition_that_needs_more_than_the_world_is_refused(written: str, wrong: str) -> None:
    condition = compile_condition(parse(written), tuple(DOMAIN), DOMAIN)
    with pytest.raises(ValueError, match=wrong):
        condition(("built", "in"))
