"""`sources.csv`: where facts and evidence come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assay.documents.table import Row, read_table
from assay.documents.tree import decode, read_bytes
from assay.errors import InputError, Problem
from assay.ledger.place import Place
from assay.ledger.when import EVER, DateError, When, when

NAME = "sources.csv"
NEEDED = ("source_id", "title")
OPTIONAL = ("publisher", "date", "url", "used_for", "tier", "checked", "known_from", "known_because")
ALWAYS = "always"
"""The word for what was public long before any text that could be on trial."""


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
    public: When | None = None
    """Since when what it says could be known, where that is not its own date: it is a later copy of a treaty, say."""
    because: str = ""
    """Why since then."""

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


def read_sources(folder: Path, problems: list[Problem]) -> dict[str, Source]:
    """The sources of a folder by id, none where it has no `sources.csv`."""
    sources: dict[str, Source] = {}
    if not (folder / NAME).exists():
        return sources
    for row in rows_of(folder / NAME, NEEDED, OPTIONAL, problems):
        source = _source(row, sources, problems)
        if source is not None:
            sources[source.id] = source
    return sources


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
    public, because = stated_in(row, problems)
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
        public=public,
        because=because,
    )


def absent(name: str) -> Source:
    """What stands for a source that is cited and that no row has; for no source where `name` is empty."""
    title = f"{name}, which sources.csv does not have" if name else "no source"
    return Source(name, title, "", None, "", "", "", "", None, Place("", 1, 1, ""))


def stated_in(row: Row, problems: list[Problem]) -> tuple[When | None, str]:
    """Since when a row says that something could be known, with the reason; nothing where it says neither."""
    text, because = row["known_from"], row["known_because"]
    if not text:
        if because:
            problems.append(row.problem("known_because", "a reason without a day", "the day, in known_from"))
        return None, ""
    if not because:
        problems.append(row.problem("known_from", f"{text!r} without a reason", "the reason, in known_because"))
    return EVER if text == ALWAYS else date_in(row, "known_from", problems), because


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
