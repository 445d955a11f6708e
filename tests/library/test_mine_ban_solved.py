"""The built-in case `mine-ban` played: paths that must be there, clocks that must be exact, claims as they read."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.stats import spearmanr

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.read import read
from assay.claims.agenda import agenda
from assay.claims.judge import judge, value_of
from assay.claims.verdict import Truth
from assay.claims.verdicts import verdict
from assay.game.game import Floats
from assay.game.unfold import unfold
from assay.library import CASES
from assay.runs.work import ordinary, solve_block
from assay.solvers.strategies import Result

DRAWS = 64
PARTIES = ("author", "frontline", "moscow", "union")


@cache
def case() -> Case:
    return read(CASES / "mine-ban" / "case.yaml")


@cache
def played(perspective: str) -> tuple[dict[str, Truth], dict[str, Floats], np.ndarray]:
    """Truths of the claims, values of the outcomes and results of 64 draws of a perspective."""
    asked, draws = agenda(case()), draw(case(), perspective, DRAWS, seed=20250318)
    block = solve_block(asked, draws, ordinary("warm_start", 1e-3))
    values = {name: value_of(asked, name, draws, block.answers) for name in asked.outcomes}
    return judge(asked, draws, block.answers), values, block.result


def outcomes(perspective: str) -> dict[str, Floats]:
    return played(perspective)[1]


def compared(perspective: str, claim: str) -> Floats:
    return played(perspective)[0][claim].quantities["value"]


@pytest.mark.parametrize("timing", ["ally_last", "ally_first"])
def test_one_year_is_small_and_every_part_of_it_can_come_about(timing: str) -> None:
    skeleton = unfold(case(), alternatives={"timing": timing})
    assert len(skeleton.points) <= 1_800
    assert skeleton.unmet == ()


def test_a_draw_costs_few_solves() -> None:
    assert agenda(case()).solves <= 6


@pytest.mark.parametrize("perspective", PARTIES)
def test_nearly_every_draw_is_solved(perspective: str) -> None:
    assert np.mean(played(perspective)[2] >= Result.UNRESOLVED) < 0.02


@pytest.mark.parametrize("perspective", PARTIES)
def test_the_six_months_pass_within_the_year_of_the_notice(perspective: str) -> None:
    seen = outcomes(perspective)
    assert np.allclose(seen["out_at_once"], 0, atol=1e-12)
    assert np.allclose(seen["out_after_half_a_year"], 1, atol=1e-9)
    assert np.allclose(seen["mined_after_two_years"], 0, atol=1e-12)
    assert np.allclose(seen["mined_after_three_years"], 1, atol=1e-9)


def test_works_make_it_less_likely_that_the_four_states_are_overrun_if_attacked() -> None:
    truth = played("union")[0]["C22-attacked"]
    fewer = truth.quantities["base"] - truth.quantities["other"]
    assert np.mean(fewer > 0) > 0.95


def test_under_the_governments_readings_works_deter_in_most_draws() -> None:
    truth = played("frontline")[0]["C22"]
    assert np.mean(truth.quantities["other"] < truth.quantities["base"]) > 0.65


def test_the_western_line_reaches_the_eastern_choice() -> None:
    for perspective in PARTIES:
        change = compared(perspective, "C28-response")
        assert np.mean(np.abs(change) > 0.005) > 0.2, perspective


def test_the_governments_threat_is_conditional_on_an_absent_ally() -> None:
    """Under their readings Russia begins a war oftener the likelier it thinks that the four states are left alone."""
    doubt = draw(case(), "frontline", DRAWS, seed=20250318).values["doubt_russia"]
    seen = outcomes("frontline")
    alone = doubt + (1 - doubt) * (1 - seen["defended"])
    assert spearmanr(alone, seen["east_war"]).statistic > 0.4


def test_land_alone_is_worth_an_attack_to_some_of_the_governments_russias_and_to_hardly_any_of_the_authors() -> None:
    """C21 asks about land: the gain from splitting the alliance, which the governments fear more, is taken out."""
    draws = draw(case(), "frontline", DRAWS, seed=20250318).values
    worth_it = ~played("frontline")[0]["C21"].loose
    assert worth_it.mean() > 0.25 > 0.1 > (~played("author")[0]["C21"].loose).mean()
    assert spearmanr(draws["taking_gain"], worth_it).statistic > 0.3
    assert abs(spearmanr(draws["split_gain"], worth_it).statistic) < 0.3


def test_doubt_about_the_ally_raises_the_wish_for_works() -> None:
    assert compared("union", "C18").mean() > 0


def test_the_author_and_the_governments_part_over_russias_interest() -> None:
    def holds(perspective: str) -> float:
        return float(played(perspective)[0]["C20"].loose.mean())

    assert holds("author") > 0.8 > 0.5 > holds("frontline")


def test_any_hot_war_means_the_less_nuclear_of_the_two() -> None:
    """Where even the war that stays conventional oftener is likely to go nuclear, few western attacks stay below."""
    truths = played("union")[0]
    nuclear = truths["C38"].strict
    assert nuclear.any()
    assert np.all(compared("union", "C35")[nuclear] < 0.34)


def test_a_strict_reading_is_never_easier_than_a_loose_one() -> None:
    for perspective in PARTIES:
        for claim, truth in played(perspective)[0].items():
            assert not np.any(truth.strict & ~truth.loose & ~truth.vacuous), (perspective, claim)


def test_the_tests_that_travel_with_the_case_pass() -> None:
    assert len(case().expect) >= 5
    for expected in case().expect:
        truths, values, result = played(expected.perspective)
        if expected.claim is not None:
            found = verdict(truths[expected.claim], expected.perspective, result >= Result.UNRESOLVED).word
            assert found in expected.word, (expected.claim, expected.perspective)
        else:
            assert expected.outcome is not None
            assert expected.value is not None
            assert np.allclose(values[expected.outcome], expected.value, atol=expected.within), expected.outcome
