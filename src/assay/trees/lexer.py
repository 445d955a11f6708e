"""Gambit's files as tokens with their places.

The quoting is Gambit's own: a backslash before a quotation mark stands for the mark; before anything else it stands
for itself; of several backslashes in a row every one but the first counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assay.errors import InputError, Problem
from assay.trees.number import Exact


class Mark(Enum):
    """The kinds of tokens."""

    NUMBER = "a number"
    TEXT = "a quoted text"
    WORD = "a word"
    OPEN = "'{'"
    CLOSE = "'}'"
    COMMA = "','"
    END = "the end of the file"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it starts."""

    mark: Mark
    text: str
    line: int
    column: int

    def __str__(self) -> str:
        """The token as a message speaks of it."""
        if self.mark in (Mark.NUMBER, Mark.WORD):
            return repr(self.text) if len(self.text) < 60 else repr(self.text[:57] + "...")
        if self.mark is Mark.TEXT:
            return f'the text "{self.text}"' if len(self.text) < 60 else f'the text "{self.text[:57]}..."'
        return str(self.mark.value)


_BLANK = re.compile(r"[ \t\n\r\v\f]+")
_NUMBER = re.compile(r"[+-]?[0-9]+/[0-9]+|[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r'[^ \t\n\r\v\f{},"]+')
_QUOTED = re.compile(r'"((?:[^"\\]++|\\++"|\\++[^"\\])*+)"', re.DOTALL)
_SLASHES = re.compile(r'(\\+)(")?')
_SINGLE = {"{": Mark.OPEN, "}": Mark.CLOSE, ",": Mark.COMMA}


def unquoted(inside: str) -> str:
    """The text that stands between two quotation marks."""

    def said(found: re.Match[str]) -> str:
        count: int = len(found[1])
        return "\\" * (2 * (count - 1)) + '"' if found[2] else "\\" * (2 * count - 1)

    return _SLASHES.sub(said, inside)


