"""A value of a YAML document that knows its place, and is asked for what is expected of it.

What is not there or not so becomes a problem, gathered in one list; the caller goes on with something harmless, so
that all of a document is checked in one pass.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from assay.documents.locate import Locator, Path
from assay.documents.tree import compose, decode, describe, read_bytes
from assay.errors import InputError, Problem, suggestion
from assay.ledger.place import Place
from assay.ledger.when import DateError, When, when

_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place."""

    value: Any
    locator: Locator
    path: Path
    problems: list[Problem] = field(compare=False)
    """Where problems are gathered."""

    def __getitem__(self, step: str | int) -> Node:
        """A value below, by key or by index."""
        return Node(self.value[step], self.locator, (*self.path, step), self.problems)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    @property
    def at(self) -> Place:
        """Where it stands."""
        problem = self.locator.problem(self.path, "", "")
        return Place(problem.file, problem.line or 1, problem.column or 1, problem.path)

    def note(self, found: str, expected: str, *, key: bool = False) -> None:
        """Gathers a problem with this value, or with its key."""
        self.problems.append(self.locator.problem(self.path, found, expected, key=key))

    def warning(self, found: str, expected: str) -> Problem:
        """A doubt about this value, which is not gathered here."""
        return self.locator.problem(self.path, found, expected, severity="warning")

    def mapping(self, required: Collection[str], optional: Collection[str] = ()) -> bool:
        """Whether this is a mapping that has the keys it needs; unknown and missing keys are told."""
        allowed = [*required, *optional]
        if not isinstance(self.value, dict):
            self.note(describe(self.value), "a mapping with " + ", ".join(allowed))
            return False
        for name in self.value:
            if name not in allowed:
                self[name].note(f"an unknown key {name!r}", suggestion(name, allowed), key=True)
        missing = [name for name in required if name not in self.value]
        for name in missing:
            self.note(f"no {name!r}", "keys: " + ", ".join(allowed))
        return not missing

    def listed(self) -> list[Node]:
        """The items of a list; a single value stands for a list of one, nothing for none."""
        if isinstance(self.value, list):
            return [self[index] for index in range(len(self.value))]
        return [] if self.value is None else [self]

    def text(self) -> str:
        """Text, or a number as it would be written; else empty."""
        if isinstance(self.value, bool | dict | list) or self.value is None:
            self.note(describe(self.value), "text")
            return ""
        return str(self.value).strip()

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.listed())

    def number(self) -> float:
        """A number; else zero."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return float(self.value)
        self.note(describe(self.value), "a number")
        return 0.0

    def yes(self) -> bool:
        """`yes` or `no`; else no."""
        word = str(self.value).lower()
        if word not in _TRUTHS:
            self.note(describe(self.value), "`yes` or `no`")
        return _TRUTHS.get(word, False)

    def choice(self, words: Collection[str], what: str) -> str:
        """One of some words; else the first of them."""
        found = self.text()
        if found and found not in words:
            self.note(f"{what} {found!r}", suggestion(found, words))
        return found if found in words else next(iter(words))

    def date(self) -> When | None:
        """A day, month or year; else None."""
        try:
            found = when(self.text())
        except DateError as error:
            self.note(error.found, error.expected)
            return None
        if found is None:
            self.note(describe(self.value), DateError("").expected)
        return found

    def day(self) -> When | None:
        """A whole day; else None."""
        found = self.date()
        if found is not None and found.precision != "day":
            self.note(describe(self.value), "a whole day, as 2025-03-18")
            return None
        return found


def read_document(path: FilePath, problems: list[Problem]) -> Node | None:
    """The mapping in a YAML file; None where it cannot be read, with the reasons among the problems."""
    name = str(path)
    try:
        data, locator = compose(decode(read_bytes(path, name, what="a file of factual claims"), name), name)
    except InputError as error:
        problems += error.problems
        return None
    return Node(data, locator, (), problems)
