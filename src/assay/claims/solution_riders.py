"""Riders on how the game was solved: unresolved draws, other equilibria, other precisions."""

from __future__ import annotations

from collections.abc import Iterator

from assay.claims.belief_riders import belief_riders
from assay.claims.compared import compare
from assay.claims.equilibria import equilibria
from assay.claims.evidence import Audit, Evidence
from assay.claims.precision_riders import precision_riders
from assay.claims.say import each_of, of
from assay.claims.verdict import Rider, Verdict


def solution_riders(found: Verdict, evidence: Evidence, by_assumption: bool) -> Iterator[Rider]:
    """The riders on the solution; a test over assumptions alone does not depend on it."""
    if by_assumption:
        return
    yield from _unresolved(found, evidence)
    if evidence.audit is not None:
        yield from _selection(found, evidence.audit)
        yield from equilibria(found, evidence.audit)
        yield from precision_riders(found, evidence.audit)
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
    """Where another selection tells another story than the run's own, or cannot be asked for one."""
    if audit.principal is None or found.claim not in audit.principal.truths:
        return
    compared = compare(audit.tight or audit.selected, audit.principal, found.claim)
    differ = int(compared.differ.sum())
    if not differ and not compared.unsolved:
        return
    text = f"Selected otherwise ({audit.other}) "
    if not compared.draws:
        text += f"{compared.nothing_said}."
    elif differ:
        text += f"it comes out otherwise in {of(differ, compared.draws)} audited; {compared.word_said}"
    else:
        text += f"it comes out the same {each_of(compared.draws)} audited."
    words = compared.words if compared.draws else (None, None)
    data = {
        "differ": compared.share_differing,
        "draws": compared.draws,
        "unsolved": compared.unsolved,
        "selected": words[0],
        "other": words[1],
    }
    yield Rider("selection", text + (compared.left_out if compared.draws else ""), data)
