"""`payoffs`, `endings` and `policies`, `regimes`: what actors get, how the game can end, and ways to intervene."""

from __future__ import annotations

from typing import Annotated

from pydantic import Tag

from assay.case.base import Expression, Section, YesNo, by_shape
from assay.case.order import Parts


class Payoffs(Section):
    """What an actor gets while the game goes on, by named part."""

    each_period: Parts = {}
    """Paid at the end of every period in which the game goes on."""
    final: Parts = {}
    """Paid once, when the last period (with its buffer) is over."""


class Ending(Section):
    """An absorbing end of the game. No flow is paid in that period."""

    tags: tuple[str, ...] = ()
    """Words that events count: `war`, `nuclear`."""
    pays: dict[str, Parts] = {}
    """Payoffs by actor and part."""
    means: str = ""
    """What it stands for."""


class Policy(Section):
    """A surgical `do`: some actors' rules replaced; nobody saw it coming, nobody re-plans."""

    play: dict[
        str,
        Annotated[
            Annotated[tuple[str, ...], Tag("~moves")] | Annotated[str, Tag("~without")],
            by_shape(listed="~moves", other="~without"),
        ],
    ]
    """`ACTOR.STAGE` to a list of moves, the first legal of which is played, or to `without MOVE`: the move is
    removed and the rest keep their proportions."""
    signals: YesNo = False
    """Whether imposed moves of an actor with types move beliefs: `yes`, as if each type had chosen by its own rule;
    `no`, everybody's belief stays as it is."""
    means: str = ""
    """What it stands for."""


class Regime(Section):
    """A changed game that everybody knows: it is solved again."""

    ban: tuple[str, ...] = ()
    """Moves that nobody may make, as `ACTOR.STAGE.MOVE`: an anticipated ban."""
    mandate: dict[str, tuple[str, ...]] = {}
    """`ACTOR.STAGE` to moves, the first legal of which must be made: an anticipated mandate."""
    set: dict[str, Expression] = {}
    """Assumptions and the values they take: a changed parameter. The number of one type as `NAME.TYPE`."""
    perceive: dict[str, dict[str, Expression]] = {}
    """Actor, assumption and what the actor takes it to be: a changed perception, the truth unchanged."""
    means: str = ""
    """What it stands for."""
