"""The built-in case `mine-ban`: every proposition is there, judged with a reason, and nobody's ranges are left out."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from assay.case.assumptions import Assumption, Distribution
from assay.case.claims import Claim
from assay.case.model import Case
from assay.case.read import Located, read_located
from assay.case.types import columns
from assay.ledger.ledger import open_ledger
from assay.library import CASES

CASE = CASES / "mine-ban" / "case.yaml"
PROPOSITIONS = Path(__file__).parent / "data" / "propositions.csv"
MODELLED = {
    *("C11", "C12", "C15-believed", "C18", "C19", "C20", "C20-how-often", "C21"),
    *("C22", "C22-proportion", "C22-mines", "C22-attacked", "C23", "C27"),
    *("C28", "C28-response", "C33", "C34", "C35", "C36", "C37", "C38"),
    *("C39-order", "C39-first", "C39-second", "C44", "C44-acts", "C45", "C45-proportion", "C45-east", "C46"),
}
EASTERN = {"S_PUTIN_1025", "S_RYZH", "S_VOLF", "S_LEVADA22", "S_TASS_PL", "S_CCGA23", "S_IDNES24"}
WESTERN = {"S_DDIS_TD", "S_DDIS_GT", "S_YOUBOOX_EN", "S_CBOS_0925", "S_OGRE_STUBB", "S_MAG", "S_SUNRISE"}


@cache
def located() -> Located:
    return read_located(CASE)


def case() -> Case:
    return located().case


def propositions() -> list[dict[str, str]]:
    with PROPOSITIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bounds(distribution: Distribution) -> tuple[float, float]:
    """Lowest and highest value of the distributions that this case uses."""
    match distribution.kind:
        case "range" | "log_range":
            low, high = distribution.range or distribution.log_range or (0.0, 0.0)
            return low, high
        case "fixed":
            assert distribution.fixed is not None
            return distribution.fixed, distribution.fixed
        case "discrete":
            assert distribution.discrete is not None
            return min(distribution.discrete), max(distribution.discrete)
        case other:
            raise AssertionError(f"the case does not use {other}")


def numbers() -> dict[str, Assumption]:
    """The columns of a draw: an assumption with a number for each type has one for each."""
    return columns(case())


def claims_of(proposition: str) -> list[Claim]:
    return [claim for claim in case().claims if claim.id.split("-")[0] == proposition]


def test_the_case_reads_without_warnings() -> None:
    assert [str(warning) for warning in located().locator.warnings] == []


def test_every_proposition_is_there_in_the_order_of_the_essay() -> None:
    in_order = dict.fromkeys(claim.id.split("-")[0] for claim in case().claims)
    assert list(in_order) == [row["id"] for row in propositions()]
    assert len(in_order) == 46


@pytest.mark.parametrize("row", propositions(), ids=lambda row: row["id"])
def test_quotes_and_paragraphs_are_the_essays(row: dict[str, str]) -> None:
    for claim in claims_of(row["id"]):
        assert claim.quote == row["quote"]
        assert claim.section == f"Paragraph {row['paragraph']}"
        assert claim.by == "author"
        assert len(claim.quote.split()) <= 12


def test_every_claim_says_how_it_is_judged_and_why() -> None:
    for claim in case().claims:
        assert claim.why, claim.id
        assert (claim.route == "model") == (claim.holds_if is not None), claim.id
        assert (claim.route == "ledger") == (claim.verdict is not None), claim.id
    assert {claim.id for claim in case().claims if claim.route == "model"} == MODELLED


def test_ledger_claims_rest_on_evidence() -> None:
    for claim in case().claims:
        if claim.route == "ledger":
            assert claim.support or claim.doubt, claim.id
            assert claim.verdict != "contradicted" or claim.doubt, claim.id


def test_premises_are_claims_of_the_same_text() -> None:
    known = {claim.id for claim in case().claims}
    for claim in case().claims:
        assert set(claim.because) <= known - {claim.id}, claim.id


def test_every_assumption_has_a_source_or_a_reason() -> None:
    for name, assumption in numbers().items():
        assert assumption.because, name
        assert assumption.source == "judgement" or set(assumption.source) <= set(case().sources), name
    for name, assumption in case().assumptions.items():
        assert assumption.means[0].islower() or assumption.means.startswith(("Russia", "Belarus", "NATO")), name
        assert not assumption.means.endswith("."), name


def test_every_reading_of_an_assumption_lies_within_the_union_and_has_a_reason() -> None:
    assert case().perspectives["union"].set == {}
    for perspective in case().perspectives.values():
        for name, setting in perspective.set.items():
            low, high = bounds(numbers()[name])
            inner_low, inner_high = bounds(setting)
            assert low <= inner_low <= inner_high <= high, (perspective.name, name)
            assert setting.because, (perspective.name, name)


def test_the_union_is_no_wider_than_the_readings_where_all_three_state_one() -> None:
    readers = [case().perspectives[name].set for name in ("author", "frontline", "moscow")]
    for name in set.intersection(*(set(settings) for settings in readers)):
        ends = [bounds(settings[name]) for settings in readers]
        assert bounds(numbers()[name]) == (min(low for low, _ in ends), max(high for _, high in ends)), name


def test_the_parties_get_the_same_care() -> None:
    sizes = {name: len(case().perspectives[name].set) for name in ("author", "frontline", "moscow")}
    assert max(sizes.values()) - min(sizes.values()) <= 2
    precision = {str(actor.precision) for actor in case().actors.values()}
    assert len({str(case().assumptions[name].log_range) for name in precision}) == 1


def test_sources_of_both_sides_are_used_and_none_is_idle() -> None:
    used: set[str] = set()
    for claim in case().claims:
        used |= {item.source for item in (*claim.support, *claim.doubt)}
    for assumption in numbers().values():
        used |= set() if assumption.source == "judgement" else set(assumption.source)
    for perspective in case().perspectives.values():
        used |= set(perspective.source)
        for setting in perspective.set.values():
            used |= set(setting.source) if isinstance(setting.source, tuple) else set()
    for reading in case().readings.values():
        used |= set(reading.source)
    ledger = open_ledger(CASE.parent)
    used |= {name for fact in ledger.facts for name in fact.sources}
    used |= {item.source for claim in ledger.claims for point in claim.points for item in point.items}
    assert used >= EASTERN | WESTERN
    assert set(case().sources) - used <= {"S_JEFFREYS"}  # named in a note
    assert all(source.tier for source in case().sources.values())


def test_no_line_is_too_wide_to_read() -> None:
    wide = [n for n, line in enumerate(CASE.read_text(encoding="utf-8").splitlines(), 1) if len(line) > 120]
    assert wide == []


def test_the_author_is_held_to_each_sentence_once() -> None:
    """A further reading of a sentence, which the author need not mean, does not count in the joint test."""
    further = {claim.id for claim in case().claims if not claim.joint}
    assert further == {
        *("C15-believed", "C20-how-often", "C22-proportion", "C22-mines", "C22-attacked", "C28-response"),
        *("C44-acts", "C45-proportion"),
    }
    assert {claim.split("-")[0] for claim in further} <= {claim.id for claim in case().claims if claim.joint}


def test_nobody_knows_what_russia_and_the_alliance_are() -> None:
    """Each party has its own share of every type, and each side its own belief; no number of a type is left out."""
    assert {name: tuple(actor.types) for name, actor in case().actors.items() if actor.types} == {
        "alliance": ("dove", "hawk"),
        "russia": ("secure", "revisionist"),
    }
    for actor, observers in (("alliance", {"russia", "frontline"}), ("russia", {"alliance", "frontline"})):
        assert set(case().actors[actor].believed) == observers
    shares = {"share_revisionist", "share_hawk"}
    beliefs = {f"{seen}_seen_by_{by}" for seen, by in (("russia", "alliance"), ("alliance", "russia"))}
    beliefs |= {"russia_seen_by_frontline", "alliance_seen_by_frontline"}
    for name in ("author", "frontline", "moscow"):
        assert shares | beliefs <= set(case().perspectives[name].set), name


def test_a_number_for_each_type_sets_the_types_apart() -> None:
    """The type that would act has more to gain from acting, and less to lose, over the whole of the ranges."""
    apart = {
        "taking_gain": ("secure", "revisionist"),
        "split_gain": ("secure", "revisionist"),
        "probe_gain": ("secure", "revisionist"),
        "proxy_gain_russia": ("secure", "revisionist"),
        "abandon_cost": ("dove", "hawk"),
        "credibility": ("dove", "hawk"),
        "rollback_gain": ("dove", "hawk"),
        "proxy_gain_alliance": ("dove", "hawk"),
        "presence_cost": ("hawk", "dove"),
    }
    assert {name for name, assumption in case().assumptions.items() if assumption.by} == set(apart)
    for name, (less, more) in apart.items():
        low, high = bounds(numbers()[f"{name}.{less}"]), bounds(numbers()[f"{name}.{more}"])
        assert low[0] <= high[0], name
        assert low[1] < high[1], name
