"""Stages that are said to reveal no type: whether that is so.

A choice reveals nothing where every type has the same reasons: nothing that its mover is paid from there on differs by
the mover's type, nor any base weight of its moves. Pure Python.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from assay.case.model import Case
from assay.case.order import Stage
from assay.game.known import Language
from assay.game.skeleton import Point, Skeleton, Use
from assay.game.steps import steps_of
from assay.game.trouble import Trouble


def pooled_troubles(case: Case, skeleton: Skeleton, language: Language) -> Iterator[Trouble]:
    """For each stage with `typed: no` and each informed mover of it: what makes the choice depend on the type."""
    said = {
        step.name: step.path
        for step in steps_of(case).steps
        if step.kind == "choice" and isinstance(step.item, Stage) and not step.item.typed
    }
    if not said or not language.informed:
        return
    search = _Search(skeleton, language)
    for stage, path in said.items():
        points = [at for at, point in enumerate(skeleton.points) if point.kind == "choice" and point.stage == stage]
        movers = sorted({mover for at in points for mover in skeleton.points[at].movers})
        for mover in movers:
            reason = search.first(points, mover)
            if reason is not None:
                actor = skeleton.players[mover]
                found = f"the choice of {actor} can depend on its type, as does {reason}"
                expected = f"what {actor} is paid from this stage on the same for every type, or no `typed: no`"
                yield Trouble(f"{path}.typed", found, expected)


class _Search:
    """Looks for what depends on a mover's type, from some points on."""

    def __init__(self, skeleton: Skeleton, language: Language) -> None:
        self.skeleton, self.language = skeleton, language
        self._live: dict[int, frozenset[int]] = {}

    def first(self, points: list[int], mover: int) -> str | None:
        """The first payoff or base weight found that depends on the type of `mover`, in words; later ones too."""
        actor = self.skeleton.players[mover]
        if actor not in self.language.type_index:
            return None
        own = self.language.type_index[actor]
        seen, waiting = set(points), deque(points)
        while waiting:
            point = self.skeleton.points[waiting.popleft()]
            for use, words in _uses(point, mover):
                if own in self._types(use):
                    return f"{words}, `{use.formula}`"
            for target in _targets(point):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return None

    def _types(self, use: Use) -> frozenset[int]:
        known = self._live.get(id(use))  # the skeleton keeps the use alive, so its id stays its own
        if known is None:
            known = self._live[id(use)] = self.language.live_types(use.formula, use.world)
        return known


def _uses(point: Point, mover: int) -> Iterator[tuple[Use, str]]:
    """Base weights of a mover's options at a point, and what is paid to it there and on the ways on; each in words."""
    where = f"at {point.stage!r}" if point.stage else "at the end of a period"
    for player, options in zip(point.movers, point.options, strict=True):
        for option in options if player == mover else ():
            if option.weight is not None:
                yield option.weight, f"the base weight of {option.move!r} {where}"
    pays = [point.pays, point.final]
    for joint in point.joints:
        pays += [joint.pays, *(branch.pays for branch in joint.branches)]
    for pay in (pay for block in pays for pay in block if pay.player == mover):
        yield pay.amount, f"its payoff {pay.part!r} {where}"


def _targets(point: Point) -> Iterator[int]:
    if point.kind == "close":
        yield point.next
    yield from (branch.target for joint in point.joints for branch in joint.branches)
