"""What everybody believes of everybody's type at the start, from the shares that a case says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.assumptions.arrays import Bindings, numbers
from assay.case.model import Case
from assay.case.types import beliefs_of, shares_of
from assay.formula.ast import Formula
from assay.game.faults import ROUNDING, SUM, Fault, Wrong
from assay.game.game import LANES, Floats, Game, Informed
from assay.game.rows import TRUTH


@dataclass(frozen=True, slots=True)
class _Said:
    """Somebody's shares of an actor's types as the case says them, and where."""

    place: str
    shares: Mapping[str, Formula | None]
    viewer: int
    """Whose reading of the numbers they are."""


def priors(
    game: Game, case: Case, views: Mapping[int, Bindings], draws: int, perceive: bool = True
) -> tuple[Floats | None, tuple[Fault, ...]]:
    """`Filled.prior`, and what is wrong with it draw by draw. `views` are the numbers by viewer, in whole groups.

    A share that the case does not say is what the others leave to one. An observer's beliefs are read in the observer's
    own view of the numbers; who is not listed believes the analyst's formula so. What is wrong is left as it is.
    """
    if not game.informed:
        return None, ()
    groups = -(-draws // LANES)
    most = max(len(each.types) for each in game.informed)
    found = np.zeros((len(game.informed), 1 + len(game.players), most, groups * LANES))
    wrong: dict[tuple[str, str], Wrong] = {}
    for at, each in enumerate(game.informed):
        for column, said in enumerate(_views(game, case, each, views, perceive)):
            if said is None:
                found[at, column] = found[at, 0]
                continue
            shares = _complete(said, views.get(said.viewer, views[TRUTH]), groups * LANES)
            found[at, column, : len(each.types)] = shares
            for place, what, words, values, mask in _wrong(game, said, each.types, shares):
                if mask[:draws].any():
                    known = wrong.setdefault((place, words), Wrong(place, what, words))
                    known.add(mask[:draws], values[:draws])
    shaped = found.reshape(*found.shape[:3], groups, LANES).transpose(3, 0, 1, 2, 4)
    return np.ascontiguousarray(shaped), tuple(fault for each in wrong.values() for fault in each.faults())


def _views(
    game: Game, case: Case, informed: Informed, views: Mapping[int, Bindings], perceive: bool
) -> Iterator[_Said | None]:
    """The analyst's shares, then what each player believes, None where that is the same (as it is for the actor)."""
    actor = game.players[informed.player]
    place = f"actors.{actor}.{'types' if isinstance(case.actors[actor].types, dict) else 'share'}"
    analyst, believed = shares_of(case, actor), beliefs_of(case, actor)
    yield _Said(place, analyst, TRUTH)
    for player, name in enumerate(game.players):
        if player == informed.player or not perceive:
            yield None
        elif name in believed:
            yield _Said(f"actors.{actor}.believed.{name}", believed[name], player if player in views else TRUTH)
        else:
            yield _Said(place, analyst, player) if player in views else None


def _complete(said: _Said, env: Bindings, size: int) -> Floats:
    given = {name: numbers(share, env, (size,)) for name, share in said.shares.items() if share is not None}
    rest = 1.0 - sum(given.values(), np.zeros(size))
    rest = np.where(np.abs(rest) <= ROUNDING, 0.0, rest)
    return np.stack([given.get(name, rest) for name in said.shares])


def _wrong(
    game: Game, said: _Said, types: Sequence[str], shares: Floats
) -> Iterator[tuple[str, str, str, Floats, np.ndarray]]:
    """Place, what is read, what is wrong, its values and where: shares outside 0..1, sums beyond one."""
    seen = f", as {game.players[said.viewer]} sees it," if said.viewer != TRUTH else ""
    stated = [at for at, name in enumerate(types) if said.shares[name] is not None]
    sound = (shares[stated] >= -ROUNDING) & (shares[stated] <= 1 + ROUNDING)
    for at, fine in zip(stated, sound, strict=True):
        yield (
            f"{said.place}.{types[at]}",
            f"`{said.shares[types[at]]}`{seen}",
            "is not a probability",
            shares[at],
            ~fine,
        )
    total, sums = shares[stated].sum(axis=0), sound.all(axis=0)
    if len(stated) == len(types):
        yield said.place, f"the shares together{seen}", "do not sum to 1", total, sums & (np.abs(total - 1) > SUM)
    else:
        yield said.place, f"the shares together{seen}", "are more than 1", total, sums & (total > 1 + SUM)
