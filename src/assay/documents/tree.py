"""From the bytes of a YAML file to plain values and their places.

YAML 1.2 as cases and treaties use it: mappings with text keys, lists, text and numbers. Anchors, aliases, merge
keys, tags, several documents and repeated keys are refused, and so are files too large, too deep or too full. The
events of a parser are read, so that nothing is built before it has been counted: libyaml's, which is eight times as
fast, and where that finds anything amiss those of the YAML library in Python, which say better what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from assay.documents.locate import Locator, Place
from assay.errors import InputError, Problem

LARGEST = 4 * 1024 * 1024
"""Largest file that is read, in bytes."""
DEEPEST = 30
"""Deepest nesting of mappings and lists."""
FULLEST = 200_000
"""Most values in one file."""
MOST_PROBLEMS = 20
"""After so many anchors, repeated keys and the like the rest of a document is not read."""

_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_OLD_BREAKS = re.compile("[\x85\u2028\u2029]")
_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def read_bytes(path: Path, name: str, largest: int = LARGEST, what: str = "a case file") -> bytes:
    """The bytes of a file of at most `largest` bytes. Raises `InputError` where there is no such file.

    `what` names in messages the kind of file that is wanted.
    """
    try:
        if path.is_dir():
            _refuse(name, "a folder", f"the path of {what}, not of its folder")
        if not path.is_file():
            expected = f"the path of {what}" if path.exists() else "a file that exists; check the spelling"
            _refuse(name, "not an ordinary file" if path.exists() else "no such file", expected)
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(name, None, None, "", f"cannot be read ({reason})", "a readable file")]) from None
    if len(content) > largest:
        size = max(path.stat().st_size, len(content)) / 1024**2
        _refuse(name, f"a file of {size:.1f} MB", f"at most {largest // 1024**2} MB")
    return content


def decode(content: bytes, name: str) -> str:
    """The text of a file. Raises `InputError` where it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        found = f"a byte that is not UTF-8 text (0x{content[error.start]:02x})"
        raise InputError([Problem(name, line, column, "", found, "save the file as UTF-8 text")]) from None
    return text


def compose(text: str, name: str, expected: str = "a mapping of keys and values") -> tuple[dict[str, Any], Locator]:
    """The mapping that a YAML text says, with the place of every value; `expected` says what it should be.

    Raises `InputError`.
    """
    data, place = quickly(text, name) or _carefully(text, name, expected)
    return data, Locator(name, place)


def quickly(text: str, name: str) -> tuple[dict[str, Any], Place] | None:
    """The mapping of a text and its place, by libyaml; None where it finds anything amiss, or a break of lines that is
    one in YAML 1.1 alone.
    """
    if _OLD_BREAKS.search(text):
        return None
    from _ruamel_yaml import CParser
    from ruamel.yaml.error import YAMLError

    composer = _Composer(name)

    def events() -> Iterator[Any]:
        parser = CParser(text)
        while parser.check_event():
            yield parser.get_event()

    try:
        data, place = composer.document(events())
    except (YAMLError, InputError, RecursionError, ValueError):
        return None
    return (data, place) if isinstance(data, dict) and not composer.problems else None


def _carefully(text: str, name: str, expected: str) -> tuple[dict[str, Any], Place]:
    """The same of any text, or what is wrong with it, by the parser in Python."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    composer = _Composer(name)
    yaml = YAML(typ="safe", pure=True)
    try:
        data, place = composer.document(yaml.parse(text))
    except MarkedYAMLError as error:
        raise InputError([*composer.problems, _syntax(error, text, name)]) from None
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = f"a character that YAML does not allow (U+{int(error.character):04X})"
        raise InputError([*composer.problems, Problem(name, line, column, "", found, "take it out")]) from None
    except (YAMLError, RecursionError, ValueError, IndexError, AttributeError, AssertionError) as error:
        # The YAML library stumbles over some malformed texts with errors of Python's own.
        found = f"not readable as YAML ({type(error).__name__})"
        raise InputError([*composer.problems, Problem(name, None, None, "", found, "well-formed YAML 1.2")]) from None
    if not isinstance(data, dict):
        kind = "nothing" if data is None else describe(data)
        composer.problems.append(Problem(name, place.line, place.column, "", kind, expected))
    if composer.problems:
        raise InputError(composer.problems)
    return data, place


def describe(value: Any) -> str:
    """A value of a document in a few words, for messages."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value!r}"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _refuse(name: str, found: str, expected: str) -> NoReturn:
    raise InputError([Problem(name, None, None, "", found, expected)])


