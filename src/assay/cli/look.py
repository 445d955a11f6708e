"""Commands that look at case files and solve nothing; no numerical library is loaded here."""

from __future__ import annotations

from pathlib import Path

import typer

from assay.cli.show import print_json, print_problems


def cases(as_json: bool) -> None:
    """The built-in cases, by name and title."""
    from assay.case.find import built_in

    found = built_in()
    if as_json:
        print_json({"cases": [{"name": name, "title": title} for name, title in found]})
        return
    width = max((len(name) for name, _ in found), default=0)
    for name, title in found:
        typer.echo(f"{name:<{width}}  {title}")


def check(name: str, as_json: bool) -> None:
    """Validate a case and say what it holds."""
    from assay.case.find import find
    from assay.case.read import read_located
    from assay.errors import InputError
    from assay.game.check import check_structure

    path = find(name)
    case, locator = read_located(path)
    problems = check_structure(case, locator)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(problems)
    warnings = [*locator.warnings, *problems]
    if as_json:
        print_json({"case": name, "errors": [], "warnings": [problem.as_json() for problem in warnings]})
        return
    print_problems(warnings, as_json=False)
    from assay.game.describe import describe

    typer.echo(f"{case.title}: fine")
    for line in describe(case):
        typer.echo(f"  {line}")


def new(name: str, source: str | None) -> None:
    """Write a case to start from and say how to go on."""
    from assay.case.new import new as write_new

    path = write_new(Path(name).name, Path(name), from_case=source)
    typer.echo(f"wrote {path}")
    typer.echo(f"next: assay check {path}")
