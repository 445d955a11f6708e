"""Solves a filled game by backward induction with logit choices."""

from __future__ import annotations

from typing import Literal

import numpy as np

from assay.game.game import LANES, Filled
from assay.solvers.kernel_backward import PRINCIPAL, RESTART, WARM, Answer, Numbers, Way, solve_groups
from assay.solvers.plan import desk_of, for_kernel, plan_of
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Strategies

SELECTIONS = {"warm_start": WARM, "principal_branch": PRINCIPAL}


def solve(
    filled: Filled,
    selection: Literal["warm_start", "principal_branch"] = "warm_start",
    residual: float = 1e-3,
    payoffs: bool = False,
    threads: int | None = None,
) -> Strategies:
    """The strategies of a batch of draws.

    `selection` says which equilibrium where a stage with several movers has more than one: `warm_start` starts from
    the next period's answer (the last period from play by base weights), `principal_branch` follows each stage from
    there as precision grows, the continuation held fixed (but for stages that are shown to have one solution).
    `residual` is what counts as solved, in probability. `payoffs` keeps what every option was worth to its mover.

    Draws that miss the residual are flagged, never dropped. Raises `ValueError` for an unknown selection,
    `NotImplementedError` for private types.
    """
    if selection not in SELECTIONS:
        raise ValueError(f"selection is {selection!r}; expected one of {', '.join(SELECTIONS)}")
    return run(filled, selection, SELECTIONS[selection], -1, residual, payoffs, threads)


def restart(
    filled: Filled, corner: int, residual: float, payoffs: bool = False, threads: int | None = None
) -> Strategies:
    """Solved with every period's stages started from a corner.

    Bit n of `corner` says that mover n leans to its last option, else to its first; -1 is play by base weights.
    """
    name = f"start {corner + 1}"
    return run(filled, name, RESTART, corner, residual, payoffs, threads)


def run(
    filled: Filled, name: str, selection: int, corner: int, residual: float, payoffs: bool, threads: int | None
) -> Strategies:
    """Runs the kernel over all groups."""
    game, draws = filled.game, filled.draws
    plan, groups = plan_of(game), filled.table.shape[0]
    shape = (groups, game.periods, game.structure.option_weight.size, 1, LANES)
    answer = Answer(
        probability=np.zeros(shape),
        payoff=np.zeros(shape if payoffs else (groups, game.periods, 0, 1, LANES)),
        value=np.zeros((groups, plan.slots, LANES)),
        worst=np.zeros((groups, 2, LANES)),
    )
    numbers = Numbers(*(for_kernel(a) for a in (filled.table, filled.precision, filled.discount)))
    way = Way(selection, corner, float(residual), payoffs)

    def work(first: int, last: int) -> None:
        solve_groups(plan, numbers, first, last, way, desk_of(plan), answer)

    spread_groups(work, groups, threads)
    return Strategies(
        filled=filled,
        probability=answer.probability,
        payoff=answer.payoff if payoffs else None,
        value=answer.value,
        residual=answer.worst[:, 0].reshape(-1)[:draws],
        result=answer.worst[:, 1].reshape(-1)[:draws].astype(np.int8),
        selection=name,
    )
