"""Section: the evidence for and against the propositions that sources can settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assay.case.claims import Claim, Evidence
from assay.report.charts.marks import mark
from assay.report.charts.tally import tally
from assay.report.numbers import counted, written_day
from assay.report.sections.ledger import route_word
from assay.report.view import View
from assay.report.words import colour, initial, listed, many, quoted, sentence, verb

ORDER = ("contradicted", "imprecise", "unresolved", "supported")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence with its source."""

    note: str
    source: str
    url: str
    tier: str
    when: str
    then: bool | None
    """Whether it was in print on the text's day; None where no day is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A proposition with its evidence."""

    claim: Claim
    quote: str
    word: str
    mark: Markup
    colour: str
    support: list[Item]
    doubt: list[Item]
    then: Markup
    since: Markup
    notes: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The section."""

    headline: str
    dated: str
    open: list[Fact]
    """Not plainly supported: shown in full."""
    settled: list[Fact]
    reading: list[Fact]
    """Other propositions that come with evidence."""

    @property
    def ledger(self) -> list[Fact]:
        """Those that the ledger judges, the doubtful first."""
        return [*self.open, *self.settled]


def facts(view: View) -> Facts:
    """The propositions of the route `ledger`, and the others that come with evidence."""
    found = [_fact(view, claim) for claim in view.case.claims if claim.route == "ledger"]
    found.sort(key=lambda fact: ORDER.index(fact.word))
    open_ = [fact for fact in found if fact.word != "supported"]
    settled = [fact for fact in found if fact.word == "supported"]
    others = [claim for claim in view.case.claims if claim.route != "ledger" and (claim.support or claim.doubt)]
    dated = view.case.text.dated
    reading = [_fact(view, claim) for claim in others]
    return Facts(_headline(found), written_day(dated.isoformat()) if dated else "", open_, settled, reading)


def _headline(found: Sequence[Fact]) -> str:
    if not found:
        return "What sources say of the other propositions"
    words = [fact.word for fact in found]
    counts = [
        (word, words.count(word)) for word in ("supported", "imprecise", "contradicted", "unresolved") if word in words
    ]
    if len(counts) == 1:
        word = counts[0][0]
        return f"{initial(many(len(found), 'checkable sentence'))}: {'all ' if len(found) > 1 else ''}{word}"
    parts = [f"{counted(count)} {word}" for word, count in counts]
    count, word = counts[0][1], counts[0][0]
    parts[0] = f"{counted(count)} {verb(count, 'is', 'are')} {word}"
    return f"Of {many(len(found), 'checkable sentence')}, {listed(parts)}"


def _fact(view: View, claim: Claim) -> Fact:
    word, shape = route_word(claim) if claim.route != "model" else ("tested in the model", "vacuous")
    support = [_item(view, item) for item in claim.support]
    doubt = [_item(view, item) for item in claim.doubt]
    then = tally(_count(support, True), _count(doubt, True), "in print on the day")
    since = tally(_count(support, False), _count(doubt, False), "since")
    return Fact(
        claim,
        quoted(claim.quote) if claim.quote else "",
        word,
        mark(word, shape),
        colour(shape),
        support,
        doubt,
        then,
        since,
        sentence(claim.notes) if claim.notes else "",
    )


def _count(items: Sequence[Item], then: bool) -> int:
    return sum((item.then is True) == then for item in items)


def _item(view: View, item: Evidence) -> Item:
    source = view.source(item.source)
    if source is None:
        return Item(initial(item.note), item.source, "", "", "", None)
    then = _before(source.date, view.case.text.dated)
    name = source.publisher or source.title or item.source
    return Item(
        initial(item.note), name, safe_url(source.url), source.tier.replace("_", " "), written_day(source.date), then
    )


def _before(iso: str, dated: date | None) -> bool | None:
    """Whether a source of that day, month or year was in print on the text's day; None where that cannot be known."""
    if dated is None or not iso:
        return None
    day = dated.isoformat()
    if len(iso) == len(day):
        return iso <= day
    shorter = day[: len(iso)]
    return None if iso == shorter else iso < shorter


def safe_url(url: str) -> str:
    """The address where it is one of the web, else nothing: no other scheme becomes a link."""
    return url if url.lower().startswith(("https://", "http://")) else ""
