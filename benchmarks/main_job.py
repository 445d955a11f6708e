"""The main job as a whole process: time to verdicts cold and warm, and how time and memory grow with draws.

`python benchmarks/main_job.py [CASE]`. Each figure is one process; ratios compare processes of one call.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

DRAWS = (250, 1_000, 4_000)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one process took."""

    wall: float  # seconds
    cpu: float  # seconds
    peak: float  # MB


def measure(*args: str, **environment: str) -> Figure:
    """Runs `assay` with arguments in a process of its own."""
    begun = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "assay", *args],
        {**os.environ, **environment},
        file_actions=[(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)],
    )
    _, status, used = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"assay {' '.join(args)} ended with status {status}")
    return Figure(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main(case: str = "mine-ban") -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as scratch:
        print(f"{case}: the main job, one process each")
        print(f"{'':<34}{'wall s':>10}{'cpu s':>10}{'peak MB':>10}{'against the first':>20}")
        for name, args in [("help", ["--help"]), ("check", ["check", case])]:
            show(name, measure(*args), None)
        cold = measure("run", case, "--draws", "16", "--out", f"{scratch}/cold", XDG_CACHE_HOME=f"{scratch}/cache")
        warm = measure("run", case, "--draws", "16", "--out", f"{scratch}/warm", XDG_CACHE_HOME=f"{scratch}/cache")
        show("16 draws, kernels compiled first", cold, None)
        show("16 draws, kernels in the cache", warm, cold)
        first: Figure | None = None
        for draws in DRAWS:
            found = measure("run", case, "--draws", str(draws), "--out", str(Path(scratch) / str(draws)))
            show(f"{draws:,} draws of each perspective", found, first)
            first = first or found


def show(name: str, found: Figure, against: Figure | None) -> None:
    """One line of the table; the ratio is of wall times."""
    ratio = f"{found.wall / against.wall:.2f}" if against else ""
    print(f"{name:<34}{found.wall:>10.2f}{found.cpu:>10.1f}{found.peak:>10.0f}{ratio:>20}")


if __name__ == "__main__":
    main(*sys.argv[1:])
