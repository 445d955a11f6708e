"""Audits of games with private types: several equilibria, other grids, no learning, no misperception.

The trust game (after Kydd 2000) has a cooperative equilibrium wherever seekers are many, and the principal branch never
takes it: only the census can tell.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assay.claims.verdict import Rider
from assay.runs import api
from assay.runs.run import Run
from assay.runs.summary import summary

TRUST = Path(__file__).parent / "trust.yaml"
BLUFF = Path(__file__).parents[1] / "cases" / "bluff.yaml"


@pytest.fixture(scope="module")
def trust() -> Run:
    return api.run(TRUST, draws=24, audit=16)


@pytest.fixture(scope="module")
def bluff() -> Run:
    return api.run(BLUFF, draws=20, audit=12)


def riders(run: Run, claim: str) -> dict[str, Rider]:
    return {rider.kind: rider for verdict in run.verdicts if verdict.claim == claim for rider in verdict.riders}


def test_the_census_finds_the_cooperation_that_no_selection_takes(trust: Run) -> None:
    found = riders(trust, "peace")
    several = trust.audit["equilibria"].iloc[:16]
    assert (several >= 2).mean() > 0.5
    assert trust.audit["equilibria"].iloc[16:].isna().all()
    assert "selection" not in found, "warm start and principal branch both arm"
    data = found["equilibria"].data
    assert data["starts"] == 17
    assert data["words"] == ["fails", "holds"]
    assert (data["on_selected"], data["on_every"]) == (0.0, 0.0)
    assert data["on_some"] == pytest.approx((several >= 2).mean())
    assert "Depends on which equilibrium" in found["equilibria"].text


def test_a_verdict_may_be_the_same_on_all_of_several(trust: Run) -> None:
    found = riders(trust, "mixed")["equilibria"]
    assert found.data["several"] > 0
    assert found.data["depends"] == 0
    assert found.text.endswith("it comes out the same on every one found.")


def test_a_census_of_all_draws_audits_all(trust: Run) -> None:
    whole = api.run(TRUST, draws=24, selection="census")
    assert whole.audit["equilibria"].notna().all()
    np.testing.assert_array_equal(whole.audit["equilibria"].iloc[:16], trust.audit["equilibria"].iloc[:16])
    assert riders(whole, "peace")["equilibria"].data["draws"] == 24


def test_what_beliefs_do_stands_beside_every_claim_that_is_played(bluff: Run) -> None:
    for verdict in bluff.verdicts:
        found = {rider.kind for rider in verdict.riders}
        assert ("assumed" in found) != ({"grid", "learning", "misperception"} <= found), verdict.claim


def test_other_grids_are_named_and_compared_in_numbers(bluff: Run) -> None:
    found = next(rider for verdict in bluff.verdicts for rider in verdict.riders if rider.kind == "grid")
    assert [each["grid"] for each in found.data["grids"]] == [
        "9 nodes instead of 5",
        "nodes up to 3.5 log-odds around the prior instead of 2.5",
    ]
    assert all(each["draws"] == 12 and each["largest"] < 0.2 for each in found.data["grids"])


def test_learning_and_misperception_make_a_difference_somewhere(bluff: Run) -> None:
    for kind in ("learning", "misperception"):
        found = [rider.data for verdict in bluff.verdicts for rider in verdict.riders if rider.kind == kind]
        assert any(each["largest"] > 1e-6 for each in found), kind


def test_riders_are_in_the_summary(bluff: Run) -> None:
    said = summary(bluff)["claims"]
    kinds = {kind for claim in said for verdict in claim["verdicts"].values() for kind in verdict["riders"]}
    assert {"equilibria", "grid", "learning", "misperception"} <= kinds
