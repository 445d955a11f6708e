"""Who believes what of whom: at the start in every draw, and along one told future."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.assumptions.arrays import Bindings, Value, evaluate, numbers
from assay.case.model import Case
from assay.case.types import beliefs_of, columns, definitions, shares_of, types_of
from assay.formula.ast import Formula
from assay.futures.history import Belief, History

NOTHING = 1e-12
"""Types that do something with probabilities so close together are not told apart by it."""
ANALYST = ""
"""The observer whose shares weigh the types."""

Opinions = Mapping[str, Mapping[str, NDArray[np.float64]]]
"""By actor with private types, by observer, `ANALYST` first: probabilities of the types, (K, D)."""


def first_opinions(case: Case, draws: pd.DataFrame) -> Opinions:
    """What the analyst and every other actor believes of everybody's type at the start, in the order of the draws.

    `draws` has a column for each number of a draw. An observer's shares are read with the numbers as that observer
    sees them, as they are when the game is filled.
    """
    if not types_of(case):
        return {}
    truth = _truth(case, draws)
    seen = {actor: _seen(truth, changed) for actor, changed in case.perceives.items() if changed}
    return {about: dict(_of(case, about, truth, seen, len(draws))) for about in types_of(case)}


def _truth(case: Case, draws: pd.DataFrame) -> Bindings:
    named = {name: tuple(each.alternatives) for name, each in case.assumptions.items() if each.alternatives}
    values: dict[str, Value] = {}
    for name in columns(case):
        drawn = draws[name]
        values[name] = (
            np.array([named[name].index(str(chosen)) for chosen in drawn], dtype=np.int64)
            if name in named
            else drawn.to_numpy(dtype=np.float64)
        )
    return Bindings(values, named, definitions(case))


def _seen(truth: Bindings, changed: Mapping[str, Formula]) -> Bindings:
    return truth.with_values({name: evaluate(formula, truth) for name, formula in changed.items()})


def _of(
    case: Case, about: str, truth: Bindings, seen: Mapping[str, Bindings], draws: int
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    shares, believed = shares_of(case, about), beliefs_of(case, about)
    yield ANALYST, _complete(shares, truth, draws)
    for observer in case.actors:
        if observer != about:
            yield observer, _complete(believed.get(observer, shares), seen.get(observer, truth), draws)


def _complete(shares: Mapping[str, Formula | None], numbers_of: Bindings, draws: int) -> NDArray[np.float64]:
    """(K, D): a share that is not given is what the others leave to one."""
    given = {name: numbers(share, numbers_of, (draws,)) for name, share in shares.items() if share is not None}
    rest = np.clip(1.0 - sum(given.values(), np.zeros(draws)), 0.0, 1.0)
    return np.stack([given.get(name, rest) for name in shares])


def by_moves(history: History) -> History:
    """A history in which nothing was imposed, with the beliefs that its moves alone imply.

    Play goes on from nodes of the grid of beliefs, and which node that is a fair public signal decides: right on
    average, but in one history a belief may stay where it was while the moves say one thing over and over. Here every
    observer begins as in the history and follows the moves by Bayes' rule, each weighed as it was played there.
    """
    held: dict[tuple[str, str], tuple[float, ...]] = {}
    steps = []
    for step in history.steps:
        likely = {chosen.actor: [p for _, p in chosen.by_type] for chosen in step.chosen if chosen.by_type}
        beliefs = []
        for belief in step.beliefs:
            key = belief.about, belief.observer
            before = held.setdefault(key, belief.before)
            held[key] = _revised(before, likely.get(belief.about))
            beliefs.append(replace(belief, before=before, learnt=held[key], after=held[key]))
        steps.append(replace(step, beliefs=tuple(beliefs)))
    return replace(history, steps=tuple(steps))


def _revised(before: tuple[float, ...], likely: Sequence[float] | None) -> tuple[float, ...]:
    """Bayes' rule; a belief stays where the move says nothing, or is ruled out by it."""
    if likely is None or max(likely) - min(likely) <= NOTHING:
        return before
    joint = [believed * p for believed, p in zip(before, likely, strict=True)]
    return tuple(each / sum(joint) for each in joint) if sum(joint) > 0 else before


def course(history: History) -> list[dict[str, Any]]:
    """What everybody believes of everybody with private types along a history, wherever it changes.

    One record for each actor and observer: `about`, `observer` (empty for the analyst), `types`, and `course`, a list
    of (place, probabilities by type). Places count periods from the start, the steps of a period evenly spaced; the
    first is 0, the last where the history ends.
    """
    places, types = _places(history), {history.game.players[each.player]: each.types for each in history.game.informed}
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for place, step in zip(places, history.steps, strict=True):
        for belief in step.beliefs:
            key = belief.about, belief.observer
            if key not in told:
                told[key] = _begun(belief, types[belief.about])
            _add(told[key], place, belief)
    for record in told.values():
        record["course"].append([places[-1], record["course"][-1][1]])
    return list(told.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """How far an observer believed what is true of somebody's type, along one history."""

    about: str
    observer: str
    """A player, or empty for the analyst."""
    type: str
    """What the actor truly is."""
    start: float
    """Probability of that type, in the observer's eyes, when the game started."""
    lowest: float
    """The least that it ever was."""
    end: float
    """What it was when the history ended."""
    misread: bool
    """Whether it ended with thinking another type more probable."""


def readings(history: History) -> list[Reading]:
    """Who read whom how well: one for each actor with private types and each observer, in the order of `course`."""
    found = []
    for told in course(history):
        true = history.types[told["about"]]
        place = told["types"].index(true)
        believed = [float(each[place]) for _, each in told["course"]]
        misread = max(told["course"][-1][1]) > believed[-1]
        found.append(Reading(told["about"], told["observer"], true, believed[0], min(believed), believed[-1], misread))
    return found


def _begun(belief: Belief, types: Sequence[str]) -> dict[str, Any]:
    begun = [[0.0, list(belief.before)]]
    return {"about": belief.about, "observer": belief.observer, "types": list(types), "course": begun}


def _add(record: dict[str, Any], place: float, belief: Belief) -> None:
    if list(belief.after) != record["course"][-1][1]:
        record["course"].append([place, list(belief.after)])


def _places(history: History) -> list[float]:
    """Where each step has been taken, in periods from the start."""
    size = pd.Series([step.period for step in history.steps]).value_counts()
    number: dict[int, int] = {}
    places = []
    for step in history.steps:
        number[step.period] = number.get(step.period, 0) + 1
        places.append(step.period + number[step.period] / int(size[step.period]))
    return places
