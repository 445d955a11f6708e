"""What a claim's test compares, read off its formula: its sort of number, its thresholds, which side holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assay.case.claims import BothReadings, Claim, Outcome
from assay.case.model import Case
from assay.case.types import columns
from assay.formula.ast import Arithmetic, Call, Comparison, Formula, Name, Negative, Node, Number
from assay.report import numbers

Sort: TypeAlias = Literal["probability", "difference", "other"]


@dataclass(frozen=True, slots=True)
class Measure:
    """The compared quantity of a test."""

    sort: Sort
    """A probability of the model, a difference of two, or any other number."""
    operator: str
    """`<`, `<=`, `>`, `>=`; empty where the test is no plain comparison."""
    strict: float | None
    """The threshold of the strict reading, where it is a fixed number."""
    loose: float | None
    """The threshold of the loose reading, where it is a fixed number."""
    signed: bool
    """False where the test takes the difference's size only."""

    @property
    def below(self) -> bool | None:
        """Whether small values hold; None where the test does not say."""
        return None if not self.operator else self.operator in ("<", "<=")

    @property
    def thresholds(self) -> list[tuple[str, float]]:
        """Named thresholds, one where both readings agree."""
        if self.strict is not None and self.strict == self.loose:
            return [("", self.strict)]
        both = (("strict", self.strict), ("loose", self.loose))
        return [(name, value) for name, value in both if value is not None]

    def say(self, value: float | None) -> str:
        """A value of the quantity, in words."""
        if self.sort == "probability":
            return numbers.probability(value)
        return numbers.points(value) if self.sort == "difference" else numbers.plain(value)


NOTHING = Measure("other", "", None, None, True)


def measure(case: Case, claim: Claim) -> Measure:
    """What the claim's test compares."""
    test = claim.holds_if
    if isinstance(test, BothReadings):
        strict, loose = _one(case, test.strict.node), _one(case, test.loose.node)
        if strict.operator != loose.operator or strict.sort != loose.sort:
            return NOTHING
        return Measure(strict.sort, strict.operator, strict.strict, loose.loose, strict.signed)
    return _one(case, test.node) if isinstance(test, Formula) else NOTHING


def _one(case: Case, node: Node) -> Measure:
    if not isinstance(node, Comparison) or node.operator not in ("<", "<=", ">", ">="):
        return NOTHING
    strict, loose = _thresholds(case, node.right)
    signed = not (isinstance(node.left, Call) and node.left.function == "abs")
    return Measure(sort_of(case, node.left), node.operator, strict, loose, signed)


def _thresholds(case: Case, node: Node) -> tuple[float | None, float | None]:
    if isinstance(node, Name) and node.id in case.readings:
        reading = case.readings[node.id]
        return _fixed(reading.strict.node), _fixed(reading.loose.node)
    value = _fixed(node)
    return value, value


def _fixed(node: Node) -> float | None:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative):
        inner = _fixed(node.operand)
        return None if inner is None else -inner
    return None


def sort_of(case: Case, node: Node, depth: int = 0) -> Sort:
    """Whether a quantity is a probability, a difference of probabilities, or another number."""
    if depth > 20:
        return "other"
    match node:
        case Call(function="P"):
            return "probability"
        case Call(function="abs" | "max" | "min", args=args) if args:
            sorts = {sort_of(case, part, depth + 1) for part in args if not isinstance(part, Number)}
            return sorts.pop() if len(sorts) == 1 else "other"
        case Name(id=name):
            return _named(case, name, depth)
        case Arithmetic(operator="-", left=left, right=right):
            both = (sort_of(case, left, depth + 1), sort_of(case, right, depth + 1))
            return "difference" if both == ("probability", "probability") else "other"
    return "other"


def _named(case: Case, name: str, depth: int) -> Sort:
    if name in case.outcomes:
        found = case.outcomes[name]
        return sort_of(case, (found.value if isinstance(found, Outcome) else found).node, depth + 1)
    assumption = columns(case).get(name)
    return "probability" if assumption is not None and assumption.unit == "probability" else "other"
