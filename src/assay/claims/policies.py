"""A policy on a compiled game: which options are forced and which are removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from assay.case.model import Case
from assay.case.types import types_of
from assay.game.game import Game, Ints

WITHOUT = "without "


def intervention(case: Case, game: Game, do: Iterable[str]) -> tuple[Ints, Ints]:
    """The options that policies force and those that they remove, as sorted indices.

    Where a list of moves is played the first legal one is forced; where none is legal the actor plays as solved. A move
    is not removed where it is the only legal one. Raises ValueError where two policies rule the same stage differently.
    """
    forced: list[int] = []
    removed: list[int] = []
    for (actor, stage), play in rules(case, do).items():
        for options in _by_point(game, actor, stage):
            if isinstance(play, str):
                removed += _without(options, play.removeprefix(WITHOUT))
            else:
                forced += _first_legal(options, play)
    return np.array(sorted(forced), dtype=np.int32), np.array(sorted(removed), dtype=np.int32)


def rules(case: Case, do: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...] | str]:
    """What several policies together say, by actor and stage: moves in order, or `without MOVE`.

    Raises ValueError where two rule the same stage differently, or where one signals and another does not.
    """
    do = tuple(do)
    found: dict[tuple[str, str], tuple[str, ...] | str] = {}
    for policy in do:
        for where, play in case.policies[policy].play.items():
            actor, stage = where.split(".", 1)
            rule = (play,) if isinstance(play, str) and not play.startswith(WITHOUT) else play
            if found.setdefault((actor, stage), rule) != rule:
                raise ValueError(f"policies {' + '.join(do)} rule {where} differently")
    said = _signals(case, do)
    if len(set(said.values())) > 1:
        loud, quiet = (next(name for name, each in said.items() if each is wanted) for wanted in (True, False))
        raise ValueError(
            f"policies {loud} and {quiet} together, of which one signals and the other does not; "
            "`signals` the same in both, since beliefs follow imposed moves or they do not"
        )
    return found


def signalling(case: Case, do: Iterable[str]) -> bool:
    """Whether the moves that policies impose on actors with types move beliefs."""
    return any(_signals(case, do).values())


def _signals(case: Case, do: Iterable[str]) -> dict[str, bool]:
    """What the policies that rule an actor with types say of it."""
    ruled = {name: {where.split(".", 1)[0] for where in case.policies[name].play} for name in do}
    return {name: case.policies[name].signals for name, actors in ruled.items() if actors & set(types_of(case))}


def _by_point(game: Game, actor: str, stage: str) -> Iterator[Mapping[str, int]]:
    """Move to option, for each point where the actor chooses at the stage."""
    points: dict[int, dict[str, int]] = {}
    for option, (who, where, move) in enumerate(game.option_label):
        if (who, where) == (actor, stage):
            points.setdefault(int(game.option_point[option]), {})[move] = option
    return iter(points.values())


def _first_legal(options: Mapping[str, int], moves: Iterable[str]) -> list[int]:
    return [options[move] for move in moves if move in options][:1]


def _without(options: Mapping[str, int], move: str) -> list[int]:
    return [options[move]] if move in options and len(options) > 1 else []
