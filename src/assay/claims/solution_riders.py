"""Riders on how the game was solved: unresolved draws, other equilibria, other precisions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assay.claims.decide import Bools
from assay.claims.evidence import Audit, Evidence
from assay.claims.say import of, percent, times
from assay.claims.verdict import Rider, Truth, Verdict, word

MOVED = 0.10
"""A share that moves by more than this at four times the precision is driven by noise."""


def solution_riders(found: Verdict, evidence: Evidence, by_assumption: bool) -> Iterator[Rider]:
    """The riders on the solution; a test over assumptions alone does not depend on it."""
    if by_assumption:
        return
    yield from _unresolved(found, evidence)
    if evidence.audit is not None:
        yield from _selection(found, evidence.audit)
        yield from _equilibria(found, evidence.audit)
        yield from _uninformative(found, evidence.audit)
        yield from _precision(found, evidence.audit)


def sample_word(truth: Truth) -> str:
    """The verdict word that a claim's truth in a sample of draws would get."""
    matters = ~truth.vacuous
    if not matters.any():
        return "vacuous"
    return word(_share(truth.strict, matters), _share(truth.loose, matters), float(truth.vacuous.mean()))


def _share(true: Bools, matters: Bools) -> float:
    return float(true[matters].mean()) if matters.any() else 0.0


def _unresolved(found: Verdict, evidence: Evidence) -> Iterator[Rider]:
    lost, missed = int(evidence.lost.sum()), found.unresolved
    if missed == 0 and lost == 0:
        return
    one = missed == 1
    text = f"{missed:,} draw{' was' if one else 's were'} not solved to the residual asked for"
    if lost:
        text += f"; {lost:,} of them gave no number and count as saying nothing."
    else:
        text += f"; {'it is' if one else 'they are'} counted in."
    yield Rider("unresolved", text, {"draws": missed, "lost": lost})


def _selection(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """Where another selection tells another story than the run's own."""
    if audit.principal is None or found.claim not in audit.principal:
        return
    chosen, branch = (audit.tight or audit.selected)[found.claim], audit.principal[found.claim]
    differ = _differ(chosen, branch)
    if not differ.any():
        return
    words = sample_word(chosen), sample_word(branch)
    text = f"Selected otherwise ({audit.other}) it comes out otherwise in {of(int(differ.sum()), differ.size)} audited"
    text += f"; the word would be {words[1]}." if words[0] != words[1] else "; the word stays the same."
    data = {"differ": float(differ.mean()), "draws": int(differ.size), "selected": words[0], "other": words[1]}
    yield Rider("selection", text, data)


def _equilibria(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """Whether a verdict holds on every equilibrium found or depends on which; nothing where no draw depends on it."""
    starts = [each[found.claim] for each in audit.starts if found.claim in each]
    everywhere = [(audit.tight or audit.selected)[found.claim], *starts]
    depends = np.logical_or.reduce([_differ(everywhere[0], each) for each in everywhere])
    if not depends.any():
        return
    held = np.stack([each.strict for each in everywhere])
    shares = [_share(each.strict, ~each.vacuous) for each in everywhere]
    words = sorted({sample_word(each) for each in everywhere})
    draws = int(depends.size)
    text = f"Depends on which equilibrium in {of(int(depends.sum()), draws)} audited, from {len(starts)} starts: "
    low, high = percent(min(shares)), percent(max(shares))
    text += f"the share stays at {low}, " if low == high else f"the share is from {low} to {high}, "
    text += "the word is the same on every one found." if len(words) == 1 else f"the word {' or '.join(words)}."
    data = {
        "depends": int(depends.sum()),
        "several": None if audit.equilibria is None else int((audit.equilibria > 1).sum()),
        "draws": draws,
        "starts": len(starts),
        "words": words,
        "on_selected": float(held[0].mean()),
        "on_every": float(held.all(axis=0).mean()),
        "on_some": float(held.any(axis=0).mean()),
    }
    yield Rider("equilibria", text, data)


def _differ(one: Truth, other: Truth) -> Bools:
    changed = (one.strict != other.strict) | (one.loose != other.loose) | (one.vacuous != other.vacuous)
    return np.asarray(changed)


def _uninformative(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The null run gives the same word."""
    null = audit.curve.get(0.0)
    if null is None or found.claim not in null or found.word == "vacuous":
        return
    truth = null[found.claim]
    if sample_word(truth) == found.word:
        text = "Uninformative: the null run, in which nobody pursues an interest, gives the same word."
        matters = ~truth.vacuous
        data = {
            "strict": _share(truth.strict, matters),
            "loose": _share(truth.loose, matters),
            "draws": truth.strict.size,
        }
        yield Rider("uninformative", text, data)


def _precision(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The strict share at other precisions, on the same draws."""
    curve = {scale: truths[found.claim] for scale, truths in sorted(audit.curve.items()) if found.claim in truths}
    curve = {scale: truth for scale, truth in curve.items() if not truth.vacuous.all()}
    shares = {scale: _share(truth.strict, ~truth.vacuous) for scale, truth in curve.items()}
    here = audit.selected[found.claim]
    if here.vacuous.all():  # of no draws there is no share
        return
    shares[1.0] = _share(here.strict, ~here.vacuous)
    if not set(shares) - {0.0, 1.0}:
        return
    loose = {scale: _share(truth.loose, ~truth.vacuous) for scale, truth in curve.items()}
    noise = 4.0 in shares and abs(shares[4.0] - shares[1.0]) > MOVED
    if noise:
        sharper, here_share = percent(shares[4.0]), percent(shares[1.0])
        text = f"Driven by noise: at four times the precision it holds in {sharper} instead of {here_share}."
    else:
        steps = [
            f"{percent(shares[scale])} at {times(scale)} the precision"
            for scale in sorted(shares)
            if scale not in (0, 1)
        ]
        text = f"By precision: it holds in {percent(shares[1.0])} as solved, {', '.join(steps)}."
    words = {scale: sample_word(truth) for scale, truth in curve.items()}
    data = {
        "strict": dict(sorted(shares.items())),
        "loose": loose,
        "words": words,
        "noise": noise,
        "draws": here.strict.size,
    }
    yield Rider("precision curve", text, data)
