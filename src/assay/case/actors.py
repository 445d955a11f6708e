"""`calendar` and `actors`: when the game is played and who plays it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field, Tag

from assay.case.base import Expression, Section, by_shape
from assay.case.order import Probability

Shares: TypeAlias = dict[str, Probability]
"""Types with their shares; `rest`, or one type left out, takes what the others leave."""

Types: TypeAlias = Annotated[
    Annotated[tuple[str, ...], Tag("~names")] | Annotated[Shares, Tag("~shares")],
    by_shape(mapping="~shares", other="~names"),
]
"""Types by name, or with the analyst's shares."""


class Calendar(Section):
    """When the game starts, how long a period is, and how many periods are reported."""

    start: date
    """First day of the first period."""
    step: str = Field(pattern=r"^[1-9][0-9]* (month|months|year|years)$")
    """Length of a period, as `1 year` or `6 months`."""
    periods: int = Field(ge=1, le=200)
    """Number of periods that are reported."""
    buffer: int = Field(default=0, ge=0, le=100)
    """Periods solved after the last reported one, so that the horizon's end does not colour the report."""

    @property
    def step_months(self) -> int:
        """Length of a period in months."""
        count, unit = self.step.split()
        return int(count) * (12 if unit.startswith("year") else 1)

    @property
    def step_years(self) -> float:
        """Length of a period in years."""
        return self.step_months / 12


class Actor(Section):
    """Somebody who moves: a state, a coalition or an institution."""

    name: str
    """How the actor is called in a report."""
    members: tuple[str, ...] = ()
    """Three-letter codes of the states that act as one here."""
    precision: Expression
    """How sharply the actor follows its interest: the logit parameter lambda, in 1/util."""
    means: str = ""
    """A sentence on who this is and why it counts as one actor."""
    types: Types = ()
    """Its private types, two or more, of which only the actor itself knows the one it is: a list, or a mapping with
    the analyst's share of each, as `{dove: 1 - t_hawk, hawk: t_hawk}`. `ACTOR == TYPE` stands in formulas."""
    share: Shares = {}
    """The analyst's shares, where `types` is a list; one type may be left out and takes the rest."""
    believed: dict[str, Shares] = {}
    """By observer: the shares that this actor believes when the game starts. Who is not listed believes the
    analyst's. The grid of beliefs is centred on the first observer's."""
    called: dict[str, str] = {}
    """What a type is called after `is`, where its name alone reads badly: `{hawk: a hawk}`."""
