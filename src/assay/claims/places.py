"""A compiled game as arrays over its moments, so that an event is decided everywhere at once.

A **moment** is where an event can be true: the start, a period's close, the entry into an ending, and a joint move at a
point. Points and joint moves have the indices of `Structure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.arrays import Bindings, Value, truths
from assay.case.model import Case
from assay.case.types import definitions
from assay.claims.mentions import mentions, tags_of
from assay.formula.ast import Name, Node
from assay.formula.text import text
from assay.game.game import CHANCE, CHOICE, CLOSE, ENDING, Game, Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Places:
    """Where things are in a game. Shapes: N points, J joint moves, O options, V variables."""

    world: NDArray[np.int64]
    """(N, V) index of each variable's value."""
    stage: NDArray[np.str_]
    """(N,) name of the stage, chance, gate or ending; empty for a close."""
    kind: Ints
    """(N,) as in `Structure.kind`."""
    joint_point: Ints
    """(J,) the point of each joint move."""
    movers: Ints
    """(N,) number of movers."""

    @property
    def closes(self) -> Bools:
        """(N,) where a period is over."""
        return np.asarray(self.kind == CLOSE)

    @property
    def endings(self) -> Bools:
        """(N,) where the game ends."""
        return np.asarray(self.kind == ENDING)

    @property
    def choices(self) -> Bools:
        """(N,) where somebody chooses."""
        return np.asarray(self.kind == CHOICE)

    def visits(self, stage: str) -> Bools:
        """(N,) the points of a stage: those where somebody chooses, else those of the chance or gate of that name."""
        here = self.stage == stage
        for kind in (CHOICE, CHANCE):
            found = here & (self.kind == kind)
            if found.any():
                return np.asarray(found)
        return np.zeros(self.kind.shape, dtype=np.bool_)


@lru_cache(maxsize=32)
def places(game: Game) -> Places:
    """The moments of a game."""
    points = game.skeleton.points
    structure = game.structure
    counts = np.diff(structure.joint_start)
    return Places(
        world=np.array([point.world for point in points], dtype=np.int64).reshape(len(points), -1),
        stage=np.array([point.stage for point in points]),
        kind=structure.kind,
        joint_point=np.repeat(np.arange(len(points), dtype=np.int32), counts),
        movers=np.diff(structure.mover_start).astype(np.int32),
    )


def at_points(event: Node, case: Case, game: Game) -> Bools:
    """(N,) where an event is true on reaching a point: in its world, with the tags of an ending, no move made."""
    here = places(game)
    tags = {tag: here.endings & np.isin(here.stage, _endings_with(tag, case)) for tag in tags_of(case)}
    moves = dict.fromkeys(mentions(event, case).moves, False)
    return truths(event, _bindings(case, game, here.world, {**tags, **moves}), here.kind.shape)


def at_joints(event: Node, case: Case, game: Game) -> Bools:
    """(J,) where an event is true when a joint move is made: in the world before it, with its moves, and no ending."""
    here = places(game)
    tags = dict.fromkeys(tags_of(case), False)
    moves = {move: made(move, game) for move in mentions(event, case).moves}
    return truths(event, _bindings(case, game, here.world[here.joint_point], {**tags, **moves}), here.joint_point.shape)


def made(move: str, game: Game) -> Bools:
    """(J,) the joint moves in which `actor.move` or `actor.stage.move` is made; none where a regime bans it."""
    options = np.append(_named(move, game), False)  # index -1 is an unused mover
    return np.asarray(options[game.structure.joint_option].any(axis=1))


def chosen(move: Node, game: Game) -> Bools:
    """(O,) the options that are a move, written `actor.move` or `actor.stage.move`."""
    if not isinstance(move, Name):
        raise ValueError(f"{text(move)} is no move; write ACTOR.MOVE or ACTOR.STAGE.MOVE")
    return _named(move.id, game)


def _named(move: str, game: Game) -> Bools:
    actor, *rest = move.split(".")
    wanted = [
        label[0] == actor and label[2] == rest[-1] and (len(rest) == 1 or label[1] == rest[0])
        for label in game.option_label
    ]
    return np.array(wanted, dtype=np.bool_)


def ending_tags(ending: str, case: Case) -> frozenset[str]:
    """The tags of an ending, its own name among them."""
    return frozenset(case.endings[ending].tags) | {ending}


def _endings_with(tag: str, case: Case) -> list[str]:
    return [name for name in case.endings if tag in ending_tags(name, case)]


def _bindings(case: Case, game: Game, world: NDArray[np.int64], more: Mapping[str, Value]) -> Bindings:
    variables = game.skeleton.variables
    codes: dict[str, Value] = {name: world[:, index] for index, name in enumerate(variables)}
    named = dict(zip(variables, game.skeleton.values, strict=True))
    return Bindings({**codes, **more}, named, definitions(case))
