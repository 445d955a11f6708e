"""Dimensions of numbers, and the units in which a case writes them; exact, without a units library.

A dimension is a product of base dimensions with rational powers. `util/ACTOR` is a base dimension of its own: what
one actor values never adds to, or compares with, what another values. A bare `util` is nobody's in particular, as in
`1/util` for a precision. A unit may carry a scale (a month is a twelfth of a year): it is kept, and numbers of unlike
scale do not add, since nothing converts them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias, TypeVar

from assay.errors import suggestion

Powers: TypeAlias = tuple[tuple[str, Fraction], ...]
"""Base dimensions with their powers, sorted by name; no zero powers."""
Scale: TypeAlias = tuple[tuple[int, Fraction], ...]
"""A scale factor as prime numbers with their powers, so that roots stay exact."""


_Key = TypeVar("_Key", str, int)


def _joined(
    left: tuple[tuple[_Key, Fraction], ...], right: tuple[tuple[_Key, Fraction], ...]
) -> tuple[tuple[_Key, Fraction], ...]:
    """Powers of a product: those of the two factors added up."""
    if not right:
        return left
    if not left:
        return right
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, Fraction(0)) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


class UnitError(ValueError):
    """A unit that cannot be read: what was found, what is expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Dimension:
    """A product of base dimensions with rational powers, and the scale of the unit it is counted in."""

    powers: Powers = ()
    scale: Scale = ()

    def __mul__(self, other: Dimension) -> Dimension:
        return Dimension(_joined(self.powers, other.powers), _joined(self.scale, other.scale))

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    def __pow__(self, exponent: int | Fraction) -> Dimension:
        if not exponent:
            return NONE
        power = Fraction(exponent)
        return Dimension(
            tuple((base, of * power) for base, of in self.powers),
            tuple((prime, of * power) for prime, of in self.scale),
        )

    def __bool__(self) -> bool:
        """Whether there is any dimension or scale: false for a plain number."""
        return bool(self.powers or self.scale)

    @property
    def factor(self) -> float:
        """How much one of this unit is in unscaled units: 1/12 for a month."""
        result = 1.0
        for prime, power in self.scale:
            result *= float(prime) ** float(power)
        return result

    def __str__(self) -> str:
        return _written(self)


NONE = Dimension()
"""The dimension of a plain number."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a case writes it."""

    text: str
    dimension: Dimension
    kind: Literal["probability", "share", "log-odds", ""] = ""
    """What a number without dimension counts, where the case says so."""

    @property
    def bounded(self) -> bool:
        """Whether numbers of this unit lie between 0 and 1."""
        return self.kind in ("probability", "share")


def util_of(actor: str) -> Dimension:
    """The dimension of what `actor` values."""
    return Dimension(((f"util/{actor}", Fraction(1)),))


def _primes(number: int) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    divisor = 2
    while number > 1:
        while number % divisor == 0:
            found[divisor] = found.get(divisor, Fraction(0)) + 1
            number //= divisor
        divisor += 1
    return found


def _scaled(base: str | None, numerator: int = 1, denominator: int = 1) -> Dimension:
    powers: Powers = ((base, Fraction(1)),) if base else ()
    over = {prime: -power for prime, power in _primes(denominator).items()}
    return Dimension(powers, _joined(tuple(sorted(_primes(numerator).items())), tuple(sorted(over.items()))))


CURRENCIES = ("EUR", "USD", "PLN", "GBP", "RUB", "BYN", "UAH", "NOK", "SEK")
"""Currencies: base dimensions of their own, never converted into one another."""

_WORDS: Mapping[str, Dimension] = {
    "1": NONE,
    "probability": NONE,
    "share": NONE,
    "log-odds": NONE,
    "percent": _scaled(None, 1, 100),
    "util": _scaled("util"),
    "year": _scaled("year"),
    "month": _scaled("year", 1, 12),
    "week": _scaled("year", 7 * 4, 1461),
    "day": _scaled("year", 4, 1461),
    "km": _scaled("km"),
    "km2": _scaled("km") ** 2,
    "m": _scaled("km", 1, 1000),
    "person": _scaled("person"),
    "stake": _scaled("stake"),
    **{currency: _scaled(currency) for currency in CURRENCIES},
}
_AMOUNTS: Mapping[str, Dimension] = {
    "thousand": _scaled(None, 10**3),
    "million": _scaled(None, 10**6),
    "mn": _scaled(None, 10**6),
    "billion": _scaled(None, 10**9),
    "bn": _scaled(None, 10**9),
}
_PLURALS = {f"{word}s": word for word in ("util", "year", "month", "week", "day", "person", "stake")}
_KINDS: Mapping[str, Literal["probability", "share", "log-odds"]] = {
    "probability": "probability",
    "share": "share",
    "log-odds": "log-odds",
}
KNOWN_UNITS = (*_WORDS, "util/ACTOR")
"""What a unit may be made of, for messages."""

_TOKEN = re.compile(r"\s*(?:log-odds|[A-Za-z][A-Za-z0-9_]*|[0-9]+|\*\*|\^|[*/()-])")


