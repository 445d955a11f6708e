"""`facts.yaml`: the day of the text, its factual claims with their evidence, and figures that bear on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assay.errors import Problem, suggestion
from assay.ledger.claim import KINDS, ROUTES, WEIGHTS, Claim, Figure, Item, Point, Probe
from assay.ledger.knowledge import Known, derived, stated
from assay.ledger.missing import Missing
from assay.ledger.node import Node, read_document
from assay.ledger.place import Place
from assay.ledger.read_check import read_check
from assay.ledger.source import ALWAYS, Source

NAME = "facts.yaml"
LONGEST_QUOTE = 12
"""Words that a quotation may have."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Claims:
    """What `facts.yaml` says."""

    day: date | None = None
    """The day that the text speaks of as today."""
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Ids of propositions that are judged otherwise, and how."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Indicators in words."""
    stale_after: int | None = None
    """Days after which a source should be looked at again; None where the file leaves that open."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where `dated` stands, and each id of `elsewhere`; the file's first line under an empty name."""


def read_claims(
    folder: Path,
    sources: Mapping[str, Source],
    problems: list[Problem],
    missing: Missing | None = None,
    *,
    indicators: Collection[str] | None = None,
) -> Claims:
    """The claims of a folder; none where it has no `facts.yaml`. Sources that are not there go to `missing`.

    Nothing is said of indicators that are not there where `indicators` is None.
    """
    if not (folder / NAME).exists():
        return Claims()
    node = read_document(folder / NAME, problems)
    if node is None:
        return Claims()
    node.mapping([], ["dated", "stale_after_days", "indicators", "claims", "figures", "elsewhere"])
    reader = _Reader(sources, missing or Missing(sources))
    listed = node["claims"].listed() if "claims" in node else []
    shown = node["figures"].listed() if "figures" in node else []
    claims = tuple(claim for claim in (reader.claim(item) for item in listed) if claim)
    figures = tuple(figure for figure in (reader.figure(item) for item in shown) if figure)
    return Claims(
        day=_day(node),
        claims=claims,
        figures=figures,
        elsewhere=_elsewhere(node, {claim.id for claim in claims}),
        words=_words(node, indicators),
        stale_after=_stale_after(node),
        places=_places(node),
    )


def _places(node: Node) -> dict[str, Place]:
    found = {"": Place(node.locator.file, 1, 1, "")}
    if "dated" in node:
        found["dated"] = node["dated"].at
    below = node["elsewhere"].value if "elsewhere" in node else None
    return found | {name: node["elsewhere"][name].at for name in (below if isinstance(below, dict) else ())}


def _day(node: Node) -> date | None:
    if "dated" not in node:
        return None
    found = node["dated"].day()
    return found.first if found else None


def _stale_after(node: Node) -> int | None:
    if "stale_after_days" not in node:
        return None
    number = node["stale_after_days"].number()
    if number < 1 or number != int(number):
        node["stale_after_days"].note(f"{number:g}", "a whole number of days, 1 or more")
    return int(number)


def _words(node: Node, indicators: Collection[str] | None) -> dict[str, str]:
    if "indicators" not in node:
        return {}
    below = node["indicators"]
    if not isinstance(below.value, dict):
        below.note(f"{below.value!r}", "a mapping from indicators to words")
        return {}
    for name in below.value:
        if indicators is not None and name not in indicators:
            expected = suggestion(name, indicators) or "an indicator of facts.csv"
            below[name].note(f"an indicator that no fact has, {name!r}", expected, key=True)
    return {name: below[name].text() for name in below.value}


def _elsewhere(node: Node, judged: set[str]) -> dict[str, str]:
    if "elsewhere" not in node:
        return {}
    below = node["elsewhere"]
    if not isinstance(below.value, dict):
        below.note(f"{below.value!r}", "a mapping from ids to: " + ", ".join(ROUTES))
        return {}
    for name in below.value:
        if name in judged:
            below[name].note(f"{name!r}, which is among the claims too", "one of the two", key=True)
    return {name: below[name].choice(ROUTES, "the route") for name in below.value}


