"""A table as templates draw it: the text alternative of a chart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a caption; the first cell of a row is its header."""

    caption: str
    head: list[str]
    rows: list[list[str]]
