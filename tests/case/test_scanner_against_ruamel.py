"""The quick scanner reads what the YAML library's own scanner reads, and stumbles where it stumbles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assay.case.find import find
from assay.documents.scanner import QuickScanner

TESTS = Path(__file__).parents[1]
TEXTS = [find("mine-ban"), TESTS / "cases" / "fence.yaml", *sorted((TESTS / "broken" / "cases").glob("*.yaml"))]
FENCE = (TESTS / "cases" / "fence.yaml").read_text(encoding="utf-8")


def events(text: str, quick: bool) -> list[str]:
    """The events of a text with their places, the last one being the error where there is one."""
    yaml = YAML(typ="safe", pure=True)
    if quick:
        yaml.Scanner = QuickScanner
    found: list[str] = []
    try:
        for event in yaml.parse(text):
            at = event.start_mark
            found.append(f"{event!r} {at.line}:{at.column}")
    except (YAMLError, ValueError, IndexError, AttributeError, AssertionError) as error:
        found.append(f"{type(error).__name__} {error}")
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name + "-" + path.stem)
def test_files_give_the_same_events(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert events(text, quick=True) == events(text, quick=False)


@settings(max_examples=60)
@given(st.integers(0, len(FENCE)), st.integers(0, 40), st.text(" \n:-{}[],#'\"|>?&*!ab", max_size=6))
def test_damaged_files_give_the_same_events(at: int, gone: int, put: str) -> None:
    text = FENCE[:at] + put + FENCE[at + gone :]
    assert events(text, quick=True) == events(text, quick=False)
