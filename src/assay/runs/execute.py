"""The main job: a plan becomes a run."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import Any

from assay.assumptions.draw import Draws, draw
from assay.claims.agenda import Agenda, agenda
from assay.claims.consistency import consistency
from assay.claims.fingerprint import fingerprint_tests
from assay.futures.prepare import prepare_elsewhere
from assay.runs import tables
from assay.runs.audit import Audited, audit
from assay.runs.blocks import judge_all, solve_all
from assay.runs.checks import check_expectations
from assay.runs.cost import cost_of
from assay.runs.findings import box_table, hinge_table, prose, verdicts
from assay.runs.fingerprint import versions
from assay.runs.gather import Gathered
from assay.runs.judged import Judged
from assay.runs.plan import block_fingerprint, counted, fingerprint, selection_of
from assay.runs.progress import Progress, Silent
from assay.runs.run import Plan, Run
from assay.runs.store import Blocks, alone, save
from assay.runs.tales import tell
from assay.runs.work import ordinary


def execute(
    plan: Plan,
    folder: Path | None = None,
    progress: Progress | None = None,
    given: Mapping[str, Draws] | None = None,
    keep_blocks: bool = False,
    beside: Mapping[str, Any] | None = None,
) -> Run:
    """Solve, judge and store.

    With a folder, finished blocks are kept there until the run's tables stand (or longer, with `keep_blocks`), so that
    the same plan goes on where it was cut off. `given` are draws of the user's own, by perspective; `beside` is
    what is on record beside the case (`assay.runs.record`).
    """
    with alone(folder) if folder else nullcontext():
        return _executed(plan, folder, progress, given, keep_blocks, beside or {})


def _executed(
    plan: Plan,
    folder: Path | None,
    progress: Progress | None,
    given: Mapping[str, Draws] | None,
    keep_blocks: bool,
    beside: Mapping[str, Any],
) -> Run:
    begun = perf_counter()
    show = progress or Silent()
    asked = agenda(plan.case)
    draws = given or {name: draw(plan.case, name, plan.draws, plan.seed) for name in plan.perspectives}
    store = Blocks(folder, block_fingerprint(plan)) if folder else None
    labels = next(iter(draws.values())).labels if draws else ()

    if any(actor.types for actor in plan.case.actors.values()):
        prepare_elsewhere()
    with Gathered(folder, labels) as gathered:
        judged = _solve(asked, plan, draws, store, show, gathered)
        audits = _audit(asked, plan, draws, judged, show)
        run = _found(asked, plan, judged, audits, gathered, labels, perf_counter() - begun, show, beside)
    if folder is None or store is None:
        return run
    stored = save(run, folder)
    if not keep_blocks:
        store.clear()
    return stored


def _solve(
    asked: Agenda,
    plan: Plan,
    draws: Mapping[str, Draws],
    store: Blocks | None,
    show: Progress,
    gathered: Gathered,
) -> tuple[Judged, ...]:
    solver = ordinary(selection_of(plan), plan.residual)
    total = sum(len(part) for part in draws.values())
    show.start(f"solving {total} draws, each {asked.cost}", total)
    names = _names(asked, plan)
    return tuple(
        judge_all(asked, part, solve_all(asked, part, solver, store, show), names, gathered) for part in draws.values()
    )


def _names(asked: Agenda, plan: Plan) -> tables.Names:
    return tables.Names(plan.perspectives, tuple(each.claim.id for each in asked.trials))


def _audit(
    asked: Agenda, plan: Plan, draws: Mapping[str, Draws], judged: tuple[Judged, ...], show: Progress
) -> dict[str, Audited]:
    size, many = max(plan.audit, counted(plan)), max(map(len, draws.values()), default=0)
    if min(size, many) == 0:
        return {}
    if plan.starts is not None or not plan.branch:
        show.say(f"audited: {cost_of(asked, len(plan.perspectives)).sentence}")
    what = f"auditing {min(size, many)} draws of each perspective: other selections, restarts, precisions"
    show.start(what, sum(min(size, len(each.draws)) for each in judged))
    return audit(asked, judged, plan, selection_of(plan), show)


def _found(
    asked: Agenda,
    plan: Plan,
    judged: tuple[Judged, ...],
    audits: Mapping[str, Audited],
    gathered: Gathered,
    labels: tuple[str, ...],
    seconds: float,
    show: Progress,
    beside: Mapping[str, Any],
) -> Run:
    show.say("judging the claims")
    case = plan.case
    hinges = hinge_table(judged)
    words = verdicts(asked, judged, audits, hinges)
    for each in judged:
        found = audits.get(each.perspective)
        gathered.add("audit", tables.audit_table(each, _names(asked, plan), found.equilibria if found else None))
    large = gathered.finish({name: tables.empty(name) for name in tables.LARGE})
    together = {each.perspective: consistency(case, each.perspective, each.truths) for each in judged}
    return Run(
        plan=plan,
        fingerprint=fingerprint(plan),
        tests_fingerprint=fingerprint_tests(case),
        versions=versions(),
        seconds=seconds,
        verdicts=words,
        hinge_table=hinges,
        box_table=box_table(judged, hinges),
        draws=large["draws"],
        outcomes=large["outcomes"],
        claims=large["claims"],
        quantities=large["quantities"],
        audit=large["audit"],
        series=tables.series_table(judged),
        consistency={side: found for side, found in together.items() if found},
        premises=tables.premises_table(case, judged),
        tales=tell(asked, judged, plan),
        checks=check_expectations(asked, words, plan),
        labels=labels,
        prose=prose(case),
        beside=beside,
    )
