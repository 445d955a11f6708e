"""The words of a case for the prose of its formulas."""

from __future__ import annotations

from assay.case.claims import BothReadings, Claim, Outcome
from assay.case.model import Case
from assay.case.order import Block, Chance, Move, Stage
from assay.case.world import Definition
from assay.formula.ast import Call, Name, Node
from assay.formula.prose import Words, prose
from assay.formula.walk import children, rebuild
from assay.report.measures import sort_of
from assay.report.words import mid, sentence

_QUANTITIES = ("P", "E", "EV", "N")


def in_words(case: Case, claim: Claim) -> str:
    """The test in prose: the case's own words where it has them, else as generated from the formula."""
    if claim.test:
        return sentence(claim.test)
    test = claim.holds_if
    if test is None:
        return ""
    words = _words(case)
    if isinstance(test, BothReadings):
        strict, loose = (prose(_opened(case, formula.node), words) for formula in (test.strict, test.loose))
        text = f"Read strictly it holds in a draw where {strict}; read loosely, where {loose}"
    else:
        text = f"It holds in a draw where {prose(_opened(case, test.node), words)}"
    if claim.matters_if is not None:
        text += f". Only draws count where {prose(_opened(case, claim.matters_if.node), words)}"
    return sentence(text)


def _opened(case: Case, node: Node, depth: int = 0) -> Node:
    """The formula with outcomes that are named like a tag of endings replaced by what they stand for.

    One name would else be said in the same words where it is a number and where it is an event.
    """
    if depth > 20 or (isinstance(node, Call) and node.function in _QUANTITIES):
        return node
    if isinstance(node, Name) and node.id in case.outcomes and node.id in _tags(case):
        outcome = case.outcomes[node.id]
        formula = outcome.value if isinstance(outcome, Outcome) else outcome
        return _opened(case, formula.node, depth + 1)
    parts = children(node)
    return rebuild(node, [_opened(case, part, depth + 1) for part in parts]) if parts else node


def _tags(case: Case) -> set[str]:
    return {tag for ending in case.endings.values() for tag in ending.tags}


def _words(case: Case) -> Words:
    say: dict[str, str] = {name: mid(assumption.means) for name, assumption in case.assumptions.items()}
    tags = _tags(case)
    for name, definition in case.define.items():
        if isinstance(definition, Definition) and definition.means:
            say[name] = mid(definition.means)
    for name, outcome in case.outcomes.items():
        if isinstance(outcome, Outcome) and outcome.means and name not in tags:
            say[name] = mid(outcome.means)
    say |= {name: mid(actor.name) for name, actor in case.actors.items()}
    say |= {name: mid(variable.name) for name, variable in case.world.items() if variable.name}
    say |= {f"do={name}": mid(policy.means) for name, policy in case.policies.items() if policy.means}
    say |= {f"regime={name}": mid(regime.means) for name, regime in case.regimes.items() if regime.means}
    readings = {name: (reading.strict, reading.loose) for name, reading in case.readings.items()}
    return Words(say, _shares(case), readings)


def _shares(case: Case) -> set[str]:
    """Names of numbers that are probabilities or shares."""
    shares = {name for name, found in case.assumptions.items() if found.unit in ("probability", "share")}
    for name, outcome in case.outcomes.items():
        formula = outcome.value if isinstance(outcome, Outcome) else outcome
        if sort_of(case, formula.node) == "probability":
            shares.add(name)
    return shares


def move_words(case: Case, actor: str, stage: str, move: str) -> str:
    """What a move of a told future stands for: the case's words where it has them, else its name."""
    for item in case.order:
        for place in item.stages if isinstance(item, Block) else (item,):
            if isinstance(place, Chance):
                if place.chance == stage and move in place.branches and place.branches[move].means:
                    return mid(place.branches[move].means)
            elif isinstance(place, Stage) and place.stage == stage:
                found = (place.movers.get(actor) or place.moves).get(move)
                first = found[0] if isinstance(found, tuple) else found
                if isinstance(first, Move) and first.means:
                    return mid(first.means)
    return move.replace("_", " ")
