"""What a case says of types, as the rooms that compile, fill and judge it read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assay.case.read import read, read_located
from assay.case.types import (
    beliefs_of,
    columns,
    definitions,
    reference_of,
    shares_of,
    type_words,
    typed_definitions,
    types_of,
)
from assay.errors import InputError
from assay.formula.text import text

BLUFF = Path(__file__).parent.parent / "cases" / "bluff.yaml"
FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"
SOURCE = BLUFF.read_text(encoding="utf-8")


def said(shares: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if share is None else str(share) for name, share in shares.items()}


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A file with the case in which texts were replaced."""
    source = SOURCE
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    path = tmp_path / "case.yaml"
    path.write_text(source, encoding="utf-8")
    return path


def test_types_in_a_list_or_with_shares() -> None:
    case = read(BLUFF)
    assert types_of(case) == {"valley": ("timid", "brave"), "hill": ("calm", "greedy")}
    assert said(shares_of(case, "valley")) == {"timid": "1 - p_brave", "brave": "p_brave"}
    assert said(shares_of(case, "hill")) == {"calm": None, "greedy": "p_greedy"}
    assert shares_of(case, "watcher") == {}


def test_the_first_observer_is_the_reference_and_rest_is_what_is_left() -> None:
    case = read(BLUFF)
    assert {who: said(shares) for who, shares in beliefs_of(case, "hill").items()} == {
        "watcher": {"calm": None, "greedy": "0.5"},
        "valley": {"calm": None, "greedy": "fear"},
    }
    assert reference_of(case, "hill") == "watcher"
    assert beliefs_of(case, "valley") == {}
    assert reference_of(case, "valley") is None


def test_numbers_and_formulas_for_each_type_stand_for_a_choice_by_type() -> None:
    case = read(BLUFF)
    assert {name: text(formula) for name, formula in typed_definitions(case).items()} == {
        "prize": "prize.calm if hill == calm else prize.greedy",
        "pride": "0 if valley == timid else shame",
    }
    assert list(definitions(case)) == ["pride", "spoils", "greed", "prize"]
    assert str(definitions(case)["spoils"]) == "2 * prize"
    assert definitions(read(FENCE)).keys() == {"success"}


def test_three_types_need_two_conditions(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ("types: [calm, greedy]", "types: [calm, greedy, mad]"),
        ("share: {greedy: p_greedy}", "share: {greedy: p_greedy, mad: 0.1}"),
        ("watcher: {greedy: 0.5}", "watcher: {greedy: 0.5, calm: 0.25}"),
        ("greedy: fear}", "greedy: fear, mad: 0}"),
        ("      calm: {range: [-5, 2]}", "      calm: {range: [-5, 2]}\n      mad: {fixed: 99}"),
    )
    case = read(path)
    formula = typed_definitions(case)["prize"]
    assert text(formula) == "prize.calm if hill == calm else prize.mad if hill == mad else prize.greedy"
    assert said(shares_of(case, "hill")) == {"calm": None, "greedy": "p_greedy", "mad": "0.1"}
    assert said(beliefs_of(case, "hill")["watcher"]) == {"calm": "0.25", "greedy": "0.5", "mad": None}


def test_columns_say_the_type_and_carry_their_own_reason() -> None:
    found = columns(read(BLUFF))
    assert list(found) == ["p_brave", "p_greedy", "fear", "sharp", "prize.calm", "prize.greedy", "shame"]
    assert found["prize.calm"].range == (-5.0, 2.0)
    assert found["prize.calm"].because == "made up"
    assert found["prize.greedy"].because == "greed knows no end"
    assert found["prize.greedy"].unit == "util/hill"
    assert found["prize.greedy"].means == "What a raid is worth to the hill (if the hill is greedy)"


def test_a_case_without_types_has_its_assumptions_as_columns() -> None:
    case = read(FENCE)
    assert types_of(case) == typed_definitions(case) == type_words(case) == {}
    assert columns(case) == case.assumptions


def test_types_in_words() -> None:
    words = type_words(read(BLUFF))
    assert words["hill == greedy"] == "the hill is greedy"
    assert words["hill != greedy"] == "the hill is not greedy"
    assert words["valley == brave"] == "the valley is brave at heart"


def test_yes_and_no_are_read() -> None:
    case = read(BLUFF)
    assert case.policies["quiet"].signals is True
    assert [item.typed for item in case.order if hasattr(item, "typed")] == [True, True, True, False]
    assert (case.solution.belief_nodes, case.solution.belief_span) == (5, 2.5)
    assert (read(FENCE).solution.belief_nodes, read(FENCE).solution.belief_span) == (7, 3.0)


def test_types_that_make_no_difference_are_a_warning(tmp_path: Path) -> None:
    path = changed(tmp_path, ("{name: The watcher, precision: 1}", "{name: W, precision: 1, types: {a: 0.5, b: rest}}"))
    _, locator = read_located(path)
    assert [str(each).removeprefix(str(path)) for each in locator.warnings] == [
        ":19:36 (actors.watcher.types): warning: the types of 'watcher' make no difference; "
        "a payoff or a weight that depends on the type"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("strike: {end: fight}", "strike: {end: fight, weight: 1 + greed}"),
        ("give: {pays:", "give: {weight: 2 if valley == brave else 1, pays:"),
        ("talk: {}", "talk: {cost: 1 if hill == calm else 0}"),
        ("p_greedy: {fixed: 0.1}", "p_greedy: {fixed: 0.1}, prize.calm: {fixed: 1}"),
    ],
)
def test_typed_formulas_stand_where_the_type_is_known_or_expected(tmp_path: Path, old: str, new: str) -> None:
    read(changed(tmp_path, (old, new)))


def test_a_mistake_in_one_types_formula_does_not_hide_others(tmp_path: Path) -> None:
    path = changed(tmp_path, ("brave: shame}", "brave: '3 +'}"), ("precision: sharp", "precision: shrap"))
    with pytest.raises(InputError) as caught:
        read(path)
    assert [str(each).removeprefix(str(path)) for each in caught.value.problems] == [
        ":13:16 (actors.hill.precision): unknown name 'shrap'; did you mean 'sharp'?",
        ":43:52 (define.pride.types.brave): the formula ends too early; a number, a name or an opening bracket",
    ]


def test_a_types_own_source_that_is_missing_or_has_no_date_is_a_warning(tmp_path: Path) -> None:
    greedy = ("because: greed knows no end", "source: [S1]")
    (gone,) = read_located(changed(tmp_path, greedy)).locator.warnings
    assert (gone.path, gone.found) == ("assumptions.prize.types.greedy.source[0]", "an unknown source 'S1'")
    _, locator = read_located(changed(tmp_path, greedy, ("solution:", "sources: {S1: {title: A letter}}\nsolution:")))
    assert [each.found for each in locator.warnings] == ["the source 'S1' without a date"]
