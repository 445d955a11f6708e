"""Contrasts that no path can carry: what is done cannot reach what is compared, whatever the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from assay.assumptions.perspectives import alternatives_of
from assay.case.model import Case
from assay.claims.agenda import Agenda, courses_of
from assay.claims.binder import bind
from assay.claims.policies import intervention
from assay.claims.quantity import MEASURES, Quantity
from assay.claims.trial import Trial, quantities
from assay.formula.ast import Call, Node
from assay.formula.walk import children, rebuild
from assay.futures.futures import Pass, Reader
from assay.game.compile import compile_game
from assay.game.game import Game
from assay.game.influence import influences


def can_differ(asked: Agenda, each: Trial) -> bool:
    """Whether the two sides of a claim's contrast can differ at all.

    False where they are one quantity under two policies and neither policy can reach what is compared, whatever the
    numbers, in any of the games that the case's structural alternatives make. True where they differ by more than that.
    """
    contrast = each.contrast
    if contrast is None or _undone(contrast.other) != _undone(contrast.base):
        return True
    if contrast.other == contrast.base:
        return False
    compared = [*quantities(contrast.other, asked.case), *quantities(contrast.base, asked.case)]
    regimes = {quantity.scenario.regime for quantity in compared}
    games = (compile_game(asked.case, regime, chosen) for regime in regimes for chosen in _structures(asked.case))
    return any(influences(game, _done(compared, asked, game), list(_reads(compared, asked, game))) for game in games)


def _structures(case: Case) -> Iterator[dict[str, str]]:
    """Every combination of structural alternatives."""
    named = alternatives_of(case)
    return (dict(zip(named, chosen, strict=True)) for chosen in product(*named.values()))


def _undone(node: Node) -> Node:
    """The tree without its policies: what is left is the same on both sides of a contrast between policies."""
    if isinstance(node, Call) and node.function in MEASURES:
        kept = sorted((pair for pair in node.named if pair[0] != "do"), key=lambda pair: pair[0])
        return Call(node.function, node.args, tuple(kept))
    parts = children(node)
    return rebuild(node, [_undone(part) for part in parts]) if parts else node


def _done(compared: Iterable[Quantity], asked: Agenda, game: Game) -> list[int]:
    """The options that some policy forces or removes."""
    found: set[int] = set()
    for do in {quantity.scenario.do for quantity in compared}:
        for options in intervention(asked.case, game, do):
            found.update(options.tolist())
    return sorted(found)


def _reads(compared: list[Quantity], asked: Agenda, game: Game) -> Iterator[Reader]:
    """All that the quantities count, and where their passes stop."""
    courses = [course for quantity in compared for course in courses_of(quantity, asked.case)]
    for one in bind(compared, courses, asked.case, game).passes:
        yield from (*one.readers.values(), _stops(one))


def _stops(one: Pass) -> Reader:
    return Reader(point=one.stop_point, option=one.stop_option, joint=one.stop_joint)
