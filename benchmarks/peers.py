"""Our solvers beside Gambit 16.7, Gambit 17.0.0b2 and sgamesolver, on the same games and draws, in one run.

    python benchmarks/peers.py [--draws 2048] [--seconds 2] [--only WORD]

Every solver gets the same drawn games as numbers or as text, in an environment of its own (`peer_environments.py`), and
is timed inside its own process, in processor time: building a game, reading a file, importing and starting up do not
count, for anybody. Ours solves all draws in one batch on one thread; a peer takes the first of them, one call a game,
until its seconds are over. All probabilities are compared, and a ratio is printed only where the largest difference is
below 1e-6.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import peer_games as games
from numpy.typing import NDArray
from peer_environments import python_of

from assay.game.game import Filled
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies

Floats = NDArray[np.float64]
EQUAL = 1e-6
GAMBIT, SGAMESOLVER = "peer_gambit.py", "peer_sgamesolver.py"
PEERS = {"gambit-17.0.0b2": GAMBIT, "gambit-16.7.0": GAMBIT, "sgamesolver": SGAMESOLVER}
RESIDUAL = 1e-9


@dataclass(frozen=True, eq=False)
class Contest:
    """One kind of game: how we solve it, and what each worker is given."""

    name: str
    draws: int
    ways: dict[str, Callable[[], object]]
    """What is timed, by name; peers are compared with each."""
    answers: Callable[[object], Floats]
    """What a way gave, as (D, entries)."""
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By worker. A task's `order` says which of our entries each of its own is; it is not sent."""


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of some runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def stage_ways(filled: Filled) -> dict[str, Callable[[], object]]:
    """The engine for games whose past everybody sees, from the following period's answer and along the branch."""
    return {
        "engine": lambda: solve(filled, residual=RESIDUAL, threads=1),
        "engine, principal branch": lambda: solve(filled, "principal_branch", residual=RESIDUAL, threads=1),
    }


def played(solved: Strategies, periods: int = 1) -> Floats:
    """Probabilities as (D, periods x options)."""
    p = solved.probability[:, :periods, :, 0]
    return np.moveaxis(p, -1, 1).reshape(-1, p.shape[1] * p.shape[2])[: solved.filled.draws]


def array_contest(sizes: Sequence[int], draws: int) -> Contest:
    payoffs = games.arrays(draws, sizes, 4)
    filled = games.array_game(payoffs)
    texts = [games.nfg(payoffs, draw) for draw in range(draws)]
    order = list(range(sum(sizes)))
    name = f"{' x '.join(map(str, sizes))} game"
    task = {"format": "nfg", "texts": texts, "order": order}
    return Contest(name, draws, stage_ways(filled), played, {GAMBIT: task})


def tree_task(tree: games.Tree, own: Sequence[games.Key]) -> dict[str, Any]:
    """A task for Gambit's worker."""
    place = {key: i for i, key in enumerate(own)}
    texts = [tree.efg(draw) for draw in range(tree.draws)]
    return {"format": "efg", "texts": texts, "order": [place[key] for key in tree.entries()]}


def deterrence_contest(draws: int) -> Contest:
    tree = games.deterrence(draws)
    filled = games.perfect_game(tree)
    task = tree_task(tree, filled.game.option_label)
    return Contest(f"deterrence in three moves, {tree.nodes} nodes", draws, stage_ways(filled), played, {GAMBIT: task})


def stage_contest(draws: int, states: int, sizes: Sequence[int], periods: int, on_gambit: bool = False) -> Contest:
    game = games.stages(draws, states, sizes, periods, 1.0 if on_gambit else 0.75, seed=10 * states + len(sizes))
    filled = game.filled()
    options = {label: i for i, label in enumerate(filled.game.option_label)}
    count = len(options)

    def at(period: int, player: str, stage: str, move: str) -> int:
        return period * count + options[player, stage, move]

    order = [at(period, player, stage, move) for period, stage, player, move in games.stage_keys(game)]
    tasks = {SGAMESOLVER: {"games": [game.numbers(draw) for draw in range(min(draws, 256))], "order": order}}
    if on_gambit:
        tree = game.tree()
        texts = [tree.efg(draw) for draw in range(min(draws, 256))]
        places = [(player, *place.split("|"), move) for player, place, move in tree.entries()]
        own = [at(int(period), player, stage, move) for player, period, stage, _, move in places]
        tasks[GAMBIT] = {"format": "efg", "texts": texts, "order": own}
    size = f"{len(sizes)} movers of {sizes[0]} moves, {states} states, {periods} periods"
    return Contest(f"stages: {size}", draws, stage_ways(filled), lambda s: played(s, periods), tasks)  # type: ignore[arg-type]


