"""One draw of a case: its game filled, solved, and what everybody plays in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from assay.assumptions.draw import Draws, centre, draw
from assay.case.model import Case
from assay.errors import InputError, Problem, suggestion
from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.fill import fill
from assay.game.game import CHOICE, Filled, Floats, Game
from assay.runs.plan import make_plan, selection_of
from assay.runs.work import compiled, fault_problems
from assay.solvers.census import census, distinct, met
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies
from assay.trees.tree import unused

RESIDUAL = 1e-9
"""Largest residual that counts as solved: one draw can be solved better than a case asks for its thousands."""
RARE = 1e-6
"""Information sets that are reached less often are left out unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which draw of a case: the centre of a perspective, or a numbered draw of a seed."""

    perspective: str | None = None
    """None is the case's first."""
    draw: int | None = None
    """None is the centre: every assumption at its median, the likeliest of alternatives."""
    seed: int = 1


@dataclass(frozen=True, eq=False)
class One:
    """One draw, filled."""

    case: Case
    perspective: str
    words: str
    """Which draw it is: `the centre of author`."""
    filled: Filled


@dataclass(frozen=True, slots=True)
class Played:
    """What one actor of one type plays at a stage in a world of a period."""

    name: str
    """`actor.type@stage, variable value, period 1`; variables that differ between the stage's worlds only."""
    reach: float
    """How probable it is, to the analyst, that the actor is of this type and comes here in this period."""
    moves: dict[str, float]
    """Over all beliefs that may be held here, each as often as it is held."""


@dataclass(frozen=True, eq=False)
class OneSolution:
    """A solution of one draw."""

    players: tuple[str, ...]
    precision: dict[str, float]
    played: tuple[Played, ...]
    payoffs: dict[str, float]
    """Expected at the start as each player sees it, over all periods, the buffer included; over own types by the
    analyst's shares."""
    payoffs_by_type: dict[str, float]
    """The same of each own type, `actor.type`; empty where nobody has types."""
    residual: float
    result: Result
    selection: str


def one(case: Case, place: Place, precision: float | None = None) -> One:
    """A draw of a case in its game. `precision` replaces everybody's.

    Raises InputError for an unknown perspective and for numbers that make no valid game.
    """
    side = place.perspective or next(iter(case.perspectives))
    if side not in case.perspectives:
        known = suggestion(side, case.perspectives)
        raise InputError([Problem("command line", None, None, "--perspective", f"no perspective {side!r}", known)])
    draws = _draws(case, side, place)
    alternatives = next(iter(draws.groups()))[0]
    filled = fill(compiled(case, None, tuple(sorted(alternatives.items()))), case, draws)
    if filled.faults:
        raise InputError(fault_problems(filled, draws))
    if precision is not None:
        filled = replace(filled, precision=np.full_like(filled.precision, precision))
    words = f"the centre of {side}" if place.draw is None else f"draw {place.draw} of {side}, seed {place.seed}"
    return One(case, side, words, filled)


def _draws(case: Case, side: str, place: Place) -> Draws:
    if place.draw is None:
        return centre(case, side)
    return draw(case, side, 1, place.seed, first=place.draw)


def solutions(it: One, selection: str | None = None, everything: bool = False) -> tuple[OneSolution, ...]:
    """The solution of a draw by a selection (the case's own by default); with `census` all that restarts tell apart.

    Kept are what is reached more probably than `RARE` in the first period; with `everything`, all that is reached in
    any reported period.
    """
    plan = make_plan(it.case, 1, 1, [it.perspective], selection, audit=0)
    if plan.selection == "census":
        found = _told_apart(census(it.filled, RESIDUAL))
    else:
        found = [solve(it.filled, selection_of(plan), RESIDUAL)]
    return tuple(_solution(each, everything) for each in found)


def _told_apart(starts: tuple[Strategies, ...]) -> list[Strategies]:
    """The solutions that differ, in the order of their starts; the first start's where none was solved."""
    kept: list[Strategies] = []
    for each in starts:
        if met(each)[0] and int(distinct([*kept, each])[0]) > len(kept):
            kept.append(each)
    return kept or [starts[0]]


def _solution(solved: Strategies, everything: bool) -> OneSolution:
    filled, game = solved.filled, solved.filled.game
    by_type = {_slot(game, player, own): float(solved.value[0, n, 0]) for n, (player, own) in enumerate(game.slots)}
    payoffs = dict.fromkeys(game.players, 0.0)
    for player, own in game.slots:
        payoffs[game.players[player]] += _share(filled, player, own) * by_type[_slot(game, player, own)]
    return OneSolution(
        players=game.players,
        precision={name: float(filled.precision[0, i, 0]) for i, name in enumerate(game.players)},
        played=tuple(_played(solved, everything)),
        payoffs=payoffs,
        payoffs_by_type=by_type if game.informed else {},
        residual=float(solved.residual[0]),
        result=Result(int(solved.result[0])),
        selection=solved.selection,
    )