class _Reader:
    """Reads claims and remembers the ids that were there."""

    def __init__(self, sources: Mapping[str, Source], missing: Missing) -> None:
        self.sources, self.missing = sources, missing
        self.ids: set[str] = set()

    def claim(self, node: Node) -> Claim | None:
        if not node.mapping(["id", "kind", "says", "points"], ["quote", "relevance", "note"]):
            return None
        quote = node["quote"].text() if "quote" in node else ""
        if len(quote.split()) > LONGEST_QUOTE:
            node["quote"].note(f"{len(quote.split())} words", f"a quotation of at most {LONGEST_QUOTE}")
        points = [self._point(item) for item in node["points"].listed()]
        if not points:
            node["points"].note("no points", "at least one thing that the sentence says, with its evidence", key=True)
        return Claim(
            id=self._id(node),
            kind=node["kind"].choice(KINDS, "the kind"),
            quote=quote,
            says=node["says"].text(),
            points=tuple(point for point in points if point),
            relevance=_text(node, "relevance"),
            note=_text(node, "note"),
            at=node.at,
        )

    def figure(self, node: Node) -> Figure | None:
        if not node.mapping(["id", "says"], ["check", "unknown", "note", "claims"]):
            return None
        if ("check" in node) == ("unknown" in node):
            node.note("neither check nor unknown" if "check" not in node else "both check and unknown", "one of them")
        check = read_check(node["check"], compared=False) if "check" in node else None
        claims = node["claims"].texts() if "claims" in node else ()
        unknown, note = _text(node, "unknown"), _text(node, "note")
        return Figure(self._id(node), node["says"].text(), check, unknown, note, claims, node.at)

    def _id(self, node: Node) -> str:
        name = node["id"].text()
        if not _ID.fullmatch(name):
            node["id"].note(f"the id {name!r}", "a letter, then letters, digits, `_` and `-`")
        elif name in self.ids:
            node["id"].note(f"the id {name!r} again", "each id once")
        self.ids.add(name)
        return name

    def _point(self, node: Node) -> Point | None:
        if not node.mapping(["says"], ["detail", "for", "against", "checks"]):
            return None
        sides = [(side, item) for side in ("for", "against") if side in node for item in node[side].listed()]
        items = [self._item(item, side) for side, item in sides]
        probes = [self._probe(item) for item in node["checks"].listed()] if "checks" in node else []
        return Point(
            says=node["says"].text(),
            detail=node["detail"].yes() if "detail" in node else False,
            items=tuple(item for item in items if item),
            probes=tuple(probe for probe in probes if probe),
        )

    def _item(self, node: Node, side: str) -> Item | None:
        if not node.mapping(["note"], ["source", "weight", "done", "known_from", "known_because"]):
            return None
        weight = node["weight"].choice(WEIGHTS, "the weight") if "weight" in node else "decides"
        if side == "for" and weight == "qualifies":
            node["weight"].note("evidence for a point that qualifies it", "decides or context; or put it in against")
        name = _text(node, "source")
        source = self.sources.get(name)
        self.missing.cited([name] if name else [], node["source"].warning if name else node.warning)
        return Item(side, name, node["note"].text(), weight, _known(node, source), node.at)

    def _probe(self, node: Node) -> Probe | None:
        if not node.mapping(["check"], ["note", "if_false"]):
            return None
        weight = node["if_false"].choice(WEIGHTS, "the weight") if "if_false" in node else "decides"
        check = read_check(node["check"])
        return Probe(check, _text(node, "note"), weight) if check else None


def _known(node: Node, source: Source | None) -> Known:
    done = node["done"].date() if "done" in node else None
    if "known_from" not in node:
        if "known_because" in node:
            node["known_because"].note("a reason without a day", "the day, in known_from", key=True)
        return derived([source] if source else [], done)
    if "known_because" not in node:
        node["known_from"].note("a day without a reason", "the reason, in known_because", key=True)
    always = node["known_from"].value == ALWAYS
    return stated(None if always else node["known_from"].date(), _text(node, "known_because"))


def _text(node: Node, name: str) -> str:
    return node[name].text() if name in node else ""
