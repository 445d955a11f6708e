"""Clocks: the day on which a deposit or a notice takes effect, by a treaty's own rule.

Months are counted by the calendar: six months after 31 August end on the last day of February. *First day of the
sixth month after* is the first of the month that comes six after the month of deposit. Nothing but months, days and
these two landings is known; a treaty that needs another needs another word in its rules.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assay.errors import InputError, Problem
from assay.law.book import Act, Book, Clock, Exit
from assay.law.days import Day, on

LANDINGS = ("same_day", "first_of_month")
"""Where a clock may land in its last month."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An armed conflict of one state: from the day it began until the day it ended."""

    began: Day
    ended: Day | None = None


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def strike(clock: Clock, day: date) -> date:
    """The day on which a clock that starts on `day` has run out."""
    struck = add_months(day, clock.months)
    if clock.lands_on == "first_of_month":
        struck = struck.replace(day=1)
    struck += timedelta(days=clock.days)
    return max(struck, clock.not_before) if clock.not_before else struck


def entry_after(book: Book, deposited: date) -> date:
    """The day on which a treaty enters into force for a state that deposits its consent on a day.

    Raises `InputError` where the treaty's rules do not say.
    """
    if book.rules.entry is None:
        raise InputError([_without(book, "entry", "when a deposit takes effect")])
    return strike(book.rules.entry, deposited)


def exit_after(book: Book, notice: date, conflicts: Iterable[Conflict] = ()) -> date | None:
    """The day by which a notice of withdrawal has certainly taken effect; None while a conflict may hold it back.

    `exit_between` has the bounds, where the days of a conflict are only partly known. Raises `InputError` where the
    treaty's rules know no exit.
    """
    found = exit_between(book, on(notice), conflicts)
    return None if found is None or found.open else found.last


def exit_between(book: Book, notice: Day, conflicts: Iterable[Conflict] = ()) -> Day | None:
    """The day on which a notice of withdrawal takes effect, as far as the days of notice and conflicts are known.

    Only a conflict in which the state is engaged when the notice runs out holds it back, until that conflict's end;
    one that begins later does not, nor does one that ended before. None: held back for certain, by a conflict whose
    end is not on record. Without a latest day: held back so on some of the days that the conflict may have begun.
    Raises `InputError` where the treaty's rules know no exit.
    """
    if book.rules.exit is None:
        raise InputError([_without(book, "exit", "how a party leaves")])
    return leave(book.rules.exit, notice, conflicts)


def leave(rule: Exit, notice: Day, conflicts: Iterable[Conflict] = ()) -> Day | None:
    """The same by the rule alone. A later notice never leads to an earlier exit, so the bounds suffice."""
    struck = notice.moved(lambda day: strike(rule.clock, day))
    if rule.held_by_conflict is None:
        return struck
    listed = tuple(conflicts)
    surely = [conflict.ended for conflict in listed if surely_goes_on(conflict, struck.first)]
    perhaps = [conflict.ended for conflict in listed if may_go_on(conflict, struck.last)]
    if None in surely:
        return None
    first = max([struck.first, *(ended.first for ended in surely if ended)])
    last = date.max if None in perhaps else max([struck.last, *(ended.last for ended in perhaps if ended)])
    return Day(first, last)


def conflicts_of(acts: Iterable[Act], reading: Mapping[str, bool]) -> tuple[Conflict, ...]:
    """The armed conflicts in acts that stand in order; a contested one where its reading (by contest) counts it."""
    found: list[Conflict] = []
    for act in acts:
        if act.kind == "conflict_began" and act.done and (act.contest is None or reading.get(act.contest, False)):
            found.append(Conflict(act.done))
        elif act.kind == "conflict_ended" and act.done and found and found[-1].ended is None:
            found[-1] = Conflict(found[-1].began, act.done)
    return tuple(found)


def may_go_on(conflict: Conflict, day: date) -> bool:
    """Whether a conflict can go on on a day, by what is known of its days; on the day it ended it no longer does."""
    return conflict.began.first <= day and (conflict.ended is None or day < conflict.ended.last)


def surely_goes_on(conflict: Conflict, day: date) -> bool:
    """Whether it goes on on a day, whatever its days are."""
    return conflict.began.last <= day and (conflict.ended is None or day < conflict.ended.first)


def _without(book: Book, section: str, what: str) -> Problem:
    file = f"{book.folder}/rules.yaml"
    found = f"the rules of {book.treaty} do not say {what}"
    return Problem(file, None, None, section, found, "ask of a treaty whose sources have it")
