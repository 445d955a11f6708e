"""What an event speaks of: endings, variables, moves. Needs no game, only the case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from assay.case.model import Case
from assay.case.order import Block, Stage
from assay.case.types import types_of
from assay.case.world import Definition
from assay.formula.ast import Comparison, Formula, Name, Node
from assay.formula.walk import Equation, children, equation


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names of an event, by what they stand for."""

    tags: frozenset[str] = frozenset()
    """Tags of endings, and endings by their own name."""
    moves: frozenset[str] = frozenset()
    """`actor.move` or `actor.stage.move`."""
    variables: frozenset[str] = frozenset()
    """Variables of the world, those behind definitions among them."""
    types: frozenset[str] = frozenset()
    """Actors whose type is asked about."""

    @property
    def only_types(self) -> bool:
        """Whether the event speaks of types alone."""
        return not self.moves and not self.variables and not self.tags

    @property
    def only_tags(self) -> bool:
        """Whether the event speaks of endings and types alone: it says itself when it is read, at the end."""
        return not self.moves and not self.variables

    def __or__(self, other: Mentions) -> Mentions:
        return Mentions(
            self.tags | other.tags,
            self.moves | other.moves,
            self.variables | other.variables,
            self.types | other.types,
        )


def definition(name: str, case: Case) -> Formula | None:
    """The formula of a definition, or None where the name is none."""
    found = case.define.get(name)
    return found.value if isinstance(found, Definition) else found


def tags_of(case: Case) -> frozenset[str]:
    """Every tag of an ending, and every ending's own name."""
    return frozenset(case.endings) | {tag for ending in case.endings.values() for tag in ending.tags}


def stages_of(move: str, case: Case) -> frozenset[str]:
    """The stages at which `actor.move` or `actor.stage.move` can be made."""
    actor, *stage, name = move.split(".")
    items = (inner for item in case.order for inner in (item.stages if isinstance(item, Block) else (item,)))
    return frozenset(
        item.stage
        for item in items
        if isinstance(item, Stage)
        and name in (item.moves if item.mover == actor else item.movers.get(actor, {}))
        and item.stage in (stage or [item.stage])
    )


def mentions(node: Node, case: Case) -> Mentions:
    """What an event speaks of. Raises ValueError for a name that an event cannot contain."""
    match node:
        case Name(id=name):
            return _named(name, case)
        case Comparison() if (asked := asked_type(node, case)) is not None:
            return Mentions(types=frozenset({asked.variable}))
        case Comparison(left=Name() as left, right=Name() as right) if {left.id, right.id} & set(case.world):
            return Mentions(variables=frozenset({left.id, right.id} & set(case.world)))
        case _:
            return reduce(Mentions.__or__, (mentions(child, case) for child in children(node)), Mentions())


def asked_type(node: Comparison, case: Case) -> Equation | None:
    """A comparison of an actor with one of its types; None for any other."""
    types = types_of(case)
    if not types:
        return None
    values = {name: variable.values or () for name, variable in case.world.items()}
    found = equation(node, {**types, **values})
    return found if found is not None and found.is_value and found.variable in types else None


def _named(name: str, case: Case) -> Mentions:
    if name in case.world:
        return Mentions(variables=frozenset({name}))
    formula = definition(name, case)
    if formula is not None:
        return mentions(formula.node, case)
    if "." in name and name.split(".", 1)[0] in case.actors:
        return Mentions(moves=frozenset({name}))
    if name in tags_of(case):
        return Mentions(tags=frozenset({name}))
    raise ValueError(f"{name!r} is no tag, variable, definition over variables, or move, so no event can speak of it")
