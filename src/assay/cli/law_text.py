"""What `assay law` prints: running text, notes and duties under a first line that answers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assay.law.book import Book, Position
    from assay.law.coalition import Coalition
    from assay.law.may import Answer
    from assay.law.outlook import Outlook
    from assay.law.roll import Roll
    from assay.law.standing import Standing

WIDTH = 100
"""Columns of running text."""
_KINDS = (
    ("parties", "parties, those that are leaving included"),
    ("leaving", "leaving, still bound"),
    ("consenting", "with consent given, and not in force by what is on record"),
    ("undecided", "of which it is not settled whether they are bound"),
    ("signatories", "signatories that are not bound"),
    ("left", "left"),
    ("outside", "neither signed nor bound"),
)


def print_roll(book: Book, found: Roll) -> None:
    """Who is bound, and how many."""
    from assay.law.days import say_date

    typer.echo(f"{book.treaty} ({book.rules.name}) on {say_date(found.on)}{_known(found.as_known)}")
    counts = found.counts
    for kind, what in _KINDS:
        if counts[kind] or kind == "parties":
            typer.echo(f"\n{counts[kind]} {what}")
            names = ", ".join(_names(found, kind)) if kind != "outside" or not found.complete else ""
            typer.echo(textwrap.fill(names, WIDTH, initial_indent="  ", subsequent_indent="  "), nl=bool(names))
    if counts["signed"]:
        typer.echo(f"\n{counts['signed']} had signed; {counts['consented']} had consented and not left.")
    _say_all(found.notes, "note: ")


def _names(found: Roll, kind: str) -> list[str]:
    from assay.law.states import states

    return sorted(states()[iso].name for iso in getattr(found, kind))


def print_coalition(book: Book, found: Coalition) -> None:
    """Which of several states are bound, and every change."""
    from assay.law.days import say_date
    from assay.law.states import name

    bound = f"{len(found.bound)} of {len(found.members)} bound"
    typer.echo(f"{book.treaty} on {say_date(found.on)}{_known(found.as_known)}: {bound}")
    for one in found.members:
        typer.echo(
            f"  {name(one.actor)}: {one.word}{_doubt(one)}{f', since {say_date(one.since)}' if one.since else ''}"
        )
    typer.echo("")
    for turn in found.changes:
        typer.echo(f"  {say_date(turn.on)}: {name(turn.actor)}, {turn.word}")
    _say_all(book.rules.notes_known(found.as_known), "note: ")


def print_standing(book: Book, found: Standing) -> None:
    """How one state stands, why, and what its treaty's own notes say."""
    from assay.law import say
    from assay.law.days import say_date
    from assay.law.states import name

    head = f"{book.treaty}, {name(found.actor)}, {say_date(found.on)}{_known(found.as_known)}"
    typer.echo(f"{head}: {found.word}{_doubt(found)}")
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
    _say_all(book.rules.notes_known(found.as_known), "note: ")


def _doubt(found: Standing) -> str:
    """The other standings that are possible."""
    maybe = [word for word in found.possible if word != found.word]
    return f" (or {' or '.join(maybe)})" if maybe else ""


def print_answer(book: Book, act: str, answer: Answer) -> None:
    """Whether one side may do an act. What the treaty's notes say stands with the standing already."""
    from assay.law.states import name

    who = name(answer.actor) if answer.actor else "any party"
    part = "" if answer.role == "actor" else f" as {answer.role}"
    articles = f", {', '.join(answer.articles)}" if answer.articles and answer.answer != "yes" else ""
    typer.echo(f"\n{act}, {who}{part}: {answer.answer}{articles}")
    _say_all(answer.because)
    _say_contested(answer.contested)
    told = book.rules.notes_known(None)
    _say_all([note for note in answer.notes if note not in told], "note: ")


def print_outlook(ahead: Outlook) -> None:
    """What a notice would do."""
    typer.echo("")
    _say_all(ahead.because)
    _say_contested(ahead.contested)
    _say_all(ahead.notes, "note: ")


def print_history(history: tuple[Standing, ...]) -> None:
    """Every change, with what made it."""
    from assay.law.days import say_date

    typer.echo("")
    word = ""
    for one in history:
        flags = [flag for flag in ("consenting", "provisional", "succession", "suspended") if getattr(one, flag)]
        typer.echo(f"{say_date(one.on)}: {one.word}{_doubt(one)}{' (' + ', '.join(flags) + ')' if flags else ''}")
        _say_all(one.because if one.word != word else one.because[-1:])
        word = one.word


def print_duties(book: Book, found: Standing) -> None:
    """What a state has to do, and by when."""
    from assay.law import say
    from assay.law.days import say as say_day
    from assay.law.deadlines import deadlines_of, duties_of

    for due in deadlines_of(book, found):
        more = f"; extension: {due.extension}" if due.extension else ""
        when = say_day(due.due).removeprefix("by ").removeprefix("on ")
        _say_all([f"{say.start(due.duty)} by {when}{say.under(due.article)}{more}."], "duty: ")
    _say_all([say.duty(duty) for duty in duties_of(book, found)], "duty: ")


def _say_contested(positions: tuple[Position, ...]) -> None:
    for question in dict.fromkeys(position.question for position in positions):
        _say_all([question], "contested: ")
        for position in positions:
            if position.question == question:
                _say_all([f"{position.by}: {position.position} [{', '.join(position.source)}]"], "  - ")


def _say_all(sentences: Iterable[str], lead: str = "") -> None:
    for sentence in sentences:
        indent = "  " + " " * len(lead)
        typer.echo(textwrap.fill(sentence, WIDTH, initial_indent="  " + lead, subsequent_indent=indent))


def _known(as_known: date | None) -> str:
    from assay.law.days import say_date

    return f", as known on {say_date(as_known)}" if as_known else ""
