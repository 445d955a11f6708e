"""The `order` of a case as a flat list of steps: what comes next, where `go` leads, what is reached by `go` alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assay.case.model import Case
from assay.case.order import Block, Branch, Chance, Effect, Joint, Meanings, Move, Opportunity, Stage
from assay.formula.ast import Formula

CLOSE = -1
"""The step after the last one: the period is over."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, a chance, or a gate in front of a block or of a stage that does not always come up."""

    kind: Literal["choice", "chance", "gate"]
    name: str
    path: str
    """Where it stands in the case: `order[1].stages[0]`."""
    item: Stage | Chance | Block
    after: int
    """Step that follows in order, `CLOSE` at the end of the period."""
    inside: int = CLOSE
    """For a gate: the step behind it."""
    when: Formula | None = None
    only_if: Formula | None = None
    gate: Formula | None = None
    """For a gate: its probability or rate; None is certainty."""
    gate_path: str = ""
    rate: bool = False
    """Whether `gate` is a rate per year."""


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps, where the period begins, and the step of each name that `go` may use."""

    steps: tuple[Step, ...]
    first: int
    named: dict[str, int]


def steps_of(case: Case) -> Steps:
    """The steps of a case's period, in order."""
    return _Builder(case).build()


def gone_to(case: Case) -> frozenset[str]:
    """The stages, chances and blocks that some `go` names; they are reached by `go` only."""
    return frozenset(_goals(case, "go"))


def ended_in(case: Case) -> frozenset[str]:
    """The endings that some `end` names."""
    return frozenset(_goals(case, "end"))


def _goals(case: Case, word: Literal["go", "end"]) -> Iterator[str]:
    """What `go` or `end` name, in effects and in the keys of a row's branches."""
    for item in case.order:
        for inner in item.stages if isinstance(item, Block) else (item,):
            for effect in _effects(inner):
                goal = effect.go if word == "go" else effect.end
                yield from [goal] if goal is not None else []
                if isinstance(effect, Joint):
                    keys = (key.partition(" ") for key in effect.chance or {})
                    yield from (goal.strip() for first, _, goal in keys if first == word)


def _effects(item: Stage | Chance) -> Iterator[Effect]:
    """Every effect of a stage or chance: moves, rows and their branches."""
    effects: list[Move | Joint] = []
    if isinstance(item, Chance):
        yield from item.branches.values()
    else:
        for moves in (item.moves, *item.movers.values()):
            effects.extend(move for meanings in moves.values() for move in meanings_of(meanings))
        effects.extend(item.leads_to)
    for effect in effects:
        yield effect
        yield from (branch for branch in (effect.chance or {}).values() if isinstance(branch, Branch))


def meanings_of(meanings: Meanings) -> tuple[Move, ...]:
    """A move's meanings, in the order in which they are tried."""
    return (meanings,) if isinstance(meanings, Move) else meanings


class _Builder:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.by_go = gone_to(case)
        self.sizes = [_size(item) for item in case.order]

    def build(self) -> Steps:
        steps: list[Step] = []
        for place, item in enumerate(self.case.order):
            after = self._next(place + 1)
            path = f"order[{place}]"
            if isinstance(item, Block):
                steps.extend(self._block(item, path, len(steps), after))
            else:
                steps.extend(_plain(item, path, len(steps), after))
        named: dict[str, int] = {}
        for index, step in enumerate(steps):
            named.setdefault(step.name, index)  # the gate of a stage stands in front of it and has its name
        return Steps(tuple(steps), self._next(0), named)

    def _next(self, place: int) -> int:
        """The first step of the first item from `place` on that is not reached by `go` only."""
        for index in range(place, len(self.case.order)):
            if _name(self.case.order[index]) not in self.by_go:
                return sum(self.sizes[:index])
        return CLOSE

    def _block(self, block: Block, path: str, at: int, after: int) -> Iterator[Step]:
        starts = [at + 1 + sum(_size(inner) for inner in block.stages[:place]) for place in range(len(block.stages))]

        def following(place: int) -> int:
            for index in range(place, len(block.stages)):
                if _name(block.stages[index]) not in self.by_go:
                    return starts[index]
            return after

        by_rate = block.rate is not None
        yield Step(
            kind="gate",
            name=block.block,
            path=path,
            item=block,
            after=after,
            inside=following(0),
            when=block.when,
            only_if=block.only_if,
            gate=block.rate if by_rate else block.occurs,
            gate_path=f"{path}.rate" if by_rate else f"{path}.occurs",
            rate=by_rate,
        )
        for place, inner in enumerate(block.stages):
            yield from _plain(inner, f"{path}.stages[{place}]", starts[place], following(place + 1))


def _plain(item: Stage | Chance, path: str, at: int, after: int) -> Iterator[Step]:
    if isinstance(item, Chance):
        yield Step("chance", item.chance, path, item, after, when=item.when, only_if=item.only_if)
        return
    if not isinstance(item.opportunities, Opportunity):
        yield Step("choice", item.stage, path, item, after, when=item.when, only_if=item.only_if)
        return
    yield Step(
        kind="gate",
        name=item.stage,
        path=path,
        item=item,
        after=after,
        inside=at + 1,
        when=item.when,
        only_if=item.only_if,
        gate=item.opportunities.rate,
        gate_path=f"{path}.opportunities.rate",
        rate=True,
    )
    yield Step("choice", item.stage, path, item, after)


def _name(item: Stage | Chance | Block) -> str:
    if isinstance(item, Stage):
        return item.stage
    return item.chance if isinstance(item, Chance) else item.block


def _size(item: Stage | Chance | Block) -> int:
    if isinstance(item, Block):
        return 1 + sum(_size(inner) for inner in item.stages)
    return 2 if isinstance(item, Stage) and isinstance(item.opportunities, Opportunity) else 1
