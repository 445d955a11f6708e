"""Tests, hinges and riders of a claim in words."""

from __future__ import annotations

from dataclasses import dataclass

from assay.case.claims import BothReadings, Claim
from assay.claims.verdict import Rider
from assay.explore.hinge import Hinge
from assay.report.numbers import plain, share
from assay.report.view import Face, View
from assay.report.words import grouped, listed, mid, sentence

RIDERS: dict[str, tuple[str, str]] = {
    "modelling constant": (
        "rests on a modelling constant",
        "The first hinge is a constant of the method, such as precision or discount, and not a matter of fact.",
    ),
    "by construction": (
        "by construction",
        "No path of the game leads from the changed move to the outcome: no draw could have said otherwise.",
    ),
    "uninformative": (
        "uninformative",
        "The verdict is the same in the null run, in which nobody pursues an interest.",
    ),
    "assumed": ("assumed", "The claim restates a range that its author set."),
    "vacuous": ("vacuous draws", "In some draws there is nothing to compare; shares are those of the rest."),
    "relative": (
        "read in proportion",
        "What the verdict is when a change is measured by the base rate, not in points.",
    ),
    "wide reading": ("wide reading band", "Much lies between the strict and the loose reading of the hedge words."),
    "equilibria": ("several equilibria", "Another solution of the same game would give another verdict or share."),
    "selection": ("belongs to a selection", "The solution was selected by a rule; the rule is named."),
    "precision curve": (
        "moves with precision",
        "The share changes when the actors follow their interest more or less sharply.",
    ),
    "unresolved": ("unresolved draws", "The solver missed its residual in some draws; they are counted in."),
    "floor": ("below the floor", "Numbers too small to compare; no ratio of them is taken."),
    "premise": ("premise", "What a premise of the author does for the claim."),
}
"""Kinds of rider in the order of their weight, with a name and what it means."""


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


@dataclass(frozen=True, slots=True)
class RiderLine:
    """A remark beside a verdict, with the perspectives that it concerns."""

    kind: str
    who: str
    text: str


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
        groups.setdefault((hinges[0].assumption, hinges[0].direction), []).append((face, hinges))
    lines = []
    for (name, direction), members in groups.items():
        everybody = len(members) == len(view.verdicts(claim.id))
        who = "" if everybody else listed(face.short for face, _ in members)
        lines.append(HingeLine(who, view.meaning(name), direction, _then(view, members[-1][1])))
    return lines


def _then(view: View, hinges: tuple[Hinge, ...]) -> str:
    return f"Then {mid(view.means(hinges[1].assumption))} ({hinges[1].direction})." if len(hinges) > 1 else ""


def _no_hinge(view: View, claim: Claim) -> str:
    shares = [verdict.strict.share for _, verdict in view.verdicts(claim.id) if verdict.draws]
    if shares and min(shares) == 1:
        return "None: it holds in every draw."
    if shares and max(shares) == 0:
        return "None: it fails in every draw."
    if shares and min(shares) >= 0.97:
        return "None: it holds in all but a few draws."
    if shares and max(shares) <= 0.03:
        return "None: it fails in all but a few draws."
    return "No assumption stands out from the noise."


def hinge_text(view: View, hinge: Hinge) -> str:
    """A hinge with the value where it turns and the shares on either side."""
    turn = f"{plain(hinge.turn, 2)}{unit_words(view.unit(hinge.assumption))}"
    return f"below {turn} it holds in {share(hinge.low)} of the draws, above in {share(hinge.high)}"


def unit_words(unit: str) -> str:
    """A unit as it follows a number: ` utils`, ` a year`; empty for a pure number."""
    if unit in ("", "1", "probability", "share", "log-odds"):
        return ""
    if unit.startswith("util"):
        return " utils"
    return {"1/year": " a year", "1/util": " per util", "year": " years"}.get(unit, f" {unit}")


def rider_lines(view: View, claim: Claim) -> list[RiderLine]:
    """The riders of a claim, the same remark said once, the weightiest first."""
    found: dict[tuple[str, str], list[str]] = {}
    pairs = view.verdicts(claim.id)
    for face, verdict in pairs:
        for rider in verdict.riders:
            found.setdefault((rider.kind, rider.text), []).append(face.short)
    order = list(RIDERS)
    lines = []
    for (kind, text), names in found.items():
        who = "" if len(names) == len(pairs) else listed(names)
        lines.append(RiderLine(kind, who, sentence(text)))
    return sorted(lines, key=lambda line: order.index(line.kind) if line.kind in order else len(order))


def rider_name(rider: Rider) -> str:
    """The name of a rider's kind."""
    return RIDERS.get(rider.kind, (rider.kind, ""))[0]


def verdict_groups(view: View, claim: Claim) -> str:
    """`holds for X and Y; mostly fails for Z`, or `holds under every perspective`."""
    pairs = view.verdicts(claim.id)
    groups = grouped((verdict.word, face.mid) for face, verdict in pairs)
    if len(groups) == 1:
        word = next(iter(groups))
        if len(pairs) == 1:
            return f"{said(word)} for {pairs[0][0].mid}"
        both = "both perspectives" if len(pairs) == 2 else "every perspective"
        return f"{said(word)} under {both}"
    return "; ".join(f"{said(word)} for {listed(names)}" for word, names in groups.items())


def said(word: str) -> str:
    """A verdict word as a verb phrase."""
    return f"is {word}" if word in ("contested", "vacuous") else word
