"""What a notice of withdrawal would do that a state has not given: when it would take effect, on every reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from assay.law import say
from assay.law.book import OUTSIDE, Act, Book, Exit, Position
from assay.law.clock import conflicts_of, exit_between
from assay.law.days import Day, on, say_date
from assay.law.days import say as say_day
from assay.law.knowledge import known_acts, readings
from assay.law.standing import Standing, covered, standing
from assay.law.states import name


@dataclass(frozen=True, slots=True)
class Way:
    """When the exit would take effect on one reading of the contested facts."""

    reading: tuple[tuple[str, bool], ...]
    """Contested points with whether each counts; empty where nothing is contested."""
    exit: Day | None
    """As far as the days of conflicts are known; None while one holds it back that has not ended, without a latest day
    where one may."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a notice on a day would do."""

    treaty: str
    actor: str
    notice: date
    ways: tuple[Way, ...]
    because: tuple[str, ...]
    contested: tuple[Position, ...]
    bound: bool | None
    """Whether the treaty binds the state on the day of the notice: if not, there is nothing to withdraw from."""
    notes: tuple[str, ...]
    """What the day rests on: how the state stands, and which armed conflicts are on record."""

    @property
    def word(self) -> str:
        """The day, or its bounds, as text; `held` (until a conflict ends); `perhaps held`; or `disputed`, where the
        readings differ and somebody is known to hold one of them.
        """
        if self.contested:
            return "disputed"
        day = reduce(_either, (way.exit for way in self.ways))
        return "held" if day is None else "perhaps held" if day.open else str(day)


def outlook(book: Book, actor: str, notice: date, as_known: date | None = None) -> Outlook:
    """When a notice received on a day would take effect for a state, by the conflicts on record.

    It asks about the clock alone: whether the state is a party, and whether it has given notice already, changes the
    notes and not the day. Raises `InputError` where the rules know no exit.
    """
    iso = covered(book, actor)
    acts, sure = (known_acts(book, iso, as_known, perhaps=perhaps) for perhaps in (True, False))
    ways = tuple(
        Way(tuple(sorted(reading.items())), _exit(book, notice, reading, acts, sure))
        for reading in readings(book, iso, as_known, perhaps=True)
    )
    points = [point for point, _ in ways[0].reading] if len({way.exit for way in ways}) > 1 else []
    positions = tuple(position for point in points for position in book.contests[point].positions)
    known = tuple(one for one in positions if as_known is None or one.known_from is None or one.known_from <= as_known)
    now = standing(book, iso, notice, as_known)
    unsure = [act for act in acts if act not in sure and act.kind in OUTSIDE]
    notes = (*_of_standing(book, now), *_of_conflicts(book, iso, acts, as_known), *_of_knowledge(unsure))
    return Outlook(book.treaty, iso, notice, ways, tuple(_because(book, iso, notice, ways)), known, now.bound, notes)


def _exit(book: Book, notice: date, reading: Mapping[str, bool], acts: list[Act], sure: list[Act]) -> Day | None:
    """When it would take effect on a reading, with what was perhaps known and without it."""
    days = (exit_between(book, on(notice), conflicts_of(known, reading)) for known in (acts, sure))
    return _either(*days)


def _either(one: Day | None, other: Day | None) -> Day | None:
    """The bounds of an exit that is one of two; None where both are held back by a conflict that has not ended."""
    days = [day for day in (one, other) if day is not None]
    if not days:
        return None
    last = max(day.last for day in days) if len(days) == 2 else date.max
    return Day(min(day.first for day in days), last)


def _because(book: Book, actor: str, notice: date, ways: tuple[Way, ...]) -> list[str]:
    rule = book.rules.exit
    assert rule is not None
    when = f"a notice of {name(actor)} received on {say_date(notice)}"
    days = list(dict.fromkeys(way.exit for way in ways))
    leads = ["On one reading, ", "On another, "] if len(days) > 1 else [""]
    found: list[str] = []
    for lead, day in zip(leads * len(days), days, strict=False):
        found.append(say.start(f"{lead}{when} {_effect(rule, day)}."))
    return found


def _effect(rule: Exit, day: Day | None) -> str:
    """What comes of a notice, with the article."""
    held = say.under(rule.held_by_conflict or "")
    if day is None:
        return f"would not take effect before the end of the armed conflict that the state is in{held}"
    if day.open:
        waits = f"not before the end of an armed conflict that the state may be in by then{held}"
        return f"would take effect on {say_date(day.first)}{say.under(rule.clock.article)}, or {waits}"
    return f"would take effect {say_day(day)}{say.under(rule.clock.article)}"


def _of_standing(book: Book, now: Standing) -> list[str]:
    """What a notice would withdraw from."""
    who, when = name(now.actor), say_date(now.on)
    if now.bound is False:
        words = f"{book.treaty} does not bind {who} on {when} ({now.word}): there is nothing to withdraw from"
    elif now.bound is None:
        words = f"Whether {book.treaty} binds {who} on {when} is not settled: {' or '.join(now.possible)}"
    elif now.word == "leaving":
        words = f"On {when} {who} has given notice already"
    else:
        return []
    return [f"{words}; what is said here is what the clock alone would do."]


def _of_conflicts(book: Book, actor: str, acts: list[Act], as_known: date | None) -> list[str]:
    """Which armed conflicts are on record, where one would hold the exit back."""
    rule = book.rules.exit
    if rule is None or rule.held_by_conflict is None:
        return []
    article = say.under(rule.held_by_conflict)
    began = [act for act in acts if act.kind == "conflict_began" and act.done]
    if began:
        of_them = [_told(act, as_known) for act in began]
        words = f"Of armed conflicts of {name(actor)}, what is on record began {'; '.join(of_them)}"
        return [f"{words}. Another one would hold the exit back too{article}."]
    others = sorted({act.actor for act in book.acts if act.kind == "conflict_began" and _may_be_known(act, as_known)})
    for_whom = f"only for {' and '.join(name(one) for one in others)}" if others else "for no state"
    told = f"Armed conflicts are on record here {for_whom}; one of {name(actor)} would hold the exit back{article}"
    return [f"{told}, and that there is none is assumed, not found."]


def _told(act: Act, as_known: date | None) -> str:
    """When a conflict began; what a row adds was written later than most days as of which one may ask."""
    assert act.done is not None
    return say_day(act.done) + (f" ({act.note})" if act.note and as_known is None else "")


def _of_knowledge(unsure: list[Act]) -> list[str]:
    """Which conflicts were perhaps not yet known."""
    told = ", ".join(f"{say.KIND[act.kind]} {say_day(act.done)}" for act in unsure if act.done)
    return [f"Perhaps known only later, so read both ways: {told}."] if told else []


def _may_be_known(act: Act, as_known: date | None) -> bool:
    known = act.known()
    return as_known is None or known is None or known.first <= as_known
