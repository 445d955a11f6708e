"""Formulas in words: the examples that a reader of the report meets, and the defaults where a case has no words."""

from __future__ import annotations

import pytest

from assay.formula.parse import parse
from assay.formula.phrases import figure, listed
from assay.formula.prose import Words, prose

SAY = {
    "raid": "the probability of a raid",
    "event raid": "a raid",
    "event success": "success",
    "fence": "the fence",
    "fence == built": "the fence is built",
    "valley": "The valley",
    "hill": "the hill",
    "hill.raid": "the hill raids",
    "fence_cost": "what a fence costs.",
    "prize": "what a raid is worth",
    "trust": "trust in the alliance",
    "do=fenced": "the valley builds a fence",
    "do=unfenced": "the valley builds none",
    "regime=no_fence": "nobody may build a fence",
    "by=end": "within three years",
    "at=end": "in the last year",
    "E(valley.cost)": "what the valley spends",
    "hill == greedy": "the hill is greedy",
}
WORDS = Words(
    SAY,
    shares={"east_war", "west_war", "trust"},
    readings={
        "not_much": (parse("0.01"), parse("max(0.01, 0.2 * level)")),
        "unlikely": (parse("0.05"), parse("0.2")),
        "at_all": (parse("0"), parse("0")),
    },
    timeless=("hill == greedy",),
)
EXAMPLES = {
    "abs(P(raid, do=fenced) - P(raid, do=unfenced)) < not_much": (
        "the probability of a raid within three years if the valley builds a fence and the same if the valley builds "
        "none differ by less than 1 point (strict), or the larger of 1 point and 20% of the base rate (loose)"
    ),
    "P(raid, by=end) < unlikely": "the probability of a raid within three years is below 5% (strict) or 20% (loose)",
    "P(raid) > at_all": "the probability of a raid within three years is above 0%",
    "P(fence == built, at=end, given=not raid)": (
        "the probability that the fence is built in the last year given no raid"
    ),
    "P(hill.raid, at=raid, in=1) < 0.01": "the probability that the hill raids at ‘raid’ in period 1 is below 1%",
    "P(raid and not success, by=2027)": "the probability of a raid without success by 2027",
    "P(not (raid or success))": "the probability of neither a raid nor success within three years",
    "P(raid or fence == built, at=2)": (
        "the probability that there is a raid or the fence is built at the end of period 2"
    ),
    "P(hill == greedy)": "the probability that the hill is greedy",
    "P(not hill == greedy, given=raid)": "the probability that it is not so that the hill is greedy given a raid",
    "P(raid and hill == greedy)": "the probability that there is a raid and the hill is greedy within three years",
    "1 - P(raid) >= 0.5": "the probability of no raid within three years is at least 50%",
    "P(raid, regime=no_fence) - P(raid) >= 0.005": (
        "the probability of a raid within three years in the changed game in which nobody may build a fence exceeds "
        "the same as played by at least 0.5 points"
    ),
    "P(raid, trust=0.2) - P(raid, trust=0.8) > 0.05": (
        "the probability of a raid within three years with trust in the alliance at 20% exceeds the same with trust in "
        "the alliance at 80% by more than 5 points"
    ),
    "P(raid, given=success, do=fenced + unfenced)": (
        "the probability of a raid within three years given success if the valley builds a fence and the valley "
        "builds none"
    ),
    "P(raid, given=success, do=fenced) < P(raid, given=success, do=unfenced)": (
        "the probability of a raid within three years given success if the valley builds a fence is below the same if "
        "the valley builds none"
    ),
    "P(hill.camp.wait or hill.camp.raid, at=camp) < P(hill.camp.raid, at=fair)": (
        "the probability that the hill chooses ‘wait’ or the hill raids at ‘camp’ is below the probability that the "
        "hill chooses ‘raid’ at ‘camp’ at ‘fair’"
    ),
    "prize < unlikely * fence_cost": (
        "what a raid is worth is less than 0.05 (strict) or 0.2 (loose) times what a fence costs"
    ),
    "west_war - east_war > -0.05": "west war minus east war is above −5 points",
    "P(raid and not not success)": "the probability of a raid and success within three years",
    "P(not (raid and success))": "the probability of no raid or no success within three years",
    "west_war > 5 * east_war": "west war is more than 5 times east war",
    "raid > prize": "the probability of a raid is above what a raid is worth",
    "west_war > 0.001": "west war is above 0.1%",
    "0.001 < west_war": "0.1% is below west war",
    "west_war - east_war > 0": "west war is above east war",
    "west_war - east_war > 0.05": "west war exceeds east war by more than 5 points",
    "prize > 1000": "what a raid is worth is above 1,000",
    "E(valley.loss, do=fenced) < 0.1 * E(valley.cost)": (
        "the valley’s expected payoff from loss if the valley builds a fence is less than 10% of what the valley spends"
    ),
    "EV(hill.raid, at=raid) < EV(hill.talk, at=raid)": (
        "what the hill expects from ‘raid’ at ‘raid’ is below what the hill expects from ‘talk’ at ‘raid’"
    ),
    "N(hill.raid, by=end) > 2": "the expected number of times that the hill raids within three years is above 2",
    "expit(odds - effect * (1 if fence == built else 0))": (
        "the probability with log-odds (odds minus effect where the fence is built, otherwise 0)"
    ),
    "fence_cost if fence == built else 0": "what a fence costs if the fence is built, otherwise 0",
    "(a + b) * c - -3": "(a plus b) times c minus −3",
    "a - (b - c)": "a minus (b minus c)",
    "1 - (1 - q) ** 2": "1 minus the square of (1 minus q)",
    "clip(prize, 0, 1)": "what a raid is worth, kept between 0 and 1",
    "min(a, b, c)": "the smallest of a, b and c",
    "exp(-inertia)": "the exponential of minus inertia",
    "line == mines and treaty != out": "line is mines and treaty is not out",
    "not (line == mines or treaty == out)": "line is not mines and treaty is not out",
    "not fence == built": "it is not so that the fence is built",
    "(raid or success) and fence == built": "(there is a raid or success), and the fence is built",
    "(raid and success) or fence == built": "there is a raid and success, or the fence is built",
}


