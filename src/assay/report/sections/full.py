"""Section: each tested claim in full."""

from __future__ import annotations

from dataclasses import dataclass

from assay.case.claims import Claim
from assay.report.findings import widest
from assay.report.measures import measure
from assay.report.numbers import whole
from assay.report.remarks import Remark, in_full, in_short
from assay.report.sections.boxes import boxes
from assay.report.sections.distribution import Column, columns, table
from assay.report.sections.hinges import Hinges, hinges
from assay.report.sections.ledger import Row, row
from assay.report.sections.premises import Premise, premises
from assay.report.sections.reading import reading
from assay.report.sections.tales import Tale, tale
from assay.report.sections.turning import Turning, turning
from assay.report.tables import Table
from assay.report.view import View
from assay.report.wording import formulas, verdict_groups
from assay.report.words import initial, quoted, sentence


@dataclass(frozen=True, slots=True)
class Full:
    """One claim, opened."""

    claim: Claim
    headline: str
    by: str
    rows: list[Row]
    test: str
    formal: str
    """The test as generated, where the case has words of its own for it."""
    formulas: list[str]
    columns: list[Column]
    dots: str
    reading: list[str]
    numbers: Table | None
    turning: Turning | None
    hinges: Hinges | None
    boxes: list[tuple[str, str]]
    """Perspective, and the box where the claim fails in words."""
    premises: list[Premise]
    riders: list[Remark]
    short_riders: list[Remark]
    told: bool
    """Whether its futures are open: those of the claim on which the perspectives part most."""
    tales: list[Tale]


def full(view: View) -> list[Full]:
    """Every tested claim, in the text's order."""
    told = [claim for claim in view.tests if view.run.tales.get(claim.id)]
    first = max(told, key=lambda claim: widest(view, claim)[0], default=None)
    return [_full(view, claim, first) for claim in view.tests]


def _full(view: View, claim: Claim, first: Claim | None) -> Full:
    kind = measure(view.case, claim)
    return Full(
        claim=claim,
        headline=initial(verdict_groups(view, claim)),
        by=view.face(claim.by).mid,
        rows=[row(face, verdict) for face, verdict in view.verdicts(claim.id)],
        test=sentence(claim.test) if claim.test else view.test(claim),
        formal=view.test(claim).removeprefix(sentence(claim.test)).strip() if claim.test else "",
        formulas=formulas(claim),
        columns=columns(view, claim, kind),
        dots=_dot_note(view, claim),
        reading=reading(view, claim, kind),
        numbers=table(view, claim, kind),
        turning=turning(view, claim),
        hinges=hinges(view, claim),
        boxes=boxes(view, claim),
        premises=premises(view, claim),
        riders=in_full(view, claim),
        short_riders=in_short(view, claim),
        told=claim is first,
        tales=[tale(view, claim, told) for told in view.run.tales.get(claim.id, ())],
    )


def _dot_note(view: View, claim: Claim) -> str:
    sizes = sorted({len(view.truths(claim.id, face.key).draw) for face in view.faces} - {0})
    if not sizes:
        return ""
    if sizes[-1] <= 50:
        return "Each dot is a draw."
    return f"Each dot is 2% of {whole(sizes[-1]) if len(sizes) == 1 else 'the'} draws."


def headline(view: View) -> str:
    """What the section shows."""
    if len(view.tests) == 1:
        claim = view.tests[0]
        return f"{quoted(claim.quote) if claim.quote else claim.id}: {verdict_groups(view, claim)}"
    parted = [claim for claim in view.tests if len({v.word for _, v in view.verdicts(claim.id)}) > 1]
    if len(view.faces) < 2:
        return "What each verdict turns on"
    if not parted:
        return "Every test has the same verdict under every perspective"
    return f"What each verdict turns on, and where {len(parted)} of {len(view.tests)} part with the perspective"
