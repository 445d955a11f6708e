"""Events: what they may speak of, and whether they can happen at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from assay.case.checks.context import Declared
from assay.case.checks.formulas import expanded
from assay.case.checks.scopes import NOTHING, Scopes
from assay.formula.ast import Comparison, Formula, Logic, Name, Node
from assay.formula.check import Scope, Symbol
from assay.formula.truth import decide
from assay.formula.walk import names, substitute

MOST_CASES = 20_000
"""Most combinations that are tried to see whether an event can happen."""
_ENDING = "#ending"
_NONE = "#none"


def event_scope(declared: Declared, scopes: Scopes, everything: Mapping[str, Symbol]) -> Scope:
    """What an event may speak of: tags and endings, moves, variables, and definitions over variables alone."""
    truth = Symbol("truth")
    speaks = {**dict.fromkeys(declared.move_names, truth), **dict.fromkeys(declared.tags, truth)}
    speaks |= {name: symbol for name, symbol in scopes.condition.names.items() if name not in declared.alternatives}
    speaks |= {name: scopes.payoff.names[name] for name in declared.types}
    both = speaks.keys() & declared.definitions.keys() - scopes.condition.names.keys() - declared.types.keys()
    reason = "an event speaks of tags of endings, variables, definitions over variables alone, types, and moves"
    reasons = {name: reason for name in everything if name not in speaks}
    reasons |= {name: f"{reason}, as {_a_type(declared, whose)}" for name, whose in scopes.typed.items()}
    reasons |= dict.fromkeys(both, "it is a definition as well as a tag or an ending; give each a name of its own")
    return Scope({name: symbol for name, symbol in speaks.items() if name not in both}, elsewhere=reasons)


def _a_type(declared: Declared, actors: Iterable[str]) -> str:
    actor = min(actors)
    return f"{actor} == {declared.types.get(actor, ('TYPE',))[-1]}"


def timed(node: Node, declared: Declared, scopes: Scopes) -> bool:
    """Whether an event speaks of variables or moves, so that it must say when it is looked at."""
    for name in names(node, {**declared.types, **declared.values}):
        if name in declared.values or name in declared.move_names or scopes.uses.get(name, NOTHING).variables:
            return True
    return False


def can_happen(node: Node, declared: Declared, scopes: Scopes) -> bool:
    """Whether some combination of values, ending and moves makes an event true; true where there are too many to try.

    A necessary test only: whether the combination is ever reached is for those who unfold the game.
    """
    whole = expanded(Formula("", node), declared, scopes.uses)
    known = {**declared.types, **declared.values}
    used = names(whole, known)
    endings = (_NONE, *sorted(declared.ends & declared.case.endings.keys()))
    domain = {name: known[name] for name in used if name in known}
    domain[_ENDING] = endings
    moves = [name for name in used if name in declared.move_names and name not in domain]
    domain |= {f"#{name}": ("no", "yes") for name in moves}
    if prod(len(values) for values in domain.values()) > MOST_CASES:
        return True
    stands: dict[str, Node] = {name: _equals(f"#{name}", "yes") for name in moves}
    for tag in used:
        if tag in declared.tags and tag not in domain:
            stands[tag] = Logic("or", tuple(_equals(_ENDING, name) for name in sorted(declared.tags[tag])))
    plain = substitute(whole, stands, known)
    for values in product(*domain.values()):
        if decide(plain, dict(zip(domain, values, strict=True)), domain) is not False:
            return True
    return False


def _equals(variable: str, value: str) -> Comparison:
    return Comparison("==", Name(variable), Name(value))
