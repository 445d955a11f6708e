"""Numbers for each type are columns of their own, and leave every other column as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr
from tests.assumptions.cases import BARE

from assay.assumptions.arrays import Bindings, evaluate
from assay.assumptions.draw import centre, draw, uniforms
from assay.assumptions.perspectives import distribution_of
from assay.assumptions.table import read_table, write_table
from assay.case.model import Case
from assay.case.read import read
from assay.case.types import typed_definitions, types_of
from assay.errors import InputError

BLUFF = Path(__file__).parent.parent / "cases" / "bluff.yaml"


def test_a_column_for_each_type_in_the_cases_order() -> None:
    draws = draw(read(BLUFF), "mayor", 50, seed=3)
    expected = ["p_brave", "p_greedy", "fear", "sharp", "prize.calm", "prize.greedy", "shame"]
    assert list(draws.inputs()) == list(draws.values) == expected
    assert draws.frame().columns.tolist() == ["draw", "perspective", *expected]
    assert (draws.values["prize.calm"] < 2).all()
    assert (draws.values["prize.greedy"] > 5).all()


def test_a_draw_depends_on_the_seed_and_the_columns_name_alone() -> None:
    draws = draw(read(BLUFF), "mayor", 20, seed=3, first=7)
    calm = -5 + 7 * uniforms(3, "prize.calm", 20, 7)
    np.testing.assert_allclose(draws.values["prize.calm"], calm, rtol=1e-14)


def case_of(greed: dict[str, Any] | None) -> Case:
    """A case with a number `size`, and with a number for each type where there is one."""
    one = {"name": "One", "precision": 1, "types": {"mild": 0.5, "wild": 0.5}}
    words = {"unit": "1", "means": "a number", "source": "judgement", "because": "made up"}
    assumptions = {"size": {"range": [0, 1], **words}, **({"greed": {**greed, **words}} if greed else {})}
    return Case.model_validate({**BARE, "actors": {"one": one}, "assumptions": assumptions})


def test_a_number_for_each_type_leaves_other_draws_as_they_were() -> None:
    greed = {"by": "one", "types": {"mild": {"range": [0, 1]}, "wild": {"range": [2, 3]}}}
    with_it, without = (draw(case_of(each), "low", 30, seed=5) for each in (greed, None))
    assert with_it.values["size"].tobytes() == without.values["size"].tobytes()
    assert abs(np.corrcoef(with_it.values["greed.mild"], with_it.values["greed.wild"])[0, 1]) < 0.9


def test_a_perspective_reads_one_type_differently_on_the_same_numbers() -> None:
    case = read(BLUFF)
    writer, mayor = draw(case, "writer", 40, 1), draw(case, "mayor", 40, 1)
    assert distribution_of(case, "writer", "prize.greedy").range == (5.0, 8.0)
    assert distribution_of(case, "mayor", "prize.greedy").triangular == (5.0, 10.0, 30.0)
    assert (writer.values["prize.greedy"] < 8).all()
    order = [np.argsort(each.values["prize.greedy"]).tolist() for each in (writer, mayor)]
    assert order[0] == order[1]
    assert writer.values["prize.calm"].tobytes() == mayor.values["prize.calm"].tobytes()


def test_one_types_number_moves_with_another_assumption() -> None:
    draws = draw(read(BLUFF), "mayor", 4_000, seed=2)
    tied = spearmanr(draws.values["prize.greedy"], draws.values["fear"]).statistic
    free = spearmanr(draws.values["prize.calm"], draws.values["fear"]).statistic
    assert tied == pytest.approx(0.5, abs=0.05)
    assert free == pytest.approx(0.0, abs=0.06)


def test_the_centre_has_a_median_for_each_type() -> None:
    middle = centre(read(BLUFF), "writer").values
    assert middle["prize.calm"] == pytest.approx([-1.5])
    assert middle["prize.greedy"] == pytest.approx([6.5])


def test_the_name_alone_stands_for_the_number_of_the_type_that_the_actor_is() -> None:
    case = read(BLUFF)
    draws = draw(case, "mayor", 6, seed=4)
    kind = np.array([0, 1, 1, 0, 0, 1])
    env = Bindings({**draws.values, "hill": kind}, types_of(case), typed_definitions(case))
    expected = np.where(kind == 1, draws.values["prize.greedy"], draws.values["prize.calm"])
    assert np.array_equal(np.asarray(evaluate(typed_definitions(case)["prize"], env)), expected)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_of_draws_reads_back(tmp_path: Path, ending: str) -> None:
    case, path = read(BLUFF), tmp_path / f"draws.{ending}"
    draws = draw(case, "mayor", 25, seed=6)
    write_table([draws], path)
    back = read_table(case, path).draws["mayor"]
    assert list(back.inputs()) == list(draws.inputs())
    for name, values in draws.values.items():
        assert values.tobytes() == back.values[name].tobytes()


def test_a_table_with_one_column_for_all_types_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text("p_brave,p_greedy,fear,sharp,prize,shame\n0.5,0.2,0.5,0.3,9,3\n")
    with pytest.raises(InputError) as caught:
        read_table(read(BLUFF), path)
    assert [str(each).removeprefix(f"{tmp_path}/") for each in caught.value.problems] == [
        "draws.csv:1:1: no column for prize.calm, prize.greedy; every assumption has a column; "
        "nothing is filled in for it",
        "draws.csv:1:29 (column prize): one column 'prize' for a number for each type; "
        "the columns prize.calm, prize.greedy",
    ]
