"""Riders in words: every one in full beside an opened claim, and in few words beside its entry in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assay.case.claims import Claim
from assay.claims.verdict import Rider, Verdict
from assay.report.equilibria import nothing_compared, standing
from assay.report.numbers import share
from assay.report.view import Face, View
from assay.report.words import listed, sentence

KINDS: Mapping[str, tuple[str, str]] = {
    "modelling constant": (
        "rests on a modelling constant",
        "The first hinge is a constant of the method, such as precision or discount, and not a matter of fact.",
    ),
    "uninformative": (
        "uninformative",
        "The verdict is the same in the null run, in which nobody pursues an interest.",
    ),
    "by construction": (
        "by construction",
        "No path of the game leads from the changed move to the outcome: no draw could have said otherwise.",
    ),
    "assumed": ("assumed", "The test speaks of assumptions alone: it says what follows from the ranges given."),
    "unresolved": ("unresolved draws", "The solver missed its residual in some draws; they are counted in."),
    "selection": (
        "another selection",
        "What another rule for selecting the solution says of the same draws, as far as it solves them.",
    ),
    "equilibria": (
        "several equilibria",
        "Other starts lead to other solutions of the same game, or to none; whether the verdict depends on which.",
    ),
    "precision curve": (
        "precision curve",
        "The share when the actors follow their interest more or less sharply.",
    ),
    "grid": (
        "the grid of beliefs",
        "What a sample of the draws says when beliefs are kept on more nodes, or on nodes that reach further.",
    ),
    "learning": ("learning", "What a sample of the draws says if nobody drew conclusions from the others’ moves."),
    "misperception": (
        "misperception",
        "What a sample of the draws says if nobody misread numbers or was mistaken about the others at the start.",
    ),
    "vacuous": ("vacuous draws", "In some draws there is nothing to compare; shares are those of the rest."),
    "floor": ("below the floor", "Numbers too small to compare; no ratio of them is taken."),
    "relative": (
        "in proportion to the base rate",
        "What the share is when a change is measured by the base rate, not in points.",
    ),
    "wide reading": ("wide reading band", "Much lies between the strict and the loose reading of the hedge words."),
    "premise": ("premise", "A premise of the author without which the claim holds as often, or oftener."),
}
"""Kinds of rider in the order of their weight, with a name and what it means."""


SCARCE = 0.01
"""Up to this share of unresolved draws the head of the ledger says enough."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A rider's words, with the perspectives that it concerns."""

    kind: str
    who: str
    """Empty where it concerns all."""
    text: str


MOVED = 0.1
"""A share that moves by more than this under a change of the solution is worth a line of its own."""

Found: TypeAlias = list[tuple[Face, Rider]]
"""The riders of one kind beside one claim, in the order of the perspectives."""
Short: TypeAlias = Callable[[Found, int], str]


def in_full(view: View, claim: Claim) -> list[Remark]:
    """Every rider of a claim, the same words said once, the weightiest first."""
    pairs = view.verdicts(claim.id)
    words: dict[tuple[str, str], list[str]] = {}
    for face, verdict in pairs:
        for rider in _weighed(view, verdict):
            words.setdefault((rider.kind, rider.text), []).append(face.short)
    lines = [
        Remark(kind, "" if len(names) == len(pairs) else listed(names), sentence(text))
        for (kind, text), names in words.items()
    ]
    return sorted(lines, key=lambda line: _weight(line.kind))


def _weighed(view: View, verdict: Verdict) -> list[Rider]:
    """The riders of a verdict, without unresolved draws so few that the head of the ledger says enough of them."""
    few = verdict.unresolved <= SCARCE * view.draws_each
    return [rider for rider in verdict.riders if not (few and rider.kind == "unresolved")]


