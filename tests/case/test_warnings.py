"""What is doubtful but not wrong: warnings with a place, and the case is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.read import read_located

EVERYTHING = Path(__file__).parent / "everything.yaml"

CHANGES = [
    (
        "assumptions:\n",
        "assumptions:\n  idle: {range: [0, 1], unit: '1', means: idle, source: [S_ONE]}\n",
        "assumptions.idle",
    ),
    ("define:\n", "define:\n  idle: 1 + walled\n", "define.idle"),
    ("world:\n", "world:\n  idle: {values: [a, b], start: a}\n", "world.idle"),
    ("readings:\n", "readings:\n  idle: {strict: 1, loose: 2}\n", "readings.idle"),
    ("policies:\n", "policies:\n  idle: {play: {south.after: [quiet]}}\n", "policies.idle"),
    ("regimes:\n", "regimes:\n  idle: {set: {risk: 0}}\n", "regimes.idle"),
    ("endings:\n", "endings:\n  idle: {}\n", "endings.idle"),
    ("S_ONE: {title: One, date: 2020-01-02}", "S_ONE: {title: One}", "sources.S_ONE"),
    ("route: ledger, why", "route: ledger, holds_if: gain > 1, why", "claims[4].holds_if"),
    ("source: [S_ONE], set", "source: [S_OEN], set", "perspectives.one.source[0]"),
    ("source: S_ONE, note", "source: S_SIX, note", "claims[0].support[0].source"),
    ("P(violence), means", "P(violence and rupture), means", "outcomes.violence.value"),
]


@pytest.mark.parametrize(("old", "new", "path"), CHANGES, ids=[path for *_, path in CHANGES])
def test_what_is_doubtful_is_a_warning_at_its_place(tmp_path: Path, old: str, new: str, path: str) -> None:
    text = EVERYTHING.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "case.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    warnings = read_located(file).locator.warnings
    assert [warning.path for warning in warnings] == [path]
    assert warnings[0].severity == "warning"
    assert "warning: " in str(warnings[0])
    assert warnings[0].line is not None


def test_a_definition_used_only_by_another_counts_as_used(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = EVERYTHING.read_text(encoding="utf-8").replace("define:\n", "define:\n  first: 1\n  second: first\n", 1)
    file.write_text(text, encoding="utf-8")
    assert [warning.path for warning in read_located(file).locator.warnings] == ["define.second"]
