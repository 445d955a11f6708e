"""The ledger of the built-in case and its case file say the same: ids, words, routes, sources, day, verdicts."""

from __future__ import annotations

from functools import lru_cache

import pytest

from assay.case.model import Case
from assay.case.read import read
from assay.ledger.ledger import Ledger, open_ledger
from assay.ledger.verdict import judge

from .support import MINE_BAN


@lru_cache(maxsize=1)
def both() -> tuple[Case, Ledger]:
    return read(MINE_BAN / "case.yaml"), open_ledger(MINE_BAN)


def test_the_day_is_the_same() -> None:
    case, ledger = both()
    assert ledger.day == case.text.dated


def test_what_the_case_sends_to_the_ledger_is_judged_there() -> None:
    case, ledger = both()
    sent = {claim.id: (claim.quote, claim.says) for claim in case.claims if claim.route == "ledger"}
    assert {claim.id: (claim.quote, claim.says) for claim in ledger.claims} == sent


def test_what_the_ledger_leaves_to_others_is_judged_as_the_case_says() -> None:
    case, ledger = both()
    routes: dict[str, set[str]] = {}
    for claim in case.claims:
        routes.setdefault(claim.id.partition("-")[0], set()).add(claim.route)
    for name, route in ledger.elsewhere.items():
        assert route in routes[name], name


def test_the_verdicts_that_the_case_states_are_those_of_the_evidence() -> None:
    case, ledger = both()
    stated = {claim.id: claim.verdict for claim in case.claims if claim.route == "ledger"}
    assert {found.claim.id: found.now for found in judge(ledger)} == stated


@pytest.mark.parametrize("side", ["for", "against"])
def test_evidence_of_the_case_is_in_the_ledger_as_an_item_or_as_a_fact(side: str) -> None:
    case, ledger = both()
    figures = {name for fact in ledger.facts for name in fact.sources}
    for claim in case.claims:
        if claim.route != "ledger":
            continue
        judged = next(found for found in ledger.claims if found.id == claim.id)
        named = {item.source for point in judged.points for item in point.items}
        wanted = {item.source for item in (claim.support if side == "for" else claim.doubt)}
        assert wanted <= named | figures, claim.id
