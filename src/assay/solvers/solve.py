"""Solves a filled game by backward induction with logit choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from assay.game.game import LANES, Filled
from assay.solvers import types_plan
from assay.solvers.kernel_backward import PRINCIPAL, RESTART, WARM, Answer, Numbers, Way, solve_groups
from assay.solvers.kernel_types_backward import solve_typed_groups
from assay.solvers.plan import desk_of, for_kernel, plan_of
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Cells, Strategies

SELECTIONS = {"warm_start": WARM, "principal_branch": PRINCIPAL}


def solve(
    filled: Filled,
    selection: Literal["warm_start", "principal_branch"] = "warm_start",
    residual: float = 1e-3,
    payoffs: bool = False,
    threads: int | None = None,
    learning: bool = True,
) -> Strategies:
    """The strategies of a batch of draws.

    `selection` says which equilibrium where a stage with several movers has more than one: `warm_start` starts from
    the next period's answer (the last period from play by base weights), `principal_branch` follows each stage from
    there as precision grows, the continuation held fixed (but for stages that are shown to have one solution).
    `residual` is what counts as solved, in probability. `payoffs` keeps what every option was worth to its mover.
    Without `learning` nobody draws conclusions from moves: beliefs about private types stay what they were.

    Draws that miss the residual are flagged, never dropped. Raises `ValueError` for an unknown selection.
    """
    if selection not in SELECTIONS:
        raise ValueError(f"selection is {selection!r}; expected one of {', '.join(SELECTIONS)}")
    return run(filled, selection, Way(SELECTIONS[selection], -1, float(residual), payoffs), threads, learning)


def restart(
    filled: Filled,
    corner: int,
    residual: float,
    payoffs: bool = False,
    threads: int | None = None,
    learning: bool = True,
) -> Strategies:
    """Solved with every period's stages started from a corner.

    `corner` is a number as in `corners`: its digits say to which option each (mover, own type) leans; -1 is play by
    base weights.
    """
    return run(filled, "restart", Way(RESTART, corner, float(residual), payoffs), threads, learning)


def run(filled: Filled, name: str, way: Way, threads: int | None, learning: bool) -> Strategies:
    """Runs the kernel over all groups."""
    if filled.game.informed:
        return _run_types(filled, name, way, threads, learning)
    game = filled.game
    plan, groups = plan_of(game), filled.table.shape[0]
    shape = (groups, game.periods, game.structure.option_weight.size, 1, LANES)
    answer = _answer(filled, shape, (groups, game.periods, 0, 1, LANES), way)
    numbers = _numbers(filled)

    def work(first: int, last: int) -> None:
        solve_groups(plan, numbers, first, last, way, desk_of(plan), answer)

    spread_groups(work, groups, threads)
    return _solved(filled, answer, name, way, None)


def _run_types(filled: Filled, name: str, way: Way, threads: int | None, learning: bool) -> Strategies:
    assert filled.prior is not None
    layout, groups = types_plan.layout_of(filled.game), filled.table.shape[0]
    slots = len(filled.game.slots)
    answer = _answer(filled, (groups, layout.cells.count, LANES), (groups, 0, LANES), way)
    numbers, prior = _numbers(filled), for_kernel(filled.prior)

    def work(first: int, last: int) -> None:
        desk = types_plan.desk_of(layout, slots)
        solve_typed_groups(layout.plan, numbers, prior, first, last, way, learning, desk, answer)

    spread_groups(work, groups, threads)
    return replace(_solved(filled, answer, name, way, layout.cells), learning=learning)


def _answer(filled: Filled, shape: tuple[int, ...], nothing: tuple[int, ...], way: Way) -> Answer:
    groups = filled.table.shape[0]
    return Answer(
        probability=np.zeros(shape),
        payoff=np.zeros(shape if way.payoffs else nothing),
        value=np.zeros((groups, len(filled.game.slots), LANES)),
        worst=np.zeros((groups, 2, LANES)),
    )


def _numbers(filled: Filled) -> Numbers:
    return Numbers(*(for_kernel(a) for a in (filled.table, filled.precision, filled.discount)))


def _solved(filled: Filled, answer: Answer, name: str, way: Way, cells: Cells | None) -> Strategies:
    draws = filled.draws
    return Strategies(
        filled=filled,
        probability=answer.probability,
        payoff=answer.payoff if way.payoffs else None,
        value=answer.value,
        residual=answer.worst[:, 0].reshape(-1)[:draws],
        result=answer.worst[:, 1].reshape(-1)[:draws].astype(np.int8),
        selection=name,
        cells=cells,
    )
