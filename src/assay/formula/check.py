"""Names, kinds and dimensions of a formula: `check` finds everything that is wrong with it before it is evaluated.

A literal number adapts to what it is added to or compared with, so that `-100` may stand for utils; in a product it is
a plain number. What is wrong once is said once: after an error the value is unknown and fits everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

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

FUNCTIONS = {
    "min": "min(a, b, ...)",
    "max": "max(a, b, ...)",
    "exp": "exp(x)",
    "log": "log(x)",
    "logit": "logit(p)",
    "expit": "expit(x)",
    "clip": "clip(x, low, high)",
    "abs": "abs(x)",
    "sqrt": "sqrt(x)",
}
"""The functions of every formula, and how they are written. `log` is natural; `expit(x)` is 1 / (1 + exp(-x)) and
`logit` its inverse; `clip(x, low, high)` is x, but never outside low and high."""

_COUNTS = {"min": (2, 99), "max": (2, 99), "clip": (3, 3)}
_VARIABLE = ("variable", "alternatives")


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
        self.findings.append(Finding(span, found, expected))
        return UNKNOWN

    def quoted(self, node: Node) -> str:
        """The node's text for the beginning of a message, as `'prize', `; nothing where it is long or not known."""
        text = self.text[slice(*node.span)]
        return f"{text!r}, " if 0 < len(text) <= 40 else ""

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
                return inner if inner is UNKNOWN else number(inner.dimension)
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
            return self.unknown_name(node)
        return Meaning(symbol.kind, symbol.dimension, symbol.bounded) if symbol.kind != "unknown" else UNKNOWN

    def unknown_name(self, node: Name) -> Meaning:
        shape = self.shape(node.id)
        if shape:
            return self.wrong(node.span, f"the function {node.id!r} without arguments", f"write {shape}")
        if node.id in self.scope.elsewhere:
            return self.wrong(node.span, f"{node.id!r} cannot be used here", self.scope.elsewhere[node.id])
        owner = self.owner(node.id)
        if owner:
            found = f"{node.id!r}, a value of {owner!r}, stands alone"
            return self.wrong(node.span, found, f"compare it: {owner} == {node.id}")
        return self.wrong(node.span, f"unknown name {node.id!r}", self.suggest(node.id))

    def suggest(self, name: str) -> str:
        return suggestion(name, self.scope.names) or "no names can be used here, only numbers"

    def owner(self, value: str) -> str:
        """The first variable that has this value, or nothing."""
        for name, symbol in self.scope.names.items():
            if value in symbol.values:
                return name
        return ""

    def shape(self, function: str) -> str:
        special = self.scope.functions.get(function)
        return special.shape if special else FUNCTIONS.get(function, "")

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
        if found.kind not in _VARIABLE or not isinstance(node, Name):
            return found
        values = self.scope.names[node.id].values
        example = (
            f"compare it with one of its values: {node.id} == {values[0]}" if values else "compare it with a value"
        )
        return self.wrong(node.span, f"the variable {node.id!r} stands alone", example)

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
        for variable, value in ((node.left, node.right), (node.right, node.left)):
            if isinstance(variable, Name) and self.kind(variable) in _VARIABLE:
                self.equation(node, variable, value)
                return TRUTH
        if self.misspelt_equation(node):
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

    def kind(self, node: Name) -> Kind | None:
        symbol = self.scope.names.get(node.id)
        return symbol.kind if symbol else None

    def equation(self, node: Comparison, variable: Name, value: Node) -> None:
        """A variable compared with `value`, which is one of its values or another variable with a value in common."""
        known = self.scope.names[variable.id].values
        if not isinstance(value, Name):
            what = f"the variable {variable.id!r} is compared with a formula"
            self.wrong(value.span, what, f"its values: {_list(known)}")
            return
        if value.id not in known:
            self.no_value(variable.id, value, known)
        if node.operator not in ("==", "!="):
            found = f"{node.operator!r} between the variable {variable.id!r} and a value"
            self.wrong(node.span, found, "values have no order; use == or !=")

    def no_value(self, variable: str, value: Name, known: tuple[str, ...]) -> None:
        rival = self.scope.names.get(value.id)
        if rival is not None and rival.kind in (*_VARIABLE, "unknown"):
            if rival.kind in _VARIABLE and not set(rival.values) & set(known):
                found = f"the variables {variable!r} and {value.id!r} have no value in common"
                self.wrong(value.span, found, f"{variable}: {_list(known)}; {value.id}: {_list(rival.values)}")
            return
        hint = suggestion(value.id, known) if known else ""
        also = f" ({hint})" if hint.startswith("did") else ""
        found = f"{value.id!r} is not a value of {variable!r}"
        self.wrong(value.span, found, f"its values: {_list(known)}{also}")

    def misspelt_equation(self, node: Comparison) -> bool:
        """A misspelt variable compared with a value of some variable: said once, not for both sides."""
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if not (isinstance(one, Name) and isinstance(other, Name)) or node.operator not in ("==", "!="):
                return False
            unknown = not {one.id, other.id} & self.scope.names.keys() and one.id not in self.scope.elsewhere
            if unknown and self.owner(other.id) and not self.owner(one.id):
                self.wrong(one.span, f"unknown name {one.id!r}", self.suggest(one.id))
                return True
        return False

    # calls

    def call(self, node: Call) -> Meaning:
        special = self.scope.functions.get(node.function)
        if special is not None:
            return self.special(node, special)
        if node.function not in FUNCTIONS:
            return self.unknown_function(node)
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

    def unknown_function(self, node: Call) -> Meaning:
        for argument in (*node.args, *(value for _, value in node.named)):
            self.meaning(argument)
        if node.function in self.scope.elsewhere:
            return self.wrong(node.span, f"{node.function!r} cannot be used here", self.scope.elsewhere[node.function])
        if node.function in self.scope.names:
            return self.wrong(node.span, f"{node.function!r} is a name, not a function", "write * to multiply")
        known = [*FUNCTIONS, *self.scope.functions]
        return self.wrong(node.span, f"unknown function {node.function!r}", suggestion(node.function, known))

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


def _list(values: Iterable[str]) -> str:
    return ", ".join(values) or "none are known"


def _count(number_of: int, what: str) -> str:
    return f"{number_of or 'no'} {what}{'' if number_of == 1 else 's'}"
