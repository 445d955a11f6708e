"""The steps of a history that are worth telling: where the world changes, or play leaves its ordinary course."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assay.futures.sample import History, Step
from assay.game.game import ENDING, Game

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


def notable(history: History, passing: Collection[str] = ()) -> Iterator[Notable]:
    """The steps of a history worth telling, in order; a change of one of the variables `passing` alone is not."""
    lasting = [number for number, name in enumerate(history.game.skeleton.variables) if name not in passing]
    for number, step in enumerate(history.steps):
        if step.branch < 0:
            continue
        after = history.steps[number + 1].point if number + 1 < len(history.steps) else step.point
        if not _worth_telling(history.game, step, after, lasting):
            continue
        for chosen in step.chosen:
            yield Notable(step.period, step.stage, chosen.actor, chosen.move, chosen.probability)
        if not step.chosen or step.label:
            yield Notable(step.period, step.stage, "", step.label or "goes on", step.chance)


def _worth_telling(game: Game, step: Step, after: int, lasting: Sequence[int]) -> bool:
    if game.structure.kind[after] == ENDING:
        return True
    here, there = game.skeleton.points[step.point].world, game.skeleton.points[after].world
    changed = any(here[number] != there[number] for number in lasting)
    return changed or min([*(chosen.probability for chosen in step.chosen), step.chance]) < RARE