def quoted(text: str) -> str:
    """The text in quotation marks, so that Gambit and `unquoted` read it back.

    Raises ValueError for the few texts that Gambit's files cannot hold: those with an even number of backslashes in
    front of something else than a quotation mark, an odd number in front of one, or any at the end.
    """

    def written(found: re.Match[str]) -> str:
        count, mark = len(found[0].rstrip('"')), found[0].endswith('"')
        if (found.end() == len(text) and not mark) or (count % 2 == 0) != mark:
            raise ValueError(f"a Gambit file cannot hold the text {text!r}: mind its backslashes")
        return "\\" * (count // 2 + 1) + '"' * mark

    return '"' + re.sub(r'\\*"|\\+', written, text) + '"'


def tokens(text: str, file: str) -> tuple[list[Token], Problem | None]:
    """Every token of a file, the last one `END`; and why they end before the file does, if they do."""
    found: list[Token] = []
    problem = None
    at, line, start = 0, 1, 0

    def add(mark: Mark, said: str) -> None:
        found.append(Token(mark, said, line, at - start + 1))

    while at < len(text):
        char = text[at]
        end = at + 1
        if match := _BLANK.match(text, at):
            end = match.end()
        elif char in _SINGLE:
            add(_SINGLE[char], char)
        elif char == '"':
            match = _QUOTED.match(text, at)
            if not match:
                column = at - start + 1
                problem = Problem(file, line, column, "", "a quotation mark that nothing closes", 'close it with "')
                break
            end = match.end()
            add(Mark.TEXT, unquoted(match[1]))
        elif match := _NUMBER.match(text, at):
            end = match.end()
            junk = _WORD.match(text, end)
            if junk:
                end = junk.end()
            add(Mark.WORD if junk else Mark.NUMBER, text[at:end])
        else:
            word = _WORD.match(text, at)
            end = word.end() if word else end
            add(Mark.WORD, text[at:end])
        breaks = text.count("\n", at, end)
        if breaks:
            line += breaks
            start = text.rfind("\n", at, end) + 1
        at = end
    found.append(Token(Mark.END, "", line, max(1, at - start + 1)))
    return found, problem


class UnexpectedError(Exception):
    """A token that cannot stand where it stands; the problem has been noted."""


class Reader:
    """Walks over tokens and notes problems."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.tokens, self.cut = tokens(text, file)
        """`cut` says why the tokens end before the file does, if they do."""
        self.problems: list[Problem] = []
        self.at = 0
        self.warnings: list[Problem] = []

    @property
    def next(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """The next token, and on to the one after it."""
        token = self.tokens[self.at]
        if token.mark is not Mark.END:
            self.at += 1
        return token

    def skip(self, mark: Mark) -> bool:
        """Passes over a token of this kind if it comes next."""
        if self.next.mark is not mark:
            return False
        self.take()
        return True

    def expect(self, mark: Mark, what: str, path: str = "") -> Token:
        """The next token, which must be of this kind."""
        if self.next.mark is mark:
            return self.take()
        self.wrong(self.next, str(self.next), f"expected {what}", path)
        raise UnexpectedError

    def wrong(self, token: Token, found: str, expected: str, path: str = "") -> None:
        """Notes a problem at a token."""
        if token.mark is Mark.END and self.cut:
            self.problems += [self.cut] * (self.cut not in self.problems)
            return
        self.problems.append(Problem(self.file, token.line, token.column, path, found, expected))

    def warn(self, token: Token, found: str, expected: str) -> None:
        """Notes something doubtful at a token."""
        self.warnings.append(Problem(self.file, token.line, token.column, "", found, expected, "warning"))

    def whole(self, what: str, path: str = "") -> int:
        """The next token as a whole number."""
        token = self.expect(Mark.NUMBER, what, path)
        if re.fullmatch(r"[+-]?[0-9]{1,9}", token.text):
            return int(token.text)
        self.wrong(token, repr(token.text), f"expected {what}, a whole number", path)
        raise UnexpectedError

    def exact(self, what: str, path: str = "") -> Exact:
        """The next token as an exact number; zero, with the problem noted, where it cannot be one."""
        token = self.expect(Mark.NUMBER, what, path)
        try:
            return Exact.of(token.text)
        except ValueError as error:
            self.wrong(token, str(error), f"expected {what}", path)
            return Exact.of(0)

    def payoffs(self, players: int, path: str) -> tuple[Exact, ...]:
        """Payoffs in braces, one for each player, with or without commas."""
        opening = self.expect(Mark.OPEN, "'{' and a payoff for each player", path)
        pays = []
        while self.next.mark is Mark.NUMBER:
            pays.append(self.exact("a payoff", path))
            self.skip(Mark.COMMA)
        self.expect(Mark.CLOSE, "a payoff or '}'", path)
        if len(pays) != players:
            said = f"{len(pays)} payoff{'s' * (len(pays) != 1)}"
            self.wrong(opening, said, f"expected {players}, one for each player", path)
            pays = (pays + [Exact.of(0)] * players)[:players]
        return tuple(pays)

    def texts(self, what: str) -> tuple[list[str], Token]:
        """Quoted texts in braces, and the opening brace."""
        opening = self.expect(Mark.OPEN, f"'{{' and {what}")
        found = []
        while self.next.mark is Mark.TEXT:
            found.append(self.take().text)
        self.expect(Mark.CLOSE, f"{what} in quotation marks, or '}}'")
        return found, opening

    def header(self, kind: str, version: str) -> str:
        """The first line up to the title, which is returned."""
        self.fixed(lambda t: t.mark is Mark.WORD and t.text == kind, f"the word {kind}")
        self.fixed(lambda t: t.text == version, f"{version}, the version of the format")
        self.fixed(lambda t: t.text in ("R", "D"), "R or D, the kind of its numbers")
        return self.expect(Mark.TEXT, "the title in quotation marks").text

    def fixed(self, right: Callable[[Token], bool], what: str) -> None:
        """Passes over a token that must be as it must be."""
        if not right(self.next):
            self.wrong(self.next, str(self.next), f"expected {what}")
            raise UnexpectedError
        self.take()

    def finish(self) -> None:
        """Raises InputError with every problem, in the order of the file."""
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda p: (p.line or 0, p.column or 0)))
