"""Tests, hinges and verdicts of a claim in words."""

from __future__ import annotations

from dataclasses import dataclass

from assay.case.claims import BothReadings, Claim
from assay.explore.hinge import Hinge
from assay.report.view import Face, View
from assay.report.words import grouped, listed, mid


@dataclass(frozen=True, slots=True)
class HingeLine:
    """One line of the ledger on what a verdict turns on."""

    who: str
    """The perspectives it speaks of; empty where it speaks of all."""
    what: str
    direction: str
    """`low` or `high`; empty where `what` says everything."""
    then: str
    """What comes second, as a sentence."""


def formulas(claim: Claim) -> list[str]:
    """The test as it stands in the case."""
    test = claim.holds_if
    if test is None:
        return []
    if isinstance(test, BothReadings):
        return [f"strict: {test.strict}", f"loose: {test.loose}"]
    return [str(test)]


def hinge_lines(view: View, claim: Claim) -> list[HingeLine]:
    """The first hinges by perspective, joined where they agree."""
    firsts = [(face, hinges) for face, _ in view.verdicts(claim.id) if (hinges := view.hinges(claim.id, face.key))]
    if not firsts:
        return [HingeLine("", _no_hinge(view, claim), "", "")]
    groups: dict[tuple[str, str], list[tuple[Face, tuple[Hinge, ...]]]] = {}
    for face, hinges in firsts:
        groups.setdefault((hinges[0].assumption, when(hinges[0])), []).append((face, hinges))
    lines = []
    for (name, direction), members in groups.items():
        everybody = len(members) == len(view.verdicts(claim.id))
        who = "" if everybody else listed(face.short for face, _ in members)
        lines.append(HingeLine(who, view.meaning(name), direction, _then(view, [hinges for _, hinges in members])))
    return lines


def when(hinge: Hinge) -> str:
    """Where the claim holds oftener: `low`, `high`, or which alternative it is or is not."""
    if not hinge.category:
        return hinge.direction
    named = hinge.category.replace("_", " ")
    return named if hinge.high > hinge.low else f"not {named}"


def _then(view: View, lists: list[tuple[Hinge, ...]]) -> str:
    """The second hinge, where it is the same for all of a group."""
    seconds = {(hinges[1].assumption, when(hinges[1])) if len(hinges) > 1 else None for hinges in lists}
    found = seconds.pop()
    return "" if found is None or seconds else f"Then {mid(view.means(found[0]))} ({found[1]})."


def _no_hinge(view: View, claim: Claim) -> str:
    shares = [verdict.strict.share for _, verdict in view.verdicts(claim.id) if verdict.draws]
    if shares and min(shares) == 1:
        return "No hinge: it holds in every draw."
    if shares and max(shares) == 0:
        return "No hinge: it fails in every draw."
    if shares and min(shares) >= 0.97:
        return "No hinge: it holds in all but a few draws."
    if shares and max(shares) <= 0.03:
        return "No hinge: it fails in all but a few draws."
    return "No assumption stands out from the noise."


def unit_words(unit: str) -> str:
    """A unit as it stands beside a name; empty where the name says it all."""
    return "" if unit in ("probability", "share") else unit


def verdict_groups(view: View, claim: Claim) -> str:
    """`holds for X and Y; mostly fails for Z`, or `holds under every perspective`."""
    pairs = view.verdicts(claim.id)
    groups = grouped((verdict.word, face.mid) for face, verdict in pairs)
    if len(groups) == 1:
        word = next(iter(groups))
        if len(pairs) == 1:
            return f"{word} for {pairs[0][0].mid}"
        both = "both perspectives" if len(pairs) == 2 else "every perspective"
        return f"{word} under {both}"
    return "; ".join(f"{word} for {listed(names)}" for word, names in groups.items())
