"""`assay solve` of a case: what everybody plays in one draw."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assay.cli.show import print_json

if TYPE_CHECKING:
    from assay.runs.one import One, OneSolution


@dataclass(frozen=True, slots=True)
class Ask:
    """What the command line asks of a case; None where it leaves the choice to the case."""

    precision: float | None = None
    selection: str | None = None
    everything: bool = False


def solve(name: str, perspective: str | None, draw: int | None, seed: int, ask: Ask, as_json: bool) -> None:
    """Solves one draw of a case and prints what everybody plays there."""
    gc.enable()
    from assay.runs.api import located, read
    from assay.runs.one import Place, one, solutions
    from assay.runs.one import as_json as to_json
    from assay.solvers.strategies import Result

    case, locator = read(name)
    with located(locator):
        it = one(case, Place(perspective, draw, seed), ask.precision)
        found = solutions(it, ask.selection, ask.everything)
    if found[0].result > Result.HOMOTOPY:
        print(f"{found[0].result.sentence} (residual {found[0].residual:.1e})", file=sys.stderr)
    if as_json:
        print_json(to_json(found, it))
    else:
        _print(it, found)


def _print(it: One, found: tuple[OneSolution, ...]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    console.print(Text(it.case.title, style="bold"))
    precise = ", ".join(f"{name} {value:.4g}" for name, value in found[0].precision.items())
    console.print(f"Logit equilibrium of {it.words}, at precision: {precise}.", markup=False)
    if len(found) > 1:
        console.print(f"{len(found)} were found; nothing proves that there is no other.")
    for number, each in enumerate(found, 1):
        console.print(f"\nEquilibrium {number} ({each.selection})\n" if len(found) > 1 else "", markup=False)
        _print_one(each, console)


def _print_one(each: OneSolution, console: Any) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("who, where", overflow="fold")
    table.add_column("reached", justify="right")
    table.add_column("move")
    table.add_column("probability", justify="right")
    for played in each.played:
        for number, (move, share) in enumerate(played.moves.items()):
            first = number == 0
            reached = f"{played.reach:.6f}" if first else ""
            table.add_row(Text(played.name if first else ""), reached, Text(move), f"{share:.6f}")
    console.print(table)
    pays = ", ".join(f"{name} {pay:.6g}" for name, pay in each.payoffs.items())
    console.print(f"\nExpected payoffs: {pays}.", markup=False)
    if each.payoffs_by_type:
        own = ", ".join(f"{name} {pay:.6g}" for name, pay in each.payoffs_by_type.items())
        console.print(f"By own type: {own}.", markup=False)
    console.print(f"Residual {each.residual:.1e}; {each.result.sentence}.")
