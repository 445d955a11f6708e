"""Section: the ledger of every proposition, in the text's order."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from assay.case.claims import Claim
from assay.claims.verdict import Verdict
from assay.report.charts.band import band
from assay.report.charts.marks import mark
from assay.report.findings import holding
from assay.report.numbers import band as band_text
from assay.report.numbers import counted, share, whole
from assay.report.remarks import Remark, in_short
from assay.report.speech import in_words
from assay.report.view import Face, View
from assay.report.wording import HingeLine, formulas, hinge_lines
from assay.report.words import colour, initial, listed, many, quoted, verb

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One proposition of the ledger."""

    claim: Claim
    quote: str
    rows: list[Row]
    hinges: list[HingeLine]
    riders: list[Remark]
    test: str
    formulas: list[str]
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
    return Entry(claim, quote, rows, hinges, riders, in_words(view, claim), formulas(claim))


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
    )


def _other(claim: Claim, quote: str) -> Entry:
    word, shape = route_word(claim)
    return Entry(
        claim, quote, [], [], [], "", formulas(claim), word, mark(word, shape), colour(shape), evidence_counts(claim)
    )


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
    """What the ledger shows, in one line."""
    tests = list(view.tests)
    if not tests:
        return "No proposition was tested in the model"
    if len(view.faces) == 1:
        count = len(holding(view, tests, view.faces[0]))
        return f"{initial(_count(count))} of {many(len(tests), 'test')} {verb(count, 'holds', 'hold')} in most draws"
    counts = [len(holding(view, tests, face)) for face in view.faces]
    everywhere = sum(all(claim in holding(view, tests, face) for face in view.faces) for claim in tests)
    others = [f"{_count(count)} for {face.mid}" for face, count in zip(view.faces[1:], counts[1:], strict=True)]
    head = f"{initial(_count(counts[0]))} of {many(len(tests), 'test')} {verb(counts[0], 'holds', 'hold')}"
    head += f" in most draws for {view.faces[0].mid}"
    return f"{head}, {listed(others)}; {_count(everywhere)} for {'both' if len(view.faces) == 2 else 'all'}"


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
    parts = []
    equilibria = table["equilibria"].dropna()
    if len(equilibria):
        several = int((equilibria > 1).sum())
        found = f"Several equilibria were found in {_count(several)} of {whole(len(equilibria))} audited draws"
        parts.append(f"{found}; the verdicts belong to one selection, {view.run.plan.selection.replace('_', ' ')}.")
    missed = float((table["residual"] > view.run.plan.residual).mean()) if len(table) else 0.0
    parts.append(
        f"The solver missed its residual in {share(missed)} of the draws, which are counted in."
        if missed
        else "Every draw was solved to its residual."
    )
    return " ".join(parts)
