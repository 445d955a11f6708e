"""How many vector operations one response of the solver takes: its own source, run on numbers that count.

The pieces of `kernel_types_fast` are run as plain Python with operations in the place of the compiled ones; which
operations there are depends on the stage's shape, not on its numbers. Each addition, multiplication, division, fused
multiplication and comparison counts as one, a choice between two as two; loads, stores, exponentials and gathers, the
last two of which are counted apart, as none.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numpy as np

from assay.game.game import Game
from assay.solvers import kernel_types_fast
from assay.solvers.kernel_types_plan import FAST
from assay.solvers.types_plan import desk_of, layout_of


def operations(game: Game) -> tuple[int, int]:
    """Of a response of two movers, and of one, where all that follows depends on beliefs."""
    layout = layout_of(game)
    return _of(layout, len(game.slots), 2, "respond_pair"), _of(layout, len(game.slots), 1, "respond_alone")


class _Counting:
    """A vector whose operations are counted."""

    done = 0

    @classmethod
    def step(cls, many: int) -> _Counting:
        cls.done += many
        return cls()

    def __add__(self, _: object) -> _Counting:
        return self.step(1)

    __sub__ = __mul__ = __truediv__ = __add__


def _of(layout: Any, slots: int, movers: int, name: str) -> int:
    point = int(np.flatnonzero(layout.plan.points[:-1, FAST] == movers)[0])
    desk = desk_of(layout, slots)
    desk.pick[:, 1] = 1
    pieces = dict(vars(kernel_types_fast))
    for key, value in vars(kernel_types_fast).items():
        if isinstance(value, FunctionType) and value.__module__ == kernel_types_fast.__name__:
            pieces[key] = FunctionType(value.__code__, pieces)
    pieces |= {one: _counting(many) for one, many in {"fma": 1, "smaller": 1, "where_less": 2}.items()}
    pieces |= {one: _counting(0) for one in ("exp", "gather", "load", "load2", "spread", "store")}
    pieces["any_less"] = lambda *_: _Counting.step(1) is None  # never too rare
    _Counting.done = 0
    if not pieces[name](layout.plan, np.ones(1), point, 0, _Counting(), desk):
        raise RuntimeError(f"{name} did not go through")
    return _Counting.done


def _counting(many: int) -> Any:
    return lambda *_: _Counting.step(many)
