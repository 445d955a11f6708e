"""Reads the sections of a treaty's YAML files value by value, and gathers what is wrong with each at its place.

A section answers every question with a value of the right kind, so that the whole document is looked at in one pass;
where a value was wrong the answer is a stand-in, and `Notes.problems` says so. Nothing is used that has problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assay.documents.locate import Locator, Path
from assay.documents.tree import describe
from assay.errors import Problem, suggestion
from assay.law.days import Day, parse_date, parse_day
from assay.law.states import near, states


@dataclass(slots=True)
class Notes:
    """What is wrong with a document, gathered while it is read."""

    locator: Locator
    problems: list[Problem] = field(default_factory=list)

    def note(self, path: Path, found: str, expected: str, *, key: bool = False) -> None:
        """One more problem, with the value at `path` or with its key."""
        self.problems.append(self.locator.problem(path, found, expected, key=key))


class Section:
    """A mapping of a document. Keys that nobody asked for are unknown keys: `done` reports them."""

    def __init__(self, data: Any, path: Path, notes: Notes) -> None:
        self.path = path
        self.notes = notes
        self.asked: list[str] = []
        if not isinstance(data, dict):
            notes.note(path, describe(data), "a mapping of keys and values")
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}

    def at(self, key: str) -> Path:
        """Where the value of a key stands."""
        return (*self.path, key)

    def has(self, key: str) -> bool:
        """Whether the section has a key with a value."""
        self.asked.append(key)
        return self.data.get(key) is not None

    def passed(self, *keys: str) -> None:
        """Keys that are allowed and read elsewhere, or are for human readers alone."""
        self.asked.extend(keys)

    def wrong(self, key: str, found: str, expected: str) -> None:
        """Notes a problem with the value of a key."""
        self.notes.note(self.at(key), found, expected)

    def text(self, key: str, default: str | None = None) -> str:
        """Text; a number is taken as text, for articles."""
        if not self.has(key):
            if default is None:
                self.notes.note(self.at(key), f"the key {key!r} is missing", "it is required")
            return default or ""
        value = self.data[key]
        if isinstance(value, bool | dict | list):
            self.wrong(key, describe(value), "text; put it in quotes where YAML reads it otherwise")
            return ""
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text; empty where the key is missing."""
        if not self.has(key):
            return ()
        value = self.data[key]
        values = value if isinstance(value, list) else [value]
        for index, item in enumerate(values):
            if isinstance(item, bool | dict | list) or item is None:
                self.notes.note((*self.at(key), index), describe(item), "text")
        return tuple(str(item) for item in values)

    def number(self, key: str, default: int = 0, most: int = 10_000) -> int:
        """A whole number from 0 to the most."""
        if not self.has(key):
            return default
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.wrong(key, describe(value), f"a whole number from 0 to {most:,}")
            return default
        return value

    def truth(self, key: str, default: bool) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        if not isinstance(self.data[key], bool):
            self.wrong(key, describe(self.data[key]), "true or false")
            return default
        return bool(self.data[key])

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One word of several."""
        found = self.text(key, default)
        if found not in options:
            self.wrong(key, repr(found), f"one of {', '.join(options)}")
            return default
        return found

    def day(self, key: str) -> Day | None:
        """A day as far as it is known; None where the key is missing."""
        if not self.has(key):
            return None
        try:
            return parse_day(str(self.data[key]))
        except ValueError as error:
            found, _, expected = str(error).partition("; ")
            self.wrong(key, found, expected)
            return None

    def date(self, key: str) -> date | None:
        """One day; None where the key is missing."""
        if not self.has(key):
            return None
        try:
            return parse_date(str(self.data[key]))
        except ValueError as error:
            found, _, expected = str(error).partition("; ")
            self.wrong(key, found, expected)
            return None

    def states(self, key: str) -> tuple[str, ...]:
        """A list of states by their three letters."""
        found = self.texts(key)
        for index, name in enumerate(found):
            if name not in states():
                self.notes.note((*self.at(key), index), f"{name!r}, which is no state's three letters", near(name))
        return found

    def section(self, key: str) -> Section | None:
        """The mapping under a key; None where the key is missing."""
        return Section(self.data[key], self.at(key), self.notes) if self.has(key) else None

    def sections(self, key: str) -> list[Section]:
        """The mappings in the list under a key; empty where the key is missing."""
        if not self.has(key):
            return []
        value = self.data[key]
        if not isinstance(value, list):
            self.wrong(key, describe(value), "a list of mappings")
            return []
        return [Section(item, (*self.at(key), index), self.notes) for index, item in enumerate(value)]

    def named(self, key: str) -> dict[str, list[Section]]:
        """Lists of mappings by name, under a key."""
        below = self.section(key)
        return {name: below.sections(name) for name in below.data} if below is not None else {}

    def done(self) -> None:
        """Notes every key that nobody asked for."""
        known = list(dict.fromkeys(self.asked))
        for key in self.data:
            if key not in known:
                free = [name for name in known if name not in self.data]
                hint = suggestion(key, free)
                expected = hint if hint.startswith("did you mean") else "allowed here: " + ", ".join(known)
                self.notes.note(self.at(key), f"an unknown key {key!r}", expected, key=True)


def check_sources(section: Section, key: str, known: Iterable[str] | None) -> tuple[str, ...]:
    """The ids of sources under a key, each of which `sources.csv` must have; None where that could not be read."""
    found = section.texts(key)
    for index, source in enumerate(found):
        if known is not None and source not in known:
            path = (*section.at(key), index) if isinstance(section.data.get(key), list) else section.at(key)
            section.notes.note(
                path, f"an unknown source {source!r}", suggestion(source, known) or "a row of sources.csv"
            )
    return found
