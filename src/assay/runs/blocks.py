"""All draws of a perspective, block by block, spread over threads and stored as they finish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda
from assay.claims.judge import Truths, join, judge, outcomes
from assay.game.game import Floats
from assay.runs.progress import Progress
from assay.runs.store import Blocks
from assay.runs.work import Block, Solver, restore, solve_block
from assay.solvers.pool import default_threads

SIZE = 256
"""Draws of a block: enough to fill the lanes of the kernels, few enough to keep memory small."""


@dataclass(frozen=True, eq=False)
class Judged:
    """All draws of one perspective, judged."""

    perspective: str
    draws: Draws
    truths: Truths
    outcomes: dict[tuple[str, str], Floats]
    """(intervention, outcome) to (draws,)."""
    series: dict[str, Floats]
    """Outcome to (periods, draws)."""
    residual: Floats
    result: NDArray[np.int8]


def solve_all(
    asked: Agenda, draws: Draws, solver: Solver, store: Blocks | None, progress: Progress
) -> tuple[Block, ...]:
    """The blocks of a perspective, in order. A stored block is read instead of solved."""
    starts = range(0, len(draws), SIZE)

    def one(start: int) -> Block:
        part = draws.slice(start, start + SIZE)
        name = f"{draws.perspective}-{start}-{len(part)}"
        stored = store.read(name) if store else None
        if stored is not None:
            return restore(stored, asked)
        block = solve_block(asked, part, solver)
        if store:
            store.write(name, block.arrays(asked))
        return block

    found: dict[int, Block] = {}
    for start, block in spread(one, starts):
        found[start] = block
        progress.advance(len(block.residual))
    return tuple(found[start] for start in starts)


def spread(work: Callable[[int], Block], items: Sequence[int]) -> Iterator[tuple[int, Block]]:
    """Results as they finish. When one fails or the user interrupts, work that has not begun is dropped."""
    threads = default_threads()
    with ThreadPoolExecutor(threads) as pool:
        todo = iter(items)
        running: dict[Future[Block], int] = {}
        try:
            while True:
                for item in todo:
                    running[pool.submit(work, item)] = item
                    if len(running) > threads:
                        break
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), future.result()
        finally:
            for future in running:
                future.cancel()


def judge_all(asked: Agenda, draws: Draws, blocks: Sequence[Block]) -> Judged:
    """Truths, outcomes and series of all draws of a perspective, from its blocks."""
    truths: list[Truths] = []
    rows: list[dict[tuple[str, str], Floats]] = []
    for number, block in enumerate(blocks):
        part = draws.slice(number * SIZE, number * SIZE + len(block.residual))
        truths.append(judge(asked, part, block.answers))
        rows.append(outcomes(asked, part, block.answers))
    return Judged(
        perspective=draws.perspective,
        draws=draws,
        truths=join(truths),
        outcomes={key: np.concatenate([row[key] for row in rows]) for key in rows[0]},
        series={name: np.concatenate([block.series[name] for block in blocks], axis=1) for name in asked.series},
        residual=np.concatenate([block.residual for block in blocks]),
        result=np.concatenate([block.result for block in blocks]),
    )
