"""Names, kinds and dimensions of a formula: `check` finds everything that is wrong with it before it is evaluated.

A literal number adapts to what it is added to or compared with, so that `-100` may stand for utils; in a product it is
a plain number. What is wrong once is said once: after an error the value is unknown and fits everywhere.
"""

from __future__ import annotations

from assay.errors import suggestion
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
    Span,
)
from assay.formula.rules import Wrong, added, alike, applied, divided, multiplied, raised
from assay.formula.scope import (
    ANY_NUMBER,
    FUNCTIONS,
    PLAIN_NUMBER,
    PROBABILITY,
    TRUTH,
    UNKNOWN,
    Finding,
    Kind,
    Meaning,
    Parameter,
    Scope,
    Signature,
    Symbol,
    describe,
    measured,
    number,
    one_of,
    same_dimension,
)
from assay.formula.unknown import VARIABLES, equation_findings, unknown_function, unknown_name
from assay.formula.walk import children

__all__ = [
    "ANY_NUMBER",
    "FUNCTIONS",
    "PLAIN_NUMBER",
    "PROBABILITY",
    "TRUTH",
    "UNKNOWN",
    "Finding",
    "Kind",
    "Meaning",
    "Parameter",
    "Scope",
    "Signature",
    "Symbol",
    "check",
    "describe",
    "measured",
    "number",
    "one_of",
]

_COUNTS = {"min": (2, 99), "max": (2, 99), "clip": (3, 3)}


def check(formula: Formula | Node, scope: Scope, expected: Meaning | None = None) -> tuple[Meaning, list[Finding]]:
    """What `formula` is in `scope`, and everything that is wrong with it, in the order of its text.

    With `expected` the whole formula must be of that kind, of that dimension where it has one, and, where that is
    bounded, no literal outside 0 and 1. The meaning is `UNKNOWN` where an error leaves it open.
    """
    node = formula.node if isinstance(formula, Formula) else formula
    checker = _Checker(scope, formula.text if isinstance(formula, Formula) else "")
    meaning = checker.meaning(node)
    if expected is not None:
        meaning = checker.as_expected(node, meaning, expected)
    return meaning, sorted(checker.findings, key=lambda finding: finding.span)


