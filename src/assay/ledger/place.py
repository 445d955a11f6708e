"""Where something stands in a file."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands: the first four fields of an `assay.errors.Problem`."""

    file: str
    """As the user named it."""
    line: int
    """Counted from 1."""
    column: int
    path: str
    """Where in the document, as `claims[3].points[0]`; in a table the column."""
