"""Draws that the user brings: one row per draw, one column per assumption, and optionally `draw` and `perspective`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.assumptions.columns import Columns, raise_all, read_columns
from assay.assumptions.distributions import support
from assay.assumptions.draw import Draws, Floats, Ints
from assay.assumptions.perspectives import alternatives_of, reading
from assay.case.model import Case
from assay.case.types import column
from assay.case.types import columns as drawn
from assay.errors import Problem, suggestion

OWN = ("draw", "perspective")
"""Columns of a table that are no assumptions."""


@dataclass(frozen=True, eq=False)
class Table:
    """Draws read from a table."""

    draws: Mapping[str, Draws]
    """Perspective to its draws, in the case's order; the perspectives that have rows."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful: values that the perspective itself rules out, draws that stand for every perspective."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A draw that the case cannot be played with."""

    position: int
    columns: tuple[str, ...]
    """The columns that it is due to, one or several of them."""
    found: str
    """What is wrong, in words."""


Check: TypeAlias = Callable[[Draws], Iterable[Unfit]]
"""What finds draws that make no valid game."""


def read_table(case: Case, path: Path | str, check: Check | None = None) -> Table:
    """The draws of a CSV or Parquet table. Its columns are named by the case's assumptions, all of them; a number for
    each type has a column for each, as `take.revisionist`.

    `perspective` holds ids; without it, the same draws are used for every perspective. `draw` holds the draws' numbers
    or, where no cell is a number, names (numbered in the order in which they come up); without it
    rows are numbered from 0 within each perspective. Alternatives stand by name. Raises InputError with
    every problem found, located by line and column (CSV) or row (Parquet); those that `check` finds in the rows that
    could be read are among them. A value outside the ends that a perspective states is a warning.
    """
    columns = read_columns(Path(path))
    raise_all(_heading(case, columns))
    reader = _Reader(case, columns)
    values = {name: reader.column(name) for name in reader.known}
    whose = reader.perspectives()
    labels = reader.names_of_draws()
    index = reader.numbers_of_draws(labels)
    rows_of = _rows(case, whose, columns.rows)
    draws = {name: _draws(case, name, values, index, reader.read(rows), labels) for name, rows in rows_of.items()}
    unfit = reader.unfit(draws, rows_of, check) if check else ()
    raise_all([*reader.problems, *reader.repeated(index, rows_of, labels), *unfit])
    return Table(draws, tuple(_doubts(case, columns, values, rows_of, whose is None)))


def write_table(draws: Iterable[Draws], path: Path | str) -> None:
    """Write draws as a table that `read_table` reads back to the same numbers: CSV or Parquet, by the path's ending."""
    path = Path(path)
    if path.suffix.lower() not in (".csv", ".parquet", ".pq"):
        raise ValueError(f"a table ends in .csv or .parquet, not in {path.suffix!r}")
    frames = [_named(each).astype({"perspective": str}) for each in draws]
    frame = pd.concat(frames, ignore_index=True)
    if path.suffix.lower() == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path, index=False)


def _named(draws: Draws) -> pd.DataFrame:
    """The draws as a table, with their names where they have some."""
    frame = draws.frame()
    if draws.labels:
        frame["draw"] = np.array(draws.labels, dtype=object)[draws.index]
    return frame


def _heading(case: Case, columns: Columns) -> Iterable[Problem]:
    """What is wrong with the names of the columns."""
    needed = drawn(case)
    known = [*OWN, *needed]
    for at, name in enumerate(columns.names):
        if name in columns.names[:at]:
            yield columns.problem(at, None, f"a second column {name!r}", "one column per assumption")
        elif name in case.assumptions and name not in needed:
            types = ", ".join(column(name, each) for each in case.assumptions[name].types)
            yield columns.problem(at, None, f"one column {name!r} for a number for each type", f"the columns {types}")
        elif name not in known:
            expected = f"no assumption is called so; {suggestion(name, known)}"
            yield columns.problem(at, None, f"a column {name!r}", expected)
    missing = [name for name in needed if name not in columns.names]
    if missing:
        yield columns.whole(
            f"no column for {', '.join(missing)}", "every assumption has a column; nothing is filled in for it"
        )
    if not columns.rows:
        yield columns.whole("no rows", "one row per draw")


