"""An id means the treaty that comes with the package, wherever one works; a folder is named by its path."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.case.bound.standing import BindError, _book
from assay.cli.main import app
from assay.errors import InputError
from assay.law.books import open_book, open_shipped
from assay.law.standing import standing

from .made_up import RULES, act, book

DAY = date(2026, 1, 1)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory in which a folder has the id of a treaty that comes with the package."""
    made = book(tmp_path, act("NOR", "accession", "2003-01-15"), rules=RULES.replace("LIFE", "APMBC"), name="APMBC")
    assert made.treaty == "APMBC"
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["APMBC", "apmbc", "mine-ban"])
def test_an_id_is_never_a_folder(beside: Path, name: str) -> None:
    (beside / "mine-ban").symlink_to(beside / "APMBC")
    assert standing(open_book(name), "NOR", DAY).since == date(1999, 3, 1)
    assert standing(open_shipped(name), "NOR", DAY).since == date(1999, 3, 1)


@pytest.mark.parametrize("path", ["./APMBC", "APMBC/", "../{}/APMBC", "."])
def test_a_path_is_a_folder(beside: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    if path == ".":
        monkeypatch.chdir(beside / "APMBC")
    named = path.format(beside.name)
    assert standing(open_book(named), "NOR", DAY).since == date(2003, 7, 1)
    with pytest.raises(InputError, match="not a treaty that is known here"):
        open_shipped(named)


def test_a_bare_name_of_a_folder_is_told_how_to_write_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(tmp_path, act("NOR", "accession", "2003-01-15"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"by its path: '\./LIFE'"):
        open_book("LIFE")


@pytest.mark.parametrize("command", [["check", "mine-ban"], ["facts", "mine-ban"]])
def test_cases_and_ledgers_mean_the_same_wherever_one_works(beside: Path, command: list[str]) -> None:
    assert (beside / "APMBC").is_dir()
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(("name", "meant"), [("apmbc", "APMBC"), ("Ottawa Convention", "APMBC"), ("TNPW", "TPNW")])
def test_a_case_that_misnames_a_treaty_is_told_what_it_may_mean(name: str, meant: str) -> None:
    with pytest.raises(BindError) as caught:
        _book(name)
    assert caught.value.expected == f"did you mean {meant!r}?"
