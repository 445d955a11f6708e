"""Several states at once: which of them a treaty binds on a day, and when that changes for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assay.law.book import Book
from assay.law.standing import Standing, standing
from assay.law.timeline import timeline


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the standing of one member changes."""

    on: date
    actor: str
    word: str
    """The standing from that day on."""


@dataclass(frozen=True, slots=True)
class Coalition:
    """How the members of a coalition stand under a treaty on a day."""

    treaty: str
    on: date
    as_known: date | None
    members: tuple[Standing, ...]
    """In the order in which they were named."""
    bound: tuple[str, ...]
    free: tuple[str, ...]
    undecided: tuple[str, ...]
    """Whether these are bound turns on a partial date or a contested point."""
    changes: tuple[Turn, ...]
    """Every change of standing of every member, in order of days."""

    @property
    def all_bound(self) -> bool:
        """Whether every member is bound for certain."""
        return len(self.bound) == len(self.members)

    @property
    def any_bound(self) -> bool:
        """Whether some member is bound for certain."""
        return bool(self.bound)


def coalition(book: Book, members: Iterable[str], on: date, as_known: date | None = None) -> Coalition:
    """Which members of a coalition a treaty binds on a day.

    A treaty binds each state by itself: whose membership binds what a coalition does is for whoever asks to say.
    Raises `InputError` as `standing` does.
    """
    each = [standing(book, member, on, as_known) for member in members]
    found = tuple({one.actor: one for one in each}.values())  # a state that is named twice counts once
    turns = [turn for one in found for turn in _turns(book, one.actor, as_known)]
    return Coalition(
        treaty=book.treaty,
        on=on,
        as_known=as_known,
        members=found,
        bound=tuple(one.actor for one in found if one.bound),
        free=tuple(one.actor for one in found if one.bound is False),
        undecided=tuple(one.actor for one in found if one.bound is None),
        changes=tuple(sorted(turns, key=lambda turn: (turn.on, turn.actor))),
    )


def _turns(book: Book, actor: str, as_known: date | None) -> list[Turn]:
    turns: list[Turn] = []
    word = "not a party"
    for one in timeline(book, actor, as_known):
        if one.word != word:
            turns.append(Turn(one.on, actor, one.word))
        word = one.word
    return turns
