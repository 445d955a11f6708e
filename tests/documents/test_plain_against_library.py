"""What is read as plain YAML has the values and the places that the library gives; all else is left to the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.documents import tree
from assay.documents.locate import Place
from assay.documents.plain import read
from assay.errors import InputError
from assay.library import CASES, TREATIES

TESTS = Path(__file__).parents[1]
SHIPPED = sorted([*CASES.glob("*/*.yaml"), *TREATIES.glob("*/*.yaml")])
OTHERS = sorted(path for path in TESTS.rglob("*.yaml") if "expect" not in path.name)
DAMAGED = [TESTS / "cases" / "fence.yaml", CASES / "mine-ban" / "facts.yaml", TREATIES / "APMBC" / "rules.yaml"]
PIECES = st.sampled_from(
    [
        *("  ", "\n", "\n  ", "\n    - ", "- ", ": ", "a", "b c", "1", "-", "# c", " #", "''", '"', "é", "\n\n", "a: "),
        *("[", "]", "{", "}", ",", "|", ">", "|-\n    ", ">-\n  ", "&a ", "*a", "!t ", "? ", "<<: ", "- b: "),
        *("\\n", '\\"', "\t", "\u2028"),
    ]
)


def plainly(text: str) -> tuple[Any, Place] | None:
    return read(text, tree.resolve, tree.DEEPEST, tree.FULLEST)


def by_library(text: str) -> tuple[Any, Place] | None:
    """What the library reads; None where it refuses the text, or where that is no mapping."""
    try:
        data, locator = tree._by_library(text, "a file", "a mapping")
    except InputError:
        return None
    return data, locator.root


def agrees(text: str) -> None:
    found = plainly(text)
    if found is not None and isinstance(found[0], dict):
        assert found == by_library(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files_are_plain_and_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert plainly(text) == by_library(text) is not None


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: "-".join(path.relative_to(TESTS).parts))
def test_other_files_are_the_same_as_far_as_they_are_plain(path: Path) -> None:
    agrees(path.read_text(encoding="utf-8", errors="replace"))


@settings(max_examples=300)
@given(st.sampled_from(DAMAGED), st.floats(0, 1), st.lists(PIECES, max_size=4), st.sampled_from([0, 0, 1, 3, 30]))
def test_damaged_files_are_the_same_as_far_as_they_are_plain(
    path: Path, where: float, put: list[str], gone: int
) -> None:
    text = path.read_text(encoding="utf-8")[:6000].rpartition("\n")[0] + "\n"
    at = int(where * len(text))
    agrees(text[:at] + "".join(put) + text[at + gone :])


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=25))
def test_made_up_texts_are_the_same_as_far_as_they_are_plain(pieces: list[str]) -> None:
    agrees("a: " + "".join(pieces) + "\n")
    agrees("".join(pieces) + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: &b 1\n",
        "a: *b\n",
        "a: !t 1\n",
        "a: 1\na: 2\n",
        "<<: {a: 1}\n",
        "a:\t1\n",
        'a: "\\n"\n',
        "a: 1\n---\nb: 2\n",
        "%YAML 1.2\n",
        "a: b: c\n",
        "a: [1, 2\n",
        "a: 1",
        "? a\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: |2\n   b\n",
        "",
        "[" * 40 + "]" * 40 + "\n",
        "[1, 2]: 3\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_library(text: str) -> None:
    assert plainly(text) is None


def test_too_many_values_are_left_to_the_library() -> None:
    assert read("a: [1, 2, 3]\n", tree.resolve, 30, 6) == by_library("a: [1, 2, 3]\n")
    assert read("a: [1, 2, 3]\n", tree.resolve, 30, 5) is None
