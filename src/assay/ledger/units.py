"""Units of facts: scale words and money here, without a library; other conversions by pint, when one is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from assay.ledger.money import SCALES, holds_money, is_money, money_in, symbol

__all__ = ["UnitError", "bare", "convert", "holds_money", "is_money", "split"]


class UnitError(ValueError):
    """Amounts that do not go together: what was found, and what to state."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.found = found
        self.expected = expected


def split(unit: str) -> tuple[float, str]:
    """The factor of a unit's scale words, and the unit without them: `million USD` and `USD mn` are (1e6, `USD`).

    Money has its code whatever its spelling: `million euros/km` is (1e6, `EUR per km`).
    """
    money = money_in(unit)
    if money is not None:
        return money.scale, money.unit
    words = unit.split()
    if len(words) == 2:
        for scale, rest in (words, words[::-1]):
            if scale in SCALES and len(scale) > 2:
                return SCALES[scale], rest
    return 1.0, unit.strip()


def bare(unit: str) -> str:
    """The unit without its scale word."""
    return split(unit)[1]


def convert(value: float, unit: str, to: str) -> float:
    """An amount in `unit` as one in `to`. Raises `UnitError` where nothing converts them.

    A currency is converted by no library: a rate of exchange is a fact of a day, and has to be stated.
    """
    scale, plain = split(unit)
    wanted, other = split(to)
    if plain == other:
        return value * scale / wanted  # in this order 4.5 million is exactly 0.0045 billion
    money, asked = money_in(plain), money_in(other)
    if money is not None and asked is not None and money.currencies != asked.currencies:
        raise UnitError(f"{plain} where {other} is asked for", "state the rate: `{convert: ..., to: ..., by: ...}`")
    return value * scale / wanted * _library_factor(plain, other)


def _library_factor(unit: str, to: str) -> float:
    import pint

    registry = _registry()
    try:
        return float(registry.Quantity(1.0, _for_library(unit)).to(_for_library(to)).magnitude)
    except pint.DimensionalityError:
        raise UnitError(f"{unit!r} where {to!r} is asked for", "a unit of the same kind") from None
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError, pint.OffsetUnitCalculusError, ValueError, TypeError):
        raise UnitError(f"{unit!r} into {to!r}", "units that can be converted, as km, month, percent") from None


def _for_library(unit: str) -> str:
    """The unit as the library reads it; each currency is a kind of its own."""
    money = money_in(unit)
    if money is None:
        return unit
    for currency in money.currencies:
        _define(symbol(currency))
    return money.formula


@lru_cache(maxsize=1_000)
def _define(name: str) -> None:
    """A unit of a kind of its own; defined once, since the library tells of a second time."""
    _registry().define(f"{name} = [{name}]")


@lru_cache(maxsize=1)
def _registry() -> Any:
    """The library's units, with those that facts count in besides: each of a kind of its own."""
    import pint

    registry: Any = pint.UnitRegistry()
    for name in ("persons", "votes", "event", "respondents", "GDP", "population"):
        registry.define(f"{name} = [{name}]")
    return registry
