"""From a case to its skeleton: points in topological order, and where each joint move leads.

`search` finds the points; here they are put in order and numbered. Pure Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assay.case.model import Case
from assay.case.payoffs import Regime
from assay.formula.ast import Formula
from assay.game.known import key_of
from assay.game.paths import all_paths, outermost
from assay.game.pattern import PatternJoint
from assay.game.pooled import pooled_troubles
from assay.game.search import Entry, Key, Search
from assay.game.skeleton import Branch, JointMove, Pay, Point, Skeleton, World
from assay.game.steps import CLOSE
from assay.game.trouble import StructureError


def unfold(case: Case, regime: str | Regime | None = None, alternatives: Mapping[str, str] | None = None) -> Skeleton:
    """The skeleton of a case's period under a regime's bans and mandates and the given structural alternatives.

    Structural alternatives that are not given are the first ones. Formulas of the result stand for whole classes
    of worlds: `Use.world` is a world that agrees with the point's in every variable that the formula depends on.

    Raises `StructureError` with every problem found: a stage where nobody can move, a condition that takes a draw to
    tell, a `go` that leads back, a mandate that is never possible, a game that is too large, a stage that is said to
    reveal no type and can.
    """
    search = Search(case, regime, alternatives)
    search.run()
    if search.troubles:
        raise StructureError(case, search.troubles)
    skeleton = finished(search)
    revealing = tuple(pooled_troubles(case, skeleton, search.language))
    if revealing:
        raise StructureError(case, revealing)
    return skeleton


def finished(search: Search) -> Skeleton:
    """The skeleton of a search that has run without troubles."""
    return _Finished(search).skeleton()


class _Finished:
    """A search that is over, made into a skeleton."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.case = search.case
        self.patterns = search.patterns

    def skeleton(self) -> Skeleton:
        """All points, in order."""
        order = self._ordered()
        index = {key: place for place, key in enumerate(order)}
        language = self.search.language
        assert self.search.start is not None
        return Skeleton(
            players=tuple(self.case.actors),
            variables=language.variables,
            values=language.values,
            points=tuple(self._points(order, index)),
            start=index[self.search.start],
            unmet=outermost(all_paths(self.case, language), self.search.met),
        )

    def _ordered(self) -> list[Key]:
        """Points in topological order: by step, as every `go` leads forward; closes and endings last."""
        last = len(self.search.steps.steps)
        return sorted(self.search.entries, key=lambda key: (key[0] if key[0] >= 0 else last - key[0], key[1]))

    def _points(self, order: list[Key], index: dict[Key, int]) -> Iterator[Point]:
        flows_first = self.case.clock.index("flows") < self.case.clock.index("each_period")
        flow = self._parts({name: each.each_period for name, each in self.case.payoffs.items()}, "each_period")
        final = self._parts({name: each.final for name, each in self.case.payoffs.items()}, "final")
        paid = [self._parts(ending.pays, f"endings.{name}.pays") for name, ending in self.case.endings.items()]
        for key in order:
            at, world = key
            entry = self.search.entries[key]
            if at >= 0:
                yield self._play(at, world, entry, index)
            elif at == CLOSE:
                after = self.search.clock(world)
                flows = flow(world if flows_first else after)
                yield Point("close", "", world, pays=flows, next=index[entry.targets[0]], final=final(after))
            else:
                yield Point("ending", self.search.endings[-2 - at], world, pays=paid[-2 - at](world))

    def _play(self, at: int, world: World, entry: Entry, index: dict[Key, int]) -> Point:
        pattern, step = entry.pattern, self.search.steps.steps[at]
        assert pattern is not None
        targets = iter([index[target] for target in entry.targets])
        joints = tuple([_joint(joint, targets) for joint in pattern.joints])
        if step.kind == "choice":
            return Point("choice", step.name, world, pattern.movers, pattern.options, joints)
        return Point("chance", step.name, world, joints=joints)

    def _parts(self, table: Mapping[str, Mapping[str, Formula]], path: str) -> Callable[[World], tuple[Pay, ...]]:
        """Payoffs by actor and part, as a function of the world; remembered by what they depend on."""
        amounts = [amount for parts in table.values() for amount in parts.values()]
        key = key_of(self.search.language.depends_on(amounts))
        known: dict[Any, tuple[Pay, ...]] = {}
        is_flow = path in ("each_period", "final")

        def pays(world: World) -> tuple[Pay, ...]:
            mark = key(world)
            if mark not in known:
                known[mark] = tuple(
                    Pay(
                        self.patterns.players[actor],
                        part,
                        self.patterns.use(
                            amount,
                            world,
                            f"payoffs.{actor}.{path}.{part}" if is_flow else f"{path}.{actor}.{part}",
                        ),
                    )
                    for actor, parts in table.items()
                    for part, amount in parts.items()
                )
            return known[mark]

        return pays


def _joint(joint: PatternJoint, targets: Iterator[int]) -> JointMove:
    branches = tuple([Branch(next(targets), each.probability, each.pays, each.label) for each in joint.branches])
    return JointMove(joint.options, joint.pays, branches)
