"""What a well-shaped case may still get wrong: every check, each with all of its problems."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from assay.case.checks.asked import check_asked
from assay.case.checks.assumptions import check_assumptions
from assay.case.checks.claims import check_claims
from assay.case.checks.context import Context, Declared, Enough
from assay.case.checks.formulas import check_formulas
from assay.case.checks.interventions import check_interventions
from assay.case.checks.names import check_names
from assay.case.checks.order import check_order
from assay.case.checks.scopes import scopes
from assay.case.checks.types import check_types
from assay.case.checks.unused import check_unused
from assay.case.checks.world import check_world
from assay.case.model import Case
from assay.documents.locate import Locator, Path
from assay.errors import Problem


def check(
    case: Case, locator: Locator, sources_known: bool = True, missing: Collection[str] = ()
) -> list[tuple[Path, Problem]]:
    """Every problem and warning of a well-shaped case, with the path it stands at.

    `sources_known` is false where `sources.csv` could not be read: then nothing is said of ids of sources. Nor is it
    of those in `missing`, which the ledger has told of.
    """
    context = Context(case, locator, sources_known, frozenset(missing))
    with suppress(Enough):
        _check(context, Declared(case))
    return context.found


def _check(context: Context, declared: Declared) -> None:
    readable = scopes(context, declared)
    check_names(context, declared, readable.uses)
    check_world(context)
    check_assumptions(context, declared)
    check_types(context, declared)
    check_order(context, declared)
    check_formulas(context, declared, readable)
    check_asked(context, declared, readable)
    check_interventions(context)
    check_claims(context)
    check_unused(context, declared, readable.typed)
