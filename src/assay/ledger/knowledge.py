"""Since when something could be known.

A source published on a day could be known from that day; one that says so in `sources.csv` (a later copy of a treaty)
since another. Where only the month or year of publication is known, so is the day from which the source could be
known: a span. Where publication is not dated at all, or the source itself is missing, the day of what it reports stands
in, and this is said. An author may state another day, with a reason: an announcement is known on its day, even where
the report at hand is of a later one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assay.ledger.source import ALWAYS, Source
from assay.ledger.when import EVER, When, later


@dataclass(frozen=True, slots=True)
class Known:
    """The day from which an item could be known, or the span into which it falls."""

    since: When | None
    """None where nothing says when."""
    basis: str
    """`published`, `source` (the source says since when), `done` (the day of what it reports, as publication is
    undated), `stated`, `law`, `several` or `unknown`."""
    because: str = ""
    """The reason, where it is stated."""

    def by(self, day: date | None) -> bool | None:
        """Whether it could be known on a day (None: today, when everything is); None where that is uncertain."""
        if day is None:
            return True
        return None if self.since is None else self.since.by(day)

    def __str__(self) -> str:
        if self.since is None:
            return "unknown"
        return ALWAYS if self.since == EVER else str(self.since)


def stated(since: When | None, because: str) -> Known:
    """Since a day that the author states; None for what was always known."""
    return Known(since or EVER, "stated", because)


def derived(sources: Collection[Source], done: When | None) -> Known:
    """Since the first of several sources was published, and not in days before what they report.

    What a source says of itself in `sources.csv` goes before its date.
    """
    found = [known for known in map(_of, sources) if known is not None]
    if found:
        first = min(found, key=lambda pair: (pair[0].last, pair[0].first))
        return Known(_not_before(first[0], done), *first[1:])
    if done is not None:
        return Known(done, "done")
    return Known(None, "unknown")


def _of(source: Source) -> tuple[When, str, str] | None:
    """Since when a source could be known, on what basis and why; None where nothing says when."""
    if source.public is not None:
        return source.public, "source", source.because
    return None if source.published is None else (source.published, "published", "")


def _not_before(published: When, done: When | None) -> When:
    """A span of publication without the days before what is reported. What is reported ahead of time is a plan."""
    if done is None or not published.first < done.first <= published.last:
        return published
    return When(done.first, published.last)


def together(items: Collection[Known]) -> Known:
    """Since all of several items could be known."""
    whens = [item.since for item in items]
    if not all(whens):
        return Known(None, "unknown")
    found = [when for when in whens if when is not None]
    if not found:
        return Known(EVER, "stated", "it needs no evidence")
    bases = {item.basis for item in items}
    return Known(later(*found), bases.pop() if len(bases) == 1 else "several")
