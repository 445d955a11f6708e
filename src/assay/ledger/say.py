"""Amounts, dates and comparisons in words, for the computation that is shown beside a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from assay.ledger.amount import Amount
from assay.ledger.check import Comparison
from assay.ledger.units import is_money
from assay.ledger.when import When

_POINTS = "points"
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def figure(value: float) -> str:
    """A number with four significant digits at most, and thousands set off."""
    if not math.isfinite(value):
        return "unknown"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def percent(share: float) -> str:
    """A share in percent, three significant digits."""
    return f"{100 * share:.3g}%" if math.isfinite(share) else "unknown"


def amount(found: Amount, word: str = "") -> str:
    """An amount with its unit; its range in brackets where it has one.

    `word` `share` or `growth` puts it in percent; `difference` has percentages differ by points.
    """
    unit = _POINTS if word == "difference" and found.unit.startswith("percent") else found.unit
    as_percent = word in ("share", "growth")
    middle = _one(found.value, unit, as_percent) if found.value is not None else ""
    if found.low == found.high:
        return middle
    ends = f"{_bound(found.low, unit, as_percent)} to {_bound(found.high, unit, as_percent)}"
    if not math.isfinite(found.low):
        ends = f"at most {_bound(found.high, unit, as_percent)}"
    elif not math.isfinite(found.high):
        ends = f"at least {_bound(found.low, unit, as_percent)}"
    if middle:
        return f"{middle} ({ends})"
    return ends if as_percent or unit == "1" or is_money(unit.split(" per ")[0]) else f"{ends} {unit}"


def _one(value: float, unit: str, as_percent: bool) -> str:
    if as_percent:
        return percent(value)
    if is_money(unit.split(" per ")[0]):
        return money(value, unit)
    if unit.startswith("percent"):
        return f"{figure(value)}%{unit.removeprefix('percent')}"
    if unit == _POINTS:
        return _points(value)
    return figure(value) if unit == "1" else f"{figure(value)} {unit}"


def _points(value: float) -> str:
    return f"{figure(value)} {'point' if abs(value) == 1 else _POINTS}"


def _bound(value: float, unit: str, as_percent: bool) -> str:
    if as_percent:
        return percent(value)
    if is_money(unit.split(" per ")[0]):
        return money(value, unit)
    return f"{figure(value)}%" if unit.startswith("percent") else figure(value)


def money(value: float, unit: str) -> str:
    """`USD 2.55bn`; `PLN 273.5 per persons` becomes `PLN 273.5 per person`."""
    currency, _, per = unit.partition(" per ")
    tail = f" per {per.removesuffix('s') if per == 'persons' else per}" if per else ""
    for scale, word in _SCALES:
        if abs(value) >= scale and math.isfinite(value):
            return f"{currency} {figure(value / scale)}{word}{tail}"
    return f"{currency} {figure(value)}{tail}"


def rate(found: Amount) -> str:
    """A rate of exchange, as `1.085 USD per EUR`."""
    return f"{figure(found.value)} {found.unit}" if found.value is not None else f"a range of {found.unit}"


def dated(words: str, when: When) -> str:
    """A date with what it is of in brackets."""
    return f"{when} ({words})" if words else str(when)


def comparison(asked: Comparison, word: str = "", unit: str = "") -> str:
    """What an answer is compared with, in words; the difference of percentages with points."""
    if asked.words:
        return f"{asked.word} {' or '.join(asked.words)}"
    as_percent = word in ("share", "growth")
    if word == "difference" and unit.startswith("percent"):
        shown = [_points(number) for number in asked.numbers]
    else:
        shown = [_bound(number, unit, as_percent) for number in asked.numbers]
    if asked.word == "between":
        return f"between {shown[0]} and {shown[1]}"
    if asked.word == "about":
        return f"about {shown[0]}, give or take {shown[1]}"
    return f"{asked.word} {shown[0]}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def day(found: date) -> str:
    """A day as `18 March 2025`."""
    return f"{found.day} {found:%B} {found.year}"
