"""`assay law`: what a treaty means for a state on a day, who is bound, and what that bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import typer

from assay.cli.law_json import coalition_json, duties_json, may_json, outlook_json, roll_json, standing_json
from assay.cli.law_text import (
    print_answer,
    print_coalition,
    print_duties,
    print_history,
    print_outlook,
    print_roll,
    print_standing,
)
from assay.cli.show import print_json
from assay.errors import InputError, Problem

if TYPE_CHECKING:
    from assay.law.book import Book

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks of a treaty."""

    actor: str | None = None
    on: str | None = None
    as_known: str | None = None
    may: str | None = None
    to: str | None = None
    through: tuple[str, ...] = ()
    notice: str | None = None
    history: bool = False


def law(treaty: str | None, ask: Ask, as_json: bool) -> None:
    """Answers about a treaty; without one, lists those that are known."""
    if treaty is None:
        _list(as_json)
        return
    book, on, as_known = _understood(treaty, ask)
    if ask.actor is None:
        from assay.law.roll import roll

        found = roll(book, on, as_known)
        print_json(roll_json(found)) if as_json else print_roll(book, found)
    elif "," in ask.actor:
        from assay.law.coalition import coalition

        several = coalition(book, ask.actor.split(","), on, as_known)
        print_json(coalition_json(book, several)) if as_json else print_coalition(book, several)
    else:
        _standing(book, ask, on, as_known, as_json)


def _understood(treaty: str, ask: Ask) -> tuple[Book, date, date | None]:
    """The treaty, the day and what may be known. Raises `InputError` with all that was asked and is not known here."""
    from assay.law.books import open_book
    from assay.law.may import barred
    from assay.law.states import find

    problems: list[Problem] = []

    def tried(what: Callable[[], T]) -> T | None:
        try:
            return what()
        except InputError as error:
            problems.extend(error.problems)
            return None

    book = tried(lambda: open_book(treaty))
    for place, state in _named(ask):
        tried(partial(find if state.strip() else _no_state, state if state.strip() else place))
    on, as_known = tried(lambda: _day("--on", ask.on)), tried(lambda: _day("--as-known", ask.as_known))
    tried(lambda: _day("--notice", ask.notice))
    if book is not None and ask.may:
        tried(partial(barred, book, ask.may))
    if book is None or problems:
        raise InputError(problems)
    return book, on or date.today(), as_known


def _named(ask: Ask) -> list[tuple[str, str]]:
    """Every state that is named, with the place where."""
    actors = [("ACTOR", each) for each in ask.actor.split(",")] if ask.actor is not None else []
    to = [("--to", ask.to)] if ask.to is not None else []
    return [*actors, *to, *(("--through", each) for each in ask.through)]


def _no_state(place: str) -> None:
    raise InputError(
        [Problem(place, None, None, "", "no state where one should stand", "a code such as POL, or a name")]
    )


def _day(option: str, text: str | None) -> date | None:
    from assay.law.days import parse_date

    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise InputError([Problem(option, None, None, "", *str(error).split("; ", 1))]) from None


def _list(as_json: bool) -> None:
    from assay.law.books import summaries

    found = summaries()
    if as_json:
        print_json({"treaties": [{"treaty": one, "name": name} for one, name in found]})
        return
    width = max(len(one) for one, _ in found)
    for one, name in found:
        typer.echo(f"{one:<{width}}  {name}")


def _standing(book: Book, ask: Ask, on: date, as_known: date | None, as_json: bool) -> None:
    from assay.law.may import may
    from assay.law.outlook import outlook
    from assay.law.standing import standing
    from assay.law.timeline import timeline

    assert ask.actor is not None
    found = standing(book, ask.actor, on, as_known)
    answers = may(book, ask.may, ask.actor, on, ask.to, as_known, ask.through or None) if ask.may else ()
    notice = _day("--notice", ask.notice)
    ahead = outlook(book, ask.actor, notice, as_known) if notice else None
    history = timeline(book, ask.actor, as_known) if ask.history else ()
    if as_json:
        told = standing_json(found) | duties_json(book, found)
        if ask.may:
            told["may"] = {ask.may: may_json(answers)}
        if ahead is not None:
            told["notice"] = outlook_json(ahead)
        if ask.history:
            told["history"] = [standing_json(one) for one in history]
        print_json(told)
        return
    print_standing(book, found)
    for answer in answers:
        print_answer(book, ask.may or "", answer)
    if ahead is not None:
        print_outlook(ahead)
    if ask.history:
        print_history(history)
    elif not answers and ahead is None:
        print_duties(book, found)
