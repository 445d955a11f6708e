"""Where each value of a document stands, so that every problem can name a line and a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from assay.errors import Problem

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a document: keys and indexes from the top."""


@dataclass(slots=True)
class Place:
    """Where one value stands; lines and columns count from 1. Its children are places by key or by index."""

    line: int
    column: int
    key_line: int
    """Line of the key, or of the value where it has no key."""
    key_column: int
    indent: int | None = None
    """Characters from the column to the text itself (a quote), where the text stands as written on one line."""
    keys: dict[str, Place] = field(default_factory=dict)
    items: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Locator:
    """The places of a document's values. Another file's values (`sources.csv`) may be grafted in under a path."""

    file: str
    """The file as the user named it."""
    root: Place
    grafts: Mapping[Path, Locator] = field(default_factory=dict)
    """Sections of two steps (`sources`, id) that stand in another file."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful in the document, in its order."""

    def place(self, path: Path) -> tuple[Place, int]:
        """The place of the value at `path`, or of the nearest one above it, and how many steps of it were found."""
        here, steps = self.root, 0
        for step in path:
            below = _below(here, step)
            if below is None:
                break
            here, steps = below, steps + 1
        return here, steps

    def problem(
        self,
        path: str | Sequence[str | int],
        found: str,
        expected: str,
        offset: int | None = None,
        *,
        key: bool = False,
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem with the value at `path` (with its key, where `key`), `offset` characters into its text.

        The path may be text, as `spell` writes it. Where the document does not hold it, the nearest above it counts.
        """
        path = self.path(path) if isinstance(path, str) else tuple(path)
        other = self.grafts.get(path[:2])
        if other is not None:
            elsewhere = other.problem(path[2:], found, expected, offset, key=key, severity=severity)
            return replace(elsewhere, path=spell(path))
        place, steps = self.place(path)
        if key or (steps < len(path) and steps > 0):
            line, column = place.key_line, place.key_column
        else:
            line, column = place.line, place.column
        if offset is not None and steps == len(path) and place.indent is not None:
            column += place.indent + offset
        return Problem(self.file, line, column, spell(path), found, expected, severity)

    def path(self, text: str) -> Path:
        """The path that `spell` writes as `text`. Keys may hold dots and spaces, so the document's own keys decide."""
        path: list[str | int] = []
        here: Place | None = self.root
        while text:
            step, text = _first_step(text.removeprefix(".") if path else text, here)
            path.append(step)
            here = _below(here, step) if here is not None else None
        return tuple(path)


def _first_step(text: str, here: Place | None) -> tuple[str | int, str]:
    """The first step of a path and the text after it; the longest key of the document that fits is taken."""
    index = re.match(r"\[(\d+)\]", text)
    if index and (here is None or not here.keys):
        return int(index[1]), text[index.end() :]
    keys = [key for key in (here.keys if here is not None else ()) if _starts(text, key)]
    step = max(keys, key=len) if keys else re.split(r"[.\[]", text, maxsplit=1)[0]
    return step, text[len(step) :] if step else ""


def _starts(text: str, key: str) -> bool:
    return text.startswith(key) and text[len(key) : len(key) + 1] in ("", ".", "[")


def _below(place: Place, step: str | int) -> Place | None:
    if isinstance(step, int):
        return place.items[step] if 0 <= step < len(place.items) else None
    return place.keys.get(step)


def spell(path: Sequence[str | int]) -> str:
    """A path as it is printed: `claims[3].holds_if`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of the document, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.line or 0, problem.column or 0)))
