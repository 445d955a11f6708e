"""Section: what was done, what it cannot say, and how to do it again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from assay.case.types import called
from assay.report.numbers import counted, plain, whole, written_day
from assay.report.remarks import KINDS
from assay.report.sections.courses import actor_name
from assay.report.sections.facts import safe_url
from assay.report.sections.futures import period
from assay.report.view import View
from assay.report.words import initial, listed, many, mid, sentence, verb

LIMITS = (
    "Draws are assumptions, not forecasts; a share of draws is not a probability of the world.",
    "Several equilibria: a verdict belongs to a selection rule unless it says that it holds on all found.",
    "A finite horizon with moves once a period; crises faster than a period are one stage.",
    "Claims about evidence only follow from the likelihoods that somebody states.",
    "Payoffs are judgements in units of their own; only ratios within an actor carry meaning.",
)
"""Printed in every report, with one on the actors' types."""

WORDS = (
    ("Draw", "one complete vector of assumptions."),
    ("Perspective", "a named party’s reading of some of them."),
    ("Share of draws", "how often a test holds over a perspective’s draws; not a probability."),
    ("Strict, loose", "two readings of an author’s hedge words, stated in the case before the run."),
    ("Hinge", "an assumption on which a verdict turns."),
    ("Rider", "what must be said beside a verdict."),
    ("Probability", "kept for the model’s: of an event, within one draw."),
)
TYPED = (
    ("Type", "what an actor is, which only the actor itself knows."),
    ("Belief", "the public probability of an actor’s type, revised by Bayes’ rule after its moves."),
)
"""Words of reports on cases with private types."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source of the case."""

    key: str
    text: str
    url: str
    tier: str


@dataclass(frozen=True, slots=True)
class Method:
    """The section."""

    paragraphs: list[str]
    limits: tuple[str, ...]
    riders: list[tuple[str, str, str]]
    words: tuple[tuple[str, str], ...]
    readings: list[tuple[str, str, str, str]]
    command: str
    fingerprints: list[tuple[str, str]]
    checks: list[tuple[bool, str, str]]
    """Whether a check passed, what it says, what was found."""
    sources: list[SourceLine]
    rejected: list[tuple[str, str]]


def method(view: View) -> Method:
    """What the section shows."""
    run = view.run
    used = {rider.kind for verdict in run.verdicts for rider in verdict.riders}
    return Method(
        paragraphs=[_game(view), _solution(view), _comparison(view)],
        limits=_limits(view),
        riders=[(kind, name, means) for kind, (name, means) in KINDS.items() if kind in used],
        words=WORDS + (TYPED if view.informed else ()),
        readings=_readings(view),
        command=_command(view),
        fingerprints=_fingerprints(view),
        checks=[(bool(c["passed"]), str(c["text"]).rstrip("."), str(c.get("found", ""))) for c in run.checks],
        sources=_sources(view),
        rejected=[(claim.id, sentence(text)) for claim in view.case.claims for text in claim.rejected],
    )


def _game(view: View) -> str:
    case = view.case
    names = listed(mid(actor.name) for actor in case.actors.values())
    calendar = case.calendar
    first, last = period(calendar, 0), period(calendar, calendar.periods - 1)
    text = f"{initial(many(len(case.actors), 'actor'))} ({names}) play {many(calendar.periods, 'period')} "
    text += f"of {calendar.step}"
    text += f", {first} to {last}" if calendar.periods > 1 else f", {first}"
    if calendar.buffer:
        more = f"{many(calendar.buffer, 'period')} more that {'is' if calendar.buffer == 1 else 'are'}"
        text += f", and {more} solved and not reported"
    return text + "." + _types(view)


def _types(view: View) -> str:
    """Who is what, as only the actor itself knows."""
    if not view.informed:
        return ""
    said = [
        f"{actor_name(view, actor)} is {listed((called(view.case, actor, each) for each in types), 'or')}"
        for actor, types in view.informed.items()
    ]
    return f" What an actor is, it alone knows: {listed(said)}."


