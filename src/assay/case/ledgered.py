"""A case with the ledger beside it: numbers that cite facts, sources that are stale or missing, claims in both."""

from __future__ import annotations

from datetime import date
from pathlib import Path as FilePath

from assay.case.beside import Completed
from assay.case.cited import citing, fill_in, without_facts
from assay.case.judged import agree
from assay.case.model import Case
from assay.documents.locate import Locator, Path
from assay.errors import InputError, Problem
from assay.ledger.cite import stale
from assay.ledger.ledger import open_ledger


def with_ledger(case: Case, folder: FilePath, locator: Locator, problems: list[Problem]) -> Completed:
    """The case with its cited numbers; all that is wrong or doubtful in the ledger is among the problems."""
    try:
        ledger = open_ledger(folder)
    except InputError as error:
        told = {(problem.file, problem.line) for problem in problems}  # a row of sources.csv that is wrong in both
        problems += [problem for problem in error.problems if (problem.file, problem.line) not in told]
        aside: list[Path] = [("assumptions", name) for name in citing(case)]
        return Completed(without_facts(case), aside)
    filled, aside = fill_in(case, ledger, locator, problems)
    problems += [*ledger.doubts, *stale(ledger, None, date.today()), *agree(case, ledger, locator)]
    return Completed(filled, aside, ledger.missing)
