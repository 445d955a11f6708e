"""The page of a run: sections gathered and put through the templates."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assay.report.charts.glance import glance
from assay.report.charts.marks import definitions, mark, stroke
from assay.report.findings import findings
from assay.report.numbers import counted, day, whole
from assay.report.sections import assume, beliefs, facts, full, futures, ledger, method, solved, standing, together
from assay.report.tables import Table
from assay.report.view import View
from assay.report.words import initial, listed, many, quoted, sentence, typeset, verb
from assay.runs.run import Run


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with escaping always on: a case's text is a stranger's."""
    made = Environment(
        loader=PackageLoader("assay.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_typeset,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(stroke=stroke, mark=mark)
    made.filters.update(quoted=quoted, sentence=sentence, initial=initial, whole=whole)
    return made


def _typeset(value: object) -> object:
    """Plain text with typographic apostrophes; markup and formulas as they are."""
    return typeset(value) if type(value) is str else value


def page(run: Run) -> str:
    """The whole page as HTML text."""
    view = View(run)
    style = files("assay.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    context = {
        "view": view,
        "style": Markup(style),
        "definitions": definitions(),
        "across": len(view.faces) if len(view.faces) <= 4 else 3,
        "linked": lambda text, place="c": linked(view, text, place),
        **_front(view),
        **_sections(view),
    }
    html = environment().get_template("page.html.j2").render(context)
    return re.sub(r"\n\s*\n+", "\n", html)


def _front(view: View) -> dict[str, Any]:
    case = view.case
    judged, total = assume.judged(view)
    return {
        "title": case.title,
        "question": case.text.question or case.text.title or case.title,
        "newest": method.newest(view),
        "standfirst": standfirst(view),
        "findings": [linked(view, " ".join(each.text for each in part)) for part in findings(view)],
        "caveat": _caveat(judged, total),
        "glance": glance(view) if view.tests else None,
        "glance_caption": _glance_caption(view),
        "glance_table": _glance_table(view),
    }


def standfirst(view: View) -> list[str]:
    """What text is on trial, and what was done with it."""
    text, case = view.case.text, view.case
    parts = []
    about = text.summary or case.summary
    heading = " · ".join(part for part in (text.title, text.author, day(text.dated) if text.dated else "") if part)
    if about:
        parts.append(sentence(about))
    if heading:
        parts.append(f"The text: {heading}.")
    faces = listed(face.mid for face in view.faces)
    count = f"{whole(view.draws_each)} draws of {many(len(view.columns), 'assumption')}"
    under = (
        f"for each of {counted(len(view.faces))} perspectives: {faces}"
        if len(view.faces) > 1
        else f"as {faces} reads them"
    )
    parts.append(f"Assay plays the argument out as a game between the actors it names, over {count} {under}.")
    parts.append("Of each sentence it asks in what share of the draws it holds, and on which assumption that turns.")
    return parts


def _caveat(judged: int, total: int) -> str:
    part = "All" if judged == total else f"{initial(counted(judged))} of"
    basis = f"{part} {many(total, 'assumption')} {verb(judged, 'rests', 'rest')} on judgement alone. " if total else ""
    return (
        f"{basis}The numbers say something about the structure of the argument, nothing about how likely an event is "
        "in the world. A share of draws is not a probability."
    )


def _glance_caption(view: View) -> str:
    under = f"under {many(len(view.faces), 'perspective')}" if len(view.faces) > 1 else f"for {view.faces[0].mid}"
    sentences = len({claim.id.split("-")[0] for claim in view.tests})
    of = f" of {many(sentences, 'sentence')}" if sentences < len(view.tests) else ""
    text = f"{initial(many(len(view.tests), 'test'))}{of} in the text’s order, {under}."
    return text + " The fuller the mark, the more of the draws agree."


def _glance_table(view: View) -> Table:
    rows = []
    for claim in view.tests:
        words = {face.key: verdict.word for face, verdict in view.verdicts(claim.id)}
        rows.append([claim.id, claim.says, *(words.get(face.key, "–") for face in view.faces)])
    return Table("Verdicts", ["Claim", "Proposition", *(face.short for face in view.faces)], rows)


def _sections(view: View) -> dict[str, Any]:
    found = facts.facts(view)
    joint = together.together(view)
    context: dict[str, Any] = {
        "groups": ledger.ledger(view),
        "ledger_headline": ledger.headline(view),
        "ledger_precision": ledger.precision(view),
        "ledger_audit": ledger.audit(view),
        "fulls": full.full(view),
        "full_headline": full.headline(view),
        "beliefs": beliefs.beliefs(view),
        "lines": futures.futures(view),
        "futures_headline": futures.headline(view),
        "assume": assume.assume(view),
        "facts": found,
        "standing": standing.standing(view),
        "together": joint,
        "solved": solved.solved(view),
        "method": method.method(view),
    }
    present = {
        "ledger": ("Ledger", bool(view.case.claims)),
        "full": ("Claims in full", bool(view.tests)),
        "beliefs": ("Beliefs", context["beliefs"] is not None),
        "futures": ("Futures", bool(context["lines"])),
        "assume": ("Assumptions", bool(view.columns)),
        "facts": ("Facts", bool(found.ledger or found.reading)),
        "standing": ("Treaties", context["standing"] is not None),
        "together": ("Together", bool(joint.authors or joint.premises)),
        "solved": ("Solution", context["solved"] is not None),
        "method": ("Method and limits", True),
    }
    shown = [key for key, (_, there) in present.items() if there]
    context["order"] = {key: place + 1 for place, key in enumerate(shown)}
    context["contents"] = [(key, present[key][0]) for key in shown]
    return context


def linked(view: View, text: str, place: str = "c") -> Markup:
    """A generated sentence, escaped, with claims' ids as links: to the ledger, or with `f` to the claim in full."""
    ids = sorted((claim.id for claim in view.case.claims), key=len, reverse=True)
    safe = str(escape(typeset(text)))
    if not ids:
        return Markup(safe)
    pattern = r"(?<![\w#&-])(" + "|".join(map(re.escape, ids)) + r")(?![\w-])"
    return Markup(re.sub(pattern, rf'<a href="#{place}-\1">\1</a>', safe))
