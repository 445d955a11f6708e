"""What everybody believes of somebody's type at the start, over the draws, against the analyst's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.charts.svg import chart, el, label, pc, rule
from assay.report.numbers import belief

ROW = 36
BAR = 9


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities that one observer gives a type, over the draws: quantiles at 5, 25, 50, 75 and 95%."""

    name: str
    low: float
    q25: float
    median: float
    q75: float
    high: float


def opinions(title: str, analyst: Opinion, others: Sequence[Opinion]) -> Markup:
    """The chart of one perspective: a row for the analyst, then one for each observer."""
    height = ROW * (1 + len(others))
    parts: list[Markup] = [rule(pc(x), "0", pc(x), str(height), "grid") for x in (0.0, 0.5, 1.0)]
    at = pc(analyst.median)
    parts.append(rule(at, str(ROW - 4), at, str(height), "thr dash"))
    for place, row in enumerate((analyst, *others)):
        parts += _row(row, ROW * place, own=place == 0)
    for x, text, anchor in ((0.0, "0", None), (0.5, "50", "middle"), (1.0, "100%", "end")):
        parts.append(label(text, pc(x), height + 15.0, "t", anchor))
    said = "; ".join(
        f"{row.name} {belief(row.median)} in the median draw, nine in ten draws {belief(row.low)} to {belief(row.high)}"
        for row in (analyst, *others)
    )
    return chart(title, f"{said}.", height + 18, *parts)


def _row(row: Opinion, top: float, own: bool) -> list[Markup]:
    y = top + 18.0
    median = pc(row.median)
    return [
        label(row.name, "0", top + 12.0, "t i halo" if own else "t halo"),
        label(belief(row.median), "100%", top + 12.0, "t b halo", "end"),
        rule("0", str(y + BAR / 2), "100%", str(y + BAR / 2), "base"),
        el("rect", class_="b90", x=pc(row.low), y=y, width=pc(max(row.high - row.low, 0.004)), height=BAR),
        el("rect", class_="b50", x=pc(row.q25), y=y, width=pc(max(row.q75 - row.q25, 0.004)), height=BAR),
        rule(median, str(y - 2), median, str(y + BAR + 2), "tick"),
    ]
