"""`readings`, `outcomes`, `claims`, `expect`: what is asked of the game's futures."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Tag

from assay.case.base import Expression, Section, YesNo, by_shape

KINDS = (
    "level",
    "contrast",
    "comparative",
    "conditional",
    "accounting",
    "comparative static",
    "causal response",
    "evidential",
    "preference",
    "data",
)
"""Kinds of claim (theory: a test is a comparison of quantities)."""

Kind = Literal[
    "level",
    "contrast",
    "comparative",
    "conditional",
    "accounting",
    "comparative static",
    "causal response",
    "evidential",
    "preference",
    "data",
]
Route = Literal["model", "ledger", "text", "undecidable"]


class Reading(Section):
    """A hedge word as two thresholds. In a contrast `level` is the quantity that is compared with."""

    strict: Expression
    """The threshold of the strict reading."""
    loose: Expression
    """The threshold of the loose reading."""
    means: str = ""
    """The word as the author uses it."""
    source: tuple[str, ...] = ()
    """Where the thresholds come from."""


class Outcome(Section):
    """A named quantity of the futures."""

    value: Expression
    """`P(...)`, `E(...)` or a formula of them."""
    means: str = ""
    """What it stands for, in words."""
    over_time: YesNo = False
    """Whether the report draws it year by year (`P` of an event only)."""


class BothReadings(Section):
    """A test that differs between the readings by more than its hedge words."""

    strict: Expression
    """The test in the strict reading."""
    loose: Expression
    """The test in the loose reading."""


Test: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[BothReadings, Tag("~readings")],
    by_shape(mapping="~readings", other="~formula"),
]
"""A test, or a test for each reading."""


class Evidence(Section):
    """An item that speaks for or against a proposition."""

    source: str
    """Id of the source."""
    note: str
    """What it says."""


class Claim(Section):
    """A quoted sentence of somebody, with a formal test or the reason why it has none."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    """Its id; a suffix names one reading of several: `C39-order`."""
    by: str
    """The perspective whose claim it is."""
    quote: str = ""
    """The author's words, at most a dozen."""
    says: str = Field(min_length=3)
    """The proposition in plain words."""
    section: str = ""
    """Where it stands in the text, as `Paragraph 5`: groups the ledger."""
    route: Route = "model"
    """How it is judged."""
    why: str = ""
    """Why it is judged in that way; required where the route is not `model`."""
    kind: Kind = "level"
    """Its kind."""
    test: str = ""
    """The test in words, where the generated prose is not enough."""
    holds_if: Test | None = None
    """The test. Required for route `model`."""
    matters_if: Expression | None = None
    """Where this is false the draw says nothing of the claim: it is vacuous."""
    because: tuple[str, ...] = ()
    """Ids of the author's premises."""
    joint: YesNo = True
    """Whether its author is held to it where all of an author's claims are tried together; `no` for a further
    reading of a sentence that another claim covers."""
    relative: float = Field(default=0.2, gt=0)
    """For a contrast: the share of the base rate below which a change is small in proportion."""
    rejected: tuple[str, ...] = ()
    """Readings that were tried and rejected, with the reason."""
    support: tuple[Evidence, ...] = ()
    """Evidence for it."""
    doubt: tuple[Evidence, ...] = ()
    """Evidence against it."""
    verdict: Literal["supported", "contradicted", "imprecise", "unresolved"] | None = None
    """For route `ledger`: the verdict on the evidence."""
    notes: str = ""
    """What a reader should know besides."""


class Expectation(Section):
    """A test that travels with the case."""

    perspective: str
    """The perspective under which it is checked."""
    claim: str | None = None
    """A claim whose verdict is expected."""
    word: tuple[str, ...] = ()
    """The verdict words that are right."""
    outcome: str | None = None
    """An outcome whose value is expected, with every assumption at its median."""
    value: float | None = None
    """The value."""
    within: float = 1e-6
    """Largest difference that is right."""
    because: str = ""
    """Why it should be so."""
