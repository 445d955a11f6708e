"""What `assay law --json` prints: plain values under stable keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assay.law.book import Book, Position
    from assay.law.coalition import Coalition
    from assay.law.may import Answer
    from assay.law.outlook import Outlook
    from assay.law.roll import Roll
    from assay.law.standing import Standing


def roll_json(found: Roll) -> dict[str, Any]:
    """The states of a treaty on a day, by three letters, and how many they are."""
    kinds = ("parties", "signatories", "leaving", "left", "consenting", "undecided", "outside")
    return {
        "treaty": found.treaty,
        "on": found.on.isoformat(),
        "as_known": _iso(found.as_known),
        **{kind: list(getattr(found, kind)) for kind in kinds},
        "counts": found.counts,
        "complete": found.complete,
        "notes": list(found.notes),
    }


def standing_json(found: Standing) -> dict[str, Any]:
    """One state on one day."""
    return {
        "treaty": found.treaty,
        "actor": found.actor,
        "on": found.on.isoformat(),
        "as_known": _iso(found.as_known),
        "standing": found.word,
        "since": _iso(found.since),
        "until": _iso(found.until),
        "articles": list(found.articles),
        "because": list(found.because),
        "contested": [_position(position) for position in found.contested],
        "bound": found.bound,
        "possible": list(found.possible),
        "consenting": found.consenting,
        "entry": _iso(found.entry),
        "provisional": found.provisional,
        "succession": found.succession,
        "suspended": found.suspended,
        "exit": _iso(found.exit),
        "still_binds": [
            {
                "instrument": rest.instrument,
                "condition": rest.condition,
                "article": rest.article,
                "verified": rest.verified,
            }
            for rest in found.still_binds
        ],
        "notes": list(found.notes),
    }


def duties_json(book: Book, found: Standing) -> dict[str, Any]:
    """What a state has to do and by when, and what its treaty's own notes say."""
    from assay.law.deadlines import deadlines_of, duties_of

    return {
        "deadlines": [
            {"article": due.article, "duty": due.duty, "due": str(due.due), "extension": due.extension}
            for due in deadlines_of(book, found)
        ],
        "duties": [
            {"article": duty.article, "text": duty.text, "verified": duty.verified} for duty in duties_of(book, found)
        ],
        "treaty_notes": list(book.rules.notes_known(found.as_known)),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "by": position.by,
        "position": position.position,
        "source": list(position.source),
        "question": position.question,
        "known_from": _iso(position.known_from),
    }


def may_json(answers: tuple[Answer, ...]) -> dict[str, Any]:
    """The asked actor's own answer, then every side's."""
    from assay.law.may import whole

    own = answers[0]
    return {
        "answer": own.answer,
        "article": ", ".join(own.articles),
        "whole": whole(answers),
        "sides": [
            {
                "role": answer.role,
                "actor": answer.actor,
                "answer": answer.answer,
                "articles": list(answer.articles),
                "because": list(answer.because),
                "contested": [_position(position) for position in answer.contested],
                "notes": list(answer.notes),
            }
            for answer in answers
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def outlook_json(found: Outlook) -> dict[str, Any]:
    """What a notice that was not given would do."""
    return {
        "on": found.notice.isoformat(),
        "exit": found.word,
        "ways": [{"reading": dict(way.reading), "exit": str(way.exit) if way.exit else None} for way in found.ways],
        "because": list(found.because),
        "contested": [_position(position) for position in found.contested],
        "bound": found.bound,
        "notes": list(found.notes),
    }


def coalition_json(book: Book, found: Coalition) -> dict[str, Any]:
    """Several states: each one's standing, and every change."""
    return {
        "treaty": found.treaty,
        "on": found.on.isoformat(),
        "as_known": _iso(found.as_known),
        "members": [standing_json(one) for one in found.members],
        "bound": list(found.bound),
        "free": list(found.free),
        "undecided": list(found.undecided),
        "changes": [{"on": turn.on.isoformat(), "actor": turn.actor, "standing": turn.word} for turn in found.changes],
        "treaty_notes": list(book.rules.notes_known(found.as_known)),
    }
