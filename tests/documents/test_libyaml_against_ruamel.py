"""What libyaml reads quickly has the values and the places that the parser in Python gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.documents import tree
from assay.documents.locate import Place
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


def carefully(text: str) -> tuple[Any, Place] | None:
    """What the parser in Python reads; None where it refuses the text."""
    try:
        return tree._carefully(text, "a file", "a mapping")
    except InputError:
        return None


def told(value: Any, place: Place) -> Any:
    """Where everything is, but for missing values: libyaml has them after the colon, the other at what comes next."""
    if value is None:
        return place.key_line, place.key_column
    here = (place.line, place.column, place.key_line, place.key_column, place.indent)
    if isinstance(value, dict):
        return here, {key: told(each, place.keys[key]) for key, each in value.items()}
    if isinstance(value, list):
        return here, [told(each, below) for each, below in zip(value, place.items, strict=True)]
    return here


def agrees(text: str) -> None:
    found, expected = tree.quickly(text, "a file"), carefully(text)
    if found is not None and expected is not None:
        assert found[0] == expected[0]
        assert told(*found) == told(*expected)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files_are_read_quickly_and_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tree.quickly(text, "a file") is not None
    agrees(text)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: "-".join(path.relative_to(TESTS).parts))
def test_other_files_are_the_same(path: Path) -> None:
    agrees(path.read_text(encoding="utf-8", errors="replace"))


@settings(max_examples=300)
@given(st.sampled_from(DAMAGED), st.floats(0, 1), st.lists(PIECES, max_size=4), st.sampled_from([0, 0, 1, 3, 30]))
def test_damaged_files_are_the_same(path: Path, where: float, put: list[str], gone: int) -> None:
    text = path.read_text(encoding="utf-8")[:6000].rpartition("\n")[0] + "\n"
    at = int(where * len(text))
    agrees(text[:at] + "".join(put) + text[at + gone :])


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=25))
def test_made_up_texts_are_the_same(pieces: list[str]) -> None:
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
        "a: 1\n---\nb: 2\n",
        "a: b: c\n",
        "a: [1, 2\n",
        "a:\n    b: 1\n  c: 2\n",
        "",
        "[" * 40 + "]" * 40 + "\n",
        "[1, 2]: 3\n",
        "a: \ud800\n",
        "a: \x00\n",
    ],
)
def test_what_is_amiss_is_left_to_the_parser_in_python(text: str) -> None:
    assert tree.quickly(text, "a file") is None
    assert carefully(text) is None
