"""Checks computed from facts and law, with the computation in words.

A result is true, false, or neither: a range that straddles a bound leaves the question open, and so does a date of
which only the month is known. What a check rests on says since when its answer could be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from assay.ledger import check as c
from assay.ledger import say
from assay.ledger.amount import Amount, added, grown, less, ratio
from assay.ledger.compare import all_of, ascending, compare, in_order
from assay.ledger.knowledge import Known
from assay.ledger.quantities import Lookup, Words, Working, named


@dataclass(frozen=True, slots=True)
class Computed:
    """The answer to a check."""

    holds: bool | None
    """None where it stays open, or where only a figure was asked for."""
    shown: str
    """The computation in words."""
    known: Known
    """Since when all that it rests on could be known."""
    amount: Amount | None = None
    sources: tuple[str, ...] = ()
    """Ids of the sources that it rests on; of a treaty's, as its book names them."""
    contested: tuple[str, ...] = ()
    """Who disputes it, in words."""
    notes: tuple[str, ...] = ()
    """What the answer assumes, and what is uncertain."""


def compute(check: c.Check, lookup: Lookup, words: Words, as_known: date | None = None) -> Computed:
    """The answer to a check. Raises `MissingError`, and `UnitError` where amounts do not go together.

    What law says is said as known on a day; what facts say does not change with it, and says since when it is known.
    """
    if isinstance(check.question, c.LawQuestion):
        from assay.ledger.law_checks import answer

        return answer(check, as_known)
    work = Working(lookup, words, check.nominal)
    holds, shown, found = _answer(work, check)
    return Computed(holds, shown, work.known, found, work.sources)


_Answered: TypeAlias = tuple[bool | None, str, Amount | None]
"""Whether it holds, the computation in words, and the figure."""


def _answer(work: Working, check: c.Check) -> _Answered:
    match check.question:
        case c.Value(of):
            return _value(work, check, of)
        case c.Ratio() | c.Rate() | c.Change() as question:
            return _figure(work, check, question)
        case c.Order(items):
            return _order(work, items)
        case c.Sequence(moments):
            return _sequence(work, moments)
        case c.Days(first, last):
            return _days(work, check, first, last)
        case c.Weekday(of_day):
            return _weekday(work, check, of_day)
        case _:
            raise AssertionError(check.question)


def _value(work: Working, check: c.Check, of: c.Quantity) -> _Answered:
    found = work.amounts(of)
    holds = all_of([compare(amount, check.comparison) for _, amount in found])
    text = "; ".join(f"{words}: {say.amount(amount)}" if words else say.amount(amount) for words, amount in found)
    return holds, _compared(text, check, found[0][1], "", holds), found[0][1] if len(found) == 1 else None


def _figure(work: Working, check: c.Check, question: c.Ratio | c.Rate | c.Change) -> _Answered:
    word = "" if isinstance(question, c.Rate) else question.word
    if isinstance(question, c.Rate):
        text, found = work.one(question)
        text = f"{text} is {say.amount(found)}"
    elif isinstance(question, c.Ratio):
        (part_words, part), (words, whole) = work.one(question.part), work.one(question.whole)
        found = ratio(part, whole, check.nominal)
        text = f"{named(part_words, part)} of {named(words, whole)} is {say.amount(found, word)}"
    else:
        (first_words, first), (words, last) = work.one(question.first), work.one(question.last)
        found = grown(first, last, check.nominal) if word == "growth" else less(last, first, check.nominal)
        text = f"from {named(first_words, first)} to {named(words, last)}: {say.amount(found, word)}"
    holds = compare(found, check.comparison)
    return holds, _compared(text, check, found, word, holds), found


def _order(work: Working, items: tuple[c.Quantity, ...]) -> _Answered:
    found = [work.one(item) for item in items]
    amounts = [amount for _, amount in found]
    added(amounts, work.nominal)  # refuses what does not compare
    holds = ascending(amounts)
    text = ", then ".join(named(words, amount) for words, amount in found)
    return holds, f"ascending: {text}: {word_of(holds)}", None


def _sequence(work: Working, moments: tuple[c.Moment, ...]) -> _Answered:
    found = [work.moment(item) for item in moments]
    holds = in_order([when for _, when in found])
    text = ", then ".join(say.dated(words, when) for words, when in found)
    return holds, f"in this order: {text}: {word_of(holds)}", None


def _days(work: Working, check: c.Check, first: c.Moment, last: c.Moment) -> _Answered:
    (first_words, begin), (last_words, end) = work.moment(first), work.moment(last)
    low, high = (end.first - begin.last).days, (end.last - begin.first).days
    found = Amount(float(low) if low == high else None, float(low), float(high), "days")
    holds = compare(found, check.comparison)
    text = f"from {say.dated(first_words, begin)} to {say.dated(last_words, end)}: {say.amount(found)}"
    return holds, _compared(text, check, found, "", holds), found


def _weekday(work: Working, check: c.Check, of_day: c.Moment) -> _Answered:
    _, when = work.moment(of_day)
    if when.first != when.last:
        return None, f"{when}: no day of the week, as the day is not known", None
    name, asked = f"{when.first:%A}", check.comparison
    holds = None if asked is None else (name in asked.words) == (asked.word == "is")
    return holds, f"{say.day(when.first)} was a {name}", None


def _compared(text: str, check: c.Check, found: Amount, word: str, holds: bool | None) -> str:
    """The computation with what it is compared with, and that prices of unlike years are taken as stated."""
    years = sorted(found.price_years)
    if len(years) > 1:
        text += f" (prices of {say.listed([str(year) for year in years])} as stated)"
    if check.comparison is None:
        return text
    return f"{text}; {say.comparison(check.comparison, word, found.unit)}: {word_of(holds)}"


def word_of(holds: bool | None) -> str:
    """`yes`, `no`, or that it stays open."""
    return "open" if holds is None else "yes" if holds else "no"
