"""Riders in few words keep what they are about: which perspectives, and how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assay.claims.riders import KINDS as KNOWN
from assay.claims.verdict import Rider
from assay.report.equilibria import on_equilibria
from assay.report.remarks import KINDS, in_full, in_short
from assay.report.view import View
from assay.runs.run import Verdicts

from . import synthetic

BASE = synthetic.make(draws=60)
CLAIM = next(claim for claim in BASE.plan.case.claims if claim.id == "C22")


def _view(kind: str, texts: dict[str, str], data: dict[str, dict[str, Any]] | None = None, unresolved: int = 0) -> View:
    verdicts = Verdicts(
        replace(
            verdict,
            unresolved=unresolved,
            riders=(Rider(kind, texts[verdict.perspective], (data or {}).get(verdict.perspective, {})),)
            if verdict.perspective in texts
            else (),
        )
        for verdict in BASE.verdicts
    )
    return View(replace(BASE, verdicts=verdicts))


def _said(view: View) -> list[str]:
    return [remark.text for remark in in_short(view, CLAIM)]


def test_every_kind_of_rider_has_a_name_and_a_stroke() -> None:
    from assay.report.charts.marks import _STROKES

    assert set(KINDS) == set(KNOWN)
    assert set(_STROKES) == set(KNOWN)


def test_the_same_words_are_said_once_and_named_where_not_all_have_them() -> None:
    same = _view("assumed", dict.fromkeys(("author", "towns", "union"), "It is assumed"))
    assert [(remark.who, remark.text) for remark in in_full(same, CLAIM)] == [("", "It is assumed.")]
    some = _view("assumed", dict.fromkeys(("author", "union"), "It is assumed"))
    assert [(remark.who, remark.text) for remark in in_full(some, CLAIM)] == [("Author and Union", "It is assumed.")]
    assert _said(some) == ["Author and Union: It is assumed."]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("modelling constant", {"roles": ["precision"]}, "rests on a modelling constant (precision) for Author"),
        ("uninformative", {}, "uninformative for Author: the same word where nobody pursues an interest"),
        ("relative", {"share": 0.21}, "in proportion to the base rate it holds in 21% for Author"),
        ("wide reading", {"reversed": False}, "wide reading band for Author"),
        ("wide reading", {"reversed": True}, "the strict reading holds oftener than the loose one for Author"),
        ("equilibria", {"words": ["fails", "holds"]}, "depends on which equilibrium for Author: fails or holds"),
        (
            "equilibria",
            {"words": ["holds"], "depends": 3, "several": 5, "starts": 6},
            "the same word on every equilibrium found for Author (from six starts), though some draws turn",
        ),
        (
            "equilibria",
            {"words": ["holds"], "depends": 0, "several": 5, "starts": 6},
            "the same on every equilibrium found for Author (from six starts)",
        ),
        (
            "grid",
            {"grids": [{"differ": 0.05}, {"differ": 0.25}]},
            "on another grid of beliefs up to 25% (for Author) of the draws audited turn",
        ),
        (
            "learning",
            {"word": "holds", "other": "fails", "with": 0.9, "without": 0.1},
            "without learning from moves the sample’s word would be fails, not holds, for Author",
        ),
        (
            "misperception",
            {"word": "holds", "other": "holds", "with": 1.0, "without": 0.85},
            "without misperception it would hold in 85% instead of 100% for Author",
        ),
        (
            "selection",
            {"selected": "fails", "other": "holds"},
            "another rule of selection gives another word for Author",
        ),
        (
            "learning",
            {
                "word": "contested",
                "other": "contested",
                "with": 0.3,
                "without": 0.3,
                "loose_with": 0.6,
                "loose_without": 0.9,
            },
            "without learning from moves it would hold, read loosely, in 90% instead of 60% for Author",
        ),
        (
            "precision curve",
            {"noise": True, "strict": {"1.0": 0.2, "4.0": 0.79}},
            "driven by noise: with actors four times as precise it holds in 79% for Author",
        ),
        ("vacuous", {"share": 0.34}, "vacuous in 34% for Author"),
    ],
)
def test_in_few_words(kind: str, data: dict[str, Any], said: str) -> None:
    assert _said(_view(kind, {"author": "a sentence"}, {"author": data})) == [said]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("equilibria", {"words": ["holds"], "several": 0, "depends": 0, "starts": 6}),
        ("grid", {"grids": [{"differ": 0.0}, {"differ": 0.0}]}),
        ("learning", {"word": "holds", "other": "holds", "with": 0.9, "without": 0.85}),
        ("misperception", {"word": "holds", "other": "holds", "with": 0.9, "without": 0.9}),
        ("selection", {"selected": "holds", "other": "holds"}),
        ("precision curve", {"noise": False, "strict": {1.0: 0.2, 4.0: 0.21}}),
        ("floor", {"share": 0.002}),
    ],
)
def test_what_changes_nothing_is_left_to_the_claim_in_full(kind: str, data: dict[str, Any]) -> None:
    view = _view(kind, {"author": "a sentence"}, {"author": data})
    assert _said(view) == []
    assert [remark.text for remark in in_full(view, CLAIM)] == ["A sentence."]


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("equilibria", {"words": ["fails", "holds"], "starts": 6}, "depends on which: fails or holds, from six starts"),
        (
            "equilibria",
            {"words": ["holds"], "depends": 3, "several": 5, "draws": 24, "starts": 6},
            "the same word on every one found, 3 of 24 draws turn, from six starts",
        ),
        (
            "equilibria",
            {"words": ["holds"], "depends": 0, "several": 5, "starts": 6},
            "every one found, from six starts",
        ),
        (
            "equilibria",
            {"words": ["holds"], "depends": 0, "several": 0, "starts": 6},
            "the only one found, from six starts",
        ),
        ("assumed", {}, "not a matter of the solution"),
        ("floor", {"share": 0.1}, "the selected one"),
    ],
)
def test_a_verdict_says_on_which_equilibrium_it_stands(kind: str, data: dict[str, Any], said: str) -> None:
    assert on_equilibria(replace(BASE.verdicts[0], riders=(Rider(kind, "a sentence", data),))) == said


def test_shares_stand_in_the_order_of_the_perspectives() -> None:
    sides = ("author", "towns", "union")
    data = {side: {"share": share} for side, share in zip(sides, (0.21, 0.28, 0.36), strict=True)}
    assert _said(_view("relative", dict.fromkeys(sides, "x"), data)) == [
        "in proportion to the base rate it holds in 21%, 28% and 36%"
    ]


def test_few_unresolved_draws_are_left_to_the_head_of_the_ledger() -> None:
    texts = {"author": "some draws"}
    few = _view("unresolved", texts, unresolved=0)
    assert _said(few) == []
    assert in_full(few, CLAIM) == []
    assert [remark.text for remark in in_full(_view("unresolved", texts, unresolved=30), CLAIM)] == ["Some draws."]
    assert _said(_view("unresolved", texts, unresolved=30)) == ["unresolved draws for Author"]


@pytest.mark.parametrize("words", ["works against it", "does no work", "is not seen to do any work"])
def test_a_premise_does_what_its_rider_says(words: str) -> None:
    view = _view("premise", {"union": f"The premise C20 {words}: and so on"}, {"union": {"premise": "C20"}})
    assert _said(view) == [f"premise C20 {words} for Union"]
