"""The `assay` command. Exit codes: 0 done, 1 the input is wrong, 2 misuse, 3 interrupted."""

from __future__ import annotations

import atexit
import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assay import __version__

app = typer.Typer(
    name="assay",
    help="Puts a strategic argument to trial: which of its sentences hold, fail, or hinge on what.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

TYPERS_INTERRUPT = 130
"""Exit code that Typer makes of an interrupt."""


class Selection(StrEnum):
    """Which equilibrium is taken."""

    WARM_START = "warm_start"
    PRINCIPAL_BRANCH = "principal_branch"
    CENSUS = "census"


CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A built-in case by name, or a path to a case file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"assay {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def cases(as_json: AsJson = False) -> None:
    """List the built-in cases."""
    from assay.cli import look

    look.cases(as_json)


@app.command()
def check(case: CaseName, as_json: AsJson = False) -> None:
    """Validate a case: every problem with its place, all at once."""
    from assay.cli import look

    look.check(case, as_json)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Folder to make for the new case.")],
    source: Annotated[str | None, typer.Option("--from", metavar="CASE", help="Copy this case instead.")] = None,
) -> None:
    """Write a case to start from."""
    from assay.cli import look

    look.new(name, source)


@app.command()
def run(
    case: CaseName,
    draws: Annotated[
        int | None, typer.Option("--draws", min=1, help="Draws per perspective [default: 2000, fewer if dear].")
    ] = None,
    until: Annotated[
        float | None,
        typer.Option("--until", min=1e-3, max=1.0, help="Draw until every interval is at most this wide."),
    ] = None,
    draws_from: Annotated[
        Path | None, typer.Option("--draws-from", metavar="TABLE", help="Run on a table of draws (CSV or Parquet).")
    ] = None,
    seed: Seed = 1,
    perspective: Annotated[
        list[str] | None, typer.Option("--perspective", "-p", help="Only this perspective; may be repeated.")
    ] = None,
    selection: Annotated[
        Selection | None, typer.Option("--selection", help="Which equilibrium, where there are several.")
    ] = None,
    residual: Annotated[
        float | None, typer.Option("--residual", min=1e-12, max=0.1, help="Largest residual that counts as solved.")
    ] = None,
    audit: Annotated[
        int | None,
        typer.Option("--audit", min=0, help="Draws per perspective solved again in other ways [default: 64 or fewer]."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder of the run.")] = None,
    as_json: AsJson = False,
) -> None:
    """Solve a case over its assumptions and judge its claims: verdicts, hinges, report."""
    from assay.cli import trial

    given = sum(option is not None for option in (draws, until, draws_from))
    if given > 1:
        raise typer.BadParameter("give one of --draws, --until and --draws-from")
    wish = trial.Wish(
        draws=draws,
        until=until,
        draws_from=draws_from,
        seed=seed,
        perspectives=tuple(perspective or ()),
        selection=None if selection is None else selection.value,
        residual=residual,
        audit=audit,
        out=out,
    )
    trial.run(case, wish, as_json)


@app.command()
def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a stored run.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write the report.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also print to PDF, where a Chromium is at hand.")] = True,
) -> None:
    """Write the self-contained HTML (and PDF) of a stored run."""
    from assay.cli import trial

    trial.report(run, out, pdf)


@app.command()
def play(
    case: CaseName,
    seed: Seed = 1,
    perspective: Annotated[str | None, typer.Option("--perspective", "-p", help="Whose assumptions.")] = None,
) -> None:
    """Narrate one sampled history: who moved, how likely that was, and where it led."""
    from assay.cli import trial

    trial.play(case, seed, perspective)


Perspective = Annotated[
    str | None, typer.Option("--perspective", "-p", help="A case: whose assumptions [default: the first's].")
]
DrawNumber = Annotated[
    int | None, typer.Option("--draw", min=0, help="A case: this draw of --seed, not the centre of the perspective.")
]
FileOrCase = Annotated[
    str, typer.Argument(metavar="CASE", help="A built-in case, a case file, or a Gambit file, .efg or .nfg.")
]


@app.command()
def solve(
    case: FileOrCase,
    precision: Annotated[
        float | None,
        typer.Option(
            "--precision",
            min=0.0,
            help="Precision of choices, of everybody; inf for the limit of a tree [default: the case's; 1 for a file].",
        ),
    ] = None,
    path: Annotated[
        bool, typer.Option("--path", help="A file: the whole branch, up to --precision or the limit.")
    ] = False,
    selection: Annotated[
        Selection | None,
        typer.Option(
            "--selection",
            help="Which equilibrium; census for all that are found [default: the case's; a file's branch].",
        ),
    ] = None,
    perspective: Perspective = None,
    draw: DrawNumber = None,
    seed: Seed = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="A case: every period, and what is hardly ever reached.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Solve one draw of a case, or a small game in a Gambit file exactly: its logit equilibria."""
    from assay.cli import solve as solving

    if precision is not None and precision != precision:
        raise typer.BadParameter("--precision is a number from 0 up, or inf")
    if not solving.is_gambit(case):
        from assay.cli import one

        if path or precision == float("inf"):
            raise typer.BadParameter(
                "a case is solved at a finite precision, without a branch to follow; `assay export` writes it as a "
                "tree, which has both"
            )
        ask = one.Ask(precision, None if selection is None else selection.value, everything)
        one.solve(case, perspective, draw, seed, ask, as_json)
        return
    if perspective is not None or draw is not None or everything:
        raise typer.BadParameter("--perspective, --draw and --all are for cases; a Gambit file has no assumptions")
    census = selection is Selection.CENSUS
    if selection is Selection.WARM_START:
        raise typer.BadParameter("a tree has no periods to start warm from: principal_branch or census")
    if census and (path or precision == float("inf")):
        raise typer.BadParameter("a census is taken at one finite --precision")
    solving.solve(case, solving.Ask(precision, path, census), as_json)


@app.command()
def export(
    case: FileOrCase,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Where to write: FILE.efg or FILE.nfg.")],
    perspective: Perspective = None,
    draw: DrawNumber = None,
    seed: Seed = 1,
) -> None:
    """Write one draw of a case, or a small game in a Gambit file, as a file for Gambit."""
    from assay.cli import export as exporting

    exporting.export(case, to, perspective, draw, seed)


@app.command()
def law(
    treaty: Annotated[
        str | None,
        typer.Argument(
            metavar="[TREATY]", help="A treaty by id or name, or a folder of your own by its path, as ./FENCES."
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Argument(metavar="[ACTOR]", help="A state, by code or English name; or several with commas.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day asked about [default: today].")
    ] = None,
    as_known: Annotated[
        str | None, typer.Option("--as-known", metavar="DATE", help="Use only what could be known on this day.")
    ] = None,
    may: Annotated[str | None, typer.Option("--may", metavar="ACT", help="Whether ACTOR may do this.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ACTOR", help="With --may: to whom.")] = None,
    through: Annotated[
        list[str] | None,
        typer.Option("--through", metavar="ACTOR", help="With --may: by way of whom; may be repeated."),
    ] = None,
    notice: Annotated[
        str | None,
        typer.Option("--notice", metavar="DATE", help="When a notice of ACTOR on this day would take effect."),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="Every change of ACTOR's standing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what a treaty means for a state on a day, and why; who is bound; what that bars."""
    from assay.cli import law as asking

    of_one = may is not None or notice is not None or history
    if of_one and actor is None:
        raise typer.BadParameter("--may, --notice and --history ask about one state: give ACTOR")
    if of_one and "," in (actor or ""):
        raise typer.BadParameter(f"--may, --notice and --history ask about one state, and {actor!r} names several")
    if may is None and (to is not None or through):
        raise typer.BadParameter("--to and --through go with --may ACT")
    asking.law(treaty, asking.Ask(actor, on, as_known, may, to, tuple(through or ()), notice, history), as_json)


@app.command()
def facts(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A built-in case, a case file, or a folder.")],
    as_known: Annotated[
        str | None, typer.Option("--as-known", metavar="DATE", help="As could be known on this day [default: both].")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write the facts to FILE.csv or FILE.parquet instead.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Take the folder's facts from this table instead.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge factual claims by sources for and against, as known on the text's day and now."""
    from assay.cli import facts as ledger

    if to is not None and source is not None:
        raise typer.BadParameter("give one of --to and --from")
    ledger.facts(case, ledger.Wish(as_known, to, source), as_json)


def main() -> None:
    """Entry point: turns wrong input into messages and exit codes."""
    # A command that only looks at a case builds frozen values and ends: collecting them in between, and once more on
    # the way out, costs a tenth of its time. Commands that solve games switch the collector on again.
    gc.disable()
    atexit.register(gc.freeze)
    from assay.cli.ending import INTERRUPTED, Output

    output = Output()
    try:
        code = _code()
    except BrokenPipeError:  # while a message was written
        code = INTERRUPTED
    raise SystemExit(INTERRUPTED if output.unread() else code)


def _code() -> str | int | None:
    """Runs the command; what it leaves to say is said. The exit code."""
    from assay.cli.ending import interrupted
    from assay.cli.show import print_problems
    from assay.errors import InputError

    try:
        app()
    except InputError as error:
        print_problems(error.problems, as_json="--json" in sys.argv)
        return 1
    except KeyboardInterrupt:
        return interrupted()
    except SystemExit as stop:
        # Typer keeps the KeyboardInterrupt to itself
        return interrupted() if stop.code == TYPERS_INTERRUPT else stop.code
    return 0
