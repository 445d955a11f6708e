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
        ("place: POL, indicator: wall_length", "EUR bn", "'km' where 'EUR' is asked for"),
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


def test_a_missing_source_is_a_warning_and_the_number_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [line for line in SOURCES.splitlines() if not line.startswith("S_NEW")]
    monkeypatch.setattr(f"{__name__}.SOURCES", "\n".join(rows) + "\n")
    case, locator = located(tmp_path, "place: POL, indicator: wall_cost", "EUR bn")
    assert case.assumptions["price"].triangular == (2.0, 2.5, 4.0)
    (gone,) = [each for each in locator.warnings if "unknown source" in each.found]
    assert (Path(gone.file).name, gone.line, gone.found) == (
        "facts.csv",
        2,
        "an unknown source 'S_NEW', cited in 4 places",
    )


def test_a_fact_without_a_source_gives_a_number_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.FACTS", FACTS.replace("EUR,2024,S_NEW", "EUR,2024,"))
    case, locator = located(tmp_path, "place: POL, indicator: wall_cost", "EUR bn")
    assert case.assumptions["price"].source == ()
    assert [each.found for each in locator.warnings if Path(each.file).name == "facts.csv"] == ["no source"]


@pytest.mark.parametrize(
    ("unit", "asked", "triple"),
    [
        ("million eur", "EUR bn", (0.002, 0.0025, 0.004)),
        ("EUR per km", "EUR/km", (2.0, 2.5, 4.0)),
        ("million EUR per km", "EUR bn/km", (0.002, 0.0025, 0.004)),
    ],
)
def test_money_in_any_spelling_is_cited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str, asked: str, triple: tuple[float, ...]
) -> None:
    cost = "2.5,2,4,{},2024,S_NEW".format
    monkeypatch.setattr(
        f"{__name__}.FACTS", FACTS.replace("2500000000,2000000000,4000000000,EUR,2024,S_NEW", cost(unit))
    )
    found = located(tmp_path, "place: POL, indicator: wall_cost", asked).case.assumptions["price"]
    assert found.triangular == pytest.approx(triple)
    with pytest.raises(InputError, match="a unit of that currency"):
        located(tmp_path, "place: POL, indicator: wall_cost", "km")


OLDER = "POL,old_cost,2020,1000000000,,,EUR,2020,S_NEW\nPOL,dollars,2024,1000000000,,,USD,2024,S_NEW\n"
OLD = "\n  old: {fact: {place: POL, indicator: old_cost{MORE}}, unit: EUR bn, means: an older one}\nperspectives:"


def two(folder: Path, monkeypatch: pytest.MonkeyPatch, formula: str, more: str = "", old: str = OLD) -> Located:
    """The case with an older cost, and a formula of both."""
    monkeypatch.setattr(f"{__name__}.FACTS", FACTS + OLDER)
    changed = CASE.replace("\nperspectives:", old.replace("{MORE}", more)).replace("{much: price}", formula)
    monkeypatch.setattr(f"{__name__}.CASE", changed)
    return located(folder, "place: POL, indicator: wall_cost", "EUR bn")


@pytest.mark.parametrize(
    ("formula", "path"),
    [
        ("{much: (price + old) / price}", "outcomes.much"),
        ("{much: 1 if price > old else 0}", "outcomes.much"),
        ("{much: both / price}\ndefine: {both: price + old}", "define.both"),
        ("{much: price / late}\ndefine: {late: 2 * old, double: late}", "outcomes.much"),
    ],
)
def test_prices_of_unlike_years_that_meet_are_a_warning_with_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formula: str, path: str
) -> None:
    met = [each for each in two(tmp_path, monkeypatch, formula).locator.warnings if "prices" in each.found]
    file = tmp_path / "case.yaml"
    assert [(each.path, each.found) for each in met] == [
        (path, f"'price' at prices of 2024 ({file}:8) meets 'old' at prices of 2020 ({file}:9)")
    ]
    assert "`prices: as stated`" in met[0].expected


@pytest.mark.parametrize(
    ("formula", "more"),
    [("{much: (price + old) / price}", ", prices: as stated"), ("{much: price, before: old}", "")],
)
def test_prices_taken_as_stated_and_prices_apart_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formula: str, more: str
) -> None:
    found = two(tmp_path, monkeypatch, formula, more)
    assert not [each for each in found.locator.warnings if "prices" in each.found]
    kept = found.case.assumptions["old"].fact
    assert kept is not None
    assert kept.prices == ("as stated" if more else None)


def test_prices_of_what_is_no_money_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"price\.fact\.prices\): prices of 'km'; none; it is not money"):
        located(tmp_path, "place: POL, indicator: wall_length, prices: as stated", "km")


def test_two_currencies_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dollars = OLD.replace("old_cost", "dollars").replace("EUR bn", "USD bn")
    with pytest.raises(InputError, match=r"outcomes\.much\).*EUR bn.*USD bn"):
        two(tmp_path, monkeypatch, "{much: (price + old) / price}", old=dollars)


def test_a_stored_case_keeps_what_it_cites_and_what_that_was(tmp_path: Path) -> None:
    case = located(tmp_path, "place: POL, indicator: wall_cost", "EUR bn").case
    assert Case.model_validate(plain(case)) == case
    assert plain(case)["assumptions"]["price"]["fact"] == {"place": "POL", "indicator": "wall_cost"}
