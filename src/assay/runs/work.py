"""One block of draws: filled, solved, played forward, answered. Blocks are all the memory that a run needs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.case.model import Case
from assay.claims.agenda import Agenda, merge
from assay.claims.quantity import Quantity
from assay.errors import InputError, Problem
from assay.futures.forward import forward
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled, Floats, Game
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies
from assay.solvers.types_plan import layout_of

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


def together(parts: Sequence[tuple[NDArray[np.int64], Block]]) -> Block:
    """Blocks of some draws each, with their positions, as the block of all those draws in order."""
    order = np.argsort(np.concatenate([positions for positions, _ in parts]))
    blocks = [block for _, block in parts]
    return Block(
        answers={each: np.concatenate([block.answers[each] for block in blocks])[order] for each in blocks[0].answers},
        series={
            name: np.concatenate([block.series[name] for block in blocks], axis=1)[:, order]
            for name in blocks[0].series
        },
        residual=np.concatenate([block.residual for block in blocks])[order],
        result=np.concatenate([block.result for block in blocks])[order],
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What is otherwise when a game is made: the belief grid, or that nobody misperceives anything."""

    belief_nodes: int | None = None
    belief_span: float | None = None
    perceive: bool = True


AS_SAID = Made()
"""As the case says."""


def ordinary(selection: Selection, residual: float) -> Solver:
    """The solver of a selection. One thread: blocks are spread over threads, not the draws of a block."""
    return lambda filled, payoffs: solve(filled, selection, residual, payoffs, threads=1)


def games_of(asked: Agenda, draws: Draws) -> Iterator[tuple[Game, bool]]:
    """The games that draws are solved in, and whether options' expected payoffs are kept there."""
    for variant in asked.variants:
        for alternatives, _ in draws.groups():
            game = compiled(asked.case, variant.regime, tuple(sorted(alternatives.items())))
            yield game, asked.needs_payoffs(variant)


def bytes_a_draw(game: Game, payoffs: bool) -> int:
    """Memory that a draw's numbers and strategies take at most, in bytes."""
    cells = layout_of(game).cells.count if game.informed else game.periods * game.structure.option_weight.size
    return 8 * (cells * (2 if payoffs else 1) + int(game.row_stride.size))


@dataclass(frozen=True, eq=False)
class Ready:
    """Draws that share their structural alternatives, in the game of a variant, filled."""

    number: int
    """Of the variant."""
    positions: NDArray[np.int64]
    game: Game
    filled: Filled


def ready(asked: Agenda, draws: Draws, made: Made = AS_SAID) -> Iterator[Ready]:
    """The draws in every variant's games. Raises InputError where a draw makes no valid game."""
    for one in _filled(asked, draws, made):
        if one.filled.faults:
            raise InputError(fault_problems(one.filled, draws.take(one.positions)))
        yield one


def _filled(asked: Agenda, draws: Draws, made: Made = AS_SAID) -> Iterator[Ready]:
    """The draws in every variant's games, with what is wrong with them."""
    for number, variant in enumerate(asked.variants):
        for alternatives, positions in draws.groups():
            game = compiled(asked.case, variant.regime, tuple(sorted(alternatives.items())), made)
            changed = (variant.regime, variant.settings, variant.precision_scale)
            filled = fill(game, asked.case, draws.take(positions), *changed, perceive=made.perceive)
            yield Ready(number, positions, game, filled)


def faults(asked: Agenda, draws: Draws) -> list[tuple[int, str]]:
    """Position among the draws and what is wrong there, as in `Filled.faults`, in any of the games that are solved."""
    found = ((int(one.positions[at]), text) for one in _filled(asked, draws) for at, text in one.filled.faults)
    return list(dict.fromkeys(found))


def solve_block(asked: Agenda, draws: Draws, solver: Solver, precision_scale: float = 1.0) -> Block:
    """Every quantity of the agenda in each of the draws. Raises InputError where a draw makes no valid game."""
    return solve_ready(asked, len(draws), ready(asked, draws), solver, precision_scale)


def solve_ready(
    asked: Agenda,
    draws: int,
    games: Iterable[Ready],
    solver: Solver,
    precision_scale: float = 1.0,
    seen: Callable[[Ready, Strategies], None] | None = None,
) -> Block:
    """Every quantity of the agenda from filled games, every precision multiplied by `precision_scale`.

    `seen` is shown every game's strategies, which are not kept here.
    """
    parts: list[tuple[NDArray[np.int64], dict[Quantity, Floats]]] = []
    series = {name: np.full((asked.case.calendar.periods, draws), np.nan) for name in asked.series}
    residual, result = np.zeros(draws), np.zeros(draws, dtype=np.int8)
    for one in games:
        variant, positions = asked.variants[one.number], one.positions
        filled = replace(one.filled, precision=one.filled.precision * precision_scale)
        strategies = solver(filled, asked.needs_payoffs(variant))
        if seen is not None:
            seen(one, strategies)
        futures = forward(strategies, asked.passes(one.game, variant), threads=1)
        parts.append((positions, asked.answer(one.game, variant, futures, strategies)))
        residual[positions] = np.fmax(residual[positions], strategies.residual)
        result[positions] = np.maximum(result[positions], strategies.result)
        if one.number == 0:
            for name, values in asked.over_time(one.game, futures).items():
                series[name][:, positions] = values
    result[~np.isfinite(residual)] = Result.NOT_A_NUMBER
    return Block(merge(parts, draws), series, residual, result)


def fault_problems(filled: Filled, draws: Draws) -> list[Problem]:
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


def compiled(case: Case, regime: str | None, alternatives: tuple[tuple[str, str], ...], made: Made = AS_SAID) -> Game:
    """The game of a case, compiled once for each structure."""
    return _compiled(_ById(case), regime, alternatives, made.belief_nodes, made.belief_span)


@dataclass(frozen=True, slots=True)
class _ById:
    """A case as a key of the cache: frozen, but made of dictionaries that have no hash."""

    case: Case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.case is self.case


@lru_cache(maxsize=64)
def _compiled(
    key: _ById,
    regime: str | None,
    alternatives: tuple[tuple[str, str], ...],
    belief_nodes: int | None,
    belief_span: float | None,
) -> Game:
    return compile_game(key.case, regime, dict(alternatives), belief_nodes, belief_span)
