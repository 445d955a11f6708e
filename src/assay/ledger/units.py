"""Units of facts: scale words and money here, without a library; other conversions by pint, when one is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "m": 1e6, "bn": 1e9, "tn": 1e12}
"""Words that only scale a unit; `m` and the other short ones do so beside a currency alone."""
_MONEY = re.compile(r"[A-Z]{3}")


class UnitError(ValueError):
    """Amounts that do not go together: what was found, and what to state."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.found = found
        self.expected = expected


def split(unit: str) -> tuple[float, str]:
    """The factor of a unit's scale word, and the unit without it: `million USD` and `USD mn` are (1e6, `USD`)."""
    words = unit.split()
    if len(words) == 2:
        for scale, rest in (words, words[::-1]):
            if scale in SCALES and (is_money(rest) or len(scale) > 2):
                return SCALES[scale], rest
    return 1.0, unit.strip()


def bare(unit: str) -> str:
    """The unit without its scale word."""
    return split(unit)[1]


def is_money(unit: str) -> bool:
    """Whether a unit without a scale word is a currency, by its ISO 4217 code."""
    return bool(_MONEY.fullmatch(unit))


def convert(value: float, unit: str, to: str) -> float:
    """An amount in `unit` as one in `to`. Raises `UnitError` where nothing converts them.

    A currency is converted by no library: a rate of exchange is a fact of a day, and has to be stated.
    """
    scale, plain = split(unit)
    wanted, other = split(to)
    if plain == other:
        return value * scale / wanted  # in this order 4.5 million is exactly 0.0045 billion
    if is_money(plain) and is_money(other):
        raise UnitError(f"{plain} where {other} is asked for", "state the rate: `{convert: ..., to: ..., by: ...}`")
    return value * scale / wanted * _library_factor(plain, other)


def _library_factor(unit: str, to: str) -> float:
    import pint

    registry = _registry()
    try:
        return float(registry.Quantity(1.0, unit).to(to).magnitude)
    except pint.DimensionalityError:
        raise UnitError(f"{unit!r} where {to!r} is asked for", "a unit of the same kind") from None
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError, pint.OffsetUnitCalculusError, ValueError, TypeError):
        raise UnitError(f"{unit!r} into {to!r}", "units that can be converted, as km, month, percent") from None


@lru_cache(maxsize=1)
def _registry() -> Any:
    """The library's units, with those that facts count in besides: each of a kind of its own."""
    import pint

    registry: Any = pint.UnitRegistry()
    for name in ("persons", "votes", "event", "respondents", "GDP", "population"):
        registry.define(f"{name} = [{name}]")
    return registry
