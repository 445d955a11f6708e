"""The plain part of YAML, in which nearly all cases are written, read straight to values and places.

The YAML library takes a text apart character by character; a third of the time to check a case went there. Here whole
words are matched. What is not plain (anchors, most escapes, tabs, anything out of place) is not read at all: `read`
gives None, and the library reads the whole document and tells what is wrong. What is read has the values and the places
that the library gives; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assay.documents.locate import Place
from assay.documents.words import BLOCK, BREAK, COLON, FLOW, GAP, HEAD, NEVER, ODD, QUOTED, REST, joined, unquoted

LONGEST_KEY = 1_000
"""Characters of a key; the library takes no key from far more."""


class Unusual(Exception):  # noqa: N818 - no error: the library reads what is not plain
    """Raised at what is not plain."""


class Plain:
    """Reads one document. A position is an index into the text; lines and columns follow from where lines begin."""

    def __init__(self, text: str, resolve: Callable[[str], Any], deepest: int, fullest: int) -> None:
        self.text, self.resolve, self.deepest, self.left = text, resolve, deepest, fullest
        self.at, self.line, self.start = 0, 1, 0

    def document(self) -> tuple[Any, Place]:
        """The value of the whole text, and its place."""
        if ODD.search(self.text) or not self.text.endswith("\n"):
            raise Unusual
        self.skip()
        if self.at == len(self.text):
            raise Unusual
        found = self.node(-1, 1)
        if self.at != len(self.text):
            raise Unusual
        return found

    # -- positions

    def move(self, to: int) -> None:
        """Goes on to a position, counting the lines passed."""
        passed = self.text.count("\n", self.at, to)
        if passed:
            self.line += passed
            self.start = self.text.rindex("\n", self.at, to) + 1
        self.at = to

    def skip(self) -> None:
        """Goes on to what comes next."""
        found = GAP.match(self.text, self.at)
        assert found is not None  # it matches nothing, too
        self.move(found.end())

    def place(self, at: int) -> Place:
        """The place of a position in the line."""
        column = at - self.start + 1
        return Place(self.line, column, self.line, column)

    def dash(self) -> bool:
        """Whether an entry of a list begins at the position."""
        return self.text[self.at] == "-" and self.text[self.at + 1] in " \n"

    def count(self, depth: int) -> None:
        """Counts a value, and gives up where there are too many, or too deep ones."""
        self.left -= 1
        if depth > self.deepest or self.left < 0:
            raise Unusual

    # -- blocks; `indent` is the column of the collection around, counted from 0

    def node(self, indent: int, depth: int) -> tuple[Any, Place]:
        """The value at the position, and what follows it up to the next one."""
        if self.dash():
            return self.sequence(self.at - self.start, depth)
        if self.text[self.at] not in "[{|>":
            key = self.key(BLOCK)
            if key is not None:
                return self.mapping(key, depth)
        return self.value(indent, depth)

    def value(self, indent: int, depth: int) -> tuple[Any, Place]:
        """Text or a flow collection."""
        self.count(depth)
        char, place = self.text[self.at], self.place(self.at)
        if char in "[{":
            found = self.flow(place, depth)
        elif char in "|>":
            return self.folded(indent), place
        elif char in "'\"":
            found = self.quoted(place)
        else:
            return self.plain(place, indent), place
        if not REST.match(self.text, self.at):
            raise Unusual
        self.skip()
        return found, place

    def key(self, words: re.Pattern[str]) -> tuple[str, Place, int] | None:
        """The key at the position with its place and the end of its colon; None where there is none."""
        char = self.text[self.at]
        found = QUOTED.match(self.text, self.at) if char in "'\"" else words.match(self.text, self.at)
        if found is None or (char in NEVER and char not in "'\"") or self.dash():
            raise Unusual
        colon = COLON.match(self.text, found.end())
        if colon is None:
            return None
        name = unquoted(found) if char in "'\"" else found[0]
        if name == "<<" or len(found[0]) > LONGEST_KEY or "\n" in found[0]:
            raise Unusual
        return name, self.place(self.at), colon.end()

    def mapping(self, key: tuple[str, Place, int] | None, depth: int) -> tuple[dict[str, Any], Place]:
        self.count(depth)
        assert key is not None
        place, values = self.place(self.at), dict[str, Any]()
        column = self.at - self.start
        while key is not None:
            name, at, end = key
            self.count(depth + 1)
            if name in values:
                raise Unusual
            values[name], below = self.below(end, column, depth + 1, "-")
            below.key_line, below.key_column = at.line, at.column
            place.keys[name] = below
            key = self.key(BLOCK) if self.goes_on(column) else None
            if key is None and self.goes_on(column):
                raise Unusual
        return values, place

    def sequence(self, column: int, depth: int, indentless: bool = False) -> tuple[list[Any], Place]:
        self.count(depth)
        place, values = self.place(self.at), list[Any]()
        while self.goes_on(column):
            if not self.dash():
                if indentless:
                    break
                raise Unusual
            found, below = self.below(self.at + 1, column, depth + 1)
            values.append(found)
            place.items.append(below)
        return values, place

    def goes_on(self, column: int) -> bool:
        """Whether the collection that began at a column goes on at the position."""
        if self.at == len(self.text):
            return False
        here = self.at - self.start
        if here > column:
            raise Unusual
        return here == column

    def below(self, end: int, column: int, depth: int, beside: str = "") -> tuple[Any, Place]:
        """The value after a colon or dash that ends at `end`; nothing where the next line is no deeper."""
        line, empty = self.line, self.place(end)
        self.at = end
        self.skip()
        ends = self.at == len(self.text)
        here = self.at - self.start
        if self.line == line:
            if not beside:
                return self.node(column, depth)
            if self.dash():
                raise Unusual
            return self.value(column, depth)
        if not ends and here > column:
            return self.node(column, depth)
        if not ends and beside and here == column and self.dash():
            return self.sequence(column, depth, indentless=True)
        self.count(depth)
        empty = self.place(self.at) if beside else empty  # the library has a missing value where the next key is
        empty.indent = 0
        return None, empty

    # -- texts

    def plain(self, place: Place, indent: int) -> Any:
        """Plain text in a block, over several lines where they are deeper."""
        parts, end = self.words(BLOCK, lambda column: column > indent)
        if COLON.match(self.text, end) or not REST.match(self.text, end):
            raise Unusual
        self.move(end)
        self.skip()
        if len(parts) == 1:
            place.indent = 0
        return self.resolve("".join(parts))

    def words(self, words: re.Pattern[str], deeper: Callable[[int], bool]) -> tuple[list[str], int]:
        """The lines of a plain text with what joins them, and its end."""
        text = self.text
        if text[self.at] in NEVER or self.dash():
            raise Unusual
        found, parts = words.match(text, self.at), list[str]()
        while found is not None:
            parts.append(found[0])
            end = found.end()
            gap = BREAK.match(text, end)
            if gap is None or gap.end() == len(text):
                break
            column = gap.end() - text.rindex("\n", end, gap.end()) - 1
            if text[gap.end()] == "#" or not deeper(column):
                break
            found = words.match(text, gap.end())
            if found is not None:
                breaks = gap[0].count("\n") - 1
                parts.append("\n" * breaks if breaks else " ")
        if not parts:
            raise Unusual
        return parts, end

    def quoted(self, place: Place) -> str:
        """Text in quotes."""
        found = QUOTED.match(self.text, self.at)
        if found is None:
            raise Unusual
        self.move(found.end())
        said = unquoted(found)
        if self.line == place.line and len(found[0]) == len(said) + 2:
            place.indent = 1
        return said

    def folded(self, indent: int) -> str:
        """Text over several lines after `|` or `>`, all of one depth."""
        head = HEAD.match(self.text, self.at)
        if head is None or len(head[4]) <= indent:
            raise Unusual
        lines, at, depth = list[str](), head.start(4), len(head[4])
        while at < len(self.text):
            end = self.text.index("\n", at)
            line = self.text[at:end]
            if line and not line.startswith(head[4]):
                break
            if line[depth : depth + 1] == " " or (line and not line.strip(" ")):
                raise Unusual
            lines.append(line[depth:])
            at = end + 1
        if self.text[at : at + 1] == " " and not self.text[at : self.text.index("\n", at)].strip(" "):
            raise Unusual
        self.move(at)
        self.skip()
        while not lines[-1]:
            lines.pop()
        said = "\n".join(lines) if head[1] == "|" else joined(lines)
        return head[3] + said + ("" if head[2] else "\n")

    # -- flow collections

    def flow(self, place: Place, depth: int) -> Any:
        """A list or a mapping in brackets, up to its end."""
        opening = self.text[self.at]
        closing = "]" if opening == "[" else "}"
        values: list[Any] = []
        named: dict[str, Any] = {}
        self.at += 1
        self.skip_flow()
        while self.text[self.at] != closing:
            if opening == "[":
                found, below = self.entry(depth + 1)
                values.append(found)
                place.items.append(below)
            else:
                self.pair(named, place, depth + 1)
            self.skip_flow()
            if self.text[self.at] == ",":
                self.at += 1
                self.skip_flow()
            elif self.text[self.at] != closing:
                raise Unusual
        self.at += 1
        return values if opening == "[" else named

    def skip_flow(self) -> None:
        self.skip()
        if self.at == len(self.text) or self.text[self.at] == "#":
            raise Unusual

    def pair(self, named: dict[str, Any], place: Place, depth: int) -> None:
        key = self.key(FLOW)
        if key is None or key[0] in named:
            raise Unusual
        name, at, self.at = key
        self.count(depth)
        self.skip_flow()
        named[name], below = self.entry(depth)
        below.key_line, below.key_column = at.line, at.column
        place.keys[name] = below

    def entry(self, depth: int) -> tuple[Any, Place]:
        """A value between brackets."""
        self.count(depth)
        char, place = self.text[self.at], self.place(self.at)
        if char in "[{":
            return self.flow(place, depth), place
        if char in "'\"":
            found: Any = self.quoted(place)
        else:
            parts, end = self.words(FLOW, lambda _: True)
            self.move(end)
            place.indent = 0 if len(parts) == 1 else None
            found = self.resolve("".join(parts))
        if COLON.match(self.text, self.at):
            raise Unusual
        return found, place


def read(text: str, resolve: Callable[[str], Any], deepest: int, fullest: int) -> tuple[Any, Place] | None:
    """The value of a document and the places of all in it; None where it is not plain.

    `resolve` gives the value of a plain text; deeper or fuller documents than these are not read either.
    """
    try:
        return Plain(text, resolve, deepest, fullest).document()
    except (Unusual, RecursionError):
        return None
