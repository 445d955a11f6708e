"""Every verdict at a glance: a column for each test, a row for each perspective, every mark a link to its claim."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assay.case.claims import Claim
from assay.claims.verdict import WORDS
from assay.report.charts.marks import key
from assay.report.charts.svg import chart, el, label, pc
from assay.report.numbers import whole
from assay.report.view import View
from assay.report.words import colour, listed

COLUMNS = 30
ROW = 42


def glance(view: View) -> Markup:
    """The chart, in as many strips of at most `COLUMNS` tests as it takes."""
    tests = view.tests
    strips = -(-len(tests) // COLUMNS) or 1
    size = -(-len(tests) // strips)
    return Markup("").join(_strip(view, tests[start : start + size]) for start in range(0, len(tests), size or 1))


def _strip(view: View, tests: Sequence[Claim]) -> Markup:
    parts: list[Markup] = []
    width = 1 / max(len(tests), 12)
    for row, face in enumerate(view.faces):
        parts.append(label(face.short, "0", 11.0 + ROW * row, "t b"))
        for column, claim in enumerate(tests):
            verdict = view.verdict(claim.id, face.key)
            if verdict is not None:
                parts.append(_mark(claim, verdict.word, (column + 0.5) * width, 27.0 + ROW * row))
    bottom = ROW * len(view.faces)
    names = _names(tests)
    upright = max(map(len, names), default=0) > 4
    for column, (claim, name) in enumerate(zip(tests, names, strict=True)):
        parts.append(_name(claim, name, (column + 0.5) * width, bottom, upright))
    height = bottom + (12 + 6.2 * max(map(len, names), default=0) if upright else 20)
    title = f"Verdicts on {whole(len(tests))} tests, {tests[0].id} to {tests[-1].id}" if tests else "No tests"
    return chart(title, _told(view, tests), height, *parts, role="group")


def _mark(claim: Claim, word: str, x: float, y: float) -> Markup:
    shape = el("use", href=f"#g{key(word)}", class_=colour(word), x=pc(x), y=y)
    return el("a", shape, href=f"#c-{claim.id}", tabindex=-1, aria_label=f"{claim.id}: {word}")


def _name(claim: Claim, name: str, x: float, bottom: float, upright: bool) -> Markup:
    if not upright:
        text = label(name, pc(x), bottom + 12.0, "t c", "middle")
        return el("a", text, href=f"#c-{claim.id}")
    turned = el("text", name, class_="t c", transform="rotate(-90)", text_anchor="end", x=0, y=4)
    placed = el("svg", turned, x=pc(x), y=bottom + 4, overflow="visible", width=1, height=1)
    return el("a", placed, href=f"#c-{claim.id}")


def _names(tests: Sequence[Claim]) -> list[str]:
    """The ids, without the first letter where all share it and a number follows."""
    ids = [claim.id for claim in tests]
    shared = len({name[0] for name in ids}) == 1 and all(name[1:2].isdigit() for name in ids)
    return [name[1:] for name in ids] if shared else ids


def _told(view: View, tests: Sequence[Claim]) -> str:
    said = []
    for face in view.faces:
        words = [verdict.word for claim in tests if (verdict := view.verdict(claim.id, face.key))]
        counts = [f"{word} {words.count(word)}" for word in dict.fromkeys(sorted(words, key=_order))]
        said.append(f"{face.short}: {listed(counts) or 'none'}.")
    return " ".join(said)


def _order(word: str) -> int:
    return WORDS.index(word) if word in WORDS else len(WORDS)
