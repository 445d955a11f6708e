"""Contrasts that no path can carry: what is done cannot reach what is compared, whatever the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from assay.claims.agenda import Agenda, Variant, courses_of, variant_of
from assay.claims.policies import intervention
from assay.claims.quantity import MEASURES, Quantity
from assay.claims.readers import bind
from assay.claims.trial import Contrast, quantities
from assay.formula.ast import Call, Node
from assay.formula.walk import children, rebuild
from assay.futures.futures import Pass, Reader
from assay.game.game import Game
from assay.game.influence import influences


def by_construction(asked: Agenda, variant: Variant, game: Game) -> frozenset[str]:
    """The claims whose contrast, within a variant, is zero whatever the draw: two policies of which neither can reach
    what is compared. `game` is the variant's; a case with structural alternatives has one for each, and a claim counts where
    it is found in all of them.
    """
    found = (each for each in asked.trials if each.contrast is not None)
    return frozenset(each.claim.id for each in found if _is_idle(each.contrast, asked, variant.scaled(1.0), game))


def _is_idle(contrast: Contrast | None, asked: Agenda, variant: Variant, game: Game) -> bool:
    assert contrast is not None
    if _undone(contrast.other) != _undone(contrast.base):
        return False
    compared = [*quantities(contrast.other, asked.case), *quantities(contrast.base, asked.case)]
    if any(variant_of(quantity) != variant for quantity in compared):
        return False
    return not influences(game, _done(compared, asked, game), list(_reads(compared, asked, game)))


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
        for reader in (*one.readers.values(), _stops(one)):
            options = game.structure.joint_option[reader.joint].ravel()
            yield Reader(
                point=reader.point,
                option=np.concatenate([reader.option, options[options >= 0]]).astype(np.int32),
                pay=reader.pay,
            )


def _stops(one: Pass) -> Reader:
    return Reader(point=one.stop_point, option=one.stop_option, joint=one.stop_joint)
