"""The whole case: what the author wrote, as one frozen value."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, Tag, field_validator

from assay.case.actors import Actor, Calendar
from assay.case.assumptions import Assumption, Dependence, Perceived, Perspective
from assay.case.base import Expression, Section, by_shape
from assay.case.claims import Claim, Expectation, Outcome, Reading
from assay.case.order import Item
from assay.case.payoffs import Ending, Payoffs, Policy, Regime
from assay.case.world import Definition, Variable


class Source(Section):
    """Where something comes from."""

    title: str
    """Title."""
    publisher: str = ""
    """Publisher."""
    date: str = ""
    """Day, month or year of publication, ISO 8601."""
    url: str = ""
    """Address."""
    tier: str = ""
    """What kind of source: official, depositary copy, research, press, state media, partisan."""
    used_for: str = ""
    """What it is used for."""
    checked: str = ""
    """The day on which somebody last looked whether it still says so."""


class Text(Section):
    """The text whose argument is on trial."""

    title: str = ""
    """Its title, if it has one."""
    author: str = ""
    """Who wrote it, or that it is not known."""
    dated: date | None = None
    """The day it speaks of as today."""
    summary: str = ""
    """What it argues, in a sentence or two, attributed."""
    question: str = ""
    """The question that the report's headline asks."""


class Solution(Section):
    """How the case wants to be solved; the command line may say otherwise."""

    selection: Literal["warm_start", "principal_branch", "census"] = "warm_start"
    """Which equilibrium, where there are several."""
    residual: float = Field(default=1e-3, gt=0, le=0.1)
    """Largest residual of a stage's fixed point that counts as solved."""
    belief_nodes: int = Field(default=7, ge=3)
    """Nodes of the belief grid for each informed actor (for each of its types but one), the two of certainty among
    them: an odd number, so that the belief at the start is a node."""
    belief_span: float = Field(default=3.0, gt=0, le=20)
    """Nodes between the certainties lie so far around the belief at the start, in log-odds."""

    @field_validator("belief_nodes")
    @classmethod
    def _odd(cls, nodes: int) -> int:
        if nodes % 2 == 0:
            raise ValueError(f"the even number {nodes}; an odd one, as {nodes + 1}, so that the prior is a node")
        return nodes


Defined: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[Definition, Tag("~full")],
    by_shape(mapping="~full", other="~formula"),
]
"""A named formula, with a meaning where one wants it."""

Asked: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[Outcome, Tag("~full")],
    by_shape(mapping="~full", other="~formula"),
]
"""A quantity, with a meaning where one wants it."""


class Case(Section):
    """A strategic argument as data: actors, assumptions, order of play, payoffs and claims."""

    assay: Literal["1"]
    """Version of the case language."""
    title: str
    """Title of the case."""
    summary: str = ""
    """What the case is about, in a few sentences."""
    text: Text = Text()
    """The text whose argument is on trial."""
    calendar: Calendar
    """When the game is played."""
    actors: dict[str, Actor] = Field(min_length=1)
    """Who moves, by id."""
    discount: Expression = Field(default=1.0, validate_default=True)
    """Discount factor per period."""
    assumptions: dict[str, Assumption] = {}
    """The numbers nobody knows, by name."""
    dependence: tuple[Dependence, ...] = ()
    """Assumptions that move together."""
    perceives: Perceived = {}
    """What actors take assumptions to be, where they misperceive them."""
    perspectives: dict[str, Perspective] = Field(min_length=1)
    """Whose readings of the assumptions are compared, in the report's order."""
    world: dict[str, Variable] = {}
    """The variables of the world."""
    never: tuple[Expression, ...] = ()
    """Worlds that must not come about; one that does is an error of the case."""
    define: dict[str, Defined] = {}
    """Named formulas."""
    order: tuple[Item, ...] = Field(min_length=1)
    """What happens in a period, in order."""
    payoffs: dict[str, Payoffs] = {}
    """What actors get while the game goes on."""
    endings: dict[str, Ending] = {}
    """How the game can end before its last period."""
    clock: tuple[Literal["flows", "each_period", "discount"], ...] = ("flows", "each_period", "discount")
    """What happens at the end of a period, in order."""
    policies: dict[str, Policy] = {}
    """Rules for `do`."""
    regimes: dict[str, Regime] = {}
    """Changed games for `regime`."""
    interventions: dict[str, tuple[str, ...]] = {}
    """Policies by the name of an intervention. Every outcome is reported under each of them too, all its policies
    played at once: in the table `outcomes`, by this name. An empty list names play as it is. An outcome that says
    `do=`, `regime=` or an assumption's value itself is reported as it says and no further."""
    readings: dict[str, Reading] = {}
    """Hedge words as thresholds."""
    outcomes: dict[str, Asked] = {}
    """Named quantities of the futures."""
    claims: tuple[Claim, ...] = ()
    """The sentences on trial, in the text's order."""
    expect: tuple[Expectation, ...] = ()
    """Tests that travel with the case."""
    sources: dict[str, Source] = {}
    """Sources by id; those of `sources.csv` beside the case are added."""
    solution: Solution = Solution()
    """How the case wants to be solved."""
    observed: Any = None
    """Reserved: dated moves on record. Not yet."""
    tables: Any = None
    """Reserved: tables beside the case. Not yet."""
