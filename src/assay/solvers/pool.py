"""Draws spread over a pool of threads; kernels release the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

CHUNKS_PER_THREAD = 8
"""So that threads end at about the same time though draws differ in work."""


def default_threads() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread_groups(work: Callable[[int, int], None], groups: int, threads: int | None) -> None:
    """Calls `work(first, last)` for ranges that cover `groups`, on `threads` threads (all processors by default)."""
    count = min(threads or default_threads(), groups)
    if count <= 1:
        work(0, groups)
        return
    size = max(1, groups // (count * CHUNKS_PER_THREAD))
    starts = range(0, groups, size)
    with ThreadPoolExecutor(count) as pool:
        waiting = [pool.submit(work, start, min(start + size, groups)) for start in starts]
        try:
            for future in waiting:
                future.result()
        except BaseException:
            for future in waiting:
                future.cancel()
            raise
