"""How much a solve of `mine-ban-reduced` computes: calls of the solver's pieces, counted in kernels compiled for it.

    python benchmarks/reduced_counts.py DRAWS PERSPECTIVE RESIDUAL

prints them as JSON. Every piece that is counted is wrapped in one that adds to a counter (further columns in the first
row of `TypesDesk.ways`) and calls it; nothing else of the kernels changes, and play is the same. What is compiled so is
kept apart from the kernels that runs use, in a folder named after the sources and this file; compiling takes a minute
or two. Exponentials and gathers follow from the calls:

- a response of stages of one or two movers with two types of two options takes an exponential for every type, and reads
  values by gathers: four of them where a slot's value lies between four belief nodes, two between two;
- so does everybody's value at the end, for those who do not move;
- a residual that the bound without exponentials does not settle takes one more for every type; the general way, where
  an option is rare, one for every unknown at most;
- choices that tell nothing (`choose_plainly`) take one for every option, which the plan says without counting.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMES = ("pair", "alone", "residual", "general", "between four", "between two", "end four", "end two", "stages")
"""What is counted: responses of two movers and of one, types whose residual took exponentials, stages mixed the general
way, values between four and two nodes in responses and at the end, and stages that were solved at a node."""


@dataclass(frozen=True)
class Counts:
    """A draw's share of what eight draws at once were computed by: numbers of vector operations, divided by eight."""

    stages: float
    """Fixed points of stages with types at a belief node."""
    pair: float
    """Responses of two movers at once."""
    alone: float
    general: float
    exponentials: float
    gathers: float


def counted(draws: int, perspective: str, residual: float) -> Counts:
    """Counts in a process of its own, so that the kernels of this one stay what they are."""
    command = [sys.executable, __file__, str(draws), perspective, repr(residual)]
    ended = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "XDG_CACHE_HOME": str(_folder())}
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return Counts(**json.loads(ended.stdout.splitlines()[-1]))


def _folder() -> Path:
    """Where the counting kernels are kept."""
    from platformdirs import user_cache_path

    from assay.solvers.kernel_cache import cache_key

    digest = hashlib.sha256(cache_key(types=True).encode() + Path(__file__).read_bytes()).hexdigest()[:16]
    return user_cache_path("assay") / "counting" / digest


def main(draws: int, perspective: str, residual: float) -> None:
    """Solves with counting kernels and prints what was counted."""
    from reduced import filled_blocks

    from assay.solvers import types_plan
    from assay.solvers.solve import solve

    (filled,) = filled_blocks(draws, perspective, draws)
    _count_calls()
    desks, make = [], types_plan.desk_of

    def desk_of(layout: types_plan.Layout, slots: int) -> Any:
        desk = make(layout, slots)
        columns = desk.ways.shape[1] + len(NAMES)
        desks.append(desk._replace(ways=types_plan.np.zeros((desk.ways.shape[0], columns), dtype="int32")))
        return desks[-1]

    types_plan.desk_of = desk_of
    solve(filled, residual=residual, threads=1)
    (desk,) = desks
    found = dict(zip(NAMES, desk.ways[0, -len(NAMES) :].tolist(), strict=True))
    print(json.dumps(_of_a_draw(found, filled.game, draws)))


