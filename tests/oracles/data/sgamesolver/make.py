"""Solves seeded finite-horizon stage games with sgamesolver and stores its answers beside this file.

    $(python benchmarks/peer_environments.py sgamesolver-1.0.2) tests/oracles/data/sgamesolver/make.py

sgamesolver (Eibelshäuser and Poensgen 2019; MIT) follows logit equilibria of stochastic games without end. A game of T
periods is one of these: its states are pairs (period, state), which only lead to the next period, and a state in which
nothing is paid and which nothing leaves. Nothing of this project is imported here.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

if not hasattr(np, "NaN"):  # sgamesolver 1.0.2 uses this name, which NumPy 2 took away
    np.NaN = np.nan  # noqa: NPY201

import sgamesolver

HERE = Path(__file__).parent
PRECISIONS = (0.25, 1.0, 2.5, 5.0)
TOLERANCE = 1e-11
"""For steps off the path and for the precision at its end; by default 1e-7."""

GAMES: dict[str, dict[str, Any]] = {
    "two-by-two": {"seed": 1, "periods": 3, "moves": [[2, 2], [2, 2]]},
    "two-at-three-states": {"seed": 2, "periods": 4, "moves": [[3, 3], [3, 3], [3, 3]]},
    "two-uneven": {"seed": 3, "periods": 5, "moves": [[2, 3], [1, 3], [3, 1]]},
    "two-with-an-end": {"seed": 4, "periods": 6, "moves": [[2, 2], [3, 2]], "end": 0.3},
    "three-by-two": {"seed": 5, "periods": 3, "moves": [[2, 2, 2], [2, 2, 2]]},
    "three-by-three": {"seed": 6, "periods": 3, "moves": [[3, 3, 3], [3, 3, 3], [3, 3, 3]]},
    "three-uneven": {"seed": 7, "periods": 4, "moves": [[2, 1, 3], [1, 2, 2], [3, 2, 1]], "end": 0.2},
}


def draw(seed: int, periods: int, moves: list[list[int]], end: float = 0.0) -> dict[str, Any]:
    """A game in numbers that can be written down exactly: payoffs in thousandths, transitions in 1/64.

    `transitions[state]` has the shape (moves of 1, moves of 2, ..., states + 1); the last column ends the game.
    """
    rng = np.random.default_rng(seed)
    states, players = len(moves), len(moves[0])
    share = np.append(np.full(states, (1 - end) / states), end)
    payoffs = [np.round(rng.normal(size=(players, *sizes)), 3).tolist() for sizes in moves]
    transitions = [(rng.multinomial(64, rng.dirichlet(4 * share + 1e-9), size=sizes) / 64).tolist() for sizes in moves]
    discount = float(rng.choice([0.5, 0.75, 0.9375]))
    return {"periods": periods, "moves": moves, "discount": discount, "payoffs": payoffs, "transitions": transitions}


def unrolled(game: dict[str, Any]) -> sgamesolver.SGame:
    """The game whose states are (period, state), period by period, and last the end."""
    states, periods, players = len(game["moves"]), game["periods"], len(game["moves"][0])
    count = states * periods + 1
    payoffs, transitions = [], []
    for period in range(periods):
        for state, sizes in enumerate(game["moves"]):
            given = np.array(game["transitions"][state])
            leads = np.zeros((*sizes, count))
            leads[..., -1] = given[..., -1]
            if period + 1 < periods:
                leads[..., (period + 1) * states : (period + 2) * states] = given[..., :-1]
            else:
                leads[..., -1] = 1
            payoffs.append(np.array(game["payoffs"][state]))
            transitions.append(leads)
    stay = np.zeros((*[1] * players, count))
    stay[..., -1] = game["discount"] < 1  # else any value there would solve its equation; left so, it is nought
    return sgamesolver.SGame([*payoffs, np.zeros((players, *[1] * players))], [*transitions, stay], game["discount"])


def answer(game: dict[str, Any], precision: float) -> dict[str, Any]:
    """Strategies [period][state][player][move] and values [period][state][player] at a precision."""
    qre = sgamesolver.homotopy.QRE(unrolled(game))
    qre.solver_setup(target_lambda=precision)
    qre.solver.verbose = 0
    qre.solver.set_parameters({"convergence_tol": TOLERANCE, "corrector_tol": TOLERANCE})
    qre.solve()
    found = qre.equilibrium
    if abs(found.homotopy_parameter - precision) > 1e-9:
        raise RuntimeError(f"the path ended at {found.homotopy_parameter}, not at {precision}")
    states = len(game["moves"])
    strategies, values = [], []
    for period in range(game["periods"]):
        at = [period * states + state for state in range(states)]
        strategies.append(
            [
                [found.strategies[s, player, :size].tolist() for player, size in enumerate(sizes)]
                for s, sizes in zip(at, game["moves"], strict=True)
            ]
        )
        values.append(found.values[at].tolist())
    return {"precision": precision, "strategies": strategies, "values": values}


def main() -> None:
    made = {
        "by": f"sgamesolver {version('sgamesolver')}, QRE homotopy ({'compiled' if compiled() else 'NumPy'})",
        "numpy": version("numpy"),
        "on": datetime.now(UTC).date().isoformat(),
        "tolerance": TOLERANCE,
    }
    for name, given in GAMES.items():
        game = draw(**given)
        answers = [answer(game, precision) for precision in PRECISIONS]
        whole = {"made": made, "seed": given["seed"], "game": game, "answers": answers}
        (HERE / f"{name}.json").write_text(json.dumps(whole, indent=None, separators=(",", ":")) + "\n")


def compiled() -> bool:
    """Whether the compiled homotopy is there."""
    from sgamesolver.homotopy import _qre

    return bool(_qre.ct)


if __name__ == "__main__":
    main()
