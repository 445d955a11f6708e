"""One treaty as data: its rules, the acts of states under it, and the points that are contested.

All of it is frozen and equal by content. Articles are kept as text, as the treaty numbers them: `20(3)`, `1(1)(c)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assay.law.days import Day

CONSENTS = ("ratification", "acceptance", "approval", "accession", "consent")
"""Acts by which a state consents to be bound; `consent` is one of them where the sources do not say which."""
KINDS = (
    "signature",
    *CONSENTS,
    "succession",
    "provisional_application",
    "notice",
    "revocation",
    "suspension_claimed",
    "suspension_ended",
    "conflict_began",
    "conflict_ended",
)
"""Kinds of acts. The last two are facts outside of the treaty on which its clocks depend."""
OUTSIDE = ("conflict_began", "conflict_ended")
"""Facts that may be older than the treaty."""
ROLES = ("giver", "transit", "receiver")
"""Sides of an act between several."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something with legal effect that a state did, or a fact on which a clock depends."""

    actor: str
    """Three letters of the state."""
    kind: str
    """One of `KINDS`."""
    done: Day | None
    """When it was done; None where the sources say that it was, but not when."""
    in_effect: Day | None
    """When it took effect, where that is published; else the treaty's clock says."""
    published: Day | None
    """When the public could know of it; None where that is not on record."""
    checked: date
    """When somebody last looked."""
    basis: str
    """`reported`, `inferred` (from another day, by the treaty's own rules) or `unverified`."""
    contest: str | None
    """The contested point on which it depends whether the act counts."""
    source: tuple[str, ...]
    note: str = ""

    def known_from(self) -> date | None:
        """The day from which it could be known: published, else done; at the latest, where that is not one day.

        None where neither is on record.
        """
        day = self.known()
        return day.last if day else None

    def known(self) -> Day | None:
        """The same, with its bounds."""
        return self.published or self.done or self.in_effect


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something takes that an act starts."""

    article: str
    months: int = 0
    days: int = 0
    lands_on: str = "same_day"
    """`same_day`: the same day of a later month, or its last one; `first_of_month`: the first day of that month."""
    not_before: date | None = None
    """The day of the treaty's own entry into force."""
    verified: bool = True
    """Whether the article was read for this."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many deposits bring the treaty itself into force, and when after the last of them."""

    instruments: int
    clock: Clock


@dataclass(frozen=True, slots=True)
class Rest:
    """What still binds a state that has left."""

    instrument: str
    condition: str
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Exit:
    """How a party leaves."""

    clock: Clock
    held_by_conflict: str | None
    """The article that holds an exit back while the state is in an armed conflict; None where there is none."""
    notice_article: str
    starts: str
    """What starts the clock, in words: `receipt by the depositary`."""
    revocable: str
    """Until when and on what ground a notice may be taken back; empty where it may not or is not known."""
    rest: tuple[Rest, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """An act that a party may not do."""

    act: str
    article: str
    of_others: bool = False
    """Whether it is about what others do: to assist, encourage or induce."""
    who: tuple[str, ...] = ()
    """Only these states; empty for all."""
    not_who: tuple[str, ...] = ()
    """All but these states."""
    not_to: tuple[str, ...] = ()
    """Of help to others: to these states it is not barred."""


@dataclass(frozen=True, slots=True)
class Role:
    """One side of an act between several: who gives, who lets it pass, who receives."""

    name: str
    act: str
    """The act that the treaty bars to whoever plays the role."""
    article: str = ""
    """A further article that bears on this role alone."""
    contest: str = ""
    """The contested point on which it depends whether the act is barred to the role; empty where that is settled."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """An exception."""

    acts: tuple[str, ...]
    article: str
    purpose: str
    limit: str = ""
    outsiders: bool = False
    """Whether it is for dealings with states that the treaty does not bind alone."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty that must be done within a time from entry into force."""

    article: str
    duty: str
    years: int
    days: int
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty in words."""

    article: str
    text: str
    verified: bool
    soft: bool = False
    """Whether it binds before entry into force, as not to defeat the object and purpose."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader should know of the whole treaty."""

    text: str
    known_from: date | None = None
    """The day from which it could be known; None where it rests on the text and on these files alone."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What `rules.yaml` says."""

    treaty: str
    name: str
    also: tuple[str, ...]
    subject: str
    opened: Day
    """Open for signature, or signed: no act of a state is older."""
    in_force: date | None
    ended: date | None
    closes: date | None
    """The day from which nobody can sign any more."""
    covers: tuple[str, ...] | None
    """The states whose acts were taken down; None for all, so that a state without acts is not a party."""
    checked: date
    verified: bool
    sources: tuple[str, ...]
    signature_article: str
    consent_article: str
    consent_kinds: tuple[str, ...]
    entry: Clock | None
    threshold: Threshold | None
    provisional: tuple[str, tuple[str, ...]] | None
    """The article, and the acts that are barred provisionally."""
    succession: str
    """How a successor state is bound, in words."""
    exit: Exit | None
    suspension_allowed: bool | None
    """Whether the treaty lets a party suspend; None where the sources do not say."""
    suspension_basis: str
    bars: tuple[Bar, ...]
    roles: Mapping[str, tuple[Role, ...]] = field(hash=False)
    """The roles in an act between several, by act."""
    allowances: tuple[Allowance, ...]
    deadlines: tuple[Deadline, ...]
    duties: tuple[Duty, ...]
    outside: tuple[str, ...]
    """What the treaty does not cover."""
    notes: tuple[Note, ...]
    """What the rules leave open, or a reader should know of the whole treaty."""
    act_notes: Mapping[str, tuple[str, ...]] = field(hash=False)
    """The same of one act."""

    def notes_known(self, as_known: date | None) -> tuple[str, ...]:
        """The notes that could be written on a day; all of them for None."""
        return tuple(
            one.text for one in self.notes if as_known is None or one.known_from is None or one.known_from <= as_known
        )


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody holds on a contested point."""

    contest: str
    question: str
    by: str
    position: str
    counts: bool
    """Whether on this reading the contested act counts."""
    known_from: date | None
    """The day from which it could be known that somebody holds it; None for a reading of the text."""
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested point: one question, several positions."""

    id: str
    question: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One treaty: its rules, acts and contests."""

    rules: Rules
    acts: tuple[Act, ...]
    """In the order of the table."""
    contests: Mapping[str, Contest] = field(hash=False)
    sources: Mapping[str, str] = field(hash=False)
    """Titles by id."""
    folder: str = field(compare=False, default="")

    @property
    def treaty(self) -> str:
        """The treaty's id."""
        return self.rules.treaty

    def acts_of(self, actor: str) -> tuple[Act, ...]:
        """The acts of one state, in the order of the table."""
        return tuple(act for act in self.acts if act.actor == actor)
