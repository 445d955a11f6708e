"""Compiles the forward pass for games with private types in a process of its own, while another compiles their solver.

python -m assay.futures.prepare
"""

from __future__ import annotations

import numpy as np

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.game import LANES
from assay.game.small import choice, close, ending, small_game, to
from assay.solvers.kernel_cache import is_cold, start_elsewhere
from assay.solvers.strategies import Strategies
from assay.solvers.types_plan import layout_of

KERNEL = "forward_typed_groups"


def prepare() -> None:
    """Pushes mass through the smallest game with types, whose play nobody has to solve for."""
    filled = small_game(
        ("sender", "receiver"),
        {
            "signal": choice({"sender": ["speak", "wait"]}, {"speak": to("heard"), "wait": to("year")}),
            "heard": ending({"sender": 1}),
            "year": close(),
        },
        types={"sender": {"weak": 0.5, "strong": 0.5}},
    )
    cells, groups = layout_of(filled.game).cells, filled.table.shape[0]
    play = np.full((groups, cells.count, LANES), 0.5)
    nothing, solved = np.zeros(filled.draws), np.zeros(filled.draws, dtype=np.int8)
    value = np.zeros((groups, len(filled.game.slots), LANES))
    strategies = Strategies(filled, play, None, value, nothing, solved, "warm_start", cells)
    forward(strategies, [Pass({"all": Reader(point=np.zeros(1, dtype=np.int32))})], threads=1)


def prepare_elsewhere() -> None:
    """Starts that in the background where this machine has not compiled it yet; whoever needs it first waits for it."""
    if is_cold(KERNEL, types=True):
        start_elsewhere(KERNEL, "assay.futures.prepare")


if __name__ == "__main__":
    prepare()
