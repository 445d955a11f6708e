"""The findings of a run as sentences, each true of any run by the way it is made: counted, then worded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assay.case.claims import Claim
from assay.report.measures import Measure, measure
from assay.report.numbers import FLOOR, counted, plain, probability, proportion, share, whole
from assay.report.view import Face, View
from assay.report.words import SIDES, clipped, initial, some, verb

FAR = 3.0
"""Perspectives differ far more over one number than over another where the factor between them is so much larger."""
NEAR = 2.0
"""Medians within this factor are called close."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, what sort of finding it is and the claims it speaks of."""

    kind: str
    text: str
    claims: tuple[str, ...] = ()


def findings(view: View) -> list[list[Finding]]:
    """What was found, in paragraphs: on the author of most tests, then on the others."""
    authors = sorted(view.authors, key=lambda face: -len(view.own(face.key)))
    if not authors:
        return []
    first, *others = authors
    main = [own(view, first), parted(view), bases(view), against_own(view, first), joint(view, first)]
    rest = [finding for face in others for finding in (own(view, face), joint(view, face))]
    paragraphs = ([finding for finding in part if finding] for part in (main, rest))
    return [paragraph for paragraph in paragraphs if paragraph]


def side(view: View, claim: Claim, face: Face) -> int | None:
    """1 where the claim holds or mostly holds for the perspective, -1 where it fails or mostly fails, else 0."""
    verdict = view.verdict(claim.id, face.key)
    return None if verdict is None else SIDES.get(verdict.word, 0)


def holding(view: View, claims: list[Claim], face: Face) -> list[Claim]:
    """The claims that hold or mostly hold for a perspective."""
    return [claim for claim in claims if side(view, claim, face) == 1]


def own(view: View, author: Face) -> Finding:
    """How many of an author's tests hold under the author's own assumptions, and under the others'."""
    claims = view.own(author.key)
    count, held = len(claims), len(holding(view, claims, author))
    if count == 1:
        said = "holds or mostly holds" if held else "does not hold in most draws"
        text = f"The one test of {author.mid} {said} under that party’s own assumptions"
    else:
        text = f"{portion(held, count)} of {author.mid} hold or mostly hold under that party’s own assumptions"
        text += f" ({whole(held)} of {whole(count)})" if 0 < held < count else ""
    others = [(face, len(holding(view, claims, face))) for face in view.faces if face.key != author.key]
    return Finding("own", text + _elsewhere(others, held, count) + ".", tuple(claim.id for claim in claims))


def portion(held: int, count: int) -> str:
    """How many of several tests, in a word that is true of the count: `Most tests`, `Half the tests`."""
    if held == count:
        return "All tests"
    if held == 0:
        return "No tests"
    return "Most tests" if 2 * held > count else "Half the tests" if 2 * held == count else "Fewer than half the tests"


def _elsewhere(others: list[tuple[Face, int]], own: int, count: int) -> str:
    """How many of the tests hold under the perspective that differs most from the author's own."""
    if not others:
        return ""
    face, held = max(others, key=lambda each: abs(each[1] - own))
    same = all(each[1] == held for each in others)
    where = f"those of {face.mid}" if not same or len(others) == 1 else "those of every other perspective"
    return f", {_many_held(held)} under {where}" if count > 1 else f"; it {_does(held)} under {where}"


def _does(held: int) -> str:
    return "does" if held else "does not"


def _many_held(count: int) -> str:
    return counted(count) if count else "none"


def parted_claims(view: View) -> list[Claim]:
    """The claims that hold under one perspective and fail under another."""
    return [claim for claim in view.tests if {1, -1} <= {side(view, claim, face) for face in view.faces}]


def widest(view: View, claim: Claim) -> tuple[float, Face, Face]:
    """The largest difference of strict shares between two perspectives, with the higher and the lower one."""
    pairs = [(verdict.strict.share, face) for face, verdict in view.verdicts(claim.id) if verdict.draws]
    best = (0.0, view.faces[0], view.faces[0])
    for (one, first), (two, second) in combinations(pairs, 2):
        gap = abs(one - two)
        if gap > best[0]:
            best = (gap, first, second) if one > two else (gap, second, first)
    return best


def parted(view: View) -> Finding | None:
    """How many tests change sides between perspectives, and which the most."""
    if len(view.faces) < 2 or not view.tests:
        return None
    claims = parted_claims(view)
    if not claims:
        return Finding("parted", "No test changes sides between the perspectives.")
    most = max(claims, key=lambda claim: widest(view, claim)[0])
    gap, high, low = widest(view, most)
    count = len(claims)
    text = f"{initial(counted(count))} {verb(count, 'changes', 'change')} sides between perspectives"
    if gap > 0:
        text += f", {'' if count == 1 else 'most of all '}{name(most)}, which{_read(view, most, high, low)}"
        text += f" holds in {_of_draws(view, most, high)} for {high.mid} and {_of_draws(view, most, low)} for {low.mid}"
    return Finding("parted", text + ".", tuple(claim.id for claim in claims))


