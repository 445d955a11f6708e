"""Whether a claim's premises do any work: it holds oftener where they hold, or it does not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from assay.case.claims import Claim
from assay.report.numbers import share, whole
from assay.report.tables import Table
from assay.report.view import View
from assay.report.words import mid

FEW = 20
"""With fewer draws on a side than this nothing is said of a premise."""
WORK = 0.05
"""A difference of shares from which on a premise is said to do work."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What a premise does for a claim."""

    premise: str
    lines: list[str]
    table: Table


def premises(view: View, claim: Claim) -> list[Premise]:
    """The claim's premises, in the case's order."""
    found = view.run.premises
    if found.empty:
        return []
    rows = found[found["claim"] == claim.id]
    return [_premise(view, claim, str(name), rows[rows["premise"] == name]) for name in dict.fromkeys(rows["premise"])]


def _premise(view: View, claim: Claim, name: str, rows: pd.DataFrame) -> Premise:
    lines, cells = [], []
    for face in view.faces:
        for row in rows[rows["perspective"] == face.key].to_dict("records"):
            where, where_not = int(row["draws_where"]), int(row["draws_where_not"])
            yes, no = row["share_where"], row["share_where_not"]
            lines.append(f"For {face.mid} {work(yes, no, where, where_not)}.")
            cells.append([face.short, share(yes), whole(where), share(no), whole(where_not)])
    head = ["Perspective", "Holds where the premise holds", "Draws", "Holds where it does not", "Draws"]
    return Premise(name, lines, Table(f"{claim.id} and its premise {name}", head, cells))


def work(yes: float, no: float, where: int, where_not: int) -> str:
    """What the two shares say of a premise."""
    if min(where, where_not) < FEW:
        side = "holds" if where < FEW else "fails"
        count = where if where < FEW else where_not
        return f"too few draws tell: the premise {side} in {f'only {whole(count)}' if count else 'none'}"
    both = f"the claim holds in {share(yes)} of the draws where the premise does and in {share(no)} where it does not"
    if yes - no >= WORK:
        return f"it does work: {both}"
    if no - yes >= WORK:
        return f"it works against the claim: {both}"
    return f"it does no work: {both}"


def in_the_text(view: View, claim: Claim) -> str:
    """The premises as the author names them."""
    known = [view.by_id[name] for name in claim.because if name in view.by_id]
    return "; ".join(f"{premise.id}, {mid(premise.says)}" for premise in known)
