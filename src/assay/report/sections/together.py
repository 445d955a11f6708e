"""Section: whether an author's claims hold together, and what their premises do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from assay.case.claims import Claim
from assay.report.charts.staircase import step
from assay.report.findings import all_of_them
from assay.report.numbers import share
from assay.report.sections.premises import Premise, premises
from assay.report.view import Bools, Face, View
from assay.report.words import initial, listed, some, verb


@dataclass(frozen=True, slots=True)
class Stair:
    """One test of an author's."""

    claim: Claim
    alone: str
    chart: Markup | None
    together: str
    without: str


@dataclass(frozen=True, slots=True)
class Stairs:
    """The tests of one author under that author's own assumptions."""

    face: Face
    lead: str
    read: str
    """How the hedge words are read in the staircase: strictly or loosely."""
    steps: list[Stair]


@dataclass(frozen=True, slots=True)
class Together:
    """The section."""

    headline: str
    authors: list[Stairs]
    premises: list[tuple[Claim, list[Premise]]]


def together(view: View) -> Together:
    """The staircases of every author, and the premises of every claim that names any."""
    authors = [
        _stairs(view, view.face(key), found) for key, found in view.run.consistency.items() if found.get("alone")
    ]
    named = [(claim, found) for claim in view.tests if (found := premises(view, claim))]
    return Together(_headline(view, authors), authors, named)


def _stairs(view: View, face: Face, found: Mapping[str, Any]) -> Stairs:
    """The staircase of the strict reading; of the loose one where the strict ends at nought and the run has both."""
    ending = "_loose" if float(found["strict"]) == 0 and found.get("together_loose") else ""
    alone, without = found[f"alone{ending}"], found.get(f"without{ending}", {})
    claims = [claim for claim in view.case.claims if claim.id in alone]
    left = found.get(f"together{ending}") or _cumulative(view, face, claims)
    steps, before = [], 1.0
    for claim in claims:
        after = left.get(claim.id)
        chart = None if after is None else step(claim.id, before, after)
        steps.append(Stair(claim, share(alone[claim.id]), chart, share(after), share(without.get(claim.id))))
        before = before if after is None else after
    return Stairs(face, _lead(view, face, found, claims), "loosely" if ending else "strictly", steps)


def _cumulative(view: View, face: Face, claims: list[Claim]) -> dict[str, float]:
    """The share of draws left after each test, strict reading; a vacuous draw does not count against a claim."""
    left: Bools | None = None
    out: dict[str, float] = {}
    for claim in claims:
        truths = view.truths(claim.id, face.key)
        if not len(truths.draw) or (left is not None and len(left) != len(truths.draw)):
            continue
        stands = truths.strict | truths.vacuous
        left = stands if left is None else left & stands
        out[claim.id] = float(np.mean(left))
    return out


def _lead(view: View, face: Face, found: Mapping[str, Any], claims: list[Claim]) -> str:
    strict, loose = float(found["strict"]), float(found["loose"])
    every = all_of_them(len(claims), len(view.own(face.key)))
    text = f"Read strictly, {every} {_in(strict)} of {face.mid}; read loosely, {_in(loose)}."
    if strict == loose == 0:
        text = f"In no draw of {face.mid} do {every}, even read loosely."
    if len(claims) < len(view.own(face.key)):
        text += " Tests that are further readings of a sentence stay out."
    never = list(found.get("never") or ())
    if never:
        text += f" Read strictly, {listed(never)} {verb(len(never), 'holds', 'hold')} in no draw even alone."
    pair = found.get("pair")
    if pair:
        one, other = pair["claims"]
        text += f" Read strictly, the two that go together least are {one} and {other}: they hold in "
        text += f"{share(pair['alone'][one])} and {share(pair['alone'][other])} alone, "
        text += f"and together {_in(float(pair['together']))}."
    tension = _tension(found)
    if tension:
        best, gain = tension
        text += f" Without {best} it would be {share(gain)}, the largest share that leaving one out gives."
    return text


def _in(value: float) -> str:
    return "in every draw" if value == 1 else "in no draw" if value == 0 else f"in {share(value)} of the draws"


def _tension(found: Mapping[str, Any]) -> tuple[str, float] | None:
    """The claim whose leaving out helps most, where it helps by a point or more and no other helps as much."""
    ranked = sorted(found.get("without", {}).items(), key=lambda entry: -entry[1])
    if len(ranked) < 2 or ranked[0][1] - float(found["strict"]) < 0.01 or ranked[0][1] - ranked[1][1] < 1e-9:
        return None
    return str(ranked[0][0]), float(ranked[0][1])


def _headline(view: View, authors: list[Stairs]) -> str:
    parts = []
    for stairs in authors:
        found = view.run.consistency[stairs.face.key]
        strict, loose = float(found["strict"]), float(found["loose"])
        count = len(stairs.steps)
        name = stairs.face.mid
        every = all_of_them(count, len(view.own(stairs.face.key)))
        if count == 1:
            parts.append(f"the one test of {name} holds in {share(strict)} of that party’s draws")
        elif loose == 0:
            parts.append(f"in no draw of {name} do {every}")
        elif strict == 0:
            parts.append(f"read strictly, {every} in no draw of {name}; read loosely, in {share(loose)}")
        else:
            parts.append(f"{every} in {share(strict)} of the draws of {name}")
    if not parts:
        return "What the premises do"
    return initial(parts[0]) + (f"; {some(parts[1:], 1)}" if len(parts) > 1 else "")
