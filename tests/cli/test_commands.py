"""The commands as a user calls them: exit codes, JSON keys, messages, speed of what solves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"


def assay(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "assay.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300, check=False)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("cli") / "run"
    return assay("run", FENCE, "--draws", "64", "--seed", "5", "--out", folder, "--json"), folder


def test_run_prints_one_object_with_the_documented_keys(
    ran: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, folder = ran
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    keys = {"case", "draws", "seed", "selection", "perspectives", "claims", "consistency", "run", "seconds"}
    assert keys <= set(found)
    assert (found["draws"], found["seed"], found["perspectives"]) == (64, 5, ["writer", "mayor"])
    claim = found["claims"][0]
    assert {"id", "by", "quote", "route", "kind", "test", "verdicts", "hinges"} <= set(claim)
    verdict = claim["verdicts"]["writer"]
    assert {"word", "strict", "loose", "mean", "unresolved", "vacuous", "riders"} <= set(verdict)
    assert set(verdict["strict"]) == {"share", "low", "high"}
    assert (folder / "report.html").is_file()
    assert {path.stem for path in folder.glob("*.parquet")} >= {"draws", "outcomes", "claims", "audit"}


def test_report_writes_the_page_of_a_stored_run(
    ran: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = assay("report", ran[1], "--out", page, "--no-pdf")
    assert done.returncode == 0, done.stderr
    assert "<html" in page.read_text(encoding="utf-8")


def test_run_prints_a_table_for_people(tmp_path: Path) -> None:
    done = assay("run", FENCE, "--draws", "32", "-p", "mayor", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert "T1" in done.stdout
    assert "Mayor" in done.stdout
    assert "Writer" not in done.stdout
    assert "report:" in done.stdout
    assert "solving" in done.stderr


def test_wrong_input_is_exit_1_with_places(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(FENCE.read_text().replace("cost: fence_cost", "cost: fence_csot"))
    done = assay("check", broken)
    assert done.returncode == 1
    assert "fence_csot" in done.stderr
    assert "did you mean 'fence_cost'" in done.stderr
    assert f"{broken}:" in done.stderr
    assert "Traceback" not in done.stderr
    listed = json.loads(assay("check", broken, "--json").stdout)
    assert set(listed["errors"][0]) == {"file", "line", "column", "path", "found", "expected"}


@pytest.mark.parametrize(
    "args",
    [
        ("frobnicate",),
        ("run",),
        ("run", "mine-ban", "--draws", "5", "--until", "0.1"),
        ("run", "x", "--draws", "many"),
        ("run", "mine-ban", "--selection", "best"),
    ],
)
def test_misuse_is_exit_2(args: tuple[str, ...]) -> None:
    assert assay(*args).returncode == 2


def test_an_unknown_case_is_exit_1_and_names_a_near_one() -> None:
    done = assay("check", "mine-bann")
    assert done.returncode == 1
    assert "did you mean 'mine-ban'" in done.stderr


def test_check_says_what_a_case_holds() -> None:
    done = assay("check", FENCE)
    assert done.returncode == 0, done.stderr
    assert "fine" in done.stdout


def test_cases_lists_the_built_in_ones() -> None:
    assert "mine-ban" in assay("cases").stdout
    assert any(case["name"] == "mine-ban" for case in json.loads(assay("cases", "--json").stdout)["cases"])


def test_new_writes_a_case_that_passes_the_check(tmp_path: Path) -> None:
    done = assay("new", "quarrel", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert assay("check", "quarrel", cwd=tmp_path).returncode == 0
    assert assay("new", "quarrel", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("args", [("--help",), ("run", "--help"), ("check", str(FENCE)), ("cases",)])
def test_what_solves_nothing_loads_no_numerical_library(args: tuple[str, ...]) -> None:
    code = (
        "import sys\nsys.argv = ['assay', *sys.argv[1:]]\n"
        "from assay.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('LOADED', sorted({'numpy', 'scipy', 'pandas', 'pyarrow', 'numba'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=60, check=True)
    assert "LOADED []" in done.stdout, done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("facts", "mine-ban", "--json"),
        ("facts", "mine-ban"),
        ("check", "mine-ban"),
        ("cases",),
        ("check", "none", "--json"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("buffered", [True, False])
def test_output_that_nobody_reads_any_more_ends_the_command_without_a_word(
    args: tuple[str, ...], buffered: bool
) -> None:
    command = [sys.executable, *([] if buffered else ["-u"]), "-m", "assay", *args]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    with running.stderr:
        assert running.stderr.read() == ""
    assert running.wait(60) == 3


def test_play_narrates_one_history() -> None:
    first, second = (assay("play", FENCE, "--seed", "2").stdout for _ in range(2))
    assert first == second
    assert "2025" in first
    assert assay("play", FENCE, "--seed", "3").stdout != first
