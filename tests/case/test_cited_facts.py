"""Numbers that cite facts: value, range and sources are those of the table; stale sources are warnings with a place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.case.model import Case
from assay.case.read import Located, read_located
from assay.errors import InputError
from assay.runs.fingerprint import plain

CASE = """
assay: "1"
title: A wall
calendar: {start: 2025-01-01, step: 1 year, periods: 2}
actors: {valley: {name: The valley, precision: sharp}}
assumptions:
  sharp: {fixed: 1, unit: 1/util, means: how sharply it chooses, source: judgement, because: made up}
  price: {fact: {FACT}, unit: UNIT, means: what the wall costs}
perspectives: {writer: {name: The writer}}
order:
  - stage: building
    mover: valley
    moves: {wait: {}, build: {}}
outcomes: {much: price}
"""
SOURCES = "source_id,title,date,checked\nS_OLD,A letter,2020,2021-05-01\nS_NEW,A book,2020,DAY\nS_NEVER,A note,2020,\n"
FACTS = """place,indicator,date,value,low,high,unit,price_year,source_id
POL,wall_cost,2024,2500000000,2000000000,4000000000,EUR,2024,S_NEW
POL,wall_length,2024,,400,800,km,,S_NEW;S_OLD
POL,share_mined,2024,12.5,,,percent of border,,S_NEVER
POL,guards,2024-03,1200,,,persons,,S_NEW
POL,guards,2025,,,2000,persons,,S_NEW
"""


def located(folder: Path, fact: str, unit: str) -> Located:
    (folder / "sources.csv").write_text(SOURCES.replace("DAY", date.today().isoformat()))
    (folder / "facts.csv").write_text(FACTS)
    path = folder / "case.yaml"
    path.write_text(CASE.replace("{FACT}", "{" + fact + "}").replace("UNIT", unit))
    return read_located(path)


@pytest.mark.parametrize(
    ("fact", "unit", "key", "expected"),
    [
        ("place: POL, indicator: wall_cost", "EUR bn", "triangular", (2.0, 2.5, 4.0)),
        ("place: POL, indicator: wall_length", "km", "range", (400.0, 800.0)),
        ("place: POL, indicator: share_mined, date: 2024", "share", "fixed", 0.125),
        ("place: POL, indicator: guards, date: 2024-03", '"1"', "fixed", 1200.0),
    ],
)
def test_a_number_takes_value_and_range_of_its_fact(
    tmp_path: Path, fact: str, unit: str, key: str, expected: object
) -> None:
    found = located(tmp_path, fact, unit).case.assumptions["price"]
    assert found.kind == key
    assert getattr(found, key) == expected


def test_its_sources_are_those_of_the_fact_and_the_authors_own(tmp_path: Path) -> None:
    fact = "place: POL, indicator: wall_length}, source: [S_NEW], because: {}"
    with pytest.raises(InputError):
        located(tmp_path, fact, "km")
    found = located(tmp_path, "place: POL, indicator: wall_length", "km, source: [S_NEVER]")
    assert found.case.assumptions["price"].source == ("S_NEW", "S_OLD", "S_NEVER")


def test_stale_sources_and_those_never_checked_are_warnings_with_their_place(tmp_path: Path) -> None:
    stale = located(tmp_path, "place: POL, indicator: wall_length", "km").locator.warnings
    (old,) = [warning for warning in stale if "S_OLD was last checked on 2021-05-01" in warning.found]
    assert (Path(old.file).name, old.line, old.severity) == ("sources.csv", 2, "warning")
    never = located(tmp_path, "place: POL, indicator: share_mined", "share").locator.warnings
    assert [(Path(each.file).name, each.line) for each in never if "never checked" in each.found] == [
        ("sources.csv", 4)
    ]


@pytest.mark.parametrize(
    ("fact", "unit", "words"),
    [
        ("place: POL, indicator: wall_hight", "km", "wall_h"),
        ("place: EST, indicator: wall_cost", "EUR bn", "EST"),
        ("place: POL, indicator: guards", '"1"', "guards"),
        ("place: POL, indicator: guards, date: 2025", '"1"', "upper bound"),
        ("place: POL, indicator: wall_cost", "km", "a unit of that currency, as EUR bn"),
        ("place: POL, indicator: wall_length", "EUR bn", "'km' into 'EUR'"),
    ],
)
def test_what_no_fact_answers_is_refused_at_its_place(tmp_path: Path, fact: str, unit: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        located(tmp_path, fact, unit)
    (problem,) = caught.value.problems
    assert problem.path == "assumptions.price.fact"
    assert problem.line == 8
    assert words in f"{problem.found}; {problem.expected}"


def test_a_table_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FACTS", FACTS.replace("2500000000", "plenty"))
    with pytest.raises(InputError) as caught:
        located(tmp_path, "place: POL, indicator: wall_cost", "EUR bn")
    assert [(Path(each.file).name, each.line) for each in caught.value.problems] == [("facts.csv", 2)]


def test_a_stored_case_keeps_what_it_cites_and_what_that_was(tmp_path: Path) -> None:
    case = located(tmp_path, "place: POL, indicator: wall_cost", "EUR bn").case
    assert Case.model_validate(plain(case)) == case
    assert plain(case)["assumptions"]["price"]["fact"] == {"place": "POL", "indicator": "wall_cost"}
