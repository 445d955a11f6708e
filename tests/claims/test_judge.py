"""Tests of claims on answers written down by hand, draw by draw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assay.case.claims import KINDS
from assay.claims.agenda import agenda
from assay.claims.judge import join, judge, outcomes
from assay.errors import InputError

NAN = float("nan")
JUDGED: dict[str, tuple[str, dict[str, Any], list[bool]]] = {
    "level": ("P(war) < 0.3", {"P(war)": [0.1, 0.3, 0.5]}, [True, False, False]),
    "contrast": (
        "abs(P(war, do=walls) - P(war, do=no_walls)) < 0.1",
        {"P(war, do=walls)": [0.2, 0.2, 0.5], "P(war, do=no_walls)": [0.25, 0.4, 0.3]},
        [True, False, False],
    ),
    "comparative": (
        "P(lost) > 2 * P(at_sea)",
        {"P(lost)": [0.3, 0.3, 0.1], "P(at_sea)": [0.1, 0.2, 0.4]},
        [True, False, False],
    ),
    "conditional": ("P(lost, given=war) > 0.5", {"P(lost, given=war)": [0.6, 0.5, 0.4]}, [True, False, False]),
    "accounting": (
        "E(town.loss, do=walls) - E(town.loss, do=no_walls)"
        " < 0.1 * (E(town.cost, do=no_walls) - E(town.cost, do=walls))",
        {
            "E(town.loss, do=walls)": [-1.0, -1.0, -1.0],
            "E(town.loss, do=no_walls)": [-1.1, -2.0, -3.0],
            "E(town.cost, do=no_walls)": [0.0, 0.0, 0.0],
            "E(town.cost, do=walls)": [-2.0, -2.0, -2.0],
        },
        [True, False, False],
    ),
    "comparative static": (
        "P(war, prize=8) - P(war, prize=2) > 0.05",
        {"P(war, prize=8)": [0.3, 0.3, 0.2], "P(war, prize=2)": [0.1, 0.28, 0.3]},
        [True, False, False],
    ),
    "causal response": (
        "P(fleet.attack, by=end, do=walls) - P(fleet.attack, by=end, do=no_walls) > 0",
        {"P(fleet.attack, by=end, do=walls)": [0.5, 0.3, 0.1], "P(fleet.attack, by=end, do=no_walls)": [0.2, 0.3, 0.3]},
        [True, False, False],
    ),
    "evidential": ("log_factor > log(5)", {}, [True, False, False]),
    "preference": (
        "EV(fleet.attack, at=strait) < EV(fleet.wait, at=strait)",
        {"EV(fleet.attack, at=strait)": [-1.0, 0.0, 2.0], "EV(fleet.wait, at=strait)": [0.0, 0.0, 0.0]},
        [True, False, False],
    ),
    "data": ("P(war) < 0.3 and evidence > 3", {"P(war)": [0.1, 0.3, 0.5]}, [True, False, False]),
}
"""Kind to a test, the answers to its quantities in three draws, and where it holds."""


@pytest.mark.parametrize("kind", JUDGED)
def test_a_test_of_each_kind_is_decided_in_each_draw(by_hand: Callable[..., Any], kind: str) -> None:
    test, answers, holds = JUDGED[kind]
    found = by_hand({"kind": kind, "holds_if": test}, answers, evidence=[6.0, 5.0, 1.0]).truth
    assert found.strict.tolist() == holds
    assert found.loose.tolist() == holds
    assert not found.vacuous.any()


def test_every_kind_of_claim_has_a_test_here() -> None:
    assert set(JUDGED) == set(KINDS)


def test_a_hedge_word_stands_for_its_strict_and_its_loose_threshold(by_hand: Callable[..., Any]) -> None:
    found = by_hand({"holds_if": "P(war) < unlikely"}, {"P(war)": [0.04, 0.2, 0.4]}).truth
    assert found.strict.tolist() == [True, False, False]
    assert found.loose.tolist() == [True, True, False]


def test_a_word_in_a_contrast_reads_level_as_the_base(by_hand: Callable[..., Any]) -> None:
    test = "abs(P(war, do=walls) - P(war, do=no_walls)) < not_much"
    answers = {"P(war, do=walls)": [0.0, 0.5, 0.5], "P(war, do=no_walls)": [0.04, 0.59, 0.64]}
    found = by_hand({"kind": "contrast", "holds_if": test}, answers).truth
    assert found.strict.tolist() == [False, False, False]
    assert found.loose.tolist() == [True, True, False], "0.05, a fifth of 0.59, a fifth of 0.64"
    np.testing.assert_allclose(found.quantities["value"], [0.04, 0.09, 0.14])
    np.testing.assert_allclose(found.quantities["absolute"], [-0.04, -0.09, -0.14])
    np.testing.assert_allclose(found.quantities["relative"], [-1, -0.09 / 0.59, -0.14 / 0.64])
    assert found.in_proportion is not None
    assert found.in_proportion.tolist() == [False, True, False], "a fifth of the base rate is the claim's threshold"


def test_a_word_that_speaks_of_level_needs_a_contrast(by_hand: Callable[..., Any]) -> None:
    with pytest.raises(InputError, match="where nothing is contrasted"):
        by_hand({"holds_if": "P(war) < not_much"}, {"P(war)": [0.1]})


def test_a_contrast_may_stand_on_either_side(by_hand: Callable[..., Any]) -> None:
    answers = {"P(war, do=walls)": [0.5, 0.1], "P(war, do=no_walls)": [0.1, 0.5]}
    found = by_hand({"holds_if": "0.2 < P(war, do=walls) - P(war, do=no_walls)"}, answers).truth
    assert found.strict.tolist() == [True, False]
    assert found.quantities["base"].tolist() == [0.1, 0.5]
    assert found.in_proportion is not None
    assert found.in_proportion.tolist() == [True, False]


@pytest.mark.parametrize("threshold", ["0.01", "-0.01"])
def test_a_contrast_read_relatively_keeps_the_side_of_its_threshold(
    by_hand: Callable[..., Any], threshold: str
) -> None:
    answers = {"P(war, do=walls)": [0.1, 0.3, 0.29], "P(war, do=no_walls)": [0.3, 0.3, 0.3]}
    test = f"P(war, do=walls) - P(war, do=no_walls) < {threshold}"
    found = by_hand({"holds_if": test}, answers).truth
    assert found.in_proportion is not None
    assert found.in_proportion.tolist() == ([True, True, True] if threshold == "0.01" else [True, False, False])


def test_both_forms_of_every_contrast_are_kept_whatever_its_kind(by_hand: Callable[..., Any]) -> None:
    for kind in ("contrast", "comparative static", "causal response"):
        test, answers, _ = JUDGED[kind]
        found = by_hand({"kind": kind, "holds_if": test}, answers).truth
        assert {"value", "base", "other", "absolute", "relative"} <= found.quantities.keys()


def test_the_zero_of_a_whole_payoff_is_arbitrary_so_it_has_no_proportion(by_hand: Callable[..., Any]) -> None:
    answers = {"E(town, do=walls)": [1.0], "E(town, do=no_walls)": [0.5]}
    found = by_hand({"holds_if": "E(town, do=walls) - E(town, do=no_walls) > 0"}, answers).truth
    assert found.strict.tolist() == [True]
    assert np.isnan(found.quantities["relative"]).all()


def test_a_draw_that_does_not_matter_is_vacuous_not_false(by_hand: Callable[..., Any]) -> None:
    claim = {"kind": "comparative", "holds_if": "P(lost) > P(at_sea)", "matters_if": "P(lost) > 0.001"}
    found = by_hand(claim, {"P(lost)": [0.3, 0.0001, 0.01], "P(at_sea)": [0.1, 0.0, 0.4]}).truth
    assert found.strict.tolist() == [True, False, False]
    assert found.vacuous.tolist() == [False, True, False]


def test_a_conditional_with_nothing_to_condition_on_is_vacuous(by_hand: Callable[..., Any]) -> None:
    found = by_hand(
        {"kind": "conditional", "holds_if": "P(lost, given=war) > 0.5"}, {"P(lost, given=war)": [0.6, NAN]}
    ).truth
    assert found.vacuous.tolist() == [False, True]


def test_a_draw_is_vacuous_only_for_a_claim_that_needs_the_conditional(by_hand: Callable[..., Any]) -> None:
    answers = {"P(war)": [0.9, 0.1, 0.9], "P(lost, given=war)": [NAN, NAN, 0.2]}
    either = by_hand({"holds_if": "P(war) > 0.5 or P(lost, given=war) > 0.5"}, answers).truth
    assert (either.strict.tolist(), either.vacuous.tolist()) == ([True, False, True], [False, True, False])
    both = by_hand({"holds_if": "P(war) > 0.5 and P(lost, given=war) > 0.5"}, answers).truth
    assert (both.strict.tolist(), both.vacuous.tolist()) == ([False, False, False], [True, False, False])
    neither = by_hand({"holds_if": "not (P(war) > 0.5 or P(lost, given=war) > 0.5)"}, answers).truth
    assert (neither.strict.tolist(), neither.vacuous.tolist()) == ([False, False, False], [False, True, False])


def test_tests_that_differ_by_reading_are_both_kept(by_hand: Callable[..., Any]) -> None:
    claim = {"holds_if": {"strict": "P(lost) > 5 * P(at_sea)", "loose": "P(lost) > P(at_sea)"}}
    found = by_hand(claim, {"P(lost)": [0.6, 0.3], "P(at_sea)": [0.1, 0.2]}).truth
    assert (found.strict.tolist(), found.loose.tolist()) == ([True, False], [True, True])


def test_blocks_of_draws_join_to_the_same_truths(by_hand: Callable[..., Any]) -> None:
    test, answers, _ = JUDGED["contrast"]
    whole = by_hand({"kind": "contrast", "holds_if": test}, answers)
    parts = []
    for positions in ([0], [1, 2]):
        some = {text: np.array(values)[positions] for text, values in answers.items()}
        parts.append(by_hand({"kind": "contrast", "holds_if": test}, some).truths)
    joined = join(parts)["T"]
    assert joined.strict.tolist() == whole.truth.strict.tolist()
    for name, values in whole.truth.quantities.items():
        np.testing.assert_array_equal(joined.quantities[name], values)


def test_outcomes_go_by_their_name_under_every_intervention(
    harbour: Callable[..., Any], solved: Callable[..., Any]
) -> None:
    claims = [
        {"id": "A", "by": "author", "says": "Walls help.", "holds_if": "P(war, do=walls) < P(war) and E(town) > 0"}
    ]
    solved_case = solved(harbour(claims=claims))
    asked = agenda(solved_case.case)
    answers = solved_case.answers(asked)
    rows = outcomes(asked, solved_case.draws, answers)
    assert set(rows) == {
        ("as played", "war"),
        ("as played", "walled_at_end"),
        ("do walls", "war"),
        ("as played", "E(town, by=3)"),
    }
    assert judge(asked, solved_case.draws, answers)["A"].strict.shape == (3,)


def test_what_is_not_a_number_says_nothing_and_is_no_failure(by_hand: Callable[..., Any]) -> None:
    """A logarithm of a negative number is neither below nor above anything, with quantities beside it or not."""
    judged = by_hand({"holds_if": "log(evidence - 1) < 1"}, {}, evidence=[0.5, 2.0, 9.0])
    assert judged.truth.vacuous.tolist() == [True, False, False]
    assert judged.truth.strict.tolist() == [False, True, False]
    both = by_hand({"holds_if": "log(evidence - 1) < 1 and P(war) < 0.5"}, {"P(war)": [0.1, 0.1]}, evidence=[0.5, 2.0])
    assert both.truth.vacuous.tolist() == [True, False]