def _syntax(error: Any, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = " ".join(str(error.problem or error.context or "not well-formed").split())
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
    lines = text.splitlines()
    if line is not None and line <= len(lines) and "\t" in lines[line - 1][: column or 1]:
        return Problem(name, line, column, "", "a tab in the indentation", "spaces; YAML is not indented with tabs")
    return Problem(name, line, column, "", f"not well-formed YAML: {said}", _syntax_hint(said))


def _syntax_hint(said: str) -> str:
    if "mapping values are not allowed" in said or "expected ',' or" in said:
        return "put text that contains `: `, `, `, brackets or braces in quotes"
    if "found character" in said and "cannot start" in said:
        return "put the text in quotes"
    return "check the indentation, brackets and quotes here and just above"


@dataclass(slots=True)
class _Composer:
    """Builds values and places from the parser's events, and gathers what a document may not contain."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def document(self, events: Iterator[Any]) -> tuple[Any, Place]:
        data, place, documents = None, Place(1, 1, 1, 1), 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._stop(event, "a second document", "one document in a file; take out the line `---`")
            elif kind not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"):
                data, place = self.value(event, events, 1)
        return data, place

    def value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Place]:
        kind = type(event).__name__
        self._count(event, depth)
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if kind == "AliasEvent":
            self._note(event, f"an alias (*{event.anchor})", "write the value out; aliases are not read")
            return None, Place(line, column, line, column)
        if event.anchor is not None:
            self._note(event, f"an anchor (&{event.anchor})", "take it out; anchors and aliases are not read")
        if event.tag is not None:
            self._note(event, f"a tag ({event.tag})", "take it out; tags are not read")
        place = Place(line, column, line, column)
        if kind == "ScalarEvent":
            return self._scalar(event, place), place
        if kind == "SequenceStartEvent":
            return self._list(events, place, depth), place
        return self._mapping(events, place, depth), place

    def _scalar(self, event: Any, place: Place) -> Any:
        start, end, text = event.start_mark, event.end_mark, event.value
        plain = event.style is None or event.style == ""
        if start.line == end.line:
            quotes = 0 if plain else 1
            if end.index - start.index == len(text) + 2 * quotes:
                place.indent = quotes
        return resolve(text) if plain else text

    def _list(self, events: Iterator[Any], place: Place, depth: int) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            value, below = self.value(event, events, depth + 1)
            values.append(value)
            place.items.append(below)
        return values

    def _mapping(self, events: Iterator[Any], place: Place, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._key(event, events, depth)
            value, below = self.value(next(events), events, depth + 1)
            below.key_line, below.key_column = event.start_mark.line + 1, event.start_mark.column + 1
            if key in values:
                first = place.keys[key]
                self._note(event, f"the key {key!r} again", f"each key once; the first is in line {first.key_line}")
            elif key is not None:
                values[key] = value
                place.keys[key] = below
        return values

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        if type(event).__name__ != "ScalarEvent":
            self.value(event, events, depth + 1)
            self._note(event, "a key that is not text", "a name, then a colon")
            return None
        self.value(event, events, depth + 1)
        if event.value == "<<" and not event.style:
            self._note(event, "a merge key (<<)", "write the values out; merge keys are not read")
            return None
        return str(event.value)

    def _count(self, event: Any, depth: int) -> None:
        self.count += 1
        if self.count > FULLEST:
            self._stop(event, f"more than {FULLEST:,} values", "a smaller file")
        if depth > DEEPEST:
            self._stop(event, f"values nested more than {DEEPEST} deep", "a flatter document")

    def _note(self, event: Any, found: str, expected: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, "", found, expected))
        if len(self.problems) >= MOST_PROBLEMS:
            raise InputError(self.problems)

    def _stop(self, event: Any, found: str, expected: str) -> NoReturn:
        self._note(event, found, expected)
        raise InputError(self.problems)


def resolve(text: str) -> Any:
    """A plain scalar as YAML 1.2 reads it: nothing, a truth, a decimal number, or text (`on`, `off`, `no` are text)."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789" or len(text) > 300 or not _NUMBER.fullmatch(text):
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    return number if abs(number) != float("inf") else text
