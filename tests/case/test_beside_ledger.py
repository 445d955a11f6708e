"""A case and the claims of its ledger: what the one says and the other does not is told with its place in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.read import read_located
from assay.errors import InputError, Problem
from assay.ledger.ledger import open_ledger
from assay.library import CASES
from assay.runs.record import record

CASE = """
assay: "1"
title: A wall
text: {dated: 2025-01-01}
calendar: {start: 2025-01-01, step: 1 year, periods: 2}
actors: {valley: {name: The valley, precision: sharp}}
assumptions:
  sharp: {fixed: 1, unit: 1/util, means: how sharply it chooses, source: judgement, because: made up}
perspectives: {writer: {name: The writer}}
order:
  - stage: building
    mover: valley
    moves: {wait: {}, build: {}}
claims:
  - {id: F1, by: writer, says: There is a wall., route: ledger, why: on record, verdict: supported}
  - {id: M1, by: writer, says: It will stand., holds_if: 1 > 0}
  - {id: T1-order, by: writer, says: It is ugly., route: text, why: a matter of taste}
"""
SOURCES = "source_id,title,date,checked\nS_A,A letter,2024-12-01,2999-01-01\n"
FACTS = """\
dated: 2025-01-01
claims:
  - id: F1
    kind: fact
    says: There is a wall.
    points:
      - says: There is.
        for: [{source: S_A, note: it is mentioned}]
elsewhere: {M1: model, T1: text}
"""
SECOND = """  - id: {ID}
    kind: fact
    says: It is high.
    points:
      - says: It is.
        for: [{source: S_A, note: it is mentioned}]
