"""Every kind of rider: when it is said, when it is not, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from assay.claims.constants import modelling_constants, roles_of
from assay.claims.evidence import CURVE, Again, Audit, Evidence
from assay.claims.premises import premises
from assay.claims.riders import KINDS, riders
from assay.claims.say import percent
from assay.claims.verdict import Rider, Truth
from assay.claims.verdicts import verdict

NAN = float("nan")
MANY = 100


class Said:
    """Riders of a claim judged by hand, for given evidence."""

    def __init__(self, judged: Any, perspective: str = "author") -> None:
        self.judged, self.perspective = judged, perspective

    def __call__(self, unresolved: Any = None, claim: str = "T", **evidence: Any) -> dict[str, Rider]:
        truth = self.judged.truths[claim]
        missed = np.zeros(truth.strict.shape, bool) if unresolved is None else np.array(unresolved)
        found = verdict(truth, self.perspective, missed)
        said = riders(self.judged.asked, found, truth, Evidence(self.perspective, **evidence))
        kinds = [rider.kind for rider in said]
        assert kinds == sorted(kinds, key=KINDS.index)
        return {rider.kind: rider for rider in said}


@pytest.fixture
def level(by_hand: Callable[..., Any]) -> Said:
    """A level claim that holds in the lower three fifths of a hundred draws."""
    return Said(by_hand({"holds_if": "P(war) < 0.6"}, {"P(war)": (np.arange(MANY) + 0.5) / MANY}))


def changed(truth: Truth, strict: Any, loose: Any = None) -> dict[str, Truth]:
    strict = np.array(strict)
    return {"T": replace(truth, strict=strict, loose=strict if loose is None else np.array(loose))}


def first(count: int, draws: int = MANY) -> Any:
    return np.arange(draws) < count


def audit(said: Said, **parts: Any) -> Audit:
    """An audit from truths; every way solved every draw."""
    made = {name: wrapped(part) if name != "other" else part for name, part in parts.items()}
    return Audit(selected=Again(said.judged.truths), **made)


def wrapped(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(wrapped, part))
    if isinstance(part, dict) and all(isinstance(key, float) for key in part):
        return {key: wrapped(each) for key, each in part.items()}
    return Again(part) if isinstance(part, dict) else part


def test_a_plain_verdict_has_no_riders(level: Said) -> None:
    assert level() == {}


def test_unresolved_draws_are_counted_in_and_said(level: Said) -> None:
    said = level(unresolved=first(3))["unresolved"]
    assert said.text == "3 draws were not solved to the residual asked for; they are counted in."
    lost = level(unresolved=first(3), lost=first(1))["unresolved"]
    assert lost.data == {"draws": 3, "lost": 1}
    one = level(unresolved=first(1))["unresolved"]
    assert one.text == "1 draw was not solved to the residual asked for; it is counted in."
    assert "1 of them gave no number" in lost.text


def test_another_selection_that_tells_another_story_is_said(level: Said) -> None:
    other = changed(level.judged.truth, first(10))
    said = level(audit=audit(level, principal=other))["selection"]
    assert said.data["differ"] == 0.5
    assert "in 50 of 100 draws audited; the word would be fails." in said.text
    assert "selection" not in level(audit=audit(level, principal=level.judged.truths))


def test_a_truth_that_depends_on_the_equilibrium_is_said(level: Said) -> None:
    counts = np.where(first(60), 2, 1)
    other = (level.judged.truths, changed(level.judged.truth, first(10)))
    said = level(audit=audit(level, starts=other, equilibria=counts))["equilibria"]
    assert said.text == (
        "Depends on which equilibrium in 50 of 100 draws audited, from 2 starts (60 have several): the share is from "
        "10% to 60%, the word fails or mostly holds. It holds in 60% of them on the selected one, in 10% on every one, "
        "in 60% on some."
    )
    assert (said.data["on_selected"], said.data["on_every"], said.data["on_some"]) == (0.6, 0.1, 0.6)
    assert said.data["several"] == 60
    near = (level.judged.truths, changed(level.judged.truth, first(59)))
    text = level(audit=audit(level, starts=near))["equilibria"].text
    assert "the share is from 59% to 60%, the word is the same on every one found." in text


def test_a_truth_that_is_the_same_on_every_equilibrium_is_said_to_be(level: Said) -> None:
    same = (level.judged.truths, level.judged.truths)
    several = level(audit=audit(level, starts=same, equilibria=np.where(first(60), 2, 1)))["equilibria"]
    assert several.text == (
        "Several equilibria in 60 of 100 draws audited, found from 2 starts; it comes out the same on every one found."
    )
    assert (several.data["depends"], several.data["several"]) == (0, 60)
    one = level(audit=audit(level, starts=same, equilibria=np.ones(MANY, dtype=int)))["equilibria"]
    assert one.text == "One equilibrium found in each of 100 draws audited, from 2 starts."
    alone = level(audit=audit(level, starts=same[:1], equilibria=np.ones(MANY, dtype=int)))
    assert "equilibria" not in alone, "where nothing can differ nothing is said"


def test_a_start_that_did_not_solve_a_draw_says_nothing_of_it(level: Said) -> None:
    other = Again(changed(level.judged.truth, first(10)), missed=first(60) & ~first(15))
    said = level(audit=audit(level, starts=(level.judged.truths, other), principal=other))
    assert said["equilibria"].data["depends"] == 5
    assert said["selection"].data["draws"] == 55
    lost = Again(changed(level.judged.truth, first(10)), missed=np.ones(MANY, dtype=bool))
    chosen = {"tight": lost, "starts": (level.judged.truths, level.judged.truths)}
    assert level(audit=audit(level, **chosen))["equilibria"].data["depends"] == 0, "nor does the selected one"
    assert said["selection"].text.startswith("Selected otherwise (principal branch) it comes out otherwise in 5 of 55")
    assert "45 more draws are left out: they were not solved both ways." in said["selection"].text


LOST = np.ones(MANY, dtype=bool)


def test_a_selection_that_solved_nothing_is_said_to_compare_nothing(level: Said) -> None:
    lost = Again(changed(level.judged.truth, first(10)), missed=LOST)
    said = level(audit=audit(level, principal=lost, other="principal branch"))["selection"]
    assert said.text == (
        "Selected otherwise (principal branch) it could not be compared in 100 of 100 draws audited: they were not "
        "solved both ways."
    )
    assert said.data == {"differ": None, "draws": 0, "unsolved": 100, "selected": None, "other": None}


def test_draws_that_another_selection_did_not_solve_are_counted_where_the_others_agree(level: Said) -> None:
    same = Again(level.judged.truths, missed=first(3))
    said = level(audit=audit(level, principal=same))["selection"]
    assert said.text == (
        "Selected otherwise (principal branch) it comes out the same in each of 97 draws audited. 3 more draws are "
        "left out: they were not solved both ways."
    )
    assert (said.data["differ"], said.data["draws"], said.data["unsolved"]) == (0.0, 97, 3)


def test_starts_that_solved_nothing_are_said_to_compare_nothing(level: Said) -> None:
    lost = (Again(level.judged.truths, missed=LOST), Again(level.judged.truths, missed=LOST))
    said = level(audit=audit(level, starts=lost, equilibria=np.ones(MANY, dtype=int)))["equilibria"]
    assert said.text == (
        "Equilibria could not be compared in 100 of 100 draws audited, from 2 starts: fewer than two of their "
        "solutions met the residual."
    )
    assert (said.data["draws"], said.data["unsolved"], said.data["words"]) == (0, 100, [])
    assert said.data["low"] is said.data["on_every"] is None


def test_draws_that_fewer_than_two_starts_solved_are_left_out_of_the_equilibria(level: Said) -> None:
    one = Again(changed(level.judged.truth, first(10)), missed=first(40))
    said = level(audit=audit(level, starts=(one, one), equilibria=np.ones(MANY, dtype=int)))["equilibria"]
    assert said.text.startswith("Depends on which equilibrium in 20 of 60 draws audited, from 2 starts")
    assert said.text.endswith("40 more draws are left out: fewer than two of their solutions met the residual.")
    same = Again(level.judged.truths, missed=first(1))
    said = level(audit=audit(level, starts=(same, same), equilibria=np.ones(MANY, dtype=int)))["equilibria"]
    assert said.text == (
        "One equilibrium found in each of 99 draws audited, from 2 starts. 1 more draw is left out: fewer than two of "
        "its solutions met the residual."
    )


def test_what_beliefs_do_is_not_compared_where_nothing_was_solved(level: Said) -> None:
    lost = Again(level.judged.truths, missed=LOST, how="saw the numbers as they are")
    some = Again(level.judged.truths, missed=first(3), how="9 nodes instead of 5")
    said = level(audit=audit(level, grids=(lost, some), unlearning=lost, seeing=lost))
    assert said["grid"].text == (
        "On another grid of beliefs: with saw the numbers as they are it could not be compared in 100 of 100 draws "
        "audited: they were not solved both ways; with 9 nodes instead of 5 it comes out otherwise in 0 of 97 draws "
        "audited, and what is compared moves by at most 0 (3 more draws are left out: they were not solved both ways)."
    )
    assert [each["differ"] for each in said["grid"].data["grids"]] == [None, 0.0]
    assert said["learning"].text == (
        "If nobody drew conclusions from moves: it could not be compared in 100 of 100 draws audited: they were not "
        "solved both ways."
    )
    assert said["misperception"].text.startswith("If everybody saw the numbers as they are: it could not be compared")
    assert said["learning"].data["without"] is said["learning"].data["other"] is None
    left = level(audit=audit(level, unlearning=some))["learning"]
    assert left.text == (
        "If nobody drew conclusions from moves, it would come out the same in all of the 97 draws audited. 3 more "
        "draws are left out: they were not solved both ways."
    )


def test_the_reading_that_moves_is_the_one_that_is_named(level: Said, by_hand: Callable[..., Any]) -> None:
    never = Said(by_hand({"holds_if": "P(war) < 0.001"}, {"P(war)": (np.arange(MANY) + 0.5) / MANY}))
    truth, none = never.judged.truth, np.zeros(MANY, bool)
    loosely = changed(truth, none, first(50))
    said = never(audit=audit(never, unlearning=Again(loosely)))["learning"]
    assert said.text == (
        "If nobody drew conclusions from moves, it would hold, read loosely, in 50% instead of 0% of the 100 draws "
        "audited; the word would be mostly fails."
    )
    assert (said.data["with"], said.data["without"], said.data["loose_without"]) == (0.0, 0.0, 0.5)
    both = never(audit=audit(never, unlearning=Again(changed(truth, first(10), first(50)))))["learning"]
    assert "hold, read strictly, in 10% instead of 0% and, read loosely, in 50% instead of 0% of the 100" in both.text
    swapped = np.roll(first(60), 5)
    same = level(audit=audit(level, unlearning=Again(changed(truth, swapped))))["learning"]
    assert same.text == (
        "If nobody drew conclusions from moves, it would come out otherwise in 10 of 100 draws audited, which leaves "
        "the share at 60%; the word stays the same."
    )
    found = never(audit=audit(never, starts=(Again(loosely),)))["equilibria"]
    assert "read loosely, the share is from 0% to 50%, the word fails or mostly fails. It holds in 0% of" in found.text
    assert (found.data["low"], found.data["high"], found.data["loose"]["high"]) == (0.0, 0.0, 0.5)


def test_each_precision_is_compared_where_both_were_solved(level: Said) -> None:
    fewer = changed(level.judged.truth, first(60) & ~first(50))
    curve = {4.0: Again(fewer, missed=first(50)), 16.0: Again(level.judged.truths, missed=LOST)}
    said = level(audit=audit(level, curve=curve))["precision curve"]
    assert not said.data["noise"], "where both were solved the shares are the same"
    assert said.text == (
        "By precision: it holds in 60% as solved, 20% at four times the precision (20% as solved in the same "
        "draws). It could not be compared in 50 of 100 draws audited at four times the precision, in 100 of 100 draws "
        "audited at sixteen times the precision: not solved both ways."
    )
    assert said.data["words"] == {1.0: "mostly holds", 4.0: "fails"}
    assert said.data["as_solved"] == {4.0: "fails"}
    assert said.data["unsolved"] == {4.0: 50, 16.0: 100}
    lost = level(audit=audit(level, curve={scale: Again(level.judged.truths, missed=LOST) for scale in CURVE}))
    assert "uninformative" not in lost
    assert lost["precision curve"].data["words"] == {1.0: "mostly holds"}
    assert lost["precision curve"].text.startswith("By precision: it could not be compared in 100 of 100 draws audited")


def test_what_beliefs_do_is_said_with_and_without(level: Said) -> None:
    other = Again(changed(level.judged.truth, first(10)), how="13 nodes instead of 7")
    same = Again(level.judged.truths, how="nodes up to 4 log-odds around the prior instead of 3")
    seeing = Again(changed(level.judged.truth, first(10)), how="saw the numbers as they are")
    said = level(audit=audit(level, grids=(other, same), unlearning=other, seeing=seeing))
    assert said["grid"].text.startswith(
        "On another grid of beliefs: with 13 nodes instead of 7 it comes out otherwise in 50 of 100 draws audited, "
        "and what is compared moves by at most 0"
    )
    assert [each["differ"] for each in said["grid"].data["grids"]] == [0.5, 0.0]
    assert said["learning"].text == (
        "If nobody drew conclusions from moves, it would hold in 10% instead of 60% of the 100 draws audited; "
        "the word would be fails."
    )
    assert said["misperception"].text.startswith("If everybody saw the numbers as they are, it would hold in 10%")
    plain = level(audit=audit(level, unlearning=same))["learning"]
    assert (
        plain.text
        == "If nobody drew conclusions from moves, it would come out the same in all of the 100 draws audited."
    )
    assert (plain.data["with"], plain.data["without"], plain.data["differ"]) == (0.6, 0.6, 0.0)


def test_the_null_run_that_gives_the_same_word_makes_a_verdict_uninformative(level: Said) -> None:
    said = level(audit=audit(level, curve={0.0: changed(level.judged.truth, first(55))}))
    assert said["uninformative"].text.startswith("Uninformative: the null run, in which nobody pursues an interest")
    assert "uninformative" not in level(audit=audit(level, curve={0.0: changed(level.judged.truth, first(5))}))


@pytest.mark.parametrize(("count", "noise"), [(49, True), (50, False), (70, False), (71, True)])
def test_a_share_that_moves_by_more_than_ten_points_is_driven_by_noise(level: Said, count: int, noise: bool) -> None:
    curve = {scale: changed(level.judged.truth, first(count if scale == 4 else 60)) for scale in CURVE}
    said = level(audit=audit(level, curve=curve))["precision curve"]
    assert said.data["noise"] is noise
    assert said.data["strict"] == {0.0: 0.6, 0.25: 0.6, 1.0: 0.6, 4.0: count / 100, 16.0: 0.6}
    assert said.text.startswith(
        "Driven by noise" if noise else "By precision: it holds in 60% as solved, 60% at a quarter"
    )


def test_a_verdict_that_turns_first_on_precision_rests_on_a_modelling_constant(level: Said) -> None:
    said = level(hinges={"T": ("sharp_fleet", "prize")})["modelling constant"]
    assert said.text == (
        "Rests on a modelling constant: it turns first on how sharply the fleet follows its interest (precision)."
    )
    assert "modelling constant" not in level(hinges={"T": ("prize", "sharp_fleet")})
    assert "modelling constant" not in level(hinges={"T": ()})


def test_modelling_constants_are_those_used_in_precision_weight_or_discount_alone(harbour: Callable[..., Any]) -> None:
    case = harbour(
        assumptions={
            **{
                name: {"range": [0, 1], "unit": "1", "means": "made up", "source": "judgement"}
                for name in (
                    "sharp",
                    "base",
                    "inertia",
                    "patience",
                    "wide",
                    "both",
                    "storm",
                    "prize",
                    "wall_cost",
                    "seen",
                    "unused",
                    "sharp_town",
                    "sharp_fleet",
                    "wall_effect",
                    "evidence",
                )
            }
        },
        actors={"town": {"name": "T", "precision": "sharp * base"}, "fleet": {"name": "F", "precision": "wide + both"}},
        define={
            "falls": "expit(-wall_effect)",
            "walled": "wall != none",
            "log_factor": "log(evidence)",
            "slow": "exp(-inertia)",
        },
        discount="patience",
        perceives={"fleet": {"storm": "seen", "wide": "sharp"}},
        order=[
            {"stage": "works", "mover": "town", "moves": {"wait": {}, "plan": {"weight": "slow", "cost": "both"}}},
            {"chance": "weather", "branches": {"storm": {"p": "storm", "end": "taken"}, "still": {"p": "rest"}}},
        ],
        endings={"taken": {"tags": ["war"]}},
        payoffs={},
        policies={},
        regimes={"rough": {"set": {"patience": "unused"}}},
        outcomes={},
    )
    assert modelling_constants(case) == {
        "sharp": {"precision"},
        "base": {"precision"},
        "wide": {"precision"},
        "inertia": {"weight"},
        "patience": {"discount"},
        "unused": {"discount"},
    }
    roles = roles_of(case)
    assert roles["both"] == {"precision", "content"}
    assert roles["seen"] == {"content"}, "what an actor takes the storm to be has the storm's role"


def contrast(by_hand: Callable[..., Any], walls: Any, no_walls: Any) -> Said:
    test = "abs(P(war, do=walls) - P(war, do=no_walls)) < 0.01"
    return Said(
        by_hand({"kind": "contrast", "holds_if": test}, {"P(war, do=walls)": walls, "P(war, do=no_walls)": no_walls})
    )


def test_a_contrast_is_read_relatively_beside_its_base_rate(by_hand: Callable[..., Any]) -> None:
    said = contrast(by_hand, [0.002, 0.001, 0.9, 0.0], [0.004, 0.004, 1.0, 1e-12])()["relative"]
    assert said.data["share"] == pytest.approx(1 / 3)
    assert said.data["base"] == pytest.approx(0.004)
    assert said.data["change"] == pytest.approx(-0.5)
    assert said.text == (
        "Read relatively, against 20% of the base rate, it holds in 33%; in the median draw the base rate is 0.4% "
        "and changes by -50% (in 1 of 4 draws it is below the floor)."
    )


@pytest.mark.parametrize(
    ("walls", "said"),
    [
        (-0.5, "in the median draw the base rate is -2.5 and rises by 80% of its size."),
        (-4.5, "in the median draw the base rate is -2.5 and falls by 80% of its size."),
        (-2.5, "in the median draw the base rate is -2.5 and changes by +0%."),
    ],
)
def test_a_change_of_a_negative_base_is_said_to_rise_or_fall(
    by_hand: Callable[..., Any], walls: float, said: str
) -> None:
    test = "E(town.loss, do=walls) - E(town.loss, do=no_walls) > 0.1"
    answers = {"E(town.loss, do=walls)": [walls], "E(town.loss, do=no_walls)": [-2.5]}
    found = Said(by_hand({"kind": "contrast", "holds_if": test}, answers))()["relative"]
    assert found.text.endswith(said)


def test_a_share_of_a_whole_payoff_is_not_given(by_hand: Callable[..., Any]) -> None:
    answers = {"E(town, do=walls)": [1.0], "E(town, do=no_walls)": [0.5]}
    said = Said(by_hand({"holds_if": "E(town, do=walls) - E(town, do=no_walls) > 0"}, answers))()
    assert said["relative"].text.startswith("Given in absolute terms only")


def test_a_contrast_that_no_path_can_carry_is_by_construction(by_hand: Callable[..., Any]) -> None:
    same = "P(war, do=walls) - P(war, do=walls) > 0.01"
    said = Said(by_hand({"holds_if": same}, {"P(war, do=walls)": [0.2, 0.3]}))()["by construction"]
    assert said.text.startswith("By construction: no path leads from what is done to what is compared")
    assert "by construction" not in contrast(by_hand, [0.2, 0.3], [0.2, 0.3])(), (
        "walls can matter, though here they do not"
    )
    assert "by construction" not in contrast(by_hand, [0.2, 0.3], [0.2, 0.300001])()
    assert "by construction" not in contrast(by_hand, [1e-12, 0.0], [0.0, 1e-13])(), "that is the floor"


def test_a_test_over_assumptions_alone_is_assumed(by_hand: Callable[..., Any]) -> None:
    claim = {"kind": "evidential", "holds_if": "log_factor > 0"}
    here = by_hand(claim, {}, evidence=[2.0, 3.0])
    said = Said(here)()["assumed"]
    assert said.data == {"constant": True, "by_range": False, "own": ["evidence"]}
    there = by_hand(claim, {}, evidence=[0.5, 3.0])
    said = Said(here)(elsewhere={"other": there.truths})["assumed"]
    assert said.text == (
        "Assumed: the test speaks of assumptions alone, so it says what follows from the ranges given, and "
        "The pamphleteer leaves it no way to turn out otherwise."
    )
    curve = dict.fromkeys(CURVE, here.truths)
    assert set(
        Said(here)(audit=Audit(Again(here.truths), curve={scale: Again(each) for scale, each in curve.items()}))
    ) == {"assumed"}, "nothing is solved, so nothing is audited"


def test_vacuous_draws_are_said_beside_the_shares_of_the_rest(by_hand: Callable[..., Any]) -> None:
    claim = {"holds_if": "P(war) > 0.5", "matters_if": "P(war) > 0.1"}
    said = Said(by_hand(claim, {"P(war)": [0.0, 0.01, 0.6, 0.7]}))()["vacuous"]
    assert said.text == "50% of the draws say nothing of the claim; the shares are of the other 2."


def test_draws_below_the_floor_are_said(by_hand: Callable[..., Any]) -> None:
    said = Said(by_hand({"holds_if": "P(war) < 0.01"}, {"P(war)": [1e-12, 0.0, 0.2, 0.3]}))()["floor"]
    assert said.data["share"] == 0.5
    assert said.text == "Below the floor in 50% of the draws: every probability there is less than one in a billion."


def test_a_wide_reading_band_is_said(by_hand: Callable[..., Any]) -> None:
    said = Said(by_hand({"holds_if": "P(war) < unlikely"}, {"P(war)": [0.01, 0.1, 0.2, 0.5]}))()["wide reading"]
    assert (
        said.text == "Wide reading band: it holds in 25% read strictly, in 75% read loosely."
        or said.data["loose"] == 0.5
    )
    backwards = {"holds_if": {"strict": "P(war) < 0.3", "loose": "P(war) < 0.1"}}
    said = Said(by_hand(backwards, {"P(war)": [0.01, 0.2]}))()["wide reading"]
    assert said.text == "The strict reading holds oftener (100%) than the loose one (50%)."


def test_a_premise_that_does_no_work_is_named(by_hand: Callable[..., Any]) -> None:
    claims = [
        {"id": "A", "holds_if": "P(lost) < 0.5"},
        {"id": "T", "holds_if": "P(war) < 0.5", "because": ["A"]},
    ]
    halves = np.repeat([0.1, 0.9], 50)
    idle = by_hand(claims, {"P(lost)": halves, "P(war)": np.tile([0.1, 0.9], 50)})
    said = Said(idle)(premises=premises(idle.asked.case, idle.truths))["premise"]
    assert said.text == (
        "The premise A is not seen to do any work: the claim holds in 50% of the draws where it holds and in 50% "
        "where it does not."
    )
    many = by_hand(claims, {"P(lost)": np.repeat(halves, 40), "P(war)": np.tile([0.1, 0.9], 2000)})
    said = Said(many)(premises=premises(many.asked.case, many.truths))["premise"]
    assert said.text.startswith("The premise A does no work: ")
    working = by_hand(claims, {"P(lost)": halves, "P(war)": halves})
    assert "premise" not in Said(working)(premises=premises(working.asked.case, working.truths))
    against = by_hand(claims, {"P(lost)": halves, "P(war)": 1 - halves})
    said = Said(against)(premises=premises(against.asked.case, against.truths))["premise"]
    assert said.text.startswith("The premise A works against it")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0001, "less than 0.1%"),
        (0.0009, "0.1%"),
        (0.004, "0.4%"),
        (0.21, "21%"),
        (0.996, "99.6%"),
        (0.9999, "more than 99.9%"),
        (0.9995, "more than 99.9%"),
    ],
)
def test_a_share_is_never_rounded_to_a_false_nought_or_hundred(share: float, said: str) -> None:
    assert percent(share) == said


def everything(by_hand: Callable[..., Any]) -> list[Rider]:
    """Riders of three claims about which there is much to say."""
    test = "abs(P(war, do=walls) - P(war, do=no_walls)) < not_much"
    base = np.concatenate([np.full(50, 1e-12), np.full(50, 0.1)])
    claims = [
        {"id": "A", "holds_if": "P(lost) < 0.5"},
        {"id": "T", "kind": "contrast", "holds_if": test, "matters_if": "P(lost) > 0.1", "because": ["A"]},
        {"id": "idle", "holds_if": "P(war, do=walls) - P(war, do=walls) > 0"},
        {"id": "stated", "kind": "evidential", "holds_if": "log_factor > 0"},
    ]
    answers = {
        "P(war, do=walls)": base * 1.3,
        "P(war, do=no_walls)": base,
        "P(lost)": np.tile([0.05, 0.4, 0.4, 0.6, 0.6], 20),
    }
    judged = by_hand(claims, answers)
    truths = judged.truths
    fewer = {"T": replace(truths["T"], strict=np.zeros(MANY, bool), loose=np.zeros(MANY, bool))}
    said = Said(judged)
    checked = audit(
        said,
        principal=fewer,
        starts=(truths, fewer),
        equilibria=np.full(MANY, 2),
        curve={0.0: truths, 4.0: fewer},
        grids=(fewer,),
        unlearning=fewer,
        seeing=fewer,
    )
    parts = {"audit": checked, "hinges": {"T": ("sharp_town",)}, "premises": premises(judged.asked.case, truths)}
    found = said(unresolved=first(3), **parts)
    return [*found.values(), *said(claim="idle").values(), *said(claim="stated").values()]


def test_every_kind_of_rider_is_exercised_here(by_hand: Callable[..., Any]) -> None:
    assert {rider.kind for rider in everything(by_hand)} == set(KINDS)


def test_a_rider_is_a_sentence_with_numbers_behind_it(by_hand: Callable[..., Any]) -> None:
    for rider in everything(by_hand):
        assert rider.text[0].isupper() or rider.text[0].isdigit()
        assert rider.text.endswith(".")
        assert "nan" not in rider.text
        assert rider.data


def test_a_looser_solution_is_not_taken_for_another_equilibrium(by_hand: Callable[..., Any]) -> None:
    """Starts and the other selection are solved tightly: they are compared with the run's own selection as tight."""
    said = Said(by_hand({"holds_if": "P(war) < 0.5"}, {"P(war)": [0.1, 0.4999, 0.9]}))
    truth = said.judged.truths["T"]
    tight = {"T": replace(truth, strict=np.array([True, False, False]), loose=np.array([True, False, False]))}
    assert not {"equilibria", "selection"} & set(said(audit=audit(said, tight=tight, starts=(tight,), principal=tight)))
    without = said(audit=audit(said, starts=(tight,), principal=tight))
    assert {"equilibria", "selection"} <= set(without)


def test_no_share_is_said_of_no_draws_at_any_precision(by_hand: Callable[..., Any]) -> None:
    said = Said(by_hand({"holds_if": "P(war) > 0.5", "matters_if": "P(war) > 0.9"}, {"P(war)": [0.1, 0.2]}))
    truths = said.judged.truths
    assert "precision curve" not in said(audit=audit(said, curve={0.0: truths, 4.0: truths}))
