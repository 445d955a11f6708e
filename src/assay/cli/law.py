"""`assay law`: what a treaty means for a state on a day, who is bound, and what that bars."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import typer

from assay.cli.law_json import coalition_json, may_json, outlook_json, roll_json, standing_json
from assay.cli.show import print_json
from assay.errors import InputError, Problem

if TYPE_CHECKING:
    from assay.law.book import Book, Position
    from assay.law.may import Answer
    from assay.law.roll import Roll
    from assay.law.standing import Standing

T = TypeVar("T")
WIDTH = 100
"""Columns of running text."""


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
        _roll(book, on, as_known, as_json)
    elif "," in ask.actor:
        _coalition(book, ask.actor.split(","), on, as_known, as_json)
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
    for state in [*(ask.actor or "").split(","), ask.to or "", *ask.through]:
        if state.strip():
            tried(partial(find, state))
    on, as_known = tried(lambda: _day("--on", ask.on)), tried(lambda: _day("--as-known", ask.as_known))
    tried(lambda: _day("--notice", ask.notice))
    if book is not None and ask.may:
        tried(partial(barred, book, ask.may))
    if book is None or problems:
        raise InputError(problems)
    return book, on or date.today(), as_known


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


def _roll(book: Book, on: date, as_known: date | None, as_json: bool) -> None:
    from assay.law.roll import roll

    found = roll(book, on, as_known)
    if as_json:
        print_json(roll_json(found))
        return
    from assay.law.days import say_date

    typer.echo(f"{book.treaty} ({book.rules.name}) on {say_date(on)}{_known(as_known)}")
    counts = found.counts
    for kind, what in _KINDS:
        if counts[kind]:
            typer.echo(f"\n{counts[kind]} {what}")
            typer.echo(
                textwrap.fill(", ".join(_names(found, kind)), WIDTH, initial_indent="  ", subsequent_indent="  ")
            )
    if counts["signed"]:
        typer.echo(f"\n{counts['signed']} had signed; {counts['consented']} had consented and not left.")
    _say_all(found.notes, "note: ")


_KINDS = (
    ("parties", "parties, those that are leaving included"),
    ("leaving", "leaving, still bound"),
    ("consenting", "with consent given, not yet in force"),
    ("undecided", "of which it is not settled whether they are bound"),
    ("signatories", "signatories that are not bound"),
    ("left", "left"),
)


def _names(found: Roll, kind: str) -> list[str]:
    from assay.law.states import states

    return sorted(states()[iso].name for iso in getattr(found, kind))


def _coalition(book: Book, members: list[str], on: date, as_known: date | None, as_json: bool) -> None:
    from assay.law.coalition import coalition
    from assay.law.days import say_date
    from assay.law.states import name

    found = coalition(book, members, on, as_known)
    if as_json:
        print_json(coalition_json(found))
        return
    bound = f"{len(found.bound)} of {len(found.members)} bound"
    typer.echo(f"{book.treaty} on {say_date(on)}{_known(as_known)}: {bound}")
    for one in found.members:
        typer.echo(f"  {name(one.actor)}: {one.word}{f', since {say_date(one.since)}' if one.since else ''}")
    typer.echo("")
    for turn in found.changes:
        typer.echo(f"  {say_date(turn.on)}: {name(turn.actor)}, {turn.word}")


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
        told = standing_json(found)
        if ask.may:
            told["may"] = {ask.may: may_json(answers)}
        if ahead is not None:
            told["notice"] = outlook_json(ahead)
        if ask.history:
            told["history"] = [standing_json(one) for one in history]
        print_json(told)
        return
    _print_standing(book, found)
    for answer in answers:
        _print_answer(ask.may or "", answer)
    if ahead is not None:
        typer.echo("")
        _say_all(ahead.because)
        _say_contested(ahead.contested)
    if ask.history:
        _print_history(history)
    elif not answers and ahead is None:
        _print_deadlines(book, found)


def _print_standing(book: Book, found: Standing) -> None:
    from assay.law import say
    from assay.law.days import say_date
    from assay.law.states import name

    maybe = [word for word in found.possible if word != found.word]
    doubt = f" (or {' or '.join(maybe)})" if maybe else ""
    typer.echo(f"{book.treaty}, {name(found.actor)}, {say_date(found.on)}{_known(found.as_known)}: {found.word}{doubt}")
    if found.since or found.until:
        parts = [
            f"since {say_date(found.since)}" if found.since else "",
            f"until {say_date(found.until)}" if found.until else "",
        ]
        typer.echo("  " + ", ".join(part for part in parts if part))
    _say_all(found.because)
    _say_all([say.still(rest) for rest in found.still_binds])
    _say_contested(found.contested)
    _say_all(found.notes, "note: ")


def _print_answer(act: str, answer: Answer) -> None:
    from assay.law.states import name

    who = name(answer.actor) if answer.actor else "any party"
    part = "" if answer.role == "actor" else f" as {answer.role}"
    articles = f", {', '.join(answer.articles)}" if answer.articles and answer.answer != "yes" else ""
    typer.echo(f"\n{act}, {who}{part}: {answer.answer}{articles}")
    _say_all(answer.because)
    _say_contested(answer.contested)
    _say_all(answer.notes, "note: ")


def _print_history(history: tuple[Standing, ...]) -> None:
    from assay.law.days import say_date

    typer.echo("")
    word = ""
    for one in history:
        flags = [flag for flag in ("consenting", "provisional", "succession", "suspended") if getattr(one, flag)]
        typer.echo(f"{say_date(one.on)}: {one.word}{' (' + ', '.join(flags) + ')' if flags else ''}")
        _say_all(one.because if one.word != word else one.because[-1:])
        word = one.word


def _print_deadlines(book: Book, found: Standing) -> None:
    from assay.law import say
    from assay.law.days import say as say_day
    from assay.law.deadlines import deadlines

    if not found.bound:
        soft = found.word == "signatory" or found.consenting
        _say_all([say.duty(duty) for duty in book.rules.duties if duty.soft and soft], "duty: ")
        return
    for due in deadlines(book, found.actor, found.as_known):
        more = f"; extension: {due.extension}" if due.extension else ""
        when = say_day(due.due).removeprefix("by ").removeprefix("on ")
        _say_all([f"{say.start(due.duty)} by {when}{say.under(due.article)}{more}."], "duty: ")
    _say_all([say.duty(duty) for duty in book.rules.duties if not duty.soft], "duty: ")
    _say_all(book.rules.notes, "note: ")


def _say_contested(positions: tuple[Position, ...]) -> None:
    for question in dict.fromkeys(position.question for position in positions):
        _say_all([question], "contested: ")
        for position in positions:
            if position.question == question:
                _say_all([f"{position.by}: {position.position} [{', '.join(position.source)}]"], "  - ")


def _say_all(sentences: list[str] | tuple[str, ...], lead: str = "") -> None:
    for sentence in sentences:
        indent = "  " + " " * len(lead)
        typer.echo(textwrap.fill(sentence, WIDTH, initial_indent="  " + lead, subsequent_indent=indent))


def _known(as_known: date | None) -> str:
    from assay.law.days import say_date

    return f", as known on {say_date(as_known)}" if as_known else ""
