"""Tables with commas, read with the place of every entry."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from assay.documents.table import Table, read_table

TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=8
)


def table(text: str) -> Table:
    return read_table(text, "t.csv", ("name", "age"), ("note",))


def told(text: str) -> list[str]:
    return [str(problem) for problem in table(text).problems]


def test_rows_have_lines_and_columns() -> None:
    found = table('name,age\n\n"a, b", 3 \nc,4\n')
    assert [(row.line, dict(row.entries)) for row in found.rows] == [
        (3, {"name": "a, b", "age": "3", "note": ""}),
        (4, {"name": "c", "age": "4", "note": ""}),
    ]
    assert str(found.rows[0].problem("age", "found", "expected")) == "t.csv:3:8 (age): found; expected"


def test_columns_in_any_order_and_several_lines_in_quotes() -> None:
    found = table('note,age,name\n"one\ntwo",3,a\nx,4,b\n')
    assert [(row.line, row["name"], row["note"]) for row in found.rows] == [(2, "a", "one\ntwo"), (4, "b", "x")]


def test_what_is_wrong_with_the_header() -> None:
    assert told("") == ["t.csv:1:1: an empty table; a first line with the columns: name, age"]
    assert told("name,agee\n") == [
        "t.csv:1:6 (agee): an unknown column 'agee'; did you mean 'age'?",
        "t.csv:1:1: no column 'age'; columns: name, age, note",
    ]
    assert told("name,age,name\n") == ["t.csv:1:10 (name): the column 'name' twice; each once"]


def test_what_is_wrong_with_a_row_leaves_the_others() -> None:
    found = table("name,age\na\nb,4\n")
    assert [row["name"] for row in found.rows] == ["b"]
    assert "t.csv:2:1: 1 entries; 2, as the first line has" in told("name,age\na\nb,4\n")[0]
    assert "not a table with commas" in told('name,age\n"a,3\n')[0]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_what_pythons_csv_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([("name", "age"), *rows])
    found = table(file.getvalue())
    kept = [(one.strip(), other.strip()) for one, other in rows if one.strip() or other.strip()]
    assert found.problems == ()
    assert [(row["name"], row["age"]) for row in found.rows] == kept
