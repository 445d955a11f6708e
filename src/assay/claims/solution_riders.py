"""Riders on how the game was solved: unresolved draws, other equilibria, other precisions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assay.claims.belief_riders import belief_riders
from assay.claims.compared import Compared, compare, sample_word, share_in, taken
from assay.claims.equilibria import equilibria
from assay.claims.evidence import Audit, Evidence
from assay.claims.say import of, percent, times
from assay.claims.verdict import Rider, Verdict

MOVED = 0.10
"""A share that moves by more than this at four times the precision is driven by noise."""


def solution_riders(found: Verdict, evidence: Evidence, by_assumption: bool) -> Iterator[Rider]:
    """The riders on the solution; a test over assumptions alone does not depend on it."""
    if by_assumption:
        return
    yield from _unresolved(found, evidence)
    if evidence.audit is not None:
        yield from _selection(found, evidence.audit)
        yield from equilibria(found, evidence.audit)
        yield from _uninformative(found, evidence.audit)
        yield from _precision(found, evidence.audit)
        yield from belief_riders(found, evidence.audit)


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
    if audit.principal is None or found.claim not in audit.principal.truths:
        return
    compared = compare(audit.tight or audit.selected, audit.principal, found.claim)
    if not compared.differ.any():
        return
    text = (
        f"Selected otherwise ({audit.other}) it comes out otherwise in {of(int(compared.differ.sum()), compared.draws)}"
    )
    text += f" audited; {compared.word_said}{_left_out(compared)}"
    data = {
        "differ": float(compared.differ.mean()),
        "draws": compared.draws,
        "unsolved": compared.unsolved,
        "selected": compared.words[0],
        "other": compared.words[1],
    }
    yield Rider("selection", text, data)


def _left_out(compared: Compared) -> str:
    return f" {_missed(compared.unsolved)}" if compared.unsolved else ""


def _missed(draws: int) -> str:
    more = f"{draws:,} more draw{' is' if draws == 1 else 's are'} left out: "
    return more + f"{'it was' if draws == 1 else 'they were'} not solved both ways."


def _uninformative(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The null run gives the same word."""
    null = audit.curve.get(0.0)
    if null is None or found.claim not in null.truths or found.word == "vacuous":
        return
    truth = null.truths[found.claim]
    if sample_word(truth) == found.word:
        text = "Uninformative: the null run, in which nobody pursues an interest, gives the same word."
        matters = ~truth.vacuous
        data = {
            "strict": share_in(truth.strict, matters),
            "loose": share_in(truth.loose, matters),
            "draws": truth.strict.size,
        }
        yield Rider("uninformative", text, data)


def _precision(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """The strict share at other precisions, on the same draws."""
    solved = {scale: each.truths for scale, each in sorted(audit.curve.items())}
    curve = {scale: truths[found.claim] for scale, truths in solved.items() if found.claim in truths}
    curve = {scale: truth for scale, truth in curve.items() if not truth.vacuous.all()}
    shares = {scale: share_in(truth.strict, ~truth.vacuous) for scale, truth in curve.items()}
    here = audit.selected.truths[found.claim]
    here = taken(here, np.arange(here.strict.size) < min((each.strict.size for each in curve.values()), default=0))
    if here.vacuous.all():  # of no draws there is no share
        return
    shares[1.0] = share_in(here.strict, ~here.vacuous)
    if not set(shares) - {0.0, 1.0}:
        return
    loose = {scale: share_in(truth.loose, ~truth.vacuous) for scale, truth in curve.items()}
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
