"""Section: the evidence for and against the propositions that sources can settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from assay.case.claims import Claim, Evidence
from assay.report.charts.marks import mark
from assay.report.charts.tally import tally
from assay.report.numbers import counted, written_day
from assay.report.sections.ledger import SHAPES, route_word
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
class Finding:
    """A verdict as it is shown."""

    word: str
    mark: Markup
    colour: str


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
    """What was in print on the text's day, counted; with a ledger, what could be known then."""
    since: Markup
    """The rest, counted."""
    notes: str
    before: Finding | None = None
    """The verdict as known on the text's day, where there is a ledger."""
    relevance: str = ""
    """Whether it matters, apart from whether it is true."""


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
    turned: str = ""
    """How many verdicts were others on the text's day, in a sentence."""

    @property
    def judged(self) -> bool:
        """Whether a ledger judged them, on the text's day and now."""
        return any(fact.before is not None for fact in self.ledger)

    @property
    def ledger(self) -> list[Fact]:
        """Those that the ledger judges, the doubtful first."""
        return [*self.open, *self.settled]


def facts(view: View) -> Facts:
    """The propositions of the route `ledger`, and the others that come with evidence.

    What a ledger judges and the case does not list as such is there too: nothing that was judged is left out.
    """
    judged = {each["id"]: each for each in view.run.beside.get("facts", {}).get("claims", ())}
    found = [
        _judged(claim, judged[claim.id]) if claim.id in judged else _fact(view, claim)
        for claim in view.case.claims
        if claim.route == "ledger"
    ]
    found += [_judged(claim, judged[claim.id]) for claim in _unlisted(view, judged)]
    found.sort(key=lambda fact: ORDER.index(fact.word))
    open_ = [fact for fact in found if fact.word != "supported"]
    settled = [fact for fact in found if fact.word == "supported"]
    others = [claim for claim in view.case.claims if claim.route != "ledger" and (claim.support or claim.doubt)]
    dated = view.case.text.dated
    reading = [_fact(view, claim) for claim in others]
    return Facts(
        _headline(found), written_day(dated.isoformat()) if dated else "", open_, settled, reading, _turned(found)
    )


def _unlisted(view: View, judged: Mapping[str, Mapping[str, Any]]) -> Iterator[Claim]:
    """Claims that the ledger alone says it judges, in its order."""
    listed = {claim.id for claim in view.case.claims if claim.route == "ledger"}
    for name, each in judged.items():
        if name not in listed:
            yield Claim.model_construct(id=name, by="", quote=each["quote"], says=each["says"], route="ledger")


def _turned(found: Sequence[Fact]) -> str:
    both = [fact for fact in found if fact.before is not None]
    count = sum(fact.before is not None and fact.before.word != fact.word for fact in both)
    if not both:
        return ""
    if not count:
        return "Every one of them had the same verdict by what could be known on that day."
    has = verb(count, "has", "have")
    return f"{initial(counted(count))} of the {counted(len(both))} {has} another verdict now than on that day."


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
        " ".join(sentence(note) for note in (_unfounded(claim), claim.notes) if note),
    )


def _unfounded(claim: Claim) -> str:
    """What has to be said of a verdict that rests on nothing."""
    if claim.route != "ledger" or claim.support or claim.doubt:
        return ""
    return "No evidence is on record" + ("; the verdict is the case's own" if claim.verdict else "")


def _judged(claim: Claim, judged: Mapping[str, Any]) -> Fact:
    """A proposition as the ledger judged it: computed checks stand beside what sources say."""
    sides: dict[str, list[Item]] = {"for": [], "against": []}
    for side, items in sides.items():
        items += [_recorded(item) for item in judged[side]]
    for check in judged["computed"]:
        if check["side"] in sides:
            sides[check["side"]].append(_computed(check))
    support, doubt = sides["for"], sides["against"]
    before = judged["then"]
    return Fact(
        claim,
        quoted(claim.quote) if claim.quote else "",
        judged["now"],
        mark(judged["now"], SHAPES[judged["now"]]),
        colour(SHAPES[judged["now"]]),
        support,
        doubt,
        tally(_count(support, True), _count(doubt, True), "by what could be known on the day"),
        tally(len(support), len(doubt), "with everything known"),
        sentence(judged["note"] or claim.notes) if judged["note"] or claim.notes else "",
        Finding(before, mark(before, SHAPES[before]), colour(SHAPES[before])) if before else None,
        sentence(judged["relevance"]) if judged["relevance"] else "",
    )


def _recorded(item: Mapping[str, Any]) -> Item:
    source = item["source"]
    name = source["publisher"] or source["title"] or source["id"]
    note = item["note"] if item["weight"] == "decides" else f"{item['note']} ({item['weight']})"
    tier = source["tier"].replace("_", " ")
    return Item(initial(note), name, safe_url(source["url"]), tier, written_day(source["date"]), _then(item))


def _computed(check: Mapping[str, Any]) -> Item:
    note = f"{check['note']}: {check['shown']}" if check["note"] else check["shown"]
    return Item(initial(note), "computed from treaties and figures", "", "", "", _then(check))


def _then(item: Mapping[str, Any]) -> bool | None:
    """Whether it could be known on the text's day; None where that is uncertain, or the text has no day."""
    found = item.get("counted_then")
    return found if isinstance(found, bool) else None


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
