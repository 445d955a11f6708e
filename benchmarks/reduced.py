"""Two-sided beliefs at the size of a study: the case `mine-ban-reduced`, one solve and six forward passes a draw.

    python benchmarks/reduced.py [--draws 64] [--most 512] [--perspective agnostic] [--definition]

Draws are solved as a run does it: in blocks of eight, each on one thread, warm starts, residual 1e-3; then the six
interventions of the case are played through them for the outcomes that are read under all of them. Reading the case,
drawing and filling are not in the times. Then, in the same run: memory at two numbers of draws (a process each); how
much a solve computes against what a core can do at the most (`reduced_limits.py`); and our own readable
definition in NumPy beside the kernels, on small random games and, if asked for, on one draw of this one, which takes
some five minutes.

No other program solves this game. sgamesolver knows states that everybody sees, hence no private types and no beliefs.
Gambit knows private types but no grid of beliefs: every history is a place of its own in its tree; how many there are
is printed. `peers.py` compares with both on what they can solve.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from limits import measure
from main_job import measure as process
from reduced_counts import counted
from reduced_limits import report

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.read import read
from assay.claims.agenda import Agenda, agenda
from assay.futures.forward import forward
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import CLOSE, LANES, Filled, Game
from assay.library import CASES
from assay.solvers.definition_types import solve_types_by_definition
from assay.solvers.pool import default_threads
from assay.solvers.solve import solve
from assay.solvers.strategies import Result

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "solvers"))

OUTCOMES = 16
"""Outcomes of the case that are read under every intervention and take no further solves; they stand first."""
RESIDUAL = 1e-3


@cache
def asked() -> Agenda:
    """One solve and six passes a draw."""
    case: Case = read(CASES / "mine-ban-reduced" / "case.yaml")
    first = dict(list(case.outcomes.items())[:OUTCOMES])
    found = agenda(case.model_copy(update={"claims": (), "outcomes": first}))
    if (found.solves, found.forward_passes) != (1, 6):
        raise RuntimeError(f"expected 1 solve and 6 forward passes, not {found.cost}")
    return found


@cache
def game_of_case() -> Game:
    """Without alternatives, of which this case has none."""
    return compile_game(asked().case)


def filled_blocks(draws: int, perspective: str, size: int = LANES) -> list[Filled]:
    """The drawn games in blocks."""
    every = draw(asked().case, perspective, draws, 1)
    blocks = [every.slice(start, start + size) for start in range(0, draws, size)]
    return [fill(game_of_case(), asked().case, block) for block in blocks]


@dataclass(frozen=True)
class Cost:
    """Processor seconds of a block, and how its draws were solved."""

    solve: float
    passes: float
    result: np.ndarray
    residual: np.ndarray


def one_block(filled: Filled) -> Cost:
    """A solve and six passes on this thread."""
    passes = asked().passes(game_of_case(), asked().variants[0])
    begun = time.thread_time()
    solved = solve(filled, residual=RESIDUAL, threads=1)
    between = time.thread_time()
    forward(solved, passes, threads=1)
    return Cost(between - begun, time.thread_time() - between, solved.result, solved.residual)


@dataclass(frozen=True)
class Speed:
    """Seconds a draw."""

    wall: float
    solve: float
    passes: float
    busy: float
    """Share of the threads' wall time in which a processor worked for us."""
    costs: list[Cost]


def speed(blocks: list[Filled], threads: int) -> Speed:
    """All blocks, spread over threads."""
    draws = sum(block.draws for block in blocks)
    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        costs = list(pool.map(one_block, blocks))
    wall = time.perf_counter() - begun
    solving, passing = sum(cost.solve for cost in costs), sum(cost.passes for cost in costs)
    return Speed(wall / draws, solving / draws, passing / draws, (solving + passing) / wall / threads, costs)


def report_speed(draws: int, perspective: str) -> Speed:
    """The headline, and what one thread alone takes."""
    blocks = filled_blocks(draws, perspective)
    one_block(blocks[0])
    for threads in dict.fromkeys((default_threads(), 1)):
        found = min((speed(blocks, threads) for _ in range(3)), key=lambda each: each.wall)
        print(f"{threads} threads: {1 / found.wall:.1f} draws/s by the wall; processor time a draw:", end=" ")
        print(f"solve {1e3 * found.solve:.1f} ms, six passes {1e3 * found.passes:.1f} ms", end="")
        print(f" (processors busy for us {found.busy:.0%} of the time)")
    codes = np.bincount(np.concatenate([cost.result for cost in found.costs]), minlength=len(Result))
    said = ", ".join(f"{code.name.lower()} {codes[code]}" for code in Result if codes[code])
    worst = max(float(cost.residual.max()) for cost in found.costs)
    print(f"results: {said}; largest residual {worst:.1e}")
    solved = solve(blocks[0], residual=RESIDUAL, threads=1)
    passes = asked().passes(game_of_case(), asked().variants[0])
    alone = least(lambda: forward(solved, passes[:1], threads=1)) / blocks[0].draws
    print(
        f"one pass alone: {1e3 * alone:.1f} ms a draw on one thread, six together {found.passes / alone:.1f} times that"
    )
    return found


