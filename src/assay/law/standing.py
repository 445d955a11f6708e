"""What a treaty means for a state on a day, as could be known on a day.

    standing(open_book("APMBC"), "POL", date(2026, 2, 19)).word  # "leaving"

Where a date is only partly known, or a fact on which a clock depends is contested, several standings are possible.
`word` is then the earliest of them in the state's story (a change counts once it is certain, on every reading);
`possible` has them all, and `notes` says why. A status whose day is not on record at all is sure from the day on which
a source has it; before, back to the treaty's own entry into force, it is possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assay.errors import InputError, Problem
from assay.law import say
from assay.law.book import Act, Book, Position, Rest
from assay.law.days import Day, say_date
from assay.law.days import say as say_day
from assay.law.knowledge import known_acts
from assay.law.order import place
from assay.law.states import find, name
from assay.law.story import BOUND, WORDS, Bond, Change
from assay.law.view import View, earliest, views


@dataclass(frozen=True, slots=True)
class Standing:
    """How a state stands under a treaty on a day."""

    treaty: str
    actor: str
    """Three letters of the state."""
    on: date
    as_known: date | None
    """Only what could be known on this day is used; None for everything on record."""
    word: str
    """One of `party`, `signatory`, `leaving`, `left`, `not a party`. A leaving state is still bound."""
    since: date | None
    """The first day on which it certainly held; None where it always did or the day is not on record."""
    until: date | None
    """The first day on which, as far as can be told, it certainly holds no more; None where no change is in sight."""
    articles: tuple[str, ...]
    because: tuple[str, ...]
    """Sentences, each with its article."""
    contested: tuple[Position, ...]
    still_binds: tuple[Rest, ...]
    """Of a state that has left: what else binds it."""
    notes: tuple[str, ...]
    """What is uncertain, and what the answer assumes."""
    possible: tuple[str, ...]
    """Every standing that partial dates and contested facts allow, in the order of a life."""
    consenting: bool = False
    """Consent given, not yet in force."""
    entry: date | None = None
    """While consenting: the first day on which the treaty is certainly in force for the state, where known."""
    provisional: bool = False
    succession: bool = False
    suspended: bool = False
    """Whether the state claims to have suspended the treaty's operation. It remains a party meanwhile."""
    suspension_question: str = ""
    """The question on which it depends whether that claim counts, where somebody is known to hold what; else empty."""
    exit: date | None = None
    """While leaving: the day on which the exit has certainly taken effect; None while a conflict may hold it back."""
    undated: bool = False
    """Whether the day on which the standing began is not on record at all."""

    @property
    def bound(self) -> bool | None:
        """Whether the treaty binds; None where that depends on a partial date or a contested fact."""
        found = {word in BOUND for word in self.possible}
        return found.pop() if len(found) == 1 else None


def standing(book: Book, actor: str, on: date, as_known: date | None = None) -> Standing:
    """How a state (by code or English name) stands on a day, as could be known on a day.

    Raises `InputError` where there is no such state, or its acts under the treaty were not taken down.
    """
    iso = covered(book, actor)
    found = views(book, iso, on, as_known)
    unsure = known_acts(book, iso, as_known, perhaps=True) != known_acts(book, iso, as_known)
    more = views(book, iso, on, as_known, perhaps=True) if unsure else []
    words = set().union(*(view.words() for view in (*found, *more)))
    return _Answer(book, iso, as_known, found, more, tuple(word for word in WORDS if word in words)).standing()


def covered(book: Book, actor: str) -> str:
    """The three letters of a state whose acts under the treaty were taken down. Raises `InputError`."""
    iso = find(actor)
    if book.rules.covers is not None and iso not in book.rules.covers:
        found = f"{name(iso)}, whose acts under {book.treaty} are not on record here"
        raise InputError([Problem(actor, None, None, "", found, f"one of {', '.join(book.rules.covers)}")])
    return iso


