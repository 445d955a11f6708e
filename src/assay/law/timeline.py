"""The whole life of a state's bond under a treaty: one standing for each change, with the act or clock that made it."""

from __future__ import annotations

from datetime import date

from assay.law.book import Book
from assay.law.knowledge import readings
from assay.law.standing import Standing, covered, standing
from assay.law.story import Change, story


def timeline(book: Book, actor: str, as_known: date | None = None) -> tuple[Standing, ...]:
    """A state's standings in order, each on the first day on which it certainly holds.

    A change that alters the word is there, and one that does not (consent given but not yet in force, provisional
    application, a claimed suspension). One that may never come, as an exit that a conflict may hold back, is there on
    the first day on which it can; so is one of which it is not on record when it came, and on the first sure day too.
    Empty for a state that has done nothing. Raises `InputError` as `standing` does.
    """
    iso = covered(book, actor)
    told = [story(book, iso, as_known, reading) for reading in readings(book, iso, as_known)]
    days = {day for changes in told for change in changes for day in _days(change)}
    return tuple(standing(book, iso, day, as_known) for day in sorted(days))


def _days(change: Change) -> set[date]:
    """The days on which a life is looked at for a change."""
    if change.day.open:
        return {change.day.first}
    return {change.day.first, change.when} if change.undated else {change.when}