def least(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of this thread over some runs."""
    best = float("inf")
    for _ in range(times):
        begun = time.thread_time()
        work()
        best = min(best, time.thread_time() - begun)
    return best


def report_cold() -> None:
    """The first run on a machine, and one that finds everything compiled: eight draws, as whole processes."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("compiled first", "from the cache"):
            plan = ["run", "mine-ban-reduced", "--draws", "8", "--perspective", "agnostic", "--audit", "0"]
            found = process(*plan, "--out", f"{scratch}/{name}", XDG_CACHE_HOME=f"{scratch}/cache")
            print(f"assay run, 8 draws, kernels {name}: {found.wall:.1f} s, {found.cpu:.1f} s of processors")


def report_memory(most: int, perspective: str) -> None:
    """Peak memory of a process that does nothing else."""
    for draws in (64, most):
        command = [sys.executable, __file__, "--only-peak", str(draws), "--perspective", perspective]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"peak memory, {draws} draws on {default_threads()} threads: {float(ended.stdout):.0f} MB")


def peak(draws: int, perspective: str) -> float:
    """MB that this process took at most for so many draws, filled, solved and played block by block as a run does."""
    every = draw(asked().case, perspective, draws, 1)

    def work(start: int) -> None:
        one_block(fill(game_of_case(), asked().case, every.slice(start, start + LANES)))

    with ThreadPoolExecutor(default_threads()) as pool:
        list(pool.map(work, range(0, draws, LANES)))
    # Not `ru_maxrss`, in which a process has what the one that began it held.
    (line,) = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return float(line.split()[1]) / 1024


def report_definition(perspective: str, this_too: bool) -> None:
    """The kernels beside the definition, which is written to be read."""
    from random_typed import random_typed

    print("our own definition in NumPy, a draw at a time, on random games with private types, residual 1e-9:")
    for seed in range(3):
        filled = random_typed(seed, draws=16, sharp=0.5, most_types=2, most_options=2)
        beside_definition(filled, filled, 1e-9)
    if this_too:
        print("and on a draw of mine-ban-reduced:")
        beside_definition(filled_blocks(1, perspective)[0], filled_blocks(LANES, perspective)[0], RESIDUAL)


def beside_definition(one: Filled, many: Filled, residual: float) -> None:
    """The definition on one batch, the kernels on another which begins with the same draws."""
    begun = time.thread_time()
    plain = solve_types_by_definition(one, residual=residual)
    own = (time.thread_time() - begun) / one.draws
    compiled = solve(one, residual=residual, threads=1)
    each = least(lambda: solve(many, residual=residual, threads=1)) / many.draws
    apart = float(np.abs(compiled.value - plain.value).max())
    size = f"{one.game.structure.kind.size} points, {one.game.belief_nodes} belief nodes"
    print(f"  {size}: definition {own:.2g} s a draw, kernels {1 / each:,.0f} draws/s, ratio {own / each:,.0f}", end="")
    print(f"; values differ by {apart:.0e} at most")


def histories(game: Game, periods: int) -> float:
    """In how many ways the first periods can go: as many places a tree has at the least, before types double it."""
    s = game.structure
    ways = np.ones(s.kind.size)
    for period in range(periods):
        ahead, ways = ways, np.ones(s.kind.size)
        for point in reversed(range(s.kind.size)):
            joints = slice(s.joint_start[point], s.joint_start[point + 1] + 1)
            branches = s.branch_start[joints]
            if s.kind[point] == CLOSE:
                ways[point] = ahead[s.next_point[point]] if period else 1.0
            elif len(branches) > 1:
                ways[point] = ways[s.branch_target[branches[0] : branches[-1]]].sum()
    return float(ways[s.start])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=64)
    parser.add_argument("--most", type=int, default=512, help="draws of the larger measurement of memory")
    parser.add_argument("--perspective", default="agnostic")
    parser.add_argument("--skip-counts", action="store_true", help="which compiles the kernels once more, to count")
    parser.add_argument("--skip-memory", action="store_true")
    parser.add_argument("--skip-cold", action="store_true", help="which compiles the kernels once more, to time that")
    parser.add_argument("--definition", action="store_true", help="the definition on a draw of this game, too")
    parser.add_argument("--only-peak", type=int, metavar="DRAWS", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_peak:
        print(peak(chosen.only_peak, chosen.perspective))
        return
    game = game_of_case()
    print(
        f"mine-ban-reduced, {chosen.perspective}: {game.structure.kind.size} points, {game.belief_nodes} belief nodes,",
        end=" ",
    )
    print(f"{game.periods} + {game.buffer} periods, residual {RESIDUAL:g}, {chosen.draws} draws in blocks of {LANES}")
    many = [f"{histories(game, periods):.0e}" for periods in (1, 2, 3, game.periods + game.buffer)]
    print(f"histories of 1, 2, 3 and all periods, types apart: {', '.join(many)}")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    found = report_speed(chosen.draws, chosen.perspective)
    counts = None if chosen.skip_counts else counted(chosen.draws, chosen.perspective, RESIDUAL)
    report(game, found.solve, found.passes, counts, measure())
    if not chosen.skip_memory:
        report_memory(chosen.most, chosen.perspective)
    if not chosen.skip_cold:
        report_cold()
    report_definition(chosen.perspective, chosen.definition)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
