"""Section: whether an author's claims hold together, and what their premises do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from assay.case.claims import Claim
from assay.report.charts.staircase import step
from assay.report.numbers import counted, share
from assay.report.sections.premises import Premise, premises
from assay.report.view import Bools, Face, View
from assay.report.words import initial, some


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
    alone, without = found["alone"], found.get("without", {})
    claims = [claim for claim in view.case.claims if claim.id in alone]
    left = found.get("together") or _cumulative(view, face, claims)
    steps, before = [], 1.0
    for claim in claims:
        after = left.get(claim.id)
        chart = None if after is None else step(claim.id, before, after)
        steps.append(Stair(claim, share(alone[claim.id]), chart, share(after), share(without.get(claim.id))))
        before = before if after is None else after
    return Stairs(face, _lead(face, found, claims), steps)


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


def _lead(face: Face, found: Mapping[str, Any], claims: list[Claim]) -> str:
    strict, loose = float(found["strict"]), float(found["loose"])
    every = f"{'both' if len(claims) == 2 else f'all {counted(len(claims))}'} tests hold"
    text = f"Read strictly, {every} {_in(strict)} of {face.mid}; read loosely, {_in(loose)}."
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
        every = "both" if count == 2 else f"all {counted(count)}"
        if count == 1:
            parts.append(f"the one test of {stairs.face.mid} holds in {share(strict)} of that party’s draws")
        elif loose == 0:
            parts.append(f"in no draw of {stairs.face.mid} do {every} tests hold together")
        else:
            parts.append(f"{every} tests of {stairs.face.mid} hold together in {share(strict)} of that party’s draws")
    if not parts:
        return "What the premises do"
    return initial(parts[0]) + (f"; {some(parts[1:], 1)}" if len(parts) > 1 else "")
