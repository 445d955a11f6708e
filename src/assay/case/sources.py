"""`sources.csv` beside a case: sources by id, one a row, for long lists."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.documents.locate import Locator, Place
from assay.documents.tree import decode, read_bytes
from assay.errors import InputError, Problem, suggestion

NAME = "sources.csv"
"""The table of sources, which the case and its ledger share."""
TABLES = ("facts.csv", "facts.yaml")
"""The other files of a ledger."""
LEDGER_ONLY = ("known_from", "known_because")
"""Columns that the ledger alone reads: since when a later copy's content could be known."""
COLUMNS = ("source_id", "title", "publisher", "date", "url", "used_for", "tier", "checked", *LEDGER_ONLY)
"""The columns it may have; the first two it must have."""


@dataclass(frozen=True, slots=True)
class Table:
    """What could be read of a table of sources."""

    sources: dict[str, Any]
    """The sources by id, as a case's `sources` has them."""
    locator: Locator
    problems: tuple[Problem, ...] = ()


def read_sources(folder: Path) -> Table | None:
    """The rows of `sources.csv` in a folder; None where there is no such file."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        return _Reader(str(path), decode(read_bytes(path, str(path)), str(path))).read()
    except InputError as error:
        return Table({}, Locator(str(path), Place(1, 1, 1, 1)), error.problems)


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.text = text
        self.problems: list[Problem] = []

    def read(self) -> Table:
        odd = next((char for char in self.text if ord(char) < 32 and char not in "\t\n\r"), None)
        if odd is not None:
            line = self.text[: self.text.index(odd)].count("\n") + 1
            self._note(line, 1, f"a character that no text has (U+{ord(odd):04X})", "take it out")
        rows = self._rows()
        header = self._header(rows)
        root = Place(1, 1, 1, 1)
        sources: dict[str, Any] = {}
        for line, row in rows[1:] if header else []:
            self._row(line, row, header, sources, root)
        return Table(sources, Locator(self.file, root), tuple(self.problems))

    def _rows(self) -> list[tuple[int, list[str]]]:
        reader = csv.reader(self.text.splitlines(keepends=True), strict=True)
        rows: list[tuple[int, list[str]]] = []
        start = 1
        try:
            for row in reader:
                if any(row):
                    rows.append((start, row))
                start = reader.line_num + 1
        except csv.Error as error:
            self._note(start, 1, f"not a table with commas ({error})", "one source a line, text with commas in quotes")
        return rows

    def _header(self, rows: list[tuple[int, list[str]]]) -> list[str]:
        header = [name.strip() for name in rows[0][1]] if rows else []
        for name in header:
            if name not in COLUMNS:
                self._note(
                    1, self._column(1, header.index(name)), f"an unknown column {name!r}", suggestion(name, COLUMNS)
                )
            elif header.count(name) > 1:
                self._note(1, 1, f"the column {name!r} twice", "each column once")
        for name in COLUMNS[:2]:
            if name not in header:
                self._note(1, 1, f"no column {name!r}", "columns: " + ", ".join(COLUMNS))
        return [] if self.problems else header

    def _row(self, line: int, row: list[str], header: list[str], sources: dict[str, Any], root: Place) -> None:
        if len(row) != len(header):
            self._note(
                line, 1, f"{len(row)} entries", f"{len(header)}, as the first line has; text with commas in quotes"
            )
            return
        read = zip(header, row, strict=True)
        entry = {name: text.strip() for name, text in read if name not in LEDGER_ONLY}
        key = entry.pop("source_id")
        place = Place(line, 1, line, 1)
        place.keys = {name: self._place(line, index) for index, name in enumerate(header)}
        if not key:
            self._note(line, 1, "no source_id", "a short name without spaces, as S_TREATY")
        elif key in sources:
            first = root.keys[key].line
            self._note(line, 1, f"the source {key!r} again", f"each source once; the first is in line {first}")
        elif not entry["title"]:
            title = self._column(line, header.index("title"))
            self._note(line, title, f"no title for {key!r}", "the title of the source")
        else:
            sources[key] = entry
            root.keys[key] = place

    def _place(self, line: int, index: int) -> Place:
        column = self._column(line, index)
        return Place(line, column, line, column)

    def _column(self, line: int, index: int) -> int:
        """Column of an entry in its line, as far as the line goes."""
        quoted, seen = False, 0
        for position, char in enumerate(self.lines[line - 1]):
            if seen == index:
                return position + 1
            if char == '"':
                quoted = not quoted
            elif char == "," and not quoted:
                seen += 1
        return 1 if seen != index else len(self.lines[line - 1]) + 1

    def _note(self, line: int, column: int, found: str, expected: str) -> None:
        self.problems.append(Problem(self.file, line, column, "sources", found, expected))
