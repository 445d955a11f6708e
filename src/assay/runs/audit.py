"""A sample of the draws solved again: on the principal branch, from every restart, and at other precisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda, Variant
from assay.claims.evidence import CURVE, Audit
from assay.claims.judge import Truths, join, judge
from assay.game.game import Ints
from assay.runs.judged import Judged
from assay.runs.run import Plan
from assay.runs.work import Ready, Selection, Solver, ordinary, ready, solve_ready
from assay.solvers.census import UNIFORM, census, corners, distinct
from assay.solvers.pool import default_threads
from assay.solvers.solve import restart

SIZE = 64
"""Draws of a part: enough to fill the lanes of the kernels. The ways to solve a part are spread over threads."""
TIGHT = 1e-6
"""Residual of the census and of the other selection: looser solutions of one equilibrium could count as two."""


@dataclass(frozen=True, eq=False)
class Audited:
    """What the audit of one perspective found."""

    audit: Audit
    equilibria: Ints
    """Distinct equilibria found in each of the audited draws, which are the perspective's first ones."""


def audit(asked: Agenda, judged: Judged, plan: Plan, selection: Selection) -> Audited:
    """The first draws of a perspective solved in all the other ways."""
    sample = judged.draws.slice(0, min(plan.audit, len(judged.draws)))
    solver = ordinary(selection, plan.residual)
    other: Selection = "warm_start" if selection == "principal_branch" else "principal_branch"
    parts = [_Part(asked, sample.slice(start, start + SIZE)) for start in range(0, len(sample), SIZE)]
    with ThreadPoolExecutor(default_threads()) as pool:

        def again(solver: Solver, scale: float = 1.0) -> Callable[[], Truths]:
            waiting = [pool.submit(part.judged, solver, scale) for part in parts]
            return lambda: join([each.result() for each in waiting])

        principal = again(ordinary(other, min(plan.residual, TIGHT)))  # the longest first
        counting = [pool.submit(part.equilibria) for part in parts]
        tight = again(ordinary(selection, TIGHT)) if plan.residual > TIGHT else None
        starts = [again(_from(corner)) for corner in _starts(parts)]
        selected = again(solver)
        curve = {scale: selected if scale == 1 else again(solver, scale) for scale in CURVE}
        equilibria = np.concatenate([each.result() for each in counting] or [np.zeros(0, dtype=np.int32)])
        found = Audit(
            selected=selected(),
            tight=tight() if tight else None,
            principal=principal(),
            starts=tuple(start() for start in starts),
            equilibria=equilibria,
            other=other.replace("_", " "),
            curve={scale: truths() for scale, truths in curve.items()},
        )
    return Audited(found, equilibria)


def _from(corner: int) -> Solver:
    return lambda filled, payoffs: restart(filled, corner, TIGHT, payoffs, threads=1)


class _Part:
    """Draws of the sample, filled once, to be solved in many ways."""

    def __init__(self, asked: Agenda, draws: Draws) -> None:
        self.asked, self.draws = asked, draws
        self.games = tuple(ready(asked, draws))

    def judged(self, solver: Solver, scale: float = 1.0) -> Truths:
        """The claims' truths when the draws are solved so."""
        block = solve_ready(self.asked, len(self.draws), self.games, solver, scale)
        return judge(self.asked, self.draws, block.answers)

    @property
    def own(self) -> tuple[Ready, ...]:
        """The case's own game, for each of the structural alternatives."""
        return tuple(one for one in self.games if self.asked.variants[one.number] == Variant())

    def equilibria(self) -> Ints:
        """Distinct equilibria of the case's own game, by draw."""
        counted = np.zeros(len(self.draws), dtype=np.int32)
        for one in self.own:
            counted[one.positions] = distinct(census(one.filled, TIGHT, threads=1))
        return counted


def _starts(parts: Sequence[_Part]) -> tuple[int, ...]:
    """Uniform play and the corners of the largest stage of any of the sample's games."""
    return (UNIFORM, *range(max((corners(one.filled) for part in parts for one in part.own), default=0)))
