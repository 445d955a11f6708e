"""Truths as words: events and conditions, joined and negated, with no more brackets than a reader needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assay.formula.ast import Choice, Comparison, Logic, Name, Node, Not
from assay.formula.comparisons import comparison
from assay.formula.phrases import Event, Speaker, Words, listed, plain, quoted, without_article
from assay.formula.text import text

_OPPOSITE: Mapping[str, Literal["==", "!="]] = {"==": "!=", "!=": "=="}
_LONG = 80
"""Clauses with more characters than this are set apart by a comma."""


def event(node: Node, speaker: Speaker) -> Event:
    """A truth in words."""
    own = _own_words(node, speaker.words)
    if own is not None:
        return own
    match node:
        case Name():
            return _name(node, speaker.words)
        case Not(operand):
            return _negated(operand, speaker)
        case Logic():
            return _joined(node, speaker)
        case Comparison():
            return Event(comparison(node, speaker))
        case Choice(condition, then, otherwise):
            first, second = speaker.event(then).clause, speaker.event(otherwise).clause
            return Event(f"{first} if {speaker.event(condition).clause}, otherwise {second}", joined="or")
    return Event(f"{speaker.number(node)} is true")


def _own_words(node: Node, words: Words) -> Event | None:
    """What the case calls it: a noun for a tag, else a clause; words that begin with `that` are a clause too."""
    tag = isinstance(node, Name) and "." not in node.id
    own = words.of(f"event {text(node)}") if tag else words.of_node(node)
    if not own:
        return None
    return Event(own.removeprefix("that ")) if own.startswith("that ") else Event(own, noun=tag)


def _name(node: Name, words: Words) -> Event:
    actor, *rest = node.id.split(".")
    if not rest:
        return Event(quoted(node.id), noun=True)
    at = f" at {quoted(rest[0])}" if len(rest) > 1 else ""
    return Event(f"{words.of(actor) or plain(actor)} chooses {quoted(rest[-1])}{at}")


def _negated(node: Node, speaker: Speaker) -> Event:
    if isinstance(node, Not):
        return speaker.event(node.operand)
    if isinstance(node, Comparison) and node.operator in _OPPOSITE:
        opposite = Comparison(_OPPOSITE[node.operator], node.left, node.right)
        if speaker.words.of_node(opposite):
            return speaker.event(opposite)
    own = _own_words(node, speaker.words)
    found = own or speaker.event(node)
    if found.noun and not found.joined:
        return Event(f"no {without_article(found.words)}", noun=True)
    if own is None and isinstance(node, Comparison) and node.operator in _OPPOSITE:
        return speaker.event(Comparison(_OPPOSITE[node.operator], node.left, node.right))
    if own is None and isinstance(node, Logic):
        if found.noun and node.operator == "or":
            said = " nor ".join(speaker.event(part).words for part in node.operands)
            return Event(f"neither {said}", noun=True, joined="and")
        parts = tuple(Not(part) for part in node.operands)
        return speaker.event(Logic("or" if node.operator == "and" else "and", parts))
    return Event(f"it is not so that {found.clause}", joined=found.joined)


def _joined(node: Logic, speaker: Speaker) -> Event:
    parts = [(part, speaker.event(part)) for part in node.operands]
    if node.operator == "and" and all(found.noun and not found.joined for _, found in parts):
        return _with_and_without(parts, speaker)
    noun = all(found.noun for _, found in parts)
    said = [found.words if noun else found.clause for _, found in parts]
    if node.operator == "and":
        said = [f"({words})" if found.joined == "or" else words for words, (_, found) in zip(said, parts, strict=True)]
    return Event(listed(said, node.operator, apart=sum(map(len, said)) > _LONG), noun, node.operator)


def _with_and_without(parts: list[tuple[Node, Event]], speaker: Speaker) -> Event:
    """`a raid and a war without success`."""
    denied = [isinstance(part, Not) and not isinstance(part.operand, Not) for part, _ in parts]
    present = [found.words for (_, found), no in zip(parts, denied, strict=True) if not no]
    absent = [speaker.event(Not(part)).words for (part, _), no in zip(parts, denied, strict=True) if no]
    if not present:
        return Event(f"neither {' nor '.join(absent)}", noun=True, joined="and")
    without = f" without {listed([without_article(words) for words in absent], 'or')}" if absent else ""
    return Event(listed(present) + without, noun=True, joined="and")
