"""The hinges of a claim as one table: a row for each assumption, a column for each perspective."""

from __future__ import annotations

from dataclasses import dataclass

from assay.case.claims import Claim
from assay.explore.hinge import Hinge
from assay.report.numbers import plain, share
from assay.report.view import View
from assay.report.wording import unit_words
from assay.report.words import listed

MOST = 4
"""Hinges shown of each perspective."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What turns on an assumption for one perspective; empty where it is no hinge."""

    shares: str
    """The share of draws in which the claim holds below the turn and above it."""
    turn: str
    first: bool


@dataclass(frozen=True, slots=True)
class Hinges:
    """The table."""

    heads: list[str]
    rows: list[tuple[str, list[Cell]]]
    loose: str
    """The perspectives whose hinges are those of the loose reading."""


_NONE = Cell("", "", False)


def hinges(view: View, claim: Claim) -> Hinges | None:
    """The strongest hinges, those first that come first for some perspective; None where there are none."""
    faces = [face for face, _ in view.verdicts(claim.id) if view.hinges(claim.id, face.key)]
    found = {face.key: view.hinges(claim.id, face.key)[:MOST] for face in faces}
    if not faces:
        return None
    places: dict[str, list[int]] = {}
    for listed_ in found.values():
        for place, hinge in enumerate(listed_):
            places.setdefault(hinge.assumption, []).append(place)
    ordered = sorted(places, key=lambda name: (min(places[name]), -len(places[name])))
    rows = []
    for name in ordered:
        cells = [next((_cell(h, h is of[0]) for h in of if h.assumption == name), _NONE) for of in found.values()]
        unit = unit_words(view.unit(name))
        rows.append((f"{view.meaning(name)} ({unit})" if unit else view.meaning(name), cells))
    loose = [face.mid for face in faces if view.turning(claim.id, face.key)[1] == "loose"]
    return Hinges([face.short for face in faces], rows, listed(loose))


def _cell(hinge: Hinge, first: bool) -> Cell:
    if hinge.category:
        return Cell(f"{share(hinge.high)}, else {share(hinge.low)}", f"if {hinge.category.replace('_', ' ')}", first)
    return Cell(f"{share(hinge.low)} → {share(hinge.high)}", f"at {plain(hinge.turn, 2)}", first)
