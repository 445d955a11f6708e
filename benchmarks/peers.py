"""Our solvers beside Gambit 16.7, Gambit 17.0.0b2 and sgamesolver, on the same games and draws, in one run.

    python benchmarks/peers.py [--draws 2048] [--seconds 1] [--only WORD]

Every solver gets the same drawn games as numbers or as text, in an environment of its own (`peer_environments.py`), and
is timed inside its own process, in processor time: building a game, reading a file, importing, compiling and starting
up do not count, for anybody. Ours solves all draws in one batch on one thread, trees also one a call; a peer takes the
first of them, one call a game, until its seconds are over, once with the steps that it takes by itself and once with
longer ones. All probabilities are compared, and a ratio is printed only where the largest difference is below 1e-6.
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
from functools import partial
from pathlib import Path
from typing import Any

# Libraries of linear algebra would else spend all processors on one small game, here and in the workers.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import numpy as np
import peer_games as games
from numpy.typing import NDArray
from peer_environments import python_of

from assay.game.game import Filled
from assay.solvers.many_trees import solve_many
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies
from assay.trees.form import form
from assay.trees.read import read_text
from assay.trees.solve import solve_form

Floats = NDArray[np.float64]
EQUAL = 1e-6
GAMBIT, SGAMESOLVER = "peer_gambit.py", "peer_sgamesolver.py"
RESIDUAL = 1e-9


@dataclass(frozen=True)
class Peer:
    """A solver that we are measured against; with `long` its steps are lengthened as far as these games allow."""

    environment: str
    worker: str
    long: bool = False

    @property
    def name(self) -> str:
        """As it is printed."""
        return self.environment + (", long steps" if self.long else "")


PEERS = [
    Peer("gambit-17.0.0b2", GAMBIT),
    Peer("gambit-17.0.0b2", GAMBIT, long=True),
    Peer("gambit-16.7.0", GAMBIT),
    Peer("sgamesolver-1.0.2", SGAMESOLVER),
    Peer("sgamesolver-1.0.2", SGAMESOLVER, long=True),
]


@dataclass(frozen=True, eq=False)
class Way:
    """A way in which we solve the first `count` draws of a kind of game; its answers have shape (count, entries)."""

    name: str
    count: int
    run: Callable[[], Any]
    answers: Callable[[Any], Floats]


@dataclass(frozen=True, eq=False)
class Contest:
    """One kind of game: how we solve it, and what each worker is given."""

    name: str
    ways: list[Way]
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By worker. A task's `order` says which of our entries each of its own is; it is not sent."""


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of three runs, of one where it takes long."""
    best, begun = float("inf"), time.perf_counter()
    for _ in range(3):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
        if time.perf_counter() - begun > 1:
            break
    return best


def stage_ways(filled: Filled, periods: int = 1) -> list[Way]:
    """The engine for games whose past everybody sees, from the following period's answer and along the branch."""

    def played(solved: Strategies) -> Floats:
        p = solved.probability[:, :periods, :, 0]
        return np.moveaxis(p, -1, 1).reshape(-1, p.shape[1] * p.shape[2])[: filled.draws]

    def way(name: str, selection: Any) -> Way:
        return Way(name, filled.draws, lambda: solve(filled, selection, residual=RESIDUAL, threads=1), played)

    return [way("engine", "warm_start"), way("engine, principal branch", "principal_branch")]


def array_contest(sizes: Sequence[int], draws: int) -> Contest:
    payoffs = games.arrays(draws, sizes, 4)
    texts = [games.nfg(payoffs, draw) for draw in range(draws)]
    task = {"format": "nfg", "texts": texts, "order": list(range(sum(sizes)))}
    return Contest(f"{' x '.join(map(str, sizes))} game", stage_ways(games.array_game(payoffs)), {GAMBIT: task})