def _of_a_draw(found: dict[str, int], game: Any, draws: int) -> dict[str, float]:
    from assay.solvers.types_plan import layout_of

    groups = -(-draws // 8)
    unknowns = layout_of(game).most_unknowns
    exponentials = 4 * found["pair"] + 2 * found["alone"] + found["residual"] + unknowns * found["general"]
    exponentials += groups * _plain_exponentials(game)
    gathers = 4 * (found["between four"] + found["end four"]) + 2 * (found["between two"] + found["end two"])
    numbers = {
        "stages": found["stages"],
        "pair": found["pair"],
        "alone": found["alone"],
        "general": found["general"],
        "exponentials": exponentials,
        "gathers": gathers,
    }
    return {name: number / draws for name, number in numbers.items()}


def _plain_exponentials(game: Any) -> int:
    """Exponentials of choices that tell nothing, in one solve of eight draws."""
    from assay.game.game import CHOICE
    from assay.solvers import kernel_types_plan as columns
    from assay.solvers.types_plan import layout_of

    plan, total = layout_of(game).plan, 0
    for point, following in zip(plan.points[:-1], plan.points[1:], strict=True):
        m = point[columns.MOVERS]
        alone = point[columns.KIND] == CHOICE and following[columns.MOVERS] == m + 1
        if alone and plan.movers[m, columns.INFORMED] < 0:
            nodes = plan.node.shape[0] if point[columns.SPREAD] else 1
            total += nodes * int(plan.movers[m, columns.CHOICES]) * (1 if point[columns.STATIC] else plan.horizon)
    return total


def _count_calls() -> None:
    """Puts counting pieces in the place of those that are counted, in every file of the kernels that names them."""
    from assay.solvers import (
        kernel_types_backward,
        kernel_types_fast,
        kernel_types_fixed,
        kernel_types_plan,
        kernel_types_stage,
        kernel_types_sweep,
    )
    from assay.solvers.kernel_cache import part

    every = [module for name, module in sys.modules.items() if name.startswith("assay.solvers.kernel_types")]
    many = len(NAMES)

    def put(name: str, old: Any, new: Any) -> None:
        places = [module for module in every if getattr(module, name, None) is old]
        if not places:
            raise RuntimeError(f"no kernel calls {name} any more; see what has taken its place")
        for module in places:
            setattr(module, name, part(new))

    pair, alone = kernel_types_fast.respond_pair, kernel_types_fast.respond_alone

    def respond_pair(plan, precision, point, node, scale, desk):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many] += 1
        return pair(plan, precision, point, node, scale, desk)

    def respond_alone(plan, precision, point, node, scale, desk):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 1] += 1
        return alone(plan, precision, point, node, scale, desk)

    gap = kernel_types_sweep.gap_of

    def gap_of(plan, desk, m, k, u, change):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 2] += 1
        return gap(plan, desk, m, k, u, change)

    plain_mix = kernel_types_stage.mix

    def mix(plan, point, desk, y, sigma, keep):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 3] += 1
        plain_mix(plan, point, desk, y, sigma, keep)

    four, two = kernel_types_fast.square, kernel_types_fast.between

    def square(desk, row, slot, after, step0, step1, up, down1, up1):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 4] += 1
        return four(desk, row, slot, after, step0, step1, up, down1, up1)

    def between(desk, row, slot, after, step, up):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 5] += 1
        return two(desk, row, slot, after, step, up)

    end_pair, end_alone = kernel_types_backward.finish_pair, kernel_types_backward.finish_alone
    movers, player = kernel_types_plan.MOVERS, kernel_types_plan.PLAYER

    def finish_pair(plan, point, node, desk, row):  # type: ignore[no-untyped-def]
        m = plan.points[point, movers]
        first, second = plan.movers[m, player], plan.movers[m + 1, player]
        for s in range(plan.slots.shape[0]):
            if plan.slots[s, 0] != first and plan.slots[s, 0] != second:
                for joint in range(4):
                    desk.ways[0, desk.ways.shape[1] - many + 6] += desk.pick[joint, 1]
        return end_pair(plan, point, node, desk, row)

    def finish_alone(plan, point, node, desk, row):  # type: ignore[no-untyped-def]
        m = plan.points[point, movers]
        for s in range(plan.slots.shape[0]):
            if plan.slots[s, 0] != plan.movers[m, player]:
                for option in range(2):
                    desk.ways[0, desk.ways.shape[1] - many + 7] += desk.pick[option, 1]
        return end_alone(plan, point, node, desk, row)

    settled = kernel_types_fixed.settle

    def settle(plan, precision, point, node, learning, tolerance, principal, desk):  # type: ignore[no-untyped-def]
        desk.ways[0, desk.ways.shape[1] - many + 8] += 1
        settled(plan, precision, point, node, learning, tolerance, principal, desk)

    # What is called by another counted piece is replaced first: a piece is compiled when its caller is.
    put("square", four, square)
    put("between", two, between)
    put("respond_pair", pair, respond_pair)
    put("respond_alone", alone, respond_alone)
    put("gap_of", gap, gap_of)
    put("mix", plain_mix, mix)
    put("finish_pair", end_pair, finish_pair)
    put("finish_alone", end_alone, finish_alone)
    put("settle", settled, settle)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
