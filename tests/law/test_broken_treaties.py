"""A folder for each kind of mistake, with what it must say in `expect.txt`: one message a line, all told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.errors import InputError
from assay.law.books import find, open_book, summaries, treaties

FOLDERS = sorted(folder for folder in (Path(__file__).parent / "broken").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_message_says_where_and_what(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_book(folder.name, folder)
    told = [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]
    expected = (folder / "expect.txt").read_text(encoding="utf-8").splitlines()
    for message in expected:
        assert any(message in line for line in told), "\n".join([f"not told: {message}", *told])
    assert len(told) == len(expected), "\n".join(told)


def test_an_unknown_treaty_has_near_misses() -> None:
    with pytest.raises(InputError, match="did you mean 'APMBC'"):
        open_book("APMB")


@pytest.mark.parametrize("name", ["apmbc", "Ottawa Convention", "mine-ban", "Anti-Personnel Mine Ban Convention"])
def test_a_treaty_is_found_by_its_names(name: str) -> None:
    assert find(name).name == "APMBC"


@pytest.mark.parametrize("treaty", treaties())
def test_every_name_of_a_treaty_finds_it(treaty: str) -> None:
    rules = open_book(treaty).rules
    assert {find(name).name for name in (treaty, rules.name, *rules.also)} == {treaty}
    assert (treaty, rules.name) in summaries()


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no such file"):
        open_book("X", "/nowhere/X")
