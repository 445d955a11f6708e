"""The traps that tests of claims fall into (theory, 5.8), each with what is said or done about it here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.claims.agenda import agenda
from assay.claims.construction import can_differ
from assay.claims.evidence import Again, Audit, Evidence
from assay.claims.fingerprint import fingerprint_tests
from assay.claims.judge import judge
from assay.claims.riders import riders
from assay.claims.verdicts import verdict

NAN = float("nan")


def said(judged: Any, claim: str = "T", **evidence: Any) -> dict[str, Any]:
    truth = judged.truths[claim]
    found = verdict(truth, "author", np.zeros(truth.strict.shape, bool))
    return {rider.kind: rider for rider in riders(judged.asked, found, truth, Evidence("author", **evidence))}


def test_floor_of_an_absolute_contrast(by_hand: Callable[..., Any]) -> None:
    """Where war is rare anyway, "less than a point" cannot fail; read relatively it does, and both are said."""
    answers = {"P(war, do=walls)": np.full(50, 0.001), "P(war, do=no_walls)": np.full(50, 0.003)}
    judged = by_hand({"kind": "contrast", "holds_if": "abs(P(war, do=walls) - P(war, do=no_walls)) < 0.01"}, answers)
    assert judged.truth.strict.all()
    relative = said(judged)["relative"].data
    assert (relative["share"], relative["base"]) == (0.0, pytest.approx(0.003))
    assert relative["change"] == pytest.approx(-2 / 3)


def test_negligible_draws_are_neither_failures_nor_left_out_unsaid(by_hand: Callable[..., Any]) -> None:
    east = np.array([1e-4] * 68 + [0.01] * 32)
    west = np.array([1e-5] * 68 + [0.1] * 7 + [0.001] * 25)
    claim = {"holds_if": "P(lost) > P(at_sea)", "matters_if": "max(P(lost), P(at_sea)) > 0.001"}
    judged = by_hand(claim, {"P(lost)": west, "P(at_sea)": east})
    found = verdict(judged.truth, "author", np.zeros(100, bool))
    assert (found.word, found.strict.share, found.draws) == ("vacuous", 7 / 32, 32)
    assert said(judged)["vacuous"].data["share"] == 0.68


def test_a_small_change_of_next_to_nothing_is_small_in_points_and_nothing_in_proportion(
    by_hand: Callable[..., Any],
) -> None:
    tiny = {"P(war, do=walls)": [1e-12, 0.3], "P(war, do=no_walls)": [1e-13, 0.3]}
    points = by_hand({"holds_if": "abs(P(war, do=walls) - P(war, do=no_walls)) < not_much"}, tiny)
    assert (points.truth.strict.tolist(), points.truth.vacuous.tolist()) == ([True, True], [False, False])
    shares = by_hand({"holds_if": "abs(P(war, do=walls) - P(war, do=no_walls)) < 0.2 * P(war, do=no_walls)"}, tiny)
    assert (shares.truth.strict.tolist(), shares.truth.vacuous.tolist()) == ([False, True], [True, False])


def test_no_ratio_and_no_margin_is_taken_below_the_numerical_floor(by_hand: Callable[..., Any]) -> None:
    tiny = {"P(lost)": [1e-20, 1e-20, 0.2], "P(at_sea)": [1e-30, 0.2, 1e-20]}
    judged = by_hand({"kind": "comparative", "holds_if": "P(lost) > 5 * P(at_sea)"}, tiny)
    assert judged.truth.vacuous.tolist() == [True, False, False]
    assert judged.truth.strict.tolist() == [False, False, True]
    assert said(judged)["floor"].data["share"] == pytest.approx(1 / 3)
    ratio = by_hand({"kind": "comparative", "holds_if": "P(lost) / P(at_sea) > 5"}, tiny)
    assert ratio.truth.vacuous.tolist() == [True, False, True]
    noise = {"P(war, do=walls)": [0.3 + 1e-12], "P(war, do=no_walls)": [0.3]}
    margin = by_hand({"holds_if": "P(war, do=walls) - P(war, do=no_walls) > 0"}, noise)
    assert margin.truth.strict.tolist() == [False]
    assert margin.truth.quantities["absolute"].tolist() == [0.0]


GARDEN = {
    "actors": {
        "town": {"name": "The gardener", "precision": "sharp_town"},
        "fleet": {"name": "The bird", "precision": 1},
    },
    "world": {"hedge": {"values": ["none", "grown"], "start": "none"}},
    "define": {},
    "order": [
        {
            "stage": "garden",
            "mover": "town",
            "moves": {"rest": {}, "plant": {"when": "hedge == none", "then": {"hedge": "grown"}, "cost": "wall_cost"}},
        },
        {"stage": "sky", "mover": "fleet", "moves": {"sing": {}, "fly": {"pays": {"fleet": {"joy": "prize"}}}}},
        {"chance": "weather", "branches": {"hail": {"p": "storm", "end": "ruin"}, "sun": {"p": "rest"}}},
    ],
    "payoffs": {"town": {"each_period": {"view": "1 if hedge == grown else 0"}}},
    "endings": {"ruin": {"tags": ["war"], "pays": {"town": {"loss": -5}}}},
    "policies": {"plants": {"play": {"town.garden": ["plant", "rest"]}}, "rests": {"play": {"town.garden": ["rest"]}}},
    "regimes": {},
    "outcomes": {},
}


def test_zero_by_construction_is_traced_and_said(harbour: Callable[..., Any], solved: Callable[..., Any]) -> None:
    idle = "P(fleet.fly, by=end, do=plants) - P(fleet.fly, by=end, do=rests) > 0.05"
    busy = "P(hedge == grown, at=end, do=plants) - P(hedge == grown, at=end, do=rests) > 0.05"
    claims = [
        {"id": name, "by": "author", "says": "It answers.", "kind": "causal response", "holds_if": test}
        for name, test in (("idle", idle), ("busy", busy))
    ]
    asked = solved(harbour(**GARDEN, claims=claims), count=20)
    agreed = agenda(asked.case)
    assert [can_differ(agreed, each) for each in agreed.trials] == [False, True]
    truths = judge(agreed, asked.draws, asked.answers(agreed))
    kinds = {}
    for claim, truth in truths.items():
        found = verdict(truth, "author", np.zeros(20, bool))
        kinds[claim] = {rider.kind for rider in riders(agreed, found, truth, Evidence("author"))}
    assert "by construction" in kinds["idle"]
    assert "by construction" not in kinds["busy"]


def test_noise_does_it(harbour: Callable[..., Any], solved: Callable[..., Any]) -> None:
    """A weak "might" holds although, and because, nobody pursues an interest: the null run gives the same word."""
    claim = {"id": "T", "by": "author", "says": "It might.", "holds_if": "P(fleet.attack, by=end) > 0.05"}
    asked = solved(harbour(claims=[claim]), count=40)
    agreed = agenda(asked.case)
    curve = {scale: judge(agreed, asked.draws, asked.answers(agreed, scale)) for scale in (0.0, 1.0, 4.0)}
    found = verdict(curve[1.0]["T"], "author", np.zeros(40, bool))
    assert found.word == "holds"
    evidence = Evidence(
        "author", audit=Audit(Again(curve[1.0]), curve={scale: Again(each) for scale, each in curve.items()})
    )
    kinds = {rider.kind: rider for rider in riders(agreed, found, curve[1.0]["T"], evidence)}
    assert "uninformative" in kinds
    assert kinds["precision curve"].data["strict"].keys() == {0.0, 1.0, 4.0}


def test_a_modelling_constant_that_leads_is_said_first(by_hand: Callable[..., Any]) -> None:
    judged = by_hand({"holds_if": "P(war) < unlikely"}, {"P(war)": [0.01, 0.1, 0.2, 0.5]})
    kinds = list(said(judged, hinges={"T": ("sharp_town",)}))
    assert kinds[0] == "modelling constant"
    assert "wide reading" in kinds


def test_any_is_the_worse_direction_not_the_average(by_hand: Callable[..., Any]) -> None:
    answers = {"P(lost, given=at_sea)": [0.9, 0.9], "P(lost, given=taken)": [0.3, 0.8]}
    claim = {"holds_if": "min(P(lost, given=at_sea), P(lost, given=taken)) > 0.55"}
    assert by_hand(claim, answers).truth.strict.tolist() == [False, True]
    average = {"holds_if": "(P(lost, given=at_sea) + P(lost, given=taken)) / 2 > 0.55"}
    assert by_hand(average, answers).truth.strict.tolist() == [True, True], "which hides the worse direction"


def test_a_preference_is_not_a_frequency(harbour: Callable[..., Any], solved: Callable[..., Any]) -> None:
    """An attack that is preferred and yet rare, because it is seldom thought of."""
    order = [
        {
            "stage": "strait",
            "mover": "fleet",
            "moves": {"wait": {}, "attack": {"weight": 0.001, "pays": {"fleet": {"prize": "prize"}}}},
        }
    ]
    claims = [
        {"id": "often", "by": "author", "says": "No interest.", "holds_if": "P(fleet.attack, at=strait) < unlikely"},
        {
            "id": "wants",
            "by": "author",
            "says": "No interest.",
            "kind": "preference",
            "holds_if": "EV(fleet.attack, at=strait) < EV(fleet.wait, at=strait)",
        },
    ]
    case = harbour(
        order=order,
        claims=claims,
        policies={},
        regimes={},
        outcomes={},
        endings={},
        payoffs={},
        assumptions={
            **{
                name: found.model_dump(exclude_none=True, exclude_defaults=True)
                for name, found in harbour().assumptions.items()
            },
            "prize": {"range": [1, 2], "unit": "util/fleet", "means": "what it gains", "source": "judgement"},
        },
    )
    asked = solved(case, "other", count=10)
    agreed = agenda(case)
    truths = judge(agreed, asked.draws, asked.answers(agreed))
    assert truths["often"].strict.all()
    assert not truths["wants"].strict.any()


def test_in_which_case_forces_the_event_instead_of_selecting_for_it(
    harbour: Callable[..., Any], solved: Callable[..., Any]
) -> None:
    case = harbour(
        outcomes={
            "selected": {"value": "P(lost, by=end, given=fleet.attack)"},
            "forced": {"value": "P(lost, by=end, given=fleet.attack, do=attack)"},
        }
    )
    asked = solved(case, count=3)
    selected, forced = asked.answers().values()
    assert (np.abs(selected - forced) > 1e-3).all()


def test_a_cloned_move_changes_nothing_if_the_weights_are_shared(
    harbour: Callable[..., Any], solved: Callable[..., Any]
) -> None:
    def siege(moves: dict[str, Any]) -> list[Any]:
        chance = {"taken": {"p": "falls", "end": "taken"}, "held": {"p": "rest", "end": "beaten"}}
        return [
            {
                "stage": "siege",
                "mover": "fleet",
                "moves": {"lift": {}, **{m: {**w, "chance": chance} for m, w in moves.items()}},
            }
        ]

    parts = {"policies": {}, "regimes": {}, "outcomes": {"war": {"value": "P(war)"}}}
    answers = [
        next(iter(solved(harbour(order=siege(moves), **parts)).answers().values()))
        for moves in (
            {"storm": {}},
            {"storm": {"weight": 0.5}, "assault": {"weight": 0.5}},
            {"storm": {}, "assault": {}},
        )
    ]
    np.testing.assert_allclose(answers[0], answers[1], atol=1e-12)
    assert (np.abs(answers[0] - answers[2]) > 1e-3).all(), "a clone with a weight of its own does change it"


def test_tests_are_fixed_and_hashed_before_a_run(harbour: Callable[..., Any]) -> None:
    claim = {"id": "T", "by": "author", "says": "War is unlikely.", "holds_if": "P(war) < unlikely"}

    def hashed(**changes: Any) -> str:
        return fingerprint_tests(harbour(**{"claims": [claim], **changes}))

    same = hashed()
    assert hashed() == same
    assert hashed(title="Another title") == same
    assert hashed(claims=[{**claim, "holds_if": "P( war )  <unlikely"}]) == same
    assert hashed(claims=[{**claim, "notes": "A remark."}]) == same
    different = [
        hashed(claims=[{**claim, "holds_if": "P(war) <= unlikely"}]),
        hashed(claims=[{**claim, "matters_if": "P(war) > 0.001"}]),
        hashed(claims=[{**claim, "relative": 0.1}]),
        hashed(claims=[{**claim, "joint": False}]),
        hashed(claims=[{**claim, "rejected": ["P(war) < 0.5: too easy"]}]),
        hashed(readings={"unlikely": {"strict": 0.05, "loose": 0.4}}),
        hashed(outcomes={"war": {"value": "P(war, by=2)"}}),
    ]
    assert len({same, *different}) == 1 + len(different)


def test_evidence_only_says_what_follows_from_stated_likelihoods(by_hand: Callable[..., Any]) -> None:
    judged = by_hand({"kind": "evidential", "holds_if": "log_factor > log(3)"}, {}, evidence=[2.0, 4.0, 9.0])
    assert judged.truth.strict.tolist() == [False, True, True]
    assert set(said(judged)) == {"assumed"}


def test_every_trap_of_the_list_has_a_test() -> None:
    """One name for each; grid and types are traps of private types, which no case can have yet."""
    here = Path(__file__).read_text(encoding="utf-8")
    traps = {
        "floor of an absolute contrast": "test_floor_of_an_absolute_contrast",
        "negligible draws": "test_negligible_draws_are",
        "numerical floor": "test_no_ratio_and_no_margin",
        "zero by construction": "test_zero_by_construction",
        "noise does it": "test_noise_does_it",
        "modelling constants as hinges": "test_a_modelling_constant_that_leads",
        "average over any": "test_any_is_the_worse_direction",
        "preference by frequency": "test_a_preference_is_not_a_frequency",
        "in which case by conditioning": "test_in_which_case_forces_the_event",
        "step and clones": "test_a_cloned_move",
        "tests are fixed and hashed": "test_tests_are_fixed_and_hashed",
    }
    assert all(f"def {name}" in here for name in traps.values())
