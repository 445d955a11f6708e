"""What a run shall do: choices filled in from the case, and refused where they make no sense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from assay.case.model import Case
from assay.case.types import types_of
from assay.claims.agenda import agenda
from assay.errors import InputError, Problem, suggestion
from assay.runs.cost import DRAWS, MOST, cost_of, default_draws
from assay.runs.fingerprint import case_digest, digest, versions
from assay.runs.run import Plan
from assay.runs.work import Selection

SELECTIONS = ("warm_start", "principal_branch", "census")


def make_plan(
    case: Case,
    draws: int | None = None,
    seed: int = 1,
    perspectives: Sequence[str] = (),
    selection: str | None = None,
    residual: float | None = None,
    audit: int | None = None,
    given: str = "",
    name: str = "",
) -> Plan:
    """A plan with every choice made. Raises InputError with all that is wrong.

    Where nobody says how many draws there are, and how many are audited, from how many starts, it is as many as the
    case's games are cheap to solve (`assay.runs.cost`).
    """
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
    asked = agenda(case) if types_of(case) and (draws is None or audit is None) else None
    count = draws if draws is not None else DRAWS if asked is None else default_draws(asked, len(wanted))
    cost = cost_of(asked, len(wanted)) if asked is not None and audit is None else None
    size = audit if audit is not None else MOST if cost is None else cost.draws
    return Plan(
        case=case,
        perspectives=wanted,
        draws=count,
        seed=seed,
        selection=chosen,
        residual=residual or case.solution.residual,
        audit=min(size, count),
        given=given,
        name=name,
        starts=None if cost is None or len(cost.starts) == cost.all_starts else cost.starts,
        branch=cost is None or cost.branch,
    )


def fingerprint(plan: Plan) -> str:
    """Hash of everything that the results depend on: case, choices, versions."""
    few: list[Any] = [] if plan.starts is None else [list(plan.starts)]
    few += [] if plan.branch else [False]
    return digest(block_fingerprint(plan), list(plan.perspectives), plan.draws, plan.audit, *few)


def block_fingerprint(plan: Plan) -> str:
    """Hash of what a block of draws depends on; more draws or perspectives leave it as it is."""
    return digest(case_digest(plan.case), plan.seed, plan.selection, plan.residual, plan.given, versions())


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem("command line", None, None, where, found, expected)


def counted(plan: Plan) -> int:
    """Draws of each perspective on which equilibria are counted: the audited ones, with a census all of them."""
    return plan.draws if plan.selection == "census" else plan.audit


def selection_of(plan: Plan) -> Selection:
    """The equilibrium of the main solution; a census audits around the warm start."""
    return "warm_start" if plan.selection == "census" else cast(Selection, plan.selection)
