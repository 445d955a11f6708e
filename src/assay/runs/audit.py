"""A sample of the draws solved again in other ways (`ways`), and the equilibria that were found on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda, Variant
from assay.claims.decide import Bools
from assay.claims.evidence import CURVE, Again, Audit
from assay.claims.judge import Truths, join, judge
from assay.claims.verdicts import missed
from assay.game.game import Floats
from assay.runs.blocks import block_size
from assay.runs.judged import Judged
from assay.runs.plan import counted
from assay.runs.run import Plan
from assay.runs.ways import Way, ways_of
from assay.runs.work import AS_SAID, Block, Ready, Selection, compiled, ready, solve_ready
from assay.solvers.census import distinct, expected, tell_apart
from assay.solvers.pool import default_threads
from assay.solvers.strategies import Strategies

Counts: TypeAlias = NDArray[np.int64]
SIZE = 64
"""Draws of a part at most: enough to fill the lanes of kernels. The ways to solve a part are spread over threads."""
_CURVE = {scale: "selected" if scale == 1 else f"precision {scale:g}" for scale in CURVE}
AHEAD = 2
"""Parts that are worked on at a time, so that no thread waits for the longest way of one part."""


@dataclass(frozen=True, eq=False)
class Audited:
    """What the audit of one perspective found."""

    audit: Audit
    equilibria: Counts
    """Distinct equilibria found in each of the audited draws, which are the perspective's first ones."""


def audit(asked: Agenda, judged: Judged, plan: Plan, selection: Selection) -> Audited:
    """The first draws of a perspective solved in all the other ways; where equilibria are counted on more draws, those
    in the ways that this takes.
    """
    many, sample = len(judged.draws), judged.draws.slice(0, max(plan.audit, counted(plan)))
    size = min(SIZE, block_size(asked, sample))
    own = [compiled(asked.case, None, tuple(sorted(alternatives.items()))) for alternatives, _ in sample.groups()]
    ways = ways_of(asked.case, own, plan, selection)
    tasks = _tasks(asked, sample, min(plan.audit, many), size, ways)
    done = list(_solve(tasks))
    again = {
        name: _again(way, [found[name] for found, _ in done if name in found])
        for name, way in ways.items()
        if any(name in found for found, _ in done)
    }
    equilibria = np.concatenate([counted for _, counted in done] or [np.zeros(0, dtype=np.int64)])
    return Audited(_audit(again, equilibria), equilibria)


@dataclass(frozen=True, eq=False)
class _Solved:
    """A part of the sample solved in one way."""

    truths: Truths
    missed: Bools
    play: tuple[tuple[Ready, Strategies], ...]
    """The strategies of the case's own games, for games without types: their play tells equilibria apart."""
    marks: tuple[tuple[Ready, Floats], ...]
    """What tells equilibria apart in games with types, (marks, draws) for each of the case's own games."""


def _tasks(asked: Agenda, sample: Draws, audited: int, size: int, ways: Mapping[str, Way]) -> Iterator[_Task]:
    """Parts of the sample, each with the ways to solve it in: all of them for the draws that are audited."""
    fewer = {name: way for name, way in ways.items() if way.counted}
    cuts = [*range(0, audited, size), *range(audited, len(sample), size), len(sample)]
    for start, stop in pairwise(cuts):
        yield _Part(asked, sample.slice(start, stop)), ways if start < audited else fewer


def _solve(tasks: Iterator[_Task]) -> Iterator[tuple[dict[str, _Solved], Counts]]:
    """Every part in its ways, with the equilibria found in its draws. Strategies are let go when they are counted."""
    with ThreadPoolExecutor(default_threads()) as pool:
        running: deque[tuple[_Task, dict[str, Future[_Solved]]]] = deque()
        try:
            while True:
                while len(running) < AHEAD and (task := next(tasks, None)) is not None:
                    part, ways = task
                    running.append((task, {name: pool.submit(part.solve, way) for name, way in ways.items()}))
                if not running:
                    return
                (part, ways), waiting = running.popleft()
                found = {name: each.result() for name, each in waiting.items()}
                equilibria = part.equilibria([found[name] for name, way in ways.items() if way.counted])
                yield {name: _Solved(each.truths, each.missed, (), ()) for name, each in found.items()}, equilibria
        finally:
            for _, waiting in running:
                for each in waiting.values():
                    each.cancel()


class _Part:
    """Draws of the sample, to be solved in many ways."""

    def __init__(self, asked: Agenda, draws: Draws) -> None:
        self.asked, self.draws = asked, draws
        self.games = tuple(ready(asked, draws))

    def _is_own(self, one: Ready) -> bool:
        return self.asked.variants[one.number] == Variant()

    def solve(self, way: Way) -> _Solved:
        """The claims' truths when the draws are solved so, and where they were."""
        games = self.games if way.made == AS_SAID else ready(self.asked, self.draws, way.made)
        kept: list[tuple[Ready, Strategies]] = []
        worth: list[tuple[Ready, Floats]] = []

        def seen(one: Ready, strategies: Strategies) -> None:
            if way.counted and self._is_own(one):
                if one.game.informed:
                    worth.append((one, expected(strategies)))
                else:
                    kept.append((one, strategies))

        block = solve_ready(self.asked, len(self.draws), games, way.solver, way.scale, seen)
        marks = tuple((one, np.concatenate([each, self._probabilities(block, one)])) for one, each in worth)
        return _Solved(judge(self.asked, self.draws, block.answers), missed(block.result), tuple(kept), marks)

    def _probabilities(self, block: Block, one: Ready) -> Floats:
        """(probabilities, draws) all that the case asks of its own game."""
        asked = [each for each in self.asked.by_variant[Variant()] if each.measure == "P"]
        found = [block.answers[each][one.positions] for each in asked]
        return np.array(found, dtype=np.float64).reshape(len(found), one.positions.size)

    def equilibria(self, found: Sequence[_Solved]) -> Counts:
        """Distinct equilibria of the case's own game, by draw."""
        counted = np.zeros(len(self.draws), dtype=np.int64)
        for several in zip(*(each.play for each in found), strict=True):
            counted[several[0][0].positions] = distinct([strategies for _, strategies in several])
        for marks in zip(*(each.marks for each in found), strict=True):
            positions = marks[0][0].positions
            solved = [~each.missed[positions] for each in found]
            counted[positions] = tell_apart([mark for _, mark in marks], solved)
        return counted


_Task: TypeAlias = tuple[_Part, Mapping[str, Way]]


def _again(way: Way, parts: Sequence[_Solved]) -> Again:
    return Again(join([each.truths for each in parts]), np.concatenate([each.missed for each in parts]), way.how)


def _audit(again: Mapping[str, Again], equilibria: Counts) -> Audit:
    principal = again.get("other")
    return Audit(
        selected=again.get("selected") or again["tight"],
        tight=again.get("tight"),
        principal=principal,
        starts=tuple(each for name, each in again.items() if name.startswith("start ")),
        equilibria=equilibria,
        other="" if principal is None else principal.how,
        curve={scale: again[name] for scale, name in _CURVE.items() if name in again},
        grids=tuple(again[name] for name in ("nodes", "span") if name in again),
        unlearning=again.get("unlearning"),
        seeing=again.get("seeing"),
    )