elsewhere"""


def study(folder: Path, case: str = CASE, facts: str | None = FACTS, file: str = "case.yaml") -> Path:
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    if facts is not None:
        (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    (folder / file).write_text(case, encoding="utf-8")
    return folder / file


def told(path: Path) -> list[Problem]:
    return [each for each in read_located(path).locator.warnings if "not used" not in each.found]


def test_two_that_agree_are_fine(tmp_path: Path) -> None:
    assert told(study(tmp_path)) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("[1,2", r"facts\.yaml:1:\d+: not well-formed YAML"),
        (FACTS.replace("kind: fact", "kind: factual"), r"facts\.yaml:4:11 \(claims\[0\]\.kind\): the kind 'factual'"),
        (FACTS.replace("S_A, note", "S_A, nota"), r"facts\.yaml:8:\d+ .*an unknown key 'nota'"),
        (
            FACTS.replace("dated: 2025-01-01", "dated: 2024-12-31"),
            r"case\.yaml:4:15 \(text\.dated\): the day 2025-01-01",
        ),
    ],
)
def test_what_is_wrong_in_the_claims_is_an_error_of_the_case(tmp_path: Path, facts: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_located(study(tmp_path, facts=facts))


def test_two_days_of_the_text_are_told_with_both_places(tmp_path: Path) -> None:
    path = study(tmp_path, facts=FACTS.replace("dated: 2025-01-01", "dated: 2024-12-31"))
    with pytest.raises(InputError) as caught:
        read_located(path)
    (problem,) = caught.value.problems
    assert problem.found == f"the day 2025-01-01, where {tmp_path}/facts.yaml:1 has 2024-12-31"


def test_a_table_of_facts_that_nothing_cites_is_read_too(tmp_path: Path) -> None:
    path = study(tmp_path)
    (tmp_path / "facts.csv").write_text("place,indicator,date,value,unit,source_id\nA,i,2020,many,km,S_A\n")
    with pytest.raises(InputError, match=r"facts\.csv:2:10 \(value\): 'many'"):
        read_located(path)


DOUBTS = [
    (
        ("text: {dated: 2025-01-01}\n", ""),
        ("", ""),
        "text",
        "case.yaml",
        "no day of the text, where {}/facts.yaml:1 has",
    ),
    (
        ("", ""),
        ("dated: 2025-01-01\n", ""),
        "",
        "facts.yaml",
        "no day of the text, where {}/case.yaml:4 has 2025-01-01",
    ),
    (
        ("verdict: supported", "verdict: contradicted"),
        ("", ""),
        "claims[0].verdict",
        "case.yaml",
        "the verdict 'contradicted' of 'F1', where the evidence of {}/facts.yaml:3 makes it 'supported'",
    ),
    (
        ("claims:\n", "claims:\n  - {id: F9, by: writer, says: It is red., route: ledger, why: on record}\n"),
        ("", ""),
        "claims[0]",
        "case.yaml",
        "nothing judges 'F9', a claim for the ledger",
    ),
    (
        ("claims:\n", "claims:\n  - {id: F9, by: writer, says: Red., route: ledger, why: so, verdict: supported}\n"),
        ("", ""),
        "claims[0]",
        "case.yaml",
        "nothing judges 'F9', a claim for the ledger",
    ),
    (
        ("", ""),
        ("elsewhere", SECOND.replace("{ID}", "F2")),
        "claims[1]",
        "facts.yaml",
        "the claim 'F2', which {}/case.yaml does not have",
    ),
    (
        ("", ""),
        ("elsewhere: {M1: model, ", SECOND.replace("{ID}", "M1") + ": {"),
        "claims[1]",
        "facts.yaml",
        "the claim 'M1' is judged here, and {}/case.yaml:16 has `route: model`",
    ),
    (
        ("", ""),
        ("M1: model", "M1: undecidable"),
        "elsewhere.M1",
        "facts.yaml",
        "the route 'undecidable', and {}/case.yaml:16 has 'model'",
    ),
    (("", ""), ("M1: model", "M7: model"), "elsewhere.M7", "facts.yaml", "'M7', which {}/case.yaml does not have"),
]


@pytest.mark.parametrize(("case", "facts", "path", "file", "found"), DOUBTS, ids=[each[-1][:40] for each in DOUBTS])
def test_what_the_two_do_not_both_say_is_a_warning(
    tmp_path: Path, case: tuple[str, str], facts: tuple[str, str], path: str, file: str, found: str
) -> None:
    written = study(
        tmp_path, CASE.replace(*case, 1) if case[0] else CASE, FACTS.replace(*facts, 1) if facts[0] else FACTS
    )
    (warning,) = told(written)
    assert (warning.path, Path(warning.file).name) == (path, file)
    assert found.format(tmp_path) in warning.found
    assert warning.line is not None


def test_a_claim_that_the_case_judges_with_evidence_of_its_own_needs_no_ledger(tmp_path: Path) -> None:
    own = CASE.replace("verdict: supported", "verdict: supported, support: [{source: S_A, note: it says so}]")
    assert told(study(tmp_path, own, None)) == []
    (warning,) = told(study(tmp_path, CASE, None))
    assert warning.expected.startswith("the claim with its evidence in a facts.yaml beside the case")


def test_a_variant_beside_the_case_leaves_the_claims_to_it(tmp_path: Path) -> None:
    without = CASE.replace(CASE[CASE.index("  - {id: F1") : CASE.index("  - {id: M1")], "")
    study(tmp_path)
    variant = study(tmp_path, without, file="variant.yaml")
    located = read_located(variant)
    assert not [each for each in located.locator.warnings if Path(each.file).name == "facts.yaml"]
    assert "facts" not in record(located.case, variant)
    (alone,) = told(study(tmp_path, without))
    assert alone.found == f"the claim 'F1', which {tmp_path}/case.yaml does not have"


@pytest.mark.parametrize("file", sorted(CASES.glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_shipped_cases_and_ledgers_agree(file: Path) -> None:
    if file.name == "facts.yaml":
        assert open_ledger(file.parent).claims
    else:
        assert not [each for each in read_located(file).locator.warnings if "checked" not in each.found]
