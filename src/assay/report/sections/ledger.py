"""Section: the ledger of every proposition, in the text's order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from assay.case.claims import Claim
from assay.claims.verdict import Verdict
from assay.report.charts.band import band
from assay.report.charts.marks import mark
from assay.report.equilibria import on_equilibria
from assay.report.findings import holding, parted_claims, portion
from assay.report.numbers import band as band_text
from assay.report.numbers import counted, share, whole
from assay.report.remarks import Remark, in_short
from assay.report.view import Face, View
from assay.report.wording import HingeLine, hinge_lines
from assay.report.words import colour, quoted, verb

SHAPES = {"supported": "holds", "contradicted": "fails", "imprecise": "contested", "unresolved": "vacuous"}
"""Marks of the verdicts on evidence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One perspective's verdict on one claim."""

    face: Face
    verdict: Verdict
    mark: Markup
    colour: str
    chart: Markup
    shares: str
    strict: str
    loose: str
    interval: str
    vacuous: str
    equilibria: str
    """On which equilibrium the verdict stands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposition of the ledger."""

    claim: Claim
    quote: str
    rows: list[Row]
    hinges: list[HingeLine]
    riders: list[Remark]
    test: str
    word: str = ""
    mark: Markup = field(default_factory=Markup)
    colour: str = "mid"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one section of the text."""

    title: str
    entries: list[Entry]


def entry(view: View, claim: Claim) -> Entry:
    """What the ledger says of a proposition."""
    quote = quoted(claim.quote) if claim.quote else ""
    if claim.route != "model" or not view.verdicts(claim.id):
        return _other(claim, quote)
    rows = [row(face, verdict) for face, verdict in view.verdicts(claim.id)]
    riders = in_short(view, claim)
    hinges = hinge_lines(view, claim)
    return Entry(claim, quote, rows, hinges, riders, view.test(claim))


def row(face: Face, verdict: Verdict) -> Row:
    """A perspective's line: mark, word, band and shares."""
    shares = band_text(verdict.strict.share, verdict.loose.share) if verdict.draws else "no draws"
    strict, loose = verdict.strict, verdict.loose
    return Row(
        face,
        verdict,
        mark(verdict.word),
        colour(verdict.word),
        band(verdict, face.short),
        shares,
        share(strict.share),
        share(loose.share),
        f"{share(strict.low)} to {share(strict.high)}",
        share(verdict.vacuous),
        on_equilibria(verdict),
    )


def _other(claim: Claim, quote: str) -> Entry:
    word, shape = route_word(claim)
    return Entry(claim, quote, [], [], [], "", word, mark(word, shape), colour(shape), evidence_counts(claim))


def route_word(claim: Claim) -> tuple[str, str]:
    """The word of a proposition that the model does not judge, and the verdict word whose mark it has."""
    match claim.route:
        case "ledger":
            word = claim.verdict or "unresolved"
            return word, SHAPES[word]
        case "text":
            return "a matter of reading", "vacuous"
        case "undecidable":
            return "cannot be decided", "vacuous"
    return "not judged in this run", "vacuous"


def evidence_counts(claim: Claim) -> str:
    """How many sources speak for and against, where any do."""
    if not claim.support and not claim.doubt:
        return ""
    return f"{whole(len(claim.support))} for, {whole(len(claim.doubt))} against"


def ledger(view: View) -> list[Group]:
    """The entries grouped by the text's sections, in its order."""
    groups: list[Group] = []
    for claim in view.case.claims:
        if not groups or groups[-1].title != claim.section:
            groups.append(Group(claim.section, []))
        groups[-1].entries.append(entry(view, claim))
    return groups


def headline(view: View) -> str:
    """What the ledger shows, in one line: for whom the tests hold, and where that parts."""
    tests = list(view.tests)
    if not tests:
        return "No proposition was tested in the model"
    held = {face.key: len(holding(view, tests, face)) for face in view.faces}
    first = max(view.authors or view.faces, key=lambda face: len(view.own(face.key)))
    said = portion(held[first.key], len(tests))
    head = (
        f"{said} hold or mostly hold for {first.mid}"
        if len(tests) > 1
        else f"The one test {_holds(held[first.key])} for {first.mid}"
    )
    others = [face for face in view.faces if face is not first]
    differ = [face for face in others if portion(held[face.key], len(tests)) != said]
    if differ:
        far = max(differ, key=lambda face: abs(held[face.key] - held[first.key]))
        return f"{head}, {_contrast(held[far.key], len(tests))} for {far.mid}"
    if not others:
        return head
    parted = len(parted_claims(view))
    head = f"{said} hold or mostly hold under {'both perspectives' if len(others) == 1 else 'every perspective'}"
    if len(tests) == 1:
        head = f"The one test {_holds(held[first.key])} for any perspective"
    return f"{head}; {_count(parted)} {verb(parted, 'changes', 'change')} sides" if parted else head


def _contrast(held: int, count: int) -> str:
    """How many hold elsewhere, without the noun."""
    if count == 1:
        return f"and {_holds(held)}"
    return portion(held, count).replace(" the tests", "").replace(" tests", "").replace("No", "none").lower()


def _holds(held: int) -> str:
    return "holds in most draws" if held else "does not hold in most draws"


def _count(count: int) -> str:
    return counted(count) if count else "none"


def precision(view: View) -> str:
    """How exact the shares are, from the widest interval."""
    widths = [((v.strict.high - v.strict.low) / 2, v.vacuous > 0) for v in view.run.verdicts if v.draws]
    if not widths:
        return ""
    full = [width for width, vacuous in widths if not vacuous]
    widest = max(full or [width for width, _ in widths])
    more = ", and wider where draws are vacuous" if full and widest < max(width for width, _ in widths) else ""
    return f"The 95% interval of a share is at most ±{100 * widest:.2g} points{more}."


def audit(view: View) -> str:
    """What the audit of the solutions found: unresolved draws and several equilibria."""
    table = view.run.audit
    if table.empty:
        return ""
    parts = _equilibria(table["equilibria"].dropna().to_numpy(dtype=np.int64), view.run.plan.selection)
    missed = float((table["residual"] > view.run.plan.residual).mean()) if len(table) else 0.0
    parts.append(
        f"The solver missed its residual in {share(missed)} of the draws, which are counted in."
        if missed
        else "Every draw was solved to its residual."
    )
    return " ".join(parts)


def _equilibria(counts: NDArray[np.int64], selection: str) -> list[str]:
    """How many draws have several equilibria, of those in which any was found to the residual."""
    found, draws = int((counts > 0).sum()), int(counts.size)
    several = int((counts > 1).sum())
    if not draws:
        return []
    if not found:
        return [f"No equilibrium was found to the residual of the audit in {whole(draws)} audited draws."]
    if several:
        text = f"Several equilibria were found in {_count(several)} of {whole(found)} audited draws"
        parts = [f"{text}; the verdicts belong to one selection, {selection.replace('_', ' ')}."]
    elif found == draws:
        parts = [f"One equilibrium was found in each of {whole(draws)} audited draws."]
    else:
        parts = [f"No second equilibrium was found in any of {whole(found)} audited draws."]
    return parts + ([f"In {whole(draws - found)} more none was found to the residual."] if found < draws else [])
