"""A number of a case that cites a fact: its value and range, in the case's unit, with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assay.errors import Problem
from assay.ledger.fact import Fact
from assay.ledger.ledger import Ledger
from assay.ledger.quantities import MissingError
from assay.ledger.units import UnitError, convert


class CiteError(ValueError):
    """A citation that nothing answers: what was found, what is expected. Whoever cites knows the place."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Cited:
    """A fact as a number with its range."""

    value: float
    low: float
    high: float
    unit: str
    price_year: int | None
    """For money: the year of its prices, which no unit says."""
    source: tuple[str, ...]
    """Ids of its sources."""
    fact: Fact
    warnings: tuple[Problem, ...]
    """Sources that are stale or were never checked, with their place in `sources.csv`."""

    @property
    def ranged(self) -> bool:
        """Whether the fact has a range."""
        return self.low < self.high


def cite(
    ledger: Ledger, place: str, indicator: str, at: str = "", *, unit: str = "", today: date | None = None
) -> Cited:
    """The fact of a place and indicator at a date (as its table writes it), in `unit` if one is given.

    Without a range, `low` and `high` are the value; a fact that has only bounds has their middle for a value. Money is
    scaled (`USD` as `USD bn`) and never exchanged. `today` is the day by which sources are stale; without it none is.
    Raises `CiteError`.
    """
    try:
        fact = ledger.fact(place, indicator, at)
        low, value, high = (convert(number, fact.unit, unit or fact.unit) for number in _numbers(fact))
    except (MissingError, UnitError) as error:
        raise CiteError(error.found, _without_rates(error.expected)) from None
    return Cited(
        value=value,
        low=low,
        high=high,
        unit=unit or fact.unit,
        price_year=fact.price_year,
        source=fact.sources,
        fact=fact,
        warnings=tuple(stale(ledger, fact.sources, today)) if today else (),
    )


def _numbers(fact: Fact) -> tuple[float, float, float]:
    """Low end, value and high end of a fact."""
    low = fact.low if fact.low is not None else fact.value
    high = fact.high if fact.high is not None else fact.value
    if low is None or high is None:
        bound = "an upper bound" if low is None else "a lower bound"
        expected = "a fact with a value or with both bounds; or state the other bound in the case"
        raise CiteError(f"{bound} alone of {fact.indicator!r} of {fact.place!r}", expected)
    return low, fact.value if fact.value is not None else (low + high) / 2, high


def _without_rates(expected: str) -> str:
    """A rate can be stated in a check and not in a citation."""
    if "state the rate" in expected:
        return "the fact's own currency, or a fact of your own in the currency of the case, with the rate in its note"
    return expected


def stale(ledger: Ledger, names: tuple[str, ...] | None, today: date) -> Iterator[Problem]:
    """Warnings, with their place, of sources checked too long ago or never.

    `names` None: of all that facts and evidence use. How long is too long the ledger says (`stale_after_days`).
    """
    used = names if names is not None else sorted(_used(ledger), key=lambda name: ledger.sources[name].at)
    for name in used:
        source = ledger.sources.get(name)
        if source is None:
            continue
        if source.checked is None:
            found, expected = f"{name} was never checked", "the day on which it was last looked at, in `checked`"
        elif today - source.checked > timedelta(days=ledger.stale_after):
            found = f"{name} was last checked on {source.checked}"
            expected = f"a look at it every {ledger.stale_after} days, and that day in `checked`"
        else:
            continue
        yield Problem(*source.at, found, expected, "warning")


def _used(ledger: Ledger) -> set[str]:
    names = {name for fact in ledger.facts for name in fact.sources}
    names |= {item.source for claim in ledger.claims for point in claim.points for item in point.items}
    return names & ledger.sources.keys()
