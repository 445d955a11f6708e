"""Files of games, by what they say they are."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, Problem
from assay.trees.read_efg import read_efg
from assay.trees.read_nfg import read_nfg
from assay.trees.tree import Tree

LARGEST_FILE = 100_000_000
"""Bytes."""
SUFFIXES = (".efg", ".nfg")


def read(path: str | Path) -> Tree:
    """The tree in a Gambit file, `.efg` or `.nfg`.

    Raises InputError with every problem, each with its line and column.
    """
    return read_located(path)[0]


def read_located(path: str | Path) -> tuple[Tree, tuple[Problem, ...]]:
    """The tree in a Gambit file, and warnings about the file."""
    file = str(path)
    return read_text(_text(Path(path), file), file)


def read_text(text: str, file: str = "text") -> tuple[Tree, tuple[Problem, ...]]:
    """The tree in the text of a Gambit file, and warnings. The first word says which format it is."""
    text = text.removeprefix("\ufeff")
    start = text.lstrip()
    if start.startswith("EFG"):
        return read_efg(text, file)
    if start.startswith("NFG"):
        return read_nfg(text, file)
    before = text[: len(text) - len(start)]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    found = f"a file that starts with {start.split(maxsplit=1)[0][:20]!r}" if start else "an empty file"
    expected = "a Gambit game starts with EFG 2 R (a tree) or NFG 1 R (a table)"
    raise InputError([Problem(file, line, column, "", found, expected)])


def _text(path: Path, file: str) -> str:
    def refuse(found: str, expected: str, line: int | None = None, column: int | None = None) -> InputError:
        return InputError([Problem(file, line, column, "", found, expected)])

    if not path.exists():
        raise refuse("no such file", "a path to a Gambit file, .efg or .nfg")
    if path.is_dir():
        raise refuse("a folder", "a path to a Gambit file, .efg or .nfg")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refuse("a file of more than 100 MB", "solve a smaller game")
        raw = path.read_bytes()
    except OSError as error:
        raise refuse(f"a file that cannot be read ({error.strerror})", "a file that may be read") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise refuse(f"a byte {raw[error.start]:#04x} that is not UTF-8", "save it as UTF-8", line, column) from None
