"""The shipped parse table is the one that the grammar makes, and another grammar or library does not use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.formula import table
from assay.formula.parse import parse

TEXTS = ("a*b+c", "P(war, by=end, in=3) < 0.1 and not x == y", "1 if a else -2**.5", "min(a, b)")


def test_the_shipped_table_is_the_one_that_the_grammar_makes() -> None:
    shipped, fresh = table.TABLE.read_text(encoding="utf-8"), table.fresh()
    (library, grammar), (installed, now) = json.loads(shipped)["belongs_to"], fresh["belongs_to"]
    assert grammar == now, "the grammar has changed: run python -m assay.formula.table"
    if library != installed:
        pytest.skip(f"the table is of lark {library}, and lark {installed} is here: the parser is made afresh")
    assert shipped == table.written(fresh)


@pytest.mark.parametrize("other", [None, {"belongs_to": ["0.0", "another grammar"], "table": {}}])
def test_without_its_table_the_parser_is_made_from_the_grammar(
    other: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = tmp_path / "grammar.json"
    if other is not None:
        stale.write_text(json.dumps(other), encoding="utf-8")
    monkeypatch.setattr(table, "TABLE", stale)
    made = table.parser()
    assert [made.parse(text).node for text in TEXTS] == [parse(text).node for text in TEXTS]
