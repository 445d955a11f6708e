"""Comparisons as words: `is below`, `differ by less than`, and percentages where probabilities are compared."""

from __future__ import annotations

from assay.formula.ast import Arithmetic, Call, Choice, Comparison, Name, Negative, Node, Number
from assay.formula.phrases import Scale, Speaker, Words, plain
from assay.formula.quantities import pair
from assay.formula.text import SUM

_IS = {"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least", "==": "is", "!=": "is not"}
_TIMES = {**_IS, "<": "is less than", ">": "is more than"}
_BY = {"<": "by less than", "<=": "by at most", ">": "by more than", ">=": "by at least"}


def comparison(node: Comparison, speaker: Speaker) -> str:
    """A comparison as a clause."""
    gap = _gap(node)
    if gap is not None:
        left, right, together = gap
        first, second = pair(left, right, speaker)
        threshold = speaker.number(node.right, _between(left, right, speaker.words), SUM)
        if together:
            return f"{first} and {second} differ {_BY[node.operator]} {threshold}"
        if node.right == Number(0):
            return f"{first} is above {second}" if node.operator == ">" else f"{first} is at least {second}"
        return f"{first} exceeds {second} {_BY[node.operator]} {threshold}"
    if isinstance(node.left, Name) and isinstance(node.right, Name) and node.operator in ("==", "!="):
        return _equation(node.left, node.operator, node.right, speaker)
    first, second = _sides(node, speaker)
    return f"{first} {(_TIMES if _is_multiple(node.right, speaker.words) else _IS)[node.operator]} {second}"


def _is_multiple(node: Node, words: Words) -> bool:
    """Whether it is said as so many times something."""
    match node:
        case Arithmetic("*", Number(), _):
            return True
        case Arithmetic("*", Name(name), _):
            return name in words.readings
    return False


def _sides(node: Comparison, speaker: Speaker) -> tuple[str, str]:
    if isinstance(node.left, Call) and isinstance(node.right, Call):
        return pair(node.left, node.right, speaker)
    words = speaker.words
    left, right = scale_of(node.left, words), scale_of(node.right, words)
    return speaker.number(node.left, right, SUM), speaker.number(node.right, left, SUM)


def _gap(node: Comparison) -> tuple[Node, Node, bool] | None:
    """The two quantities whose difference is compared, and whether its sign does not matter."""
    if node.operator not in _BY or isinstance(node.right, Negative):
        return None
    match node.left:
        case Call("abs", (Arithmetic("-", left, right),)):
            return left, right, True
        case Arithmetic("-", left, right) if node.operator in (">", ">=") and not isinstance(left, Number):
            return left, right, False
    return None


def _equation(left: Name, operator: str, right: Name, speaker: Speaker) -> str:
    """`the fence is built`; negated from the words of the opposite where the case has them."""
    opposite = speaker.words.of(f"{left.id} == {right.id}") if operator == "!=" else ""
    if opposite:
        return f"it is not so that {opposite}"
    words = speaker.words
    return f"{words.of(left.id) or plain(left.id)} {_IS[operator]} {words.of(right.id) or plain(right.id)}"


def scale_of(node: Node, words: Words) -> Scale:
    """How a literal that is compared with `node` is to be written."""
    match node:
        case Call("P"):
            return "percent"
        case Name(name):
            return "percent" if name in words.shares else "plain"
        case Call("abs", (inner,)):
            found = scale_of(inner, words)
            return "points" if found != "plain" else "plain"
        case Call("min" | "max" | "clip", args):
            return next(
                (found for found in (scale_of(argument, words) for argument in args) if found != "plain"), "plain"
            )
        case Choice(_, then, otherwise):
            first = scale_of(then, words)
            return first if first != "plain" else scale_of(otherwise, words)
        case Arithmetic("-" | "+", left, right):
            if node.operator == "-" and left == Number(1):
                return scale_of(right, words)
            return _between(left, right, words)
        case Arithmetic("*", Number(), right):
            return scale_of(right, words)
    return "plain"


def _between(left: Node, right: Node, words: Words) -> Scale:
    both = scale_of(left, words) != "plain" and scale_of(right, words) != "plain"
    return "points" if both else "plain"
