"""`assumptions`, `dependence`, `perceives` and `perspectives`: numbers nobody knows, and who reads them how."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, Tag, model_validator

from assay.case.base import Expression, Section, by_shape

DISTRIBUTIONS = (
    "fixed",
    "range",
    "log_range",
    "triangular",
    "normal",
    "beta",
    "pert",
    "discrete",
    "alternatives",
)
"""The keys of which a distribution has exactly one."""


class Normal(Section):
    """A normal distribution, cut off at `low` and `high` where they are given."""

    mean: float
    """The mean before it is cut off."""
    sd: float = Field(gt=0)
    """The standard deviation before it is cut off."""
    low: float | None = None
    """Nothing below this."""
    high: float | None = None
    """Nothing above this."""


class Beta(Section):
    """A beta distribution, stretched from `low` to `high`."""

    a: float = Field(gt=0)
    """First shape parameter."""
    b: float = Field(gt=0)
    """Second shape parameter."""
    low: float = 0.0
    """Lower end."""
    high: float = 1.0
    """Upper end."""


class Distribution(Section):
    """What an assumption may be: exactly one of the distributions."""

    fixed: float | None = None
    """One value, the same in every draw."""
    range: tuple[float, float] | None = None
    """Uniform between two ends."""
    log_range: tuple[float, float] | None = None
    """Uniform in the logarithm between two positive ends."""
    triangular: tuple[float, float, float] | None = None
    """Low, most likely, high."""
    normal: Normal | None = None
    """Normal, cut off where ends are given."""
    beta: Beta | None = None
    """Beta, stretched where ends are given."""
    pert: tuple[float, float, float] | None = None
    """Low, most likely, high: a beta distribution with mean (low + 4 mode + high) / 6 (Malcolm et al., 1959)."""
    discrete: dict[float, float] | None = None
    """Values with their weights, which sum to one."""
    alternatives: dict[str, float] | None = None
    """Named structural alternatives with their weights, which sum to one; formulas compare the name:
    `only_if: coalition == joint`."""

    @property
    def kind(self) -> str:
        """The name of the distribution that is given (the first, while it is being checked)."""
        return next((key for key in DISTRIBUTIONS if getattr(self, key) is not None), "")

    @model_validator(mode="after")
    def _one_distribution(self) -> Self:
        self._exactly_one()
        return self

    def _given(self) -> list[str]:
        return [key for key in DISTRIBUTIONS if getattr(self, key) is not None]

    def _exactly_one(self) -> None:
        given = self._given()
        if len(given) != 1:
            found = "no distribution" if not given else "several distributions: " + ", ".join(given)
            raise ValueError(f"{found}; give exactly one of {', '.join(DISTRIBUTIONS)}")


Origin: TypeAlias = Annotated[
    Annotated[tuple[str, ...], Tag("~sources")] | Annotated[Literal["judgement"], Tag("~judgement")],
    by_shape(listed="~sources", other="~judgement"),
]
"""Ids of sources, or the word `judgement`."""


class NumberOfType(Distribution):
    """The distribution of a number for one type of an actor."""

    source: Origin | None = None
    """Where it comes from, if not from the source of the whole assumption."""
    because: str = ""
    """Why this range."""


Day: TypeAlias = Annotated[str, BeforeValidator(lambda given: str(given) if isinstance(given, int | date) else given)]
"""A day, month or year as a table has it; YAML reads some of them as numbers or dates."""


class Cited(Section):
    """A figure of `facts.csv` beside the case."""

    place: str
    """Its place, as the table has it: `POL`."""
    indicator: str
    """What is measured, as the table has it."""
    date: Day = ""
    """The day, month or year it is of, as the table has it; may be left out where there is one alone."""
    prices: Literal["as stated"] | None = None
    """For money: taken unadjusted where it meets amounts at prices of another year, and no warning says so."""


class Assumption(Distribution):
    """A number nobody knows, with its meaning, unit, distribution and source; or a number for each type of an actor.

    With `by` and `types` the name stands for the number of the type that the actor is; `NAME.TYPE` for that of one
    type. Draws have a column for each, called `NAME.TYPE`, and perspectives set them by that name.
    """

    means: str = Field(min_length=3)
    """What the number is, in words a reader of the report understands."""
    unit: str
    """`probability`, `share`, `util/ACTOR`, `1/util`, `1/year`, `year`, `EUR`, `log-odds`, `1` and products of them."""
    source: Origin = ()
    """Ids of sources, or the word `judgement`. With `fact`, sources besides those of the fact."""
    because: str = ""
    """Why this range; required where the source is `judgement`."""
    by: str | None = None
    """The actor on whose type the number depends."""
    types: dict[str, NumberOfType] = {}
    """With `by`, in place of a distribution: one for each type of that actor."""
    experts: Any = None
    """Reserved: several experts' ranges. Not yet."""
    fact: Cited | None = None
    """In place of a distribution: a figure of the case's ledger, whose value, range and sources it takes."""

    @model_validator(mode="after")
    def _one_distribution(self) -> Self:
        if self.fact is not None:
            if self.by is not None or self.types:
                raise ValueError("`fact` and `types` together; a figure is the same for every type")
            if len(given := self._given()) > 1:
                raise ValueError(f"several distributions: {', '.join(given)}; `fact` gives the distribution")
        elif self.by is None and not self.types:
            self._exactly_one()
        elif given := self._given():
            raise ValueError(f"`types` and `{given[0]}` together; the distributions stand below `types`")
        elif self.by is None or not self.types:
            have, lack = ("by", "types") if self.by is not None else ("types", "by")
            raise ValueError(f"`{have}` without `{lack}`; a number for each type says `by: ACTOR` and `types: {{...}}`")
        return self


class Setting(Distribution):
    """A perspective's own distribution of an assumption."""

    source: Origin | None = None
    """Where this reading comes from."""
    because: str = ""
    """Why this perspective reads it so."""


class Dependence(Section):
    """Assumptions that move together: a Gaussian copula with given rank correlations."""

    between: tuple[str, str]
    """The two assumptions; the number of one type as `NAME.TYPE`."""
    rank_correlation: float = Field(gt=-1, lt=1)
    """Spearman's rank correlation."""
    because: str = Field(min_length=3)
    """Why they move together."""


class Perspective(Section):
    """A named party's reading of some assumptions."""

    name: str
    """How the perspective is called in a report, as `The essay's author`."""
    short: str = ""
    """One word for charts, as `Author`."""
    means: str = ""
    """Whose reading this is and where it is documented."""
    source: tuple[str, ...] = ()
    """Sources of the reading."""
    set: dict[str, Setting] = {}
    """The assumptions that this party reads differently; the number of one type as `NAME.TYPE`."""


Perceived = dict[str, dict[str, Expression]]
"""Actor, then assumption, then what the actor takes it to be (in that actor's own values only)."""
