"""A table on disk as raw columns whose cells know where they stand. CSV (with a header) and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError, Problem

Place = tuple[int | None, int | None]


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a table, in its order; a name may occur twice. Each has one entry per row."""

    file: str
    names: tuple[str, ...]
    data: tuple[NDArray[Any], ...]
    """Text (object) or numbers; a missing value is None or not a number."""
    rows: int
    _place: Callable[[int, int], Place]

    def problem(self, column: int, row: int | None, found: str, expected: str, severity: str = "error") -> Problem:
        """A problem with a cell, or with the head of a column where `row` is None."""
        line, at = self._place(column, -1 if row is None else row)
        path = f"column {self.names[column]}" if row is None else f"row {row + 1}, {self.names[column]}"
        return Problem(self.file, line, at, path, found, expected, severity)

    def row(self, row: int, found: str, expected: str) -> Problem:
        """A problem with a row as a whole, shown at its first cell."""
        line, at = self._place(0, row)
        return Problem(self.file, line, at, f"row {row + 1}", found, expected)

    def whole(self, found: str, expected: str, severity: str = "error") -> Problem:
        """A problem with the table as a whole, shown at its first line."""
        line, _ = self._place(0, -1) if self.names else (1, 1)
        return Problem(self.file, line, None if line is None else 1, "", found, expected, severity)


def read_columns(path: Path) -> Columns:
    """The columns of a CSV or Parquet file. Raises InputError where it cannot be read as a table."""
    readers = {".csv": _read_csv, ".parquet": _read_parquet, ".pq": _read_parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        found = f"a file that ends in {path.suffix!r}" if path.suffix else "a file without an ending"
        raise _cannot(path, found, "a table ends in .csv or .parquet")
    if not path.is_file():
        raise _cannot(path, "no such file", "give the path of a CSV or Parquet table")
    return reader(path)


def _cannot(path: Path, found: str, expected: str, line: int | None = None) -> InputError:
    return InputError([Problem(str(path), line, None if line is None else 1, "", found, expected)])


def _read_csv(path: Path) -> Columns:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _cannot(path, f"bytes that are not UTF-8 text (byte {error.start})", "save the table as UTF-8") from None
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    records: list[list[str]] = []
    starts: list[int] = []
    end = 0
    try:
        for record in reader:
            if record:
                records.append(record)
                starts.append(end + 1)
            end = reader.line_num
    except csv.Error as error:
        raise _cannot(path, f"text that is not CSV ({error})", "check the quotes", reader.line_num) from None
    if not records:
        raise _cannot(path, "an empty file", "the first line names the columns", 1)
    _same_length(path, records, starts)
    names = tuple(name.strip() for name in records[0])
    data = tuple(np.array(column, dtype=object) for column in zip(*records[1:], strict=True))
    if not data:
        data = tuple(np.zeros(0, dtype=object) for _ in names)

    def place(column: int, row: int) -> Place:
        line = starts[row + 1]
        return line, _offset(lines[line - 1], column)

    return Columns(str(path), names, data, len(records) - 1, place)


def _same_length(path: Path, records: list[list[str]], starts: list[int]) -> None:
    expected = f"{len(records[0])}, one per column of the first line"
    raise_all(
        Problem(str(path), line, 1, "", f"{len(record)} value{'s' * (len(record) != 1)}", expected)
        for record, line in zip(records, starts, strict=True)
        if len(record) != len(records[0])
    )


def _offset(line: str, column: int) -> int:
    """Where a column's text starts in a line of CSV, counted from 1."""
    quoted = False
    for offset, char in enumerate(line):
        if column == 0:
            return offset + 1
        quoted ^= char == '"'
        column -= char == "," and not quoted
    return len(line.rstrip("\r\n")) + 1


def _read_parquet(path: Path) -> Columns:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise _cannot(path, f"a file that is not Parquet ({str(error).splitlines()[0]})", "check the file") from None
    data = tuple(_from_arrow(column.type, column, pa) for column in table.columns)
    return Columns(str(path), tuple(table.column_names), data, table.num_rows, lambda _column, _row: (None, None))


def _from_arrow(kind: Any, column: Any, pa: Any) -> NDArray[Any]:
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    return np.array([None if each is None else str(each) for each in column.to_pylist()], dtype=object)


def raise_all(problems: Iterable[Problem], most: int = 50) -> None:
    """Raise all problems at once, if there are any, in the order of the document; beyond `most` they are counted."""
    found = sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))
    if len(found) > most:
        hidden = Problem(found[0].file, None, None, "", f"{len(found) - most} more problems", "mend these first")
        found = [*found[:most], hidden]
    if found:
        raise InputError(found)
