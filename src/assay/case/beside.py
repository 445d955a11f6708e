"""What a case takes from treaties and from the ledger beside it, put in once it has been read."""

from __future__ import annotations

from pathlib import Path as FilePath

from assay.case.checks.context import Declared
from assay.case.model import Case
from assay.case.order import Chance, Move
from assay.documents.locate import Locator, Path
from assay.errors import Problem

OWN = ("for_", "binds", "in_conflict")
"""What only a variable bound to a treaty has."""


def put_in(case: Case, path: FilePath, locator: Locator, problems: list[Problem]) -> tuple[Case, list[Path]]:
    """The case with what treaties and facts say put in, and the paths of what is not the author's own, or not sound.

    Law and ledger are loaded only for a case that asks something of them.
    """
    aside: list[Path] = []
    if any(assumption.fact is not None for assumption in case.assumptions.values()):
        from assay.case.cited import fill_in

        case, aside = fill_in(case, path.parent, locator, problems)
    if uses_law(case):
        from assay.case.bound.bind import bind

        case, more = bind(case, locator, problems)
        aside += more
    return case, aside


def uses_law(case: Case) -> bool:
    """Whether there is a bound variable, an act or a clock, or half of one."""
    if any(variable.model_fields_set & {"treaty", *OWN} for variable in case.world.values()):
        return True
    declared = Declared(case)
    if any(isinstance(item, Chance) and item.clock is not None for _, item in declared.items):
        return True
    moves = (spot.effect for spot in declared.spots)
    return any(isinstance(move, Move) and move.model_fields_set & {"act", "of", "breaks"} for move in moves)
