"""`order`: who chooses what, when, and where it leads."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from assay.case.base import TAG, Expression, Section, YesNo, by_shape

Parts: TypeAlias = dict[str, Expression]
"""Payoff by named part."""

Probability: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[Literal["rest"], Tag("~rest")],
    by_shape(other="~formula", word="~rest", is_word="rest"),
]
"""A probability, or `rest` for what the other branches leave."""

Cost: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[Parts, Tag("~parts")],
    by_shape(mapping="~parts", other="~formula"),
]
"""A cost as one formula, or costs by part."""


OneOrMore: TypeAlias = Annotated[
    Annotated[str, Tag("~one")] | Annotated[tuple[str, ...], Tag("~several")],
    by_shape(listed="~several", other="~one"),
]
"""A name, or a list of names."""


class Effect(Section):
    """What happens when something happens: values set, payoffs paid, and where the game goes on."""

    then: dict[str, str] = {}
    """Variables and the values they take."""
    pays: dict[str, Parts] = {}
    """Payoffs by actor and part."""
    go: str | None = None
    """The stage or chance that follows; without it the next one in order."""
    end: str | None = None
    """The ending that is reached."""


class Branch(Effect):
    """One branch of a chance event."""

    p: Probability
    """Its probability, or `rest` for what the others leave."""
    means: str = ""
    """What it stands for."""


class Move(Effect):
    """One option at a stage, in the worlds where it means this."""

    when: Expression | None = None
    """The worlds where it is legal (and means this); everywhere without it."""
    only_if: Expression | None = None
    """A structural alternative under which it exists."""
    cost: Cost | None = None
    """What it costs the mover: a formula (part `cost`) or costs by part."""
    weight: Expression | None = None
    """Base weight of the logit choice, 1 without it; below one for leaving the status quo."""
    chance: dict[str, Branch] | None = None
    """Branches, where the move leads to chance."""
    act: str | None = None
    """What the move is in law. With `of`: an act that changes a standing (`notify_withdrawal`, `revoke_notice`,
    `accede`, `ratify`), possible where the rules allow it; or an act that a treaty bars (`stockpile`), possible
    where it does not bind. With `breaks`: such an act where it does."""
    of: OneOrMore | None = None
    """With `act`: the treaty-bound variable of which it is an act, or several at once."""
    breaks: str | None = None
    """With `act`: the treaty-bound variable whose duty the move breaks. It is there only while the treaty binds; its
    `cost` has to be stated."""
    means: str = ""
    """What it stands for."""


Meanings: TypeAlias = Annotated[
    Annotated[Move, Tag("~move")] | Annotated[tuple[Move, ...], Tag("~moves")],
    by_shape(listed="~moves", other="~move"),
]
"""A move, or its several meanings by world, tried in order."""


BranchOrProbability: TypeAlias = Annotated[
    Annotated[Branch, Tag("~branch")]
    | Annotated[Expression, Tag("~formula")]
    | Annotated[Literal["rest"], Tag("~rest")],
    by_shape(mapping="~branch", other="~formula", word="~rest", is_word="rest"),
]
"""A probability, `rest`, or a full branch."""


class Joint(Effect):
    """A row of `leads_to`: joint moves that match it and where they lead. Rows are tried in order."""

    moves: tuple[str, ...]
    """One entry for each mover in order: a move, `any`, or moves joined by `|`; or a single entry `one MOVE`,
    `all MOVE`, `no MOVE`, which counts the movers who play it."""
    when: Expression | None = None
    """The worlds where the row applies."""
    sets: str | None = None
    """A variable; then the keys of `chance` are its values."""
    to: str | None = None
    """The value that `sets` takes for certain."""
    chance: dict[str, BranchOrProbability] | None = None
    """Branches: by value of `sets` with their probability, by `go STAGE` or `end ENDING` with their probability,
    or by name with a full branch."""


class Opportunity(Section):
    """How often a stage comes up."""

    rate: Expression
    """Opportunities per year; the stage is then met with probability 1 - exp(-rate * step)."""


Often: TypeAlias = Annotated[
    Annotated[Literal["each period"], Tag("~word")] | Annotated[Opportunity, Tag("~rate")],
    by_shape(mapping="~rate", other="~word"),
]
"""Each period, or at a rate."""


class Stage(Section):
    """A point in a period where somebody chooses: one mover, or several at once."""

    stage: str
    """Its name."""
    means: str = ""
    """What is decided here."""
    mover: str | None = None
    """The actor who chooses."""
    moves: dict[str, Meanings] = {}
    """The options of the one mover."""
    movers: dict[str, dict[str, Meanings]] = {}
    """The options of several movers at once."""
    leads_to: tuple[Joint, ...] = ()
    """Where joint moves lead."""
    when: Expression | None = None
    """The worlds where the stage takes place; it is passed over elsewhere."""
    only_if: Expression | None = None
    """A structural alternative under which it exists."""
    opportunities: Often = "each period"
    """How often the stage comes up."""
    typed: YesNo = True
    """`no` where the choice reveals no type: an error if the mover's payoffs afterwards can depend on it."""


class Chance(Section):
    """A point where nature moves."""

    chance: str
    """Its name."""
    means: str = ""
    """What is decided here."""
    when: Expression | None = None
    """The worlds where it takes place; it is passed over elsewhere."""
    only_if: Expression | None = None
    """A structural alternative under which it exists."""
    branches: dict[str, Branch] = {}
    """What may happen."""
    clock: str | None = None
    """In place of `branches`: a treaty-bound variable whose waiting periods run on here. Without such a place they
    run at the end of the period."""

    @model_validator(mode="after")
    def _something_happens(self) -> Self:
        if not self.branches and self.clock is None:
            raise ValueError("a chance without branches; `branches` or `clock`")
        return self


def _which(value: object) -> str:
    keys = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return TAG + next((key for key in ("block", "chance", "stage") if key in keys), "stage")


def _which_inside(value: object) -> str:
    return "~chance" if _which(value) == "~chance" else "~stage"


Inner: TypeAlias = Annotated[
    Annotated[Stage, Tag("~stage")] | Annotated[Chance, Tag("~chance")], Discriminator(_which_inside)
]
"""An entry of a block's `stages`."""


class Block(Section):
    """Stages behind one gate: a crisis that may or may not occur."""

    block: str
    """Its name."""
    means: str = ""
    """What it stands for."""
    when: Expression | None = None
    """The worlds where it can occur."""
    only_if: Expression | None = None
    """A structural alternative under which it exists."""
    occurs: Expression | None = None
    """Probability, per period, that it occurs; always without it."""
    rate: Expression | None = None
    """Instead of `occurs`: times per year; it then occurs with probability 1 - exp(-rate * step)."""
    stages: tuple[Inner, ...] = Field(min_length=1)
    """What happens then. A stage that some `go` names is reached by `go` only."""


Item: TypeAlias = Annotated[
    Annotated[Stage, Tag("~stage")] | Annotated[Chance, Tag("~chance")] | Annotated[Block, Tag("~block")],
    Discriminator(_which),
]
"""An entry of `order`."""
