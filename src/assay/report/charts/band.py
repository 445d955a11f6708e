"""The reading band of one verdict: from the strict reading, a filled disc, to the loose one, an open disc."""

from __future__ import annotations

from markupsafe import Markup

from assay.claims.verdict import Verdict
from assay.report.charts.svg import chart, el, pc, rule
from assay.report.numbers import share
from assay.report.words import colour

ROW = 26


def band(verdict: Verdict, name: str) -> Markup:
    """One row of the ledger: zones below a fifth and above four fifths."""
    y = ROW / 2
    strict, loose = verdict.strict.share, verdict.loose.share
    grounds = [el("rect", class_="zone", x=x, y=0, width="20%", height=ROW) for x in ("0", "80%")]
    lines = [rule(pc(x), "0", pc(x), str(ROW), "grid") for x in (0.0, 0.2, 0.5, 0.8, 1.0)]
    shown = [
        rule(pc(strict), str(y), pc(loose), str(y), "band"),
        el("circle", class_="loose", cx=pc(loose), cy=y, r=4.6),
        el("circle", class_="strict", cx=pc(strict), cy=y, r=4.6),
    ]
    if verdict.draws == 0:
        shown = []
    title = f"{verdict.claim}, {name}: share of draws in which it holds"
    desc = f"{share(strict)} under the strict reading, {share(loose)} under the loose one: {verdict.word}."
    return chart(title, desc, ROW, *grounds, *lines, el("g", *shown, class_=colour(verdict.word)))
