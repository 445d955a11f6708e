"""The steps of a history that are worth telling: where the world changes, or play leaves its ordinary course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.futures.sample import History, Step
from assay.game.game import CLOSE, ENDING, Game

RARE = 0.2
"""A move or a branch less probable than this is worth telling in any case."""


@dataclass(frozen=True, slots=True)
class Notable:
    """One move, or one turn of chance, of a history."""

    period: int
    stage: str
    actor: str
    """The mover, or empty for chance."""
    move: str
    probability: float
    note: str = ""


def notable(history: History) -> Iterator[Notable]:
    """The steps of a history worth telling, in order."""
    for number, step in enumerate(history.steps):
        if step.branch < 0:
            continue
        after = history.steps[number + 1].point if number + 1 < len(history.steps) else step.point
        if not _worth_telling(history.game, step, after):
            continue
        for chosen in step.chosen:
            yield Notable(step.period, step.stage, chosen.actor, chosen.move, chosen.probability)
        if not step.chosen or step.label:
            yield Notable(step.period, step.stage, "", step.label or "goes on", step.chance)


def _worth_telling(game: Game, step: Step, after: int) -> bool:
    kind = game.structure.kind[after]
    if kind == ENDING:
        return True
    here, there = game.skeleton.points[step.point], game.skeleton.points[after]
    if kind != CLOSE and here.world != there.world:
        return True
    rare = min([*(chosen.probability for chosen in step.chosen), step.chance]) < RARE
    return rare or (kind == CLOSE and here.world != there.world)
