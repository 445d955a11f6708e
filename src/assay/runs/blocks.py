"""All draws of a perspective, block by block, spread over threads and stored as they finish."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda
from assay.claims.judge import Truths, join, judge, outcomes
from assay.game.game import LANES
from assay.runs.gather import Gathered
from assay.runs.judged import Judged
from assay.runs.progress import Progress
from assay.runs.store import Blocks
from assay.runs.tables import Names, claims_table, draws_table, outcomes_table, quantities_table
from assay.runs.work import Block, Solver, bytes_a_draw, games_of, restore, solve_block, together
from assay.solvers.pool import default_threads

Positions: TypeAlias = NDArray[np.int64]

WINDOW = 256
"""Draws that are put in order again before they are judged: their answers are small."""
BYTES = 128 * 2**20
"""Memory for the strategies of a block, as far as the eight draws that kernels treat at once leave a choice."""


def block_size(asked: Agenda, draws: Draws) -> int:
    """Draws of a block: as many as `BYTES` holds of the largest game's strategies; a multiple of the kernels' lanes."""
    most = max(bytes_a_draw(game, payoffs) for game, payoffs in games_of(asked, draws))
    return min(WINDOW, max(1, BYTES // most // LANES) * LANES)


def cut(draws: Draws, size: int) -> Iterator[Positions]:
    """Positions of draws in blocks of at most `size`.

    A few draws of each of several structures would leave the kernels' lanes empty, so a small block has one structure.
    """
    if len(draws) <= size:
        yield np.arange(len(draws))
        return
    for _, positions in draws.groups():
        yield from (positions[start : start + size] for start in range(0, len(positions), size))


@dataclass(frozen=True, eq=False)
class _Task:
    """Draws to be solved as one block."""

    name: str
    window: int
    """Position of the first draw of the window that they belong to."""
    draws: Positions
    """In the window."""


def solve_all(
    asked: Agenda, draws: Draws, solver: Solver, store: Blocks | None, progress: Progress
) -> Iterator[tuple[Draws, Block]]:
    """The windows of a perspective with their draws, in order. A stored block is read instead of solved."""
    tasks = list(_tasks(draws, block_size(asked, draws)))
    blocks = Counter(task.window for task in tasks)

    def one(task: _Task) -> Block:
        stored = store.read(task.name) if store else None
        if stored is not None:
            return restore(stored, asked)
        block = solve_block(asked, draws.take(task.window + task.draws), solver)
        if store:
            store.write(task.name, block.arrays(asked))
        return block

    done: defaultdict[int, list[tuple[Positions, Block]]] = defaultdict(list)
    following = 0
    for task, block in spread(one, tasks):
        progress.advance(len(block.residual))
        done[task.window].append((task.draws, block))
        while following in blocks and len(done[following]) == blocks[following]:
            yield draws.slice(following, following + WINDOW), together(done.pop(following))
            following += WINDOW


def _tasks(draws: Draws, size: int) -> Iterator[_Task]:
    for start in range(0, len(draws), WINDOW):
        window = draws.slice(start, start + WINDOW)
        for number, positions in enumerate(cut(window, size)):
            yield _Task(f"{draws.perspective}-{start}-{len(window)}-{number}", start, positions)


def spread(work: Callable[[_Task], Block], items: Iterable[_Task]) -> Iterator[tuple[_Task, Block]]:
    """Results as they finish. When one fails or the user interrupts, work that has not begun is dropped."""
    threads = default_threads()
    with ThreadPoolExecutor(threads) as pool:
        todo = iter(items)
        running: dict[Future[Block], _Task] = {}
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


def judge_all(
    asked: Agenda, draws: Draws, blocks: Iterable[tuple[Draws, Block]], names: Names, tables: Gathered
) -> Judged:
    """All draws of a perspective, judged block by block. What has rows for every draw goes to the tables."""
    truths: list[Truths] = []
    kept: list[Block] = []
    for part, block in blocks:
        truths.append(judge(asked, part, block.answers))
        tables.add("draws", draws_table(part, names))
        tables.add("outcomes", outcomes_table(part, names, outcomes(asked, part, block.answers)))
        tables.add("claims", claims_table(part, names, truths[-1]))
        tables.add("quantities", quantities_table(part, names, truths[-1]))
        kept.append(replace(block, answers={}))
    return Judged(
        perspective=draws.perspective,
        draws=draws,
        truths=join(truths),
        series={name: np.concatenate([block.series[name] for block in kept], axis=1) for name in asked.series},
        residual=np.concatenate([block.residual for block in kept]),
        result=np.concatenate([block.result for block in kept]),
    )
