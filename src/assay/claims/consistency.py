"""Whether an author's claims hold together: in the same draws, under the author's own assumptions.

A draw that is vacuous for a claim says nothing of it and so does not stand in the way of the others; a draw that is
vacuous for all of them does not count. `clear` is the strict share over the draws in which every claim matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from assay.case.model import Case
from assay.claims.decide import Bools
from assay.claims.verdict import Truth
from assay.claims.verdicts import share

SELDOM = 0.05
"""A claim that holds in a smaller share of draws is not looked at for a pair: too few say what it goes with."""


def claims_of(case: Case, author: str) -> tuple[str, ...]:
    """The claims with route `model` to which a perspective is held as their author, in the case's order."""
    return tuple(claim.id for claim in case.claims if claim.route == "model" and claim.by == author and claim.joint)


def consistency(case: Case, author: str, truths: Mapping[str, Truth]) -> dict[str, Any] | None:
    """How an author's own claims hold together under the author's own perspective; None for fewer than two.

    `truths` are those of that perspective. Keys: `strict`, `loose` (shares of draws in which all hold), `clear`,
    `draws`, `vacuous` (share of draws in which some claim is); claim to strict share in `alone` (over the draws in
    which it matters, as in its verdict), `together` (added one by one in the case's order) and `without` (all but it);
    the same for the loose reading in `alone_loose`, `together_loose`, `without_loose`; and `tension`: the claim whose
    leaving raises the strict share most (the loose share where that decides nothing), or None. Where several are in the
    way at once leaving one out shows nothing; so `never` names the claims that hold in no draw, and `pair` the two,
    each of which holds now and then (`SELDOM`), that hold together least often for how often each does: `claims`,
    `together`, `alone`, and `kept`, the first as a share of the rarer of the second.
    """
    own = claims_of(case, author)
    if len(own) < 2:
        return None
    counted = ~np.logical_and.reduce([truths[claim].vacuous for claim in own])
    strict = {claim: (truths[claim].strict | truths[claim].vacuous)[counted] for claim in own}
    loose = {claim: (truths[claim].loose | truths[claim].vacuous)[counted] for claim in own}
    some_vacuous = np.logical_or.reduce([truths[claim].vacuous for claim in own])
    clear = np.logical_and.reduce([truths[claim].strict for claim in own])[~some_vacuous]
    found: dict[str, Any] = {
        "strict": _all(strict, own),
        "loose": _all(loose, own),
        "clear": share(clear).share if clear.size else None,
        "draws": int(counted.sum()),
        "vacuous": float(some_vacuous.mean()),
        "alone": {claim: share(truths[claim].strict[~truths[claim].vacuous]).share for claim in own},
        "alone_loose": {claim: share(truths[claim].loose[~truths[claim].vacuous]).share for claim in own},
        **_steps(strict, own, ""),
        **_steps(loose, own, "_loose"),
    }
    found["tension"] = _tension(found, "") or _tension(found, "_loose")
    found["never"] = [claim for claim in own if not truths[claim].strict.any()]
    found["pair"] = _pair({claim: held for claim, held in strict.items() if share(held).share >= SELDOM})
    return found


def _pair(held: Mapping[str, Bools]) -> dict[str, Any] | None:
    """The two claims that hold together least often, compared with the rarer of the two alone; the first of equals."""
    found: dict[str, Any] | None = None
    for one, other in combinations(held, 2):
        alone = {claim: share(held[claim]).share for claim in (one, other)}
        together = _all(held, [one, other])
        kept = together / min(alone.values())
        if kept < 1 and (found is None or kept < found["kept"]):
            found = {"claims": [one, other], "together": together, "alone": alone, "kept": kept}
    return found


def _all(held: Mapping[str, Bools], claims: Sequence[str]) -> float:
    return share(np.logical_and.reduce([held[claim] for claim in claims])).share


def _steps(held: Mapping[str, Bools], own: Sequence[str], suffix: str) -> dict[str, dict[str, float]]:
    return {
        f"together{suffix}": {claim: _all(held, own[: place + 1]) for place, claim in enumerate(own)},
        f"without{suffix}": {claim: _all(held, [other for other in own if other != claim]) for claim in own},
    }


def _tension(found: Mapping[str, Any], suffix: str) -> str | None:
    """The claim without which the others hold together in more draws than without any other, if there is one."""
    without: Mapping[str, float] = found[f"without{suffix}"]
    first, second = sorted(without, key=lambda claim: -without[claim])[:2]
    together = found["loose" if suffix else "strict"]
    return first if without[first] > together and without[first] > without[second] else None
