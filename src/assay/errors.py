"""What is wrong with an input, said to the person who wrote it.

A `Problem` says where, what was found, what was expected and what to try. All problems of an input are
collected and raised once, as an `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or, as a warning, doubtful) at one place of an input."""

    file: str
    """The file as the user named it."""
    line: int | None
    """Line, counted from 1; None where the problem has no single line."""
    column: int | None
    """Column, counted from 1."""
    path: str
    """Where in the document, as `claims[3].holds_if`; empty for the whole file."""
    found: str
    """What was found there, in words."""
    expected: str
    """What is allowed there, and what to try."""
    severity: str = "error"
    """`error` or `warning`."""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}:{self.column or 1}"
        where = f" ({self.path})" if self.path else ""
        prefix = "warning: " if self.severity == "warning" else ""
        return f"{place}{where}: {prefix}{self.found}; {self.expected}"

    def as_json(self) -> dict[str, Any]:
        """The problem as the object that `--json` prints."""
        keys = ("file", "line", "column", "path", "found", "expected")
        return {key: getattr(self, key) for key in keys}


class InputError(Exception):
    """The input is wrong. Carries every problem found, in the order of the document."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggestion(name: str, known: Iterable[str]) -> str:
    """`did you mean X?` for a misspelt name, else what is known, else an empty string."""
    candidates = list(known)
    near = get_close_matches(name, candidates, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if not candidates:
        return ""
    shown = ", ".join(sorted(candidates)[:8])
    more = ", ..." if len(candidates) > 8 else ""
    return f"known here: {shown}{more}"
