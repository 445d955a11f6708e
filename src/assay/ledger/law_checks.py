"""Checks that treaties answer: who stood how on a day, what was barred, when a notice takes effect, how many are bound.

As known on a day, law is asked as it could be known then. What is asked of a day could be known from that day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assay.errors import InputError, Problem
from assay.law.book import Book, Position
from assay.law.books import open_shipped
from assay.law.clock import exit_after
from assay.law.days import Day
from assay.law.may import may, whole
from assay.law.outlook import outlook
from assay.law.roll import roll
from assay.law.standing import Standing, standing
from assay.law.states import name
from assay.ledger import check as c
from assay.ledger import say
from assay.ledger.amount import Amount
from assay.ledger.compare import all_of, compare
from assay.ledger.compute import Computed, word_of
from assay.ledger.knowledge import Known
from assay.ledger.when import When


@dataclass(frozen=True, slots=True)
class _Found:
    """What law says."""

    holds: bool | None
    shown: str
    asked: When
    """The day that was asked about."""
    contested: tuple[Position, ...] = ()
    notes: tuple[str, ...] = ()
    amount: Amount | None = None


def answer(check: c.Check, as_known: date | None) -> Computed:
    """The answer of a treaty to a check. Raises `InputError` for what the treaty's book does not know."""
    assert isinstance(check.question, c.LawQuestion)
    book = open_shipped(check.question.treaty)
    found = _ask(book, check, as_known)
    contested = tuple(dict.fromkeys(f"{one.by}: {one.position.rstrip('.')}" for one in found.contested))
    sources = tuple(dict.fromkeys(source for one in found.contested for source in one.source))
    notes = tuple(dict.fromkeys(note.rstrip(".") for note in found.notes))
    shown = found.shown.rstrip(".")
    return Computed(found.holds, shown, Known(found.asked, "law"), found.amount, sources, contested, notes)


def _ask(book: Book, check: c.Check, as_known: date | None) -> _Found:
    match check.question:
        case c.Standing() as question:
            return _standing(book, question, check.comparison, as_known)
        case c.May() as question:
            return _may(book, question, check.comparison, as_known)
        case c.Since() as question:
            return _since(book, question, check.comparison, as_known)
        case c.Exit() as question:
            return _exit(book, question, check.comparison, as_known)
        case c.Parties() as question:
            return _parties(book, question, check.comparison, as_known)
        case _:
            raise AssertionError(check.question)


def _standing(book: Book, question: c.Standing, asked: c.Comparison | None, as_known: date | None) -> _Found:
    found = _standings(book, question, as_known)
    holds = all_of([_is_word(one.possible, asked) for one in found])
    words = "; ".join(f"{name(one.actor)}: {' or '.join(one.possible)}" for one in found)
    because = list(dict.fromkeys(sentence for one in found for sentence in one.because))
    shown = f"{book.treaty} on {say.day(question.on.first)}: {words}{_asked(asked, holds)}"
    if len(found) == 1:
        shown += ". " + " ".join(because)
    return _Found(holds, shown, question.on, _positions(found), _notes(found))


def _exit(book: Book, question: c.Exit, asked: c.Comparison | None, as_known: date | None) -> _Found:
    clock_day = exit_after(book, question.notice.first)
    assert clock_day is not None  # without conflicts nothing holds it back
    if not question.actor:
        shown = f"a notice of {say.day(question.notice.first)} under {book.treaty} takes effect on {say.day(clock_day)}"
        return _Found(_is_day(clock_day, asked), shown, question.notice)
    found = outlook(book, question.actor, question.notice.first, as_known)
    answers = [_is_exit(way.exit, clock_day, asked) for way in found.ways]
    holds = answers[0] if len(set(answers)) == 1 else None
    shown = f"{book.treaty}: " + " ".join(found.because).rstrip(".") + _asked(asked, holds)
    return _Found(holds, shown, question.notice, found.contested, () if found.contested else found.notes)


