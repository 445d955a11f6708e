"""Riders: what has to be said beside a verdict, each a generated sentence with the numbers behind it.

The order is that of the report: what a verdict rests on first. Those on how the game was solved are in
`solution_riders`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assay.case.types import columns
from assay.claims.agenda import Agenda
from assay.claims.constants import assumptions_behind, modelling_constants
from assay.claims.construction import can_differ
from assay.claims.evidence import Evidence
from assay.claims.premises import Premise
from assay.claims.readers import FLOOR
from assay.claims.say import listed, of, percent, probability
from assay.claims.solution_riders import solution_riders
from assay.claims.trial import Trial, quantity_calls
from assay.claims.verdict import Rider, Truth, Verdict

KINDS = (
    "modelling constant",
    "uninformative",
    "by construction",
    "assumed",
    "unresolved",
    "selection",
    "equilibria",
    "precision curve",
    "grid",
    "learning",
    "misperception",
    "vacuous",
    "floor",
    "relative",
    "wide reading",
    "premise",
)
"""All kinds, in the order in which they are said."""
LITTLE = 0.1
"""A premise that raises the share by less than this for certain does no work."""
WIDE = 1 / 3
"""A strict and a loose share that are further apart make a wide band."""


def riders(asked: Agenda, found: Verdict, truth: Truth, evidence: Evidence) -> tuple[Rider, ...]:
    """Everything that belongs beside a verdict, from the truth of its claim in the perspective's draws."""
    each = next(trial for trial in asked.trials if trial.claim.id == found.claim)
    said = [
        *_modelling_constant(asked, each, evidence),
        *_by_construction(asked, each, truth),
        *_assumed(asked, each, truth, found, evidence),
        *solution_riders(found, evidence, by_assumption=not _asks_futures(each)),
        *_vacuous(truth, found),
        *_floor(truth),
        *_relative(each, truth),
        *_wide_reading(found),
        *_premises(found, evidence.premises),
    ]
    return tuple(sorted(said, key=lambda rider: KINDS.index(rider.kind)))


def _asks_futures(each: Trial) -> bool:
    return any(quantity_calls(node) for node in (each.strict, each.loose))


def _modelling_constant(asked: Agenda, each: Trial, evidence: Evidence) -> Iterator[Rider]:
    hinges = evidence.hinges.get(each.claim.id, ())
    roles = modelling_constants(asked.case).get(hinges[0]) if hinges else None
    if roles:
        name = hinges[0]
        means = columns(asked.case)[name].means.rstrip(".")
        text = f"Rests on a modelling constant: it turns first on {means} ({listed(sorted(roles))})."
        yield Rider("modelling constant", text, {"assumption": name, "roles": sorted(roles)})


def _by_construction(asked: Agenda, each: Trial, truth: Truth) -> Iterator[Rider]:
    """A contrast that is zero in every draw, although what is compared is not, because no path can carry it."""
    if each.contrast is None or truth.quantities["base"].size == 0:
        return
    base, change = np.abs(truth.quantities["base"]), truth.quantities["absolute"]
    known = np.isfinite(change)
    if not known.any() or (change[known] != 0).any() or not (base[known] >= FLOOR).any():
        return
    if not can_differ(asked, each):
        text = "By construction: no path leads from what is done to what is compared; no draw could say otherwise."
        yield Rider("by construction", text, {"draws": int(known.sum())})


def _assumed(asked: Agenda, each: Trial, truth: Truth, found: Verdict, evidence: Evidence) -> Iterator[Rider]:
    if _asks_futures(each):
        return
    name = asked.case.perspectives[found.perspective].name
    matters = ~truth.vacuous
    constant = matters.any() and (truth.strict[matters].all() or not truth.strict[matters].any())
    others = [truths[found.claim] for truths in evidence.elsewhere.values() if found.claim in truths]
    own = sorted(assumptions_behind(each.nodes, asked.case) & set(asked.case.perspectives[found.perspective].set))
    by_range = bool(own and constant and any(_varies(other, truth) for other in others))
    text = "Assumed: the test speaks of assumptions alone, so it says what follows from the ranges given"
    text += f", and {name} leaves it no way to turn out otherwise." if by_range else "; nothing is played out."
    yield Rider("assumed", text, {"constant": bool(constant), "by_range": by_range, "own": own})