@pytest.mark.parametrize(("written", "said"), EXAMPLES.items())
def test_a_formula_is_said_so(written: str, said: str) -> None:
    assert prose(parse(written), WORDS) == said


def test_without_words_identifiers_are_said() -> None:
    assert prose(parse("P(east_attacks, by=end, do=west_full) < far_fetched"), {}) == (
        "the probability of ‘east attacks’ by the end if ‘west full’ is imposed is below far fetched"
    )
    assert prose(parse("P(hill.camp.raid, at=end)")) == (
        "the probability that hill chooses ‘raid’ at ‘camp’ at the end"
    )


def test_words_come_from_a_mapping_or_a_function() -> None:
    formula = parse("fence_cost > 3")
    assert prose(formula, {"fence_cost": "its cost"}) == "its cost is above 3"
    assert prose(formula, {"fence_cost": "its cost"}.get) == "its cost is above 3"
    assert prose(formula, {"fence_cost > 3": "it is dear"}) == "it is dear"


def test_words_that_begin_with_that_are_a_clause() -> None:
    assert (
        prose(parse("P(mined)"), {"event mined": "that the border is mined"})
        == "the probability that the border is mined"
    )


def test_a_difference_of_conditions_only_is_the_same_and_another_time_is_not() -> None:
    assert "the same" not in prose(parse("P(raid, by=1) < P(raid, by=2)"), WORDS)
    assert "the same" in prose(parse("P(raid, by=1, do=fenced) < P(raid, by=1)"), WORDS)
    assert "the same" not in prose(parse("P(raid) < P(success)"), WORDS)


@pytest.mark.parametrize(
    ("value", "scale", "said"),
    [
        (0.05, "percent", "5%"),
        (0.001, "percent", "0.1%"),
        (0.07, "percent", "7%"),
        (0.01, "points", "1 point"),
        (0.005, "points", "0.5 points"),
        (1234567.0, "plain", "1,234,567"),
        (-2.5, "plain", "−2.5"),
        (1e-9, "plain", "0.000000001"),
        (1e-15, "plain", "1e−15"),
        (0.0, "percent", "0%"),
    ],
)
def test_numbers_are_written_so(value: float, scale: str, said: str) -> None:
    assert figure(value, scale) == said  # type: ignore[arg-type]


def test_lists_get_a_comma_where_an_item_has_a_joiner_of_its_own() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a and b", "c"]) == "a and b, and c"
