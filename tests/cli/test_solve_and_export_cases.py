"""`assay solve CASE` and `assay export CASE` as they are typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pygambit
import pytest
from typer.testing import CliRunner, Result

from assay.cli.main import app
from assay.errors import InputError

RUNS = Path(__file__).parents[1] / "runs"
BEER, TRUST = RUNS / "beer.yaml", RUNS / "trust.yaml"
BLUFF = Path(__file__).parents[1] / "cases" / "bluff.yaml"


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [*map(str, words)])
    assert result.exit_code == code, result.output
    return result


def test_solve_prints_one_object_with_the_documented_keys() -> None:
    found = json.loads(run("solve", BEER, "--json").stdout)
    assert {"players", "precision", "strategies", "payoffs", "residual", "result"} <= set(found)
    assert found["players"] == ["guest", "bully"]
    assert found["precision"] is None
    assert found["precisions"] == {"guest": 1.5, "bully": 2.0}
    assert list(found["strategies"]) == list(found["reach"])
    assert set(found["strategies"]["guest.weak@breakfast, period 1"]) == {"beer", "quiche"}
    assert set(found["payoffs"]) == {"guest", "bully"}
    assert set(found["payoffs_by_type"]) == {"guest.weak", "guest.strong", "bully"}
    assert found["draw"] == "the centre of author"
    assert found["result"] == "converged"


def test_solve_takes_precision_selection_perspective_and_draw() -> None:
    sharp = json.loads(run("solve", BEER, "--precision", "4", "--json").stdout)
    assert (sharp["precision"], sharp["selection"]) == (4.0, "warm_start")
    branch = json.loads(run("solve", BEER, "--selection", "principal_branch", "--json").stdout)
    assert branch["selection"] == "principal_branch"
    other = json.loads(run("solve", BEER, "-p", "other", "--json").stdout)
    assert other["reach"]["guest.strong@breakfast, period 1"] == pytest.approx(0.2)
    drawn = json.loads(run("solve", BEER, "--draw", "3", "--seed", "7", "--json").stdout)
    assert drawn["draw"] == "draw 3 of author, seed 7"
    assert drawn["reach"]["guest.strong@breakfast, period 1"] != pytest.approx(0.6, abs=1e-6)


def test_solve_prints_a_table_for_people() -> None:
    plain = run("solve", BEER).stdout
    assert "the centre of author, at precision: guest 1.5, bully 2" in plain
    assert "bully@door, drink beer, period 1" in plain
    assert "Expected payoffs: guest" in plain
    several = run("solve", TRUST, "--selection", "census").stdout
    assert "nothing proves that there is no other" in several
    assert "Equilibrium 2" in several


@pytest.mark.parametrize(
    "words",
    [
        ("solve", BEER, "--path"),
        ("solve", BEER, "--precision", "inf"),
        ("solve", BEER, "--precision", "nan"),
        ("solve", BEER, "--draw", "-1"),
        ("solve", "chicken.nfg", "--all"),
        ("solve", "chicken.nfg", "-p", "author"),
        ("export", "chicken.nfg", "--to", "x.efg", "--draw", "1"),
        ("export", BEER, "--to", "beer.txt"),
    ],
)
def test_misuse(words: tuple[str | Path, ...]) -> None:
    run(*words, code=2)


def test_export_writes_what_gambit_reads(tmp_path: Path) -> None:
    done = run("export", BEER, "--to", tmp_path / "beer.efg")
    assert "note: payoffs are multiplied by each player's precision (guest 1.5, bully 2)" in done.stderr
    assert "note" not in done.stdout
    game = pygambit.read_efg(str(tmp_path / "beer.efg"))
    assert [player.label for player in game.players] == ["guest", "bully"]
    assert run("solve", tmp_path / "beer.efg").exit_code == 0


def test_export_of_a_table(tmp_path: Path) -> None:
    text = TRUST.read_text().replace("    types: {seeker: t, expansionist: 1 - t}\n", "")
    text = text.replace("    types: {seeker: {fixed: 2}, expansionist: {fixed: 4}}\n", "    fixed: 2\n")
    text = re.sub(r"    by: \w+\n", "", text).replace(", given=one == seeker and other == seeker", "")
    text = re.sub(r"  t: \{.*\n", "", text)
    (tmp_path / "case.yaml").write_text(text)
    run("export", tmp_path / "case.yaml", "--to", tmp_path / "trust.nfg")
    game = pygambit.read_nfg(str(tmp_path / "trust.nfg"))
    assert [strategy.label for strategy in game.strategies] == ["trust", "arm", "trust", "arm"]
    ours = json.loads(run("solve", tmp_path / "case.yaml", "--json").stdout)["strategies"]
    theirs = json.loads(run("solve", tmp_path / "trust.nfg", "--json").stdout)["strategies"]
    assert ours["one@meeting, period 1"] == pytest.approx(theirs["one"], abs=1e-8)


@pytest.mark.parametrize(
    ("case", "to", "said"),
    [
        (BEER, "beer.nfg", "chance moves in this game"),
        (BLUFF, "bluff.efg", "base weights"),
        (BEER, "nowhere/beer.efg", "cannot be written to"),
        ("no-such-case", "x.efg", "no-such-case"),
    ],
)
def test_export_refuses_in_words(case: str | Path, to: str, said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(case), "--to", str(tmp_path / to)])
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)
    assert not (tmp_path / to).exists()
