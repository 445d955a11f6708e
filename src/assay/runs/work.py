"""One block of draws: filled, solved, played forward, answered. Blocks are all the memory that a run needs at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.case.model import Case
from assay.claims.agenda import Agenda, Variant, merge
from assay.claims.quantity import Quantity
from assay.errors import InputError, Problem
from assay.futures.forward import forward
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled, Floats, Game
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies

Solver = Callable[[Filled, bool], Strategies]
"""Solves a filled game; the second argument says whether options' expected payoffs are kept."""
Selection = Literal["warm_start", "principal_branch"]


@dataclass(frozen=True, eq=False)
class Block:
    """What came of a block of D draws of one perspective. T periods, S series, Q quantities."""

    answers: Mapping[Quantity, Floats]  # (D,) each
    series: Mapping[str, Floats]  # (T, D) each
    residual: Floats  # (D,) the worst over the variants
    result: NDArray[np.int8]  # (D,) a `Result`, the worst over the variants

    def arrays(self, asked: Agenda) -> dict[str, NDArray[Any]]:
        """The block as plain arrays, to be stored."""
        draws = len(self.residual)
        stacked = {
            "answers": np.array([self.answers[quantity] for quantity in asked.quantities]).reshape(-1, draws),
            "series": np.array([self.series[name] for name in asked.series]),
        }
        return {**stacked, "residual": self.residual, "result": self.result}


def restore(arrays: Mapping[str, NDArray[Any]], asked: Agenda) -> Block:
    """A stored block."""
    return Block(
        answers=dict(zip(asked.quantities, arrays["answers"], strict=True)),
        series=dict(zip(asked.series, arrays["series"], strict=True)),
        residual=arrays["residual"],
        result=arrays["result"],
    )


def ordinary(selection: Selection, residual: float) -> Solver:
    """The solver of a selection. One thread: blocks are spread over threads, not the draws of a block."""
    return lambda filled, payoffs: solve(filled, selection, residual, payoffs, threads=1)


def solve_block(asked: Agenda, draws: Draws, solver: Solver, precision_scale: float = 1.0) -> Block:
    """Every quantity of the agenda in each of the draws. Raises InputError where a draw makes no valid game."""
    parts: list[tuple[NDArray[np.int64], dict[Quantity, Floats]]] = []
    periods = asked.case.calendar.periods
    series = {name: np.full((periods, len(draws)), np.nan) for name in asked.series}
    residual = np.zeros(len(draws))
    result = np.zeros(len(draws), dtype=np.int8)
    for number, variant in enumerate(asked.variants):
        for alternatives, positions in draws.groups():
            game = compiled(asked.case, variant.regime, tuple(sorted(alternatives.items())))
            strategies = _solved(asked, game, variant.scaled(precision_scale), draws.take(positions), solver)
            futures = forward(strategies, asked.passes(game, variant), threads=1)
            parts.append((positions, asked.answer(game, variant, futures, strategies)))
            residual[positions] = np.fmax(residual[positions], strategies.residual)
            result[positions] = np.maximum(result[positions], strategies.result)
            if number == 0:
                for name, values in asked.over_time(game, futures).items():
                    series[name][:, positions] = values
    result[~np.isfinite(residual)] = Result.NOT_A_NUMBER
    return Block(merge(parts, len(draws)), series, residual, result)


def _solved(asked: Agenda, game: Game, variant: Variant, draws: Draws, solver: Solver) -> Strategies:
    filled = fill(game, asked.case, draws, variant.regime, variant.settings, variant.precision_scale)
    if filled.faults:
        raise InputError(_problems(filled, draws))
    return solver(filled, asked.needs_payoffs(variant))


def _problems(filled: Filled, draws: Draws) -> list[Problem]:
    """Faults by what is wrong, with the first draw in which it is."""
    first: dict[str, int] = {}
    for draw, wrong in filled.faults:
        first.setdefault(wrong, draw)
    return [
        Problem(
            file="case",
            line=None,
            column=None,
            path=wrong.partition(": ")[0],
            found=f"{wrong.partition(': ')[2]} (draw {draws.called(draw)} of {draws.perspective})",
            expected="formulas that stay valid over the whole range of the assumptions: narrow a range, or clip(...)",
        )
        for wrong, draw in first.items()
    ]


def compiled(case: Case, regime: str | None, alternatives: tuple[tuple[str, str], ...]) -> Game:
    """The game of a case, compiled once for each structure."""
    return _compiled(_ById(case), regime, alternatives)


@dataclass(frozen=True, slots=True)
class _ById:
    """A case as a key of the cache: frozen, but made of dictionaries that have no hash."""

    case: Case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.case is self.case


@lru_cache(maxsize=64)
def _compiled(key: _ById, regime: str | None, alternatives: tuple[tuple[str, str], ...]) -> Game:
    return compile_game(key.case, regime, dict(alternatives))
