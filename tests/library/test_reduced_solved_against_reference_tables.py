"""The built-in case `mine-ban-reduced` solved, against tables that another implementation of the same model made.

A few draws of each of the three boxes; `benchmarks/reduced_oracle.py` goes through all of them, on both grids.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from assay.claims.agenda import agenda
from assay.formula.parse import parse
from assay.solvers.strategies import Result

from . import reduced_tables as tables

BOXES = ("essay", "frontline", "agnostic")


def some(nodes: int, each: int) -> list[str]:
    """The first draws of each box of which the reference found one equilibrium only."""
    unique = tables.one_equilibrium(nodes)
    return [name for box in BOXES for name in [one for one in unique if one.startswith(box)][:each]]


@cache
def found(nodes: int, each: int) -> tuple[list[str], tables.Solved]:
    names = some(nodes, each)
    return names, tables.solved(tables.outcomes_only(nodes), tables.draws_of(names), tables.from_warm())


def test_the_tables_hold_what_they_should() -> None:
    assert len(tables.reference(7)) + len(tables.reference(13)) == 576
    both = [tables.reference(nodes)["restarts_agree_to"] for nodes in tables.SPANS]
    assert sum(int((column <= tables.UNIQUE).sum()) for column in both) == 276
    named = {name for name in tables.reference(7).columns if name not in tables.COUNTED}
    assert named == set(tables.outcomes_only().outcomes)
    interventions = set(tables.reference(7).index.get_level_values("intervention"))
    assert interventions == set(tables.whole_case().interventions)
    assert set(tables.reference_quantities().columns) <= set(tables.whole_case().outcomes)


def test_the_table_takes_one_solve_and_six_passes() -> None:
    asked = agenda(tables.outcomes_only())
    assert (asked.solves, asked.forward_passes) == (1, 6)


@pytest.mark.parametrize(("nodes", "each"), [(7, 2), (13, 1)])
def test_rows_with_one_equilibrium_are_reproduced_under_every_intervention(nodes: int, each: int) -> None:
    names, solved = found(nodes, each)
    assert len(names) == 3 * each
    assert (solved.block.residual <= tables.RESIDUAL).all()
    assert (solved.block.result < Result.UNRESOLVED).all()
    away = tables.differences(solved, names, nodes)
    assert len(away) == 6 * len(names)
    assert away.max() <= 1e-6, away[away > 1e-6]


def test_quantities_of_draws_with_one_equilibrium_are_reproduced() -> None:
    name = some(7, 1)[1]
    expected = tables.reference_quantities().loc[name]
    solved = tables.solved(tables.whole_case(), tables.draws_of([name]), tables.from_warm())
    values = {outcome: float(numbers[0]) for (_, outcome), numbers in solved.values.items() if outcome in expected}
    away = (pd.Series(values)[expected.index] - expected).abs()
    assert away.max() <= 1e-6, away


def test_the_cost_of_the_full_line_in_closed_form_rests_on_certain_steps() -> None:
    """`F_cost` is a closed form because under `F_full` each step is taken in a known year, whatever else happens."""
    case = tables.whole_case()
    steps = {
        "out": "P(treaty_west != in, at=1, given=not war, do=F_full)",
        "not_yet_built": "P(line_west != none, at=1, given=not war, do=F_full)",
        "built": "P(line_west == works, at=2, given=not war, do=F_full)",
        "mined": "P(line_west == mines, at=3, given=not war, do=F_full)",
        "kept": "P(line_west == mines, at=end, given=not war, do=F_full)",
    }
    read = {name: parse(formula) for name, formula in steps.items()}
    asked = case.model_copy(update={"claims": (), "interventions": {}, "outcomes": read})
    solved = tables.solved(asked, tables.draws_of(some(7, 1)), tables.from_warm(1e-3))
    for step in steps:
        expected = 0.0 if step == "not_yet_built" else 1.0
        np.testing.assert_allclose(solved.values["do F_full", step], expected, atol=1e-9)
