"""What a case takes from treaties and from the ledger beside it, put in once it has been read."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import NamedTuple

from assay.case.checks.context import Declared
from assay.case.model import Case
from assay.case.order import Chance, Move
from assay.case.sources import TABLES
from assay.documents.locate import Locator, Path
from assay.errors import Problem

OWN = ("for_", "binds", "in_conflict")
"""What only a variable bound to a treaty has."""


class Completed(NamedTuple):
    """A case with what treaties and facts say put in."""

    case: Case
    aside: list[Path]
    """Paths of what is not the author's own, or not sound."""
    missing: frozenset[str] = frozenset()
    """Sources that the ledger cites and does not have; it has told of them."""


def put_in(case: Case, path: FilePath, locator: Locator, problems: list[Problem]) -> Completed:
    """The case with what treaties and facts say put in; what is wrong or doubtful there is among the problems.

    Law and ledger are loaded only for a case that asks something of them, or has one beside it.
    """
    done = Completed(case, [])
    if uses_ledger(case, path.parent):
        from assay.case.ledgered import with_ledger

        done = with_ledger(case, path.parent, locator, problems)
    if uses_law(done.case):
        from assay.case.bound.bind import bind

        bound, more = bind(done.case, locator, problems)
        done = Completed(bound, done.aside + more, done.missing)
    return done


def uses_ledger(case: Case, folder: FilePath) -> bool:
    """Whether facts or factual claims lie beside the case, or it cites a fact, or leaves a claim to a ledger."""
    if any((folder / table).exists() for table in TABLES):
        return True
    citing = any(assumption.fact is not None for assumption in case.assumptions.values())
    return citing or any(claim.route == "ledger" for claim in case.claims)


def uses_law(case: Case) -> bool:
    """Whether there is a bound variable, an act or a clock, or half of one."""
    if any(variable.model_fields_set & {"treaty", *OWN} for variable in case.world.values()):
        return True
    declared = Declared(case)
    if any(isinstance(item, Chance) and item.clock is not None for _, item in declared.items):
        return True
    moves = (spot.effect for spot in declared.spots)
    return any(isinstance(move, Move) and move.model_fields_set & {"act", "of", "breaks"} for move in moves)