class _Checker:
    """Walks one formula; `scope` is that of the argument it is in."""

    def __init__(self, scope: Scope, text: str) -> None:
        self.scope = scope
        self.text = text
        self.findings: list[Finding] = []

    def wrong(self, span: Span, found: str, expected: str) -> Meaning:
        return self.add(Finding(span, found, expected))

    def quoted(self, node: Node) -> str:
        """The node's text for the beginning of a message, as `'prize', `; nothing where it is long or not known."""
        text = self.text[slice(*node.span)]
        return f"{text!r}, " if 0 < len(text) <= 40 else ""

    def add(self, finding: Finding) -> Meaning:
        self.findings.append(finding)
        return UNKNOWN

    def meaning(self, node: Node) -> Meaning:
        match node:
            case Number():
                return ANY_NUMBER
            case Name():
                return self.name(node)
            case Call():
                return self.call(node)
            case Negative(operand):
                inner = self.number(operand)
                return inner if inner == UNKNOWN else number(inner.dimension)
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison():
                return self.comparison(node)
            case Logic(_, operands):
                for operand in operands:
                    self.truth(operand)
                return TRUTH
            case Not(operand):
                self.truth(operand)
                return TRUTH
            case Choice():
                return self.choice(node)

    # names

    def name(self, node: Name) -> Meaning:
        symbol = self.scope.names.get(node.id)
        if symbol is None:
            return self.add(unknown_name(node, self.scope))
        return Meaning(symbol.kind, symbol.dimension, symbol.bounded) if symbol.kind != "unknown" else UNKNOWN

    # kinds

    def number(self, node: Node) -> Meaning:
        """The meaning of an operand that has to be a number."""
        found = self.meaning(node)
        if found.kind == "truth":
            return self.wrong(
                node.span, f"{self.quoted(node)}a truth where a number is expected", "write (1 if ... else 0)"
            )
        return self.no_variable(node, found)

    def truth(self, node: Node) -> None:
        """Checks an operand that has to be a truth."""
        found = self.meaning(node)
        if found.kind == "number":
            self.wrong(node.span, f"{self.quoted(node)}a number where a truth is expected", "compare it, as in x > 0")
        else:
            self.no_variable(node, found)

    def no_variable(self, node: Node, found: Meaning) -> Meaning:
        if found.kind not in VARIABLES or not isinstance(node, Name):
            return found
        what, plural = VARIABLES[found.kind]
        values = self.scope.names[node.id].values
        example = (
            f"compare it with one of its {plural}: {node.id} == {values[0]}" if values else "compare it with a value"
        )
        return self.wrong(node.span, f"the {what} {node.id!r} stands alone", example)

    def as_expected(self, node: Node, found: Meaning, expected: Meaning) -> Meaning:
        if expected.kind == "number":
            found = self.wrong_kind(node, found, "truth", "a number") or self.no_variable(node, found)
            if found.kind == "number" and not same_dimension(found.dimension, expected.dimension):
                return self.wrong(
                    node.span, f"{describe(found)} where {describe(expected)} is expected", _factor(found)
                )
            if expected.bounded:
                self.within_bounds(node)
        elif expected.kind == "truth":
            found = self.wrong_kind(node, found, "number", "a truth") or self.no_variable(node, found)
        return found

    def wrong_kind(self, node: Node, found: Meaning, kind: Kind, wanted: str) -> Meaning | None:
        if found.kind != kind:
            return None
        advice = "write 1 if ... else 0" if kind == "truth" else "a comparison, as in x > 0"
        return self.wrong(node.span, f"{describe(found)} where {wanted} is expected", advice)

    def within_bounds(self, node: Node) -> None:
        if isinstance(node, Choice):
            self.within_bounds(node.then)
            self.within_bounds(node.otherwise)
        value = _literal(node)
        if value is not None and not 0 <= value <= 1:
            self.wrong(node.span, f"{value:g} for a probability or a share", "a number from 0 to 1; write 0.05 for 5%")

    # arithmetic

    def ruled(self, span: Span, result: Meaning | Wrong) -> Meaning:
        """The answer of a rule; what is wrong becomes a finding."""
        return self.wrong(span, result.found, result.expected) if isinstance(result, Wrong) else result

    def arithmetic(self, node: Arithmetic) -> Meaning:
        left, right = self.number(node.left), self.number(node.right)
        if node.operator == "/" and _literal(node.right) == 0:
            return self.wrong(node.span, "a division by zero", "another divisor")
        if UNKNOWN in (left, right):
            return UNKNOWN
        match node.operator:
            case "+" | "-":
                return self.ruled(node.span, added(node.operator, left, right, _literal(node.left) == 1))
            case "*":
                return multiplied(left, right)
            case "/":
                return divided(left, right)
            case "**":
                return self.ruled(node.span, raised(left, right, _literal(node.right)))

    def choice(self, node: Choice) -> Meaning:
        self.truth(node.condition)
        then = self.no_variable(node.then, self.meaning(node.then))
        otherwise = self.no_variable(node.otherwise, self.meaning(node.otherwise))
        if UNKNOWN in (then, otherwise):
            return UNKNOWN
        if then.kind != otherwise.kind:
            found = f"{describe(then)} before 'if' and {describe(otherwise)} after 'else'"
            return self.wrong(node.span, found, "two numbers or two truths")
        if then.kind == "truth":
            return TRUTH
        return self.ruled(node.span, alike(then, "before 'if' and, after 'else',", otherwise))

    # comparisons

    def comparison(self, node: Comparison) -> Meaning:
        about_values = equation_findings(node, self.scope)
        if about_values is not None:
            self.findings.extend(about_values)
            return TRUTH
        left, right = self.side(node.left), self.side(node.right)
        if UNKNOWN in (left, right):
            return TRUTH
        self.ruled(node.span, alike(left, "compared with", right))
        if left.bounded:
            self.within_bounds(node.right)
        if right.bounded:
            self.within_bounds(node.left)
        return TRUTH

    def side(self, node: Node) -> Meaning:
        found = self.meaning(node)
        if found.kind == "truth":
            return self.wrong(node.span, "a truth in a comparison", "join truths with and, or, not")
        return self.no_variable(node, found)

    # calls

    def call(self, node: Call) -> Meaning:
        special = self.scope.functions.get(node.function)
        if special is not None:
            return self.special(node, special)
        if node.function not in FUNCTIONS:
            for part in children(node):
                self.meaning(part)
            return self.add(unknown_function(node, self.scope))
        shape = FUNCTIONS[node.function]
        for name, value in node.named:
            self.wrong(value.span, f"an argument named {name!r}", f"write {shape}")
        least, most = _COUNTS.get(node.function, (1, 1))
        meanings = [self.number(argument) for argument in node.args]
        if not least <= len(node.args) <= most:
            count = _count(len(node.args), "argument")
            return self.wrong(node.span, f"{node.function} with {count}", f"write {shape}")
        if UNKNOWN in meanings or node.named:
            return UNKNOWN
        return self.ruled(node.span, applied(node.function, meanings))

    def special(self, node: Call, signature: Signature) -> Meaning:
        before = len(self.findings)
        wanted = len(signature.positional)
        if len(node.args) != wanted:
            found = f"{node.function} with {_count(len(node.args), 'plain argument')}"
            self.wrong(node.span, found, f"write {signature.shape}")
        for argument, parameter in zip(node.args, signature.positional, strict=False):
            self.argument(argument, parameter)
        seen: set[str] = set()
        for name, value in node.named:
            self.named(node, signature, name, value, seen)
            seen.add(name)
        if len(self.findings) > before:
            return signature.result if isinstance(signature.result, Meaning) else UNKNOWN
        return signature.result if isinstance(signature.result, Meaning) else signature.result(node)

    def named(self, node: Call, signature: Signature, name: str, value: Node, seen: set[str]) -> None:
        parameter = signature.named.get(name) or signature.others.get(name)
        if name in seen:
            self.wrong(value.span, f"{node.function} with {name!r} given twice", "give it once")
        elif parameter is None:
            near = suggestion(name, [*signature.named, *signature.others])
            also = f" nor {signature.others_are}" if signature.others else ""
            found = f"{name!r} is no argument of {node.function}{also}"
            self.wrong(value.span, found, near if near.startswith("did") else f"write {signature.shape}")
        else:
            self.argument(value, parameter)

    def argument(self, node: Node, parameter: Parameter) -> None:
        if parameter.read is not None:
            self.findings.extend(parameter.read(node))
            return
        outer, self.scope = self.scope, parameter.scope or self.scope
        found = self.meaning(node)
        if parameter.expected is not None:
            self.as_expected(node, found, parameter.expected)
        self.scope = outer


def _literal(node: Node) -> float | None:
    """The number that is written there, with its sign."""
    match node:
        case Number(value):
            return value
        case Negative(operand):
            inner = _literal(operand)
            return None if inner is None else -inner
    return None


def _factor(found: Meaning) -> str:
    if found.dimension:
        return "multiply or divide by what turns the one into the other"
    return "multiply by what one of them is worth, an assumption with that unit"


def _count(number_of: int, what: str) -> str:
    return f"{number_of or 'no'} {what}{'' if number_of == 1 else 's'}"
