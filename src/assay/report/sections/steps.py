"""The steps of a told future in the words of the case."""

from __future__ import annotations

from typing import Any

from assay.case.model import Case
from assay.case.order import Block, Branch, Chance, Meanings, Stage
from assay.report.words import mid


def move_words(case: Case, actor: str, stage: str, move: str) -> str:
    """What a step of a told future stands for: the case's words where it has them, else its name.

    `stage` is a stage, a chance or a block; a step without an actor is a turn of chance, also that of a joint move.
    """
    for item in case.order:
        if isinstance(item, Block) and item.block == stage and item.means and move == "occurs":
            return mid(item.means)
        for place in item.stages if isinstance(item, Block) else (item,):
            if isinstance(place, Chance) and place.chance == stage and move in place.branches:
                return _said(place.branches[move].means, move)
            if isinstance(place, Stage) and place.stage == stage:
                return _at_stage(case, place, actor, move)
    return _said("", move)


def _at_stage(case: Case, stage: Stage, actor: str, move: str) -> str:
    kind, _, target = move.partition(" ")
    if kind == "end" and target in case.endings:
        return _said(case.endings[target].means, target)
    if kind == "go" and target:
        return _said(_means_of(case, target), target)
    if actor:
        found = (stage.movers.get(actor) or stage.moves).get(move)
        meanings = found if isinstance(found, tuple) else (found,)
        return _said(next((each.means for each in meanings if each is not None and each.means), ""), move)
    branches = [branch for moves in stage.moves.values() for branch in _branches(moves) if branch[0] == move]
    branches += [pair for joint in stage.leads_to for pair in (joint.chance or {}).items() if pair[0] == move]
    means = next((branch.means for _, branch in branches if isinstance(branch, Branch) and branch.means), "")
    sets = next((joint.sets for joint in stage.leads_to if joint.sets and move in (joint.chance or {})), None)
    if not means and sets in case.world and case.world[sets].name:
        return f"{mid(case.world[sets].name)} is {_said('', move)}"
    return _said(means, move)


def _means_of(case: Case, name: str) -> str:
    """What a stage or chance stands for."""
    for item in case.order:
        for place in item.stages if isinstance(item, Block) else (item,):
            if name == (place.chance if isinstance(place, Chance) else place.stage):
                return place.means
    return ""


def _branches(moves: Meanings) -> list[tuple[str, Any]]:
    meanings = moves if isinstance(moves, tuple) else (moves,)
    return [pair for meaning in meanings for pair in (meaning.chance or {}).items()]


def _said(means: str, name: str) -> str:
    return mid(means) if means else name.replace("_", " ")
