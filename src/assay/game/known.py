"""What a formula says while only the world is known: a value, or that it takes a draw to tell.

Unfolding asks this of conditions (which must be known) and of probabilities (a constant zero cuts a branch off).
Answers are cached by the values of the variables that the formula depends on, through definitions, so a thousand worlds
cost as much as the few combinations in which the formula differs. Pure Python.

The types of actors are like variables that no world knows: points do not multiply by them. A formula that depends on a
type cannot be known in a world, save where the type makes no difference; it can be in a world followed by a type for
each informed actor, as rows of the table have them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import Any, TypeAlias

from assay.case.model import Case
from assay.case.types import definitions, types_of
from assay.formula.ast import Arithmetic, Choice, Comparison, Formula, Logic, Name, Node, Not, Number
from assay.formula.truth import decide
from assay.formula.walk import Equation, children, equation, rebuild
from assay.game.skeleton import World

Value: TypeAlias = float | bool | None
"""A number, a truth, or None where it takes a draw to tell."""
Rule: TypeAlias = Callable[[World], Value]

CLOCK_NAMES = frozenset({"period", "elapsed"})
"""Names that stand for the time; a formula that uses one differs from period to period."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """What a formula depends on, through definitions: variables and informed actors (by index), names of assumptions,
    and the time."""

    variables: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    timed: bool = False
    types: frozenset[int] = frozenset()

    def __or__(self, other: Leaves) -> Leaves:
        return Leaves(
            self.variables | other.variables,
            self.names | other.names,
            self.timed or other.timed,
            self.types | other.types,
        )


NO_LEAVES = Leaves()


class Reading:
    """One formula, read in worlds. `key(world)` tells apart the worlds in which it may differ."""

    __slots__ = ("_known", "_rule", "formula", "key", "leaves")

    def __init__(self, formula: Formula, leaves: Leaves, rule: Rule, variables: int) -> None:
        self.formula = formula
        self.leaves = leaves
        self.key = _typed_key(leaves, variables) if leaves.types else key_of(leaves.variables)
        self._rule = rule
        self._known: dict[Any, Value] = {}

    def value(self, world: World) -> Value:
        """What the formula says in `world`, or None where it takes a draw to tell."""
        key = self.key(world)
        try:
            return self._known[key]
        except KeyError:
            answer = self._known[key] = self._rule(world)
            return answer


def key_of(variables: frozenset[int]) -> Callable[[World], Any]:
    """A function from a world to the values of `variables` in it, as a key of a dictionary."""
    places = sorted(variables)
    return itemgetter(*places) if places else _nothing


def _nothing(_: World) -> Any:
    return ()


def _typed_key(leaves: Leaves, variables: int) -> Callable[[World], Any]:
    """As `key_of`, for a formula that depends on types, which follow the variables' values where they are known."""
    key, types = key_of(leaves.variables), [variables + each for each in sorted(leaves.types)]
    return lambda world: (key(world), tuple([world[each] for each in types]) if len(world) > variables else ())


