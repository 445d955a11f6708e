"""From a case file to a `Case`, or to every problem in it.

    case = read("case.yaml")

Three passes, each of which gathers all of its problems: the document (YAML, places), the shape (the models), and the
sense (`assay.case.checks`: names, units, distributions, formulas, what refers to what). What only unfolding the game
can tell (moves that no world ever meets) is checked by the room above, `assay.game.check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import ValidationError

from assay.case.faults import problems_of
from assay.case.model import Case
from assay.case.repair import repair
from assay.case.reserved import reserved
from assay.case.sources import read_sources
from assay.documents.locate import Locator, Path, in_order
from assay.documents.tree import compose, decode, read_bytes
from assay.errors import InputError, Problem

FIRST = 'a mapping with `assay: "1"` first'
"""What a case file should be, for messages."""
MOST_PROBLEMS = 500
"""More problems than this are counted, not listed."""


class Located(NamedTuple):
    """A case, and where each of its values stands; the locator carries the warnings."""

    case: Case
    locator: Locator


def read(path: str | FilePath) -> Case:
    """The case in a file. Raises `InputError` with every problem, in the order of the document."""
    return read_located(path).case


def read_located(path: str | FilePath) -> Located:
    """The case in a file, with its places and warnings. Raises `InputError` with every problem."""
    name = str(path)
    data, locator = compose(decode(read_bytes(FilePath(path), name), name), name, FIRST)
    problems: list[Problem] = []
    locator = _with_sources(FilePath(path), data, locator, problems)
    sources_known = not problems
    case, broken = _shape(data, locator, problems)
    warnings: tuple[Problem, ...] = ()
    if case is not None:
        from assay.case.beside import put_in
        from assay.case.checks import check

        case, more, missing = put_in(case, FilePath(path), locator, problems)
        broken += more
        doubtful = check(case, locator, sources_known, missing)
        found = [problem for at, problem in doubtful if not _touches(at, broken)]
        problems += [problem for problem in found if problem.severity == "error"]
        warnings = in_order([problem for problem in found if problem.severity == "warning"])
        warnings += tuple(problem for problem in problems if problem.severity == "warning")
    problems = [problem for problem in problems if problem.severity == "error"]
    if problems:
        raise InputError(_bounded(in_order(problems), name))
    assert case is not None
    return Located(case, replace(locator, warnings=warnings))


def _with_sources(path: FilePath, data: dict[str, Any], locator: Locator, problems: list[Problem]) -> Locator:
    """Adds the rows of `sources.csv` to the document, and their places to the locator."""
    table = read_sources(path.parent)
    own = data.setdefault("sources", {})
    if table is None or not isinstance(own, dict):
        return locator
    problems += table.problems
    for key in table.sources.keys() & own.keys():
        found = f"the source {key!r}, which {table.locator.file} has too"
        problems.append(locator.problem(("sources", key), found, "one of them", key=True))
    data["sources"] = {**table.sources, **own}
    places = table.locator.root.keys
    rows: dict[Path, Locator] = {
        ("sources", key): Locator(table.locator.file, places[key]) for key in places.keys() - own.keys()
    }
    return replace(locator, grafts=rows)


def _shape(data: dict[str, Any], locator: Locator, problems: list[Problem]) -> tuple[Case | None, list[Path]]:
    """The case as the models read it, and the paths of values that had to be put aside to read it."""
    kept = list(reserved(data))
    aside = [at[:-1] if at[0] in ("assumptions", "world") else at for at, _ in kept]
    problems += [locator.problem(at, f"the reserved key {at[-1]!r}", expected, key=True) for at, expected in kept]
    try:
        return Case.model_validate(data), aside
    except ValidationError as error:
        for at, problem in problems_of(error, Case, data, locator):
            if not any(at[: len(section)] == section for section in aside):
                problems.append(problem)
        mended, broken = repair(data, error)
        return mended, broken + aside


def _bounded(problems: tuple[Problem, ...], name: str) -> tuple[Problem, ...]:
    left = len(problems) - MOST_PROBLEMS
    if left <= 0:
        return problems
    more = Problem(name, None, None, "", f"{left} more problems", "put these right first")
    return (*problems[:MOST_PROBLEMS], more)


def _touches(at: Path, broken: Iterable[Path]) -> bool:
    """Whether a place is a value that was put aside, or inside of one, or a section around one."""
    return any(at[: len(path)] == path or (len(at) > 1 and path[: len(at)] == at) for path in broken)
