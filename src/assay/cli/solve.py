"""`assay solve`: a small game's logit equilibria."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.cli.show import print_json, print_problems

if TYPE_CHECKING:
    from assay.trees.census import Census
    from assay.trees.solve import Solution
    from assay.trees.tree import Tree

SUFFIXES = (".efg", ".nfg")
ROWS = 24
"""Points of a branch that the table shows."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the command line asks for."""

    precision: float | None = None
    path: bool = False
    census: bool = False


def solve(name: str, ask: Ask, as_json: bool) -> None:
    """Solves a game and prints the solution, the branch, or every equilibrium found."""
    from assay.trees.solve import path, solve

    tree = tree_of(name)
    gc.enable()
    precision = 1.0 if ask.precision is None else ask.precision
    if ask.path:
        last = float("inf") if ask.precision is None else ask.precision
        points = list(path(tree, last))
        _say_unresolved(points[-1])
        if as_json:
            print_json([solution_json(point) for point in points])
        else:
            _print_path(tree, points)
        return
    if ask.census:
        from assay.trees.census import census

        found = census(tree, precision)
        _say_unresolved(found.equilibria[0])
        if as_json:
            print_json(census_json(found))
        else:
            _print_census(tree, found)
        return
    solution = solve(tree, precision)
    _say_unresolved(solution)
    if as_json:
        print_json(solution_json(solution))
    else:
        _print_solution(tree, solution)


def tree_of(name: str) -> Tree:
    """The tree in a Gambit file."""
    from assay.trees.read import read_located

    tree, warnings = read_located(name)
    print_problems(warnings, as_json=False)
    return tree


def is_gambit(name: str) -> bool:
    """Whether a command's argument is a Gambit file, by its suffix or its first words; else it is a case."""
    return Path(name).suffix.lower() in SUFFIXES or _starts_like_gambit(Path(name))


def _starts_like_gambit(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"EFG ", b"NFG "))
    except OSError:
        return False


def solution_json(solution: Solution) -> dict[str, Any]:
    """A solution as the object that `--json` prints."""
    from assay.trees.response import regrets

    return {
        "players": list(solution.tree.players),
        "precision": solution.precision,
        "strategies": solution.strategies,
        "payoffs": dict(zip(solution.tree.players, solution.payoffs.tolist(), strict=True)),
        "residual": solution.residual,
        "result": str(solution.result),
        "regret": float(regrets(solution.form, solution.y).max(initial=0.0)),
        "crossings": list(solution.crossings),
    }


def census_json(found: Census) -> dict[str, Any]:
    """A census as the object that `--json` prints: the first equilibrium's keys, and every equilibrium."""
    listed = [
        {**solution_json(solution), "hits": hits} for solution, hits in zip(found.equilibria, found.hits, strict=True)
    ]
    return {**solution_json(found.equilibria[0]), "selection": "census", "starts": found.starts, "equilibria": listed}


def _say_unresolved(solution: Solution) -> None:
    from assay.trees.solve import Outcome

    if solution.result is Outcome.UNRESOLVED:
        print(
            f"unresolved: the branch could be followed to precision {solution.precision:.6g} only, "
            f"where the residual is {solution.residual:.1e}",
            file=sys.stderr,
        )


def _print_solution(tree: Tree, solution: Solution) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if Console().is_terminal else 120)
    _print_title(tree, console)
    said = "in the limit of precision" if solution.result == "limit" else f"at precision {solution.precision:g}"
    console.print(f"Logit equilibrium {said}, on the principal branch.\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("information set")
    table.add_column("player")
    table.add_column("move")
    table.add_column("probability", justify="right")
    for name, entry in zip(tree.names, tree.sets, strict=True):
        for number, (move, share) in enumerate(solution.strategies[name].items()):
            first = number == 0
            table.add_row(name if first else "", tree.players[entry.player] if first else "", move, f"{share:.6f}")
    console.print(table)
    _print_foot(tree, solution, console)


def _print_title(tree: Tree, console: Any) -> None:
    from rich.text import Text

    if tree.title:
        console.print(Text(tree.title, style="bold"))


def _print_foot(tree: Tree, solution: Solution, console: Any) -> None:
    pays = ", ".join(f"{name} {pay:.6g}" for name, pay in zip(tree.players, solution.payoffs, strict=True))
    console.print(f"\nExpected payoffs: {pays}.", markup=False)
    reached = f" Followed to precision {solution.precision:.3g}." if solution.result == "limit" else ""
    console.print(f"Residual {solution.residual:.1e}; {solution.result}.{reached}")
    _print_crossings(solution.crossings, console)


def _print_crossings(crossings: Sequence[float], console: Any) -> None:
    if crossings:
        listed = ", ".join(f"{precision:.4g}" for precision in crossings)
        console.print(
            f"Another branch crosses this one at precision {listed}: this one goes straight on; "
            "--selection census finds the others."
        )


def _telling(points: Sequence[Solution]) -> list[Solution]:
    """Points of a branch that are about equally far from each other in play, or in the magnitude of precision."""
    import numpy as np

    if len(points) <= ROWS:
        return list(points)
    play = np.array([point.probability for point in points])
    size = np.log10(np.array([1e-2 + point.precision for point in points]))
    steps = np.abs(np.diff(play, axis=0)).max(axis=1, initial=0.0) + 0.05 * np.abs(np.diff(size))
    far = np.concatenate([[0.0], np.cumsum(steps)])
    chosen = {int(np.abs(far - mark).argmin()) for mark in np.linspace(0, far[-1], ROWS)}
    return [points[number] for number in sorted(chosen | {0, len(points) - 1})]


def _print_path(tree: Tree, points: Sequence[Solution]) -> None:
    from assay.cli import beside

    console = beside.console()
    _print_title(tree, console)
    shown = _telling(points)
    few = f"; {len(shown)} of them are shown, --json prints all" if len(shown) < len(points) else ""
    console.print(f"Principal branch from uniform play: {len(points)} points{few}.\n")
    beside.print_beside(tree, "precision", [(f"{point.precision:.4g}", point) for point in shown], console)
    _print_foot(tree, points[-1], console)


def _print_census(tree: Tree, found: Census) -> None:
    from assay.cli import beside

    console = beside.console()
    _print_title(tree, console)
    count = len(found.equilibria)
    many = "one logit equilibrium" if count == 1 else f"{count} logit equilibria"
    console.print(
        f"Found {many} at precision {found.equilibria[0].precision:g}, from {found.starts} starts and the branches "
        "through what they found.\n"
    )
    rows = [
        (f"{number} ({hits} starts)", solution)
        for number, (solution, hits) in enumerate(zip(found.equilibria, found.hits, strict=True), 1)
    ]
    beside.print_beside(tree, "equilibrium", rows, console)
    console.print("\nThe first is the principal branch's. Nothing proves that there is no other.")
