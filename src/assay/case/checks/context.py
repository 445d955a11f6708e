"""What every check works with: the case, what it declares, and a place to put problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assay.case.assumptions import Assumption
from assay.case.model import Case
from assay.case.order import Block, Branch, Chance, Joint, Meanings, Move, Stage
from assay.case.types import column, columns, types_of
from assay.case.world import Definition
from assay.documents.locate import Locator, Path
from assay.errors import Problem, suggestion
from assay.formula.ast import Formula

MOST_FOUND = 2_000
"""After so many errors the rest of a case is not checked."""


class Enough(Exception):  # noqa: N818 - not an error: a case with thousands of problems is checked no further
    """Raised where a case has more problems than anybody reads."""


Item = Stage | Chance | Block


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that happens in the order of play: a move's meaning, a branch of chance, a row of `leads_to`."""

    path: Path
    effect: Move | Branch | Joint
    item: Stage | Chance
    """The stage or chance it belongs to."""
    rank: int
    """Place of the item in the document, counting blocks and what is inside them."""
    mover: str | None = None
    """For a move: who makes it."""
    simultaneous: bool = False
    """For a move: whether others move at once."""


@dataclass(slots=True)
class Context:
    """A case under check."""

    case: Case
    locator: Locator
    sources_known: bool = True
    """False where `sources.csv` could not be read, so that its sources are not missed."""
    missing: frozenset[str] = frozenset()
    """Ids of sources that are missing, and told of already."""
    cited: dict[str, list[Path]] = field(default_factory=dict)
    """Ids that no source has, with the places that cite them."""
    found: list[tuple[Path, Problem]] = field(default_factory=list)
    errors: int = 0
    """How many of the found are errors."""

    def problem(self, path: Path, found: str, expected: str, offset: int | None = None, *, key: bool = False) -> None:
        """Notes an error at a path."""
        self._note("error", path, found, expected, offset, key)

    def warn(self, path: Path, found: str, expected: str, offset: int | None = None, *, key: bool = False) -> None:
        """Notes a doubt at a path."""
        self._note("warning", path, found, expected, offset, key)

    def _note(
        self,
        severity: Literal["error", "warning"],
        path: Path,
        found: str,
        expected: str,
        offset: int | None,
        key: bool,
    ) -> None:
        self.found.append((path, self.locator.problem(path, found, expected, offset, key=key, severity=severity)))
        self.errors += severity == "error"
        if self.errors >= MOST_FOUND:
            raise Enough

    def known(self, path: Path, name: str, names: Collection[str], what: str, *, key: bool = False) -> bool:
        """Whether `name` is among `names`; notes a problem where it is not. `what` it should be, as `an actor`."""
        if name in names:
            return True
        self.problem(path, f"{name!r} is not {what}", suggestion(name, names) or "the case has none", key=key)
        return False


