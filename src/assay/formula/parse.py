"""From text to a tree, with a parser library; nothing here can reach Python."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from assay.formula.ast import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Formula,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
)

LONGEST = 4_000
"""Longest formula that is read, in characters."""
DEEPEST = 60
"""Deepest nesting of brackets and signs that is read."""


class FormulaError(ValueError):
    """A formula that cannot be read: where (offset from 0), what was found, what was expected."""

    def __init__(self, offset: int, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.offset = offset
        self.found = found
        self.expected = expected


@lru_cache(maxsize=1)
def _parser() -> Any:
    from lark import Lark

    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=True)


@lru_cache(maxsize=20_000)
def parse(text: str) -> Formula:
    """The formula that `text` says. Raises `FormulaError`."""
    from lark import Tree
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

    _refuse_monsters(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedCharacters as error:
        offset = error.pos_in_stream or 0
        found = f"unexpected {text[offset]!r}"
        raise FormulaError(offset, found, "a number, a name or an operator") from None
    except UnexpectedEOF:
        raise FormulaError(len(text), "the formula ends too early", "a number, a name or a bracket") from None
    except UnexpectedToken as error:
        at_end = error.token.type == "$END"
        found = "the formula ends too early" if at_end else f"unexpected {str(error.token)!r}"
        offset = len(text) if at_end else (error.token.start_pos or 0)
        raise FormulaError(offset, found, "a number, a name, a bracket or an operator") from None
    return Formula(text, _node(cast("Tree[Any]", tree)))


def _refuse_monsters(text: str) -> None:
    if len(text) > LONGEST:
        raise FormulaError(LONGEST, f"a formula of {len(text)} characters", f"at most {LONGEST}; name its parts")
    depth = 0
    for offset, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth > DEEPEST:
            raise FormulaError(offset, f"brackets nested more than {DEEPEST} deep", "name its parts")


def _node(tree: Any) -> Node:
    span = (tree.meta.start_pos, tree.meta.end_pos)
    parts = tree.children
    match tree.data:
        case "number":
            return Number(float(parts[0]), span)
        case "name":
            return Name(str(parts[0]), span)
        case "call":
            return _call(parts, span)
        case "signed":
            inner = _node(parts[1])
            return Negative(inner, span) if str(parts[0]) == "-" else inner
        case "arithmetic":
            return Arithmetic(cast(Any, str(parts[1])), _node(parts[0]), _node(parts[2]), span)
        case "comparison":
            return Comparison(cast(Any, str(parts[1])), _node(parts[0]), _node(parts[2]), span)
        case "negation":
            return Not(_node(parts[0]), span)
        case "both":
            return Logic("and", tuple(_node(part) for part in parts), span)
        case "either":
            return Logic("or", tuple(_node(part) for part in parts), span)
        case "choice":
            return Choice(_node(parts[1]), _node(parts[0]), _node(parts[2]), span)
    raise AssertionError(f"the grammar has a rule that is not read: {tree.data}")


def _call(parts: list[Any], span: tuple[int, int]) -> Call:
    args: list[Node] = []
    named: list[tuple[str, Node]] = []
    for part in parts[1:]:
        if part is None:
            continue
        key, value = part.children
        if key is None:
            if named:
                raise FormulaError(part.meta.start_pos, "a plain argument after a named one", "name it too")
            args.append(_node(value))
        else:
            named.append((str(key), _node(value)))
    return Call(str(parts[0]), tuple(args), tuple(named), span)
