"""A sample of each perspective's draws solved again in other ways (`ways`), and the equilibria found on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws, joined
from assay.claims.agenda import Agenda, Variant
from assay.claims.decide import Bools
from assay.claims.evidence import CURVE, Again, Audit
from assay.claims.judge import Truths, join, judge
from assay.claims.verdicts import missed
from assay.game.game import Floats
from assay.runs.blocks import Positions, block_size, cut
from assay.runs.judged import Judged
from assay.runs.plan import counted
from assay.runs.progress import Progress
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


def audit(
    asked: Agenda, judged: Sequence[Judged], plan: Plan, selection: Selection, progress: Progress
) -> dict[str, Audited]:
    """The first draws of every perspective solved in all the other ways; where equilibria are counted on more draws,
    those in the ways that this takes.

    Draws of all perspectives are solved together, so that a few of each fill the lanes of the kernels.
    """
    samples = [each.draws.slice(0, max(plan.audit, counted(plan))) for each in judged]
    sample, whole = joined(samples), np.concatenate([np.arange(len(part)) < plan.audit for part in samples])
    own = [compiled(asked.case, None, tuple(sorted(alternatives.items()))) for alternatives, _ in sample.groups()]
    ways = ways_of(asked.case, own, plan, selection)
    done: list[_Done] = []
    for part in _solve(_tasks(asked, sample, whole, ways)):
        done.append(part)
        progress.advance(len(part.positions))
    again = {name: again for name, way in ways.items() if (again := _again(name, way, done))}
    equilibria = np.zeros(len(sample), dtype=np.int64)
    for part in done:
        equilibria[part.positions] = part.equilibria
    found: dict[str, Audited] = {}
    first = 0
    for each, own_sample in zip(judged, samples, strict=True):
        place = range(first, first + len(own_sample))
        first = place.stop
        counts = equilibria[place.start : place.stop]
        found[each.perspective] = Audited(_audit({name: one(place) for name, one in again.items()}, counts), counts)
    return found


@dataclass(frozen=True, eq=False)
class _Solved:
    """A part of the sample solved in one way."""

    truths: Truths
    missed: Bools
    play: tuple[tuple[Ready, Strategies], ...] = ()
    """The strategies of the case's own games, for games without types: their play tells equilibria apart."""
    marks: tuple[tuple[Ready, Floats], ...] = ()
    """What tells equilibria apart in games with types, (marks, draws) for each of the case's own games."""


@dataclass(frozen=True, eq=False)
class _Done:
    """A part of the sample solved in all its ways."""

    positions: Positions
    """In the sample of all perspectives."""
    ways: Mapping[str, _Solved]
    equilibria: Counts


def _tasks(asked: Agenda, sample: Draws, whole: Bools, ways: Mapping[str, Way]) -> Iterator[_Task]:
    """Parts of the sample, each with the ways to solve it in: all of them for the draws that are audited."""
    size = min(SIZE, block_size(asked, sample))
    fewer = {name: way for name, way in ways.items() if way.counted}
    for chosen, taken in ((np.flatnonzero(whole), ways), (np.flatnonzero(~whole), fewer)):
        for block in cut(sample.take(chosen), size):
            if block.size:
                yield _Part(asked, chosen[block], sample.take(chosen[block])), taken


def _solve(tasks: Iterator[_Task]) -> Iterator[_Done]:
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
                kept = {name: _Solved(each.truths, each.missed) for name, each in found.items()}
                yield _Done(part.positions, kept, equilibria)
        finally:
            for _, waiting in running:
                for each in waiting.values():
                    each.cancel()


class _Part:
    """Draws of the sample, to be solved in many ways."""

    def __init__(self, asked: Agenda, positions: Positions, draws: Draws) -> None:
        self.asked, self.positions, self.draws = asked, positions, draws
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


def _again(name: str, way: Way, done: Sequence[_Done]) -> Callable[[range], Again] | None:
    """What came of a way in all draws that were solved in it, to be asked for a perspective's place in the sample."""
    parts = [(each.positions, each.ways[name]) for each in done if name in each.ways]
    if not parts:
        return None
    positions = np.concatenate([place for place, _ in parts])
    order = np.argsort(positions)
    truths = join([each.truths for _, each in parts])
    missed = np.concatenate([each.missed for _, each in parts])

    def of(place: range) -> Again:
        low, high = np.searchsorted(positions[order], [place.start, place.stop])
        chosen = order[low:high]
        return Again({claim: truth.take(chosen) for claim, truth in truths.items()}, missed[chosen], way.how)

    return of


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
