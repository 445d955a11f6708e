"""Quantities of a game's futures as words: `P`, `E`, `EV` and `N` with the conditions that stand in their brackets."""

from __future__ import annotations

from collections.abc import Collection

from assay.formula.ast import Arithmetic, Call, Comparison, Name, Node, Not, Number
from assay.formula.phrases import Scale, Speaker, listed, plain, possessive, quoted
from assay.formula.text import text
from assay.formula.walk import children, names, rename

QUANTITIES = ("P", "E", "EV", "N")
"""The functions that ask something of a game's futures."""
_TIMES = ("by", "at", "in")


def quantity(node: Call, speaker: Speaker) -> str:
    """A quantity with its time and its conditions, as a noun phrase."""
    return _spaced(_subject(node, speaker), _time(node, speaker), _conditions(node, speaker))


def probability_of_none(node: Node, speaker: Speaker) -> str:
    """One minus a probability, as the probability of the opposite; empty where that has no simple words."""
    if not isinstance(node, Call) or node.function != "P" or len(node.args) != 1 or speaker.words.of_node(node):
        return ""
    opposite = speaker.event(Not(node.args[0]))
    if not opposite.noun or opposite.joined or not isinstance(node.args[0], Name):
        return ""
    return _spaced(f"the probability of {opposite.words}", _time(node, speaker), _conditions(node, speaker))


def pair(left: Node, right: Node, speaker: Speaker) -> tuple[str, str]:
    """Two numbers that are compared; the second is `the same` where it is the first under other conditions."""
    first, second = speaker.number(left, least=1), speaker.number(right, least=1)
    if not (isinstance(left, Call) and isinstance(right, Call) and left.function in QUANTITIES):
        return first, second
    if _core(left) != _core(right) or speaker.words.of_node(left) or speaker.words.of_node(right):
        return first, second
    shared = {(key, value) for key, value in left.named if (key, value) in right.named}
    before, after = (_conditions(_without(call, shared), speaker) for call in (left, right))
    return first if before else f"{first} as played", _spaced("the same", after or "as played")


def _without(node: Call, named: Collection[tuple[str, Node]]) -> Call:
    return Call(node.function, node.args, tuple(pair for pair in node.named if pair not in named))


def _core(node: Call) -> tuple[object, ...]:
    """What is asked, apart from the conditions under which."""
    return node.function, node.args, tuple(sorted((key, text(value)) for key, value in node.named if key in _TIMES))


def _subject(node: Call, speaker: Speaker) -> str:
    own = speaker.words.of_node(Call(node.function, node.args))
    if own:
        return own
    argument = node.args[0] if node.args else Name("nothing")
    match node.function:
        case "P":
            return f"the probability {speaker.event(_at_its_stage(node, speaker)).after('of')}"
        case "N":
            return f"the expected number of times {speaker.event(_at_its_stage(node, speaker)).after('of')}"
    actor, *rest = text(argument).split(".")
    owner = speaker.words.of(actor) or plain(actor)
    if node.function == "E":
        return f"{possessive(owner)} expected payoff" + (f" from {plain(rest[0])}" if rest else "")
    at = f" at {quoted(rest[0])}" if len(rest) > 1 else ""
    return f"what {owner} expects from {quoted(rest[-1] if rest else actor)}{at}"


def _at_its_stage(node: Call, speaker: Speaker) -> Node:
    """The event, its moves without the stage where `at` says it too."""
    argument = node.args[0] if node.args else Name("nothing")
    stage = dict(node.named).get("at")
    if not isinstance(stage, Name):
        return argument
    here = {name: name.split(".") for name in names(argument) if name.count(".") == 2 and not speaker.words.of(name)}
    return rename(argument, {name: f"{parts[0]}.{parts[2]}" for name, parts in here.items() if parts[1] == stage.id})


def _time(node: Call, speaker: Speaker) -> str:
    named = dict(node.named)
    if node.function == "P" and node.args and _timeless(node.args[0], speaker):
        return ""
    if node.function in ("P", "N") and not named.keys() & {"by", "at"}:
        return _spaced(speaker.words.of("by=end"), _one_time("in", named.get("in"), speaker))
    return _spaced(*(_one_time(key, named.get(key), speaker) for key in _TIMES))


def _timeless(event: Node, speaker: Speaker) -> bool:
    parts = children(event)
    known = text(event) in speaker.words.timeless
    return known or (
        not isinstance(event, Comparison) and bool(parts) and all(_timeless(each, speaker) for each in parts)
    )


def _one_time(key: str, value: Node | None, speaker: Speaker) -> str:
    if value is None:
        return ""
    own = speaker.words.of(f"{key}={text(value)}")
    if own:
        return own
    match value:
        case Name("end"):
            return {"by": "by the end", "at": "at the end", "in": "in the last period"}[key]
        case Number(number):
            when = f"{number:.0f}" if number >= 1000 else f"period {number:g}"
            return {"by": f"by {when}", "at": f"at the end of {when}", "in": f"in {when}"}[key]
    return f"{key} {quoted(text(value))}"


def _conditions(node: Call, speaker: Speaker) -> str:
    """What is given and what is done, in the order in which a reader asks."""
    named = dict(node.named)
    said = []
    if "given" in named:
        said.append(f"given {speaker.event(named['given']).after('')}")
    for key, value in node.named:
        if key not in (*_TIMES, "given", "do", "regime"):
            scale: Scale = "percent" if key in speaker.words.shares else "plain"
            said.append(f"with {speaker.words.of(key) or plain(key)} at {speaker.number(value, scale)}")
    if "regime" in named:
        regime = text(named["regime"])
        known = speaker.words.of(f"regime={regime}")
        said.append(f"in the changed game in which {known}" if known else f"in the changed game {quoted(regime)}")
    if "do" in named:
        said.append(f"if {listed(_policies(named['do'], speaker))}")
    return " ".join(said)


def _policies(node: Node, speaker: Speaker) -> list[str]:
    if isinstance(node, Arithmetic) and node.operator == "+":
        return [*_policies(node.left, speaker), *_policies(node.right, speaker)]
    name = text(node)
    return [speaker.words.of(f"do={name}") or f"{quoted(name)} is imposed"]


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
