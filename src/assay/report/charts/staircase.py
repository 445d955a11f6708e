"""One step of the staircase: the draws that are left when one more test has to hold as well."""

from __future__ import annotations

from markupsafe import Markup

from assay.report.charts.svg import chart, el, label, pc
from assay.report.numbers import share

ROW = 22


def step(claim: str, before: float, after: float) -> Markup:
    """The bar after a test, with what it took away as an outline."""
    parts = [
        el("rect", class_="lost", x=0, y=4, width=pc(before), height=14),
        el("rect", class_="left", x=0, y=4, width=pc(after), height=14),
        label(share(after), pc(before), 15, "t b", None, 6),
    ]
    desc = f"{share(after)} of the draws are left; before it {share(before)}."
    return chart(f"{claim}: together with all before it", desc, ROW, *parts)
