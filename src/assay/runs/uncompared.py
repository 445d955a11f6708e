"""In how many of the audited draws a way of solving could not be compared with the run's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.runs.run import Run


def uncompared(run: Run) -> dict[str, dict[str, int]]:
    """Perspective to kind of rider to draws; only where there are any.

    Of several ways of one kind (grids, precisions) it is the one that leaves the most draws out.
    """
    found: dict[str, dict[str, int]] = {}
    for verdict in run.verdicts:
        for rider in verdict.riders:
            draws = _unsolved(rider.data)
            if draws:
                kinds = found.setdefault(verdict.perspective, {})
                kinds[rider.kind] = max(draws, kinds.get(rider.kind, 0))
    return found


def _unsolved(data: Mapping[str, Any]) -> int:
    """The draws that were not solved both ways, from the numbers of a rider: one number, by precision, or by grid."""
    unsolved = data.get("unsolved", 0)
    each = unsolved.values() if isinstance(unsolved, Mapping) else [unsolved]
    return max([*each, *(_unsolved(grid) for grid in data.get("grids", ()))], default=0)
