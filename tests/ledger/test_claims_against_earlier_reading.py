"""Every proposition of the built-in case: the verdict here against that of an earlier reading of the same sources.

The oracle is that reading's table; where the evidence says otherwise, the reference page explains the difference.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest

from assay.ledger.ledger import open_ledger
from assay.ledger.verdict import Judged, judge

from .support import MINE_BAN

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "reference" / "ledger.md"
DIFFERENT = {"C05": "supported", "C42": "imprecise", "C43": "supported"}
"""Verdicts that differ from the earlier ones; the page has a row for each."""
THEN = {"C17": "unresolved"}
"""Verdicts on the essay's day that differ from those with everything known."""


def earlier() -> list[dict[str, str]]:
    with (HERE / "data" / "earlier_verdicts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def judged() -> dict[str, Judged]:
    return {found.claim.id: found for found in judge(open_ledger(MINE_BAN))}


def test_every_proposition_is_judged_here_or_said_to_be_judged_otherwise() -> None:
    ledger = open_ledger(MINE_BAN)
    with_verdict = {row["id"] for row in earlier() if row["verdict"]}
    assert {claim.id for claim in ledger.claims} == with_verdict
    assert set(ledger.elsewhere) == {row["id"] for row in earlier()} - with_verdict
    assert len(earlier()) == 46


@pytest.mark.parametrize("row", [row for row in earlier() if row["verdict"]], ids=lambda row: row["id"])
def test_the_verdict_is_the_earlier_one_or_its_difference_is_explained(row: dict[str, str]) -> None:
    found = judged()[row["id"]]
    assert found.now == DIFFERENT.get(row["id"], row["verdict"])
    said = f"earlier reading of the same sources calls it {row['verdict']}" in found.claim.note
    assert said == (row["id"] in DIFFERENT)


@pytest.mark.parametrize("row", [row for row in earlier() if row["verdict"]], ids=lambda row: row["id"])
def test_what_was_knowable_on_the_essays_day(row: dict[str, str]) -> None:
    found = judged()[row["id"]]
    assert found.then == THEN.get(row["id"], found.now)


def test_the_page_lists_exactly_the_differences() -> None:
    rows = re.findall(r"^\| (C\d+) \| (\w+) \| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    verdicts = {row["id"]: row["verdict"] for row in earlier()}
    assert {name: (theirs, ours) for name, theirs, ours in rows} == {
        name: (verdicts[name], ours) for name, ours in DIFFERENT.items()
    }


def test_every_check_of_the_case_decides_or_its_openness_is_the_point() -> None:
    open_ = [(found.claim.id, worked.result.shown) for found in judged().values() for worked in found.computed]
    undecided = {name for name, shown in open_ if shown.endswith("open")}
    assert undecided == {"C42"}
