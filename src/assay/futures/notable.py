"""The steps of a history that are worth telling: where the world changes, play leaves its ordinary course, or a move
changes what others think of its mover.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assay.futures.sample import Belief, History, Step
from assay.futures.tell import opinion
from assay.game.game import ENDING, Game

RARE = 0.2
"""A move or a branch less probable than this is worth telling in any case."""
TELLING = 0.1
"""A move after which some player thinks a type more or less probable by this much is worth telling in any case."""


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
    """What others now think of the mover, where a move changed that much."""


def notable(
    history: History, passing: Collection[str] = (), names: Mapping[str, str] | None = None
) -> Iterator[Notable]:
    """The steps of a history worth telling, in order; a change of one of the variables `passing` alone is not.

    `names` are what actors are called in notes, and, by `ACTOR is TYPE`, what their types are.
    """
    lasting = [number for number, name in enumerate(history.game.skeleton.variables) if name not in passing]
    for number, step in enumerate(history.steps):
        if step.branch < 0:
            continue
        after = history.steps[number + 1].point if number + 1 < len(history.steps) else step.point
        if not _worth_telling(history.game, step, after, lasting):
            continue
        for chosen in step.chosen:
            note = _note(history, step, chosen.actor, names or {})
            yield Notable(step.period, step.stage, chosen.actor, chosen.move, chosen.probability, note)
        if not step.chosen or step.label:
            yield Notable(step.period, step.stage, "", step.label or "goes on", step.chance)


def _worth_telling(game: Game, step: Step, after: int, lasting: Sequence[int]) -> bool:
    if game.structure.kind[after] == ENDING or any(map(_telling, step.beliefs)):
        return True
    here, there = game.skeleton.points[step.point].world, game.skeleton.points[after].world
    changed = any(here[number] != there[number] for number in lasting)
    return changed or min([*(chosen.probability for chosen in step.chosen), step.chance]) < RARE


def _telling(belief: Belief) -> bool:
    """Whether a player, not the analyst alone, learns much."""
    return bool(belief.observer) and belief.change >= TELLING


def _note(history: History, step: Step, actor: str, names: Mapping[str, str]) -> str:
    """What others now think of a mover, where that changed much."""
    types = {history.game.players[each.player]: each.types for each in history.game.informed}
    told = [belief for belief in step.beliefs if belief.about == actor and _telling(belief)]
    words = [names.get(f"{actor} is {each}", each) for each in types.get(actor, ())]
    return "; ".join(opinion(belief, words, names) for belief in told)
