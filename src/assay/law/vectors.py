"""Test vectors: what is known to be right of a treaty, in `vectors.yaml`, so that a treaty is tested without Python.

Each is one of

    {actor: EST, notice: 2025-06-27, in_effect: 2025-12-27}            # the clock of exits, and the state's standing
    {actor: BLR, deposit: 2003-09-03, in_effect: 2004-03-01}           # the clock of entries, and the state's standing
    {notice: 2025-08-31, in_effect: 2026-02-28}                        # a clock alone
    {actor: POL, on: 2026-02-19, standing: leaving}                    # with `as_known` where it matters
    {actor: POL, on: 2026-03-01, may: transfer, to: UKR, giver: "yes", receiver: disputed}
    {actor: UKR, if_notice: 2026-01-01, exit: held}                    # a notice not given: a day, `held` or `disputed`
    {on: 2024-12-31, parties: 164}                                     # counts of the roll

and may carry `source` and `note`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assay.documents.tree import compose, decode, describe, read_bytes
from assay.errors import InputError
from assay.law.book import Book
from assay.law.clock import entry_after, exit_after
from assay.law.fields import Notes, Section, check_sources
from assay.law.may import acts, may
from assay.law.outlook import outlook
from assay.law.roll import roll
from assay.law.standing import standing
from assay.law.states import near, states
from assay.law.story import WORDS

FILE = "vectors.yaml"
_ROLES = ("actor_answer", "giver", "transit", "receiver")
_COUNTS = ("parties", "signatories", "leaving", "left", "consenting", "undecided", "signed", "consented")


@dataclass(frozen=True, slots=True)
class Vector:
    """One thing that is known to be right."""

    line: int
    says: dict[str, str | int]
    """Its keys and values, dates as text."""

    def day(self, key: str) -> date:
        """A day of it."""
        return date.fromisoformat(str(self.says[key]))

    def get(self, key: str) -> str | None:
        """A text of it."""
        return str(self.says[key]) if key in self.says else None


def read_vectors(book: Book) -> tuple[Vector, ...]:
    """The vectors of a treaty. Raises `InputError` with every problem in their file, or where there is none."""
    path = Path(book.folder) / FILE
    text = decode(read_bytes(path, str(path), what="a treaty's test vectors"), str(path))
    data, locator = compose(text, str(path), "a mapping with the list `vectors`")
    notes = Notes(locator)
    top = Section(data, (), notes)
    vectors = tuple(_vector(section, book) for section in top.sections("vectors"))
    top.done()
    if not vectors and not notes.problems:
        top.wrong("vectors", "no vectors", "at least one thing that is known to be right")
    if notes.problems:
        raise InputError(notes.problems)
    return vectors


def _vector(section: Section, book: Book) -> Vector:
    for key in ("on", "as_known", "notice", "deposit", "in_effect"):
        section.date(key)
    for key in ("actor", "to", "through"):
        if section.has(key) and section.data[key] not in states():
            section.wrong(key, f"{describe(section.data[key])}, no state's three letters", near(str(section.data[key])))
    for key in _ROLES:
        if section.has(key):
            section.choice(key, ("yes", "no", "disputed"), "no")
    for key in _COUNTS:
        section.number(key)
    if section.has("standing"):
        section.choice("standing", WORDS, WORDS[0])
    section.date("if_notice")
    if section.has("exit") and section.data["exit"] not in ("held", "disputed"):
        section.date("exit")
    if section.has("may"):
        section.choice("may", acts(book), "")
    section.passed("note")
    check_sources(section, "source", book.sources)
    section.done()
    _check_complete(section)
    place, _ = section.notes.locator.place(section.path)
    return Vector(place.line, {key: value for key, value in section.data.items() if key not in ("source", "note")})


def _check_complete(section: Section) -> None:
    """Notes what a vector lacks to say anything."""
    given = {key for key, value in section.data.items() if value is not None}
    tests = [
        (given & {"notice", "deposit"}, {"in_effect"}),
        (given & {"standing", "may"}, {"actor", "on"}),
        (given & {"if_notice"}, {"actor", "exit"}),
        (given & {"may"}, given & set(_ROLES) or {"actor_answer"}),
        (given & set(_COUNTS), {"on"}),
    ]
    if section.data and not any(asked for asked, _ in tests):
        section.notes.note(section.path, "a vector that says nothing", "`standing`, `may`, `notice` or a count")
    for asked, needed in tests:
        if asked and not needed <= given:
            missing = ", ".join(f"`{key}`" for key in sorted(needed - given))
            section.notes.note(section.path, f"`{min(asked)}` without {missing}", f"{missing} too")
    for key in set(section.data) - given:
        section.wrong(key, "nothing", "a value, or no such key")


def failures(book: Book) -> list[str]:
    """What of a treaty's vectors does not come out, in words with the line of each; empty where all do."""
    found: list[str] = []
    for vector in read_vectors(book):
        found += [f"line {vector.line}: {text}" for text in _wrong(book, vector)]
    return found


def _wrong(book: Book, vector: Vector) -> list[str]:
    found: list[str] = []
    if vector.get("notice"):
        found += _clock(book, vector, "notice", ("leaving", "left"))
    if vector.get("deposit"):
        found += _clock(book, vector, "deposit", (None, "party"))
    as_known = vector.day("as_known") if vector.get("as_known") else None
    if vector.get("standing"):
        word = standing(book, str(vector.get("actor")), vector.day("on"), as_known).word
        found += _differs("standing", word, vector.get("standing"))
    if vector.get("if_notice"):
        word = outlook(book, str(vector.get("actor")), vector.day("if_notice"), as_known).word
        found += _differs("exit", word, vector.get("exit"))
    if vector.get("may"):
        found += _permission(book, vector, as_known)
    counts = roll(book, vector.day("on"), as_known).counts if any(key in vector.says for key in _COUNTS) else {}
    for key in _COUNTS:
        if key in vector.says:
            found += _differs(key, counts[key], vector.says[key])
    return found


def _clock(book: Book, vector: Vector, key: str, words: tuple[str | None, str]) -> list[str]:
    day, effect = vector.day(key), vector.get("in_effect")
    struck = (exit_after if key == "notice" else entry_after)(book, day)
    found = _differs("in_effect", str(struck), effect)
    if vector.get("actor") and effect:
        actor, at = str(vector.get("actor")), vector.day("in_effect")
        found += _differs(f"standing on {at}", standing(book, actor, at).word, words[1])
        before = standing(book, actor, date.fromordinal(at.toordinal() - 1)).word
        wanted = words[0] or (before if before != words[1] else f"anything but {words[1]}")
        found += _differs(f"standing the day before {at}", before, wanted)
    return found


def _permission(book: Book, vector: Vector, as_known: date | None) -> list[str]:
    through = vector.says.get("through")
    by_way = [str(through)] if through else None
    answers = may(
        book, str(vector.get("may")), str(vector.get("actor")), vector.day("on"), vector.get("to"), as_known, by_way
    )
    given = {answer.role if answer.role != "actor" else "actor_answer": answer.answer for answer in answers}
    return [
        text for role in _ROLES if role in vector.says for text in _differs(role, given.get(role), vector.get(role))
    ]


def _differs(what: str, found: object, expected: object) -> list[str]:
    return [] if found == expected else [f"{what} is {found!r}, expected {expected!r}"]
