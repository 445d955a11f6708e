"""Facts and standings on record in a report, held against the ledger and the law that they come from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from assay.case.actors import Actor, Calendar
from assay.case.claims import Claim
from assay.case.model import Case, Text
from assay.case.read import read
from assay.law.books import open_book
from assay.law.standing import standing as stands
from assay.ledger.ledger import open_ledger
from assay.ledger.verdict import judge
from assay.library import CASES
from assay.report.page import page
from assay.report.sections import facts
from assay.report.sections.standing import standing
from assay.report.view import View
from assay.runs.record import record
from assay.runs.run import Run
from assay.runs.store import open_run, save

from . import pages, synthetic

FOLDER = CASES / "mine-ban"


@cache
def mine_ban() -> tuple[Case, Mapping[str, Any]]:
    case = read(FOLDER / "case.yaml")
    return case, record(case, FOLDER / "case.yaml")


@cache
def run() -> Run:
    """A made-up run of another case, with the record of `mine-ban`."""
    case, beside = mine_ban()
    own = synthetic.river()
    own = own.model_copy(
        update={
            "claims": (*own.claims, *(_renamed(claim, own) for claim in case.claims if claim.route == "ledger")),
            "text": Text(dated=date(2025, 3, 18)),
            "calendar": Calendar.model_validate({"start": "2025-01-01", "step": "1 year", "periods": 10}),
            "actors": {**own.actors, **_movers(case, own)},
        }
    )
    facts = {**beside["facts"], "claims": [{**each, "id": f"M{each['id']}"} for each in beside["facts"]["claims"]]}
    return synthetic.without(synthetic.make(own, draws=60), beside={**beside, "facts": facts})


def _renamed(claim: Claim, own: Case) -> Claim:
    return claim.model_copy(
        update={"id": f"M{claim.id}", "by": next(iter(own.perspectives)), "support": (), "doubt": ()}
    )


def _movers(case: Case, own: Case) -> dict[str, Actor]:
    first = next(iter(own.actors.values()))
    return {name: first.model_copy(update={"name": actor.name}) for name, actor in case.actors.items()}


def test_every_factual_proposition_has_the_ledgers_two_verdicts() -> None:
    found = {fact.claim.id[1:]: fact for fact in facts.facts(View(run())).ledger if fact.before is not None}
    judged = judge(open_ledger(FOLDER))
    assert len(found) == len(judged) > 10
    for each in judged:
        fact = found[each.claim.id]
        assert fact.before is not None
        assert (fact.before.word, fact.word) == (each.then, each.now)


def test_what_the_ledger_alone_judges_is_shown_and_a_claim_without_evidence_says_so() -> None:
    whole = run()
    case = whole.plan.case
    lone = next(claim for claim in case.claims if claim.id == "MC05")
    left = tuple(claim for claim in case.claims if claim is not lone)
    own = next(iter(case.perspectives))
    bare = Claim(id="F9", by=own, says="It is so.", route="ledger", why="on record", verdict="contradicted")
    plan = dataclasses.replace(whole.plan, case=case.model_copy(update={"claims": (*left, bare)}))
    shown = View(dataclasses.replace(whole, plan=plan))
    found = {fact.claim.id: fact for fact in facts.facts(shown).ledger}
    assert (found["MC05"].word, found["MC05"].claim.says) == ("supported", lone.says)
    assert found["MC05"].support
    assert found["F9"].notes == "No evidence is on record; the verdict is the case's own."
    assert lone.says in page(shown.run)


def test_evidence_of_a_later_day_does_not_count_as_known_on_the_day() -> None:
    for claim in mine_ban()[1]["facts"]["claims"]:
        for item in (*claim["for"], *claim["against"]):
            if item["known_from"] and item["known_from"] > "2025-03-18":
                assert item["counted_then"] is not True, item["note"]


def test_standings_are_those_of_the_law_on_every_day() -> None:
    book = open_book("APMBC")
    for state in mine_ban()[1]["treaties"][0]["states"]:
        for day in (date(2025, 3, 18), date(2025, 12, 26), date(2025, 12, 27), date(2026, 2, 19), date(2026, 2, 20)):
            before = [each["word"] for each in state["standings"] if each["on"] <= day.isoformat()]
            assert (before or ["not a party"])[-1] == stands(book, state["state"], day).word


def test_the_section_says_who_left_what_is_contested_and_what_moves_are() -> None:
    found = standing(View(run()))
    assert found is not None
    left = "Estonia, Latvia, Lithuania and Poland have left the Anti-Personnel Mine Ban Convention"
    assert found.headline == f"{left}; Belarus is still bound"
    (treaty,) = found.treaties
    assert [contest.question[:10] for contest in treaty.contested] == ["Is Belarus"]
    assert len(treaty.contested[0].positions) == 2
    moves = {(row[1], row[2], row[4]) for row in treaty.acts.rows}
    assert ("Poland and the Baltic states", "stockpile", "1(1)(b)") in moves
    assert ("Russia with Belarus", "notice of withdrawal", "20(2)") in moves


def test_the_chart_says_in_words_what_it_draws() -> None:
    found = standing(View(run()))
    assert found is not None
    chart = str(found.treaties[0].chart)
    for words in (
        "Poland: notice 20 Aug 2025, out 20 Feb 2026",
        "Russia: not a party",
        "Belarus: party since 1 Mar 2004",
    ):
        assert chart.count(words) == 2  # in the picture, and in its text alternative


def test_the_page_is_well_formed_and_a_run_without_a_record_has_no_such_section() -> None:
    html = page(run())
    assert 'id="s-standing"' in html
    assert "With everything known" in html
    pages.read_page(html)
    assert 'id="s-standing"' not in page(synthetic.make(draws=60))


def test_a_stored_run_keeps_its_record(tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("run")
    kept = open_run(save(run(), folder).folder or folder)
    assert kept.beside == run().beside
    assert dataclasses.is_dataclass(kept)
