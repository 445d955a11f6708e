"""Days, months and years as sources state them: a date with less than a day stays so, as the span it covers."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNDATED = ("n.d.", "undated", "unknown")


class DateError(ValueError):
    """A date that cannot be read: what was found, what is expected."""

    def __init__(self, found: str) -> None:
        self.found = found
        self.expected = "a day, month or year, as 2025-03-18, 2025-03 or 2025"
        super().__init__(f"{found}; {self.expected}")


@dataclass(frozen=True, slots=True)
class When:
    """A day, a month or a year."""

    first: date
    """Its first day."""
    last: date
    """Its last day."""

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`; `span` where it was narrowed to less than a month or year."""
        if self.first == self.last:
            return "day"
        if self == _month(self.first.year, self.first.month):
            return "month"
        return "year" if self == _year(self.first.year) else "span"

    def __str__(self) -> str:
        iso = self.first.isoformat()
        if self.precision == "span":
            return f"{iso} to {self.last.isoformat()}"
        return iso[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    def by(self, day: date) -> bool | None:
        """Whether it had come by the end of a day; None where the day falls into its span before the last day."""
        if self.last <= day:
            return True
        return None if self.first <= day else False


EVER = When(date.min, date.min)
"""Before anything that could be on trial."""


def on(day: date) -> When:
    """A day."""
    return When(day, day)


def later(*whens: When) -> When:
    """The span in which the last of several came about."""
    return When(max(when.first for when in whens), max(when.last for when in whens))


def when(text: str) -> When | None:
    """A date as text; None for one that a source does not have (`n.d.`, `undated`, empty). Raises `DateError`."""
    text = text.strip()
    if not text or text.lower().startswith(_UNDATED):
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(f"{text!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return _year(year)
        return _month(year, month) if day is None else on(date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        raise DateError(f"{text!r}, which no calendar has") from None


def _year(year: int) -> When:
    return When(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> When:
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
