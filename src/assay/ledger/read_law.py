"""Questions that a treaty answers, read from YAML. Which names law knows `law_names` says."""

from __future__ import annotations

from datetime import date

from assay.ledger import check as c
from assay.ledger.node import Node
from assay.ledger.when import When, on

QUESTIONS = ("standing", "may", "since", "exit", "parties")
"""The words that ask them."""


def named(node: Node, what: str) -> tuple[str, ...]:
    """At least one name."""
    names = node.texts()
    if not names:
        node.note(f"no {what}", f"at least one {what}", key=True)
    return names


def standing(node: Node) -> c.Question | None:
    """Of which standing each of several states is on a day."""
    if not node.mapping(["treaty", "actors", "on"]):
        return None
    return c.Standing(node["treaty"].text(), named(node["actors"], "actor"), _day(node["on"]))


def may(node: Node) -> c.Question | None:
    """Whether a treaty permits an act."""
    if not node.mapping(["treaty", "act", "actor", "on"], ["to", "role"]):
        return None
    texts = {name: node[name].text() for name in ("treaty", "act", "actor", "to", "role") if name in node}
    return c.May(on=_day(node["on"]), **texts)


def since(node: Node) -> c.Question | None:
    """Since when a state has the standing it has on a day."""
    if not node.mapping(["treaty", "actor", "on"]):
        return None
    return c.Since(node["treaty"].text(), node["actor"].text(), _day(node["on"]))


def exit(node: Node) -> c.Question | None:
    """When a notice takes effect."""
    if not node.mapping(["treaty", "notice"], ["actor"]):
        return None
    return c.Exit(node["treaty"].text(), _day(node["notice"]), node["actor"].text() if "actor" in node else "")


def parties(node: Node) -> c.Question | None:
    """How many states are bound."""
    if not node.mapping(["treaty", "on"]):
        return None
    return c.Parties(node["treaty"].text(), _day(node["on"]))


def _day(node: Node) -> When:
    return node.day() or on(date.min)