def _read(view: View, claim: Claim, *faces: Face) -> str:
    """Which reading the shares belong to, where it matters."""
    found = [verdict for face in faces if (verdict := view.verdict(claim.id, face.key))]
    return "" if all(share(each.strict.share) == share(each.loose.share) for each in found) else ", read strictly,"


def _of_draws(view: View, claim: Claim, face: Face) -> str:
    verdict = view.verdict(claim.id, face.key)
    value = verdict.strict.share if verdict else None
    return "every draw" if value == 1 else "no draw" if value == 0 else f"{share(value)} of draws"


def name(claim: Claim) -> str:
    """A claim as a sentence names it: its id and what it says."""
    return f"{claim.id} ({clipped(claim.says.strip().rstrip('.'), 64)})"


@dataclass(frozen=True, slots=True)
class Medians:
    """Medians over the draws of a contrast's base rate and of its change in proportion, by perspective."""

    claim: Claim
    measure: Measure
    base: dict[str, float]
    relative: dict[str, float]

    @property
    def base_factor(self) -> float:
        """Largest over smallest base rate."""
        return max(self.base.values()) / min(self.base.values())

    @property
    def relative_factor(self) -> float:
        """Largest over smallest change in proportion."""
        return max(self.relative.values()) / min(self.relative.values())


def medians(view: View, claim: Claim) -> Medians | None:
    """The medians of a contrast, where every perspective has them above the floor."""
    base: dict[str, float] = {}
    relative: dict[str, float] = {}
    for face, _ in view.verdicts(claim.id):
        for into, key in ((base, "base"), (relative, "relative")):
            values = view.quantity(claim.id, face.key, key)
            known = np.array([]) if values is None else np.abs(values[np.isfinite(values)])
            if known.size == 0:
                return None
            into[face.key] = float(np.median(known))
    if len(base) < 2 or min([*base.values(), *relative.values()]) < FLOOR:
        return None
    return Medians(claim, measure(view.case, claim), base, relative)


def bases(view: View) -> Finding | None:
    """Whether the perspectives differ over a base rate or over an effect, in the contrast on which they differ most."""
    contrasts = [claim for claim in view.tests if claim.kind == "contrast"]
    found = [(widest(view, claim)[0], claim, pair) for claim in contrasts if (pair := medians(view, claim))]
    if not found:
        return None
    _, claim, pair = max(found, key=lambda entry: entry[0])
    likely = pair.measure.sort in ("probability", "difference")
    rate = f"{'how likely the outcome is' if likely else 'the base rate'} "
    rate += f"(median {_between(pair.base, probability if likely else plain)})"
    change = f"the effect in proportion ({_between(pair.relative, proportion)})"
    base, effect = pair.base_factor, pair.relative_factor
    differ = f"In {claim.id} they differ"
    if base <= NEAR and effect <= NEAR:
        text = f"{differ} little over {rate} and over {change}."
    elif base >= FAR * effect:
        text = f"{differ} far more over {rate} than over {change}."
    elif effect >= FAR * base:
        text = f"{differ} far more over {change} than over {rate}."
    else:
        text = f"{differ} over {rate} and over {change}."
    return Finding("bases", text, (claim.id,))


def _between(values: dict[str, float], say: Callable[[float], str]) -> str:
    low, high = say(min(values.values())), say(max(values.values()))
    return low if low == high else f"{low} to {high}"


def against_own(view: View, author: Face) -> Finding | None:
    """The author's tests that fail or mostly fail under the author's own assumptions, the first with its words."""
    claims = view.own(author.key)
    failed = [claim for claim in claims if side(view, claim, author) == -1]
    if not failed:
        return Finding("against own", f"No test of {author.mid} fails under that party’s own assumptions.")
    first, *more = failed
    named = some([name(first), *(claim.id for claim in more)], 5)
    count = f"{initial(counted(len(failed)))} {verb(len(failed), 'fails or mostly fails', 'fail or mostly fail')}"
    text = f"{count} even under their author’s own assumptions: {named}."
    return Finding("against own", text, tuple(claim.id for claim in failed))


def joint(view: View, author: Face) -> Finding | None:
    """In what share of the author's draws all of the author's tests hold together."""
    found = view.run.consistency.get(author.key)
    ids = tuple(found.get("alone", {})) if found else ()
    if not found or len(ids) < 2:
        return None
    strict, loose = float(found["strict"]), float(found["loose"])
    every = all_of_them(len(ids), len(view.own(author.key)))
    if loose == 0:
        text = f"In none of that party’s {whole(view.draws_each)} draws do {every}, even read loosely."
    elif strict == 0:
        text = f"In none of that party’s draws do {every} read strictly, in {share(loose)} read loosely."
    else:
        text = f"In {share(strict)} of that party’s draws {every} read strictly, in {share(loose)} read loosely."
    return Finding("joint", text, ids)


def all_of_them(count: int, tests: int) -> str:
    """That an author's tests hold: all, or those tried together; a sentence's further readings may stay out."""
    every = "both" if count == 2 else f"all {counted(count)}"
    return f"{every} tests hold together" if count == tests else f"{every} tests that belong together hold"
