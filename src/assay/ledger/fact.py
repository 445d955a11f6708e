"""`facts.csv`: one figure a row, with its place, indicator, date, range, unit and source."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assay.documents.table import Row
from assay.errors import Problem, suggestion
from assay.ledger.knowledge import Known, derived, stated
from assay.ledger.missing import Missing
from assay.ledger.place import Place
from assay.ledger.source import Source, date_in, rows_of, stated_in
from assay.ledger.units import holds_money
from assay.ledger.when import When

NAME = "facts.csv"
NEEDED = ("place", "indicator", "date", "value", "unit", "source_id")
OPTIONAL = ("low", "high", "price_year", "flag", "known_from", "known_because", "note")
FLAGS = ("", "estimate", "sipri_estimate", "upper_bound", "planned", "assessment", "contested_source")
"""What may be said of a figure besides its range."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a place on a day, or in a month or year."""

    place: str
    """A state by its ISO 3166 code, or another place by a name of the table's own."""
    indicator: str
    date: When
    value: float | None
    """None where only a bound is known."""
    low: float | None
    high: float | None
    unit: str
    price_year: int | None
    """For money: the year of its prices."""
    flag: str
    sources: tuple[str, ...]
    known: Known
    note: str
    at: Place = field(compare=False)
    """Where its row stands."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Place, indicator and date: no two facts share them."""
        return self.place, self.indicator, str(self.date)


def read_facts(
    folder: Path, sources: Mapping[str, Source], problems: list[Problem], missing: Missing | None = None
) -> tuple[Fact, ...]:
    """The facts of a folder; none where it has no `facts.csv`. Sources that are not there go to `missing`."""
    missing = missing or Missing(sources)
    if not (folder / NAME).exists():
        return ()
    facts: dict[tuple[str, str, str], Fact] = {}
    for row in rows_of(folder / NAME, NEEDED, OPTIONAL, problems):
        fact = _fact(row, sources, missing, problems)
        if fact is None:
            continue
        if fact.key in facts:
            first = facts[fact.key].at.line
            found = "the fact {1!r} of {0!r} for {2} again".format(*fact.key)
            problems.append(row.problem("indicator", found, f"each fact once; the first is in line {first}"))
        else:
            facts[fact.key] = fact
    return tuple(facts.values())


def _fact(row: Row, sources: Mapping[str, Source], missing: Missing, problems: list[Problem]) -> Fact | None:
    before = len(problems)
    for name in ("place", "indicator"):
        if not _NAME.fullmatch(row[name]):
            problems.append(row.problem(name, f"the {name} {row[name]!r}", "letters, digits, `_`, `.` and `-`"))
    value, low, high = (_number(row, name, problems) for name in ("value", "low", "high"))
    if len(problems) == before:
        problems += _range(row, value, low, high)
    if row["flag"] not in FLAGS:
        problems.append(row.problem("flag", f"the flag {row['flag']!r}", suggestion(row["flag"], FLAGS[1:])))
    price_year = _price_year(row, problems)
    date = date_in(row, "date", problems)
    if date is None and len(problems) == before:
        problems.append(row.problem("date", "no date", "a day, month or year, as 2025-03-18, 2025-03 or 2025"))
    names = tuple(name.strip() for name in row["source_id"].split(";") if name.strip())
    missing.cited(names, lambda found, expected: row.problem("source_id", found, expected, severity="warning"))
    known = _known(row, [sources[name] for name in names if name in sources], date, problems)
    if len(problems) > before or date is None:
        return None
    return Fact(
        place=row["place"],
        indicator=row["indicator"],
        date=date,
        value=value,
        low=low,
        high=high,
        unit=row["unit"],
        price_year=price_year,
        flag=row["flag"],
        sources=names,
        known=known,
        note=row["note"],
        at=Place(row.file, row.line, row.column("place"), "place"),
    )


def _number(row: Row, name: str, problems: list[Problem]) -> float | None:
    text = row[name]
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:
        problems.append(row.problem(name, f"{text!r}", "a number, with a point and without commas"))
        return None
    return number


def _range(row: Row, value: float | None, low: float | None, high: float | None) -> list[Problem]:
    if value is None and low is None and high is None:
        return [row.problem("value", "neither a value nor a bound", "a number in value, low or high")]
    given = [number for number in (low, value, high) if number is not None]
    if given != sorted(given):
        return [row.problem("value", f"low {row['low']}, value {row['value']}, high {row['high']}", "them in order")]
    return []


def _price_year(row: Row, problems: list[Problem]) -> int | None:
    if not row["unit"]:
        problems.append(row.problem("unit", "no unit", "a unit, as `EUR`, `km`, `persons`; `1` for a bare number"))
    text, money = row["price_year"], holds_money(row["unit"])
    if text and not re.fullmatch(r"[12]\d{3}", text):
        problems.append(row.problem("price_year", f"{text!r}", "a year, as 2024"))
    elif money and not text:
        found = f"an amount in {row['unit']} without the year of its prices"
        problems.append(row.problem("price_year", found, "the year: of the date for current prices"))
    elif text and not money:
        problems.append(row.problem("price_year", f"a price year for {row['unit']!r}", "none; it is not money"))
    return int(text) if text.isdigit() else None


def _known(row: Row, sources: list[Source], done: When | None, problems: list[Problem]) -> Known:
    since, because = stated_in(row, problems)
    return derived(sources, done) if not row["known_from"] else stated(since, because)
