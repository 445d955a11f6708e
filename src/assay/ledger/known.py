"""What of a ledger could be known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assay.ledger.claim import Claim, Point
from assay.ledger.ledger import Ledger


def known(ledger: Ledger, day: date) -> Ledger:
    """The ledger without the facts and evidence that could only be known later, or whose day is uncertain.

    Checks stay: each says since when its answer could be known. Sources stay too, since a source may be a later copy.
    """
    facts = tuple(fact for fact in ledger.facts if fact.known.by(day))
    return replace(ledger, facts=facts, claims=tuple(_claim(claim, day) for claim in ledger.claims))


def _claim(claim: Claim, day: date) -> Claim:
    return replace(claim, points=tuple(_point(point, day) for point in claim.points))


def _point(point: Point, day: date) -> Point:
    return replace(point, items=tuple(item for item in point.items if item.known.by(day)))
