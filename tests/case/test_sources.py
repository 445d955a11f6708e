"""`sources.csv` beside a case: its rows become sources, and its mistakes have a line and a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.read import read, read_located
from assay.errors import InputError

FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"
HEADER = "source_id,title,publisher,date,url,used_for,tier\n"


def _case(folder: Path, table: str | bytes, *changes: tuple[str, str]) -> Path:
    text = FENCE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    content = table.encode() if isinstance(table, str) else table
    (folder / "sources.csv").write_bytes(content)
    return folder / "case.yaml"


USE_A = ("source: judgement, because: made up}\n  loss", "source: [S_A]}\n  loss")
OWN = ("endings:", "sources:\n  S_OWN: {title: Its own}\nendings:")


def test_rows_become_sources_beside_those_of_the_case(tmp_path: Path) -> None:
    table = HEADER + 'S_A,"A title, with a comma",A press,2025-01-02,,facts,press\n\nS_B,B,,,,,\n'
    path = _case(tmp_path, b"\xef\xbb\xbf" + table.encode(), USE_A, OWN)
    sources = read(path).sources
    assert sorted(sources) == ["S_A", "S_B", "S_OWN"]
    assert sources["S_A"].title == "A title, with a comma"
    assert sources["S_A"].date == "2025-01-02"


def test_a_used_source_without_a_date_is_a_warning_in_its_own_file(tmp_path: Path) -> None:
    path = _case(tmp_path, HEADER + '"S_A",A\n'.replace("\n", ",,,,,\n"), USE_A)
    warnings = [warning for warning in read_located(path).locator.warnings if warning.path == "sources.S_A"]
    assert [(warning.file, warning.line) for warning in warnings] == [(str(tmp_path / "sources.csv"), 2)]


@pytest.mark.parametrize(
    ("table", "line", "column", "words"),
    [
        (HEADER + "S_A,A,,,,\n", 2, 1, "6 entries; 7"),
        (HEADER + ",A,,,,,\n", 2, 1, "no source_id"),
        (HEADER + "S_A,,,,,,\n", 2, 5, "no title"),
        (HEADER + "S_A,A,,,,,\nS_A,B,,,,,\n", 3, 1, "'S_A' again; each source once; the first is in line 2"),
        ("source_id,tilte\nS_A,A\n", 1, 11, "unknown column 'tilte'; did you mean 'title'?"),
        ("title\nA\n", 1, 1, "no column 'source_id'"),
        ("", 1, 1, "no column 'source_id'"),
        (HEADER + 'S_A,"A,,,,,\n', 2, 1, "not a table with commas"),
        (HEADER + "S_A,\x00,,,,,\n", 2, 1, "U+0000"),
        (HEADER + 'S_A,"two\nlines",,,,,\nS_B,,,,,,\n', 4, 5, "no title"),
    ],
)
def test_mistakes_in_the_table_have_a_place(tmp_path: Path, table: str, line: int, column: int, words: str) -> None:
    path = _case(tmp_path, table)
    with pytest.raises(InputError) as caught:
        read(path)
    placed = [p for p in caught.value.problems if words in str(p) and (p.line, p.column) == (line, column)]
    assert placed, str(caught.value)
    assert all(problem.file == str(tmp_path / "sources.csv") for problem in caught.value.problems)


def test_a_table_that_cannot_be_read_does_not_make_its_sources_unknown(tmp_path: Path) -> None:
    path = _case(tmp_path, b"\xff\xfe", USE_A, ("fence_cost, weight", "fence_csot, weight"))
    with pytest.raises(InputError) as caught:
        read(path)
    assert len(caught.value.problems) == 2
    assert "not UTF-8" in str(caught.value)
    assert "did you mean 'fence_cost'" in str(caught.value)


def test_a_source_in_both_files_is_refused(tmp_path: Path) -> None:
    path = _case(tmp_path, HEADER + "S_OWN,A,,,,,\n", OWN)
    with pytest.raises(InputError, match=r"case\.yaml:\d+:3 \(sources\.S_OWN\): the source 'S_OWN', which .* has too"):
        read(path)


def test_a_source_that_is_missing_is_a_warning_once_with_how_many_places_cite_it(tmp_path: Path) -> None:
    again = ("source: judgement, because: made up}\n  fence_cost", "source: [S_A, S_B]}\n  fence_cost")
    path = _case(tmp_path, HEADER + "S_A1,A,,2020,,,\n", USE_A, again)
    gone = [str(each) for each in read_located(path).locator.warnings if "unknown source" in each.found]
    assert [each.partition("warning: ")[2] for each in gone] == [
        "an unknown source 'S_A', cited in 2 places; did you mean 'S_A1'? or a row of sources.csv, or of `sources`",
        "an unknown source 'S_B'; a row of sources.csv, or of `sources`",
    ]
    assert all("case.yaml:" in each for each in gone)