def _varies(other: Truth, truth: Truth) -> bool:
    """Whether a claim comes out otherwise in some draw of another perspective."""
    strict = other.strict[~other.vacuous]
    return bool(strict.size and (strict != truth.strict[~truth.vacuous][0]).any())


def _vacuous(truth: Truth, found: Verdict) -> Iterator[Rider]:
    if found.vacuous > 0:
        text = f"{percent(found.vacuous)} of the draws say nothing of the claim; "
        text += f"the shares are of the other {found.draws:,}."
        yield Rider("vacuous", text, {"share": found.vacuous, "draws": int(truth.vacuous.size)})


def _floor(truth: Truth) -> Iterator[Rider]:
    """Draws in which every probability is too small to be told from zero."""
    if truth.floored is None or not truth.floored.any():
        return
    share = float(truth.floored.mean())
    text = f"Below the floor in {percent(share)} of the draws: every probability there is less than one in a billion."
    yield Rider("floor", text, {"share": share})


def _relative(each: Trial, truth: Truth) -> Iterator[Rider]:
    """Both forms of a contrast side by side, with the base rate."""
    contrast = each.contrast
    if contrast is None or truth.in_proportion is None:
        return
    known = ~truth.vacuous & np.isfinite(truth.quantities["relative"])
    data = {"threshold": each.claim.relative, "draws": int(known.sum()), "proportional": contrast.proportional}
    if not contrast.proportional:
        text = "Given in absolute terms only: a share of a whole payoff means nothing, because its zero is arbitrary."
        yield Rider("relative", text, data)
        return
    if not known.any():
        text = "Read relatively nothing can be said: the base rate is below one in a billion in every draw."
        yield Rider("relative", text, {**data, "share": None})
        return
    share = float(truth.in_proportion[known].mean())
    base = float(np.median(truth.quantities["base"][known]))
    change = float(np.median(truth.quantities["relative"][known]))
    is_rate = all(call.function == "P" for call in quantity_calls(contrast.base))
    shown = probability(base) if is_rate else f"{base:.3g}"
    left_out = int((~truth.vacuous).sum()) - int(known.sum())
    text = (
        f"Read relatively, against {percent(each.claim.relative)} of the base rate, it holds in {percent(share)}; "
        f"in the median draw the base rate is {shown} and {_changes(base, change)}"
    )
    text += f" (in {of(left_out, int((~truth.vacuous).sum()))} it is below the floor)." if left_out else "."
    yield Rider("relative", text, {**data, "share": share, "base": base, "change": change, "below_floor": left_out})


def _changes(base: float, change: float) -> str:
    """A change in proportion to the size of the base; of a negative base a sign would not say which way it goes."""
    if base >= 0 or change == 0:
        return f"changes by {100 * change:+.0f}%"
    return f"{'rises' if change > 0 else 'falls'} by {100 * abs(change):.0f}% of its size"


def _wide_reading(found: Verdict) -> Iterator[Rider]:
    strict, loose = found.strict.share, found.loose.share
    data = {"strict": strict, "loose": loose}
    if strict > loose:
        text = f"The strict reading holds oftener ({percent(strict)}) than the loose one ({percent(loose)})."
        yield Rider("wide reading", text, {**data, "reversed": True})
    elif loose - strict > WIDE:
        text = f"Wide reading band: it holds in {percent(strict)} read strictly, in {percent(loose)} read loosely."
        yield Rider("wide reading", text, {**data, "reversed": False})


def _premises(found: Verdict, premises: tuple[Premise, ...]) -> Iterator[Rider]:
    """Premises without which the claim holds as often."""
    for each in premises:
        if each.claim != found.claim or each.works is not False:
            continue
        text = f"The premise {each.premise} {_work(each)}"
        text += f": the claim holds in {percent(each.where.share)} of the draws where it holds"
        text += f" and in {percent(each.where_not.share)} where it does not."
        change, low, high = each.difference
        data = {"premise": each.premise, "where": each.where.share, "where_not": each.where_not.share}
        yield Rider("premise", text, {**data, "difference": change, "low": low, "high": high})


def _work(each: Premise) -> str:
    """What a premise does for a claim, no more certain than the draws are many."""
    _, _, high = each.difference
    if high < 0:
        return "works against it"
    return "does no work" if high < LITTLE else "is not seen to do any work"
