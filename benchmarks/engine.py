"""The engine beside its peers, in one process: ratios, growth with draws, worlds and periods, and cold compilation.

    python benchmarks/engine.py [--draws 2048] [--quick]

Peers: the same recursion in plain NumPy, all draws at once (`numpy_peer.py`), and pygambit's `logit_solve_lambda`, one
call per draw, on small published trees. Times are the wall's, the best of three after a first run that compiles, but
for growth, which is in processor time.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from case_like import case_like
from numpy_peer import Peer

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.game import LANES, Filled
from assay.solvers.pool import default_threads
from assay.solvers.solve import solve

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracles"))


def seconds(work: Callable[[], object], times: int = 3, clock: Callable[[], float] = time.perf_counter) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        started = clock()
        work()
        best = min(best, clock() - started)
    return best


def six_passes(filled: Filled) -> list[Pass]:
    """Passes as claims ask for them: a baseline, two policies, a move removed, and two first passages."""
    game, s = filled.game, filled.game.structure
    stages = [point.stage for point in game.skeleton.points]

    def points(*starts: str) -> np.ndarray:
        return np.array([i for i, name in enumerate(stages) if name.startswith(starts)], np.int32)

    def options(actor: str, *moves: str) -> np.ndarray:
        found = [i for i, (who, _, move) in enumerate(game.option_label) if who == actor and move in moves]
        return np.array(found, np.int32)

    pays = np.arange(s.pay_player.size, dtype=np.int32)
    war = {"war": Reader(point=points("war")), "press": Reader(option=options("east", "press"))}
    gains = {f"E{player}": Reader(pay=pays[s.pay_player == player]) for player in range(3)}
    hold = np.array(
        [i for i, (who, stage, m) in enumerate(game.option_label) if who == "west" and m == "hold"], np.int32
    )
    return [
        Pass({**war, **gains}),
        Pass({**war, **gains}, forced=hold),
        Pass(war, removed=options("west", "build")),
        Pass(war, removed=options("east", "advance")),
        Pass(war, stop_option=options("east", "press")),
        Pass(war, stop_point=points("war")),
    ]


def case(draws: int, **size: int) -> tuple[float, float]:
    """Seconds for a solve and for six passes of the case-like game."""
    filled = case_like(draws, **size)
    solved = solve(filled)
    passes = six_passes(filled)
    forward(solved, passes)
    return seconds(lambda: solve(filled)), seconds(lambda: forward(solved, passes))


def report_case(draws: int) -> None:
    game = case_like(LANES).game
    size = f"{game.structure.kind.size} points, {game.periods} + {game.buffer} periods"
    print(f"case-like game: {size}, residual 1e-3, {draws} draws")
    solving, passing = case(draws)
    both = draws / (solving + passing)
    print(f"  solve {draws / solving:,.0f}/s, six passes {draws / passing:,.0f}/s, both {both:,.0f}/s")
    for size in (256, draws):
        filled = case_like(size)
        plain, compiled = seconds(lambda: Peer(filled, 1e-3).solve(), 1), seconds(lambda: solve(filled))  # noqa: B023
        print(
            f"  plain NumPy, {size} draws at once: {size / plain:,.0f} solves/s; kernels {plain / compiled:,.1f} times"
        )
    sample = case_like(64)
    branch = seconds(lambda: solve(sample, "principal_branch"), 1) / 64
    print(f"  principal branch: {1 / branch:,.0f} solves/s, {branch * draws / solving:,.1f} times a warm start's time")


def on_one_thread(draws: int, **size: int) -> float:
    """Processor seconds of a solve and six passes on one thread: steadier than the wall's where others are at work."""
    filled = case_like(draws, **size)
    solved, passes = solve(filled), six_passes(filled)
    solving = seconds(lambda: solve(filled, threads=1), clock=time.process_time)
    return solving + seconds(lambda: forward(solved, passes, threads=1), clock=time.process_time)


def report_growth(draws: int) -> None:
    base = on_one_thread(draws)
    print(f"one thread's processor time: {draws / base:,.0f} solves with six passes a second; growth of that time:")
    for name, size in (
        ("twice the draws", {"draws": 2 * draws}),
        ("twice the worlds", {"worlds": 192}),
        ("four times the worlds", {"worlds": 384}),
        ("twice the periods", {"periods": 20, "buffer": 6}),
    ):
        print(f"  {name}: {on_one_thread(**{'draws': draws, **size}) / base:.2f}")


def report_gambit(draws: int) -> None:
    import pygambit
    from known_games import load, tree_game
    from test_trees_against_gambit import gambit_tree

    print("published trees, precisions 0.1 to 5; pygambit.qre.logit_solve_lambda, one call per draw:")
    for name in ("P01", "P02", "P03", "P05"):
        known = load(name)["game"]
        precisions = np.linspace(0.1, 5, draws)
        filled, (tree, _) = tree_game(known, precisions), gambit_tree(known)
        solve(filled, residual=1e-9)
        own = seconds(lambda filled=filled: solve(filled, residual=1e-9)) / draws
        few = precisions[:: max(1, draws // 20)]
        theirs = seconds(lambda t=tree, f=few: [pygambit.qre.logit_solve_lambda(t, float(x)) for x in f], 1) / few.size
        print(f"  {name}: engine {1 / own:,.0f}/s, pygambit {1 / theirs:,.0f}/s, ratio {theirs / own:,.0f}")


def report_cold() -> None:
    code = (
        "import time; from case_like import case_like; from engine import six_passes; f = case_like(8); "
        "from assay.solvers.solve import solve; from assay.futures.forward import forward; t = time.perf_counter(); "
        "s = solve(f); a = time.perf_counter(); forward(s, six_passes(f)); b = time.perf_counter(); "
        "print(f'{a - t:.1f} s for solving, {b - a:.1f} s for forward passes')"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "from the cache"):
            done = subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                cwd=Path(__file__).parent,
                env={**os.environ, "XDG_CACHE_HOME": folder},
            )
            print(f"first run, {name}: {done.stdout.strip()}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=2048)
    parser.add_argument("--quick", action="store_true", help="leave out growth and cold compilation")
    chosen = parser.parse_args(arguments)
    print(f"{default_threads()} threads, {LANES} lanes")
    report_case(chosen.draws)
    report_gambit(chosen.draws)
    if not chosen.quick:
        report_growth(256)
        report_cold()


if __name__ == "__main__":
    main()