class Declared:
    """What a case declares, looked up by name."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values of each variable."""
        return {name: variable.values or () for name, variable in self.case.world.items()}

    @cached_property
    def alternatives(self) -> Mapping[str, tuple[str, ...]]:
        """The names of each structural alternative."""
        return {
            name: tuple(assumption.alternatives)
            for name, assumption in self.case.assumptions.items()
            if assumption.alternatives is not None
        }

    @cached_property
    def types(self) -> Mapping[str, tuple[str, ...]]:
        """The types of each actor that has some."""
        return types_of(self.case)

    @cached_property
    def domain(self) -> Mapping[str, tuple[str, ...]]:
        """What names are compared with in formulas: the values of variables, alternatives, types of actors."""
        return {**self.types, **self.values, **self.alternatives}

    @cached_property
    def typed(self) -> Mapping[str, str]:
        """The numbers for each type, with the actor whose type it is."""
        return {name: given.by for name, given in self.case.assumptions.items() if given.by is not None}

    @cached_property
    def columns(self) -> Mapping[str, Assumption]:
        """The numbers that a draw consists of; one for each type where there is one for each."""
        return columns(self.case)

    @cached_property
    def lacking(self) -> frozenset[str]:
        """Columns that are missing because a number for each type has none for some type: named once, there."""
        wanted = {column(name, each) for name, actor in self.typed.items() for each in self.types.get(actor, ())}
        return frozenset(wanted - self.columns.keys())

    @cached_property
    def definitions(self) -> Mapping[str, Formula]:
        """The formula of each definition."""
        return {
            name: defined.value if isinstance(defined, Definition) else defined
            for name, defined in self.case.define.items()
        }

    @cached_property
    def items(self) -> list[tuple[Path, Item]]:
        """Stages, chances and blocks in the order of the document, a block before what is inside it."""
        found: list[tuple[Path, Item]] = []
        for index, item in enumerate(self.case.order):
            found.append((("order", index), item))
            if isinstance(item, Block):
                found += [(("order", index, "stages", place), inner) for place, inner in enumerate(item.stages)]
        return found

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Place of each stage, chance and block in the document, by name (the first of that name)."""
        ranks: dict[str, int] = {}
        for rank, (_, item) in enumerate(self.items):
            ranks.setdefault(name_of(item), rank)
        return ranks

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """Stages by name."""
        return {item.stage: item for _, item in self.items if isinstance(item, Stage)}

    @cached_property
    def points(self) -> tuple[str, ...]:
        """Names of stages and chances."""
        return tuple(name_of(item) for _, item in self.items if not isinstance(item, Block))

    @cached_property
    def moves(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Actor, then stage, then the moves the actor has there."""
        found: dict[str, dict[str, tuple[str, ...]]] = {actor: {} for actor in self.case.actors}
        for name, stage in self.stages.items():
            for actor, table in tables_of(stage).items():
                found.setdefault(actor, {})[name] = tuple(table)
        return found

    @cached_property
    def move_names(self) -> Mapping[str, frozenset[str]]:
        """`actor.move` and `actor.stage.move`, each with the stages where it can be made."""
        found: dict[str, set[str]] = {}
        for actor, stages in self.moves.items():
            for stage, moves in stages.items():
                for move in moves:
                    found.setdefault(f"{actor}.{move}", set()).add(stage)
                    found.setdefault(f"{actor}.{stage}.{move}", set()).add(stage)
        return {name: frozenset(stages) for name, stages in found.items()}

    @cached_property
    def spots(self) -> list[Spot]:
        """Everything that happens in the order of play, in the order of the document."""
        return [spot for rank, (path, item) in enumerate(self.items) for spot in _spots(path, item, rank)]

    @cached_property
    def ends(self) -> frozenset[str]:
        """Endings that something reaches."""
        reached = {spot.effect.end for spot in self.spots if spot.effect.end}
        for spot in self.spots:
            if isinstance(spot.effect, Joint):
                reached |= {key[4:].strip() for key in spot.effect.chance or {} if key.startswith("end ")}
        return frozenset(reached)

    @cached_property
    def tags(self) -> Mapping[str, frozenset[str]]:
        """Tags and names of endings, each with the endings it stands for."""
        found: dict[str, set[str]] = {name: {name} for name in self.case.endings}
        for name, ending in self.case.endings.items():
            for tag in ending.tags:
                found.setdefault(tag, set()).add(name)
        return {tag: frozenset(endings) for tag, endings in found.items()}

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """The named parts of each actor's payoff."""
        found: dict[str, set[str]] = {actor: set() for actor in self.case.actors}
        for actor, payoffs in self.case.payoffs.items():
            found.setdefault(actor, set()).update(payoffs.each_period, payoffs.final)
        pays = [ending.pays for ending in self.case.endings.values()] + [spot.effect.pays for spot in self.spots]
        for actor, parts in (entry for table in pays for entry in table.items()):
            found.setdefault(actor, set()).update(parts)
        for spot in self.spots:
            if isinstance(spot.effect, Move) and spot.effect.cost is not None and spot.mover is not None:
                cost = spot.effect.cost
                found.setdefault(spot.mover, set()).update(["cost"] if isinstance(cost, Formula) else cost)
        return {actor: frozenset(parts) for actor, parts in found.items()}


def in_order_of_use(used: Mapping[str, Sequence[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """Names so that each comes after those that it uses (Kahn, 1962); and what is left, in circles or built on one.

    What is left has, for each name, the names it uses that are left too.
    """
    users: dict[str, list[str]] = {name: [] for name in used}
    missing = {name: len({other for other in others if other in used}) for name, others in used.items()}
    for name, others in used.items():
        for other in {other for other in others if other in used}:
            users[other].append(name)
    done = [name for name, count in missing.items() if not count]
    for name in done:  # grows while it is read
        for user in users[name]:
            missing[user] -= 1
            if not missing[user]:
                done.append(user)
    sorted_out = set(done)
    left = {name: [other for other in used[name] if other in used and other not in sorted_out] for name in used}
    return done, {name: others for name, others in left.items() if name not in sorted_out}


def name_of(item: Item) -> str:
    """The name of a stage, chance or block."""
    if isinstance(item, Stage):
        return item.stage
    return item.chance if isinstance(item, Chance) else item.block


def tables_of(stage: Stage) -> Mapping[str, Mapping[str, Meanings]]:
    """The moves of a stage by mover, whether there is one or several."""
    return {**stage.movers, **({stage.mover: stage.moves} if stage.mover is not None else {})}


def _spots(path: Path, item: Item, rank: int) -> Iterator[Spot]:
    if isinstance(item, Block):
        return
    if isinstance(item, Chance):
        for name, branch in item.branches.items():
            yield Spot((*path, "branches", name), branch, item, rank)
        return
    for name, meanings in item.moves.items():
        yield from _move_spots((*path, "moves", name), meanings, item, rank, item.mover)
    for actor, table in item.movers.items():
        for name, meanings in table.items():
            yield from _move_spots((*path, "movers", actor, name), meanings, item, rank, actor)
    for index, row in enumerate(item.leads_to):
        yield Spot((*path, "leads_to", index), row, item, rank)
        yield from _branch_spots((*path, "leads_to", index, "chance"), row.chance, item, rank)


def _move_spots(path: Path, meanings: Meanings, stage: Stage, rank: int, mover: str | None) -> Iterator[Spot]:
    several = not isinstance(meanings, Move)
    for index, move in enumerate((meanings,) if isinstance(meanings, Move) else meanings):
        at: Path = (*path, index) if several else path
        yield Spot(at, move, stage, rank, mover, bool(stage.movers))
        yield from _branch_spots((*at, "chance"), move.chance, stage, rank)


def _branch_spots(path: Path, table: Mapping[str, object] | None, item: Stage, rank: int) -> Iterator[Spot]:
    for name, branch in (table or {}).items():
        if isinstance(branch, Branch):
            yield Spot((*path, name), branch, item, rank)
