"""The findings of a run as sentences, each true of any run by the way it is made: counted, then worded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assay.case.claims import Claim
from assay.report.measures import Measure, measure
from assay.report.numbers import FLOOR, counted, plain, probability, share, whole
from assay.report.view import Face, View
from assay.report.words import SIDES, clipped, initial, listed, many, quoted, some, verb

FAR = 3.0
"""Medians that differ by this factor are called far apart."""
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
    paragraphs = ([finding for finding in part if finding] for part in (main, [*rest, undecided(view)]))
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
    count = len(claims)
    held = len(holding(view, claims, author))
    ids = tuple(claim.id for claim in claims)
    if count == 1:
        word = "holds or mostly holds" if held else "does not hold in most draws"
        text = f"The one test of {author.mid} {word} under that party’s own assumptions"
    else:
        first = "all" if held == count else counted(held) if held else "none"
        text = f"Of {counted(count)} tests of {author.mid}, {first} {verb(held, 'holds', 'hold')} or mostly "
        text += f"{verb(held, 'holds', 'hold')} under that party’s own assumptions"
    others = [face for face in view.faces if face.key != author.key]
    parts = [f"{_many_held(len(holding(view, claims, face)))} under those of {face.mid}" for face in others]
    if others and count > 1:
        text += ", " + listed(parts)
    elif others:
        agree = [face.mid for face in others if holding(view, claims, face)]
        text += f"; of the other perspectives, {'it does for ' + listed(agree) if agree else 'for none it does'}"
    return Finding("own", text + ".", ids)


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
    text = f"{initial(counted(count))} {verb(count, 'test changes', 'tests change')} sides with the perspective"
    if gap > 0:
        text += f", {name(most)} {'' if count == 1 else 'the most'}".rstrip()
        text += f": read strictly it holds in {_share(view, most, high)} of the draws of {high.mid} and in "
        text += f"{_share(view, most, low)} of those of {low.mid}"
    return Finding("parted", text + ".", tuple(claim.id for claim in claims))


def _share(view: View, claim: Claim, face: Face) -> str:
    verdict = view.verdict(claim.id, face.key)
    return share(verdict.strict.share if verdict else None)


def name(claim: Claim) -> str:
    """A claim as a sentence names it: its id and its words."""
    return f"{claim.id} ({quoted(clipped(claim.quote, 48))})" if claim.quote else claim.id


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
    base, effect = pair.base_factor, pair.relative_factor
    say = probability if pair.measure.sort in ("probability", "difference") else plain
    rate = f"the base rate of the median draw is {_between(view, pair.base, say)}"
    change = f"in proportion to it the median change is {_between(view, pair.relative, share)}"
    differ = f"In {claim.id} the perspectives differ"
    if base >= FAR and effect <= NEAR:
        text = f"{differ} over the base rate, much less over the effect: {rate}, and {change}."
    elif effect >= FAR and base <= NEAR:
        text = f"{differ} over the effect, much less over the base rate: {rate}, and {change}."
    elif base >= FAR and effect >= FAR:
        text = f"{differ} over the base rate and over the effect: {rate}, and {change}."
    elif base <= NEAR and effect <= NEAR:
        text = f"{differ} little over the base rate and over the effect: {rate}, and {change}."
    else:
        text = f"In {claim.id} {rate}, and {change}."
    return Finding("bases", text, (claim.id,))


def _between(view: View, values: dict[str, float], say: Callable[[float], str]) -> str:
    ordered = sorted(values, key=lambda key: values[key])
    low, high = ordered[0], ordered[-1]
    if say(values[low]) == say(values[high]):
        return f"{say(values[low])} for all"
    return f"from {say(values[low])} for {view.face(low).mid} to {say(values[high])} for {view.face(high).mid}"


def against_own(view: View, author: Face) -> Finding | None:
    """The author's tests that fail or mostly fail under the author's own assumptions."""
    claims = view.own(author.key)
    failed = [claim for claim in claims if side(view, claim, author) == -1]
    if not failed:
        return Finding("against own", f"No test of {author.mid} fails under that party’s own assumptions.")
    named = some([name(claim) for claim in failed], 3)
    count = f"{initial(many(len(failed), 'test'))} {verb(len(failed), 'does', 'do')}"
    text = f"{count} not follow even from {_possessive(author)} own assumptions: {named}."
    return Finding("against own", text, tuple(claim.id for claim in failed))


def _possessive(face: Face) -> str:
    return f"{face.mid}’" if face.mid.endswith("s") else f"{face.mid}’s"


def joint(view: View, author: Face) -> Finding | None:
    """In what share of the author's draws all of the author's tests hold together."""
    found = view.run.consistency.get(author.key)
    ids = tuple(found.get("alone", {})) if found else ()
    if not found or len(ids) < 2:
        return None
    strict, loose = float(found["strict"]), float(found["loose"])
    all_of = f"{all_of_them(len(ids), len(view.own(author.key)))} hold together"
    if loose == 0:
        text = f"In none of the {whole(view.draws_each)} draws of {author.mid} do {all_of}, even read loosely."
    elif strict == 0:
        text = f"In none of the draws of {author.mid} do {all_of} read strictly, and in {share(loose)} read loosely."
    else:
        text = (
            f"In {share(strict)} of the draws of {author.mid} {all_of} read strictly, in {share(loose)} read loosely."
        )
    return Finding("joint", text, ids)


def all_of_them(count: int, tests: int) -> str:
    """An author's tests, where all are tried together; sentences, where further readings of one stay out."""
    every = "both" if count == 2 else f"all {counted(count)}"
    return f"{every} tests" if count == tests else f"{every} sentences, each in one reading,"


def undecided(view: View) -> Finding | None:
    """The claims of which some perspective's draws say nothing, and those that turn on the reading."""
    vacuous = _with_word(view, "vacuous")
    reading = _with_word(view, "turns on the reading")
    parts = []
    if vacuous:
        parts.append(
            f"{some([claim.id for claim in vacuous])} {verb(len(vacuous), 'is', 'are')} vacuous for some perspective"
        )
    if reading:
        turns = verb(len(reading), "turns", "turn")
        parts.append(f"{some([claim.id for claim in reading])} {turns} on how the hedge words are read")
    if not parts:
        return None
    ids = tuple(claim.id for claim in (*vacuous, *reading))
    return Finding("undecided", initial(listed(parts)) + ".", ids)


def _with_word(view: View, word: str) -> list[Claim]:
    return [claim for claim in view.tests if any(verdict.word == word for _, verdict in view.verdicts(claim.id))]
