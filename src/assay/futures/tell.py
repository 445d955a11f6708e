"""Periods, keys and beliefs in words, for whoever tells a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assay.case.actors import Calendar
from assay.futures.history import Belief


def when_of(period: int, calendar: Calendar | None) -> str:
    """A period as a year, or as a year and month where periods are no whole years; a number without a calendar."""
    if calendar is None:
        return f"period {period + 1}"
    months = calendar.start.month - 1 + period * calendar.step_months
    first = date(calendar.start.year + months // 12, months % 12 + 1, 1)
    return str(first.year) if calendar.step_months % 12 == 0 else f"{first.year}-{first.month:02d}"


def said(name: str) -> str:
    """A key as words."""
    return name.replace("_", " ")


def opinion(belief: Belief, types: Sequence[str], names: Mapping[str, str]) -> str:
    """What a step says to an observer of an actor, of the type of which that says most."""
    change = [round(abs(after - before), 9) for before, after in zip(belief.before, belief.learnt, strict=True)]
    at = len(change) - 1 - change[::-1].index(max(change))
    who, whom = (names.get(key, said(key)) for key in (belief.observer, belief.about))
    now, before = likelihood(belief.learnt[at]), likelihood(belief.before[at])
    return f"{who} now thinks that {whom} is {said(types[at])} with probability {now}, before with {before}"


def likelihood(probability: float) -> str:
    """A probability in whole per cent, certainty kept for what is certain."""
    if 0 < probability < 0.005:
        return "below 1%"
    return "above 99%" if 0.995 <= probability < 1 else f"{probability:.0%}"
