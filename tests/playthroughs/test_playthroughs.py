"""Every built-in case plays as its playthrough tells (`make playthroughs` writes them afresh; read the difference)."""

from __future__ import annotations

import pytest

from assay.case.find import built_in, find
from assay.library import CASES
from assay.runs.api import load
from assay.runs.playthrough import FILE, playthrough

NAMES = [name for name, _ in built_in()]


@pytest.mark.parametrize("name", NAMES)
def test_the_case_plays_as_told(name: str) -> None:
    assert playthrough(load(find(name))) == (CASES / name / FILE).read_text(encoding="utf-8")


def test_there_is_a_case_to_play() -> None:
    assert "mine-ban" in NAMES
