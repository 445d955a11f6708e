"""Amounts with a range and a unit, and the arithmetic that checks are made of: nothing is mixed silently."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.ledger.fact import Fact
from assay.ledger.units import UnitError, is_money, split


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the range it is known to lie in, in a unit."""

    value: float | None
    """The best figure; None where only bounds are known."""
    low: float
    high: float
    unit: str = "1"
    """Without a scale word; `1` for a bare number."""
    price_years: frozenset[int] = frozenset()
    """For money: the years of its prices."""


def number(value: float, unit: str = "1") -> Amount:
    """A figure without a range."""
    return Amount(value, value, value, unit)


def of_fact(fact: Fact) -> Amount:
    """The figure of a fact, its scale word multiplied out; a bound that is not known is infinite."""
    scale, unit = split(fact.unit)
    middle = fact.value
    low = fact.low if fact.low is not None else middle if middle is not None else -math.inf
    high = fact.high if fact.high is not None else middle if middle is not None else math.inf
    years = frozenset() if fact.price_year is None else frozenset([fact.price_year])
    return Amount(None if middle is None else middle * scale, low * scale, high * scale, unit, years)


def agree(amounts: Sequence[Amount], nominal: bool) -> None:
    """Raises `UnitError` where amounts differ in unit, or money in the year of its prices and `nominal` is false."""
    units = list(dict.fromkeys(amount.unit for amount in amounts))
    if len(units) > 1:
        if all(is_money(unit) for unit in units):
            expected = f"one currency; state the rate: `{{convert: ..., to: {units[-1]}, by: ...}}`"
            raise UnitError(" with ".join(units[:2]), expected)
        raise UnitError(" with ".join(repr(unit) for unit in units[:2]), "amounts of one unit")
    years = sorted({year for amount in amounts for year in amount.price_years})
    if len(years) > 1 and not nominal:
        found = f"{units[0]} at prices of " + " with ".join(str(year) for year in years[:2])
        raise UnitError(found, "prices of one year, or `prices: as stated` to take them unadjusted")


def added(amounts: Sequence[Amount], nominal: bool) -> Amount:
    """The sum of amounts of one unit."""
    agree(amounts, nominal)
    values = [amount.value for amount in amounts]
    known = [value for value in values if value is not None]
    total = sum(known) if len(known) == len(values) else None
    low, high = sum(amount.low for amount in amounts), sum(amount.high for amount in amounts)
    return Amount(total, low, high, amounts[0].unit, _years(amounts))


def less(first: Amount, second: Amount, nominal: bool) -> Amount:
    """`first` less `second`."""
    agree([first, second], nominal)
    value = None if first.value is None or second.value is None else first.value - second.value
    years = _years([first, second])
    return Amount(value, first.low - second.high, first.high - second.low, first.unit, years)


def ratio(part: Amount, whole: Amount, nominal: bool) -> Amount:
    """`part` as a multiple of `whole`, both in one unit."""
    agree([part, whole], nominal)
    return replace(per(part, whole), unit="1")


def grown(first: Amount, last: Amount, nominal: bool) -> Amount:
    """By what share of `first` the amount grew to `last`."""
    times = ratio(last, first, nominal)
    value = None if times.value is None else times.value - 1
    return Amount(value, times.low - 1, times.high - 1, "1", times.price_years)


def per(part: Amount, whole: Amount) -> Amount:
    """`part` for each one of `whole`, in units of their own. Raises `UnitError` where `whole` may be zero or less."""
    if whole.low <= 0:
        raise UnitError("a division by what may be zero or less", "a positive amount")
    value = None if part.value is None or whole.value is None else part.value / whole.value
    ends = [part.low / whole.low, part.low / whole.high, part.high / whole.low, part.high / whole.high]
    ends = [0.0 if math.isnan(end) else end for end in ends]
    unit = f"{part.unit} per {whole.unit}" if whole.unit != "1" else part.unit
    return Amount(value, min(ends), max(ends), unit, _years([part, whole]))


def converted(amount: Amount, to: str, rate: Amount) -> Amount:
    """An amount in another currency at a rate that is stated, in `TO per FROM` or `FROM per TO`."""
    if rate.unit == f"{amount.unit} per {to}":
        rate = per(number(1.0, rate.unit.split(" per ")[1]), replace(rate, unit=rate.unit.split(" per ")[0]))
        rate = replace(rate, unit=f"{to} per {amount.unit}")
    if rate.unit != f"{to} per {amount.unit}":
        expected = f"a rate in `{to} per {amount.unit}` or `{amount.unit} per {to}`"
        found = "a bare number" if rate.unit == "1" else repr(rate.unit)
        raise UnitError(f"{found} as the rate of {amount.unit} into {to}", expected)
    if rate.low <= 0:
        raise UnitError("a rate that may be zero or less", "a positive rate")
    value = None if amount.value is None or rate.value is None else amount.value * rate.value
    ends = [end * by for end in (amount.low, amount.high) for by in (rate.low, rate.high)]
    return Amount(value, min(ends), max(ends), to, amount.price_years | rate.price_years)


def _years(amounts: Sequence[Amount]) -> frozenset[int]:
    return frozenset(year for amount in amounts for year in amount.price_years)