def contests(draws: int) -> list[Contest]:
    """All of them."""
    return [
        array_contest((2, 2), draws),
        array_contest((3, 3), draws),
        array_contest((2, 2, 2), draws),
        deterrence_contest(draws),
        stage_contest(draws, 2, (2, 2), 2, on_gambit=True),
        stage_contest(draws, 3, (2, 2), 5),
        stage_contest(draws, 3, (3, 3), 5),
        stage_contest(draws, 10, (2, 2), 10),
        stage_contest(draws, 2, (2, 2, 2), 4),
    ]


def ask(peer: str, tasks: list[dict[str, Any]], limit: float) -> dict[str, Any]:
    """What a peer answers to its tasks; its words where it fails."""
    sent = [{**{k: v for k, v in task.items() if k != "order"}, "entries": len(task["order"])} for task in tasks]
    sent = [{"precision": games.PRECISION, "seconds": limit, **task} for task in sent]
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    ended = subprocess.run(
        [str(python_of(peer)), str(Path(__file__).parent / PEERS[peer])],
        input=json.dumps(sent),
        capture_output=True,
        text=True,
        env={**os.environ, **alone},
    )
    if ended.returncode:
        raise RuntimeError(f"{peer} failed:\n{ended.stderr}")
    answered: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return answered


def report(contest: Contest, alone: Contest, limit: float) -> None:
    """Solves a contest everywhere and prints a line for each solver; `alone` is of the same kind, with one draw."""
    print(f"{contest.name}; {contest.draws} draws")
    own = {}
    for name, way in alone.ways.items():
        way()
        each = seconds(lambda way=way: [way() for _ in range(50)]) / 50  # type: ignore[misc]
        print(f"  {name + ', one a call':34} {1 / each:>12,.0f}/s")
    for name, way in contest.ways.items():
        answers = contest.answers(way())
        own[name] = (seconds(way) / contest.draws, answers)
        print(f"  {name:34} {1 / own[name][0]:>12,.0f}/s")
    for peer, worker in PEERS.items():
        if worker not in contest.tasks:
            continue
        task = contest.tasks[worker]
        found = ask(peer, [task], limit)["tasks"][0]
        theirs = np.array(found["answers"])
        ratios = [
            compared(spent, found["seconds"], theirs, answers[: len(theirs), task["order"]])
            for spent, answers in own.values()
        ]
        print(f"  {peer:34} {1 / found['seconds']:>12,.1f}/s  {';  '.join(ratios)}  ({len(theirs)} draws)")
    sys.stdout.flush()


def compared(own: float, their: float, theirs: Floats, ours: Floats) -> str:
    """The ratio of two times, if the answers are the same."""
    gaps = np.abs(ours - theirs).max(axis=1)
    differ = int((gaps > EQUAL).sum())
    if differ:
        return f"{differ} of {len(gaps)} answers differ, by up to {gaps.max():.1g}: no ratio"
    return f"ratio {their / own:,.0f}, largest difference {gaps.max():.0e}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=2048)
    parser.add_argument("--seconds", type=float, default=1.5, help="that a peer gets for each kind of game")
    parser.add_argument("--only", default="", help="kinds of games whose name has this word")
    chosen = parser.parse_args(arguments)
    for peer in PEERS:
        python_of(peer)
    for contest, alone in zip(contests(chosen.draws), contests(1), strict=True):
        if chosen.only in contest.name:
            report(contest, alone, chosen.seconds)


if __name__ == "__main__":
    main()
