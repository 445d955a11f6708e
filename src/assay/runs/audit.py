"""A sample of the draws solved again: on the principal branch, from every restart, and at other precisions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda
from assay.claims.evidence import CURVE, Audit
from assay.claims.judge import Truths, join, judge
from assay.game.fill import fill
from assay.game.game import LANES, Filled, Ints
from assay.runs.blocks import Judged
from assay.runs.run import Plan
from assay.runs.work import Selection, Solver, compiled, ordinary, solve_block
from assay.solvers.census import UNIFORM, census, corners, distinct
from assay.solvers.pool import default_threads
from assay.solvers.solve import restart

Part = TypeVar("Part")
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
    again = _Again(asked, sample)
    selected = again.judged(solver)
    found = Audit(
        selected=selected,
        tight=again.judged(ordinary(selection, TIGHT)) if plan.residual > TIGHT else None,
        principal=again.judged(ordinary(other, min(plan.residual, TIGHT))),
        starts=tuple(again.judged(_from(corner)) for corner in again.starts()),
        equilibria=again.equilibria(),
        other=other.replace("_", " "),
        curve={scale: selected if scale == 1 else again.judged(solver, scale) for scale in CURVE},
    )
    assert found.equilibria is not None
    return Audited(found, found.equilibria)


def _from(corner: int) -> Solver:
    return lambda filled, payoffs: restart(filled, corner, TIGHT, payoffs, threads=1)


@dataclass(frozen=True)
class _Again:
    """Ways to solve a sample once more. Its draws are spread over threads in parts of whole lanes."""

    asked: Agenda
    sample: Draws

    def judged(self, solver: Solver, scale: float = 1.0) -> Truths:
        """The claims' truths when the sample is solved so."""

        def one(part: Draws) -> Truths:
            return judge(self.asked, part, solve_block(self.asked, part, solver, scale).answers)

        return join(self._spread(one))

    def starts(self) -> tuple[int, ...]:
        """Uniform play and the corners of the largest stage of any of the sample's games."""
        first = [self.sample.take(positions[:1]) for _, positions in self.sample.groups()]
        return (UNIFORM, *range(max((corners(self._filled(part)) for part in first), default=0)))

    def equilibria(self) -> Ints:
        """Distinct equilibria of the case's own game, by draw; none where the sample is empty."""

        def one(part: Draws) -> Ints:
            counted = np.zeros(len(part), dtype=np.int32)
            for _, positions in part.groups():
                filled = self._filled(part.take(positions))
                counted[positions] = distinct(census(filled, TIGHT, threads=1))
            return counted

        parts = self._spread(one)
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def _filled(self, part: Draws) -> Filled:
        """The case's own game with the numbers of draws that share their structural alternatives."""
        alternatives = next(iter(part.groups()))[0]
        game = compiled(self.asked.case, None, tuple(sorted(alternatives.items())))
        return fill(game, self.asked.case, part)

    def _spread(self, work: Callable[[Draws], Part]) -> list[Part]:
        step = 2 * LANES
        parts = [self.sample.slice(start, start + step) for start in range(0, len(self.sample), step)]
        with ThreadPoolExecutor(default_threads()) as pool:
            return list(pool.map(work, parts))
