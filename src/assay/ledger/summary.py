"""A judged ledger as one JSON object with stable keys; more may be added."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from assay.errors import Problem
from assay.ledger.amount import Amount
from assay.ledger.knowledge import Known
from assay.ledger.ledger import Ledger
from assay.ledger.verdict import Judged, JudgedPoint, Reckoned, Shown, Worked, judge, reckon


def summary(ledger: Ledger, as_known: date | None = None, warnings: Iterable[Problem] = ()) -> dict[str, Any]:
    """What `assay facts --json` prints, without the case's name."""
    return {
        "as_known": _day(as_known),
        "dated": _day(ledger.day),
        "claims": [_claim(ledger, judged) for judged in judge(ledger, as_known)],
        "figures": [_figure(reckoned) for reckoned in reckon(ledger, as_known)],
        "elsewhere": dict(ledger.elsewhere),
        "warnings": [warning.as_json() for warning in warnings],
    }


def _claim(ledger: Ledger, judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    return {
        "id": claim.id,
        "kind": claim.kind,
        "quote": claim.quote,
        "says": claim.says,
        "verdict": judged.verdict,
        "then": judged.then,
        "now": judged.now,
        "unsure": judged.unsure,
        "for": [_item(ledger, item) for item in judged.evidence if item.side == "for"],
        "against": [_item(ledger, item) for item in judged.evidence if item.side == "against"],
        "computed": [_worked(worked) for worked in judged.computed],
        "points": [_point(point) for point in judged.points],
        "relevance": claim.relevance,
        "note": claim.note,
    }


def _point(judged: JudgedPoint) -> dict[str, Any]:
    return {"says": judged.point.says, "detail": judged.point.detail, "verdict": judged.verdict}


def _item(ledger: Ledger, item: Shown) -> dict[str, Any]:
    source = ledger.source(item.source)
    return {
        "note": item.note,
        "weight": item.weight,
        "counts": item.counts,
        **_known(item.known),
        "source": source.as_json(),
    }


def _worked(worked: Worked) -> dict[str, Any]:
    result = worked.result
    return {
        "side": worked.side or None,
        "holds": result.holds,
        "shown": result.shown,
        "weight": worked.weight,
        "counts": worked.counts,
        "note": worked.note,
        **_known(result.known),
        "sources": list(result.sources),
        "contested": list(result.contested),
        "notes": list(result.notes),
        "amount": _amount(result.amount),
    }


def _figure(reckoned: Reckoned) -> dict[str, Any]:
    figure, result = reckoned.figure, reckoned.result
    return {
        "id": figure.id,
        "says": figure.says,
        "shown": result.shown if result else None,
        "holds": result.holds if result else None,
        "amount": _amount(result.amount) if result else None,
        "unknown": figure.unknown or None,
        "counts": reckoned.counts,
        **(_known(result.known) if result else {"known_from": None, "known": "unknown"}),
        "sources": list(result.sources) if result else [],
        "note": figure.note,
        "claims": list(figure.claims),
    }


def _known(known: Known) -> dict[str, Any]:
    """`known_from`: the first day from which it certainly could be known; `known`: the same as it is stated."""
    certain = known.since.last if known.since else None
    return {
        "known_from": None if certain in (None, date.min) else _day(certain),
        "known": str(known),
        "basis": known.basis,
        "known_because": known.because,
    }


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    low, high = (end if math.isfinite(end) else None for end in (amount.low, amount.high))
    years = sorted(amount.price_years)
    return {"value": amount.value, "low": low, "high": high, "unit": amount.unit, "price_years": years}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
