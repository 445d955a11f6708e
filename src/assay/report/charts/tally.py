"""How many sources speak for a proposition, discs, and how many against, triangles."""

from __future__ import annotations

from markupsafe import Markup

from assay.report.charts.svg import chart, el

STEP = 11
MOST = 8


def tally(support: int, doubt: int, when: str) -> Markup:
    """The chart; empty where there is nothing to count."""
    if support + doubt == 0:
        return Markup()
    shown, less = min(support, MOST), min(doubt, MOST)
    parts = [el("circle", class_="holds dot", cx=float(6 + STEP * place), cy=8, r=4.2) for place in range(shown)]
    start = 6 + STEP * shown + (4 if shown else 0)
    triangles = [el("use", href="#tri", x=float(start + STEP * place), y=8) for place in range(less)]
    parts.append(el("g", *triangles, class_="fails"))
    return chart(f"{support} for, {doubt} against", f"{support} for and {doubt} against, {when}.", 16, *parts)
