"""Facts as plain tables: CSV as in a case's folder, or Parquet with numbers as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from assay.errors import InputError, Problem
from assay.ledger.fact import NEEDED, OPTIONAL, Fact
from assay.ledger.knowledge import Known

COLUMNS = (
    "place",
    "indicator",
    "date",
    "value",
    "low",
    "high",
    "unit",
    "price_year",
    "flag",
    "source_id",
    "known_from",
    "known_because",
    "note",
)
"""The columns that are written, in this order; those that `facts.csv` may have."""
assert set(COLUMNS) == {*NEEDED, *OPTIONAL}
_NUMBERS = ("value", "low", "high")


def rows(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Facts as rows; None where a cell is empty."""
    return [_row(fact) for fact in facts]


def _row(fact: Fact) -> dict[str, Any]:
    stated = fact.known.basis == "stated"
    return {
        "place": fact.place,
        "indicator": fact.indicator,
        "date": str(fact.date),
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "unit": fact.unit,
        "price_year": fact.price_year,
        "flag": fact.flag or None,
        "source_id": ";".join(fact.sources),
        "known_from": _known_from(fact.known) if stated else None,
        "known_because": fact.known.because or None if stated else None,
        "note": fact.note or None,
    }


def _known_from(known: Known) -> str:
    return str(known)


def export(facts: Sequence[Fact], to: str | Path) -> Path:
    """Writes facts to FILE.csv or FILE.parquet. Raises `InputError` for another ending or an unwritable file."""
    path = Path(to)
    if path.suffix not in (".csv", ".parquet"):
        found = f"the ending {path.suffix!r}" if path.suffix else "no ending"
        raise InputError([Problem(str(to), None, None, "", found, "FILE.csv or FILE.parquet")])
    try:
        if path.suffix == ".csv":
            path.write_text(as_csv(facts), encoding="utf-8", newline="")
        else:
            _write_parquet(facts, path)
    except OSError as error:
        found = f"cannot be written ({error.strerror or error})"
        raise InputError([Problem(str(to), None, None, "", found, "a file in a folder that exists")]) from None
    return path


def as_csv(facts: Sequence[Fact]) -> str:
    """Facts as the text of a `facts.csv`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(facts):
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and isfinite(value):  # NaN and infinity stay words, and are refused as a table's are
        return repr(int(value)) if value == int(value) and abs(value) < 2**53 else repr(value)
    return str(value)


def _write_parquet(facts: Sequence[Fact], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.float64() for name in _NUMBERS} | {"price_year": pa.int32()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    pq.write_table(pa.Table.from_pylist(rows(facts), schema=schema), path)


def import_facts(file: str | Path, folder: str | Path) -> tuple[Path, tuple[Problem, ...]]:
    """Writes `facts.csv` in a case's folder from a Parquet or CSV table, checked against its `sources.csv` first.

    Gives the file, and warnings of sources that `sources.csv` does not have. Raises `InputError` with every problem,
    and then writes nothing.
    """
    from tempfile import TemporaryDirectory

    from assay.ledger.fact import NAME, read_facts
    from assay.ledger.missing import Missing
    from assay.ledger.source import read_sources

    source, problems = Path(file), list[Problem]()
    with TemporaryDirectory() as scratch:
        table = Path(scratch) / NAME
        table.write_text(_as_text(source), encoding="utf-8", newline="")
        sources = read_sources(Path(folder), problems)
        missing = Missing(sources)
        facts = read_facts(Path(scratch), sources, problems, missing)
    if problems:
        raise InputError([_of(problem, str(table), str(file)) for problem in problems])
    return export(facts, Path(folder) / NAME), tuple(_of(each, str(table), str(file)) for each in missing.warnings())


def _of(problem: Problem, scratch: str, file: str) -> Problem:
    from dataclasses import replace

    return replace(problem, file=file) if problem.file == scratch else problem


def _as_text(path: Path) -> str:
    from assay.documents.tree import decode, read_bytes

    if path.suffix != ".parquet":
        return decode(read_bytes(path, str(path), what="a table"), str(path))
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        found = f"cannot be read as Parquet ({str(error).splitlines()[0]})"
        raise InputError([Problem(str(path), None, None, "", found, "a Parquet table of facts")]) from None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()
