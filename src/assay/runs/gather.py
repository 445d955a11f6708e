"""A run's long tables, gathered block by block: on disk as they come, so that memory does not grow with the draws.

With a folder every table is written to a file beside its place, and takes the place when the run is stored. Without
one the pieces are kept in memory, and put together when they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 100_000
"""Rows that are collected before they are written as one row group."""
PART = ".part"
"""Ending of a file that has not taken its place yet."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A table in a Parquet file, read when somebody asks for it."""

    path: Path
    labels: tuple[str, ...] = ()
    """Names of the draws, by number, which the file holds in their place."""

    def read(self) -> pd.DataFrame:
        """The table, draws by number."""
        return with_numbers(pd.read_parquet(self.path), self.labels)


def with_names(table: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    """A table whose draws go by the names that the user gave them, if there are any."""
    if not labels or "draw" not in table:
        return table
    return table.assign(draw=pd.Categorical.from_codes(table["draw"].to_numpy(), list(labels)))


def with_numbers(table: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    """The other way round: in memory draws go by number."""
    if not labels or "draw" not in table:
        return table
    return table.assign(draw=pd.Categorical(table["draw"], list(labels)).codes.astype(np.int64))


class Gathered:
    """Tables that grow. `with Gathered(folder) as tables:` removes unfinished files when something goes wrong."""

    def __init__(self, folder: Path | None = None, labels: tuple[str, ...] = ()) -> None:
        self.folder, self.labels = folder, labels
        self._pieces: dict[str, list[pd.DataFrame]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._written: set[Path] = set()

    def __enter__(self) -> Gathered:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for writer in self._writers.values():
                writer.close()
            for path in self._written:
                path.unlink(missing_ok=True)

    def add(self, name: str, piece: pd.DataFrame) -> None:
        """More rows of a table; columns, and the categories of columns of names, are the same in every piece."""
        if piece.empty:
            return
        waiting = self._pieces.setdefault(name, [])
        waiting.append(piece)
        if self.folder is not None and sum(map(len, waiting)) >= ROWS:
            self._write(name)

    def finish(self, names: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame | Stored]:
        """All tables: those of `names` (with the columns to use where a table stayed empty) and how to read them."""
        return {name: self._finished(name, empty) for name, empty in names.items()}

    def _finished(self, name: str, empty: pd.DataFrame) -> pd.DataFrame | Stored:
        if self.folder is None:
            pieces = self._pieces.pop(name, [])
            return pd.concat(pieces, ignore_index=True) if pieces else empty
        if name not in self._writers and not self._pieces.get(name):
            self._pieces[name] = [empty]
        self._write(name)
        self._writers.pop(name).close()
        return Stored(self._path(name), self.labels)

    def _write(self, name: str) -> None:
        pieces = self._pieces.pop(name, [])
        if not pieces:
            return
        table = pa.Table.from_pandas(
            with_names(pd.concat(pieces, ignore_index=True), self.labels), preserve_index=False
        )
        if name not in self._writers:
            path = self._path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._written.add(path)
            self._writers[name] = pq.ParquetWriter(path, table.schema)
        self._writers[name].write_table(table)

    def _path(self, name: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{name}.parquet{PART}"
