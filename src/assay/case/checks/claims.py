"""`claims` and `expect`: who says what, how it is judged, and on which evidence."""

from __future__ import annotations

from collections.abc import Mapping

from assay.case.checks.assumptions import check_source, check_sources, tell_missing
from assay.case.checks.context import Context
from assay.case.claims import Claim, Expectation
from assay.case.types import columns
from assay.documents.locate import Path

WORDS = ("holds", "fails", "turns on the reading", "mostly holds", "mostly fails", "contested", "vacuous")
"""The words of a verdict."""


def check_claims(context: Context) -> None:
    """Every claim has an author and what its route needs; every expectation is about something."""
    ids = {claim.id: claim for claim in context.case.claims}
    for index, claim in enumerate(context.case.claims):
        _claim(context, ("claims", index), claim, ids)
    for index, expectation in enumerate(context.case.expect):
        _expectation(context, ("expect", index), expectation)
    for name, reading in context.case.readings.items():
        check_sources(context, ("readings", name, "source"), reading.source)
    tell_missing(context)
    for name in _used_sources(context):
        source = context.case.sources.get(name)
        if source is not None and not source.date.strip():
            context.warn(
                ("sources", name), f"the source {name!r} without a date", "the day, month or year, as 2025-06-27"
            )


def _claim(context: Context, path: Path, claim: Claim, ids: Mapping[str, Claim]) -> None:
    context.known((*path, "by"), claim.by, context.case.perspectives, "a perspective")
    _route(context, path, claim)
    for index, premise in enumerate(claim.because):
        at: Path = (*path, "because", index)
        if premise == claim.id:
            context.problem(at, f"{premise!r} as its own premise", "another claim")
        else:
            context.known(at, premise, ids, "a claim")
    for side in ("support", "doubt"):
        for index, evidence in enumerate(getattr(claim, side)):
            check_source(context, (*path, side, index, "source"), evidence.source)


def _route(context: Context, path: Path, claim: Claim) -> None:
    if claim.route == "model":
        if claim.holds_if is None:
            expected = "the test; or another `route` (ledger, text, undecidable) with `why`"
            context.problem((*path, "holds_if"), f"the claim {claim.id!r} without a test", expected)
    else:
        if not claim.why.strip():
            expected = "why the claim is judged in that way"
            context.problem((*path, "why"), f"the route {claim.route!r} without `why`", expected)
        for key in ("holds_if", "matters_if"):
            if getattr(claim, key) is not None:
                expected = "take it out, or say `route: model`"
                context.warn(
                    (*path, key), f"a test of a claim on the route {claim.route!r} is not run", expected, key=True
                )
    if claim.verdict is not None and claim.route != "ledger":
        context.problem(
            (*path, "verdict"), f"a verdict on the route {claim.route!r}", "leave it out; it is for `ledger`"
        )


def _expectation(context: Context, path: Path, expected: Expectation) -> None:
    case = context.case
    context.known((*path, "perspective"), expected.perspective, case.perspectives, "a perspective")
    if (expected.claim is None) == (expected.outcome is None):
        context.problem(
            path, "an expectation of nothing, or of two things", "`claim` and `word`, or `outcome` and `value`"
        )
        return
    if expected.claim is not None:
        judged = [claim.id for claim in case.claims if claim.route == "model"]
        context.known((*path, "claim"), expected.claim, judged, "a claim with a test")
        if not expected.word:
            context.problem((*path, "word"), "no verdict word", f"some of: {', '.join(WORDS)}")
        for index, word in enumerate(expected.word):
            context.known((*path, "word", index), word, WORDS, "a verdict word")
    if expected.outcome is not None:
        context.known((*path, "outcome"), expected.outcome, case.outcomes, "an outcome")
        if expected.value is None:
            context.problem((*path, "value"), "no value", "the value of the outcome")


def _used_sources(context: Context) -> list[str]:
    """Ids of the sources that the case refers to, each once."""
    case, used = context.case, list[str]()
    lists = [assumption.source for assumption in columns(case).values()]
    lists += [assumption.source for assumption in case.assumptions.values()]
    lists += [perspective.source for perspective in case.perspectives.values()]
    lists += [setting.source for each in case.perspectives.values() for setting in each.set.values() if setting.source]
    lists += [reading.source for reading in case.readings.values()]
    for ids in lists:
        used += ids if isinstance(ids, tuple) else ()
    used += [evidence.source for claim in case.claims for evidence in (*claim.support, *claim.doubt)]
    return list(dict.fromkeys(used))
