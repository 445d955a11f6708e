"""A tree as the text of a formula, with no more brackets than it needs: reading it back gives the same tree."""

from __future__ import annotations

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
from assay.formula.walk import root

CHOICE, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(10)
"""How tightly operations bind, from the loosest."""
_ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}


def binding(node: Node) -> int:
    """How tightly the outermost operation of a tree binds."""
    match node:
        case Choice():
            return CHOICE
        case Logic(operator):
            return OR if operator == "or" else AND
        case Not():
            return NOT
        case Comparison():
            return COMPARISON
        case Arithmetic(operator):
            return _ARITHMETIC[operator]
        case Negative():
            return SIGN
        case Number() | Name() | Call():
            return ATOM


def text(formula: Formula | Node) -> str:
    """The formula as text, in one way of writing: `a*b+c` gives `a * b + c`."""
    return _text(root(formula), CHOICE)


def _text(node: Node, least: int) -> str:
    written = _written(node)
    return written if binding(node) >= least else f"({written})"


def _written(node: Node) -> str:
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return name
        case Call(function, args, named):
            arguments = [_text(argument, CHOICE) for argument in args]
            arguments += [f"{key}={_text(value, CHOICE)}" for key, value in named]
            return f"{function}({', '.join(arguments)})"
        case Negative(operand):
            return f"-{_text(operand, SIGN)}"
        case Arithmetic("**", left, right):
            return f"{_text(left, ATOM)} ** {_text(right, SIGN)}"
        case Arithmetic(operator, left, right):
            level = _ARITHMETIC[operator]
            return f"{_text(left, level)} {operator} {_text(right, level + 1)}"
        case Comparison(operator, left, right):
            return f"{_text(left, SUM)} {operator} {_text(right, SUM)}"
        case Not(operand):
            return f"not {_text(operand, NOT)}"
        case Logic(operator, operands):
            level = binding(node) + 1
            return f" {operator} ".join(_text(operand, level) for operand in operands)
        case Choice(condition, then, otherwise):
            return f"{_text(then, OR)} if {_text(condition, OR)} else {_text(otherwise, CHOICE)}"


def number_text(value: float) -> str:
    """A literal number: `3`, `0.05`, `1e-09`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