class _Reader:
    """Reads columns and keeps the problems met."""

    def __init__(self, case: Case, columns: Columns) -> None:
        self.case, self.columns = case, columns
        self.named = alternatives_of(case)
        self.known = drawn(case)
        self.problems: list[Problem] = []
        self.unread = np.zeros(columns.rows, dtype=np.bool_)
        """Rows with a cell that could not be read."""

    def read(self, rows: Ints) -> Ints:
        """Those of the rows that could be read."""
        return rows[~self.unread[rows]]

    def unfit(self, draws: Mapping[str, Draws], rows_of: Mapping[str, Ints], check: Check) -> Iterable[Problem]:
        """Rows that the case cannot be played with; a row that stands for every perspective is tried once."""
        for name in {id(rows): name for name, rows in rows_of.items()}.values():
            rows = self.read(rows_of[name])
            for each in check(draws[name]) if len(rows) else ():
                yield self._unfit(int(rows[each.position]), each)

    def _unfit(self, row: int, each: Unfit) -> Problem:
        """The problem at the cell that it is due to; at the row where that may be one of several."""
        expected = "numbers with which the case can be played: change {} or leave the row out"
        if len(each.columns) == 1:
            at = self.columns.names.index(each.columns[0])
            return self.columns.problem(at, row, each.found, expected.format("this one"))
        those = f"one of {', '.join(each.columns)}" if each.columns else "them"
        return self.columns.row(row, each.found, expected.format(those))

    def column(self, name: str) -> NDArray[Any]:
        """An assumption's numbers, or codes of its alternatives."""
        return self._codes(name, self.named[name]) if name in self.named else self._numbers(name)

    def perspectives(self) -> Ints | None:
        """Index of each row's perspective; None without such a column."""
        if "perspective" not in self.columns.names:
            return None
        return self._codes("perspective", tuple(self.case.perspectives))

    def names_of_draws(self) -> tuple[str, ...]:
        """The names in the column `draw`, each once; none where it holds numbers, or does not exist."""
        if "draw" not in self.columns.names:
            return ()
        given = self.columns.data[self.columns.names.index("draw")]
        if given.dtype != object or any(_is_number(each) for each in given):
            return ()
        return tuple(dict.fromkeys(str(each).strip() for each in given if _shown(each) != "nothing"))

    def numbers_of_draws(self, labels: tuple[str, ...]) -> Ints | None:
        """Number of each row's draw, or place of its name among `labels`; None without such a column."""
        if "draw" not in self.columns.names:
            return None
        if labels:
            return self._places(labels)
        numbers = self._numbers("draw")
        good = np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers)) & (numbers < 2.0**53)
        for row in np.flatnonzero(np.isfinite(numbers) & ~good):
            self._wrong("draw", int(row), f"{numbers[row]:g}", "a whole number, 0 or more")
        return np.where(good, numbers, -1).astype(np.int64)

    def _places(self, labels: tuple[str, ...]) -> Ints:
        """Place of each row's name among the names; a row without a name is wrong."""
        given = self.columns.data[self.columns.names.index("draw")]
        for row in (row for row, each in enumerate(given) if _shown(each) == "nothing"):
            self._wrong("draw", row, "nothing", "the draw's name, as the other rows have one")
        place = {label: at for at, label in enumerate(labels)}
        return np.array([place.get(str(each).strip(), -1) for each in given], dtype=np.int64)

    def repeated(self, index: Ints | None, rows_of: Mapping[str, Ints], labels: tuple[str, ...]) -> Iterable[Problem]:
        """Draws that have the same number or name within a perspective."""
        at = self.columns.names.index("draw") if index is not None else -1
        for rows in {id(rows): rows for rows in rows_of.values()}.values():
            if index is None:
                continue
            known = rows[index[rows] >= 0]
            _, first = np.unique(index[known], return_index=True)
            for row in np.delete(known, first):
                found = f"a second draw {labels[index[row]] if labels else index[row]}"
                yield self.columns.problem(at, int(row), found, "one row per draw and perspective")

    def _numbers(self, name: str) -> Floats:
        at = self.columns.names.index(name)
        given = self.columns.data[at]
        try:
            numbers = np.array(given if given.dtype != object else list(given), dtype=np.float64)
        except (ValueError, TypeError):
            numbers = np.array([_number(each) for each in given], dtype=np.float64)
        expected = "a whole number, 0 or more" if name == "draw" else f"a number (unit {self._unit(name)})"
        for row in np.flatnonzero(~np.isfinite(numbers)):
            self._wrong(name, int(row), _shown(given[row]), expected)
        return numbers

    def _codes(self, name: str, known: tuple[str, ...]) -> Ints:
        given = self.columns.data[self.columns.names.index(name)]
        code = {each: position for position, each in enumerate(known)}
        codes = np.array([code.get(str(each).strip(), -1) for each in given], dtype=np.int64)
        for row in np.flatnonzero(codes < 0):
            self._wrong(name, int(row), _shown(given[row]), f"one of {', '.join(known)}")
        return codes

    def _unit(self, name: str) -> str:
        return self.known[name].unit

    def _wrong(self, name: str, row: int, found: str, expected: str) -> None:
        self.unread[row] = True
        self.problems.append(self.columns.problem(self.columns.names.index(name), row, found, expected))


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return float("nan")


def _is_number(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError):
        return False
    return True


def _shown(cell: Any) -> str:
    if cell is None or str(cell).strip() == "" or cell != cell:
        return "nothing"
    return repr(str(cell))


def _rows(case: Case, whose: Ints | None, rows: int) -> dict[str, Ints]:
    """Perspective to the positions of its rows."""
    if whose is None:
        every = np.arange(rows)
        return dict.fromkeys(case.perspectives, every)
    found = {name: np.flatnonzero(whose == code) for code, name in enumerate(case.perspectives)}
    return {name: positions for name, positions in found.items() if len(positions)}


def _draws(
    case: Case,
    perspective: str,
    values: Mapping[str, NDArray[Any]],
    index: Ints | None,
    rows: Ints,
    labels: tuple[str, ...],
) -> Draws:
    named = alternatives_of(case)
    return Draws(
        perspective,
        None,
        np.arange(len(rows)) if index is None else index[rows],
        {name: given[rows] for name, given in values.items() if name not in named},
        {name: (names, values[name][rows]) for name, names in named.items()},
        tuple(values),
        labels,
    )


def _doubts(
    case: Case, columns: Columns, values: Mapping[str, NDArray[Any]], rows_of: Mapping[str, Ints], shared: bool
) -> Iterable[Problem]:
    if shared and len(rows_of) > 1:
        yield columns.whole(
            "no column `perspective`: the same draws are used for every perspective",
            "add the column, or choose one perspective",
            "warning",
        )
    for perspective, rows in rows_of.items():
        for name, distribution in reading(case, perspective).items():
            low, high = support(distribution)
            outside = rows[(values[name][rows] < low) | (values[name][rows] > high)]
            if len(outside):
                found = f"{len(outside)} of {len(rows)} values outside {low:g} to {high:g}, what {perspective!r} states"
                at = columns.names.index(name)
                expected = "the draws are used as they are; this is the first of them"
                yield columns.problem(at, int(outside[0]), found, expected, "warning")
