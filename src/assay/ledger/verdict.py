"""Verdicts on factual claims, from the evidence that could be known, by one rule for all.

A *point* is supported where something that counts decides for it and nothing decides against it; contradicted the
other way round; unresolved where both are there or neither. A *claim* is

- contradicted, where one of its points is (a mere detail excepted);
- unresolved, where none of its points is supported, or mere details alone;
- supported, where all are and nothing qualifies them;
- imprecise otherwise: right in part, or not as it is put.

As known on a day, only what could be known by its end counts; an item of which only the month is known does not count
in that month, and where it would make a difference this is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from assay.ledger.claim import Claim, Figure, Item, Point, Probe
from assay.ledger.compute import Computed, compute
from assay.ledger.knowledge import Known
from assay.ledger.ledger import Ledger

WORDS = ("supported", "contradicted", "imprecise", "unresolved")
"""Verdict words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of evidence, and whether it counts."""

    side: str
    """`for` or `against`."""
    source: str
    note: str
    weight: str
    known: Known
    counts: bool | None
    """Whether it could be known on the day that was asked about; None where that is uncertain (it does not)."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A check with its computation."""

    side: str
    """`for`, `against` or, where it stays open, empty."""
    weight: str
    note: str
    result: Computed
    counts: bool | None


Evidence: TypeAlias = Shown | Worked


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """A point with its evidence and its verdict."""

    point: Point
    verdict: str
    evidence: tuple[Shown, ...]
    computed: tuple[Worked, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdicts side by side."""

    claim: Claim
    verdict: str
    """As known on the day that was asked about; with everything known where none was."""
    then: str | None
    """As known on the text's day; None where the ledger names none."""
    now: str
    """With everything known."""
    unsure: str | None
    """What the verdict on that day (on the text's, where none was asked about) would be if items of uncertain day
    counted too, where that differs."""
    points: tuple[JudgedPoint, ...]

    @property
    def evidence(self) -> tuple[Shown, ...]:
        """All items of evidence, in the order of the points."""
        return tuple(item for point in self.points for item in point.evidence)

    @property
    def computed(self) -> tuple[Worked, ...]:
        """All checks, in the order of the points."""
        return tuple(item for point in self.points for item in point.computed)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A figure with its computation; None where it is not known."""

    figure: Figure
    result: Computed | None
    counts: bool | None


def judge(ledger: Ledger, as_known: date | None = None) -> tuple[Judged, ...]:
    """The ledger's claims with their verdicts, as known on a day and with everything known.

    Of a ledger as it could be known on a day (`assay.ledger.known`) everything known is what was known then.
    """
    return tuple(_judge(ledger, claim, as_known) for claim in ledger.claims)


def verdict_now(ledger: Ledger, claim: Claim) -> str:
    """The verdict on a claim of the ledger with everything known."""
    return _claim_word(_points(ledger, claim, None))


def reckon(ledger: Ledger, as_known: date | None = None) -> tuple[Reckoned, ...]:
    """The ledger's figures, computed."""
    day, found = _earlier(as_known, ledger.as_known), []
    for figure in ledger.figures:
        result = compute(figure.check, ledger.fact, ledger.say, day) if figure.check else None
        found.append(Reckoned(figure, result, result.known.by(day) if result else None))
    return tuple(found)


def _judge(ledger: Ledger, claim: Claim, as_known: date | None) -> Judged:
    now = _points(ledger, claim, None)
    then = None if ledger.day is None else _points(ledger, claim, ledger.day)
    asked = now if as_known is None else _points(ledger, claim, as_known)
    doubtful = asked if as_known is not None else then or now
    generous = _claim_word([_again(point) for point in doubtful])
    return Judged(
        claim=claim,
        verdict=_claim_word(asked),
        then=None if then is None else _claim_word(then),
        now=_claim_word(now),
        unsure=generous if generous != _claim_word(doubtful) else None,
        points=asked,
    )


def _points(ledger: Ledger, claim: Claim, day: date | None) -> tuple[JudgedPoint, ...]:
    day = _earlier(day, ledger.as_known)
    return tuple(_point(ledger, point, day) for point in claim.points)


def _earlier(one: date | None, two: date | None) -> date | None:
    return min(one, two) if one and two else one or two


def _point(ledger: Ledger, point: Point, as_known: date | None) -> JudgedPoint:
    evidence = tuple(_shown(item, as_known) for item in point.items)
    computed = tuple(_worked(ledger, probe, as_known) for probe in point.probes)
    found: list[Evidence] = [*evidence, *computed]
    counted = [item for item in found if item.counts]
    return JudgedPoint(point, _point_word(counted), evidence, computed)


def _again(judged: JudgedPoint) -> JudgedPoint:
    """A point as it would be judged if items of uncertain day counted."""
    found: list[Evidence] = [*judged.evidence, *judged.computed]
    word = _point_word([item for item in found if item.counts is not False])
    return replace(judged, verdict=word)


def _shown(item: Item, as_known: date | None) -> Shown:
    return Shown(item.side, item.source, item.note, item.weight, item.known, item.known.by(as_known))


def _worked(ledger: Ledger, probe: Probe, as_known: date | None) -> Worked:
    result = compute(probe.check, ledger.fact, ledger.say, as_known)
    side = "" if result.holds is None else "for" if result.holds else "against"
    weight = probe.weight if side == "against" else "decides"
    return Worked(side, weight, probe.note, result, result.known.by(as_known))


def _point_word(counted: Sequence[Evidence]) -> str:
    """The verdict on a point, from what counts; `qualified` where it is supported, but not as it is put."""
    deciding = {item.side for item in counted if item.weight == "decides" and item.side}
    if deciding == {"for"}:
        qualified = any(item.side == "against" and item.weight == "qualifies" for item in counted)
        return "qualified" if qualified else "supported"
    return "contradicted" if deciding == {"against"} else "unresolved"


def _claim_word(points: Sequence[JudgedPoint]) -> str:
    main = [point.verdict for point in points if not point.point.detail]
    words = [point.verdict for point in points]
    if "contradicted" in main:
        return "contradicted"
    if not {"supported", "qualified"} & set(main or words):
        return "unresolved"
    return "supported" if all(word == "supported" for word in words) else "imprecise"
