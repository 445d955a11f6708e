"""What a formula is once it has been read: a tree of frozen values.

Every reading (arrays, prose, LaTeX, names, dimensions) is a function over these nodes. A node's `span` is its
place in the text, `(start, end)` as offsets from 0; it does not count in comparisons, so two formulas that say the same
are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, dotted where it has parts: `war_cost`, `take.revisionist`, `russia.attack`."""

    id: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments: `min(a, b)`, `P(war, by=end, do=west_holds)`."""

    function: str
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Arithmetic minus in front of an operand."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands and one of `+ - * / **`."""

    operator: Literal["+", "-", "*", "/", "**"]
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and one of `< <= > >= == !=`."""

    operator: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Node
    right: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or` over two or more truths."""

    operator: Literal["and", "or"]
    operands: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a truth."""

    operand: Node
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node
    span: Span = field(default=NOWHERE, compare=False)


Node: TypeAlias = Number | Name | Call | Negative | Arithmetic | Comparison | Logic | Not | Choice


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: the text as written and its tree. Two formulas with the same tree are equal."""

    text: str = field(compare=False)
    node: Node

    def __str__(self) -> str:
        return self.text