def _is_exit(day: Day | None, clock_day: date, asked: c.Comparison | None) -> bool | None:
    """The answer for an exit on one reading; open where an armed conflict of partly known days may hold it back."""
    if day is None:
        return _is_held(clock_day, asked)
    return _is_day(day.first, asked) if day.exact else None


def _standings(book: Book, question: c.Standing, as_known: date | None) -> list[Standing]:
    """The standing of each actor. Raises `InputError` with every actor that is not known."""
    found, problems = list[Standing](), list[Problem]()
    for actor in question.actors:
        try:
            found.append(standing(book, actor, question.on.first, as_known))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _may(book: Book, question: c.May, asked: c.Comparison | None, as_known: date | None) -> _Found:
    answers = may(book, question.act, question.actor, question.on.first, question.to or None, as_known)
    if question.role:
        answers = tuple(one for one in answers if one.role == question.role)
        if not answers:
            raise InputError([Problem(question.role, None, None, "", "no such side of the act", "giver, receiver")])
    word = whole(answers)
    holds = _is_word((word,), asked)
    articles = ", ".join(dict.fromkeys(article for one in answers for article in one.articles))
    shown = f"{book.treaty} on {say.day(question.on.first)}: may {question.actor} {question.act}? {word}"
    shown += f" (Art. {articles})" if articles else ""
    contested = tuple(position for one in answers for position in one.contested)
    return _Found(holds, shown + _asked(asked, holds), question.on, contested)


def _since(book: Book, question: c.Since, asked: c.Comparison | None, as_known: date | None) -> _Found:
    found = standing(book, question.actor, question.on.first, as_known)
    since = say.day(found.since) if found.since else "a day that is not on record"
    shown = f"{book.treaty}: {name(found.actor)} is {found.word} since {since}"
    return _Found(_is_day(found.since, asked), shown, question.on, found.contested, found.notes)


def _parties(book: Book, question: c.Parties, asked: c.Comparison | None, as_known: date | None) -> _Found:
    found = roll(book, question.on.first, as_known)
    least, unsure = len(found.parties), len(found.undecided)
    amount = Amount(None if unsure else float(least), float(least), float(least + unsure), "states")
    holds = compare(amount, asked)
    shown = f"{book.treaty} on {say.day(question.on.first)}: {say.amount(amount)} bound"
    shown += f"; {say.comparison(asked)}: {word_of(holds)}" if asked else ""
    return _Found(holds, shown, question.on, notes=found.notes, amount=amount)


def _is_word(possible: Sequence[str], asked: c.Comparison | None) -> bool | None:
    """Whether a standing or answer is one of those asked for; open where some of the possible ones are."""
    if asked is None:
        return None
    if tuple(possible) == ("disputed",) and "disputed" not in asked.words:
        return None
    fits = {(word in asked.words) == (asked.word == "is") for word in possible}
    return fits.pop() if len(fits) == 1 else None


def _is_day(found: date | None, asked: c.Comparison | None) -> bool | None:
    if asked is None or found is None:
        return None
    return (found.isoformat() in asked.words) == (asked.word == "is")


def _is_held(clock_day: date, asked: c.Comparison | None) -> bool | None:
    """Of an exit that a conflict holds back: it is on no day before the clock alone would strike; else it is open."""
    if asked is None or any(word >= clock_day.isoformat() for word in asked.words):
        return None
    return asked.word != "is"


def _asked(asked: c.Comparison | None, holds: bool | None) -> str:
    return f"; {say.comparison(asked)}: {word_of(holds)}" if asked else ""


def _positions(found: Iterable[Standing]) -> tuple[Position, ...]:
    """Who holds what of standings that turn on it: a conflict that bears on a later exit alone is none of theirs."""
    turning = [one for one in found if len(one.possible) > 1 or one.suspended]
    return tuple(position for one in turning for position in one.contested)


def _notes(found: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(note for one in found for note in one.notes)
