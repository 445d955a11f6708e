"""Duties that must be done within a time from entry into force, with the day by which, for a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assay.law.book import Book, Deadline, Duty
from assay.law.clock import add_months
from assay.law.days import Day
from assay.law.knowledge import readings
from assay.law.standing import Standing, covered
from assay.law.story import Change, story


@dataclass(frozen=True, slots=True)
class Due:
    """One duty of one state, and when it is due; extensions granted to a state are not on record."""

    duty: str
    article: str
    due: Day
    extension: str


def deadlines(book: Book, actor: str, as_known: date | None = None) -> tuple[Due, ...]:
    """What a state has to do by when, counted from its latest entry into force; empty where there is no such day.

    Raises `InputError` as `standing` does.
    """
    iso = covered(book, actor)
    changes = story(book, iso, as_known, readings(book, iso, as_known)[0])
    entries = [change.day for change in changes if _enters(change)]
    return tuple(_due(rule, entries[-1]) for rule in book.rules.deadlines) if entries else ()


def deadlines_of(book: Book, found: Standing) -> tuple[Due, ...]:
    """What a state that stands so has to do by when: nothing where it is not bound for certain."""
    return deadlines(book, found.actor, found.as_known) if found.bound else ()


def duties_of(book: Book, found: Standing) -> tuple[Duty, ...]:
    """The duties in words of a state that stands so: all of a bound one, the soft ones of one that is about to be."""
    if found.bound:
        return tuple(duty for duty in book.rules.duties if not duty.soft)
    soon = found.word == "signatory" or found.consenting
    return tuple(duty for duty in book.rules.duties if duty.soft and soon)


def _enters(change: Change) -> bool:
    """Whether the treaty enters into force for the state by a change; a notice taken back does not count."""
    party = change.alters.get("word") == "party" and not change.undated
    return party and change.act is not None and change.act.kind != "revocation"


def _due(rule: Deadline, entry: Day) -> Due:
    due = entry.moved(lambda day: add_months(day, 12 * rule.years) + timedelta(days=rule.days))
    return Due(rule.duty, rule.article, due, rule.extension)