def in_short(view: View, claim: Claim) -> list[Remark]:
    """What the ledger says: one line for each kind that bears on the verdict, in few words."""
    pairs = view.verdicts(claim.id)
    kinds: dict[str, Found] = {}
    for face, verdict in pairs:
        for rider in _weighed(view, verdict):
            kinds.setdefault(rider.kind, []).append((face, rider))
    lines = []
    for kind in sorted(kinds, key=_weight):
        text = _SHORT.get(kind, _whole)(kinds[kind], len(pairs))
        if text:
            lines.append(Remark(kind, "", text))
    return lines


def _weight(kind: str) -> int:
    return list(KINDS).index(kind) if kind in KINDS else len(KINDS)


def _names(found: Found, everybody: int) -> str:
    """` for Author and Union`, or nothing where it is so for all."""
    return "" if len(found) == everybody else f" for {listed(face.short for face, _ in found)}"


def _with(found: Found, test: Callable[[Mapping[str, Any]], object]) -> Found:
    """Those whose numbers pass a test; a rider without numbers passes."""
    return [(face, rider) for face, rider in found if not rider.data or test(rider.data)]


def _whole(found: Found, everybody: int) -> str:
    """The rider's own words, where it says the same for all that have it; else its name."""
    texts = dict.fromkeys(rider.text for _, rider in found)
    if len(texts) == 1:
        who = "" if len(found) == everybody else f"{listed(face.short for face, _ in found)}: "
        return who + sentence(next(iter(texts)))
    return KINDS.get(found[0][1].kind, (found[0][1].kind, ""))[0] + _names(found, everybody)


def _constant(found: Found, everybody: int) -> str:
    roles = dict.fromkeys(role for _, rider in found for role in rider.data.get("roles", ()))
    named = f" ({listed(roles)})" if roles else ""
    return f"rests on a modelling constant{named}{_names(found, everybody)}"


def _uninformative(found: Found, everybody: int) -> str:
    return f"uninformative{_names(found, everybody)}: the same word where nobody pursues an interest"


def _shares(words: str, least: float = 0.0, key: str = "share") -> Short:
    """`words 21%, 28% and 36%`, in the order of the perspectives, named where some have none; nothing below `least`."""

    def short(found: Found, everybody: int) -> str:
        known = [(face, rider.data[key]) for face, rider in found if isinstance(rider.data.get(key), float)]
        if not known:
            return _whole(found, everybody)
        if max(value for _, value in known) < least:
            return ""
        said = [share(value) for _, value in known]
        if len(set(said)) == 1 and len(known) == everybody:
            return f"{words} {said[0]} of the draws"
        if len(known) == everybody:
            return f"{words} {listed(said)}"
        return f"{words} " + listed(f"{text} for {face.short}" for text, (face, _) in zip(said, known, strict=True))

    return short


def _wide(found: Found, everybody: int) -> str:
    turned = [pair for pair in found if pair[1].data.get("reversed")]
    plain = [pair for pair in found if not pair[1].data.get("reversed")]
    parts = [f"wide reading band{_names(plain, everybody)}"] if plain else []
    parts += [f"the strict reading holds oftener than the loose one{_names(turned, everybody)}"] if turned else []
    return "; ".join(parts)


def _equilibria(found: Found, everybody: int) -> str:
    """`depends on which equilibrium for Union: holds or contested`, or `the same on every one found, from 6 starts`."""
    groups: dict[tuple[str, str], Found] = {}
    for face, rider in found:
        groups.setdefault(standing(rider.data), []).append((face, rider))
    return "; ".join(f"{said}{_names(of, everybody)}{more}" for (said, more), of in groups.items() if said)


def _grid(found: Found, everybody: int) -> str:
    """Where another grid says otherwise in some draw."""
    grids = [(face, rider.data["grids"]) for face, rider in found if rider.data.get("grids")]
    moved = [(face, most) for face, each in grids if (most := max(grid["differ"] or 0.0 for grid in each)) > 0]
    if not moved:
        none = [(face, rider) for face, rider in found if all(map(nothing_compared, rider.data.get("grids", ({},))))]
        return _not_compared("another grid of beliefs", none, everybody)
    said = [share(value) for _, value in moved]
    if len(moved) == everybody and len(set(said)) == 1:
        said = said[:1]
    elif len(moved) < everybody:
        said = [f"{text} (for {face.short})" for text, (face, _) in zip(said, moved, strict=True)]
    return f"on another grid of beliefs up to {listed(said)} of the draws audited turn"


