"""Words for generated sentences: lists, names in mid-sentence, quotations, sides of a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assay.report.numbers import counted

SIDES: Mapping[str, int] = {
    "holds": 1,
    "mostly holds": 1,
    "contested": 0,
    "turns on the reading": 0,
    "vacuous": 0,
    "mostly fails": -1,
    "fails": -1,
}
"""Verdict words by the side they take: holding, neither, failing."""

COLOURS: Mapping[int, str] = {1: "holds", 0: "mid", -1: "fails"}
"""Side to colour class. Colour means truth and nothing else."""

_LOWER = ("The ", "A ", "An ", "Those ", "These ", "Some ", "All ", "Both ")
"""Words that lose their capital inside a sentence."""


def colour(word: str) -> str:
    """The colour class of a verdict word."""
    return COLOURS[SIDES.get(word, 0)]


def mid(name: str) -> str:
    """A name or clause as it stands inside a sentence: without a capital article or full stop."""
    text = name.strip().rstrip(".")
    return text[0].lower() + text[1:] if text.startswith(_LOWER) else text


def typeset(text: str) -> str:
    """With typographic apostrophes for straight ones that follow a letter, and minus signs before negative numbers."""
    return _HYPHEN.sub("−", _STRAIGHT.sub("’", text))


_STRAIGHT = re.compile(r"(?<=\w)'")
_HYPHEN = re.compile(r"(?<=[\s(])-(?=\d)")


def initial(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital first letter and a full stop."""
    text = initial(text.strip())
    return text if text.endswith((".", "?", "!", "”", "…")) else text + "."


def listed(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def some(parts: Sequence[str], most: int = 4) -> str:
    """A list of at most `most` items and how many more there are."""
    if len(parts) <= most:
        return listed(parts)
    return f"{', '.join(parts[:most])} and {counted(len(parts) - most)} more"


def many(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: `one test`, `three tests`."""
    return f"{counted(count)} {noun if count == 1 else plural or noun + 's'}"


def verb(count: int, one: str, more: str) -> str:
    """The form of a verb that agrees with the count."""
    return one if count == 1 else more


def quoted(text: str) -> str:
    """In quotation marks, without any that the text already has around it; inner ones become single."""
    inner = _PAIR.sub("‘\\1’", text.strip().strip('“”"')).replace('"', "’")
    return f"“{inner}”"


_PAIR = re.compile('"([^"]*)"')


def clipped(text: str, most: int = 60) -> str:
    """Cut at a word near `most` characters, with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most].rsplit(" ", 1)[0].rstrip(",;:")
    return f"{head} …"


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """(key, member) pairs as key to members, in order of first sight."""
    groups: dict[str, list[str]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return groups
