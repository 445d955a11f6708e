"""Periods and keys in words, for whoever tells a history."""

from __future__ import annotations

from datetime import date

from assay.case.actors import Calendar


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
