"""Events that speak of types, taken apart: for each type of the actors that they name, an event that speaks of none.

`war and russia == revisionist` is `war` where Russia is revisionist and nothing where it is not. Which profiles of
types count is then for the readers of the forward pass, which weigh them by the analyst's shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Literal, TypeAlias

import numpy as np

from assay.case.model import Case
from assay.case.types import types_of
from assay.claims.mentions import asked_type, definition, mentions
from assay.formula.ast import Choice, Comparison, Logic, Name, Node, Not
from assay.formula.text import text
from assay.formula.walk import children, rebuild
from assay.game.game import Game, Ints

Types: TypeAlias = tuple[tuple[str, str], ...]
"""Actors with a type each."""
Event: TypeAlias = Node | bool
"""An event that speaks of no types; True or False where the types decide it alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """A condition and an event as they are for some types of the actors that they name."""

    types: tuple[Types, ...] | None
    """The types for which they are so; None where no type is named, so that they are so for all."""
    event: Event
    given: Event


def parts(event: Node | None, given: Node | None, case: Case) -> tuple[Part, ...]:
    """An event and its condition (each True where there is none) for all types, together covering each once.

    What the condition rules out is left out.
    """
    named = [node for node in (event, given) if node is not None]
    actors = sorted({actor for node in named for actor in mentions(node, case).types})
    if not actors:
        return (Part(None, True if event is None else event, True if given is None else given),)
    known = types_of(case)
    found: dict[tuple[Event, Event], list[Types]] = {}
    for chosen in product(*(known[actor] for actor in actors)):
        types = tuple(zip(actors, chosen, strict=True))
        condition = True if given is None else settle(given, dict(types), case)
        if condition is not False:
            happens = True if event is None else settle(event, dict(types), case)
            found.setdefault((happens, condition), []).append(types)
    return tuple(Part(tuple(types), *pair) for pair, types in found.items())


def settle(node: Node, types: Mapping[str, str], case: Case) -> Event:
    """An event for given types of the actors that it names: what they decide is decided."""
    match node:
        case Comparison():
            decided = _compared(node, types, case)
            return (
                rebuild(node, [_number(side, types, case) for side in children(node)]) if decided is None else decided
            )
        case Logic(operator=operator, operands=operands):
            return _joined(operator, [settle(operand, types, case) for operand in operands])
        case Not(operand=operand):
            inner = settle(operand, types, case)
            return not inner if isinstance(inner, bool) else Not(inner)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return _chosen(*(settle(part, types, case) for part in (condition, then, otherwise)))
        case Name(id=name):
            formula = definition(name, case)
            return settle(formula.node, types, case) if formula and mentions(formula.node, case).types else node
        case _:
            raise ValueError(f"{text(node)} is no event")


def _number(node: Node, types: Mapping[str, str], case: Case) -> Node:
    """A number that an event compares, its choices by type made."""
    match node:
        case Choice(condition=condition, then=then, otherwise=otherwise):
            chosen = settle(condition, types, case)
            if isinstance(chosen, bool):
                return _number(then if chosen else otherwise, types, case)
            return Choice(chosen, _number(then, types, case), _number(otherwise, types, case))
        case Name(id=name):
            formula = definition(name, case)
            return _number(formula.node, types, case) if formula and mentions(formula.node, case).types else node
        case _:
            inner = children(node)
            return rebuild(node, [_number(part, types, case) for part in inner]) if inner else node


def _compared(node: Comparison, types: Mapping[str, str], case: Case) -> bool | None:
    """The truth of a comparison of an actor with a type; None for any other comparison."""
    same = asked_type(node, case)
    return None if same is None or same.variable not in types else (types[same.variable] == same.other) == same.equal


def _joined(operator: Literal["and", "or"], operands: list[Event]) -> Event:
    deciding = operator == "or"
    if any(operand is deciding for operand in operands):
        return deciding
    open_ones = tuple(operand for operand in operands if not isinstance(operand, bool))
    if not open_ones:
        return not deciding
    return open_ones[0] if len(open_ones) == 1 else Logic(operator, open_ones)


def _chosen(condition: Event, then: Event, otherwise: Event) -> Event:
    """`then if condition else otherwise` as `condition and then or not condition and otherwise`, as far as decided."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    first, second = _joined("and", [condition, then]), _joined("and", [Not(condition), otherwise])
    return _joined("or", [first, second])


def profiles(types: Iterable[Types], game: Game) -> Ints:
    """The type profiles of a game, numbered as readers do, in which the actors are of one of these combinations.

    An actor that is not informed in this game, or lacks the type here, is in none.
    """
    sizes = [len(each.types) for each in game.informed]
    counted: set[int] = set()
    for combination in types:
        wanted = dict(combination)
        columns = []
        for each in game.informed:
            own = wanted.pop(game.players[each.player], None)
            columns.append([place for place, name in enumerate(each.types) if own in (None, name)])
        if not wanted:
            steps = [prod(sizes[place + 1 :]) for place in range(len(sizes))]
            counted |= {sum(k * step for k, step in zip(chosen, steps, strict=True)) for chosen in product(*columns)}
    return np.array(sorted(counted), dtype=np.int32)
