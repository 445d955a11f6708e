"""A table with commas (CSV), each row with its place, so that a problem can name line and column.

    table = read_table(text, "acts.csv", needed=("actor", "act"), optional=("note",))

The first line names the columns. Empty lines are skipped. Problems of form are gathered in `Table.problems`; the rows
that have the right number of entries are there all the same, so that their sense is checked in the same pass.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assay.errors import Problem, suggestion


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its entries by column, without space around them."""

    file: str
    """The file as the user named it."""
    line: int
    """The line in which the row begins, counted from 1."""
    entries: Mapping[str, str]
    """Entries by column; every column of the table is there, empty where the table lacks it."""
    source: str
    """The line as written, in which a column's place is looked up."""

    def __getitem__(self, column: str) -> str:
        return self.entries[column]

    def column(self, name: str) -> int:
        """Where an entry begins in its line, counted from 1, as far as the first line of the row goes."""
        return _column(self.source, list(self.entries).index(name) if name in self.entries else 0)

    def problem(self, column: str, found: str, expected: str, path: str = "", severity: str = "error") -> Problem:
        """A problem with one entry of the row."""
        return Problem(self.file, self.line, self.column(column), path or column, found, expected, severity)


@dataclass(frozen=True, slots=True)
class Table:
    """What could be read of a table."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def read_table(text: str, file: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """The rows of a table whose columns are `needed` and some of `optional`, in any order."""
    problems: list[Problem] = []
    rows = list(_rows(text, file, problems))
    if not rows:
        problems.append(
            Problem(file, 1, 1, "", "an empty table", "a first line with the columns: " + ", ".join(needed))
        )
        return Table(file, (), (), tuple(problems))
    line, header, source = rows[0]
    header = [name.strip() for name in header]
    _check_header(file, line, header, source, needed, optional, problems)
    if problems:
        return Table(file, tuple(header), (), tuple(problems))
    found: list[Row] = []
    absent = {name: "" for name in optional if name not in header}
    for line, values, source in rows[1:]:
        if len(values) != len(header):
            expected = f"{len(header)}, as the first line has; text with commas in quotes"
            problems.append(Problem(file, line, 1, "", f"{len(values)} entries", expected))
            continue
        entries = {name: value.strip() for name, value in zip(header, values, strict=True)}
        found.append(Row(file, line, entries | absent, source))
    return Table(file, tuple(header), tuple(found), tuple(problems))


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str], str]]:
    """Lines with their number and their text; a table that is not well-formed ends at the trouble."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    start = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            problems.append(
                Problem(file, start, 1, "", f"not a table with commas ({error})", "text with commas in quotes")
            )
            return
        if row is None:
            return
        if any(entry.strip() for entry in row):
            yield start, row, lines[start - 1].rstrip("\r\n")
        start = reader.line_num + 1


def _column(line: str, index: int) -> int:
    """Where the entry of a number begins in a line, counted from 1; 1 where the line has no such entry."""
    quoted, seen = False, 0
    for position, char in enumerate(line):
        if seen == index:
            return position + 1
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            seen += 1
    return len(line) + 1 if seen == index else 1


def _check_header(
    file: str,
    line: int,
    header: list[str],
    source: str,
    needed: Sequence[str],
    optional: Sequence[str],
    problems: list[Problem],
) -> None:
    known = (*needed, *optional)
    for index, name in enumerate(header):
        column = _column(source, index)
        if header.index(name) != index:
            problems.append(Problem(file, line, column, name, f"the column {name!r} twice", "each once"))
        elif name not in known:
            problems.append(Problem(file, line, column, name, f"an unknown column {name!r}", suggestion(name, known)))
    missing = [name for name in needed if name not in header]
    if missing:
        found = "no column " + ", ".join(repr(name) for name in missing)
        problems.append(Problem(file, line, 1, "", found, "columns: " + ", ".join(known)))
