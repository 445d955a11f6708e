"""States by code and name, and what a reader who misspells one is told.

The list (`library/treaties/states.csv`) holds the members of the United Nations, the Holy See, Palestine, the Cook
Islands and Niue: the states that the depositary of the two weapon conventions counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from assay.documents.table import read_table
from assay.documents.tree import decode, read_bytes
from assay.errors import InputError, Problem
from assay.library import TREATIES

FILE = TREATIES / "states.csv"
"""Where the list is."""
_THE = frozenset(
    [
        "BHS",
        "CAF",
        "COD",
        "COG",
        "COK",
        "COM",
        "DOM",
        "GBR",
        "GMB",
        "ARE",
        "MDV",
        "MHL",
        "NLD",
        "PHL",
        "SLB",
        "USA",
        "VAT",
    ]  # "the Bahamas"
)


@dataclass(frozen=True, slots=True)
class State:
    """One state."""

    iso3: str
    """ISO 3166-1 alpha-3 code, by which acts name it."""
    iso2: str
    number: str
    """ISO 3166-1 numeric code with leading zeros, by which maps name it."""
    name: str
    also: tuple[str, ...] = ()
    """Other names by which it is found."""


@cache
def states() -> dict[str, State]:
    """Every state by its three letters."""
    text = decode(read_bytes(FILE, FILE.name, what="the list of states"), FILE.name)
    rows = read_table(text, FILE.name, ("iso3", "iso2", "number", "name", "also")).rows
    return {
        row["iso3"]: State(
            row["iso3"], row["iso2"], row["number"], row["name"], tuple(name for name in row["also"].split("|") if name)
        )
        for row in rows
    }


@cache
def _by_any_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for state in states().values():
        for name in (state.iso3, state.iso2, state.name, *state.also):
            names[name.casefold()] = state.iso3
    return names


def find(text: str) -> str:
    """The three letters of the state that a code or an English name stands for, in any case.

    Raises `InputError` with near misses where there is none.
    """
    found = _by_any_name().get(" ".join(text.split()).casefold().removeprefix("the "))
    if found is None:
        raise InputError([Problem(text, None, None, "", "not a state that is known here", near(text))])
    return found


def near(text: str) -> str:
    """What somebody who wrote `text` may have meant, for messages."""
    exact = text.casefold() in _by_any_name()
    close = [text.casefold()] if exact else get_close_matches(text.casefold(), _by_any_name(), n=3, cutoff=0.7)
    meant = dict.fromkeys(_by_any_name()[name] for name in close)
    if not meant:
        return "a code such as POL, or a name such as Poland"
    return "did you mean " + " or ".join(f"{states()[iso].name} ({iso})" for iso in meant) + "?"


def name(iso3: str) -> str:
    """The English name of a state, with its article, as a sentence has it: `the United States`."""
    plain = states()[iso3].name
    return f"the {plain}" if iso3 in _THE else plain
