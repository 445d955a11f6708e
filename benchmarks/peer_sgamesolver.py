"""Worker: solves finite-horizon stage games with sgamesolver. Reads a task as JSON, writes answers as JSON.

    PYTHON peer_sgamesolver.py < task > answers

A task is `{"games": [...], "precision": number, "seconds": number, "long": whether to step far}` with games as in
`tests/oracles/data/sgamesolver`. They are set up (untimed) and followed from uniform play at sgamesolver's own
tolerances (timed, in processor time) until the seconds are over; an answer is `{"peer": name, "seconds": per game,
"answers": [[...]]}`, probabilities by period, state, player, move.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracles" / "data" / "sgamesolver"))

from make import compiled, sgamesolver, unrolled  # first: it mends NumPy for sgamesolver

LONG = {"ds_inflation_factor": 2.0, "ds_inflation_min_consecutive_successes": 2}
"""With a longer first step too, some path never ends."""
MOST_STEPS = 20_000


def solve(task: dict[str, Any]) -> dict[str, Any]:
    """Solves as many games of a task as its time allows, at least two."""
    spent, answers, begun = 0.0, [], time.perf_counter()
    for game in task["games"]:
        seconds, found = follow(game, task["precision"], LONG if task["long"] else {})
        spent += seconds
        answers.append(found)
        if time.perf_counter() - begun > task["seconds"] and len(answers) >= 2:
            break
    return {"seconds": spent / len(answers), "answers": answers}


def follow(game: dict[str, Any], precision: float, steps: dict[str, float]) -> tuple[float, list[float]]:
    """Seconds for one game, and its probabilities."""
    qre = sgamesolver.homotopy.QRE(unrolled(game))
    started = time.process_time()
    qre.solver_setup(target_lambda=precision)
    qre.solver.verbose = 0
    qre.solver.set_parameters(steps)
    qre.solver.max_steps = MOST_STEPS
    qre.solve()
    spent = time.process_time() - started
    if qre.equilibrium is None or abs(qre.equilibrium.homotopy_parameter - precision) > 1e-6:
        sys.exit(f"a path did not end within {MOST_STEPS} steps")
    flat: list[float] = qre.game.flatten_strategies(qre.equilibrium.strategies).tolist()
    return spent, flat[: -len(game["moves"][0])]  # without the moves at the end, one a player


if __name__ == "__main__":
    if not compiled():
        sys.exit("sgamesolver was built without its compiled homotopy; measured so it would look slower than it is")
    print(json.dumps({"peer": f"sgamesolver-{version('sgamesolver')}", **solve(json.load(sys.stdin))}))
