"""A state's story up to a day: what has happened, what may have, and what is ahead, on every reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assay.law.book import Book
from assay.law.knowledge import readings
from assay.law.story import Bond, Change, story


@dataclass(frozen=True, slots=True)
class View:
    """A state's story on one reading, up to a day."""

    day: date
    happened: tuple[Change, ...]
    """Changes that have certainly happened."""
    maybe: tuple[Change, ...]
    """Changes that may have happened, by partial dates."""
    ahead: tuple[Change, ...]

    @property
    def bond(self) -> Bond:
        """How the state certainly stands."""
        return _fold(self.happened)[-1]

    @property
    def made(self) -> Change | None:
        """The change that made the present word; None where none did."""
        bonds = _fold(self.happened)
        for number in range(len(self.happened), 0, -1):
            if bonds[number].word != bonds[number - 1].word:
                return self.happened[number - 1]
        return None

    def words(self) -> set[str]:
        """Every standing that the dates allow."""
        return {bond.word for bond in _fold(self.happened + self.maybe)[len(self.happened) :]}


def views(book: Book, actor: str, day: date, as_known: date | None, *, perhaps: bool = False) -> list[View]:
    """The views of a day on every reading of what is contested. `perhaps`: with acts that perhaps were known."""
    told = readings(book, actor, as_known, perhaps=perhaps)
    return [look(story(book, actor, as_known, reading, perhaps=perhaps), day) for reading in told]


def earliest(found: list[View]) -> View:
    """The view in which least has happened."""
    return min(found, key=lambda view: (len(view.happened), len(view.maybe)))


def look(changes: tuple[Change, ...], day: date) -> View:
    """A story as it is on a day. A step of a life that comes before one that has happened has happened too."""
    sure = [number for number, change in enumerate(changes) if change.of_life and change.when <= day]
    reached = sure[-1] if sure else -1
    happened, maybe, ahead = [], [], []
    for number, change in enumerate(changes):
        if change.when <= day or (change.of_life and number < reached):
            happened.append(change)
        elif change.day.first <= day:
            maybe.append(change)
        else:
            ahead.append(change)
    return View(day, tuple(happened), tuple(maybe), tuple(ahead))


def _fold(changes: tuple[Change, ...]) -> list[Bond]:
    """The bond at the start and after each change."""
    bonds = [Bond()]
    for change in changes:
        bonds.append(change.after(bonds[-1]))
    return bonds
