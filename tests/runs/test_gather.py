"""Tables that go to disk as they grow are the tables that are kept in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from assay.assumptions.draw import draw
from assay.claims.agenda import agenda
from assay.game.compile import compile_game
from assay.game.game import LANES
from assay.runs import api, blocks, execute, gather
from assay.runs.gather import Gathered, Stored
from assay.runs.run import Run
from assay.runs.store import TABLES, open_run, save
from assay.runs.tables import LARGE
from assay.runs.work import bytes_a_draw

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"


def test_tables_on_disk_are_those_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WINDOW", 32)
    monkeypatch.setattr(gather, "ROWS", 500)
    case = api.load(FENCE)
    stored = api.run(case, draws=100, audit=8, folder=tmp_path / "run")
    kept = api.run(case, draws=100, audit=8)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(stored, name), getattr(kept, name), check_categorical=False)
        pd.testing.assert_frame_equal(
            getattr(open_run(tmp_path / "run"), name), getattr(kept, name), check_categorical=False
        )
    assert pq.ParquetFile(tmp_path / "run" / "outcomes.parquet").num_row_groups > 1


def test_a_stored_run_holds_no_table_until_it_is_asked_for(tmp_path: Path) -> None:
    run = api.run(FENCE, draws=40, audit=0, folder=tmp_path)
    assert all(isinstance(run.held(name), Stored) for name in LARGE)
    assert len(run.claims) == 40 * len(run.verdicts)
    assert isinstance(run.held("claims"), pd.DataFrame)
    assert isinstance(run.held("outcomes"), Stored)


def test_a_stored_run_can_be_stored_elsewhere(tmp_path: Path) -> None:
    first = api.run(FENCE, draws=20, audit=0, folder=tmp_path / "one")
    second = save(first, tmp_path / "two")
    assert second.folder == tmp_path / "two"
    pd.testing.assert_frame_equal(open_run(tmp_path / "two").outcomes, first.outcomes)
    assert (tmp_path / "one" / "outcomes.parquet").is_file()


def test_what_goes_wrong_leaves_no_unfinished_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "ROWS", 10)
    monkeypatch.setattr(execute, "tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        api.run(FENCE, draws=20, audit=0, folder=tmp_path)
    assert not list(tmp_path.glob("*.part"))
    monkeypatch.undo()
    assert api.run(FENCE, draws=20, audit=0, folder=tmp_path).folder == tmp_path


def test_a_table_that_stays_empty_has_its_columns(tmp_path: Path) -> None:
    with Gathered(tmp_path) as tables:
        found = tables.finish({"claims": pd.DataFrame(columns=["draw", "claim"])})["claims"]
    assert isinstance(found, Stored)
    assert list(found.read().columns) == ["draw", "claim"]


def test_every_table_must_be_given_to_a_run() -> None:
    with pytest.raises(TypeError, match="outcomes"):
        Run(plan=None)  # type: ignore[call-arg, arg-type]


def test_a_block_is_as_large_as_its_strategies_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    case = api.load(FENCE)
    asked, draws = agenda(case), draw(case, "mayor", 500, 1)
    game = compile_game(case)
    assert bytes_a_draw(game, True) > bytes_a_draw(game, False) > 8 * game.structure.option_weight.size
    assert blocks.block_size(asked, draws) == blocks.WINDOW
    monkeypatch.setattr(blocks, "BYTES", 20 * max(bytes_a_draw(g, p) for g, p in blocks.games_of(asked, draws)))
    assert blocks.block_size(asked, draws) == 2 * LANES
    monkeypatch.setattr(blocks, "BYTES", 1)
    assert blocks.block_size(asked, draws) == LANES


def test_a_small_block_has_one_structure_and_no_draw_is_left_out() -> None:
    case = api.load(FENCE)
    draws = draw(case, "mayor", 40, 1)
    assert [block.tolist() for block in blocks.cut(draws, 40)] == [list(range(40))]
    split = replace(draws, alternatives={"order": (("one", "other"), np.arange(40) % 3 % 2)})
    cut = list(blocks.cut(split, 8))
    assert sorted(np.concatenate(cut)) == list(range(40))
    assert all(len(block) <= 8 and len(list(split.take(block).groups())) == 1 for block in cut)
    assert len(cut) == 4 + 2, "27 draws of one structure and 13 of the other"


def test_draws_come_back_in_their_order_from_blocks_of_one_structure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = "unit: '1', means: who builds, source: judgement, because: made up"
    mason = f"  mason: {{alternatives: {{cheap: 0.6, dear: 0.4}}, {judged}}}\n"
    text = FENCE.read_text(encoding="utf-8").replace(
        "cost: fence_cost,", "cost: fence_cost * (3 if mason == dear else 1),"
    )
    case = tmp_path / "masons.yaml"
    case.write_text(text.replace("perceives:\n", f"{mason}perceives:\n"), encoding="utf-8")
    whole = api.run(case, draws=70, audit=9)
    monkeypatch.setattr(blocks, "BYTES", 1)
    cut = api.run(case, draws=70, audit=9)
    assert whole.draws["mason"].nunique() == 2
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(cut, name), getattr(whole, name), check_categorical=False, atol=2e-3)
