"""A number as it was written and as it is: `1/3` stays `1/3` when a file is written again, `+2` becomes `2`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")
DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
LARGEST = Fraction(10) ** 300
"""Payoffs must fit a double with room for sums."""
LONGEST = 1000
"""Digits of a number; conversions beyond take longer than anybody waits."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A rational number with the text it was given as, or the nearest that Gambit reads. Equal to another of the same
    value."""

    value: Fraction
    text: str = field(compare=False)

    @classmethod
    def of(cls, number: str | int | float | Fraction) -> Exact:
        """The number that a text, an integer, a fraction or a float stands for (a float by its shortest text).

        Raises ValueError for what is no number, has a zero denominator, or is larger than 1e300.
        """
        if isinstance(number, float):
            number = repr(number)
        elif isinstance(number, int | Fraction):
            return cls(_bounded(Fraction(number)), str(number))
        return cls(_value(number), _readable(number))

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return self.text


def _value(text: str) -> Fraction:
    if len(text) > LONGEST:
        raise ValueError(f"a number of {len(text)} characters")
    if FRACTION.fullmatch(text):
        above, below = text.split("/")
        if int(below) == 0:
            raise ValueError(f"{text!r}, a division by zero")
        return _bounded(Fraction(int(above), int(below)))
    if not DECIMAL.fullmatch(text):
        raise ValueError(f"{text!r}, which is no number")
    exponent = re.search(r"[eE]([+-]?[0-9]+)$", text)
    if exponent and abs(int(exponent[1])) > LONGEST + 300:
        raise ValueError(f"{text!r}, which is out of range")
    return _bounded(Fraction(text))


def _bounded(value: Fraction) -> Fraction:
    if abs(value) > LARGEST:
        raise ValueError("a number larger than 1e300")
    return value


def _readable(text: str) -> str:
    """The text, changed only where Gambit 16.7 would not read it: it knows no plus sign, neither in front nor in an
    exponent, and wants a digit before the point of a number without a sign that has an exponent."""
    text = text.replace("+", "")
    return "0" + text if text.startswith(".") and "e" in text.lower() else text
