"""What a notice of withdrawal would do that a state has not given: when it would take effect, on every reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assay.law import say
from assay.law.book import Book, Position
from assay.law.clock import conflicts_of, exit_after
from assay.law.days import say_date
from assay.law.standing import covered
from assay.law.states import name
from assay.law.story import known_acts, readings


@dataclass(frozen=True, slots=True)
class Way:
    """When the exit would take effect on one reading of the contested facts."""

    reading: tuple[tuple[str, bool], ...]
    """Contested points with whether each counts; empty where nothing is contested."""
    exit: date | None
    """None while an armed conflict holds it back that has not ended."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a notice on a day would do."""

    treaty: str
    actor: str
    notice: date
    ways: tuple[Way, ...]
    because: tuple[str, ...]
    contested: tuple[Position, ...]

    @property
    def word(self) -> str:
        """The day as text, `held` (until a conflict ends), or `disputed` where the readings differ."""
        found = {way.exit for way in self.ways}
        if len(found) > 1:
            return "disputed"
        day = found.pop()
        return day.isoformat() if day else "held"


def outlook(book: Book, actor: str, notice: date, as_known: date | None = None) -> Outlook:
    """When a notice received on a day would take effect for a state, by the conflicts on record.

    It asks about the clock alone: whether the state is a party, and whether it has given notice already, is for
    `standing` to say. Raises `InputError` where the rules know no exit.
    """
    iso = covered(book, actor)
    acts = known_acts(book, iso, as_known)
    ways = tuple(
        Way(tuple(sorted(reading.items())), exit_after(book, notice, conflicts_of(acts, reading)))
        for reading in readings(book, iso, as_known)
    )
    points = [point for point, _ in ways[0].reading] if len({way.exit for way in ways}) > 1 else []
    positions = tuple(position for point in points for position in book.contests[point].positions)
    known = tuple(one for one in positions if as_known is None or one.known_from is None or one.known_from <= as_known)
    return Outlook(book.treaty, iso, notice, ways, tuple(_because(book, iso, notice, ways)), known)


def _because(book: Book, actor: str, notice: date, ways: tuple[Way, ...]) -> list[str]:
    rule = book.rules.exit
    assert rule is not None
    when = f"a notice of {name(actor)} received on {say_date(notice)}"
    days = list(dict.fromkeys(way.exit for way in ways))
    leads = ["On one reading, ", "On another, "] if len(days) > 1 else [""]
    found: list[str] = []
    for lead, day in zip(leads * len(days), days, strict=False):
        if day is None:
            wait = "would not take effect before the end of the armed conflict that the state is in"
            found.append(say.start(f"{lead}{when} {wait}{say.under(rule.held_by_conflict or '')}."))
        else:
            effect = f"would take effect on {say_date(day)}{say.under(rule.clock.article)}"
            found.append(say.start(f"{lead}{when} {effect}."))
    return found
