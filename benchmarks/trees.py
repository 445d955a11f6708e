"""Many draws of one small game: `solve_many` beside pygambit and beside a loop written in C by hand, in one process.

    python benchmarks/trees.py [--draws 40000] [--gambit 200]

The game is a signalling game of two types (ends, payoffs normal with standard deviation 1, precision 1, from uniform
play, residual 1e-9), as `signalling.c` has it; pygambit solves as many of the same draws as asked for, one call each.
A second game is a perfect-information tree of 63 nodes. Times are the processor's, the best of five after a first run
that compiles, except where several threads work. Ratios are `solve_many`'s speed over the peer's on one thread.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pygambit

from assay.solvers.many_trees import Many, solve_many
from assay.solvers.pool import default_threads
from assay.solvers.strategies import Result
from assay.trees.build import Branch, Chance, Choice, End, grow
from assay.trees.form import form
from assay.trees.number import Exact
from assay.trees.tree import Tree
from assay.trees.write import write_efg

HERE = Path(__file__).parent
COMPILERS = {
    "C, eight games at a time": ["-O3", "-march=native", "-ffast-math", "-fopenmp-simd", "-DLANES=8"],
    "C, plain loop": ["-O3", "-march=native", "-DLANES=1"],
}


def signalling() -> Tree:
    """Two types (1/3, 2/3), two messages, two replies."""

    def play(kind: str) -> Branch:
        replies = {m: Choice(1, f"heard {m}", (("yield", End((0, 0))), ("fight", End((0, 0))))) for m in ("E", "N")}
        return Choice(0, kind, tuple(replies.items()))

    return grow(("Sender", "Receiver"), Chance((("high", "1/3", play("high")), ("low", "2/3", play("low")))))


def perfect(depth: int) -> Tree:
    """Two players in turn, two moves each, everything seen."""

    def grown(left: int, past: str) -> Branch:
        if not left:
            return End((0, 0))
        return Choice(
            left % 2, f"after {past}", (("a", grown(left - 1, past + "a")), ("b", grown(left - 1, past + "b")))
        )

    return grow(("A", "B"), grown(depth, "-"))


def processor(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of some runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def wall(work: Callable[[], object], times: int = 3) -> float:
    """The least time of some runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def by_gambit(tree: Tree, payoffs: np.ndarray) -> tuple[float, np.ndarray]:
    """(seconds, probabilities) of pygambit's branch up to precision 1, one call for each draw; reading is not timed."""
    order = sorted(range(len(tree.sets)), key=lambda i: (tree.sets[i].player, tree.sets[i].number))
    first = form(tree).first
    columns = np.concatenate([np.arange(first[i], first[i + 1]) for i in order])
    seconds, found = 0.0, np.zeros((len(payoffs), len(columns)))
    for draw, pay in enumerate(payoffs):
        outcomes = tuple(
            replace(outcome, payoffs=tuple(Exact.of(Fraction(float(x))) for x in own))
            for outcome, own in zip(tree.outcomes, pay, strict=True)
        )
        game = pygambit.read_efg(io.StringIO(write_efg(replace(tree, outcomes=outcomes))))
        started = time.process_time()
        (answer,) = pygambit.qre.logit_solve_lambda(game, [1.0])
        seconds += time.process_time() - started
        found[draw, columns] = [answer[i] for i in range(len(columns))]
    return seconds, found


def by_hand(payoffs: np.ndarray, options: list[str]) -> tuple[float, np.ndarray]:
    """(seconds, probabilities of the second moves) of the loop in C, compiled here."""
    draws = len(payoffs)
    probability, residual = np.zeros((draws, 4)), np.zeros(draws)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "signalling.so"
        subprocess.run(
            ["cc", *options, "-shared", "-fPIC", str(HERE / "signalling.c"), "-o", str(library), "-lm"], check=True
        )
        solve = ctypes.CDLL(str(library)).solve
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (payoffs, probability, residual)]
        numbers = (ctypes.c_double(1.0), ctypes.c_double(1 / 3), ctypes.c_long(draws), ctypes.c_double(1e-9))
        seconds = processor(lambda: solve(pointers[0], *numbers, pointers[1], pointers[2]))
    return seconds, probability


def report(name: str, rate: float, other: float | None = None) -> None:
    """One line."""
    ratio = "" if other is None else f"   ratio {rate / other:8.2f}"
    print(f"  {name:<38}{(rate if other is None else other):>14,.0f} /s{ratio}")


def measure(tree: Tree, payoffs: np.ndarray) -> tuple[Many, float]:
    """`solve_many` on one thread and on all."""
    started = time.perf_counter()
    solve_many(tree, payoffs[:8])
    print(f"  first call, with compiling or loading: {time.perf_counter() - started:.1f} s")
    found = solve_many(tree, payoffs, threads=1)
    rate = len(payoffs) / processor(lambda: solve_many(tree, payoffs, threads=1))
    report("solve_many, one thread", rate)
    report(
        f"solve_many, {default_threads()} threads, by the wall", len(payoffs) / wall(lambda: solve_many(tree, payoffs))
    )
    followed = int((found.result == Result.HOMOTOPY).sum())
    print(f"  residual {np.nanmax(found.residual):.1e}; {followed} draws followed by arclength, {len(payoffs)} in all")
    return found, rate


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=40_000)
    parser.add_argument("--gambit", type=int, default=200, help="draws that pygambit solves")
    asked = parser.parse_args()
    generator = np.random.default_rng(1)
    print("signalling games")
    tree = signalling()
    payoffs = generator.normal(size=(asked.draws, 8, 2))
    found, rate = measure(tree, payoffs)
    seconds, theirs = by_gambit(tree, payoffs[: asked.gambit])
    report(f"pygambit {pygambit.__version__}", rate, asked.gambit / seconds)
    print(f"  largest difference from pygambit: {np.abs(theirs - found.probability[: asked.gambit]).max():.1e}")
    if shutil.which("cc"):
        seconds_of_moves = [tree.names.index(name) for name in ("high", "low", "heard E", "heard N")]
        columns = [int(found.form.first[i]) + 1 for i in seconds_of_moves]
        for name, options in COMPILERS.items():
            seconds, theirs = by_hand(payoffs, options)
            report(name, rate, asked.draws / seconds)
            print(f"  largest difference from it: {np.nanmax(np.abs(theirs - found.probability[:, columns])):.1e}")
    print("trees of 63 nodes, everything seen")
    tree = perfect(5)
    payoffs = generator.normal(size=(asked.draws // 10, 32, 2))
    found, rate = measure(tree, payoffs)
    few = max(1, asked.gambit // 40)
    seconds, theirs = by_gambit(tree, payoffs[:few])
    report(f"pygambit {pygambit.__version__}", rate, few / seconds)
    print(f"  largest difference from pygambit: {np.abs(theirs - found.probability[:few]).max():.1e}")


if __name__ == "__main__":
    main()
