"""A choice by type: what a number or formula for each type of an actor stands for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from assay.formula.ast import Choice, Comparison, Formula, Name, Node
from assay.formula.text import text


def by_type(actor: str, nodes: Mapping[str, Node]) -> Formula:
    """`A if ACTOR == FIRST else B if ACTOR == SECOND else C`: the last type needs no condition."""
    *others, (_, last) = nodes.items()

    def before(rest: Node, one: tuple[str, Node]) -> Node:
        name, node = one
        return Choice(Comparison("==", Name(actor), Name(name)), node, rest)

    node = reduce(before, reversed(others), last)
    return Formula(text(node), node)
