"""What sections arrange: premises, futures, measures of tests, evidence by date, tales."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.case.actors import Calendar
from assay.case.claims import Claim
from assay.case.model import Case
from assay.report.measures import measure
from assay.report.sections import facts, futures, method, premises
from assay.report.sections.spans import ends, said, setting
from assay.report.sections.steps import move_words
from assay.report.sections.tales import tale
from assay.report.view import View, unit_said
from assay.report.words import listed, mid, quoted, sentence, typeset

from . import synthetic

RUN = synthetic.make(draws=120)
VIEW = View(RUN)
CASE: Case = RUN.plan.case


def _claim(test: str, kind: str = "level") -> Claim:
    return Claim.model_validate({"id": "X", "by": "author", "says": "a claim", "kind": kind, "holds_if": test})


@pytest.mark.parametrize(
    ("test", "sort", "below", "thresholds"),
    [
        ("P(raid) < far_fetched", "probability", True, [("strict", 0.01), ("loose", 0.05)]),
        ("raid > 0.3", "probability", False, [("", 0.3)]),
        ("abs(P(raid, do=full) - P(raid, do=hold)) < not_much", "difference", True, [("strict", 0.01)]),
        ("E(west.loss) < -2", "other", True, [("", -2.0)]),
        ("P(flood) > P(raid)", "probability", False, []),
        ("P(raid) < 0.1 and P(flood) < 0.1", "other", None, []),
        ("max(P(flood), P(raid)) > 0.1", "probability", False, [("", 0.1)]),
        ("greed < 0.3", "probability", True, [("", 0.3)]),
    ],
)
def test_what_a_test_compares(test: str, sort: str, below: bool | None, thresholds: list[tuple[str, float]]) -> None:
    found = measure(CASE, _claim(test))
    assert (found.sort, found.below, found.thresholds) == (sort, below, thresholds)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.floats(0, 1), st.floats(0, 1))
def test_a_premise_is_said_to_work_only_where_its_claim_holds_oftener(
    where: int, where_not: int, yes: float, no: float
) -> None:
    here, there = round(yes * where), round(no * where_not)
    row = {
        "claim": "C22",
        "premise": "C20",
        "perspective": "union",
        "share_where": here / where if where else 0.0,
        "share_where_not": there / where_not if where_not else 0.0,
        "draws_where": where,
        "draws_where_not": where_not,
    }
    view = View(replace(RUN, premises=pd.DataFrame([row])))
    (found,) = premises.premises(view, view.by_id["C22"])
    (line,) = found.lines
    if min(where, where_not) < 20:
        assert line.startswith("Too few draws tell")
    elif line.startswith("It does work"):
        assert row["share_where"] > row["share_where_not"]
    elif "works against" in line:
        assert row["share_where"] < row["share_where_not"]
    else:
        assert "is not seen to do any work" in line
        assert abs(row["share_where"] - row["share_where_not"]) < 0.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=3))
def test_futures_said_to_part_do(ends_: list[list[float]]) -> None:
    names = ["raid", "dyked", "flooded"][: len(ends_)]
    table = RUN.series[RUN.series["series"].isin(names)].copy()
    for name, row in zip(names, ends_, strict=True):
        for side, value in zip(RUN.plan.perspectives, row, strict=True):
            table.loc[(table["series"] == name) & (table["perspective"] == side), "median"] = value
    text = futures.headline(View(replace(RUN, series=table)))
    parted = [name for name, row in zip(names, ends_, strict=True) if futures.apart(row)]
    assert text.startswith("Over time the perspectives stay close") == (not parted)
    for name in names:
        words = mid(futures.means(VIEW, name))
        if len(names) < 3 and parted and words in text.split("part over")[-1]:
            assert name in parted


@pytest.mark.parametrize(
    ("start", "step", "number", "name"),
    [
        (date(2025, 1, 1), "1 year", 0, "2025"),
        (date(2025, 1, 1), "1 year", 9, "2034"),
        (date(2025, 1, 1), "6 months", 0, "Jun 2025"),
        (date(2025, 1, 1), "6 months", 1, "Dec 2025"),
        (date(2025, 7, 1), "1 year", 0, "Jun 2026"),
        (date(2025, 1, 1), "2 years", 0, "2026"),
    ],
)
def test_periods_are_named_by_their_end(start: date, step: str, number: int, name: str) -> None:
    assert futures.period(Calendar(start=start, step=step, periods=10), number) == name


@pytest.mark.parametrize(
    ("iso", "then"),
    [
        ("2025-03-19", True),
        ("2025-03-20", False),
        ("2025-03", None),
        ("2025-02", True),
        ("2025", None),
        ("2024", True),
        ("2026-09", False),
        ("", None),
    ],
)
def test_a_source_was_in_print_on_the_day_or_not_or_who_knows(iso: str, then: bool | None) -> None:
    assert facts._before(iso, date(2025, 3, 19)) is then


def test_facts_are_counted_as_they_are() -> None:
    found = facts.facts(VIEW)
    assert found.headline == "Of three checkable sentences, one is supported, one imprecise and one contradicted"
    assert [fact.word for fact in found.ledger] == ["contradicted", "imprecise", "supported"]


@pytest.mark.parametrize("name", list(CASE.assumptions))
def test_every_distribution_has_a_range_in_words(name: str) -> None:
    given_ = setting(CASE, "author", name)
    assert given_ is not None
    text = said(given_)
    assert text
    assert "nan" not in text
    if not given_.alternatives:
        low, high = ends(given_)
        assert low <= high


def test_a_perspectives_own_reading_goes_before_the_cases() -> None:
    theirs, cases = setting(CASE, "author", "greed"), setting(CASE, "union", "greed")
    assert theirs is not None
    assert cases is not None
    assert (ends(theirs), ends(cases)) == ((0.01, 0.1), (0.01, 0.9))


def test_a_tale_gathers_its_steps_by_period_in_the_cases_words() -> None:
    claim = CASE.claims[5]
    told = tale(VIEW, claim, RUN.tales[CASE.claims[4].id][1])
    assert [period.when for period in told.periods] == ["2025", "2026", "2029"]
    assert told.periods[0].steps[0].move == "they wait"
    assert told.ending == "The upper weir is taken."
    assert not told.holds


@pytest.mark.parametrize(
    ("actor", "stage", "move", "said_"),
    [
        ("west", "building", "build", "they build the dyke"),
        ("", "building", "end raided", "the upper weir is taken"),
        ("", "nowhere", "a_dry_summer", "a dry summer"),
        ("west", "building", "unheard_of", "unheard of"),
    ],
)
def test_moves_in_words(actor: str, stage: str, move: str, said_: str) -> None:
    assert move_words(CASE, actor, stage, move).lower() == said_


def test_a_test_is_said_as_the_run_says_it() -> None:
    claim = VIEW.by_id["C22"]
    assert View(replace(RUN, prose={"C22": "As the run says."})).test(claim) == "As the run says."
    assert View(replace(RUN, prose={})).test(claim) == claim.test


def test_the_command_asks_for_what_was_run() -> None:
    assert "--perspective author" in method.method(VIEW).command
    everyone = View(synthetic.make(perspectives=tuple(CASE.perspectives), draws=10))
    assert "--perspective" not in method.method(everyone).command


@pytest.mark.parametrize(
    ("unit", "text"), [("util/hill", "utils"), ("1/util", "per util"), ("1/year", "a year"), ("1", ""), ("EUR", "EUR")]
)
def test_units_in_words(unit: str, text: str) -> None:
    assert unit_said(unit) == text


def test_words() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert mid("The union.") == "the union"
    assert mid("NATO") == "NATO"
    assert quoted('“won\'t "change" much”') == "“won't ‘change’ much”"
    assert sentence("it holds") == "It holds."
    assert sentence("Does it?") == "Does it?"
    assert typeset("the towns' -3% (-2) and 2025-03") == "the towns’ −3% (−2) and 2025-03"
