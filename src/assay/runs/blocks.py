"""All draws of a perspective, block by block, spread over threads and stored as they finish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

import numpy as np

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda
from assay.claims.judge import Truths, join, judge, outcomes
from assay.game.game import LANES
from assay.runs.gather import Gathered
from assay.runs.judged import Judged
from assay.runs.progress import Progress
from assay.runs.store import Blocks
from assay.runs.tables import Names, claims_table, draws_table, outcomes_table, quantities_table
from assay.runs.work import Block, Solver, bytes_a_draw, games_of, restore, solve_block
from assay.solvers.pool import default_threads

SIZE = 256
"""Most draws of a block: enough to fill the lanes of the kernels, few enough to keep memory small."""
BYTES = 128 * 2**20
"""Memory for the strategies of a block, as far as the eight draws that kernels treat at once leave a choice."""


def block_size(asked: Agenda, draws: Draws) -> int:
    """Draws of a block: as many as `BYTES` holds of the largest game's strategies; a multiple of the kernels' lanes."""
    most = max(bytes_a_draw(game, payoffs) for game, payoffs in games_of(asked, draws))
    return min(SIZE, max(1, BYTES // most // LANES) * LANES)


def solve_all(
    asked: Agenda, draws: Draws, solver: Solver, store: Blocks | None, progress: Progress
) -> Iterator[tuple[Draws, Block]]:
    """The blocks of a perspective with their draws, in order. A stored block is read instead of solved."""
    size = block_size(asked, draws)

    def one(start: int) -> Block:
        part = draws.slice(start, start + size)
        name = f"{draws.perspective}-{start}-{len(part)}"
        stored = store.read(name) if store else None
        if stored is not None:
            return restore(stored, asked)
        block = solve_block(asked, part, solver)
        if store:
            store.write(name, block.arrays(asked))
        return block

    waiting: dict[int, Block] = {}
    following = 0
    for start, block in spread(one, range(0, len(draws), size)):
        progress.advance(len(block.residual))
        waiting[start] = block
        while following in waiting:
            yield draws.slice(following, following + size), waiting.pop(following)
            following += size


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
