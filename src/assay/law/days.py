"""A day as far as it is known: the day itself, a month, a year, or bounds.

Written as `2025-08-20`, `2025-08`, `2025`, `2026-01-12/2026-11-22` (between), `/2023-06-10` (no later than). What is
only partly known stays so: nothing here picks a day within a month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

FORMS = "a day as 2025-08-20, a month as 2025-08, a year as 2025, bounds as 2026-01-12/2026-11-22, or /2023-06-10"
"""What a day may be written as, for messages."""
FIRST_YEAR, LAST_YEAR = 1600, 2500
"""Years of days that are read: clocks of a few centuries then stay within the calendar."""
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # not the locale's names: the same answer everywhere


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day between two days, both included; the same day twice where it is known."""

    first: date
    """The earliest that it can be; `date.min` where nothing is known."""
    last: date
    """The latest that it can be; `date.max` where no end is known: it may never come."""

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    @property
    def open(self) -> bool:
        """Whether it may never come, as far as is known."""
        return self.last == date.max

    def moved(self, clock: Callable[[date], date]) -> Day:
        """The day that a clock makes of this one; clocks keep the order of days, so the bounds suffice."""
        first = self.first if self.first == date.min else clock(self.first)
        return Day(first, self.last if self.open else clock(self.last))

    def __str__(self) -> str:
        """As it is written in a table."""
        if self.exact:
            return self.first.isoformat()
        if self.open:
            return f"{self.first.isoformat()}/"
        for part in (self.last.isoformat()[:7], self.last.isoformat()[:4]):
            if parse_day(part) == self:
                return part
        return f"{'' if self.first == date.min else self.first.isoformat()}/{self.last.isoformat()}"


def on(day: date) -> Day:
    """A day that is known."""
    return Day(day, day)


def parse_day(text: str) -> Day:
    """The day that a text says. Raises `ValueError` of the form `found; expected`."""
    if "/" in text:
        before, _, after = text.partition("/")
        first = _part(before).first if before.strip() else date.min
        last = _part(after).last
        if last < first:
            raise ValueError(f"bounds in the wrong order ({text!r}); the earlier first")
        return Day(first, last)
    return _part(text)


def parse_date(text: str) -> date:
    """The day that a text says, which must be one day. Raises `ValueError` of the form `found; expected`."""
    try:
        day = parse_day(text)
    except ValueError as error:
        raise ValueError(f"{str(error).split('; ')[0]}; a day as 2025-08-20") from None
    if not day.exact:
        raise ValueError(f"{text!r}, which is not one day; a day as 2025-08-20")
    return day.first


def _part(text: str) -> Day:
    match = _PART.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r}, which is not a day; {FORMS}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r}, far from any treaty; a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        if day is not None:
            assert month is not None
            return on(date(year, month, day))
        if month is not None:
            return Day(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Day(date(year, 1, 1), date(year, 12, 31))
    except ValueError as error:
        raise ValueError(f"{text!r}, a day that no calendar has ({error}); {FORMS}") from None


def say_date(day: date) -> str:
    """A day in words: `20 August 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say(day: Day) -> str:
    """A day in words, with what goes before it: `on 20 August 2025`, `in August 2025`, `by 10 June 2023`."""
    if day.exact:
        return f"on {say_date(day.first)}"
    if day.first == date.min:
        return f"by {say_date(day.last)}"
    if day.open:
        return f"on {say_date(day.first)} or later"
    if day.first.day == 1 and str(day) == f"{day.last:%Y-%m}":
        return f"in {_MONTHS[day.last.month - 1]} {day.last.year}"
    if str(day) == f"{day.last.year:04d}":
        return f"in {day.last.year}"
    return f"between {say_date(day.first)} and {say_date(day.last)}"
