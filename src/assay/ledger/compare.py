"""Whether an amount or a date is as it should be: yes, no, or open where its range straddles the bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assay.ledger.amount import Amount
from assay.ledger.check import Comparison
from assay.ledger.when import When


def compare(found: Amount, asked: Comparison | None) -> bool | None:
    """Whether an amount is as it should be; None where its range leaves that open, or where nothing is asked."""
    if asked is None:
        return None
    low, high, bound = found.low, found.high, asked.numbers[0]
    if asked.word in ("above", "at most"):
        strictly = _decided(low > bound, high <= bound)
        return strictly if asked.word == "above" else _not(strictly)
    if asked.word in ("below", "at least"):
        strictly = _decided(high < bound, low >= bound)
        return strictly if asked.word == "below" else _not(strictly)
    first, last = bound, bound
    if asked.word == "between":
        last = asked.numbers[1]
    elif asked.word == "about":
        first, last = bound - asked.numbers[1], bound + asked.numbers[1]
    return _decided(first <= low and high <= last, high < first or low > last)


def ascending(amounts: Sequence[Amount]) -> bool | None:
    """Whether each amount is below the next."""
    pairs = pairwise(amounts)
    return all_of([_decided(one.high < two.low, one.low >= two.high) for one, two in pairs])


def in_order(whens: Sequence[When]) -> bool | None:
    """Whether each date is before the next."""
    pairs = pairwise(whens)
    return all_of([_decided(one.last < two.first, one.first >= two.last) for one, two in pairs])


def all_of(steps: Sequence[bool | None]) -> bool | None:
    """Whether all hold: false as soon as one fails, open where none fails and one is open."""
    return _decided(all(steps), False in steps)


def _decided(yes: bool, no: bool) -> bool | None:
    return True if yes else False if no else None


def _not(holds: bool | None) -> bool | None:
    return None if holds is None else not holds
