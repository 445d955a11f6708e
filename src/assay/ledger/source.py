"""`sources.csv`: where facts and evidence come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assay.documents.table import Row, read_table
from assay.documents.tree import decode, read_bytes
from assay.errors import InputError, Problem
from assay.ledger.place import Place
from assay.ledger.when import DateError, When, when

NAME = "sources.csv"
NEEDED = ("source_id", "title")
OPTIONAL = ("publisher", "date", "url", "used_for", "tier", "checked")


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from."""

    id: str
    title: str
    publisher: str
    published: When | None
    """When it was published; None where that is not known."""
    dated: str
    """The date as it stands in the table."""
    url: str
    used_for: str
    tier: str
    """What kind of source: official, depositary copy, research, press, state media, partisan."""
    checked: date | None
    """The day on which somebody last looked whether it still says so."""
    at: Place = field(compare=False)
    """Where its row stands."""

    @property
    def name(self) -> str:
        """Its publisher, else its title."""
        return self.publisher or self.title

    def as_json(self) -> dict[str, object]:
        """The source as `--json` prints it."""
        texts = {name: getattr(self, name) for name in ("id", "title", "publisher", "url", "tier")}
        return {**texts, "date": self.dated, "checked": self.checked.isoformat() if self.checked else None}


def rows_of(path: Path, needed: tuple[str, ...], optional: tuple[str, ...], problems: list[Problem]) -> tuple[Row, ...]:
    """The rows of a table in a file; what is wrong with its form is among the problems."""
    try:
        text = decode(read_bytes(path, str(path), what="a table"), str(path))
    except InputError as error:
        problems += error.problems
        return ()
    table = read_table(text, str(path), needed, optional)
    problems += table.problems
    return table.rows


def read_sources(folder: Path, problems: list[Problem]) -> tuple[dict[str, Source], bool]:
    """The sources of a folder by id, none where it has no `sources.csv`; and whether all ids could be read.

    A source with something wrong in it is there all the same, so that what cites it is not told to be wrong too.
    """
    sources: dict[str, Source] = {}
    if not (folder / NAME).exists():
        return sources, True
    before = len(problems)
    rows = rows_of(folder / NAME, NEEDED, OPTIONAL, problems)
    complete = len(problems) == before
    for row in rows:
        source = _source(row, sources, problems)
        if source is not None:
            sources[source.id] = source
        complete = complete and source is not None
    return sources, complete


def _source(row: Row, sources: dict[str, Source], problems: list[Problem]) -> Source | None:
    key = row["source_id"]
    if not key or " " in key:
        found = f"the source_id {key!r}" if key else "no source_id"
        problems.append(row.problem("source_id", found, "a short name without spaces, as S_TREATY"))
        return None
    if key in sources:
        expected = f"each source once; the first is in line {sources[key].at.line}"
        problems.append(row.problem("source_id", f"the source {key!r} again", expected))
        return None
    if not row["title"]:
        problems.append(row.problem("title", f"no title for {key!r}", "the title of the source"))
    published = date_in(row, "date", problems)
    checked = day_in(row, "checked", problems)
    return Source(
        id=key,
        title=row["title"],
        publisher=row["publisher"],
        published=published,
        dated=row["date"],
        url=row["url"],
        used_for=row["used_for"],
        tier=row["tier"],
        checked=checked,
        at=Place(row.file, row.line, row.column("source_id"), "source_id"),
    )


def date_in(row: Row, name: str, problems: list[Problem]) -> When | None:
    """The date in a cell; None where there is none or, with a problem, where it cannot be read."""
    try:
        return when(row[name])
    except DateError as error:
        problems.append(row.problem(name, error.found, error.expected))
        return None


def day_in(row: Row, name: str, problems: list[Problem]) -> date | None:
    """The day in a cell; a month or a year will not do."""
    found = date_in(row, name, problems)
    if found is not None and found.precision != "day":
        problems.append(row.problem(name, f"{row[name]!r}", "a whole day, as 2025-03-18"))
        return None
    return found.first if found else None
