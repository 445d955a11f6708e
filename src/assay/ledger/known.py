"""What of a ledger could be known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assay.ledger.check import Check
from assay.ledger.claim import Claim, Figure, Point
from assay.ledger.compute import compute
from assay.ledger.ledger import Ledger


def known(ledger: Ledger, day: date) -> Ledger:
    """The ledger as it could be known on a day.

    Facts, evidence, checks and figures that could only be known later are left out, and so are those whose day is
    uncertain; law is asked as known on the day. Sources stay, since a source may be a later copy of what was known.
    """
    day = min(day, ledger.as_known or day)
    facts = tuple(fact for fact in ledger.facts if fact.known.by(day))
    claims = tuple(_claim(ledger, claim, day) for claim in ledger.claims)
    figures = tuple(figure for figure in ledger.figures if _stays(ledger, figure, day))
    return replace(ledger, as_known=day, facts=facts, claims=claims, figures=figures)


def _claim(ledger: Ledger, claim: Claim, day: date) -> Claim:
    return replace(claim, points=tuple(_point(ledger, point, day) for point in claim.points))


def _point(ledger: Ledger, point: Point, day: date) -> Point:
    items = tuple(item for item in point.items if item.known.by(day))
    probes = tuple(probe for probe in point.probes if _answered(ledger, probe.check, day))
    return replace(point, items=items, probes=probes)


def _stays(ledger: Ledger, figure: Figure, day: date) -> bool:
    return figure.check is None or _answered(ledger, figure.check, day)


def _answered(ledger: Ledger, check: Check, day: date) -> bool:
    return bool(compute(check, ledger.fact, ledger.say, day).known.by(day))
