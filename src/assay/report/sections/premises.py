"""Whether a claim's premises do any work: it holds oftener where they hold, or it does not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from assay.assumptions.intervals import wilson
from assay.case.claims import Claim
from assay.claims.premises import Premise as Work
from assay.claims.verdict import Share
from assay.report.numbers import share, whole
from assay.report.tables import Table
from assay.report.view import Face, View
from assay.report.words import listed


@dataclass(frozen=True, slots=True)
class Premise:
    """What a premise does for a claim."""

    premise: str
    lines: list[str]
    """A sentence for each thing that it does, with the perspectives for which it does it."""
    table: Table


def premises(view: View, claim: Claim) -> list[Premise]:
    """The claim's premises, in the case's order."""
    found = view.run.premises
    if found.empty:
        return []
    rows = found[found["claim"] == claim.id]
    return [_premise(view, claim, str(name), rows[rows["premise"] == name]) for name in dict.fromkeys(rows["premise"])]


def _premise(view: View, claim: Claim, name: str, rows: pd.DataFrame) -> Premise:
    by_side = {str(row["perspective"]): row for row in rows.to_dict("records")}
    found: dict[str, list[tuple[Face, Work]]] = {}
    cells = []
    for face in view.faces:
        if face.key in by_side:
            work = _read(by_side[face.key])
            found.setdefault(done(work), []).append((face, work))
            counts = (work.draws_where, work.draws_where_not)
            cells.append(
                [
                    face.short,
                    _share(work.where, counts[0]),
                    whole(counts[0]),
                    _share(work.where_not, counts[1]),
                    whole(counts[1]),
                ]
            )
    head = ["Perspective", "Holds where the premise holds", "Draws", "Holds where it does not", "Draws"]
    lines = [_sentence(what, pairs) for what, pairs in found.items()]
    return Premise(name, lines, Table(f"{claim.id} and its premise {name}", head, cells))


def _read(row: dict[str, object]) -> Work:
    counts = int(str(row["draws_where"])), int(str(row["draws_where_not"]))
    shares = float(str(row["share_where"])), float(str(row["share_where_not"]))
    where, where_not = (
        Share(value, *wilson(round(value * count), count)) for value, count in zip(shares, counts, strict=True)
    )
    return Work(str(row["claim"]), str(row["premise"]), where, where_not, *counts)


def _share(found: Share, draws: int) -> str:
    return share(found.share) if draws else "–"


def done(work: Work) -> str:
    """What a premise does, no more certain than the draws are many."""
    if work.works is None:
        return "Too few draws tell"
    _, low, high = work.difference
    return "It does work" if low > 0 else "It works against the claim" if high < 0 else "It is not seen to do any work"


def _sentence(what: str, pairs: list[tuple[Face, Work]]) -> str:
    if what == "Too few draws tell":
        return f"{what} for {listed(face.mid for face, _ in pairs)}."
    shares = [(face, share(work.where.share), share(work.where_not.share)) for face, work in pairs]
    (face, one, other), *rest = shares
    named = [f"{face.mid} (the claim holds in {one} of the draws where the premise does, in {other} where not)"]
    return f"{what} for {listed([*named, *(f'{face.mid} ({one}, {other})' for face, one, other in rest)])}."
