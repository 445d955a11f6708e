"""What a well-shaped case may still get wrong: every check, each with all of its problems."""

from __future__ import annotations

from collections.abc import Iterator

from assay.case.locate import Locator, Path
from assay.case.model import Case
from assay.errors import Problem


def check(case: Case, locator: Locator) -> Iterator[tuple[Path, Problem]]:
    """Every problem and warning of a well-shaped case, with the path it stands at."""
    yield from ()
