"""The built-in case `mine-ban` played: paths that must be there, clocks that must be exact, claims as they read."""

from __future__ import annotations

from collections.abc import Mapping
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

DRAWS = 16
NODES = 3
"""Of the belief grid for each actor: the smallest one, which makes an exact game of its own, saves most of the time."""
PARTIES = ("author", "frontline", "moscow", "union")


@cache
def case() -> Case:
    found = read(CASES / "mine-ban" / "case.yaml")
    return found.model_copy(update={"solution": found.solution.model_copy(update={"belief_nodes": NODES})})


@cache
def played(perspective: str) -> tuple[dict[str, Truth], dict[str, Floats], np.ndarray]:
    """Truths of the claims, values of the outcomes and results of some draws of a perspective."""
    asked, draws = agenda(case()), draw(case(), perspective, DRAWS, seed=20250318)
    block = solve_block(asked, draws, ordinary("warm_start", 1e-3))
    values = {name: value_of(asked, name, draws, block.answers) for name in asked.outcomes}
    return judge(asked, draws, block.answers), values, block.result


def outcomes(perspective: str) -> dict[str, Floats]:
    return played(perspective)[1]


def drawn(perspective: str) -> Mapping[str, Floats]:
    return draw(case(), perspective, DRAWS, seed=20250318).values


def compared(perspective: str, claim: str) -> Floats:
    return played(perspective)[0][claim].quantities["value"]


@pytest.mark.parametrize("timing", ["ally_last", "ally_first"])
def test_one_year_is_small_and_every_part_of_it_can_come_about(timing: str) -> None:
    skeleton = unfold(case(), alternatives={"timing": timing})
    assert len(skeleton.points) <= 1_100
    assert skeleton.unmet == ()


def test_a_draw_costs_few_solves() -> None:
    assert agenda(case()).solves <= 3


@pytest.mark.parametrize("perspective", PARTIES)
def test_nearly_every_draw_is_solved(perspective: str) -> None:
    assert np.mean(played(perspective)[2] >= Result.UNRESOLVED) < 0.1


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


def test_what_either_type_does_differs_as_the_case_says() -> None:
    """Over all readings: revisionists begin wars and secure Russias hardly any; hawks come, doves hardly ever."""
    seen = outcomes("union")
    assert np.all(seen["east_war_if_revisionist"] >= seen["east_war_if_secure"] - 1e-3)
    assert np.mean(seen["east_war_if_revisionist"]) > 10 * np.mean(seen["east_war_if_secure"])
    assert np.all(seen["defended_by_a_hawk"] >= seen["defended_by_a_dove"] - 1e-3)
    assert np.mean(seen["defended_by_a_hawk"]) > 0.25 > np.mean(seen["defended_by_a_dove"])


def test_wars_come_about_as_often_as_the_shares_of_types_say() -> None:
    for perspective in PARTIES:
        seen, share = outcomes(perspective), drawn(perspective)["share_revisionist"]
        mixed = share * seen["east_war_if_revisionist"] + (1 - share) * seen["east_war_if_secure"]
        assert np.allclose(mixed, seen["east_war"], atol=1e-9), perspective


def test_land_alone_is_worth_an_attack_to_some_of_the_governments_revisionists_and_to_none_of_the_authors() -> None:
    """C21 asks about land: the gain from splitting the alliance, which the governments fear more, is taken out."""
    worth = outcomes("frontline")["land_pays_revisionist"]
    assert np.mean(worth > 0) > 0.25 > 0.1 > np.mean(outcomes("author")["land_pays_revisionist"] > 0)
    assert np.all(outcomes("frontline")["land_pays_secure"] < 0)
    assert spearmanr(drawn("frontline")["taking_gain.revisionist"], worth).statistic > 0.3
    assert abs(spearmanr(drawn("frontline")["split_gain.revisionist"], worth).statistic) < 0.5


def test_doubt_about_the_ally_raises_the_wish_for_works() -> None:
    assert compared("union", "C18").mean() > 0


def test_the_author_and_the_governments_part_over_a_revisionist_russias_interest() -> None:
    """Neither holds that a secure Russia has any; by the governments' readings a revisionist one often has."""
    for perspective in PARTIES:
        seen = outcomes(perspective)
        assert np.mean((seen["probe_pays_secure"] < 0) & (seen["attack_pays_secure"] < 0)) > 0.9, perspective
    assert np.mean(outcomes("author")["probe_pays_revisionist"] > 0) < 0.2
    assert np.mean(outcomes("frontline")["probe_pays_revisionist"] > 0) > 0.35
    assert played("author")[0]["C20"].strict.mean() > 0.8 > 0.7 > played("frontline")[0]["C20"].strict.mean()


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
