"""Finding cases by name or path, and writing one to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.find import built_in, find
from assay.case.new import new
from assay.case.read import read, read_located
from assay.errors import InputError

FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two cases."""
    folder = tmp_path / "cases"
    for name, title in (("fence", '"A fence: and a raid"'), ("flood", "A flood  # in spring")):
        (folder / name).mkdir(parents=True)
        text = FENCE.read_text(encoding="utf-8").replace("title: A fence and a raid", f"title: {title}")
        (folder / name / "case.yaml").write_text(text, encoding="utf-8")
    (folder / "notes").mkdir()
    monkeypatch.setattr("assay.case.find.CASES", folder)
    return folder


def test_built_in_cases_are_listed_with_their_titles(library: Path) -> None:
    assert library.is_dir()
    assert built_in() == [("fence", "A fence: and a raid"), ("flood", "A flood")]


def test_a_case_is_found_by_name_by_file_and_by_folder(library: Path) -> None:
    assert find("flood") == library / "flood" / "case.yaml"
    assert find(FENCE) == FENCE
    assert find(library / "fence") == library / "fence" / "case.yaml"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("flod", "did you mean 'flood'"),
        ("zzz", "known here: fence, flood"),
        ("here/nothing.yaml", "no such file"),
        ("nothing.yaml", "no such file"),
        ("", "folder without a case.yaml"),
        ("\0", "neither"),
    ],
)
@pytest.mark.usefixtures("library")
def test_what_is_not_found_gets_a_hint(name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        find(name)


def test_the_starter_passes_the_check_without_a_warning(tmp_path: Path) -> None:
    path = new("my-dam", tmp_path / "my-dam")
    case, locator = read_located(path)
    assert case.title == "My dam"
    assert locator.warnings == ()
    assert (tmp_path / "my-dam" / "case.schema.json").is_file()


def test_a_copy_says_the_same_and_brings_its_sources(tmp_path: Path, library: Path) -> None:
    (library / "fence" / "sources.csv").write_text("source_id,title\nS_A,A letter\n", encoding="utf-8")
    path = new("mine", tmp_path / "mine", from_case="fence")
    assert read(path) == read(library / "fence" / "case.yaml")
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server")
    again = new("mine", tmp_path / "again", from_case=path)
    assert again.read_bytes() == path.read_bytes()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = new("one", tmp_path / "one")
    before = path.read_bytes()
    with pytest.raises(InputError, match="it is there already"):
        new("one", tmp_path / "one")
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputError, match="it is there already"):
        new("file", tmp_path / "file")
    assert path.read_bytes() == before


def test_an_odd_name_becomes_a_title_that_reads(tmp_path: Path) -> None:
    assert read(new('say "no": {x}', tmp_path / "odd")).title == "Say 'no': {x}"
    with pytest.raises(InputError, match="empty name"):
        new(" ", tmp_path / "blank")
