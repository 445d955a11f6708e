"""A formula as LaTeX, for a paper's methods section: mathematics mode, standard macros with amsmath's `cases`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
from assay.formula.text import ATOM, CHOICE, NOT, OR, PRODUCT, SIGN, SUM, binding, number_text
from assay.formula.walk import root

_COMPARISON = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_FUNCTIONS = {
    "min": r"\min",
    "max": r"\max",
    "log": r"\ln",
    "logit": r"\operatorname{logit}",
    "expit": r"\operatorname{logit}^{-1}",
    "clip": r"\operatorname{clip}",
    "P": r"\Pr",
    "E": r"\operatorname{E}",
    "EV": r"\operatorname{EV}",
    "N": r"\operatorname{N}",
}


def latex(formula: Formula | Node, symbols: Mapping[str, str] | None = None, actors: Collection[str] = ()) -> str:
    """The formula in mathematics mode, without the dollar signs.

    `symbols` gives LaTeX for names, as `{"discount": r"\\delta"}`; other names stand upright, as they are written. A
    comparison of one of `actors`, those with types, is about its type, a theta.
    """
    return _Writer(symbols or {}, actors).at(root(formula), CHOICE)


class _Writer:
    def __init__(self, symbols: Mapping[str, str], actors: Collection[str]) -> None:
        self.symbols = symbols
        self.actors = actors

    def at(self, node: Node, least: int) -> str:
        written = self.written(node)
        # a fraction and cases hold together without brackets
        closed = isinstance(node, Arithmetic) and node.operator == "/" and least <= SIGN
        return written if closed or binding(node) >= least else rf"\left({written}\right)"

    def written(self, node: Node) -> str:
        match node:
            case Number(value):
                return _number(value)
            case Name(name):
                return self.symbols.get(name) or rf"\mathrm{{{_upright(name)}}}"
            case Call():
                return self.call(node)
            case Negative(operand):
                return f"-{self.at(operand, SIGN)}"
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison(operator, left, right):
                return f"{self.side(left)} {_COMPARISON[operator]} {self.side(right)}"
            case Not(operand):
                return rf"\lnot {self.at(operand, NOT)}"
            case Logic(operator, operands):
                joiner = r" \land " if operator == "and" else r" \lor "
                return joiner.join(self.at(operand, binding(node) + 1) for operand in operands)
            case Choice(condition, then, otherwise):
                first = rf"{self.at(then, OR)} & \text{{if }} {self.at(condition, OR)}"
                return rf"\begin{{cases}} {first} \\ {self.at(otherwise, OR)} & \text{{otherwise}} \end{{cases}}"

    def side(self, node: Node) -> str:
        """One side of a comparison."""
        if isinstance(node, Name) and node.id in self.actors:
            return rf"\theta_{{{self.written(node)}}}"
        return self.at(node, SUM)

    def arithmetic(self, node: Arithmetic) -> str:
        match node.operator:
            case "/":
                return rf"\frac{{{self.at(node.left, CHOICE)}}}{{{self.at(node.right, CHOICE)}}}"
            case "**":
                return f"{self.at(node.left, ATOM)}^{{{self.at(node.right, CHOICE)}}}"
            case "*":
                return rf"{self.at(node.left, PRODUCT)} \cdot {self.at(node.right, SIGN)}"
            case operator:
                return f"{self.at(node.left, SUM)} {operator} {self.at(node.right, PRODUCT)}"

    def call(self, node: Call) -> str:
        arguments = [self.at(argument, CHOICE) for argument in node.args]
        match node.function, arguments:
            case "exp", [argument]:
                return f"e^{{{argument}}}"
            case "abs", [argument]:
                return rf"\left|{argument}\right|"
            case "sqrt", [argument]:
                return rf"\sqrt{{{argument}}}"
        function = _FUNCTIONS.get(node.function, rf"\operatorname{{{_upright(node.function)}}}")
        inside = ", ".join(arguments)
        given = [value for key, value in node.named if key == "given"]
        if given:
            inside += rf" \mid {self.at(given[0], CHOICE)}"
        rest = [self.named(key, value) for key, value in node.named if key != "given"]
        if rest:
            inside += "; " + ", ".join(rest)
        return rf"{function}\left({inside}\right)"

    def named(self, key: str, value: Node) -> str:
        if key == "do":
            return rf"\mathrm{{do}}\left({self.at(value, CHOICE)}\right)"
        word = self.symbols.get(key) or rf"\mathrm{{{_upright(key)}}}"
        return f"{word} = {self.at(value, CHOICE)}"


def _upright(name: str) -> str:
    return name.replace("_", r"\_")


def _number(value: float) -> str:
    mantissa, _, exponent = number_text(value).partition("e")
    if not exponent:
        return mantissa
    power = rf"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"\left({mantissa} \cdot {power}\right)"
