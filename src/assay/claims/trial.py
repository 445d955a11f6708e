"""A claim's test made ready: outcomes and hedge words replaced by what they stand for, and its contrast found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assay.case.claims import BothReadings, Claim, Outcome
from assay.case.model import Case
from assay.claims.quantity import MEASURES, Quantity, read_quantity
from assay.formula.ast import Arithmetic, Call, Comparison, Formula, Name, Negative, Node, Number
from assay.formula.walk import calls, children, descend, rebuild, substitute

Word: TypeAlias = Literal["strict", "loose"]
SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Contrast:
    """A quantity under two circumstances, against a threshold: `[abs](other - base) OPERATOR threshold`."""

    other: Node
    base: Node
    absolute: bool
    """Whether the size of the difference is compared, whatever its sign."""
    operator: str
    threshold: Node
    """In the strict reading."""
    proportional: bool
    """Whether a share of the base means something: it is a probability, a count or a part of a payoff."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim's test, for each reading, over quantities, assumptions and definitions alone."""

    claim: Claim
    strict: Node
    loose: Node
    matters: Node | None
    """Where this is false a draw says nothing of the claim; hedge words in it are read strictly."""
    contrast: Contrast | None
    """The first contrast of the strict test."""
    value: Node
    """What the first comparison of the strict test compares with something: its left side, or the contrast's side."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The strict test, the loose test and, where there is one, `matters_if`."""
        return (self.strict, self.loose, *([] if self.matters is None else [self.matters]))


def trial(claim: Claim, case: Case) -> Trial:
    """A claim with route `model` made ready. Raises ValueError where it has no test or its words make no sense."""
    if claim.holds_if is None:
        raise ValueError(f"claim {claim.id} has no test")
    written = claim.holds_if
    tests = (written.strict, written.loose) if isinstance(written, BothReadings) else (written, written)
    strict = _read(expand(tests[0].node, case), "strict", case)
    loose = _read(expand(tests[1].node, case), "loose", case)
    matters = None if claim.matters_if is None else _read(expand(claim.matters_if.node, case), "strict", case)
    comparisons = [node for node in descend(strict) if isinstance(node, Comparison)]
    with_quantities = [node for node in comparisons if quantity_calls(node)]
    contrast = next((found for node in comparisons if (found := contrast_of(node))), None)
    return Trial(
        claim=claim,
        strict=strict,
        loose=loose,
        matters=matters,
        contrast=contrast,
        value=_compared(next(iter(with_quantities or comparisons), strict), contrast),
    )


def _compared(node: Node, contrast: Contrast | None) -> Node:
    if contrast is not None:
        difference = Arithmetic("-", contrast.other, contrast.base)
        return Call("abs", (difference,)) if contrast.absolute else difference
    if not isinstance(node, Comparison):
        return node
    return node.left if quantity_calls(node.left) or not quantity_calls(node.right) else node.right


def outcome_node(name: str, case: Case) -> Node:
    """The formula of an outcome, over quantities, assumptions and definitions alone."""
    found = case.outcomes[name]
    formula: Formula = found.value if isinstance(found, Outcome) else found
    return expand(formula.node, case)


def expand(node: Node, case: Case) -> Node:
    """The tree with outcomes replaced by their formulas; what stands inside a quantity is left as it is."""
    if isinstance(node, Name):
        return outcome_node(node.id, case) if node.id in case.outcomes else node
    if isinstance(node, Call) and node.function in MEASURES:
        return node
    parts = children(node)
    return rebuild(node, [expand(part, case) for part in parts]) if parts else node


def under(node: Node, policies: Sequence[str]) -> Node:
    """The expanded tree with policies played in all its quantities."""
    if isinstance(node, Call) and node.function in MEASURES:
        first, *others = (Name(policy) for policy in policies)
        together: Node = first
        for other in others:
            together = Arithmetic("+", together, other)
        return Call(node.function, node.args, (*node.named, ("do", together)))
    parts = children(node)
    return rebuild(node, [under(part, policies) for part in parts]) if parts else node


def quantity_calls(node: Node) -> tuple[Call, ...]:
    """The calls of quantities in an expanded tree."""
    return tuple(call for call in calls(node) if call.function in MEASURES)


def quantities(node: Node, case: Case) -> tuple[Quantity, ...]:
    """The quantities of an expanded tree, each once, in the order of the text."""
    return tuple(dict.fromkeys(read_quantity(call, case) for call in quantity_calls(node)))


def contrast_of(node: Comparison) -> Contrast | None:
    """The contrast that a comparison makes: a difference of quantities against a threshold that has no others."""
    for side, threshold, operator in (
        (node.left, node.right, node.operator),
        (node.right, node.left, SWAPPED[node.operator]),
    ):
        absolute = isinstance(side, Call) and side.function == "abs" and len(side.args) == 1
        inner = side.args[0] if isinstance(side, Call) and absolute else side
        if not (isinstance(inner, Arithmetic) and inner.operator == "-"):
            continue
        other, base = quantity_calls(inner.left), quantity_calls(inner.right)
        if other and base and set(quantity_calls(threshold)) <= {*other, *base}:
            natural = all(_has_zero(call) for call in (*other, *base))
            return Contrast(inner.left, inner.right, absolute, operator, threshold, natural)
    return None


def _has_zero(call: Call) -> bool:
    """Whether shares of a quantity make sense, its zero being none of it; the zero of a whole payoff is arbitrary."""
    subject = call.args[0]
    return call.function in ("P", "N") or (call.function == "E" and isinstance(subject, Name) and "." in subject.id)


def _read(node: Node, word: Word, case: Case) -> Node:
    """The tree with hedge words replaced by their thresholds; `level` is the base of the contrast around them."""
    if isinstance(node, Comparison):
        words = _thresholds(node, word, case)
        return substitute(node, words) if words else node
    if isinstance(node, Name) and node.id in case.readings:
        return substitute(node, {node.id: _threshold(node.id, word, None, case)})
    if isinstance(node, Call) and node.function in MEASURES:
        return node
    parts = children(node)
    return rebuild(node, [_read(part, word, case) for part in parts]) if parts else node


def _thresholds(node: Comparison, word: Word, case: Case) -> Mapping[str, Node]:
    used = {name.id for name in _names_outside(node) if name.id in case.readings}
    contrast = contrast_of(node) if used else None
    return {name: _threshold(name, word, contrast, case) for name in used}


def _names_outside(node: Node) -> list[Name]:
    """The names of a tree that do not stand inside a quantity."""
    if isinstance(node, Name):
        return [node]
    if isinstance(node, Call) and node.function in MEASURES:
        return []
    return [name for part in children(node) for name in _names_outside(part)]


def _threshold(name: str, word: Word, contrast: Contrast | None, case: Case) -> Node:
    threshold: Formula = getattr(case.readings[name], word)
    if not any(isinstance(node, Name) and node.id == "level" for node in descend(threshold)):
        return threshold.node
    if contrast is None:
        raise ValueError(
            f"the reading {name!r} speaks of `level` where nothing is contrasted; "
            "write A - B or abs(A - B), whose base is B"
        )
    return substitute(threshold, {"level": contrast.base})


def constant(node: Node) -> float | None:
    """The number that a tree is, where it is a literal."""
    match node:
        case Number(value=value):
            return value
        case Negative(operand=operand):
            inner = constant(operand)
            return None if inner is None else -inner
    return None


def words_of(node: Node, case: Case) -> tuple[str, ...]:
    """The hedge words in a tree, each once."""
    return tuple(dict.fromkeys(name.id for name in _names_outside(node) if name.id in case.readings))