def _without(words: str) -> Short:
    """Where the word of the audited draws would be another; of shares that move far under the same word the shares."""

    def short(found: Found, everybody: int) -> str:
        groups: dict[str, Found] = {}
        for face, rider in found:
            data = rider.data
            if nothing_compared(data):
                groups.setdefault(f"not compared {words}", []).append((face, rider))
            if data.get("other") is None:
                continue
            if data["word"] != data["other"]:
                said = f"{words} the sample’s word would be {data['other']}, not {data['word']},"
                groups.setdefault(said, []).append((face, rider))
            elif far := _far(data):
                groups.setdefault(f"{words} it would hold{far}", []).append((face, rider))
        return "; ".join((said + _names(of, everybody)).rstrip(",") for said, of in groups.items())

    return short


def _far(data: Mapping[str, Any]) -> str:
    """The share that moves far, of the strict reading if it is that one; nothing where neither does."""
    for prefix, read in (("", ""), ("loose_", ", read loosely,")):
        here, there = data.get(f"{prefix}with", 0.0), data.get(f"{prefix}without", 0.0)
        if abs(there - here) > MOVED:
            return f"{read} in {share(there)} instead of {share(here)}"
    return ""


def _selection(found: Found, everybody: int) -> str:
    moved = _with(found, lambda data: data.get("selected") != data.get("other"))
    none = [(face, rider) for face, rider in found if nothing_compared(rider.data)]
    said = f"another rule of selection gives another word{_names(moved, everybody)}" if moved else ""
    return "; ".join(filter(None, [said, _not_compared("another rule of selection", none, everybody)]))


def _not_compared(way: str, none: Found, everybody: int) -> str:
    """For whom a way could be compared in no draw; nothing where it could for all."""
    return f"not compared with {way}{_names(none, everybody)}" if none else ""


def _precision(found: Found, everybody: int) -> str:
    noisy = _with(found, lambda data: data.get("noise"))
    if not noisy:
        return ""
    sharper = [(face.short, _at_four(rider.data)) for face, rider in noisy]
    shares = [f"{share(value)} for {name}" for name, value in sharper if value is not None]
    if not shares:
        return f"driven by noise{_names(noisy, everybody)}"
    return f"driven by noise: with actors four times as precise it holds in {listed(shares)}"


def _at_four(data: Mapping[str, Any]) -> float | None:
    """The share at four times the precision; keys are text in a stored run."""
    shares = data.get("strict") or {}
    return next((float(value) for scale, value in shares.items() if float(scale) == 4), None)


def _premise(found: Found, everybody: int) -> str:
    """`premise C20 does no work for Author`, in the words of the riders."""
    done: dict[str, Found] = {}
    for face, rider in found:
        name, text = str(rider.data.get("premise", "")), rider.text
        what = next((words for words in _WORK if words in text), "does no work")
        done.setdefault(f"premise {name} {what}" if name else f"a premise {what}", []).append((face, rider))
    return "; ".join(what + _names(pairs, everybody) for what, pairs in done.items())


_WORK = ("works against it", "does no work", "is not seen to do any work")


def _unresolved(found: Found, everybody: int) -> str:
    return f"unresolved draws{_names(found, everybody)}"


_SHORT: Mapping[str, Short] = {
    "modelling constant": _constant,
    "uninformative": _uninformative,
    "vacuous": _shares("vacuous in", 0.01),
    "floor": _shares("below the floor in", 0.05),
    "relative": _shares("in proportion to the base rate it holds in"),
    "wide reading": _wide,
    "equilibria": _equilibria,
    "selection": _selection,
    "precision curve": _precision,
    "premise": _premise,
    "grid": _grid,
    "learning": _without("without learning from moves"),
    "misperception": _without("without misperception"),
    "unresolved": _unresolved,
}
