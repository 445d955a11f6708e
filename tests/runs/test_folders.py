"""Runs and the folders they write in: what is refused, what is kept, and processes that are cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from assay.assumptions.draw import draw
from assay.errors import InputError
from assay.runs import api
from assay.runs.store import TABLES, alone, open_run, prepare, save

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"


def start(folder: Path, draws: int) -> subprocess.Popen[str]:
    """`assay run` in a process of its own; comes back once some blocks stand."""
    command = [sys.executable, "-m", "assay.cli", "run", str(FENCE), "--draws", str(draws), "--out", str(folder)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background inherits none
    )
    patience = time.monotonic() + 60
    while process.poll() is None and len(list(folder.glob("blocks/*.npz"))) < 4 and time.monotonic() < patience:
        time.sleep(0.005)
    return process


def test_a_killed_process_goes_on_and_its_tables_are_the_same_bytes(tmp_path: Path) -> None:
    process = start(tmp_path / "cut", 20_000)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "cut").glob("blocks/*.npz"))) >= 4
    assert not (tmp_path / "cut" / "run.json").exists()
    resumed = api.run(FENCE, draws=20_000, folder=tmp_path / "cut")
    whole = api.run(FENCE, draws=20_000, folder=tmp_path / "whole")
    assert resumed.verdicts == whole.verdicts
    for name in TABLES:
        one, other = (tmp_path / side / f"{name}.parquet" for side in ("cut", "whole"))
        assert one.read_bytes() == other.read_bytes(), name
    assert not (tmp_path / "cut" / "blocks").exists()


def test_an_interrupt_says_how_to_go_on(tmp_path: Path) -> None:
    process = start(tmp_path / "run", 40_000)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    assert "the same command goes on" in said
    assert "Traceback" not in said


def test_two_runs_in_one_folder_are_refused_in_words(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(InputError, match="another run is at work"):
        api.run(FENCE, draws=20, folder=tmp_path, audit=0)
    assert api.run(FENCE, draws=20, folder=tmp_path, audit=0).folder == tmp_path


def test_a_folder_with_blocks_that_are_no_runs_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "blocks").mkdir()
    mine = tmp_path / "blocks" / "essay.txt"
    mine.write_text("my own")
    with pytest.raises(InputError, match="something else"):
        api.run(FENCE, draws=20, folder=tmp_path, audit=0)
    assert mine.read_text() == "my own"


def test_a_folder_that_cannot_be_made_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="cannot be made"):
        prepare(Path("/proc/assay-run") if os.name == "posix" else Path("Z:/none/such"))


def test_a_run_that_is_cut_off_while_it_stores_is_no_finished_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = api.run(FENCE, draws=20, folder=tmp_path, audit=0)
    monkeypatch.setattr("assay.runs.store._record", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(done, tmp_path)
    with pytest.raises(InputError, match=r"no run\.json"):
        open_run(tmp_path)


def test_another_case_in_the_same_folder_takes_nothing_from_the_first(tmp_path: Path) -> None:
    process = start(tmp_path / "run", 20_000)
    process.kill()
    process.communicate()
    changed = tmp_path / "fence.yaml"
    changed.write_text(FENCE.read_text().replace("prize: {range: [5, 10]}", "prize: {range: [5, 11]}"))
    here = api.run(changed, draws=600, folder=tmp_path / "run", audit=0)
    alone_ = api.run(changed, draws=600, audit=0)
    assert here.verdicts == alone_.verdicts


def test_blocks_are_gone_once_the_intervals_are_narrow_enough(tmp_path: Path) -> None:
    api.run(FENCE, until=0.9, folder=tmp_path, audit=0)
    assert not (tmp_path / "blocks").exists()


def test_what_makes_no_game_is_said_with_its_place_in_the_case(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FENCE.read_text().replace("occurs: quarrel", "occurs: quarrel * 4"))
    with pytest.raises(InputError) as caught:
        api.run(wrong, draws=20, audit=0)
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (str(wrong), "order[1].occurs")
    assert "quarrel * 4" in wrong.read_text().splitlines()[(problem.line or 0) - 1]
    assert problem.found.startswith("`quarrel * 4`")


def test_names_of_draws_come_back_in_the_stored_tables(tmp_path: Path) -> None:
    case = api.load(FENCE)
    frame = draw(case, "mayor", 30, 1).frame().astype({"perspective": str})
    frame["draw"] = [f"mayor-{number:02}" for number in range(30)]
    frame.to_csv(tmp_path / "mine.csv", index=False)
    own = api.run(case, draws_from=tmp_path / "mine.csv", folder=tmp_path / "run", audit=8)
    for name in ("draws", "outcomes", "claims", "quantities", "audit"):
        stored = pd.read_parquet(tmp_path / "run" / f"{name}.parquet")
        assert list(stored["draw"].unique()) == list(frame["draw"]), name
        pd.testing.assert_frame_equal(
            getattr(open_run(tmp_path / "run"), name), getattr(own, name), check_categorical=False
        )
