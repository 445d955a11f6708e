"""Going through a formula: its parts, its names, a fold over the tree, and formulas with parts replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

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

T = TypeVar("T")


def root(formula: Formula | Node) -> Node:
    """The tree of a formula; a tree itself is given back."""
    return formula.node if isinstance(formula, Formula) else formula


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in the order in which they are written."""
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Negative(operand) | Not(operand):
            return (operand,)
        case Logic(_, operands):
            return operands
        case Choice(condition, then, otherwise):
            return (then, condition, otherwise)
        case Call(_, args, named):
            return (*args, *(value for _, value in named))
        case Number() | Name():
            return ()


def descend(formula: Formula | Node) -> Iterator[Node]:
    """The node and all below it, each before its parts, in the order in which they are written."""
    waiting = [root(formula)]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def fold(formula: Formula | Node, combine: Callable[[Node, tuple[T, ...]], T]) -> T:
    """A value made from below: `combine(node, values of its children)` at every node."""

    def at(node: Node) -> T:
        return combine(node, tuple(at(child) for child in children(node)))

    return at(root(formula))


def calls(formula: Formula | Node) -> tuple[Call, ...]:
    """All calls of functions, an outer one before those inside it."""
    return tuple(node for node in descend(formula) if isinstance(node, Call))


def names(formula: Formula | Node, values: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """The names in a formula, each once, in the order in which they first appear; functions and keywords are none.

    With `values` (variable to its values) the name of a value that is compared with its variable is left out: in
    `fence == built` only `fence` is a name then.
    """
    found: dict[str, None] = {}
    waiting = [root(formula)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found[node.id] = None
            continue
        parts = children(node)
        if values and isinstance(node, Comparison):
            same = equation(node, values)
            if same is not None and same.is_value:
                parts = (Name(same.variable),)
        waiting.extend(reversed(parts))
    return tuple(found)


class Equation(NamedTuple):
    """A comparison of a variable (or alternatives) with one of its values, or with another variable."""

    variable: str
    other: str
    """The value, or the other variable."""
    is_value: bool
    """Whether `other` is a value of `variable`."""
    equal: bool
    """Whether they are said to be the same (`==`) or not (`!=`)."""


def equation(node: Comparison, values: Mapping[str, Sequence[str]]) -> Equation | None:
    """The comparison as an `Equation`, where a side is a variable by `values` (variable to its values); else None.

    The left side is the variable where both are; a bare name opposite is its value where it has one of that name.
    None too where the other side is neither a value nor a variable, or where the comparison is by order.
    """
    left, right = node.left, node.right
    if not (isinstance(left, Name) and isinstance(right, Name)) or node.operator not in ("==", "!="):
        return None
    variable, other = (left.id, right.id) if left.id in values else (right.id, left.id)
    if variable not in values:
        return None
    is_value = other in values[variable]
    if not is_value and other not in values:
        return None
    return Equation(variable, other, is_value, node.operator == "==")


def rebuild(node: Node, parts: Sequence[Node]) -> Node:
    """The node with other `children`, in their order. Its span stays."""
    match node:
        case Arithmetic(operator, _, _, span):
            return Arithmetic(operator, parts[0], parts[1], span)
        case Comparison(operator, _, _, span):
            return Comparison(operator, parts[0], parts[1], span)
        case Negative(_, span):
            return Negative(parts[0], span)
        case Not(_, span):
            return Not(parts[0], span)
        case Logic(operator, _, span):
            return Logic(operator, tuple(parts), span)
        case Choice(_, _, _, span):
            return Choice(parts[1], parts[0], parts[2], span)
        case Call(function, args, named, span):
            plain, rest = tuple(parts[: len(args)]), parts[len(args) :]
            return Call(function, plain, tuple((key, part) for (key, _), part in zip(named, rest, strict=True)), span)
        case Number() | Name():
            return node


def substitute(
    formula: Formula | Node, mapping: Mapping[str, Node], values: Mapping[str, Sequence[str]] | None = None
) -> Node:
    """The tree with names replaced by trees, all at once: what is put in is not searched again.

    With `values` (variable to its values) a name that stands for a value of the variable beside it is left as it is.
    """

    def at(node: Node) -> Node:
        if isinstance(node, Name):
            return mapping.get(node.id, node)
        if values and isinstance(node, Comparison):
            same = equation(node, values)
            if same is not None and same.is_value:
                return node
        parts = children(node)
        return rebuild(node, [at(part) for part in parts]) if parts else node

    return at(root(formula))


def rename(formula: Formula | Node, mapping: Mapping[str, str]) -> Node:
    """The tree with names replaced by names, values in comparisons included."""

    def at(node: Node) -> Node:
        if isinstance(node, Name):
            return Name(mapping.get(node.id, node.id), node.span)
        parts = children(node)
        return rebuild(node, [at(part) for part in parts]) if parts else node

    return at(root(formula))