def _slot(game: Game, player: int, own: int) -> str:
    types = next((each.types for each in game.informed if each.player == player), ())
    return f"{game.players[player]}.{types[own]}" if types else game.players[player]


def _share(filled: Filled, player: int, own: int) -> float:
    """The analyst's share of a type; 1 for a player without types."""
    for at, each in enumerate(filled.game.informed):
        if each.player == player:
            assert filled.prior is not None
            return float(filled.prior[0, at, 0, own, 0])
    return 1.0


def _played(solved: Strategies, everything: bool) -> Iterator[Played]:
    """Every mover and type at every point, in the order of play: shares of the mass that goes through its options."""
    game, s = solved.filled.game, solved.filled.game.structure
    kinds = {each.player: len(each.types) for each in game.informed}
    mass = _masses(solved, max(kinds.values(), default=1))
    names: set[str] = set()
    worlds = _worlds(game)
    for period in range(game.periods if everything else 1):
        for point in np.flatnonzero(s.kind == CHOICE):
            for entry in range(s.mover_start[point], s.mover_start[point + 1]):
                player, options = int(s.mover_player[entry]), range(s.option_start[entry], s.option_start[entry + 1])
                for own in range(kinds.get(player, 1)):
                    through = mass[own, options.start : options.stop, period]
                    reach = float(through.sum())
                    if not reach > (0.0 if everything else RARE):
                        continue
                    stage = game.option_label[options.start][1]
                    words = ", ".join([stage, *worlds[int(point)], f"period {period + 1}"])
                    name = unused(f"{_slot(game, player, own)}@{words}", names)
                    names.add(name)
                    moves = [game.option_label[o][2] for o in options]
                    yield Played(name, reach, dict(zip(moves, (through / reach).tolist(), strict=True)))


def _masses(solved: Strategies, types: int) -> Floats:
    """Mass through each option while its mover is of an own type, (types, options, periods); not a number
    throughout where the draw has no solution."""
    game, s = solved.filled.game, solved.filled.game.structure
    profiles = np.array(list(product(*(range(len(each.types)) for each in game.informed)))).T
    place = {each.player: at for at, each in enumerate(game.informed)}
    movers = np.repeat(s.mover_player, np.diff(s.option_start))
    readers = {}
    for option, player in enumerate(movers.tolist()):
        at = place.get(player)
        for own in range(1 if at is None else len(game.informed[at].types)):
            only = None if at is None else np.flatnonzero(profiles[at] == own).astype(np.int32)
            readers[f"{own} {option}"] = Reader(option=np.array([option], dtype=np.int32), profiles=only)
    mass = np.zeros((types, len(movers), game.periods))
    (futures,) = forward(solved, [Pass(readers)])
    for name, reading in futures.readings.items():
        own, option = map(int, name.split())
        mass[own, option] = reading[:, 0]
    return mass


def _worlds(game: Game) -> dict[int, list[str]]:
    """Each point's world in words: the variables in which the points of its stage differ."""
    skeleton, by_stage = game.skeleton, dict[str, list[int]]()
    for at, point in enumerate(skeleton.points):
        by_stage.setdefault(point.stage, []).append(at)
    found: dict[int, list[str]] = {}
    for points in by_stage.values():
        worlds = [skeleton.points[at].world for at in points]
        differ = [v for v in range(len(skeleton.variables)) if len({world[v] for world in worlds}) > 1]
        for at, world in zip(points, worlds, strict=True):
            found[at] = [f"{skeleton.variables[v]} {skeleton.values[v][world[v]]}" for v in differ]
    return found


def as_json(found: tuple[OneSolution, ...], it: One) -> dict[str, Any]:
    """Solutions as the object that `--json` prints: the first one's keys, and with several all under `equilibria`."""
    objects = [_json(each) for each in found]
    first = {"case": it.case.title, "draw": it.words, **objects[0]}
    return {**first, "equilibria": objects} if len(found) > 1 else first


def _json(each: OneSolution) -> dict[str, Any]:
    values = set(each.precision.values())
    return {
        "players": list(each.players),
        "precision": values.pop() if len(values) == 1 else None,
        "strategies": {played.name: played.moves for played in each.played},
        "payoffs": each.payoffs,
        "residual": each.residual,
        "result": each.result.name.lower().replace("_", " "),
        "selection": each.selection,
        "precisions": each.precision,
        "payoffs_by_type": each.payoffs_by_type,
        "reach": {played.name: played.reach for played in each.played},
    }
