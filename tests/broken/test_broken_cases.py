"""Every file in `cases` is refused with the words at its top, at the place it names, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.read import read, read_located
from assay.errors import InputError, Problem
from assay.game.check import check_structure

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))


def _head(path: Path, word: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(word).strip() for line in lines if line.startswith(word)]


def _problems(path: Path) -> list[Problem]:
    try:
        case, locator = read_located(path)
        if _head(path, "# found by: structure"):
            return list(check_structure(case, locator))
    except InputError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_case_is_refused_in_the_words_at_its_top(path: Path) -> None:
    said = [str(problem) for problem in _problems(path)]
    expected = _head(path, "# expect:")
    assert expected, "a broken case says at its top what is expected"
    for words in expected:
        assert any(words in message for message in said), f"{words!r} is not in:\n" + "\n".join(said)
    if not _head(path, "# expect more"):
        assert len(said) == len(expected), "\n".join(said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_names_a_place_and_says_what_to_do(path: Path) -> None:
    for problem in _problems(path):
        assert problem.file == str(path)
        assert problem.found
        assert problem.expected
        assert problem.line is not None
        assert 1 <= problem.line <= len(path.read_text(encoding="utf-8").splitlines())


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024**2)
    with pytest.raises(InputError, match=r"a file of 50\.0 MB; at most 4 MB"):
        read(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00title", "not UTF-8"),
        (b"title: caf\xe9\n", "large.yaml:1:11: a byte that is not UTF-8"),
        (b"\x00\x01\x02\x03", "a character that YAML does not allow"),
        (b"", "nothing; a mapping"),
        (b"# only a comment\n", "nothing; a mapping"),
        (b"assay: [1, 2\n", "not well-formed YAML"),
        (b"? [a, b]\n: 1\n", "a key that is not text"),
        (b"%YAML 3.0\n---\na: 1\n", "large.yaml"),
    ],
)
def test_what_is_no_case_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert words in str(caught.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nothing.yaml")


def test_a_file_with_too_many_values_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.documents.tree.FULLEST", 1_000)
    path = tmp_path / "full.yaml"
    path.write_text("a: [" + "1," * 1_100 + "]\n")
    with pytest.raises(InputError, match="more than 1,000 values"):
        read(path)
