"""Several solutions of one tree beside each other: a row for each where the headings fit, else a column for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from assay.trees.solve import Solution
    from assay.trees.tree import Tree

WIDTH = 120
"""Characters of a line where the output is no terminal."""
GAP = 2
"""Characters between two columns."""
SHARE = 6
"""Characters of a probability."""
LABEL = 60
"""Characters of an information set's name in a line; longer ones go on below."""


def console() -> Console:
    """Where solutions are printed: as wide as the terminal."""
    from rich.console import Console

    return Console(highlight=False, width=None if Console().is_terminal else WIDTH)


def print_beside(tree: Tree, first: str, rows: Sequence[tuple[str, Solution]], place: Console) -> None:
    """The solutions with their labels; `first` says what the labels are."""
    headings = [f"{name} {move}" for name, move in _columns(tree)]
    needed = max(len(first), *(len(label) for label, _ in rows)) + sum(GAP + max(SHARE, len(each)) for each in headings)
    if needed <= place.width:
        place.print(_wide(tree, first, rows))
        return
    widest = max(len(first), *(len(label) for label, _ in rows), SHARE)
    names = min(LABEL, max(map(len, tree.names)))
    moves = max(len(move) for entry in tree.sets for move in entry.moves)
    size = max(1, (place.width - names - moves - GAP) // (widest + GAP))
    for start in range(0, len(rows), size):
        place.print("\n" if start else "", end="")
        place.print(_tall(tree, first, rows[start : start + size]))


def _columns(tree: Tree) -> list[tuple[str, str]]:
    """A column for each move but the last of each information set, whose share is the rest."""
    return [
        (name, move)
        for name, entry in zip(tree.names, tree.sets, strict=True)
        for move in (entry.moves[:-1] or entry.moves)
    ]


def _table() -> Any:
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")


def _wide(tree: Tree, first: str, rows: Sequence[tuple[str, Solution]]) -> Any:
    """A row for each solution."""
    from rich.text import Text

    table = _table()
    table.add_column(first, justify="right")
    columns = _columns(tree)
    for name, move in columns:
        table.add_column(Text(f"{name} {move}"), justify="right", no_wrap=True)
    for label, solution in rows:
        table.add_row(label, *(f"{solution.strategies[name][move]:.4f}" for name, move in columns))
    return table


def _tall(tree: Tree, first: str, rows: Sequence[tuple[str, Solution]]) -> Any:
    """A column for each solution, and every move of every information set in a line of its own."""
    from rich.text import Text

    table = _table()
    table.add_column("information set", max_width=LABEL, overflow="fold")
    table.add_column("move", overflow="fold")
    for number, (label, _) in enumerate(rows):
        table.add_column(Text(f"{first}\n{label}" if number == 0 else f"\n{label}"), justify="right", no_wrap=True)
    for name, entry in zip(tree.names, tree.sets, strict=True):
        for number, move in enumerate(entry.moves):
            shares = (f"{solution.strategies[name][move]:.4f}" for _, solution in rows)
            table.add_row(Text(name if number == 0 else ""), Text(move), *shares)
    return table
