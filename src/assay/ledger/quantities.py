"""The quantities and dates of a check, looked up and put together, with what they are of in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from assay.errors import suggestion
from assay.ledger import check as c
from assay.ledger import say
from assay.ledger.amount import Amount, added, converted, of_fact, per
from assay.ledger.fact import Fact
from assay.ledger.knowledge import Known, stated, together
from assay.ledger.units import split
from assay.ledger.when import When

Lookup: TypeAlias = Callable[[str, str, str], Fact]
"""The fact of a place, an indicator and a date. Raises `MissingError`."""
Words: TypeAlias = Callable[[str], str]
"""An indicator in words."""


class MissingError(LookupError):
    """Something that a check names is not there: what was found, what is expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"{found}; {expected}")
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Working:
    """One computation: where facts are looked up, and which facts and dates it has used so far."""

    lookup: Lookup
    words: Words
    nominal: bool
    """Whether prices of unlike years are taken as stated."""
    facts: list[Fact] = field(default_factory=list)
    dates: list[c.Dated] = field(default_factory=list)

    @property
    def known(self) -> Known:
        """Since when all that was used could be known; what needs the calendar alone, always."""
        events = [dated for dated in self.dates if not dated.bare]
        return together([fact.known for fact in self.facts] + [_known(dated) for dated in events])

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of what was used, each once."""
        names = [name for fact in self.facts for name in fact.sources]
        return tuple(dict.fromkeys(names + [dated.source for dated in self.dates if dated.source]))

    def amounts(self, quantity: c.Quantity) -> list[tuple[str, Amount]]:
        """The amounts of a quantity with what each is of; more than one only of a fact of several places.

        Raises `MissingError`, and `UnitError` where amounts do not go together.
        """
        match quantity:
            case c.Number():
                return [("", _number(quantity))]
            case c.FactRef():
                return [self._fact(place, quantity) for place in quantity.places]
            case c.Sum():
                parts = [self._part(item) for item in quantity.items]
                text = " + ".join(words for words, _ in parts)
                return [(text, added([amount for _, amounts in parts for amount in amounts], self.nominal))]
            case c.Convert():
                return [self._converted(quantity)]
            case c.Rate():
                (part_words, part), (words, whole) = self.one(quantity.part), self.one(quantity.per)
                return [(f"{named(part_words, part)} over {named(words, whole)}", per(part, whole))]

    def one(self, quantity: c.Quantity) -> tuple[str, Amount]:
        """The one amount of a quantity."""
        found = self.amounts(quantity)
        if len(found) != 1:
            raise MissingError("a fact of several places", "one place; `sum` adds several, and `value` compares each")
        return found[0]

    def moment(self, moment: c.Moment) -> tuple[str, When]:
        """A date with what it is of."""
        if isinstance(moment, c.DateOf):
            fact = self._get(moment.place, moment.indicator, "")
            return f"{self.words(moment.indicator)}, {moment.place}", fact.date
        self.dates.append(moment)
        return moment.called, moment.when

    def _get(self, place: str, indicator: str, at: str) -> Fact:
        fact = self.lookup(place, indicator, at)
        self.facts.append(fact)
        return fact

    def _fact(self, place: str, ref: c.FactRef) -> tuple[str, Amount]:
        fact = self._get(place, ref.indicator, ref.date)
        return f"{self.words(ref.indicator)}, {place} {fact.date}{_remark(fact)}", of_fact(fact)

    def _part(self, item: c.Quantity) -> tuple[str, list[Amount]]:
        """The amounts that a part of a sum adds; those of one fact in several places share their words."""
        found = self.amounts(item)
        amounts = [amount for _, amount in found]
        if not isinstance(item, c.FactRef) or len(found) == 1:
            return " + ".join(named(words, amount) for words, amount in found), amounts
        places = " + ".join(f"{place} {say.amount(one)}" for place, one in zip(item.places, amounts, strict=True))
        date = f" {item.date}" if item.date else ""
        return f"{self.words(item.indicator)}{date}: {places}", amounts

    def _converted(self, quantity: c.Convert) -> tuple[str, Amount]:
        words, amount = self.one(quantity.amount)
        _, rate = self.one(quantity.by)
        text = f"{words or 'an amount'}, {say.amount(amount)} at {say.rate(rate)}"
        return text, converted(amount, quantity.to, rate)


def named(words: str, amount: Amount) -> str:
    """An amount with what it is of in brackets."""
    return f"{say.amount(amount)} ({words})" if words else say.amount(amount)


def _remark(fact: Fact) -> str:
    """What has to be said of a figure beside it: that it is an upper bound, or at another year's prices."""
    remark = ", an upper bound" if fact.flag == "upper_bound" else ""
    if fact.price_year is not None and not fact.date.first.year <= fact.price_year <= fact.date.last.year:
        remark += f", at prices of {fact.price_year}"
    return remark


def _number(quantity: c.Number) -> Amount:
    years = frozenset() if quantity.price_year is None else frozenset([quantity.price_year])
    scale, unit = split(quantity.unit)
    value = quantity.value * scale
    return Amount(value, value, value, unit, years)


def _known(dated: c.Dated) -> Known:
    if dated.known is not None:
        return stated(dated.known, "as the check states")
    return Known(dated.when, "done")


def missing_fact(place: str, indicator: str, at: str, facts: Sequence[Fact]) -> MissingError:
    """What to say where there is no such fact, with what is near."""
    indicators = {fact.indicator for fact in facts}
    if indicator not in indicators:
        known = suggestion(indicator, indicators) or "a row of facts.csv"
        return MissingError(f"an unknown indicator {indicator!r}", known)
    places = {fact.place for fact in facts if fact.indicator == indicator}
    if place not in places:
        return MissingError(f"no {indicator!r} of {place!r}", suggestion(place, places))
    dates = sorted(str(fact.date) for fact in facts if fact.indicator == indicator and fact.place == place)
    if not at:
        return MissingError(f"{len(dates)} dates for {indicator!r} of {place!r}", "a date: " + ", ".join(dates))
    return MissingError(f"no {indicator!r} of {place!r} for {at}", "one of: " + ", ".join(dates))
