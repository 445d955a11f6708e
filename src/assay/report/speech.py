"""Tests and moves in the words of the case."""

from __future__ import annotations

from assay.case.claims import Claim
from assay.case.model import Case
from assay.case.order import Block, Chance, Move, Stage
from assay.claims.describe import describe_test
from assay.report.view import View
from assay.report.words import mid


def in_words(view: View, claim: Claim) -> str:
    """The test in prose, as the run has it; empty for a claim without a test."""
    if claim.holds_if is None:
        return claim.test
    return view.run.prose.get(claim.id) or describe_test(claim, view.case)


def move_words(case: Case, actor: str, stage: str, move: str) -> str:
    """What a move of a told future stands for: the case's words where it has them, else its name."""
    for item in case.order:
        for place in item.stages if isinstance(item, Block) else (item,):
            if isinstance(place, Chance):
                if place.chance == stage and move in place.branches and place.branches[move].means:
                    return mid(place.branches[move].means)
            elif isinstance(place, Stage) and place.stage == stage:
                found = (place.movers.get(actor) or place.moves).get(move)
                first = found[0] if isinstance(found, tuple) else found
                if isinstance(first, Move) and first.means:
                    return mid(first.means)
    return move.replace("_", " ")
