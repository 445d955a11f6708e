"""Which acts could be known on a day: surely, or perhaps; and on how many readings of what is contested."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

from assay.law.book import CONSENTS, OUTSIDE, Act, Book
from assay.law.days import Day
from assay.law.order import in_order

OF_PARTIES = ("notice", "revocation", "suspension_claimed")
"""Acts that only a party can do."""


def known_acts(book: Book, actor: str, as_known: date | None, *, perhaps: bool = False) -> list[Act]:
    """The acts of a state in order, as far as they could be known on a day.

    `perhaps`: also those of which it is only partly known from when they could be known, so that they were perhaps
    known by then and perhaps not.
    """
    acts = in_order(book.acts_of(actor))
    if as_known is None:
        return acts
    days = [_knowledge(acts, number, book) for number in range(len(acts))]
    return [act for act, day in zip(acts, days, strict=True) if (day.first if perhaps else day.last) <= as_known]


def _knowledge(acts: Sequence[Act], number: int, book: Book) -> Day:
    """From when an act could be known.

    Where no first day is on record, it is that on which the treaty was opened. Where no day is on record at all, the
    last is that on which somebody looked, or from which a later act could be known that only a party can do.
    """
    act = acts[number]
    known = act.known()
    if known is not None and known.first != date.min:
        return known
    later = [known_later.last for one in acts[number + 1 :] if one.kind in OF_PARTIES and (known_later := one.known())]
    first = book.rules.opened.first
    return Day(first, max(first, min([known.last if known else act.checked, *later])))


def readings(book: Book, actor: str, as_known: date | None, *, perhaps: bool = False) -> list[dict[str, bool]]:
    """Every combination of readings of the contested facts on which the clocks of a state depend."""
    acts = known_acts(book, actor, as_known, perhaps=perhaps)
    points = sorted({act.contest for act in acts if act.contest and act.kind in OUTSIDE})
    return [dict(zip(points, counts, strict=True)) for counts in product((True, False), repeat=len(points))]


def in_force_known(book: Book, as_known: date | None) -> bool:
    """Whether it could be known on a day when the treaty itself enters into force: from the last deposit it needs."""
    rules = book.rules
    if as_known is None or rules.in_force is None or as_known >= rules.in_force:
        return True
    if rules.threshold is None:
        return False
    known = sum(act.kind in CONSENTS and (act.known_from() or date.max) <= as_known for act in book.acts)
    return known >= rules.threshold.instruments
