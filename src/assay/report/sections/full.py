"""Section: each tested claim in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.case.claims import Claim
from assay.report.measures import measure
from assay.report.numbers import probability, whole
from assay.report.remarks import Remark, in_full
from assay.report.sections.distribution import Column, columns, table
from assay.report.sections.ledger import Row, row
from assay.report.sections.premises import Premise, premises
from assay.report.sections.reading import reading
from assay.report.sections.turning import Turning, turning
from assay.report.speech import in_words, move_words
from assay.report.tables import Table
from assay.report.view import View
from assay.report.wording import formulas, hinge_text, verdict_groups
from assay.report.words import initial, listed, mid, quoted, sentence


@dataclass(frozen=True, slots=True)
class HingeItem:
    """A hinge in the list beside the scatter."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Step:
    """A move of a told future."""

    when: str
    who: str
    move: str
    probability: str
    note: str


@dataclass(frozen=True, slots=True)
class Tale:
    """A concrete future in which the claim holds, or one in which it fails."""

    holds: bool
    title: str
    lead: str
    steps: list[Step]
    ending: str


@dataclass(frozen=True, slots=True)
class Full:
    """One claim, opened."""

    claim: Claim
    headline: str
    by: str
    rows: list[Row]
    test: str
    formulas: list[str]
    columns: list[Column]
    dots: str
    reading: list[str]
    numbers: Table | None
    turning: Turning | None
    hinges: list[tuple[str, list[HingeItem]]]
    premises: list[Premise]
    riders: list[Remark]
    tales: list[Tale]


def full(view: View) -> list[Full]:
    """Every tested claim, in the text's order."""
    return [_full(view, claim) for claim in view.tests]


def _full(view: View, claim: Claim) -> Full:
    kind = measure(view.case, claim)
    return Full(
        claim=claim,
        headline=initial(verdict_groups(view, claim)),
        by=view.face(claim.by).mid,
        rows=[row(face, verdict) for face, verdict in view.verdicts(claim.id)],
        test=in_words(view, claim),
        formulas=formulas(claim),
        columns=columns(view, claim, kind),
        dots=_dot_note(view, claim),
        reading=reading(view, claim, kind),
        numbers=table(view, claim, kind),
        turning=turning(view, claim),
        hinges=_hinges(view, claim),
        premises=premises(view, claim),
        riders=in_full(view, claim),
        tales=[_tale(view, tale) for tale in view.run.tales.get(claim.id, ())],
    )


def _dot_note(view: View, claim: Claim) -> str:
    sizes = sorted({len(view.truths(claim.id, face.key).draw) for face in view.faces} - {0})
    if not sizes:
        return ""
    if sizes[-1] <= 50:
        return "Each dot is a draw."
    return f"Each dot is 2% of {whole(sizes[-1]) if len(sizes) == 1 else 'the'} draws."


def _hinges(view: View, claim: Claim) -> list[tuple[str, list[HingeItem]]]:
    """The strongest hinges of every perspective, said once where perspectives have the same."""
    lists: dict[tuple[HingeItem, ...], list[str]] = {}
    for face, _ in view.verdicts(claim.id):
        found = view.hinges(claim.id, face.key)[:4]
        if found:
            items = tuple(HingeItem(view.meaning(hinge.assumption), hinge_text(view, hinge)) for hinge in found)
            lists.setdefault(items, []).append(face.mid)
    everybody = len(view.verdicts(claim.id))
    return [("" if len(names) == everybody else initial(listed(names)), list(items)) for items, names in lists.items()]


def _tale(view: View, tale: Mapping[str, Any]) -> Tale:
    face = view.face(str(tale["perspective"]))
    holds = bool(tale["holds"])
    chance = tale.get("probability")
    lead = f"A history of probability {probability(float(chance))} in this draw." if chance is not None else ""
    steps = [_step(view, step) for step in tale.get("steps", ())]
    title = f"Draw {whole(int(tale['draw']))} of {face.mid}: it {'holds' if holds else 'fails'}"
    return Tale(holds, title, lead, steps, _ending(view, tale.get("ending")))


def _step(view: View, step: Mapping[str, Any]) -> Step:
    key = str(step.get("actor") or "")
    actor = view.case.actors.get(key)
    chance = step.get("probability")
    return Step(
        str(step.get("when", "")),
        actor.name if actor else initial(_spaced(key)),
        move_words(view.case, key, str(step.get("stage") or ""), str(step.get("move", ""))),
        probability(float(chance)) if chance is not None else "",
        sentence(str(step["note"])) if step.get("note") else "",
    )


def _ending(view: View, ending: object) -> str:
    if not ending:
        return ""
    found = view.case.endings.get(str(ending))
    return sentence(found.means if found and found.means else _spaced(str(ending)))


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def headline(view: View) -> str:
    """What the section shows."""
    if len(view.tests) == 1:
        claim = view.tests[0]
        return f"{quoted(claim.quote) if claim.quote else claim.id} {mid(verdict_groups(view, claim))}"
    parted = [claim for claim in view.tests if len({v.word for _, v in view.verdicts(claim.id)}) > 1]
    if len(view.faces) < 2:
        return "What each verdict turns on"
    if not parted:
        return "Every test has the same verdict under every perspective"
    return f"What each verdict turns on, and where {len(parted)} of {len(view.tests)} part with the perspective"
