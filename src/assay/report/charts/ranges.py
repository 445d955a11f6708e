"""The ranges of one assumption, a bar for each perspective on the scale of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.charts.scale import Scale
from assay.report.charts.svg import chart, pc, rule

ROW = 16


@dataclass(frozen=True, slots=True)
class Range:
    """A perspective's range, with the most likely value where it has one."""

    name: str
    low: float
    high: float
    mode: float | None
    said: str


def ranges(title: str, rows: Sequence[Range], log: bool) -> Markup:
    """The chart."""
    low, high = min(row.low for row in rows), max(row.high for row in rows)
    scale = Scale(low, high, log=log and low > 0)
    parts: list[Markup] = []
    for place, row in enumerate(rows):
        y = str(ROW * place + ROW / 2)
        parts.append(rule("0", y, "100%", y, "base"))
        left, right = scale(row.low), scale(row.high)
        if right - left < 0.01:
            left, right = max(0.0, left - 0.005), min(1.0, right + 0.005)
        parts.append(rule(pc(left), y, pc(right), y, "ra"))
        if row.mode is not None and row.high > row.low:
            at = pc(scale(row.mode))
            parts.append(rule(at, str(ROW * place + 4), at, str(ROW * place + 12), "rm"))
    desc = "; ".join(f"{row.name} {row.said}" for row in rows)
    return chart(title, f"{desc}.", ROW * len(rows), *parts)
