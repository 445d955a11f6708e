"""From sections of `rules.yaml` to what a treaty bars, its roles, exceptions, deadlines, duties and notes."""

from __future__ import annotations

from assay.documents.tree import describe
from assay.law.book import ROLES, Allowance, Bar, Deadline, Duty, Note, Role
from assay.law.fields import Section

LONGEST = 1000
"""Years of the longest deadline: the days of whatever is read then stay within the calendar."""


def read_notes(top: Section) -> tuple[Note, ...]:
    """Notes are texts; one that rests on later knowledge is `{text, known_from}`."""
    value = top.data.get("notes")
    if not isinstance(value, list):
        return tuple(Note(text) for text in top.texts("notes"))
    top.passed("notes")
    return tuple(_note(top, index, item) for index, item in enumerate(value))


def _note(top: Section, index: int, item: object) -> Note:
    path = (*top.at("notes"), index)
    if isinstance(item, dict):
        section = Section(item, path, top.notes)
        note = Note(section.text("text"), section.date("known_from"))
        section.done()
        return note
    if isinstance(item, bool | list) or item is None:
        top.notes.note(path, describe(item), "text, or `{text, known_from}`")
    return Note(str(item))


def read_bar(section: Section) -> Bar:
    """An act that a party may not do."""
    found = Bar(
        section.text("act"),
        section.text("article"),
        section.truth("of_others", False),
        section.states("who"),
        section.states("not_who"),
        section.states("not_to"),
    )
    section.done()
    return found


def read_role(section: Section) -> Role:
    """One side of an act between several."""
    name = section.text("role")
    if name and name not in ROLES:
        section.wrong("role", repr(name), f"one of {', '.join(ROLES)}")
    found = Role(name, section.text("act"), section.text("article", ""), section.text("contest", ""))
    section.done()
    return found


def read_allowance(section: Section) -> Allowance:
    """An exception."""
    found = Allowance(
        section.texts("acts"),
        section.text("article"),
        section.text("purpose"),
        section.text("limit", ""),
        section.truth("outsiders", False),
    )
    section.done()
    return found


def read_deadline(section: Section) -> Deadline:
    """A duty with the time within which it must be done."""
    before = len(section.notes.problems)
    found = Deadline(
        section.text("article"),
        section.text("duty"),
        section.number("years", most=LONGEST),
        section.number("days"),
        section.text("extension", ""),
    )
    if not found.years and not found.days and len(section.notes.problems) == before:
        section.notes.note(section.path, "a deadline without a length", "`years` or `days`, more than none")
    section.done()
    return found


def read_duty(section: Section) -> Duty:
    """A duty in words."""
    found = Duty(
        section.text("article", ""),
        section.text("text"),
        section.truth("verified", True),
        section.truth("soft", False),
    )
    section.done()
    return found
