"""Tables of the user's own draws that a case cannot be played with: told at the table's file and line, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.errors import InputError, Problem
from assay.formula.parse import parse
from assay.runs import api
from assay.runs.given import given_draws


@pytest.fixture(scope="module")
def reduced() -> Case:
    return api.load("mine-ban-reduced")


@pytest.fixture(scope="module")
def table(reduced: Case) -> pd.DataFrame:
    """Draws with which the case can be played, as text, as a file has them."""
    frame = draw(reduced, "agnostic", 4, 1).frame().drop(columns="perspective")
    return frame.assign(draw=[f"own-{row}" for row in range(4)]).astype(str)


def written(table: pd.DataFrame, folder: Path, *cells: tuple[int, str, Any]) -> Path:
    changed = table.copy()
    for row, name, value in cells:
        changed.loc[row, name] = str(value)
    path = folder / "own.csv"
    changed.to_csv(path, index=False)
    return path


def problems(case: Case, path: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        given_draws(case, path)
    assert {problem.file for problem in caught.value.problems} == {str(path)}
    return list(caught.value.problems)


def test_a_table_that_can_be_played_is_read(reduced: Case, table: pd.DataFrame, tmp_path: Path) -> None:
    found = given_draws(reduced, written(table, tmp_path))
    assert [len(each) for each in found.draws.values()] == [4, 4, 4]


def test_values_out_of_range_are_told_in_the_table(reduced: Case, table: pd.DataFrame, tmp_path: Path) -> None:
    cells = ((0, "tR", 1.5), (2, "tR", -0.5), (1, "lamF", -1), (3, "delta", 1.2))
    found = problems(reduced, written(table, tmp_path, *cells))
    assert [(each.line, each.path, each.found) for each in found] == [
        (2, "row 1, tR", "at actors.russia.share.revisionist of the case `tR` is not a probability (1.5)"),
        (3, "row 2, lamF", "actors.frontline.precision of the case is not a finite number of at least 0 (-1)"),
        (4, "row 3, tR", "at actors.russia.share.revisionist of the case `tR` is not a probability (-0.5)"),
        (5, "row 4, delta", "discount of the case is not between 0 and 1 (1.2)"),
    ]
    advice = {each.expected for each in found}
    assert advice == {"numbers with which the case can be played: change this one or leave the row out"}
    text = (tmp_path / "own.csv").read_text(encoding="utf-8").splitlines()[1]
    assert text[(found[0].column or 0) - 1 :].startswith("1.5,")


def test_all_that_is_wrong_with_a_table_comes_at_once(reduced: Case, table: pd.DataFrame, tmp_path: Path) -> None:
    cells = ((0, "tR", 1.5), (1, "iota", "nan"), (2, "eF", "abc"), (3, "draw", "own-0"), (3, "eM", ""))
    found = problems(reduced, written(table, tmp_path, *cells))
    assert [each.path for each in found] == ["row 1, tR", "row 2, iota", "row 3, eF", "row 4, draw", "row 4, eM"]
    assert found[3].found == "a second draw own-0"


def test_a_run_refuses_such_a_table_and_solves_nothing(reduced: Case, table: pd.DataFrame, tmp_path: Path) -> None:
    path = written(table, tmp_path, (0, "tR", 1.5))
    with pytest.raises(InputError, match="row 1, tR"):
        api.run(reduced, draws_from=path, audit=0)


def test_what_several_columns_make_together_is_told_at_the_row(
    reduced: Case, table: pd.DataFrame, tmp_path: Path
) -> None:
    case = reduced.model_copy(update={"discount": parse("delta * tR")})
    (found,) = problems(case, written(table, tmp_path, (2, "delta", 500)))
    assert (found.line, found.column, found.path) == (4, 1, "row 3")
    assert found.found.startswith("discount of the case is not between 0 and 1 (")
    assert found.expected.endswith("change one of tR, delta or leave the row out")


def test_many_rows_that_are_wrong_are_counted(reduced: Case, table: pd.DataFrame, tmp_path: Path) -> None:
    many = pd.concat([table.assign(tR="2")] * 30, ignore_index=True)
    found = problems(reduced, written(many.assign(draw=np.arange(120).astype(str)), tmp_path))
    assert [each.line for each in found[:50]] == list(range(2, 52))
    assert found[50].found == "70 more problems"
