"""Worker: solves games with whichever pygambit its interpreter has. Reads a task as JSON, writes answers as JSON.

    PYTHON peer_gambit.py < task > answers

A task is `{"format": "efg" or "nfg", "texts": [...], "entries": count, "precision": number, "seconds": number, "long":
whether to step far}`. Its texts are read (untimed) and solved (timed, each alone, in processor time) until the seconds
are over; an answer is `{"peer": name, "seconds": per game, "answers": [[...]]}`, probabilities in Gambit's order: by
player, information set, action.
"""

from __future__ import annotations

import io
import json
import sys
import time
from typing import Any

import pygambit

LONG = {"first_step": 0.1, "max_accel": 1.5}
"""With steps three times as long, one 2 x 2 x 2 game in two thousand ends on another branch."""


def solve(task: dict[str, Any]) -> dict[str, Any]:
    """Solves as many games of a task as its time allows, at least two."""
    read = {"efg": pygambit.read_efg, "nfg": pygambit.read_nfg}[task["format"]]
    steps = LONG if task["long"] else {}
    spent, answers, begun = 0.0, [], time.perf_counter()
    for text in task["texts"]:
        game = read(io.StringIO(text))
        started = time.process_time()
        found = pygambit.qre.logit_solve_lambda(game, [task["precision"]], **steps)[0]
        spent += time.process_time() - started
        # 16.7 cannot show such a profile as a whole, but gives its entries one by one
        answers.append([found[i] for i in range(task["entries"])])
        if time.perf_counter() - begun > task["seconds"] and len(answers) >= 2:
            break
    return {"seconds": spent / len(answers), "answers": answers}


if __name__ == "__main__":
    print(json.dumps({"peer": f"gambit-{pygambit.__version__}", **solve(json.load(sys.stdin))}))