class Language:
    """The formulas of one case under given structural alternatives."""

    def __init__(self, case: Case, alternatives: Mapping[str, str]) -> None:
        self.variables = tuple(case.world)
        self.values = tuple(tuple(variable.values or ()) for variable in case.world.values())
        self.index = {name: place for place, name in enumerate(self.variables)}
        self.value_index = tuple({value: place for place, value in enumerate(names)} for names in self.values)
        types = types_of(case)
        self.informed = tuple(types)
        """Actors with private types, in the order of actors."""
        self.types = tuple(types.values())
        """Names of the types, by informed actor."""
        self.type_index = {name: place for place, name in enumerate(types)}
        self.alternatives = alternatives
        named = {name: tuple(each.alternatives) for name, each in case.assumptions.items() if each.alternatives}
        self.domain: Mapping[str, tuple[str, ...]] = {
            **named,
            **dict(zip(self.variables, self.values, strict=True)),
            **types,
        }
        """The names of the values of variables and structural alternatives, and of types."""
        self.definitions = definitions(case)
        self._readings: dict[int, Reading] = {}
        self._leaves_of: dict[str, Leaves] = {}
        self._under_way: set[str] = set()

    def reading(self, formula: Formula) -> Reading:
        """The formula, ready to be read in worlds (one object per formula object)."""
        known = self._readings.get(id(formula))
        if known is None:
            known = Reading(formula, self.leaves(formula.node), self._rule(formula.node), len(self.variables))
            self._readings[id(formula)] = known  # the reading keeps the formula alive, so its id stays its own
        return known

    def depends_on(self, formulas: Iterable[Formula]) -> frozenset[int]:
        """The variables that some of the formulas depend on."""
        return frozenset().union(*(self.reading(formula).leaves.variables for formula in formulas))

    def leaves(self, node: Node) -> Leaves:
        """What a node depends on, through definitions."""
        if isinstance(node, Name):
            return self._leaves_of_name(node.id)
        if isinstance(node, Comparison) and (same := equation(node, self.domain)) is not None:
            sides = [same.variable] if same.is_value else [same.variable, same.other]
            return Leaves(
                frozenset(self.index[name] for name in sides if name in self.index),
                types=frozenset(self.type_index[name] for name in sides if name in self.type_index),
            )
        return reduce(or_, (self.leaves(part) for part in children(node)), NO_LEAVES)

    def live_types(self, formula: Formula, world: World) -> frozenset[int]:
        """The informed actors on whose type a formula still depends in a world, by index: `take * (1 if fence == none
        else 0)` depends on nobody's where there is a fence.
        """
        return self._live(formula.node, world) if self.reading(formula).leaves.types else frozenset()

    def _live(self, node: Node, world: World) -> frozenset[int]:
        types = self.leaves(node).types
        if not types or self._rule(node)(world) is not None:
            return frozenset()
        if isinstance(node, Name) and node.id in self.definitions:
            return self.live_types(self.definitions[node.id], world)
        if isinstance(node, Choice) and (truth := self._rule(node.condition)(world)) is not None:
            return self._live(node.then if truth else node.otherwise, world)
        if isinstance(node, Comparison) and equation(node, self.domain) is not None:
            return types
        return frozenset().union(*(self._live(part, world) for part in children(node)))

    def _leaves_of_name(self, name: str) -> Leaves:
        if name in CLOCK_NAMES:
            return Leaves(timed=True)
        if name in self.index:
            return Leaves(frozenset({self.index[name]}))
        if name in self.type_index:
            return Leaves(types=frozenset({self.type_index[name]}))
        if name not in self.definitions:
            return Leaves(names=frozenset({name}))
        if name not in self._leaves_of:
            self._leaves_of[name] = NO_LEAVES  # a definition that uses itself ends here
            self._leaves_of[name] = self.leaves(self.definitions[name].node)
        return self._leaves_of[name]

    def _rule(self, node: Node) -> Rule:
        match node:
            case Number(value):
                return lambda _: value
            case Name(name):
                return self._rule_of_name(name)
            case Comparison() if (same := equation(node, self.domain)) is not None:
                return self._rule_of_equation(same)
            case Logic(operator, operands):
                return _joined(operator == "or", [self._rule(part) for part in operands])
            case Not(operand):
                inner = self._rule(operand)
                return lambda world: None if (value := inner(world)) is None else not value
            case Choice(condition, then, otherwise):
                return _chosen(self._rule(condition), self._rule(then), self._rule(otherwise))
            case _:
                return _computed(node, [self._rule(part) for part in children(node)])

    def _rule_of_name(self, name: str) -> Rule:
        if name not in self.definitions or name in self._under_way:
            return lambda _: None
        self._under_way.add(name)
        reading = self.reading(self.definitions[name])  # remembered, so nested definitions are read once each
        self._under_way.discard(name)
        return reading.value

    def _rule_of_equation(self, same: Equation) -> Rule:
        left = self._name_rule(same.variable)
        right = (lambda _: same.other) if same.is_value else self._name_rule(same.other)
        if not {same.variable, same.other} & self.type_index.keys():
            return lambda world: (left(world) == right(world)) is same.equal

        def rule(world: World) -> Value:
            one, other = left(world), right(world)
            return None if one is None or other is None else (one == other) is same.equal

        return rule

    def _name_rule(self, name: str) -> Callable[[World], str | None]:
        """The name of the value of a variable, of structural alternatives or of a type in a world; None where the world
        does not say which type.
        """
        if name in self.type_index:
            place, names = len(self.variables) + self.type_index[name], self.types[self.type_index[name]]
            return lambda world: names[world[place]] if len(world) > place else None
        if name not in self.index:
            chosen = self.alternatives[name]
            return lambda _: chosen
        place = self.index[name]
        values = self.values[place]
        return lambda world: values[world[place]]


def _computed(node: Node, parts: list[Rule]) -> Rule:
    """Arithmetic, functions and comparisons of numbers. A product is zero as soon as one factor is: without a war
    `q * (1 if war == on else 0)` is zero whatever q.
    """
    product = isinstance(node, Arithmetic) and node.operator == "*"

    def rule(world: World) -> Value:
        values = [part(world) for part in parts]
        if product and any(value == 0 and value is not None for value in values):
            return 0.0
        numbers = [Number(float(value)) for value in values if value is not None]
        if len(numbers) < len(values):
            return None
        value = decide(rebuild(node, numbers), {})
        # What goes wrong with numbers is found, and said, when the game is filled.
        return value if value is not None and math.isfinite(value) else None

    return rule


def _joined(deciding: bool, parts: list[Rule]) -> Rule:
    """`or` (decided by a truth) or `and` (decided by a falsehood)."""

    def rule(world: World) -> Value:
        known = True
        for part in parts:
            value = part(world)
            if value is None:
                known = False
            elif bool(value) is deciding:
                return deciding
        return (not deciding) if known else None

    return rule


def _chosen(condition: Rule, then: Rule, otherwise: Rule) -> Rule:
    def rule(world: World) -> Value:
        truth = condition(world)
        if truth is None:
            return None
        return then(world) if truth else otherwise(world)

    return rule
