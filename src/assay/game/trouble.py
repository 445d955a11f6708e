"""Troubles of a structure: what is wrong, and where in the case; a locator adds file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from assay.case.model import Case
from assay.errors import InputError, Problem


class Locator(Protocol):
    """Finds the place of a path in the file that a case was read from."""

    def problem(
        self, path: str, found: str, expected: str, *, severity: Literal["error", "warning"] = "error"
    ) -> Problem:
        """The problem at `path`, with file, line and column."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a structure, at a path of the case."""

    path: str
    found: str
    expected: str


class StructureError(InputError):
    """The case cannot be unfolded. `troubles` are its problems before they were located."""

    def __init__(self, case: Case, troubles: tuple[Trouble, ...]) -> None:
        self.troubles = troubles
        super().__init__(Problem(case.title, None, None, each.path, each.found, each.expected) for each in troubles)
