"""Hedge words in tests: one that speaks of `level` needs a contrast whose base that is."""

from __future__ import annotations

from assay.case.checks.context import Context
from assay.case.checks.quantities import SHAPES
from assay.documents.locate import Path
from assay.formula.ast import Arithmetic, Call, Comparison, Formula, Name, Node
from assay.formula.walk import children, descend, names


def check_hedges(context: Context, path: Path, formula: Formula) -> None:
    """Every reading with a `level` stands in a comparison of a difference `A - B` of quantities, or of its `abs`."""
    for node in _comparisons(formula.node):
        if isinstance(node, Comparison) and (_is_contrast(context, node.left) or _is_contrast(context, node.right)):
            continue
        for name in _outside(node):
            if name.id in context.case.readings and _speaks_of_level(context, name.id):
                found = f"{name.id!r} speaks of `level`, and there is no difference A - B whose B that could be"
                expected = "compare a difference of quantities, as abs(P(...) - P(...)), or use another word"
                context.problem(path, found, expected, name.span[0])


def _comparisons(node: Node) -> list[Node]:
    """The comparisons of a test; what stands in none is given back by itself."""
    if isinstance(node, Comparison):
        return [node]
    parts = children(node)
    if not parts or (isinstance(node, Call) and node.function in SHAPES):
        return [node] if isinstance(node, Name) else []
    return [found for part in parts for found in _comparisons(part)]


def _is_contrast(context: Context, side: Node) -> bool:
    if isinstance(side, Call) and side.function == "abs" and len(side.args) == 1:
        side = side.args[0]
    if not (isinstance(side, Arithmetic) and side.operator == "-"):
        return False
    return all(
        any(
            (isinstance(node, Call) and node.function in SHAPES)
            or (isinstance(node, Name) and node.id in context.case.outcomes)
            for node in descend(part)
        )
        for part in (side.left, side.right)
    )


def _outside(node: Node) -> list[Name]:
    """Names that do not stand inside a quantity."""
    if isinstance(node, Name):
        return [node]
    if isinstance(node, Call) and node.function in SHAPES:
        return []
    return [name for part in children(node) for name in _outside(part)]


def _speaks_of_level(context: Context, reading: str) -> bool:
    thresholds = context.case.readings[reading]
    return "level" in names(thresholds.strict) or "level" in names(thresholds.loose)
