"""`assay export`: a small game as a file for Gambit."""

from __future__ import annotations

from pathlib import Path

import typer

from assay.cli.solve import SUFFIXES, tree_of
from assay.errors import InputError, Problem


def export(name: str, to: Path) -> None:
    """Writes the tree that a name stands for as `.efg` or `.nfg`, by the target's suffix."""
    from assay.trees.write import write_efg, write_nfg

    suffix = to.suffix.lower()
    if suffix not in SUFFIXES:
        raise typer.BadParameter(f"{to} should end in .efg (a tree) or .nfg (a table)", param_hint="--to")
    tree = tree_of(name)
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


def _advice(message: str) -> str:
    return message.split("; ", 1)[1] if "; " in message else "change the label"