class _Answer:
    """Puts one standing together."""

    def __init__(
        self,
        book: Book,
        actor: str,
        as_known: date | None,
        found: list[View],
        more: list[View],
        possible: tuple[str, ...],
    ) -> None:
        self.book, self.actor, self.as_known = book, actor, as_known
        self.view, self.possible = earliest(found), possible
        self.on = self.view.day
        self.alike = [view for view in (*found, *more) if view.bond.word == self.view.bond.word]
        """Every view on which the word is the same, with what was perhaps known and without it."""
        self.torn = any(view.words() != self.view.words() for view in found)
        others = [view.made for view in found if view.bond.word != self.view.bond.word]
        self.others = list({change.because: change for change in others if change is not None}.values())
        self.acts = known_acts(book, actor, as_known)
        perhaps = known_acts(book, actor, as_known, perhaps=True)
        self.perhaps = [act for act in perhaps if act not in self.acts and place(act) <= self.on]

    def standing(self) -> Standing:
        bond, made = self.view.bond, self.view.made
        reasons, contested = self._reasons(made), self._contested(bond)
        return Standing(
            treaty=self.book.treaty,
            actor=self.actor,
            on=self.on,
            as_known=self.as_known,
            word=bond.word,
            since=made.day.last if made is not None and not made.undated else None,
            until=_latest([self._until(view) for view in self.alike]),
            articles=tuple(dict.fromkeys(one for change in (*reasons, *self.others) for one in change.articles)),
            because=(*self._because(reasons), *(f"On another reading: {change.because}" for change in self.others)),
            contested=contested,
            still_binds=self.book.rules.exit.rest if bond.word == "left" and self.book.rules.exit else (),
            notes=tuple(self._notes(made)),
            possible=self.possible,
            consenting=bond.consenting,
            entry=bond.entry.last if bond.consenting and bond.entry else None,
            provisional=bond.provisional and bond.word not in BOUND,
            succession=bond.succession and bond.word in BOUND,
            suspended=bond.suspended is not None,
            suspension_question=next((one.question for one in contested if one.contest == bond.suspended), ""),
            exit=_latest([_closed(view.bond.exit) for view in self.alike]),
            undated=made is not None and made.undated,
        )

    def _reasons(self, made: Change | None) -> list[Change]:
        """The change that made the word, and later ones that did not change it."""
        if made is None:
            return list(self.view.happened)
        return list(self.view.happened[self.view.happened.index(made) :])

    def _because(self, reasons: list[Change]) -> list[str]:
        return [change.because for change in reasons] or [self._no_reason()]

    def _no_reason(self) -> str:
        rules = self.book.rules
        if self.on < rules.opened.first:
            return say.not_yet(rules)
        if self.view.maybe:
            return (
                f"That {name(self.actor)} had signed or consented by {say_date(self.on)} is not certain: see the notes."
            )
        if self.view.ahead:
            neither = f"{say.start(name(self.actor))} had neither signed nor consented by {say_date(self.on)}"
            return f"{neither}. Later: {self.view.ahead[0].because}"
        if self.as_known and len(self.possible) > 1:
            who, day = name(self.actor), say_date(self.as_known)
            return f"Whether a signature or consent of {who} was known by {day} is not certain: see the notes."
        return say.no_act(rules, self.actor, self.as_known)

    def _until(self, view: View) -> date | None:
        """The first day on which, on one view, the word certainly holds no more."""
        bond = view.bond
        for change in (*view.maybe, *view.ahead):
            if change.alters.get("word", bond.word) != bond.word and not change.undated and not change.day.open:
                return change.day.last
        return None

    def _contested(self, bond: Bond) -> tuple[Position, ...]:
        points = [act.contest for act in self.acts if act.contest and self._bears(act, bond)]
        return tuple(
            position
            for point in dict.fromkeys(points)
            for position in self.book.contests[point].positions
            if self.as_known is None or position.known_from is None or position.known_from <= self.as_known
        )

    def _bears(self, act: Act, bond: Bond) -> bool:
        """Whether a contested act bears on the day's standing: a claimed suspension, a conflict that has begun."""
        if act.kind == "suspension_claimed":
            return bond.suspended == act.contest
        begun = act.done is not None and act.done.first <= self.on
        return begun and bond.word in BOUND and self.book.rules.exit is not None

    def _notes(self, made: Change | None) -> list[str]:
        notes: list[str] = []
        if made is not None and made.undated:
            notes.append(f"Since when is not on record: some time {say_day(made.day)}.")
        notes += [_unsure(change) for change in self.view.maybe]
        if self.torn:
            notes.append("It depends on a contested fact whether the standing has changed; both readings are shown.")
        notes += self._act_notes(made)
        if self.as_known is not None:
            notes += self._knowledge()
        if self.on > self.book.rules.checked and not (self.as_known and self.as_known <= self.book.rules.checked):
            notes.append(
                f"Later acts are not on record: the list was last checked on {say_date(self.book.rules.checked)}."
            )
        if not self.book.rules.verified:
            notes.append("The rules of this treaty were not verified against its text.")
        return notes

    def _act_notes(self, made: Change | None) -> list[str]:
        used = {change.act for change in self._reasons(made) if change.act}
        notes = []
        for act in self.acts:
            if act in used and act.basis != "reported":
                how = "inferred" if act.basis == "inferred" else "not verified in a source"
                why = f": {act.note}" if act.note and self._written(act) else ""
                notes.append(f"The {say.KIND[act.kind]} of {name(act.actor)} is {how}{why}.")
            elif act in used and act.note and self._written(act):
                notes.append(say.start(act.note) + ".")
        return notes

    def _written(self, act: Act) -> bool:
        """Whether the note on an act can be told: it may use whatever was known when somebody last looked."""
        return self.as_known is None or act.checked <= self.as_known

    def _perhaps(self, act: Act) -> str:
        day = act.known()
        return f"{say.KIND[act.kind]} {say_day(day) if day else 'on a day that is not on record'}"

    def _knowledge(self) -> list[str]:
        """What an answer as known on a day rests on."""
        assert self.as_known is not None
        notes = []
        if self.perhaps:
            told = ", ".join(self._perhaps(act) for act in self.perhaps)
            notes.append(f"Perhaps known only later, so read both ways: {told}.")
        done = [act for act in self.acts if act.published is None and act.done is not None]
        if done:
            told = ", ".join(f"{say.KIND[act.kind]} {say_day(act.done)}" for act in done if act.done)
            notes.append(f"No day of publication is on record; taken as known from the day done: {told}.")
        if self.on > self.as_known:
            notes.append(
                f"As known on {say_date(self.as_known)}, for a later day: what was done in between is left out."
            )
        return notes


def _unsure(change: Change) -> str:
    """Of a change that may have happened by the day."""
    if change.undated:
        when = f"Since when is not on record, some time {say_day(change.day)}"
        return f"{when}; so it may have happened by then or not: {change.because}"
    return f"Only partly dated, so it may have happened by then or not: {change.because}"


def _latest(days: Sequence[date | None]) -> date | None:
    """The day by which something has happened on every view; None where on one of them it may never."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _closed(day: Day | None) -> date | None:
    return None if day is None or day.open else day.last
