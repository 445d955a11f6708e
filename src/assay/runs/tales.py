"""Two contrasting futures for each claim: one in a draw in which it holds, one in a draw in which it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np

from assay.case.model import Case
from assay.case.types import called, inside, types_of
from assay.claims.agenda import Agenda
from assay.claims.by_type import parts, profiles
from assay.claims.mentions import mentions
from assay.claims.quantity import Quantity
from assay.claims.trial import Trial, quantities
from assay.claims.verdict import Truth
from assay.futures.notable import notable
from assay.futures.sample import History, sample, sample_given
from assay.futures.tell import when_of
from assay.game.fill import fill
from assay.game.game import ENDING, Game, Ints
from assay.runs.beliefs import by_moves, course, readings
from assay.runs.judged import Judged
from assay.runs.plan import selection_of
from assay.runs.run import Plan
from assay.runs.work import compiled, ordinary
from assay.solvers.pool import default_threads
from assay.solvers.strategies import Strategies


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A future to be told: of which claim, in which draw."""

    trial: Trial
    judged: Judged
    position: int
    holds: bool


def tell(asked: Agenda, judged: Sequence[Judged], plan: Plan) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Claim to its told futures: one where it nowhere fails (or holds), none where it is about assumptions alone."""
    played = (each for each in asked.trials if any(quantities(node, asked.case) for node in each.nodes))
    wanted = [one for trial in played for one in _wanted(trial, judged)]
    told: dict[str, list[Mapping[str, Any]]] = {}
    with ThreadPoolExecutor(default_threads()) as pool:  # one is solved while another is told
        for one, tale in zip(wanted, pool.map(partial(_told, asked, plan), wanted), strict=True):
            told.setdefault(one.trial.claim.id, []).append(tale)
    return {claim: tuple(tales) for claim, tales in told.items()}


def _wanted(trial: Trial, judged: Sequence[Judged]) -> Iterator[_Wanted]:
    """The draw in the middle of those that hold, and of those that fail; the author's own perspective goes first."""
    own_first = sorted(judged, key=lambda each: each.perspective != trial.claim.by)
    for holds in (True, False):
        for each in own_first:
            position = _typical(each.truths[trial.claim.id], holds)
            if position is not None:
                yield _Wanted(trial, each, position, holds)
                break


def _typical(truth: Truth, holds: bool) -> int | None:
    """The draw whose quantity is the median of those that hold in the strict (or fail even in the loose) reading."""
    side = (truth.strict if holds else ~truth.loose) & ~truth.vacuous
    values = truth.quantities["value"]
    places = np.flatnonzero(side & np.isfinite(values))
    if not places.size:
        return None
    return int(places[np.argsort(values[places], kind="stable")[places.size // 2]])


def _told(asked: Agenda, plan: Plan, wanted: _Wanted) -> dict[str, Any]:
    draws = wanted.judged.draws.take(np.array([wanted.position]))
    alternatives = next(iter(draws.groups()))[0]
    game = compiled(asked.case, None, tuple(sorted(alternatives.items())))
    solved = ordinary(selection_of(plan), plan.residual)(fill(game, asked.case, draws), False)
    quantity = _about(wanted.trial, asked)
    points = _points(quantity, game, asked)
    sampled, met = _history(solved, points, _dealt(quantity, game, asked), plan.seed)
    history = by_moves(sampled)
    number = int(draws.index[0])
    names = _names(asked.case)
    passing = [name for name, variable in asked.case.world.items() if variable.lives == "period"]
    values = wanted.judged.truths[wanted.trial.claim.id].quantities["value"]
    return {
        "perspective": wanted.judged.perspective,
        "draw": number,
        "holds": wanted.holds,
        "value": float(values[wanted.position]),
        "event": quantity.label if quantity and met else "",
        "types": dict(history.types),
        "beliefs": course(history),
        "readings": [asdict(each) for each in readings(history)],
        "steps": [
            {**asdict(step), "when": when_of(step.period, asked.case.calendar)}
            for step in notable(history, passing, names)
        ],
        "ending": history.ending,
    }


def _names(case: Case) -> dict[str, str]:
    """What actors and their types are called in notes."""
    names = {name: inside(actor.name) for name, actor in case.actors.items()}
    return names | {
        f"{name} is {each}": called(case, name, each) for name, types in types_of(case).items() for each in types
    }


def _about(trial: Trial, asked: Agenda) -> Quantity | None:
    """The first probability that the claim speaks of."""
    found = (quantity for node in trial.nodes for quantity in quantities(node, asked.case))
    return next((quantity for quantity in found if quantity.measure == "P"), None)


def _points(quantity: Quantity | None, game: Game, asked: Agenda) -> Ints:
    """The endings of which the claim speaks; a history that comes to one of them says more than a quiet one."""
    if quantity is None:
        return np.zeros(0, dtype=np.int32)
    tags = mentions(quantity.subject, asked.case).tags
    endings = asked.case.endings
    places = [
        number
        for number, point in enumerate(game.skeleton.points)
        if game.structure.kind[number] == ENDING and tags & {point.stage, *endings[point.stage].tags}
    ]
    return np.array(places, dtype=np.int32)


def _dealt(quantity: Quantity | None, game: Game, asked: Agenda) -> Ints | None:
    """The type profiles of which the claim speaks; None where it speaks of all."""
    if quantity is None:
        return None
    spoken = [part for part in parts(quantity.subject, quantity.given, asked.case) if part.event is not False]
    if not spoken or any(part.types is None for part in spoken):
        return None
    return profiles([types for part in spoken for types in part.types or ()], game)


def _history(solved: Strategies, points: Ints, dealt: Ints | None, seed: int) -> tuple[History, bool]:
    """A history that comes to one of the points; any history where there are none or they cannot be reached."""
    for wanted in (dealt, None):  # types that nobody is of in this draw leave the others
        try:
            if points.size:
                return sample_given(solved, 0, seed, points, profiles=wanted)[0], True
        except ValueError:  # the endings have probability zero in this draw: then a quiet history is the contrast
            pass
        try:
            return sample(solved, 0, seed, profiles=wanted)[0], False
        except ValueError:
            if wanted is None:
                raise
    raise AssertionError("a history without a condition can always be told")