def parse_unit(text: str, actors: Collection[str] = ()) -> Unit:
    """The unit that `text` says, as `util/russia/year`, `EUR bn` or `1/year`. Raises `UnitError`.

    Units are multiplied with `*`, divided with `/` (from left to right, `util/ACTOR` going together) and raised to
    whole powers with `**`. `actors` are the ids that may follow `util/`.
    """
    return _unit(text, tuple(actors))


@lru_cache(maxsize=4_000)
def _unit(text: str, actors: tuple[str, ...]) -> Unit:
    plain = text.strip()
    if plain in _KINDS:
        return Unit(plain, NONE, _KINDS[plain])
    if not plain:
        raise UnitError("an empty unit", f"write 1 for a plain number; {suggestion('', _known(actors))}")
    reader = _Reader(plain, _tokens(plain), actors)
    dimension = reader.product()
    reader.finish()
    return Unit(plain, dimension)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnitError(
                f"{text[at:].strip()[:1]!r} in the unit {text!r}", "join units with *, / and **, as EUR/year"
            )
        tokens.append(match.group().strip())
        at = match.end()
    return tokens


class _Reader:
    """Reads the tokens of one unit from left to right."""

    def __init__(self, text: str, tokens: list[str], actors: tuple[str, ...]) -> None:
        self.text, self.tokens, self.actors, self.at = text, tokens, actors, 0

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def product(self) -> Dimension:
        result = self.factor()
        while self.peek() in ("*", "/"):
            operator = self.peek()
            self.at += 1
            right = self.factor()
            result = result * right if operator == "*" else result / right
        return result

    def factor(self) -> Dimension:
        result = self.word()
        while self.peek() in _AMOUNTS:
            result = result * _AMOUNTS[self.peek()]
            self.at += 1
        if self.peek() not in ("**", "^"):
            return result
        self.at += 1
        sign = -1 if self.peek() == "-" else 1
        self.at += sign < 0
        if not self.peek().isdigit() or len(self.peek()) > 1:
            raise UnitError(
                f"{self.peek() or 'nothing'!r} as a power in the unit {self.text!r}", "a whole number up to 9"
            )
        power = int(self.peek())
        self.at += 1
        return result ** (sign * power)

    def word(self) -> Dimension:
        word = self.peek()
        if not word or word in "*/-()" or word == "**":
            found = f"the unit {self.text!r} ends too early" if not word else f"{word!r} in the unit {self.text!r}"
            raise UnitError(found, "a unit on each side of * and /, as EUR/year; without brackets")
        self.at += 1
        word = _PLURALS.get(word, word)
        if word == "util" and self.peek() == "/" and self.is_actor(self.peek(1)):
            self.at += 2
            return util_of(self.tokens[self.at - 1])
        if word in _AMOUNTS and self.peek() in _WORDS:
            return _AMOUNTS[word] * self.word()
        if word not in _WORDS:
            raise UnitError(f"unknown unit {word!r} in {self.text!r}", suggestion(word, _known(self.actors)))
        return _WORDS[word]

    def is_actor(self, word: str) -> bool:
        if word in self.actors:
            return True
        if word in _WORDS or word in _PLURALS or not word[:1].isalpha():
            return False
        raise UnitError(
            f"unknown actor {word!r} in the unit {self.text!r}", suggestion(word, self.actors) or "no actors"
        )

    def finish(self) -> None:
        if self.peek():
            raise UnitError(f"{self.peek()!r} in the unit {self.text!r}", "join units with *, / and **, as EUR/year")


def _known(actors: Iterable[str]) -> list[str]:
    return [*_WORDS, *(f"util/{actor}" for actor in actors)]


_NAMED_SCALES: Mapping[Dimension, str] = {_WORDS[word]: word for word in ("month", "week", "day", "m", "percent")} | {
    _WORDS[money] * _AMOUNTS[amount]: f"{money} {amount}"
    for money in CURRENCIES
    for amount in ("thousand", "million", "bn")
}


def _written(dimension: Dimension) -> str:
    """The dimension as a unit that can be read back, where its scale has a name."""
    if not dimension.scale:
        return _quotient(dimension.powers)
    bases = {base for base, _ in dimension.powers}
    for named, name in _NAMED_SCALES.items():
        if not bases.issuperset(base for base, _ in named.powers):
            continue
        for power in (1, -1):
            rest = dimension / named**power
            if not rest.scale:
                own = ((name, Fraction(power)),)
                return _quotient(_joined(own, rest.powers) if rest.powers else own)
    return f"{dimension.factor:g} {_quotient(dimension.powers)}"


def _quotient(powers: Powers) -> str:
    above = [_power(base, power) for base, power in powers if power > 0]
    below = [_power(base, -power) for base, power in powers if power < 0]
    return "/".join(["*".join(above) or "1", *below])


def _power(base: str, power: Fraction) -> str:
    if power == 1:
        return base
    return f"{base}**{power}" if power.denominator == 1 else f"{base}**({power})"


def in_words(dimension: Dimension) -> str:
    """The dimension for a message: `a plain number`, `util/russia`."""
    return str(dimension) if dimension else "a plain number"
