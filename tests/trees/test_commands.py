"""`assay solve` and `assay export`, as they are typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli.main import app
from assay.errors import InputError
from assay.trees.read import read

CHICKEN = 'NFG 1 R "Chicken" { "A" "B" } { { "swerve" "dare" } { "swerve" "dare" } } 3 3 4 2 2 4 1 1\n'
SIGNAL = """EFG 2 R "Signal" { "Sender" "Receiver" }
c "" 1 "" { "strong" 1/3 "weak" 2/3 } 0
p "" 1 1 "" { "loud" "quiet" } 0
p "" 2 1 "heard" { "yield" "fight" } 0
t "" 1 "a" { 2, 1 }
t "" 2 "b" { 0, -1 }
t "" 3 "c" { 1, 1 }
p "" 1 2 "" { "loud" "quiet" } 0
p "" 2 1 0
t "" 4 "d" { 1, -1 }
t "" 5 "e" { -1, 1 }
t "" 6 "f" { 0, 1 }
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "chicken.nfg").write_text(CHICKEN)
    (tmp_path / "signal.efg").write_text(SIGNAL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.usefixtures("files")
def test_one_precision_as_json() -> None:
    found = json.loads(run("solve", "signal.efg", "--precision", "2", "--json"))
    assert list(found)[:6] == ["players", "precision", "strategies", "payoffs", "residual", "result"]
    assert found["players"] == ["Sender", "Receiver"]
    assert found["precision"] == 2.0
    assert list(found["strategies"]) == ["Sender:1", "heard", "Sender:2"]
    assert all(sum(own.values()) == pytest.approx(1, abs=1e-12) for own in found["strategies"].values())
    assert set(found["payoffs"]) == {"Sender", "Receiver"}
    assert found["residual"] < 1e-10
    assert found["result"] == "converged"


@pytest.mark.usefixtures("files")
def test_the_path_as_json() -> None:
    points = json.loads(run("solve", "signal.efg", "--path", "--json"))
    assert points[0]["precision"] == 0
    assert points[0]["strategies"]["heard"] == pytest.approx({"yield": 0.5, "fight": 0.5})
    assert points[-1]["result"] == "limit"
    assert points[-1]["regret"] < 1e-7
    bounded = json.loads(run("solve", "signal.efg", "--path", "--precision", "3", "--json"))
    assert bounded[-1]["precision"] == 3
    once = json.loads(run("solve", "signal.efg", "--precision", "3", "--json"))
    assert bounded[-1]["strategies"]["heard"] == pytest.approx(once["strategies"]["heard"], abs=1e-12)


@pytest.mark.usefixtures("files")
def test_the_census_as_json() -> None:
    found = json.loads(run("solve", "chicken.nfg", "--precision", "4", "--selection", "census", "--json"))
    assert len(found["equilibria"]) == 3
    assert found["starts"] > 100
    assert found["strategies"] == found["equilibria"][0]["strategies"]
    assert found["strategies"]["A"]["dare"] == pytest.approx(0.5)
    assert found["crossings"] == pytest.approx([2.0], abs=1e-3)


@pytest.mark.usefixtures("files")
def test_what_people_read() -> None:
    plain = run("solve", "signal.efg")
    assert "at precision 1" in plain
    assert "heard" in plain
    assert "Expected payoffs: Sender" in plain
    assert "in the limit" in run("solve", "signal.efg", "--precision", "inf")
    assert "Principal branch" in run("solve", "signal.efg", "--path")
    assert "3 logit equilibria" in run("solve", "chicken.nfg", "--precision", "4", "--selection", "census")
    assert "goes straight on" in run("solve", "chicken.nfg", "--precision", "4")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "words",
    [
        ["--selection", "warm_start"],
        ["--selection", "census", "--path"],
        ["--selection", "census", "--precision", "inf"],
        ["--precision", "-1"],
        ["--precision", "nan"],
    ],
)
def test_misuse(words: list[str]) -> None:
    run("solve", "signal.efg", *words, code=2)


def test_wrong_input(files: Path) -> None:
    (files / "bad.efg").write_text(SIGNAL.replace("2/3", "1/2"))
    result = CliRunner().invoke(app, ["solve", "bad.efg"])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("bad.efg:2:13: probabilities that sum to 0.83333")
    result = CliRunner().invoke(app, ["solve", "no-such-case"])
    assert isinstance(result.exception, InputError)


def test_a_player_who_forgets_having_moved(files: Path) -> None:
    text = 'EFG 2 R "" { "A" }\np "" 1 1 "" { "on" "off" } 0\np "" 1 1 0\nt "" 1 "" { 1 }\nt "" 2 "" { 4 }\nt "" 0\n'
    (files / "driver.efg").write_text(text)
    result = CliRunner().invoke(app, ["solve", "driver.efg"])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("driver.efg:3:1: a path that comes to the information set A:1 a second")


def test_export(files: Path) -> None:
    run("export", "chicken.nfg", "--to", "chicken.efg")
    run("export", "chicken.efg", "--to", "again.nfg")
    assert read(files / "again.nfg").sets == read(files / "chicken.nfg").sets
    assert [o.payoffs for o in read(files / "again.nfg").outcomes] == [
        o.payoffs for o in read(files / "chicken.efg").outcomes
    ]
    run("export", "signal.efg", "--to", "signal.txt", code=2)
    result = CliRunner().invoke(app, ["export", "signal.efg", "--to", "signal.nfg"])
    assert isinstance(result.exception, InputError)
    assert "chance moves" in str(result.exception)


@pytest.mark.usefixtures("files")
def test_a_file_is_known_by_what_it_starts_with(files: Path) -> None:
    (files / "game.txt").write_text(SIGNAL)
    assert "Signal" in run("solve", "game.txt")


LABELLED = """EFG 2 R "Labelled" { "A" "B" }
p "" 1 1 "demand, made by the weaker one of the two" { "little" "much" } 0
p "" 2 1 "reply, of the stronger one after demand little" { "give" "resist" } 0
t "" 1 "a" { 1, 1 }
t "" 2 "b" { 0, 2 }
p "" 2 2 "reply, of the stronger one after demand much" { "give" "resist" } 0
t "" 3 "c" { 2, 0 }
t "" 4 "d" { -1, -1 }
"""


@pytest.mark.parametrize("option", [["--selection", "census"], ["--path"]])
def test_where_headings_are_long_every_move_has_a_line_that_names_it(files: Path, option: list[str]) -> None:
    (files / "labelled.efg").write_text(LABELLED)
    lines = [line.split() for line in run("solve", "labelled.efg", *option).splitlines()]
    for name, moves in (
        ("demand, made by the weaker one of the two", "little much"),
        ("reply, of the stronger one after demand much", "give resist"),
    ):
        (at, *_) = [number for number, line in enumerate(lines) if " ".join(line).startswith(name)]
        assert lines[at][len(name.split())] == moves.split()[0]
        assert lines[at + 1][0] == moves.split()[1]
        shares = [float(lines[at][len(name.split()) + 1]), float(lines[at + 1][1])]
        assert sum(shares) == pytest.approx(1, abs=1e-3)
    assert max(map(len, run("solve", "labelled.efg", *option).splitlines())) <= 120


@pytest.mark.usefixtures("files")
def test_short_headings_stay_in_one_line() -> None:
    found = run("solve", "chicken.nfg", "--precision", "4", "--selection", "census").splitlines()
    (heading,) = [line.split() for line in found if line.split()[:1] == ["equilibrium"]]
    assert len(heading) == 5, "two moves, each with its information set"
    assert sum("starts)" in line for line in found) == 3
