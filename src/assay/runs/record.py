"""What is on record beside a case, kept with a run: judged factual claims, and standing under the case's treaties.

Plain JSON values, so that the report of a stored run says what it said when the run was made. Nothing that the model
computes depends on them, and they are no part of a run's fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assay.case.checks.context import Declared
from assay.case.judged import is_variant
from assay.case.model import Case
from assay.case.order import Move
from assay.law.book import Book
from assay.law.books import open_shipped
from assay.law.calendar import MOVES
from assay.law.may import barred
from assay.law.states import find, name
from assay.law.timeline import timeline
from assay.ledger.ledger import open_ledger
from assay.ledger.read_claims import NAME as CLAIMS
from assay.ledger.summary import summary

Record = Mapping[str, Any]


def record(case: Case, file: Path) -> dict[str, Any]:
    """What is on record beside the case in a file.

    `facts`: what `assay facts --json` says of the ledger beside it, if that has claims, with whether each item counted
    on the text's day (`counted_then`); not where another file's case has those claims. `treaties`: for each treaty that
    the case binds a variable to, the standings on record of everybody concerned, contested points, and the moves of the
    case that are acts under it.

    Raises `InputError` where the ledger is wrong.
    """
    found: dict[str, Any] = {}
    if (file.parent / CLAIMS).is_file() and not is_variant(case, file):
        found["facts"] = _facts(file.parent)
    ids = dict.fromkeys(variable.treaty for variable in case.world.values() if variable.treaty)
    if ids:
        found["treaties"] = [_treaty(case, treaty) for treaty in ids]
    return found


def _facts(folder: Path) -> dict[str, Any]:
    ledger = open_ledger(folder)
    now = summary(ledger)
    if ledger.day is None:
        return now
    then = summary(ledger, ledger.day)
    for claim, before in zip(now["claims"], then["claims"], strict=True):
        for key in ("for", "against", "computed"):
            for item, other in zip(claim[key], before[key], strict=False):
                item["counted_then"] = other["counts"]
    return now


def _treaty(case: Case, treaty: str) -> dict[str, Any]:
    book = open_shipped(treaty)
    states = list(dict.fromkeys(_states(case, treaty)))
    return {
        "treaty": treaty,
        "name": book.rules.name,
        "states": [
            {"state": state, "name": name(state), "standings": list(_standings(book, state))} for state in states
        ],
        "contested": list(_contested(book, states)),
        "acts": list(_acts(case, book)),
    }


def _states(case: Case, treaty: str) -> Iterator[str]:
    """Everybody in whose name a variable of the treaty stands, members of a coalition that do not decide included."""
    for variable in case.world.values():
        if variable.treaty == treaty and variable.for_ is not None:
            given = variable.for_
            members = case.actors[given].members if given in case.actors else (given,)
            yield from (find(member) for member in members)


def _standings(book: Book, state: str) -> Iterator[dict[str, Any]]:
    """Each standing with the day on which it begins; changes that leave the word as it is are left out."""
    before = "not a party"
    for one in timeline(book, state):
        if one.word != before:
            yield {"on": one.on.isoformat(), "word": one.word, "because": list(one.because)}
        before = one.word


def _contested(book: Book, states: Iterable[str]) -> Iterator[dict[str, Any]]:
    ids = {act.contest for act in book.acts if act.actor in set(states) and act.contest is not None}
    for contest in book.contests.values():
        if contest.id in ids:
            yield {
                "question": contest.question,
                "positions": [
                    {"by": each.by, "position": each.position, "source": [book.sources.get(s, s) for s in each.source]}
                    for each in contest.positions
                ],
            }


def _acts(case: Case, book: Book) -> Iterator[dict[str, Any]]:
    """The moves that are acts under the treaty: what they are, and by which article they are an act or barred."""
    for spot in Declared(case).spots:
        move = spot.effect
        if not isinstance(move, Move) or move.act is None:
            continue
        wanted = (move.breaks,) if move.breaks else (move.of,) if isinstance(move.of, str) else move.of or ()
        for key in wanted:
            variable = case.world[key or ""]
            if variable.treaty == book.treaty:
                yield {
                    "mover": spot.mover,
                    "move": _name(spot.path),
                    "means": move.means,
                    "act": move.act,
                    "variable": key,
                    "kind": "breach" if move.breaks else "standing" if move.act in MOVES else "barred while bound",
                    "articles": list(_articles(case, book, move.act, variable.for_ or "")),
                }


def _articles(case: Case, book: Book, act: str, given: str) -> list[str]:
    if act in MOVES:
        leaving = book.rules.exit.notice_article if book.rules.exit else ""
        return [{"notify_withdrawal": leaving}.get(act) or book.rules.consent_article] if act != "revoke_notice" else []
    members = case.actors[given].members if given in case.actors else (given,)
    return sorted({article for member in members for article in barred(book, act, find(member))})


def _name(path: tuple[str | int, ...]) -> str:
    """The move's name in a path: the last key that is text."""
    return str([step for step in path if isinstance(step, str)][-1])
