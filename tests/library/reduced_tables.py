"""The reference tables of the case `mine-ban-reduced`, and the same numbers as this program finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from assay.assumptions.draw import Draws
from assay.assumptions.table import read_table
from assay.case.model import Case
from assay.case.read import read
from assay.claims.agenda import agenda
from assay.claims.judge import outcomes
from assay.game.game import Floats
from assay.library import CASES
from assay.runs.work import Block, Solver, solve_block
from assay.solvers.solve import restart, solve
from assay.solvers.strategies import Strategies

DATA = Path(__file__).parent / "data"
RESIDUAL = 1e-9
UNIQUE = 1e-6
"""Where restarts of the reference agree to this, its row must be reproduced to the same."""
SPANS = {7: 3.0, 13: 4.0}
COUNTED = ("restarts_agree_to", "unconverged_nodes")
FIRST = 16
"""Outcomes of the case that are read under every intervention; they stand first."""
QUANTITIES = {"banF.P_war": "banF_P_war", "banAll.P_war": "banAll_P_war"}
"""Columns of the reference that the case calls otherwise, since its names have no dots."""


@cache
def whole_case(nodes: int = 7) -> Case:
    """The case on a grid of the reference."""
    case = read(CASES / "mine-ban-reduced" / "case.yaml")
    grid = case.solution.model_copy(update={"belief_nodes": nodes, "belief_span": SPANS[nodes]})
    return case.model_copy(update={"solution": grid})


@cache
def outcomes_only(nodes: int = 7) -> Case:
    """The case without claims and without the outcomes that need more than one solve."""
    case = whole_case(nodes)
    first = dict(list(case.outcomes.items())[:FIRST])
    return case.model_copy(update={"claims": (), "outcomes": first})


@cache
def all_draws() -> Draws:
    """The 48 draws. Which perspective they are read under makes no difference: a draw has every number."""
    return read_table(whole_case(), DATA / "reduced_parameters.csv").draws["agnostic"]


def draws_of(names: Sequence[str]) -> Draws:
    """Some of the draws, in the order of `names`."""
    labels = list(all_draws().labels)
    return all_draws().take(np.array([labels.index(name) for name in names]))


@cache
def reference(nodes: int) -> pd.DataFrame:
    """The table of outcomes on one grid: a row for each draw and intervention."""
    table = pd.read_csv(DATA / "reduced_outcomes.csv")
    return table[table["nodes"] == nodes].drop(columns="nodes").set_index(["draw", "intervention"])


@cache
def reference_quantities() -> pd.DataFrame:
    """The further quantities on the coarse grid: a row for each draw."""
    return pd.read_csv(DATA / "reduced_quantities.csv").set_index("draw").rename(columns=QUANTITIES)


def agreement(nodes: int) -> pd.Series:
    """By draw, the largest difference that restarts made in the reference."""
    found = reference(nodes)["restarts_agree_to"].groupby(level="draw").max()
    assert isinstance(found, pd.Series)
    return found


def one_equilibrium(nodes: int) -> list[str]:
    """The draws of which the reference found one equilibrium only, in every intervention."""
    found = agreement(nodes)
    return list(found.index[found <= UNIQUE])


@dataclass(frozen=True)
class Solved:
    """What this program finds of some draws."""

    values: dict[tuple[str, str], Floats]
    """(intervention, outcome) to values by draw."""
    block: Block

    def row(self, draw: int, intervention: str, columns: Sequence[str]) -> Floats:
        return np.array([self.values[intervention, name][draw] for name in columns])


def solved(case: Case, draws: Draws, solver: Solver) -> Solved:
    """Outcomes of draws under a solver."""
    asked = agenda(case)
    block = solve_block(asked, draws, solver)
    return Solved(outcomes(asked, draws, block.answers), block)


def from_warm(residual: float = RESIDUAL) -> Solver:
    """Every year from the following one's answer, as the reference was solved."""
    return lambda filled, payoffs: solve(filled, "warm_start", residual, payoffs)


def on_the_branch(residual: float = RESIDUAL) -> Solver:
    """Every stage followed from uniform play."""
    return lambda filled, payoffs: solve(filled, "principal_branch", residual, payoffs)


def from_corner(corner: int, residual: float = RESIDUAL) -> Solver:
    """Every year from a corner; -1 is uniform play."""

    def solver(filled: object, payoffs: bool) -> Strategies:
        return restart(filled, corner, residual, payoffs)  # type: ignore[arg-type]

    return solver


def differences(found: Solved, names: Sequence[str], nodes: int) -> pd.Series:
    """The largest difference from the reference, by draw and intervention."""
    table = reference(nodes)
    columns = [name for name in table.columns if name not in COUNTED]
    worst = {
        (name, intervention): float(
            np.abs(
                found.row(place, intervention, columns) - table.loc[(name, intervention), columns].to_numpy(float)
            ).max()
        )
        for place, name in enumerate(names)
        for intervention in table.index.get_level_values("intervention").unique()
    }
    return pd.Series(worst).rename_axis(["draw", "intervention"])
