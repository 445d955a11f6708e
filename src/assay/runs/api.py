"""Assay from Python: `load`, `run`, `open`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.assumptions.draw import Draws
from assay.case.find import find
from assay.case.model import Case
from assay.case.read import read_located
from assay.documents.locate import Locator
from assay.errors import InputError, Problem
from assay.game.check import check_structure
from assay.runs.cost import DRAWS
from assay.runs.execute import execute
from assay.runs.fingerprint import file_digest
from assay.runs.given import given_draws
from assay.runs.plan import make_plan
from assay.runs.progress import Progress, Silent
from assay.runs.record import record
from assay.runs.run import Plan, Run
from assay.runs.store import clear_blocks, prepare
from assay.runs.until import enough

CASE = "case"
"""What problems call the case's file where only the case itself is known."""
FIRST = 1_000
"""Draws per perspective with which a run of unknown length begins."""
MOST = 200_000
"""Draws per perspective at which it stops in any case."""


def load(name_or_path: str | Path) -> Case:
    """A built-in case by name, or a case file. Raises `assay.errors.InputError` with every problem and its place."""
    return read(name_or_path)[0]


def read(name_or_path: str | Path) -> tuple[Case, Locator]:
    """The same, with where each of its values stands: for `located`."""
    case, locator = read_located(find(name_or_path))
    errors = [problem for problem in check_structure(case, locator) if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    return case, locator


@contextmanager
def located(locator: Locator) -> Iterator[None]:
    """Gives problems that are found while a case is being solved their file, line and column."""
    try:
        yield
    except InputError as error:
        raise InputError(_placed(problem, locator) for problem in error.problems) from None


def _placed(problem: Problem, locator: Locator) -> Problem:
    if problem.file != CASE or problem.line is not None:
        return problem
    placed = locator.problem(problem.path, problem.found, problem.expected)
    return replace(placed, path=problem.path, severity=problem.severity)


def run(
    case: Case | str | Path,
    draws: int | None = None,
    seed: int = 1,
    perspectives: Sequence[str] = (),
    selection: str | None = None,
    residual: float | None = None,
    until: float | None = None,
    draws_from: str | Path | None = None,
    folder: str | Path | None = None,
    audit: int | None = None,
    progress: Progress | None = None,
    name: str = "",
    beside: Mapping[str, Any] | None = None,
) -> Run:
    """Solve a case over draws of its assumptions and judge its claims.

    `draws` per perspective (by default 2,000, or fewer where actors have private types and solving is dear), or `until`
    every 95% interval of a share is at most that wide, or `draws_from` a table of one's own. `perspectives` are all of
    the case's by default. With a `folder` the run is stored there, and one that was cut off goes on. `audit` draws of
    each perspective are solved again by other selections, restarts and precisions: by default 64, or fewer likewise.
    `name` is what the report calls the case's file, `beside` what is on record beside a case that is given as it is
    (`assay.runs.record`); of a named one it is read from its folder. Raises `assay.errors.InputError`.
    """
    if not isinstance(case, Case):
        study, locator = read(case)
        with located(locator):
            return run(
                study,
                draws,
                seed,
                perspectives,
                selection,
                residual,
                until,
                draws_from,
                folder,
                audit,
                progress,
                name or str(case),
                record(study, find(case)),
            )
    study, called = case, name
    show = progress or Silent()
    place = prepare(Path(folder)) if folder else None
    if draws_from is not None:
        given = _given(study, Path(draws_from), perspectives, show)
        count = max(len(part) for part in given.values())
        mark = file_digest(Path(draws_from))
        plan = make_plan(study, count, seed, tuple(given), selection, residual, audit, mark, called)
        return execute(plan, place, show, given, beside=beside)
    if until is None:
        plan = make_plan(study, draws, seed, perspectives, selection, residual, audit, name=called)
        if draws is None and plan.draws < DRAWS:
            show.say(f"{plan.draws} draws of each perspective, because solving is dear; ask for more if you can wait")
        return execute(plan, place, show, beside=beside)
    first = make_plan(study, None, seed, perspectives, selection, residual, audit, name=called).draws
    plan = make_plan(study, min(FIRST, first), seed, perspectives, selection, residual, audit, name=called)
    return _until(plan, until, place, show, beside)


def _until(plan: Plan, width: float, place: Path | None, show: Progress, beside: Mapping[str, Any] | None) -> Run:
    """More draws until the widest interval is narrow enough. The draws that are there already are kept."""
    while True:
        found = execute(plan, place, show, keep_blocks=True, beside=beside)
        needed = enough(found, width)
        if needed <= plan.draws or plan.draws >= MOST:
            if place is not None:
                clear_blocks(place)
            return found
        plan = replace(plan, draws=min(needed, MOST))
        show.say(f"{plan.draws:,} draws of each perspective are needed for intervals of {width:g}")


def _given(case: Case, path: Path, perspectives: Sequence[str], show: Progress) -> Mapping[str, Draws]:
    table = given_draws(case, path)
    for warning in table.warnings:
        show.say(str(warning))
    unknown = [name for name in perspectives if name not in table.draws]
    if unknown:
        problems = [
            Problem(str(path), None, None, "", f"no draws of {name!r}", "a row of that perspective") for name in unknown
        ]
        raise InputError(problems)
    return {name: part for name, part in table.draws.items() if not perspectives or name in perspectives}
