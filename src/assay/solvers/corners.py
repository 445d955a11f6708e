"""Corners of a game: play that leans to one option of every mover and type, from which a census starts.

A corner is a number whose digits, sixteen to a place, say to which option the movers of a stage lean: the n-th digit is
about the n-th (mover, own type), movers in order and types in order. A digit beyond the last option means the last one,
so that every stage takes every number; after the fifteenth (mover, type) the digits begin again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from math import prod

import numpy as np

from assay.game.game import Game

UNIFORM = -1
"""Play by base weights, which is no corner."""
PLACES = 15
"""Digits of a corner."""
BITS = 4
"""Bits of a digit."""
MOST = 64
"""Corners that are tried at the most. Where there are more, those in which many lean alike, and others at random."""
ALIKE = 16
"""Corners at the most in which all types of a mover lean alike, where only few are tried."""
SEED = 15

Kinds = tuple[tuple[int, int], ...]
"""Of every mover of a stage: own types, options."""


def corners_of(game: Game) -> tuple[int, ...]:
    """The corners of a game, those first that differ most; none where one mover without types chooses at a time.

    Everybody to the same side, the types of each mover alike, the first type of each to one side and the others to the
    other, one (mover, type) to the other side than all others; then all others, or some at random, always the same
    ones, where more than `MOST` combinations of (mover, type) and option are to be told apart.
    """
    stages = _stages(game)
    if not stages:
        return ()
    sizes = _sizes(stages)
    found = dict.fromkeys([*_few(_groups(stages), sizes), *_flips(sizes)])
    if prod(sizes) <= MOST:
        return tuple(found | dict.fromkeys(_code(digits) for digits in product(*map(range, sizes))))
    generator = np.random.default_rng(SEED)
    while len(found) < MOST:
        found[_code(generator.integers(sizes).tolist())] = None
    return tuple(found)[:MOST]


def few_corners(game: Game) -> tuple[int, ...]:
    """Those in which the types of each mover lean alike, and two in which they part: for games dear to solve."""
    stages = _stages(game)
    return tuple(dict.fromkeys(_few(_groups(stages), _sizes(stages)))) if stages else ()


def _stages(game: Game) -> list[Kinds]:
    """The stages at which several movers, or one who may be of several types, decide."""
    s = game.structure
    types = {each.player: len(each.types) for each in game.informed}
    options = np.diff(s.option_start)
    every = [
        tuple((types.get(int(s.mover_player[m]), 1), int(options[m])) for m in range(first, last))
        for first, last in zip(s.mover_start[:-1], s.mover_start[1:], strict=True)
    ]
    return [kinds for kinds in every if sum(many for many, options in kinds if options > 1) > 1]


def _sizes(stages: Iterable[Kinds]) -> list[int]:
    """The most options that a stage's n-th (mover, type) has, for every n."""
    found: list[int] = []
    for kinds in stages:
        each = [options for many, options in kinds for _ in range(many)][:PLACES]
        found += [1] * (len(each) - len(found))
        found[: len(each)] = [max(a, min(b, 1 << BITS)) for a, b in zip(found, each, strict=False)]
    return found


def _groups(stages: Sequence[Kinds]) -> list[int]:
    """How many types each mover has at the stage with the most of them."""
    return [many for many, _ in max(stages, key=lambda kinds: sum(many for many, _ in kinds))]


def _few(groups: Sequence[int], sizes: Sequence[int]) -> Iterator[int]:
    """Everybody to the same side, then the types of each mover alike as far as they are few, then types apart."""
    ends = np.cumsum([0, *groups]).clip(max=len(sizes))
    parts = [slice(a, b) for a, b in pairwise(ends.tolist()) if b > a]
    most = [max(sizes[part]) for part in parts]
    for option in range(max(sizes)):
        yield _code([min(option, size - 1) for size in sizes])
    if prod(most) <= ALIKE:
        for options in product(*map(range, most)):
            yield _code(
                [min(option, size - 1) for option, part in zip(options, parts, strict=True) for size in sizes[part]]
            )
    for first in (0, 1):
        yield _code([(size - 1) * (n > 0 if first else n == 0) for part in parts for n, size in enumerate(sizes[part])])


def _flips(sizes: Sequence[int]) -> Iterator[int]:
    """Everybody to her first or to her last option, but one (mover, type)."""
    for last in (False, True):
        for place in range(len(sizes)):
            yield _code([(size - 1) * ((n == place) != last) for n, size in enumerate(sizes)])


def _code(digits: Iterable[int]) -> int:
    return sum(int(digit) << (BITS * place) for place, digit in enumerate(digits))
