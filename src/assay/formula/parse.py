"""From text to a tree, with a parser library; nothing here can reach Python."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assay.formula.ast import Formula
from assay.formula.build import DEEPEST, FormulaError

if TYPE_CHECKING:
    from lark import Token

__all__ = ["DEEPEST", "LONGEST", "FormulaError", "parse"]

LONGEST = 4_000
"""Longest formula that is read, in characters."""

_ADVICE = {
    "=": "'==' compares; '=' only names an argument",
    "^": "write ** for a power",
    "%": "write 0.05 for 5%",
    "!": "write 'not', or != for 'is not'",
    "&": "write 'and'",
    "|": "write 'or'",
    '"': "names stand without quotation marks",
    "'": "names stand without quotation marks",
    "_": "a name begins with a letter",
    ".": "the parts of a name begin with a letter, and a full stop joins them without spaces",
    "[": "only round brackets are read",
    "{": "only round brackets are read",
    ",": "a comma stands only between the arguments of a function; a decimal point is a full stop",
}
"""What to try, by the character that stands in the way."""


@lru_cache(maxsize=1)
def _parser() -> Any:
    from assay.formula.table import parser

    return parser()


@lru_cache(maxsize=20_000)
def parse(text: str) -> Formula:
    """The formula that `text` says. Raises `FormulaError`."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    if len(text) > LONGEST:
        raise FormulaError(LONGEST, f"a formula of {len(text)} characters", f"at most {LONGEST}; name parts of it")
    try:
        return Formula(text, _parser().parse(text).node)
    except UnexpectedCharacters as error:
        offset = error.pos_in_stream or 0
        expected = _ADVICE.get(text[offset], "a number, a name or an operator")
        raise FormulaError(offset, f"unexpected {text[offset]!r}", expected) from None
    except UnexpectedToken as error:
        raise _unexpected(text, error.token, frozenset(error.expected)) from None


def _unexpected(text: str, token: Token, expected: frozenset[str]) -> FormulaError:
    """What to say of a token that cannot stand where it is; `expected` are the kinds of token that can."""
    operand = "NAME" in expected
    if token.type == "$END":
        found = "the formula ends too early" if text.strip() else "an empty formula"
        return FormulaError(len(text), found, _what_is_missing(expected))
    offset = token.start_pos or 0
    if token.type == "COMPARE" and not operand:
        return FormulaError(offset, f"a second comparison, {str(token)!r}", "join comparisons with 'and'")
    if operand:
        advice = "a number, a name or an opening bracket"
    elif token.type in ("NAME", "NUMBER", "OPEN", "NOT"):
        advice = "an operator before it; a name has no spaces"
    else:
        advice = _ADVICE.get(str(token), _what_is_missing(expected))
    return FormulaError(offset, f"unexpected {str(token)!r}", advice)


def _what_is_missing(expected: frozenset[str]) -> str:
    if "NAME" in expected:
        return "a number, a name or an opening bracket"
    if "ELSE" in expected:
        return "an 'if' needs an 'else': A if CONDITION else B"
    if "CLOSE" in expected:
        return "a closing bracket"
    return "an operator or the end of the formula"
