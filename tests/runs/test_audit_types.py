"""Audits of games with private types: several equilibria, other grids, no learning, no misperception.

The trust game (after Kydd 2000) has a cooperative equilibrium wherever seekers are many, and the principal branch never
takes it: only the census can tell.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assay.claims.agenda import agenda
from assay.claims.verdict import Rider
from assay.game.compile import compile_game
from assay.runs import api, cost, ways
from assay.runs.cost import DRAWS, cost_of, default_draws, seconds_once
from assay.runs.run import Run
from assay.runs.starts import few_starts, starts_of
from assay.runs.store import open_run
from assay.runs.summary import summary
from assay.runs.ways import finer

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


class Heard:
    """Notes what a run says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def start(self, text: str, total: int) -> None:
        self.said.append(f"{text} ({total})")

    def advance(self, units: int) -> None:
        pass


def test_a_dear_game_is_audited_on_fewer_draws_from_fewer_starts_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = api.load(TRUST)
    assert cost_of(agenda(case)).draws == 64
    monkeypatch.setattr(cost, "BUDGET", 1e-9)
    heard = Heard()
    run = api.run(case, draws=20, folder=tmp_path, progress=heard)
    assert run.plan.audit == 8
    assert run.plan.starts is not None
    assert run.plan.starts[0] == -1
    assert set(run.plan.starts[1:]) == {0x0000, 0x0011, 0x0101, 0x1010, 0x1100, 0x1111}
    assert riders(run, "peace")["equilibria"].data["starts"] == 7
    assert riders(run, "peace")["equilibria"].data["draws"] == 8
    assert any("8 draws of each perspective, from 7 of 17 starts, because" in line for line in heard.said)
    several = (run.audit["equilibria"].iloc[:8] > 1).mean()
    expected = {"draws": 8, "starts": 7, "principal_branch": True, "several": {"author": several}, "not_compared": {}}
    assert summary(run)["audit"] == expected
    assert open_run(tmp_path).plan == run.plan


def test_a_branch_that_is_too_dear_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = api.load(TRUST)
    assert cost_of(agenda(case)).branch
    monkeypatch.setattr(cost, "BRANCH_BUDGET", 1e-9)
    heard = Heard()
    run = api.run(case, draws=16, folder=tmp_path, progress=heard)
    assert not run.plan.branch
    assert any("without the principal branch, because" in line for line in heard.said)
    assert summary(run)["audit"]["principal_branch"] is False
    assert riders(run, "peace")["equilibria"].data["several"] > 0, "the census goes on"
    assert open_run(tmp_path).plan == run.plan
    asked = api.run(case, draws=16, selection="principal_branch", audit=8)
    assert asked.plan.branch


def test_who_says_how_many_draws_are_audited_gets_all_starts(trust: Run) -> None:
    assert trust.plan.audit == 16
    assert trust.plan.starts is None


def test_the_few_starts_are_among_all_and_lean_every_way() -> None:
    game = compile_game(api.load(TRUST))
    few = few_starts([game])
    assert starts_of([game])[: len(few)] == few
    assert len(starts_of([game])) == 17
    plain = compile_game(api.load(BLUFF.parent / "fence.yaml"))
    assert few_starts([plain]) == starts_of([plain])
    assert sorted(starts_of([plain])) == [-1, 0x00, 0x01, 0x10, 0x11]


def test_a_finer_grid_is_as_fine_as_its_size_allows() -> None:
    game = compile_game(api.load(TRUST))
    assert finer([game]) == [13, 11, 9]
    three = compile_game(api.load(BLUFF), belief_nodes=61)
    assert finer([three])[0] == 121
    assert ways.LARGEST >= (13 / 7) ** 2


def test_dear_draws_are_fewer_where_nobody_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = agenda(api.load(BLUFF))
    assert default_draws(asked, 2) == DRAWS
    monkeypatch.setattr(cost, "WAIT", 2 * 333 * seconds_once(asked))
    assert default_draws(asked, 2) == 300
    heard = Heard()
    run = api.run(BLUFF, audit=0, progress=heard)
    assert run.plan.draws == 300
    assert heard.said[0].startswith("300 draws of each perspective, because solving is dear")
    monkeypatch.setattr(cost, "WAIT", 0.0)
    assert default_draws(asked, 2) == cost.FEWEST
    plain = agenda(api.load(BLUFF.parent / "fence.yaml"))
    assert default_draws(plain, 2) == DRAWS, "a game without types is never dear"


def test_a_few_draws_of_each_of_several_perspectives_fill_the_lanes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = agenda(api.load(TRUST))
    monkeypatch.setattr(cost, "BUDGET", 1e-9)
    assert [cost_of(asked, sides).draws for sides in (1, 2, 3, 4, 9)] == [8, 4, 4, 4, 4]
