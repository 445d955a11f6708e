"""Shares, intervals and words, joint consistency, premises.

Wilson's interval against Newcombe (1998), Statistics in Medicine 17, 857-872, table I; the difference of two shares
against Newcombe (1998), same volume, 873-890, table II, method 10.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest

from assay.case.claims import Route
from assay.claims.agenda import agenda
from assay.claims.consistency import consistency
from assay.claims.premises import Premise, premises
from assay.claims.verdict import WORDS, Truth, word
from assay.claims.verdicts import share, verdict


@pytest.mark.parametrize(
    ("count", "draws", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_published_wilson_interval(count: int, draws: int, low: float, high: float) -> None:
    found = share(np.arange(draws) < count)
    assert found.share == count / draws
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("strict", "loose", "vacuous", "said"),
    [
        (0.8, 0.9, 0.0, "holds"),
        (0.1, 0.2, 0.0, "fails"),
        (0.2, 0.8, 0.0, "turns on the reading"),
        (0.5, 0.7, 0.0, "mostly holds"),
        (0.3, 0.5, 0.0, "mostly fails"),
        (0.3, 0.6, 0.0, "contested"),
        (0.9, 0.9, 0.51, "vacuous"),
        (0.9, 0.9, 0.5, "holds"),
    ],
)
def test_shares_give_the_fixed_words(strict: float, loose: float, vacuous: float, said: str) -> None:
    assert word(strict, loose, vacuous) == said
    assert said in WORDS


def truth(claim: str, strict: Any, loose: Any = None, vacuous: Any = None, value: Any = None) -> Truth:
    strict = np.array(strict, dtype=bool)
    return Truth(
        claim,
        strict,
        strict if loose is None else np.array(loose, dtype=bool),
        np.zeros(strict.shape, bool) if vacuous is None else np.array(vacuous, dtype=bool),
        {"value": np.array(strict, float) if value is None else np.array(value, float)},
    )


def test_shares_are_of_the_draws_that_matter_and_the_vacuous_share_stands_beside() -> None:
    found = verdict(
        truth("A", [1, 0, 0, 0], vacuous=[0, 0, 1, 1], value=[0.2, 0.4, 9, 9]),
        "author",
        np.array([True, False, False, True]),
    )
    assert (found.strict.share, found.draws, found.vacuous, found.unresolved) == (0.5, 2, 0.5, 2)
    assert found.mean == pytest.approx(0.3)


def test_without_a_draw_that_matters_a_claim_is_vacuous() -> None:
    found = verdict(truth("A", [0, 0], vacuous=[1, 1]), "author", np.zeros(2, bool))
    assert (found.word, found.draws, found.mean) == ("vacuous", 0, None)
    assert (found.strict.low, found.strict.high) == (0.0, 1.0)


def test_share_and_mean_can_point_in_different_directions() -> None:
    """The value is above the threshold in few draws and yet on average (theory, 5.3)."""
    values = np.array([0.0] * 9 + [1.0])
    found = verdict(truth("A", values > 0.05, value=values), "author", np.zeros(10, bool))
    assert found.word == "fails"
    assert found.mean is not None
    assert found.mean > 0.05


CLAIMS = [
    {"id": "A", "by": "author", "says": "One thing.", "holds_if": "P(war) < 0.5"},
    {"id": "B", "by": "author", "says": "Another.", "holds_if": "P(lost) < 0.5", "because": ["A", "L", "X"]},
    {"id": "C", "by": "author", "says": "A third.", "holds_if": "P(at_sea) < 0.5"},
    {"id": "D", "by": "other", "says": "Not the author's.", "holds_if": "P(war) > 0.5"},
    {"id": "L", "by": "author", "says": "A fact.", "route": "ledger", "why": "in the archive"},
    {"id": "X", "by": "author", "says": "A wish.", "route": "text", "why": "a matter of reading"},
    {"id": "U", "by": "author", "says": "A riddle.", "route": "undecidable", "why": "nobody can know"},
]


def test_every_route_is_among_the_claims_here_and_only_one_is_played_out(harbour: Callable[..., Any]) -> None:
    case = harbour(claims=CLAIMS)
    assert {claim.route for claim in case.claims} == set(get_args(Route))
    assert [each.claim.id for each in agenda(case).trials] == ["A", "B", "C", "D"]


def test_an_authors_claims_are_tested_together_and_the_one_in_tension_is_named(harbour: Callable[..., Any]) -> None:
    truths = {
        "A": truth("A", [1, 1, 1, 1, 0]),
        "B": truth("B", [1, 1, 1, 0, 1]),
        "C": truth("C", [1, 0, 0, 0, 1], loose=[1, 1, 0, 0, 1]),
        "D": truth("D", [0, 0, 0, 0, 0]),
    }
    found = consistency(harbour(claims=CLAIMS), "author", truths)
    assert found is not None
    assert (found["strict"], found["loose"]) == (0.2, 0.4)
    assert found["alone"] == {"A": 0.8, "B": 0.8, "C": 0.4}
    assert found["together"] == {"A": 0.8, "B": 0.6, "C": 0.2}
    assert found["without"] == {"A": 0.4, "B": 0.2, "C": 0.6}
    assert found["tension"] == "C"
    assert found["never"] == []
    assert found["pair"] == {"claims": ["A", "C"], "together": 0.2, "alone": {"A": 0.8, "C": 0.4}, "kept": 0.5}
    assert consistency(harbour(claims=CLAIMS), "other", truths) is None, "one claim has nothing to agree with"


def test_where_several_are_in_the_way_the_ones_that_never_hold_are_named(harbour: Callable[..., Any]) -> None:
    truths = {"A": truth("A", [0, 0]), "B": truth("B", [0, 0]), "C": truth("C", [1, 0])}
    found = consistency(harbour(claims=CLAIMS), "author", truths)
    assert found is not None
    assert (found["tension"], found["never"], found["pair"]) == (None, ["A", "B"], None)


def test_a_vacuous_claim_does_not_stand_in_the_way_of_the_others(harbour: Callable[..., Any]) -> None:
    truths = {
        "A": truth("A", [1, 1, 0, 0], vacuous=[0, 0, 0, 1]),
        "B": truth("B", [1, 0, 0, 0], vacuous=[0, 1, 0, 1]),
        "C": truth("C", [1, 1, 1, 0], vacuous=[0, 0, 0, 1]),
    }
    found = consistency(harbour(claims=CLAIMS), "author", truths)
    assert found is not None
    assert found["draws"] == 3, "a draw that is vacuous for all does not count"
    assert found["strict"] == pytest.approx(2 / 3)
    assert found["clear"] == 0.5, "of the draws in which every claim matters"
    assert found["vacuous"] == 0.5


def test_a_difference_of_shares_has_newcombes_interval() -> None:
    where, where_not = share(np.arange(70) < 56), share(np.arange(80) < 48)
    found = Premise("B", "A", where, where_not, 70, 80)
    assert [round(each, 4) for each in found.difference] == [0.2, 0.0524, 0.3339]
    assert found.works is True


def test_a_premise_is_weighed_by_where_it_holds_and_where_it_does_not(harbour: Callable[..., Any]) -> None:
    a = np.repeat([True, False], 30)
    b = np.concatenate([np.arange(30) < 24, np.arange(30) < 6])
    truths = {"A": truth("A", a), "B": truth("B", b), "C": truth("C", a), "D": truth("D", a)}
    (found,) = premises(harbour(claims=CLAIMS), truths)
    assert (found.claim, found.premise) == ("B", "A"), "premises with another route have no truth in the draws"
    assert (found.where.share, found.where_not.share) == (0.8, 0.2)
    assert found.works is True


def test_of_few_draws_on_one_side_nothing_is_said_of_a_premise(harbour: Callable[..., Any]) -> None:
    a = np.arange(60) < 55
    truths = {name: truth(name, a) for name in "ABCD"}
    assert [found.works for found in premises(harbour(claims=CLAIMS), truths)] == [None]


def test_vacuous_draws_of_either_say_nothing_of_a_premise(harbour: Callable[..., Any]) -> None:
    a = np.arange(80) < 40
    truths = {"A": truth("A", a, vacuous=np.arange(80) % 2 == 0), "B": truth("B", a, vacuous=np.arange(80) < 2)}
    (found,) = premises(harbour(claims=CLAIMS), truths)
    assert (found.draws_where, found.draws_where_not) == (19, 20)
