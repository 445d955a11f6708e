"""Riders on precision: the null run, in which nobody pursues an interest, and shares at other precisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from assay.claims.compared import Compared, compare, left_out, sample_word, share_in, taken
from assay.claims.evidence import Audit
from assay.claims.say import listed, of, percent, times
from assay.claims.verdict import Rider, Truth, Verdict

MOVED = 0.10
"""A share that moves by more than this at four times the precision is driven by noise."""


def precision_riders(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """What becomes of a claim in the audited draws when everybody is sharper, blunter, or follows no interest."""
    yield from _uninformative(found, audit)
    yield from _curve(found, audit)


def _uninformative(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The null run gives the same word, in the draws that it solved."""
    null = audit.curve.get(0.0)
    if null is None or found.claim not in null.truths or found.word == "vacuous":
        return
    whole = null.truths[found.claim]
    met = null.met(whole.strict.size)
    truth = taken(whole, met)
    if sample_word(truth) != found.word:
        return
    text = "Uninformative: the null run, in which nobody pursues an interest, gives the same word."
    unsolved = int((~met).sum())
    if unsolved:
        text += f" {left_out(unsolved, 'it did not solve ' + ('it' if unsolved == 1 else 'them'))}"
    matters = ~truth.vacuous
    data = {
        "strict": share_in(truth.strict, matters),
        "loose": share_in(truth.loose, matters),
        "draws": truth.strict.size,
        "unsolved": unsolved,
    }
    yield Rider("uninformative", text, data)


def _curve(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The strict share at other precisions, each on the draws that were solved at that one and as the run solves."""
    scales = [scale for scale, each in sorted(audit.curve.items()) if found.claim in each.truths and scale != 1]
    ways = {scale: compare(audit.selected, audit.curve[scale], found.claim) for scale in scales}
    audited = max((each.audited for each in ways.values()), default=0)
    here = _as_solved(audit, found.claim, audited)
    if not set(ways) - {0.0} or (here.strict.size and here.vacuous.all()):  # of no draws there is no share
        return
    known = {scale: each for scale, each in ways.items() if each.draws and not each.other.vacuous.all()}
    if not set(known) - {0.0} and not any(each.unsolved for scale, each in ways.items() if scale):
        return
    solved = {scale: each.other for scale, each in known.items()} | ({1.0: here} if here.strict.size else {})
    solved = dict(sorted(solved.items()))
    noise = 4.0 in known and abs(known[4.0].shares[1] - known[4.0].shares[0]) > MOVED
    data = {
        "strict": {scale: share_in(truth.strict, ~truth.vacuous) for scale, truth in solved.items()},
        "loose": {scale: share_in(truth.loose, ~truth.vacuous) for scale, truth in solved.items()},
        "words": {scale: sample_word(truth) for scale, truth in solved.items()},
        "as_solved": {scale: each.words[0] for scale, each in known.items()},
        "noise": noise,
        "draws": here.strict.size,
        "audited": audited,
        "unsolved": {scale: each.unsolved for scale, each in ways.items()},
    }
    yield Rider("precision curve", _text(_said(known, here, noise), _not_compared(ways)), data)


def _as_solved(audit: Audit, claim: str, audited: int) -> Truth:
    """The claim as the run solves it, in the draws of the sample that it solved."""
    truth = audit.selected.truths[claim]
    return taken(truth, audit.selected.met(truth.strict.size) & (np.arange(truth.strict.size) < audited))


def _text(said: str, not_compared: str) -> str:
    """The shares, and in how many draws there are none, in one or two sentences."""
    if not not_compared:
        return said
    return f"{said} It {not_compared}" if said else f"By precision: it {not_compared}"


def _said(known: Mapping[float, Compared], here: Truth, noise: bool) -> str:
    """The shares in a sentence; nothing where none is known."""
    steps = [_step(scale, each, here) for scale, each in known.items() if scale]
    if not steps:
        return ""
    if noise:
        before, after = map(percent, known[4.0].shares)
        return f"Driven by noise: at four times the precision it holds in {after} instead of {before}."
    return f"By precision: it holds in {percent(share_in(here.strict, ~here.vacuous))} as solved, {', '.join(steps)}."


def _step(scale: float, each: Compared, here: Truth) -> str:
    """The share at one precision; where it is of fewer draws, with what those draws say as the run solves them."""
    before, after = map(percent, each.shares)
    fewer = f" ({before} as solved in the same draws)" if each.draws < here.strict.size else ""
    return f"{after} at {times(scale)} the precision{fewer}"


def _not_compared(ways: Mapping[float, Compared]) -> str:
    """In how many draws each precision could not be compared, to follow `it`; nothing where all could be."""
    groups: dict[str, list[str]] = {}
    for scale, each in ways.items():
        if scale and each.unsolved:
            groups.setdefault(of(each.unsolved, each.audited), []).append(f"at {times(scale)} the precision")
    if not groups:
        return ""
    parts = [f"in {count} audited {listed(precisions)}" for count, precisions in groups.items()]
    return f"could not be compared {', '.join(parts)}: not solved both ways."
