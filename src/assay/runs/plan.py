"""What a run shall do: choices filled in from the case, and refused where they make no sense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from assay.case.model import Case
from assay.errors import InputError, Problem, suggestion
from assay.runs.fingerprint import case_digest, digest, versions
from assay.runs.run import Plan
from assay.runs.work import Selection

DRAWS = 2_000
"""Draws per perspective where nobody says how many."""
AUDIT = 64
"""Draws per perspective that are solved again by other selections, restarts and precisions."""
SELECTIONS = ("warm_start", "principal_branch", "census")


def make_plan(
    case: Case,
    draws: int | None = None,
    seed: int = 1,
    perspectives: Sequence[str] = (),
    selection: str | None = None,
    residual: float | None = None,
    audit: int = AUDIT,
    given: str = "",
    name: str = "",
) -> Plan:
    """A plan with every choice made. Raises InputError with all that is wrong."""
    chosen = selection or case.solution.selection
    problems = [
        _problem("--perspective", f"no perspective {name!r}", suggestion(name, case.perspectives))
        for name in perspectives
        if name not in case.perspectives
    ]
    if chosen not in SELECTIONS:
        problems.append(_problem("--selection", f"no selection {chosen!r}", suggestion(chosen, SELECTIONS)))
    if draws is not None and draws < 1:
        problems.append(_problem("--draws", f"{draws} draws", "at least one"))
    if problems:
        raise InputError(problems)
    wanted = tuple(name for name in case.perspectives if not perspectives or name in perspectives)
    count = DRAWS if draws is None else draws
    if chosen == "census":
        audit = count
    return Plan(
        case=case,
        perspectives=wanted,
        draws=count,
        seed=seed,
        selection=chosen,
        residual=residual or case.solution.residual,
        audit=min(audit, count),
        given=given,
        name=name,
    )


def fingerprint(plan: Plan) -> str:
    """Hash of everything that the results depend on: case, choices, versions."""
    return digest(block_fingerprint(plan), list(plan.perspectives), plan.draws, plan.audit)


def block_fingerprint(plan: Plan) -> str:
    """Hash of what a block of draws depends on; more draws or perspectives leave it as it is."""
    return digest(case_digest(plan.case), plan.seed, plan.selection, plan.residual, plan.given, versions())


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem("command line", None, None, where, found, expected)


def selection_of(plan: Plan) -> Selection:
    """The equilibrium of the main solution; a census audits around the warm start."""
    return "warm_start" if plan.selection == "census" else cast(Selection, plan.selection)
