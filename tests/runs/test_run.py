"""A run end to end on the small case: tables, resume, seeds, tables of one's own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.assumptions.table import write_table
from assay.case.model import Case
from assay.errors import InputError
from assay.runs import api, blocks
from assay.runs.run import Run
from assay.runs.store import TABLES, open_run
from assay.runs.summary import summary
from assay.runs.until import widest

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"
DRAWS = 300


@pytest.fixture(scope="module")
def case() -> Case:
    return api.load(FENCE)


@pytest.fixture(scope="module")
def done(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("runs") / "fence"
    return api.run(case, draws=DRAWS, seed=3, folder=folder, audit=16)


def test_a_stored_run_opens_as_it_was(done: Run) -> None:
    assert done.folder is not None
    opened = open_run(done.folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(opened, name), getattr(done, name), check_categorical=False)
    assert summary(opened) == summary(done)
    assert opened.plan.case == done.plan.case


def test_the_tables_have_the_documented_columns(done: Run) -> None:
    assert list(done.outcomes.columns) == ["draw", "perspective", "intervention", "outcome", "value"]
    assert list(done.claims.columns) == ["draw", "perspective", "claim", "strict", "loose", "vacuous"]
    assert list(done.audit.columns) == ["draw", "perspective", "residual", "result", "equilibria"]
    assert list(done.draws.columns[:2]) == ["draw", "perspective"]
    assert set(done.plan.case.assumptions) <= set(done.draws.columns)


def test_shares_are_those_of_the_table_of_claims(done: Run) -> None:
    for verdict in done.verdicts:
        rows = done.claims[
            (done.claims["claim"] == verdict.claim) & (done.claims["perspective"] == verdict.perspective)
        ]
        counted = rows[~rows["vacuous"]]
        assert verdict.strict.share == pytest.approx(counted["strict"].mean())
        assert verdict.loose.share == pytest.approx(counted["loose"].mean())
        assert verdict.draws == len(counted)


def test_more_draws_leave_the_first_ones_as_they_were(case: Case, done: Run) -> None:
    fewer = api.run(case, draws=100, seed=3, audit=8)
    values = done.outcomes.set_index(["perspective", "intervention", "outcome", "draw"])["value"]
    for row in fewer.outcomes.itertuples():
        assert values[row.perspective, row.intervention, row.outcome, row.draw] == pytest.approx(row.value, abs=1e-12)


def test_another_seed_gives_other_draws(case: Case, done: Run) -> None:
    other = api.run(case, draws=50, seed=4, audit=0)
    assert not np.isclose(other.draws["prize"].iloc[:50], done.draws["prize"].iloc[:50]).any()


def test_a_run_that_was_cut_off_goes_on_and_gives_the_same(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "WINDOW", 64)
    whole = api.run(case, draws=DRAWS, seed=3, audit=16)
    solved: list[int] = []
    solve = blocks.solve_block

    def cut_off(*args: object, **named: object) -> object:
        if len(solved) == 3:
            raise KeyboardInterrupt
        solved.append(1)
        return solve(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(blocks, "solve_block", cut_off)
    monkeypatch.setattr(blocks, "default_threads", lambda: 1)
    with pytest.raises(KeyboardInterrupt):
        api.run(case, draws=DRAWS, seed=3, folder=tmp_path / "cut", audit=16)
    assert len(list((tmp_path / "cut" / "blocks").glob("*.npz"))) == 3
    again: list[int] = []
    monkeypatch.setattr(blocks, "solve_block", lambda *a, **n: (again.append(1), solve(*a, **n))[1])
    resumed = api.run(case, draws=DRAWS, seed=3, folder=tmp_path / "cut", audit=16)
    total = 2 * -(-DRAWS // 64)
    assert len(again) == total - 3
    pd.testing.assert_frame_equal(resumed.outcomes, whole.outcomes)
    assert not (tmp_path / "cut" / "blocks").exists()


def test_blocks_of_another_plan_are_not_taken_up(tmp_path: Path) -> None:
    store = blocks.Blocks(tmp_path, "one")
    store.write("writer-0-64", {"residual": np.zeros(1)})
    assert blocks.Blocks(tmp_path, "one").read("writer-0-64") is not None
    assert blocks.Blocks(tmp_path, "two").read("writer-0-64") is None


def test_draws_of_ones_own_give_the_same_outcomes(case: Case, done: Run, tmp_path: Path) -> None:
    from assay.assumptions.draw import draw

    table = tmp_path / "draws.csv"
    write_table([draw(case, "writer", 20, 3), draw(case, "mayor", 20, 3)], table)
    own = api.run(case, draws_from=table, audit=0)
    known = done.outcomes.set_index(["perspective", "intervention", "outcome", "draw"])["value"]
    for row in own.outcomes.itertuples():
        assert known[row.perspective, row.intervention, row.outcome, row.draw] == pytest.approx(row.value, abs=1e-9)


def test_until_draws_until_intervals_are_narrow(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "FIRST", 100)
    found = api.run(case, until=0.1, perspectives=["writer"], audit=0)
    assert widest(found) <= 0.1
    assert found.plan.draws > 100


def test_a_changed_assumption_moves_the_verdict(case: Case) -> None:
    setting = case.perspectives["writer"].set["prize"].model_copy(update={"range": (200.0, 400.0)})
    changed = case.model_copy(
        update={
            "perspectives": {
                "writer": case.perspectives["writer"].model_copy(update={"set": {"prize": setting}}),
            }
        }
    )
    before = api.run(case, draws=200, perspectives=["writer"], audit=0)
    after = api.run(changed, draws=200, audit=0)
    unlikely = {"before": before, "after": after}
    shares = {name: next(v.strict.share for v in run.verdicts if v.claim == "T2") for name, run in unlikely.items()}
    assert shares["after"] < shares["before"] - 0.2


def test_census_and_principal_branch_are_selections(case: Case) -> None:
    for selection in ("principal_branch", "census"):
        found = api.run(case, draws=16, selection=selection, audit=16)
        assert found.plan.selection == selection
        assert found.audit["equilibria"].notna().all()


def test_a_census_counts_equilibria_in_every_draw(case: Case) -> None:
    found = api.run(case, draws=24, selection="census", audit=8)
    assert found.audit["equilibria"].notna().sum() == 48


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"perspectives": ["nobody"]}, "no perspective 'nobody'"),
        ({"selection": "best"}, "no selection 'best'"),
        ({"draws": 0}, "0 draws"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(case: Case, wish: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        api.run(case, **wish)  # type: ignore[arg-type]


def test_a_folder_with_something_else_is_not_touched(case: Case, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        api.run(case, draws=8, folder=tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_opening_what_is_no_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no run\.json"):
        open_run(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        open_run(tmp_path / "nowhere")


def test_a_run_reads_well_in_a_notebook(done: Run) -> None:
    assert "T1" in repr(done)
    assert "<table" in done._repr_html_()
    assert list(done.verdicts.words.columns) == ["writer", "mayor"]
    table = done.hinges("T2", "writer")
    assert {"assumption", "measure", "value"} <= set(table.columns)
    with pytest.raises(KeyError, match="did you mean"):
        done.hinges("T22")


def test_runs_are_values(done: Run) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        done.seconds = 0.0  # type: ignore[misc]
