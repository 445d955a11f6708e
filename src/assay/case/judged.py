"""What a case and the ledger beside it both say: the text's day, which claims the ledger judges, and its verdicts.

Where the two part, a reader of one file would believe what the other denies, so each is told with its place in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

from assay.case.claims import Claim
from assay.case.find import FILE
from assay.case.model import Case
from assay.documents.locate import Locator, Path
from assay.errors import Problem
from assay.ledger.ledger import Ledger
from assay.ledger.read_claims import NAME
from assay.ledger.verdict import verdict_now


def agree(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    """Where the case and the claims of its ledger part: two days are an error, all else is a warning."""
    yield from _days(case, ledger, locator)
    yield from _unjudged(case, ledger, locator)
    yield from _verdicts(case, ledger, locator)
    if not is_variant(case, FilePath(locator.file)):
        yield from _unlisted(case, ledger, locator)
        yield from _elsewhere(case, ledger, locator)


def is_variant(case: Case, file: FilePath) -> bool:
    """Whether a file is another version of the case beside it that leaves the claims of the ledger to that case."""
    listed = any(claim.route == "ledger" for claim in case.claims)
    return file.name != FILE and not listed and (file.parent / FILE).is_file()


def _days(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    path: Path = ("text", "dated")
    day, place = case.text.dated, ledger.places.get("dated")
    if place is not None and ledger.day is not None and day != ledger.day:
        there = f"{place.file}:{place.line} has {ledger.day}"
        if day is not None:
            yield locator.problem(path, f"the day {day}, where {there}", "one day of the text, in both files")
        else:
            expected = f"`dated: {ledger.day}`, so that the report can name the day"
            yield locator.problem("text", f"no day of the text, where {there}", expected, severity="warning")
    elif day is not None and ledger.day is None and ledger.claims:
        found = f"no day of the text, where {_line(locator, path)} has {day}"
        expected = f"`dated: {day}`, for verdicts as they could be known then"
        yield Problem(*ledger.places[""], found, expected, "warning")


def _unjudged(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    """Claims that are left to the ledger, and that neither it nor the case's own evidence and verdict judges."""
    judged = {claim.id for claim in ledger.claims}
    for index, claim in enumerate(case.claims):
        own = claim.verdict is not None and (claim.support or claim.doubt)
        if claim.route == "ledger" and claim.id not in judged and not own:
            where = ledger.places[""].file if ledger.places else f"a {NAME} beside the case"
            expected = f"the claim with its evidence in {where}; or `support` or `doubt`, and a `verdict`, here"
            yield locator.problem(
                ("claims", index), f"nothing judges {claim.id!r}, a claim for the ledger", expected, severity="warning"
            )


def _verdicts(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    judged = {claim.id: claim for claim in ledger.claims}
    for index, claim in enumerate(case.claims):
        if claim.route != "ledger" or claim.verdict is None or claim.id not in judged:
            continue
        found, at = verdict_now(ledger, judged[claim.id]), judged[claim.id].at
        if found != claim.verdict:
            told = f"the verdict {claim.verdict!r} of {claim.id!r}, where the evidence of {at.file}:{at.line}"
            expected = "that verdict, or none here: the report shows what the evidence says"
            yield locator.problem(
                ("claims", index, "verdict"), f"{told} makes it {found!r}", expected, severity="warning"
            )


def _unlisted(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    """Claims that the ledger judges and the case does not leave to it."""
    for judged in ledger.claims:
        claims = dict(_of(case, judged.id))
        if any(claim.route == "ledger" for claim in claims.values()):
            continue
        if not claims:
            found = f"the claim {judged.id!r}, which {locator.file} does not have"
            expected = f"a claim {judged.id!r} there with `route: ledger`, or take it out"
        else:
            index, claim = next(iter(claims.items()))
            where = _line(locator, ("claims", index, "route"))
            found = f"the claim {judged.id!r} is judged here, and {where} has `route: {claim.route}`"
            expected = "`route: ledger` there; or another id, or `elsewhere`, here"
        yield Problem(*judged.at, found, expected, "warning")


def _elsewhere(case: Case, ledger: Ledger, locator: Locator) -> Iterator[Problem]:
    """Propositions of which both say how they are judged, and not the same."""
    for name, route in ledger.elsewhere.items():
        claims = dict(_of(case, name))
        if any(claim.route == route for claim in claims.values()):
            continue
        if not claims:
            found, expected = f"{name!r}, which {locator.file} does not have", "an id of a claim there, or take it out"
        else:
            index, claim = next(iter(claims.items()))
            found = f"the route {route!r}, and {_line(locator, ('claims', index, 'route'))} has {claim.route!r}"
            expected = "the same route in both files"
        yield Problem(*ledger.places[name], found, expected, "warning")


def _of(case: Case, name: str) -> Iterator[tuple[int, Claim]]:
    """The claims of an id, and those that are readings of it (`C39-order` of `C39`)."""
    for index, claim in enumerate(case.claims):
        if claim.id == name or claim.id.partition("-")[0] == name:
            yield index, claim


def _line(locator: Locator, path: Path) -> str:
    """File and line of a value, or of the nearest above it."""
    problem = locator.problem(path, "", "")
    return f"{problem.file}:{problem.line}"
