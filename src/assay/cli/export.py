"""`assay export`: a small game as a file for Gambit."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assay.cli.solve import SUFFIXES, is_gambit, tree_of
from assay.errors import InputError, Problem

if TYPE_CHECKING:
    from assay.trees.tree import Tree


def export(name: str, to: Path, perspective: str | None, draw: int | None, seed: int) -> None:
    """Writes a game as `.efg` or `.nfg`, by the target's suffix: a Gambit file's, or one draw of a case."""
    from assay.trees.write import write_efg, write_nfg

    suffix = to.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(f"{to} should end in .efg (a tree) or .nfg (a table)", param_hint="--to")
    if is_gambit(name):
        if perspective is not None or draw is not None:
            raise typer.BadParameter("--perspective and --draw are for cases; a Gambit file has no assumptions")
        tree = tree_of(name)
    else:
        tree = _tree_of_case(name, perspective, draw, seed)
    try:
        text = write_efg(tree) if suffix == ".efg" else write_nfg(tree)
    except ValueError as error:
        raise InputError([Problem(name, None, None, "", str(error).split("; ")[0], _advice(str(error)))]) from None
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        found = f"a place that cannot be written to ({error.strerror})"
        raise InputError([Problem(str(to), None, None, "", found, "an existing folder")]) from None
    typer.echo(f"wrote {to}")


def _tree_of_case(name: str, perspective: str | None, draw: int | None, seed: int) -> Tree:
    """The tree of one draw; in which ways it is not the case is said on standard error."""
    gc.enable()
    from assay.runs.api import located, read
    from assay.runs.exported import exported
    from assay.runs.one import Place, one

    case, locator = read(name)
    with located(locator):
        it = one(case, Place(perspective, draw, seed))
        found = exported(it)
    print(f"{it.words}, as a tree of {len(found.tree.nodes):,} nodes", file=sys.stderr)
    for note in found.notes:
        print(f"note: {note}", file=sys.stderr)
    return found.tree


def _advice(message: str) -> str:
    return message.split("; ", 1)[1] if "; " in message else "change the label"