def _limits(view: View) -> tuple[str, ...]:
    most = max(map(len, view.informed.values()), default=1)
    first, second, *others = LIMITS
    if most == 1:
        return first, second, "Every actor has one known character; a coalition acts as one.", *others
    few = "Two types" if most == 2 else f"At most {counted(most)} types"
    rest = "" if len(view.informed) == len(view.case.actors) else "; the other actors have one known character"
    return (
        first,
        second,
        f"{few} per actor stand for a continuum of intentions{rest}; a coalition acts as one.",
        "Beliefs live on a grid; what a finer and a wider one change in a sample is said, and no more is known of it.",
        *others,
    )


def _beliefs(view: View) -> str:
    """How beliefs are kept."""
    nodes, span = view.case.solution.belief_nodes, view.case.solution.belief_span
    return (
        " What the others believe of an actor’s type is public and follows Bayes’ rule after each of its moves; it is "
        f"kept on a grid of {whole(nodes)} nodes for each unknown, certainty at both ends, the others up to "
        f"{plain(span)} log-odds around what the first observer believes at the start. Where a move says something "
        "between two nodes a fair public signal decides, so that beliefs are right on average and the game on the "
        "grid is solved as a game of its own."
    )


def _solution(view: View) -> str:
    plan = view.run.plan
    selection = plan.selection.replace("_", " ")
    text = (
        "Every actor plays a logit quantal response (McKelvey and Palfrey 1998), found by backward induction; a fixed "
        f"point counts as solved at a residual of {plain(plan.residual, 2)}. Where several solve a stage the selection "
        f"is {selection}. Outcomes of a draw are exact sums over the game’s histories, not samples."
    )
    if view.informed:
        text += _beliefs(view)
    if plan.audit:
        branch = plan.selection == "principal_branch"
        ways = ["from the following period’s answer"] if branch else ["along the principal branch"] * plan.branch
        ways += ["from several starts" if plan.starts is None else f"from {many(len(plan.starts), 'start')}"]
        ways += ["at other precisions"]
        if view.informed:
            ways += ["on other grids of beliefs", "as if nobody learnt from moves"]
        text += f" {initial(many(plan.audit, 'draw'))} of each perspective {verb(plan.audit, 'was', 'were')} audited: "
        text += f"solved again {listed(ways)}."
        if not plan.branch:
            text += " The principal branch was not followed: that would have taken too long."
    return text


def _comparison(view: View) -> str:
    text = f"{whole(view.draws_each)} draws for each perspective"
    if len(view.faces) > 1:
        text += ", made from the same random numbers, so that a difference between perspectives is a difference of "
        text += "assumptions; perspectives are never averaged"
    return (
        text
        + ". Intervals are Wilson’s at 95%. Tests and readings were fixed, and their fingerprint taken, before the run."
    )


def _readings(view: View) -> list[tuple[str, str, str, str]]:
    return [
        (reading.means or name.replace("_", " "), str(reading.strict), str(reading.loose), ", ".join(reading.source))
        for name, reading in view.case.readings.items()
    ]


def _command(view: View) -> str:
    plan = view.run.plan
    parts = [f"assay run {plan.name or 'case.yaml'}", f"--draws {plan.draws}", f"--seed {plan.seed}"]
    parts += [f"--selection {plan.selection}", f"--residual {plan.residual:g}"]
    if tuple(plan.case.perspectives) != plan.perspectives:
        parts += [f"--perspective {shlex.quote(name)}" for name in plan.perspectives]
    return " \\\n  ".join(parts)


def _fingerprints(view: View) -> list[tuple[str, str]]:
    run = view.run
    rows = [("Run", run.fingerprint), ("Tests and readings", run.tests_fingerprint)]
    rows += [(name, version) for name, version in run.versions.items()]
    rows.append(("Time", f"{plain(run.seconds, 2)} seconds"))
    return rows


def _sources(view: View) -> list[SourceLine]:
    lines = []
    for key, source in sorted(view.case.sources.items()):
        parts = [source.title.rstrip("."), source.publisher, written_day(source.date)]
        text = ", ".join(part for part in parts if part)
        lines.append(SourceLine(key, text, safe_url(source.url), source.tier.replace("_", " ")))
    return lines


def newest(view: View) -> str:
    """The day, month or year of the newest source; empty where none is dated."""
    dates = [source.date for source in view.case.sources.values() if source.date[:4].isdigit()]
    return written_day(max(dates)) if dates else ""
