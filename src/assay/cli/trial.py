"""Commands that solve games: run, report, play."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assay.cli.show import print_json

if TYPE_CHECKING:
    from assay.runs.run import Run


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks of a run; None where it leaves the choice to the case."""

    draws: int | None = None
    until: float | None = None
    draws_from: Path | None = None
    seed: int = 1
    perspectives: tuple[str, ...] = ()
    selection: str | None = None
    residual: float | None = None
    audit: int | None = None
    out: Path | None = None


def run(name: str, wish: Wish, as_json: bool) -> None:
    """The main job: solve, judge, store, report."""
    from assay.case.find import find
    from assay.case.read import read_located
    from assay.cli.progress import Terminal
    from assay.errors import InputError
    from assay.game.check import check_structure

    path = find(name)
    case, locator = read_located(path)
    problems = [problem for problem in check_structure(case, locator) if problem.severity == "error"]
    if problems:
        raise InputError(problems)

    gc.enable()
    from assay.report.write import write
    from assay.runs.api import located
    from assay.runs.api import run as run_case
    from assay.runs.record import record

    with Terminal(quiet=as_json) as terminal, located(locator):
        done = run_case(
            case,
            draws=wish.draws,
            until=wish.until,
            draws_from=wish.draws_from,
            seed=wish.seed,
            perspectives=wish.perspectives,
            selection=wish.selection,
            residual=wish.residual,
            audit=wish.audit,
            folder=wish.out or Path("runs") / _short(path),
            progress=terminal,
            name=name,
            beside=record(case, path),
        )
        assert done.folder is not None
        terminal.say("writing the report")
        page = write(done, done.folder / "report.html")
    if as_json:
        from assay.runs.summary import summary

        print_json({**summary(done), "case": name, "report": str(page)})
        return
    _print(done, page)


def _short(path: Path) -> str:
    """A case's own name: its folder's where the file is called `case.yaml`, else the file's."""
    return path.resolve().parent.name if path.stem == "case" else path.stem


def _print(done: Run, page: Path) -> None:
    from assay.cli.table import print_checks, print_verdicts

    print_verdicts(done)
    print_checks(done)
    typer.echo(f"\nreport: {page}")
    typer.echo(f"tables: {done.folder}")


def report(folder: Path, out: Path | None, pdf: bool) -> None:
    """Write the report of a stored run."""
    from assay.report.write import PrintError, write, write_pdf
    from assay.runs.store import open_run

    done = open_run(folder)
    page = write(done, out or folder / "report.html")
    typer.echo(f"report: {page}")
    if pdf:
        try:
            printed = write_pdf(page, page.with_suffix(".pdf"))
        except PrintError as error:
            typer.echo(f"pdf: none; {error}", err=True)
            return
        typer.echo(f"pdf: {printed}" if printed else "pdf: none, since no Chromium or Chrome was found on the path")


def play(name: str, seed: int, perspective: str | None) -> None:
    """Narrate one sampled history."""
    from assay.case.find import find
    from assay.case.read import read
    from assay.runs.play import narrate

    case = read(find(name))
    for line in narrate(case, seed, perspective):
        typer.echo(line)


__all__: list[Any] = ["Wish", "play", "report", "run"]
