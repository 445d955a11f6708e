"""From rules of the grammar to nodes: what the parser calls whenever it has read a rule to its end.

Nothing recurses here, and no tree grows deeper than `DEEPEST`, so that whoever walks one later may recurse. A sum of
many terms is as deep as it is long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias, cast

from assay.formula.ast import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
)

DEEPEST = 100
"""Deepest tree that is read: operations, one within the other."""


class FormulaError(ValueError):
    """A formula that cannot be read: where (offset from 0), what was found, what was expected."""

    def __init__(self, offset: int, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.offset = offset
        self.found = found
        self.expected = expected


class Part(NamedTuple):
    """A node while it is being read, with its extent in the text (with its brackets) and the depth of its tree."""

    node: Node
    start: int
    end: int
    depth: int
    key: str = ""
    """The name before `=`, of a named argument."""


Piece: TypeAlias = Any
"""A `Part`, or a token of the parser library with `start_pos` and `end_pos`."""


class Builder:
    """One method per rule of the grammar, by the name it has there."""

    def number(self, pieces: Sequence[Piece]) -> Part:
        token = pieces[0]
        value = float(token)
        if math.isinf(value):
            raise FormulaError(token.start_pos, f"the number {token}", "a number below 1e308")
        return Part(Number(value, (token.start_pos, token.end_pos)), token.start_pos, token.end_pos, 1)

    def name(self, pieces: Sequence[Piece]) -> Part:
        token = pieces[0]
        return Part(Name(str(token), (token.start_pos, token.end_pos)), token.start_pos, token.end_pos, 1)

    def bracket(self, pieces: Sequence[Piece]) -> Part:
        opened, inner, closed = pieces
        return Part(inner.node, opened.start_pos, closed.end_pos, inner.depth)

    def named(self, pieces: Sequence[Piece]) -> Part:
        key, value = pieces
        return Part(value.node, key.start_pos, value.end, value.depth, str(key))

    def call(self, pieces: Sequence[Piece]) -> Part:
        function, arguments = pieces[0], pieces[2:-1]
        span = (function.start_pos, pieces[-1].end_pos)
        plain = [part for part in arguments if not part.key]
        for before, after in pairwise(arguments):
            if before.key and not after.key:
                raise FormulaError(after.start, "a plain argument after a named one", "name it too, or put it first")
        named = tuple((part.key, part.node) for part in arguments if part.key)
        node = Call(str(function), tuple(part.node for part in plain), named, span)
        return _part(node, *span, *(part.depth for part in arguments))

    def signed(self, pieces: Sequence[Piece]) -> Part:
        sign, inner = pieces
        if str(sign) == "+":
            return Part(inner.node, sign.start_pos, inner.end, inner.depth)
        return _part(Negative(inner.node, (sign.start_pos, inner.end)), sign.start_pos, inner.end, inner.depth)

    def arithmetic(self, pieces: Sequence[Piece]) -> Part:
        left, operator, right = pieces
        node = Arithmetic(cast(Any, str(operator)), left.node, right.node, (left.start, right.end))
        return _part(node, left.start, right.end, left.depth, right.depth)

    def comparison(self, pieces: Sequence[Piece]) -> Part:
        left, operator, right = pieces
        node = Comparison(cast(Any, str(operator)), left.node, right.node, (left.start, right.end))
        return _part(node, left.start, right.end, left.depth, right.depth)

    def negation(self, pieces: Sequence[Piece]) -> Part:
        sign, inner = pieces
        return _part(Not(inner.node, (sign.start_pos, inner.end)), sign.start_pos, inner.end, inner.depth)

    def both(self, pieces: Sequence[Piece]) -> Part:
        return self.joined("and", pieces)

    def either(self, pieces: Sequence[Piece]) -> Part:
        return self.joined("or", pieces)

    def joined(self, operator: str, pieces: Sequence[Part]) -> Part:
        span = (pieces[0].start, pieces[-1].end)
        node = Logic(cast(Any, operator), tuple(part.node for part in pieces), span)
        return _part(node, *span, *(part.depth for part in pieces))

    def choice(self, pieces: Sequence[Piece]) -> Part:
        then, condition, otherwise = pieces
        node = Choice(condition.node, then.node, otherwise.node, (then.start, otherwise.end))
        return _part(node, then.start, otherwise.end, then.depth, condition.depth, otherwise.depth)


def _part(node: Node, start: int, end: int, *depths: int) -> Part:
    depth = 1 + max(depths, default=0)
    if depth > DEEPEST:
        raise FormulaError(
            start, f"more than {DEEPEST} operations one within the other", "name parts of it in 'define'"
        )
    return Part(node, start, end, depth)
