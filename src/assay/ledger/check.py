"""What a check asks: data, read from YAML, with a small vocabulary and no code.

A check is a mapping with one question, for most questions one comparison, and perhaps `prices: as stated`:

    {standing: {treaty: APMBC, actors: [EST, LVA], on: 2025-12-27}, is: left}
    {share: {part: {fact: east_shield_budget_usd, place: POL}, whole: {fact: rearm_total_usd, place: EU}}, below: 0.05}
    {order: [{date_of: nato_accession, place: EST}, {date: 2022-02, called: staging from Belarus, source: S_FACTBOOK}]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from assay.ledger.place import Place
from assay.ledger.when import When


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number, or one in a unit; money with the year of its prices."""

    value: float
    unit: str = "1"
    price_year: int | None = None


@dataclass(frozen=True, slots=True)
class FactRef:
    """The figure of a fact; of several places, each of its own."""

    indicator: str
    places: tuple[str, ...]
    date: str
    """As the table writes it; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of quantities."""

    items: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Convert:
    """An amount of money in another currency, at a rate that is stated."""

    amount: Quantity
    to: str
    by: Quantity


@dataclass(frozen=True, slots=True)
class Rate:
    """One quantity for each unit of another, which may be of another kind."""

    part: Quantity
    per: Quantity


Quantity: TypeAlias = Number | FactRef | Sum | Convert | Rate


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that the author states, with what it is of and where that stands."""

    when: When
    called: str = ""
    source: str = ""
    known: When | None = None
    """Since when it was public; None: since the date itself."""

    @property
    def bare(self) -> bool:
        """Whether it is a day of the calendar alone, which needs no evidence, and not that of an event."""
        return not (self.called or self.source or self.known)


@dataclass(frozen=True, slots=True)
class DateOf:
    """The date of a fact."""

    indicator: str
    place: str


Moment: TypeAlias = Dated | DateOf


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity; of several places, each."""

    of: Quantity


@dataclass(frozen=True, slots=True)
class Ratio:
    """One quantity as a share or multiple of another, in one unit."""

    part: Quantity
    whole: Quantity
    word: str
    """`share` (shown in percent) or `ratio` (shown as a number)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two quantities: their difference, or the growth in proportion to the first."""

    first: Quantity
    last: Quantity
    word: str
    """`difference` or `growth`."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whether quantities ascend."""

    items: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Whether dates follow one another."""

    items: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The days between two dates."""

    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Weekday:
    """The day of the week."""

    of: Moment


@dataclass(frozen=True, slots=True)
class Standing:
    """What a treaty means for actors on a day."""

    treaty: str
    actors: tuple[str, ...]
    on: When


@dataclass(frozen=True, slots=True)
class May:
    """Whether a treaty permits an actor an act."""

    treaty: str
    act: str
    actor: str
    on: When
    to: str = ""
    role: str = ""
    """Whose answer counts, where the act has several sides: giver, transit, receiver."""


@dataclass(frozen=True, slots=True)
class Since:
    """The day since which an actor has the standing that it has on another day."""

    treaty: str
    actor: str
    on: When


@dataclass(frozen=True, slots=True)
class Exit:
    """The day on which a notice of withdrawal takes effect: as the treaty's clock runs, or of a state as it stands."""

    treaty: str
    notice: When
    actor: str = ""
    """Whose notice: then armed conflicts count as they are on record, and contested ones both ways."""


@dataclass(frozen=True, slots=True)
class Parties:
    """How many parties a treaty has on a day."""

    treaty: str
    on: When


LawQuestion: TypeAlias = Standing | May | Since | Exit | Parties
Question: TypeAlias = Value | Rate | Ratio | Change | Order | Sequence | Days | Weekday | LawQuestion


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the answer is compared with."""

    word: str
    """`is`, `is not`, `above`, `below`, `at least`, `at most`, `between` or `about`."""
    words: tuple[str, ...] = ()
    """For `is` and `is not` of words and days: any of these."""
    numbers: tuple[float, ...] = ()
    """The bound, both bounds, or for `about` the figure and how far from it will do."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question with the answer that bears a sentence out."""

    question: Question
    comparison: Comparison | None
    """None where the question is a yes or no of its own (an order), or where only the figure is asked for."""
    nominal: bool
    """Whether amounts at prices of unlike years are taken as stated, unadjusted."""
    at: Place = field(compare=False)
