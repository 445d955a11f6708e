"""A formula as part of an English sentence, for a careful reader who does not read formulas.

The words of a case come in through `Words`; everything else is the same for every case. Brackets appear where a reader
could group otherwise than the formula does.
"""

from __future__ import annotations

from assay.formula.ast import Arithmetic, Call, Choice, Comparison, Formula, Logic, Name, Negative, Node, Not, Number
from assay.formula.events import event
from assay.formula.phrases import Event, Say, Scale, Words, figure, listed, plain, quoted
from assay.formula.quantities import QUANTITIES, pair, probability_of_none, quantity
from assay.formula.text import ATOM, CHOICE, OR, PRODUCT, SIGN, SUM, binding
from assay.formula.walk import root

__all__ = ["Event", "Say", "Words", "prose"]

_ONE_ARGUMENT = {
    "exp": "the exponential of",
    "log": "the logarithm of",
    "logit": "the log-odds of",
    "expit": "the probability with log-odds",
    "abs": "the size of",
    "sqrt": "the square root of",
}
_EXTREMES = {"min": ("the smaller of", "the smallest of"), "max": ("the larger of", "the largest of")}
_SIMPLE = (Number, Name)


def prose(formula: Formula | Node, say: Words | Say | None = None) -> str:
    """The formula in words, without a capital and a full stop: a clause for a truth, a noun phrase for a number.

    `say` gives the words of the case: `Words`, or a mapping or function from the keys that `Words` lists to words. What
    has no words is named by its identifier.
    """
    words = say if isinstance(say, Words) else Words(say or {})
    speaker = _Prose(words)
    node = root(formula)
    if isinstance(node, Comparison | Logic | Not):
        return speaker.event(node).clause
    return speaker.number(node)


class _Prose:
    """Says numbers; hands truths and quantities to the modules that know them."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def event(self, node: Node) -> Event:
        return event(node, self)

    def number(self, node: Node, scale: Scale = "plain", least: int = CHOICE) -> str:
        own = "" if isinstance(node, Number) else self.words.of_node(node)
        if own:
            return own
        said = self.said(node, scale)
        return f"({said})" if binding(node) < least else said

    def said(self, node: Node, scale: Scale) -> str:
        match node:
            case Number(value):
                return figure(value, scale)
            case Name(name):
                return self.name(name, scale)
            case Negative(Number(value)):
                return figure(-value, scale)
            case Negative(operand):
                return f"minus {self.number(operand, scale, SIGN)}"
            case Arithmetic("+" | "-"):
                return self.sum(node, scale)
            case Arithmetic("*"):
                return self.product(node)
            case Arithmetic("/", left, right):
                return f"{self.number(left, least=PRODUCT)} divided by {self.number(right, least=SIGN)}"
            case Arithmetic(_, left, right):
                return self.power(left, right)
            case Choice():
                return self.choice(node, scale)
            case Call():
                return self.call(node, scale)
        return self.event(node).clause

    def name(self, name: str, scale: Scale) -> str:
        if name in self.words.readings:
            strict, loose = (self.number(reading.node, scale) for reading in self.words.readings[name])
            if strict == loose:
                return strict
            simple = all(isinstance(reading.node, _SIMPLE) for reading in self.words.readings[name])
            return f"{strict} (strict){'' if simple else ','} or {loose} (loose)"
        return self.words.base if name == "level" else plain(name)

    def sum(self, node: Arithmetic, scale: Scale) -> str:
        if node.operator == "+":
            return f"{self.number(node.left, scale, SUM)} plus {self.number(node.right, scale, PRODUCT)}"
        opposite = probability_of_none(node.right, self) if node.left == Number(1) else ""
        if opposite:
            return opposite
        if isinstance(node.left, Call) and isinstance(node.right, Call):
            return " minus ".join(pair(node.left, node.right, self))
        return f"{self.number(node.left, scale, SUM)} minus {self.number(node.right, scale, PRODUCT)}"

    def product(self, node: Arithmetic) -> str:
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Choice) and one.then == Number(1) and one.otherwise == Number(0):
                return f"{self.number(other, least=PRODUCT)} where {self.event(one.condition).clause}, otherwise 0"
        right = self.number(node.right, least=SIGN)
        if isinstance(node.left, Number) and 0.001 <= node.left.value < 1:
            return f"{figure(node.left.value, 'percent')} of {right}"
        return f"{self.number(node.left, least=PRODUCT)} times {right}"

    def power(self, base: Node, exponent: Node) -> str:
        if exponent == Number(2):
            return f"the square of {self.number(base, least=ATOM)}"
        return f"{self.number(base, least=ATOM)} to the power of {self.number(exponent, least=SIGN)}"

    def choice(self, node: Choice, scale: Scale) -> str:
        then, otherwise = self.number(node.then, scale, OR), self.number(node.otherwise, scale)
        return f"{then} if {self.event(node.condition).clause}, otherwise {otherwise}"

    def call(self, node: Call, scale: Scale) -> str:
        if node.function in QUANTITIES:
            return quantity(node, self)
        if node.function in _EXTREMES:
            said = [self.number(argument, scale, OR) for argument in node.args]
            return f"{_EXTREMES[node.function][len(said) > 2]} {listed(said)}"
        if node.function == "clip" and len(node.args) == 3:
            value, low, high = (self.number(argument, scale, OR) for argument in node.args)
            return f"{value}, kept between {low} and {high}"
        said = [self.number(argument, least=PRODUCT) for argument in node.args]
        return f"{_ONE_ARGUMENT.get(node.function, f'{quoted(node.function)} of')} {listed(said)}"
