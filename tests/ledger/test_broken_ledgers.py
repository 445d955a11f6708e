"""Broken ledgers: each folder in `broken/` holds what differs from the sound one, and every message, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.errors import InputError
from assay.ledger.ledger import open_ledger
from assay.ledger.read_check import READERS

from .support import write

BROKEN = Path(__file__).parent / "broken"
FOLDERS = sorted(folder for folder in BROKEN.iterdir() if folder.is_dir())


def _written(folder: Path, to: Path) -> Path:
    write(to)
    for file in folder.iterdir():
        if file.name != "expect.txt":
            (to / file.name).write_bytes(file.read_bytes())
    return to


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_problem_is_told_with_its_place(folder: Path, tmp_path: Path) -> None:
    study = _written(folder, tmp_path / "study")
    with pytest.raises(InputError) as caught:
        open_ledger(study)
    expected = (folder / "expect.txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem).replace(f"{study}/", "") for problem in caught.value.problems] == expected
    assert all(problem.line for problem in caught.value.problems)


def test_the_sound_one_is_sound(tmp_path: Path) -> None:
    assert open_ledger(write(tmp_path / "study")).claims


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    study = write(tmp_path / "study")
    (study / "facts.csv").write_bytes(b"place,indicator\xff\n")
    with pytest.raises(InputError, match=r"facts\.csv:1:16: a byte that is not UTF-8"):
        open_ledger(study)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        open_ledger(tmp_path / "nowhere")


def test_a_folder_without_a_ledger_is_an_empty_one(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path)
    assert (ledger.facts, ledger.claims, dict(ledger.sources)) == ((), (), {})


def test_every_question_has_a_reader_and_a_line_in_the_reference() -> None:
    page = (BROKEN.parents[2] / "docs" / "reference" / "ledger.md").read_text(encoding="utf-8")
    assert [name for name in READERS if f"| `{name}" not in page] == []
