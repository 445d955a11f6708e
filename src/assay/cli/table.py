"""The table of claims that `assay run` prints."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assay.case.claims import Claim
from assay.claims.verdict import Verdict
from assay.explore.hinge import Hinge
from assay.runs.run import Run
from assay.runs.uncompared import uncompared
from assay.runs.until import more_would_buy

STYLE = {"holds": "blue", "mostly holds": "blue", "fails": "dark_orange3", "mostly fails": "dark_orange3"}
"""Colour means truth: blue holds, orange fails."""
NARROW = 100
"""Columns below which the hinges move under the table's other cells."""


def print_verdicts(run: Run) -> None:
    """Every claim with its verdict under each perspective, shares with intervals, and first hinges."""
    console = Console(width=None if Console().is_terminal else 120, highlight=False)
    case = run.plan.case
    console.print(Text(case.title, style="bold"))
    console.print(
        f"{run.plan.draws:,} draws of each perspective, seed {run.plan.seed}, selection {run.plan.selection}. "
        "Shares are of draws, in the strict and in the loose reading of the claim's hedge words, "
        "with the 95% interval of the strict one.\n"
    )
    console.print(_table(run))
    judged = sum(claim.route == "model" for claim in case.claims)
    others = len(case.claims) - judged
    console.print(
        f"\n{judged} tests; {others} further propositions are judged by evidence or left open: see the report."
    )
    console.print(more_would_buy(run))
    _print_warnings(run, console)


def _table(run: Run) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("claim", no_wrap=True)
    table.add_column("perspective", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("strict", justify="right", no_wrap=True)
    table.add_column("interval", justify="right", no_wrap=True)
    table.add_column("loose", justify="right", no_wrap=True)
    table.add_column("hinges on", overflow="fold")
    verdicts = {(verdict.claim, verdict.perspective): verdict for verdict in run.verdicts}
    for claim in run.plan.case.claims:
        for number, side in enumerate(run.plan.perspectives):
            verdict = verdicts.get((claim.id, side))
            if verdict:
                table.add_row(*_row(run, claim, verdict, number == 0))
    return table


def _row(run: Run, claim: Claim, verdict: Verdict, first: bool) -> tuple[Text | str, ...]:
    side = run.plan.case.perspectives[verdict.perspective]
    hinges = run.hinge_table.get((claim.id, verdict.perspective), ())
    return (
        claim.id if first else "",
        side.short or verdict.perspective,
        Text(verdict.word, style=STYLE.get(verdict.word, "")),
        percent(verdict.strict.share),
        f"{percent(verdict.strict.low)}-{percent(verdict.strict.high)}",
        percent(verdict.loose.share),
        ", ".join(_hinge(hinge) for hinge in hinges[:2]) or "-",
    )


def _hinge(hinge: Hinge) -> str:
    if hinge.category:
        return f"{hinge.assumption} = {hinge.category}"
    return f"{hinge.assumption} ({hinge.direction})"


def percent(share: float) -> str:
    """A share in percent, never rounded to a false 0 or 100."""
    value = 100 * share
    if value in (0.0, 100.0):
        return f"{value:.0f}%"
    if value < 1 or value > 99:
        return "<0.1%" if value < 0.1 else ">99.9%" if value > 99.9 else f"{value:.1f}%"
    return f"{value:.0f}%"


def _print_warnings(run: Run, console: Console) -> None:
    unresolved, lost = (int((run.audit["result"] == result).sum()) for result in ("unresolved", "not a number"))
    if unresolved:
        console.print(f"{unresolved:,} draws missed the residual; they are counted in and marked in the audit.")
    if lost:
        console.print(f"{lost:,} draws gave no number; they say nothing of the claims and are marked in the audit.")
    audited = run.audit["equilibria"].dropna()
    several = int((audited > 1).sum())
    if several:
        console.print(f"Several equilibria were found in {several} of {len(audited)} audited draws; see the riders.")
    for side, kinds in uncompared(run).items():
        said = ", ".join(f"{kind} in {draws:,}" for kind, draws in kinds.items())
        name = run.plan.case.perspectives[side].short or side
        console.print(
            f"Audited draws of {name} that could not be compared, not solved both ways: {said}; see the riders."
        )


def print_checks(run: Run) -> None:
    """The case's own tests that failed, or that all passed."""
    failed = [check for check in run.checks if not check["passed"]]
    if run.checks and not failed:
        print(f"All {len(run.checks)} tests that travel with the case pass.")
    for check in failed:
        print(f"The case expects otherwise: {check['text']}; found {check['found']}")