def deterrence_contest(draws: int) -> Contest:
    tree = games.deterrence(draws)
    filled = games.perfect_game(tree)
    place = {key: i for i, key in enumerate(filled.game.option_label)}
    texts = [tree.efg(draw) for draw in range(draws)]
    task = {"format": "efg", "texts": texts, "order": [place[key] for key in tree.entries()]}
    return Contest(f"deterrence in three moves, {tree.nodes} nodes", stage_ways(filled), {GAMBIT: task})


def tree_contest(name: str, tree: games.Tree) -> Contest:
    """A tree with information sets, read from the same text by both."""
    texts = [tree.efg(draw) for draw in range(tree.draws)]
    every = [form(read_text(text)[0]) for text in texts]
    few, read, payoffs = every[: max(2, 2000 // tree.nodes)], every[0].tree, np.stack([one.payoff for one in every])
    own = [(read.players[s.player], name, m) for s, name in zip(read.sets, read.names, strict=True) for m in s.moves]
    place = {key: i for i, key in enumerate(own)}
    order = [place[key] for key in tree.entries()]
    ways = [
        Way(
            "trees, one a call",
            len(few),
            lambda: [solve_form(one, games.PRECISION, RESIDUAL) for one in few],
            lambda solved: np.array([one.probability for one in solved])[:, order],
        ),
        Way(
            "trees, all draws at once",
            len(every),
            lambda: solve_many(read, payoffs, games.PRECISION, RESIDUAL, threads=1),
            lambda solved: solved.probability[:, order],
        ),
    ]
    task = {"format": "efg", "texts": texts, "order": list(range(len(order)))}
    return Contest(f"{name}, {tree.nodes} nodes, {len(read.sets)} information sets", ways, {GAMBIT: task})


def grid_way(filled: Filled, nodes: int) -> Way:
    """Signalling on a grid of beliefs. The receiver plays at its nodes, so the sender alone has answers to compare."""

    def sent(solved: Strategies) -> Floats:
        cells, entries = solved.cells, []
        assert cells is not None
        for kind in range(2):
            for option, (player, _, _) in enumerate(filled.game.option_label):
                if player == "sender":
                    cell = cells.first[option] + kind * cells.by_type[option] + nodes // 2 * cells.by_node[option]
                    entries.append(solved.probability[:, cell].reshape(-1)[: filled.draws])
        return np.stack([*entries, *[np.full(filled.draws, np.nan)] * 4], axis=1)

    run = partial(solve, filled, residual=RESIDUAL, threads=1)
    return Way(f"engine, belief grid of {nodes} nodes", filled.draws, run, sent)


def signalling_contest(draws: int) -> Contest:
    """Signalling, exactly as a tree and on grids of beliefs."""
    tree = games.signalling(draws)
    exact = tree_contest("signalling", tree)
    grids = [grid_way(games.typed_game(tree, nodes), nodes) for nodes in (7, 15, 51)]
    return Contest(exact.name, [*exact.ways, *grids], exact.tasks)


def stage_contest(draws: int, states: int, sizes: Sequence[int], periods: int, on_gambit: bool = False) -> Contest:
    game = games.stages(draws, states, sizes, periods, 1.0 if on_gambit else 0.75, seed=10 * states + len(sizes))
    filled, few = game.filled(), range(min(draws, 256))
    options = {label: i for i, label in enumerate(filled.game.option_label)}

    def at(period: int, player: str, stage: str, move: str) -> int:
        return period * len(options) + options[player, stage, move]

    order = [at(period, player, stage, move) for period, stage, player, move in games.stage_keys(game)]
    tasks = {SGAMESOLVER: {"games": [game.numbers(draw) for draw in few], "order": order}}
    if on_gambit:
        tree = game.tree()
        places = [(player, *place.split("|"), move) for player, place, move in tree.entries()]
        own = [at(int(period), player, stage, move) for player, period, stage, _, move in places]
        tasks[GAMBIT] = {"format": "efg", "texts": [tree.efg(draw) for draw in few], "order": own}
    name = f"stages: {len(sizes)} movers of {sizes[0]} moves, {states} states, {periods} periods"
    return Contest(name, stage_ways(filled, periods), tasks)


def contests(draws: int) -> list[Callable[[], Contest]]:
    """Makers of all of them."""
    some = max(draws // 8, 2)
    return [
        lambda: array_contest((2, 2), draws),
        lambda: array_contest((3, 3), draws),
        lambda: array_contest((2, 2, 2), draws),
        lambda: deterrence_contest(draws),
        lambda: signalling_contest(draws),
        lambda: tree_contest("crisis, one period", games.crisis(draws, 1)),
        lambda: tree_contest("crisis, two periods", games.crisis(some, 2)),
        lambda: tree_contest("crisis, three periods", games.crisis(some, 3)),
        lambda: tree_contest("haggling of two with two types each", games.haggle(some)),
        lambda: stage_contest(draws, 2, (2, 2), 2, on_gambit=True),
        lambda: stage_contest(draws, 3, (2, 2), 5),
        lambda: stage_contest(draws, 3, (3, 3), 5),
        lambda: stage_contest(draws, 10, (2, 2), 10),
        lambda: stage_contest(draws, 2, (2, 2, 2), 4),
    ]


def ask(peer: Peer, task: dict[str, Any], limit: float) -> tuple[float, Floats]:
    """A peer's seconds a game and its answers. Raises `RuntimeError` with its words where it fails."""
    sent = {"precision": games.PRECISION, "seconds": limit, "entries": len(task["order"]), "long": peer.long, **task}
    del sent["order"]
    command = [str(python_of(peer.environment)), str(Path(__file__).parent / peer.worker)]
    ended = subprocess.run(command, input=json.dumps(sent), capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"{peer.name} failed:\n{ended.stderr}")
    found = json.loads(ended.stdout.splitlines()[-1])
    if found["peer"] != peer.environment:
        raise RuntimeError(f"{peer.environment} turned out to be {found['peer']}")
    return found["seconds"], np.array(found["answers"])


def report(contest: Contest, limit: float) -> None:
    """Solves a contest everywhere and prints a line for each solver."""
    print(contest.name)
    own = []
    for way in contest.ways:
        answers = way.answers(way.run())
        own.append((seconds(way.run) / way.count, answers))
        print(f"  {way.name:32} {1 / own[-1][0]:>12,.0f}/s  {way.count} draws")
    for peer in PEERS:
        if peer.worker not in contest.tasks:
            continue
        task = contest.tasks[peer.worker]
        their, theirs = ask(peer, task, limit)
        print(f"  {peer.name:32} {1 / their:>12,.{0 if their < 0.01 else 1}f}/s  {len(theirs)} draws")
        for way, (each, answers) in zip(contest.ways, own, strict=True):
            said = compared(each, their, theirs, answers[:, task["order"]])
            print(f"    {way.name + ':':34} {said}")
    sys.stdout.flush()


def compared(own: float, their: float, theirs: Floats, ours: Floats) -> str:
    """The ratio of two times, if the answers are the same."""
    both = min(len(ours), len(theirs))
    gaps = np.nanmax(np.abs(ours[:both] - theirs[:both]), axis=1)
    differ = int((gaps > EQUAL).sum())
    if differ:
        middle, most = np.median(gaps), gaps.max()
        return f"{differ} of {both} answers differ, by {middle:.0e} in the middle and {most:.0e} at most: no ratio"
    ratio = their / own
    return f"ratio {ratio:,.{0 if ratio > 10 else 2}f}, largest difference {gaps.max():.0e}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=2048)
    parser.add_argument("--seconds", type=float, default=1.0, help="that a peer gets for each kind of game")
    parser.add_argument("--only", default="", help="kinds of games whose name has this word")
    chosen = parser.parse_args(arguments)
    for peer in PEERS:
        python_of(peer.environment)
    for make in contests(chosen.draws):
        contest = make()
        if chosen.only in contest.name:
            report(contest, chosen.seconds)


if __name__ == "__main__":
    main()
