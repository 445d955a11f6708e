"""Whose standing a bound variable is, which values it takes, and where it starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assay.case.actors import Calendar
from assay.case.model import Case
from assay.case.world import Variable
from assay.errors import InputError, suggestion
from assay.law.book import Book
from assay.law.books import near, open_shipped, treaties
from assay.law.calendar import LegalMove, Step
from assay.law.calendar import Variable as Rules
from assay.law.calendar import variable as rules_of
from assay.law.clock import add_months
from assay.law.states import find

WHOSE = ("any", "all")
"""Whose membership binds several states, beside a single one of them."""


class BindError(ValueError):
    """What is wrong with a key of a bound variable."""

    def __init__(self, key: str, found: str, expected: str) -> None:
        super().__init__(f"{key}: {found}; {expected}")
        self.key, self.found, self.expected = key, found, expected


@dataclass(frozen=True, slots=True)
class Bound:
    """A variable with what its treaty's rules make of it."""

    name: str
    book: Book
    actors: tuple[str, ...]
    """The actors of the case who can act for it."""
    states: tuple[str, ...]
    """Those whose membership decides, by three letters."""
    values: tuple[str, ...]
    start: str
    binding: tuple[str, ...]
    moves: tuple[LegalMove, ...]
    steps: tuple[Step, ...]
    bars: Mapping[str, tuple[str, ...]]
    """Barred acts with their articles; without an article where the act is known and not barred."""
    apart: tuple[str, ...] = ()
    """Those of the states whom the treaty does not bind at the start."""
    suspended: tuple[str, ...] = ()
    """What is to be said of those of them who claim to have suspended the treaty."""
    early: date | None = None
    """The treaty's own entry into force, where deposits before and after it wait unequally long."""

    @property
    def free(self) -> tuple[str, ...]:
        """Values under which the treaty does not bind."""
        return tuple(value for value in self.values if value not in self.binding)


def bound(case: Case, name: str, variable: Variable) -> Bound:
    """What the rules make of a variable. Raises `BindError`, or `InputError` where a treaty's own files are wrong."""
    book = _book(variable.treaty or "")
    actors, states = _whose(case, name, variable)
    found = {state: _rules(book, state, case.calendar) for state in states}
    _check_lasts(book, found.values(), case.calendar)
    decides = _decides(states, variable.binds)
    rules = _joined(book, found, decides, variable.binds)
    bars = {act: tuple(sorted({each for one in decides for each in found[one].bars[act]})) for act in rules.bars}
    values, moves = rules.values, rules.moves
    apart = tuple(state for state in decides if found[state].start not in found[state].binding)
    suspended = tuple(found[state].suspended for state in decides if found[state].suspended)
    start, binding, steps, early = rules.start, rules.binding, rules.steps, rules.early
    return Bound(name, book, actors, decides, values, start, binding, moves, steps, bars, apart, suspended, early)


def _book(treaty: str) -> Book:
    """By its id alone: a case names no folders."""
    if treaty not in treaties():
        raise BindError("treaty", f"{treaty!r} is not a treaty", near(treaty))
    return open_shipped(treaty)


def known_book(treaty: str | None) -> Book | None:
    """The treaty of an id, if there is one and its own files are sound."""
    try:
        return _book(treaty or "")
    except (BindError, InputError):
        return None


def _whose(case: Case, name: str, variable: Variable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors who can act for the variable, and the states whose standing it is."""
    given = variable.for_
    if given is None:
        raise BindError("treaty", f"{name!r} does not say whose standing it is", "`for: ACTOR`, or a state's letters")
    if given in case.actors:
        members = case.actors[given].members
        if not members:
            raise BindError("for", f"the actor {given!r}, who is no state", f"states in `actors.{given}.members`")
        return (given,), tuple(_state(member) for member in members)
    state = _state(given, case.actors)
    return tuple(key for key, actor in case.actors.items() if state in actor.members), (state,)


def _state(given: str, actors: Iterable[str] = ()) -> str:
    try:
        found = find(given)
    except InputError:
        expected = suggestion(given, [*actors]) or "an actor of the case, or a state by its three letters"
        raise BindError("for", f"{given!r} is neither an actor nor a state", expected) from None
    return found


def _rules(book: Book, state: str, calendar: Calendar) -> Rules:
    try:
        return rules_of(book, state, calendar.start, calendar.step_months)
    except InputError as error:
        first = error.problems[0]
        if first.line is not None:
            raise
        raise BindError("for", first.found, first.expected) from None


def _check_lasts(book: Book, found: Iterable[Rules], calendar: Calendar) -> None:
    """Refuses a treaty that ends within the game: what ended it was no act that the case could have or leave out."""
    periods = calendar.periods + calendar.buffer
    if book.rules.ended is not None and any(rules.ends is not None and rules.ends <= periods for rules in found):
        told = f"{book.treaty}, which ended on {book.rules.ended}"
        if book.rules.ended > calendar.start:
            told += f", before the last period of the case begins ({first_day(calendar, periods)})"
        raise BindError(
            "treaty", told, "no variable bound to it, or a calendar whose periods all begin before that day"
        )


def _decides(states: Sequence[str], binds: str | None) -> tuple[str, ...]:
    """The states whose membership decides."""
    if len(states) == 1:
        if binds is not None and binds not in (*WHOSE, *states):
            raise BindError("binds", f"{binds!r}, who is not {states[0]}", "leave it out: there is one state alone")
        return tuple(states)
    listed = ", ".join((*WHOSE, *states))
    if binds is None:
        raise BindError("for", f"several states ({', '.join(states)})", f"`binds`, whose membership binds: {listed}")
    if binds not in (*WHOSE, *states):
        raise BindError("binds", f"{binds!r} is no member", f"one of {listed}")
    return tuple(states) if binds in WHOSE else (binds,)


def _joined(book: Book, found: Mapping[str, Rules], decides: Sequence[str], binds: str | None) -> Rules:
    """The rules of several states as one: of the one that is bound longest, or for `all` the one bound least."""
    ranked = sorted(decides, key=lambda state: _bound_for(found[state]))
    starts = {found[state].start for state in decides}
    if len(starts) > 1 and any(start.startswith("entering") for start in starts):
        told = ", ".join(f"{state} {found[state].start}" for state in decides)
        found_text = f"members of {book.treaty} who enter while others stand elsewhere ({told})"
        raise BindError("binds", found_text, "a variable for each of them, `for: STATE`")
    return found[ranked[0] if binds == "all" else ranked[-1]]


def _bound_for(rules: Rules) -> tuple[int, int]:
    """How long a state that starts so is bound, to compare: not at all, for so many periods, or for good."""
    name, _, left = rules.start.partition("_")
    if rules.start not in rules.binding:
        return 0, int(rules.start == "left")
    return (2, 0) if name == "party" else (1, int(left))


def first_day(calendar: Calendar, period: int) -> str:
    """The first day of a period, for messages."""
    return add_months(calendar.start, calendar.step_months * (period - 1)).isoformat()
