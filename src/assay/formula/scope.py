"""What a formula may speak of, and what the checker says of it: plain frozen values, filled by the caller.

A `Scope` lists the names and special functions that a formula may use at one place of a case. The checker
answers with a `Meaning` (what the whole formula is) and `Finding`s (everything that is wrong).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assay.errors import suggestion
from assay.formula.ast import Arithmetic, Call, Name, Node, Number, Span
from assay.formula.dimension import NONE, Dimension, Unit, in_words

Kind: TypeAlias = Literal["number", "truth", "variable", "alternatives", "actor", "unknown"]
"""What a formula or a name can be. An `actor` is compared with its types. `unknown` is what is left after an error: it
fits everywhere, so that one error does not cause others."""


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a formula is: a number with its dimension, or a truth."""

    kind: Kind
    dimension: Dimension | None = None
    """For a number. None where it adapts to what it meets: a literal, or a formula of literals alone."""
    bounded: bool = False
    """Whether it is known to lie between 0 and 1: a probability or a share."""

    def settled(self) -> Meaning:
        """The same, with a number that would adapt taken as a plain one: for a definition without a unit."""
        return Meaning("number", NONE) if self.kind == "number" and self.dimension is None else self


ANY_NUMBER = Meaning("number")
"""A number of no dimension in particular: as an expectation it accepts every dimension."""
PLAIN_NUMBER = Meaning("number", NONE)
"""A number without dimension: a log-odds, a weight, a count."""
PROBABILITY = Meaning("number", NONE, bounded=True)
"""A number without dimension between 0 and 1: a probability or a share."""
TRUTH = Meaning("truth")
UNKNOWN = Meaning("unknown")


def number(dimension: Dimension | None = None) -> Meaning:
    """A number with `dimension`, or, without it, of no dimension in particular."""
    return Meaning("number", dimension)


def measured(unit: Unit) -> Meaning:
    """A number in `unit`, bounded where that is `probability` or `share`."""
    return Meaning("number", unit.dimension, unit.bounded)


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name stands for."""

    kind: Kind
    """`number`, `truth`, `variable` (of the world), `alternatives` (an assumption whose value is a name), `actor` (one
    with types), or `unknown` for a name whose own declaration is wrong: it is accepted everywhere."""
    dimension: Dimension | None = None
    """For a number; None adapts to what it meets (a hedge word, `level`)."""
    bounded: bool = False
    """For a number: whether its unit is `probability` or `share`."""
    values: tuple[str, ...] = ()
    """For a variable, alternatives or an actor: the names that it can be compared with."""

    @staticmethod
    def of(meaning: Meaning) -> Symbol:
        """A name that stands for something with `meaning`: `Symbol.of(measured(parse_unit("EUR")))`."""
        return Symbol(meaning.kind, meaning.dimension, meaning.bounded)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in a formula."""

    span: Span
    """Where, as offsets into the formula's text."""
    found: str
    """What was found there, in words."""
    expected: str
    """What is allowed there, or what to try."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What one argument of a special function may be: a formula, or with `read` something else."""

    expected: Meaning | None = None
    """Its kind and dimension, where it is a formula."""
    scope: Scope | None = None
    """The names that count in it; None for those of the formula around it."""
    read: Callable[[Node], Iterable[Finding]] | None = None
    """Where it is no formula but a name of something: says what is wrong with it. `one_of` makes such readers."""


def one_of(
    names: Iterable[str],
    what: str,
    *,
    joined: bool = False,
    numbers: Callable[[float], str | None] | None = None,
) -> Parameter:
    """An argument that is one of `names`; `what` they are, for messages, as `a policy`.

    With `joined` several may be joined by `+`. With `numbers` a literal number is taken too, and `numbers` returns what
    is wrong with it (as `the calendar ends in 2034`), or None.
    """
    known = tuple(names)
    none = f"there is no {what.removeprefix('a ').removeprefix('an ')} to name"

    def read(node: Node) -> Iterable[Finding]:
        match node:
            case Name(name, span):
                if name not in known:
                    yield Finding(span, f"{name!r} is not {what}", suggestion(name, known) or none)
            case Number(value, span) if numbers is not None:
                wrong = numbers(value)
                if wrong:
                    yield Finding(span, f"{value:g} is not {what}", wrong)
            case Arithmetic("+", left, right) if joined:
                yield from read(left)
                yield from read(right)
            case _:
                yield Finding(node.span, f"a formula where {what} is named", suggestion("", known) or none)

    return Parameter(read=read)


@dataclass(frozen=True, slots=True)
class Signature:
    """A special function, as `P(event, by=, given=)`: what it takes and what it gives."""

    shape: str
    """How it is written, for messages: `P(event, by=, at=, in=, given=, do=, regime=, ASSUMPTION=)`."""
    result: Meaning | Callable[[Call], Meaning]
    """What it gives; a function of the call where that depends on the arguments."""
    positional: tuple[Parameter, ...] = ()
    """The arguments without a name, all of them required."""
    named: Mapping[str, Parameter] = field(default_factory=dict)
    """The arguments with a name, all of them optional."""
    others: Mapping[str, Parameter] = field(default_factory=dict)
    """More named arguments, too many to list in a message: the assumptions."""
    others_are: str = "an assumption"
    """What the names of `others` are, in words."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may speak of at one place of a case."""

    names: Mapping[str, Symbol]
    """Names and what they stand for."""
    functions: Mapping[str, Signature] = field(default_factory=dict)
    """Special functions, besides `min max exp log logit expit clip abs sqrt`."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Names and functions that exist but may not be used here, each with the reason in words, as `a condition on worlds
    speaks of variables only`."""


def same_dimension(left: Dimension | None, right: Dimension | None) -> bool:
    """Whether numbers of the two dimensions can be added; one that adapts goes with everything."""
    return left is None or right is None or left == right


def describe(meaning: Meaning) -> str:
    """A meaning in words, for messages: `a truth`, `util/russia`, `a plain number`."""
    match meaning.kind:
        case "number":
            return "a number" if meaning.dimension is None else in_words(meaning.dimension)
        case "truth":
            return "a truth"
        case "variable":
            return "a variable"
        case "alternatives":
            return "a choice between alternatives"
        case "actor":
            return "an actor's type"
        case "unknown":
            return "something unknown"
