"""Tables of the user's own draws: what is read, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.assumptions.cases import case_of

from assay.assumptions.draw import Draws, draw
from assay.assumptions.table import Table, Unfit, read_table, write_table
from assay.errors import InputError

CASE = case_of(
    {
        "size": {"range": [0, 10], "unit": "EUR"},
        "speed": {"range": [0, 1]},
        "order": {"alternatives": {"first": 0.5, "second": 0.5}},
    },
    {"high": {"size": {"range": [5, 10]}}},
)


def read(folder: Path, text: str, name: str = "draws.csv") -> Table:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_table(CASE, path)


def problems(folder: Path, text: str, name: str = "draws.csv") -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, text, name)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_table_by_perspective_is_read(tmp_path: Path) -> None:
    text = 'perspective,draw,speed,order,size\nhigh,4,0.5,second,7\nlow,4,1e-1,first,"3"\n\nhigh,2,0.25,first,6.5\n'
    table = read(tmp_path, text)
    assert list(table.draws) == ["low", "high"]
    high = table.draws["high"]
    assert (list(high.index), high.seed, high.perspective) == ([4, 2], None, "high")
    np.testing.assert_array_equal(high.values["size"], [7, 6.5])
    np.testing.assert_array_equal(high.values["speed"], [0.5, 0.25])
    assert list(high.inputs()) == ["size", "speed", "order"]
    assert list(high.inputs()["order"]) == ["second", "first"]
    assert table.warnings == ()


def test_without_perspectives_the_draws_stand_for_all_and_it_is_said(tmp_path: Path) -> None:
    table = read(tmp_path, "size,speed,order\n7,0.5,first\n6,0.5,first\n")
    assert list(table.draws) == ["low", "high"]
    assert list(table.draws["low"].index) == [0, 1]
    (warning,) = table.warnings
    assert warning.severity == "warning"
    assert "the same draws are used for every perspective" in warning.found


def test_values_that_a_perspective_rules_out_are_a_warning(tmp_path: Path) -> None:
    table = read(
        tmp_path, "perspective,size,speed,order\nlow,1,0,first\nhigh,6,0,first\nhigh,4,0,first\nhigh,3,0,first\n"
    )
    assert [str(each).removeprefix(f"{tmp_path}/") for each in table.warnings] == [
        "draws.csv:4:6 (row 3, size): warning: 2 of 3 values outside 5 to 10, what 'high' states; "
        "the draws are used as they are; this is the first of them"
    ]


def test_all_problems_are_said_at_once_each_with_its_place(tmp_path: Path) -> None:
    text = "perspective,draw,size,speed,order\nlow,0,ten,0.5,first\nhihg,0,1,,third\nlow,1.5,nan,0.5,first\n"
    assert problems(tmp_path, text) == [
        "draws.csv:2:7 (row 1, size): 'ten'; a number (unit EUR)",
        "draws.csv:3:1 (row 2, perspective): 'hihg'; one of low, high",
        "draws.csv:3:10 (row 2, speed): nothing; a number (unit 1)",
        "draws.csv:3:11 (row 2, order): 'third'; one of first, second",
        "draws.csv:4:5 (row 3, draw): 1.5; a whole number, 0 or more",
        "draws.csv:4:9 (row 3, size): 'nan'; a number (unit EUR)",
    ]


def test_columns_are_checked_against_the_assumptions(tmp_path: Path) -> None:
    assert problems(tmp_path, "sise,speed,speed,speed.hawk\n1,1,1,1\n") == [
        "draws.csv:1:1 (column sise): a column 'sise'; no assumption is called so; did you mean 'size'?",
        "draws.csv:1:1: no column for size, order; every assumption has a column; nothing is filled in for it",
        "draws.csv:1:12 (column speed): a second column 'speed'; one column per assumption",
        "draws.csv:1:18 (column speed.hawk): a column 'speed.hawk'; no assumption is called so; did you mean 'speed'?",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "draws.csv:1:1: an empty file; the first line names the columns"),
        ("size,speed,order\n", "draws.csv:1:1: no rows; one row per draw"),
        ("size,speed,order\n1,2\n", "draws.csv:2:1: 2 values; 3, one per column of the first line"),
        ('size,speed,order\n1,"2,first\n', "draws.csv:2:1: text that is not CSV"),
        (
            "draw,size,speed,order\n1,1,1,first\n1,1,1,first\n",
            "draws.csv:3:1 (row 2, draw): a second draw 1; one row per",
        ),
    ],
)
def test_broken_files_are_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(words)


def test_what_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    assert problems(tmp_path, "x", "draws.xlsx") == [
        "draws.xlsx: a file that ends in '.xlsx'; a table ends in .csv or .parquet"
    ]
    assert problems(tmp_path, "x", "draws.parquet")[0].startswith("draws.parquet: a file that is not Parquet")
    with pytest.raises(InputError, match="no such file"):
        read_table(CASE, tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes("größe\n1".encode("latin-1"))
    with pytest.raises(InputError, match="bytes that are not UTF-8 text"):
        read_table(CASE, tmp_path / "latin.csv")


def test_a_hopeless_table_is_cut_short_and_the_rest_counted(tmp_path: Path) -> None:
    found = problems(tmp_path, "size,speed,order\n" + "x,1,first\n" * 200)
    assert len(found) == 51
    assert found[-1] == "draws.csv: 150 more problems; mend these first"


@pytest.mark.parametrize("name", ["draws.csv", "draws.parquet"])
def test_written_draws_are_read_back_to_the_same_numbers(tmp_path: Path, name: str) -> None:
    written = [draw(CASE, perspective, 30, 9, first=4) for perspective in ("low", "high")]
    write_table(written, tmp_path / name)
    table = read_table(CASE, tmp_path / name)
    assert table.warnings == ()
    for before in written:
        pd.testing.assert_frame_equal(table.draws[before.perspective].frame(), before.frame())


def test_a_parquet_table_names_rows_and_refuses_what_is_missing(tmp_path: Path) -> None:
    frame = pd.DataFrame({"size": [1.0, None], "speed": ["a", "1"], "order": ["first", None]})
    frame.to_parquet(tmp_path / "draws.parquet")
    with pytest.raises(InputError) as caught:
        read_table(CASE, tmp_path / "draws.parquet")
    assert [str(each).removeprefix(f"{tmp_path}/") for each in caught.value.problems] == [
        "draws.parquet (row 2, size): nothing; a number (unit EUR)",
        "draws.parquet (row 1, speed): 'a'; a number (unit 1)",
        "draws.parquet (row 2, order): nothing; one of first, second",
    ]


def test_draws_are_written_to_tables_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"not in '\.txt'"):
        write_table([draw(CASE, "low", 1, 1)], tmp_path / "draws.txt")


def test_draws_may_go_by_names(tmp_path: Path) -> None:
    text = "perspective,draw,speed,order,size\nhigh,b-1,0.5,second,7\nlow,a-0,0.1,first,3\nhigh,a-0,0.25,first,6.5\n"
    table = read(tmp_path, text)
    high, low = table.draws["high"], table.draws["low"]
    assert high.labels == ("b-1", "a-0")
    assert (list(high.index), list(low.index)) == ([0, 1], [1])
    assert [high.take(np.array([1])).called(0), low.called(0)] == ["a-0", "a-0"]
    write_table(table.draws.values(), tmp_path / "again.csv")
    again = pd.read_csv(tmp_path / "again.csv")
    assert list(again["draw"]) == ["a-0", "b-1", "a-0"]


def test_a_draw_without_its_name_or_with_anothers_is_wrong(tmp_path: Path) -> None:
    text = "draw,size,speed,order\na,1,0.1,first\n,1,0.1,first\na,1,0.1,first\n"
    assert problems(tmp_path, text) == [
        "draws.csv:3:1 (row 2, draw): nothing; the draw's name, as the other rows have one",
        "draws.csv:4:1 (row 3, draw): a second draw a; one row per draw and perspective",
    ]
    assert problems(tmp_path, text.replace("\n,1", "\nb,1")) == [
        "draws.csv:4:1 (row 3, draw): a second draw a; one row per draw and perspective"
    ]
    mixed = text.replace("\n,1", "\n7,1")
    assert problems(tmp_path, mixed)[0] == "draws.csv:2:1 (row 1, draw): 'a'; a whole number, 0 or more"


def test_draws_that_a_check_refuses_are_told_with_the_other_problems(tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text("size,speed,order\n7,0.5,first\n6,x,first\n5,0.5,first\n", encoding="utf-8")

    def check(draws: Draws) -> Iterator[Unfit]:
        assert list(draws.values["size"]) == [7, 5], "what could not be read is not tried"
        yield Unfit(1, ("size",), "too small")
        yield Unfit(0, ("size", "speed"), "too large together")
        yield Unfit(0, (), "wrong")

    with pytest.raises(InputError) as caught:
        read_table(CASE, path, check)
    assert [str(each).removeprefix(f"{path}:") for each in caught.value.problems] == [
        "2:1 (row 1): too large together; numbers with which the case can be played: change one of size, speed or "
        "leave the row out",
        "2:1 (row 1): wrong; numbers with which the case can be played: change them or leave the row out",
        "3:3 (row 2, speed): 'x'; a number (unit 1)",
        "4:1 (row 3, size): too small; numbers with which the case can be played: change this one or leave the row out",
    ]
