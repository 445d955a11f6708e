"""Factual claims: a sentence, the points it makes, and what speaks for and against each."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.ledger.check import Check
from assay.ledger.knowledge import Known
from assay.ledger.place import Place

KINDS = ("fact", "legal", "comparative")
"""Kinds of proposition that are judged here."""
ROUTES = ("model", "text", "undecidable")
"""How the others are judged."""
WEIGHTS = ("decides", "qualifies", "context")
"""What an item does: settles its point; leaves it standing but not as it is put; is told and does not count."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of evidence: what a source says."""

    side: str
    """`for` or `against`."""
    source: str
    note: str
    weight: str
    known: Known
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Probe:
    """A check as evidence: it speaks for its point where it holds, and against it where it does not."""

    check: Check
    note: str
    weight: str
    """What it does where it fails: `decides` against, or `qualifies`; where it holds it decides for."""


@dataclass(frozen=True, slots=True)
class Point:
    """One of the things that a sentence says."""

    says: str
    detail: bool
    """Whether the sentence survives without it: a detail that is wrong makes it imprecise, not false."""
    items: tuple[Item, ...]
    probes: tuple[Probe, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition that sources and arithmetic can settle."""

    id: str
    kind: str
    quote: str
    """The author's words, at most a dozen."""
    says: str
    points: tuple[Point, ...]
    relevance: str
    """Whether a true sentence also bears on the argument; apart from its truth."""
    note: str
    """What else a reader should know; where others judged it otherwise, why it is judged so here."""
    at: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or rate that bears on the argument without being claimed in it; or one that is not known."""

    id: str
    says: str
    check: Check | None
    unknown: str
    """What is missing, where it cannot be computed."""
    note: str
    claims: tuple[str, ...]
    """Ids of the claims that it bears on, judged here or elsewhere."""
    at: Place = field(compare=False)
