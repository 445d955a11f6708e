"""Reading a call as a quantity: defaults, equality, keys, and what makes no sense."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assay.case.model import Case
from assay.claims.agenda import agenda
from assay.claims.quantity import Quantity, read_quantity
from assay.errors import InputError
from assay.formula.ast import Call
from assay.formula.parse import parse
from assay.game.compile import compile_game


@pytest.fixture
def read(harbour: Callable[..., Case]) -> Callable[[str], Quantity]:
    case = harbour()

    def quantity(text: str) -> Quantity:
        call = parse(text).node
        assert isinstance(call, Call)
        return read_quantity(call, case)

    return quantity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P(war)", "P(war, by=end)"),
        ("P(war, by=3)", "P(war, by=2027)"),
        ("P( war , by = end )", "P(war)"),
        ("P(war, do=walls + attack)", "P(war, do=attack + walls)"),
        ("P(war, prize=1, storm=0.2)", "P(war, storm=0.2, prize=1)"),
        ("E(town)", "E(town, by=end)"),
        ("EV(fleet.siege.lift)", "EV(fleet.siege.lift, at=siege)"),
    ],
)
def test_quantities_that_ask_the_same_are_equal(read: Callable[[str], Quantity], one: str, other: str) -> None:
    assert read(one) == read(other)
    assert read(one).key == read(other).key
    assert hash(read(one)) == hash(read(other))


@pytest.mark.parametrize(
    "other", ["P(war, by=2)", "P(war, do=walls)", "P(lost)", "P(war, given=lost)", "P(war, at=end)"]
)
def test_quantities_that_ask_something_else_differ(read: Callable[[str], Quantity], other: str) -> None:
    assert read(other) != read("P(war)")
    assert read(other).key != read("P(war)").key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("P(war)", "as played"),
        ("P(war, do=walls + attack)", "do attack + walls"),
        ("P(war, regime=no_wall, prize=2)", "regime no_wall, prize = 2"),
        ("P(war, do=walls, prize=prize + 1)", "do walls, prize = prize + 1"),
    ],
)
def test_a_scenario_has_a_key_for_the_tables(read: Callable[[str], Quantity], text: str, key: str) -> None:
    assert read(text).scenario.key == key


@pytest.mark.parametrize(
    ("text", "period"), [("P(war, by=1)", 1), ("P(war, by=2025)", 1), ("P(war, by=2026)", 2), ("P(war, by=end)", 3)]
)
def test_a_year_stands_for_the_last_period_that_starts_in_it(
    read: Callable[[str], Quantity], text: str, period: int
) -> None:
    assert read(text).time.period == period


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("P(wall == built)", "needs by= or at="),
        ("P(war, by=4)", "outside the reported periods"),
        ("P(war, by=2031)", "outside the reported periods"),
        ("P(war, by=2, at=2)", "not both"),
        ("P(war, do=nothing)", "no policy"),
        ("P(war, regime=nothing)", "no regime"),
        ("P(war, by=2, in=1)", "in= goes with at=STAGE"),
        ("E(town, given=war)", "takes no given="),
        ("EV(fleet.attack)", "at=STAGE"),
        ("N(fleet.attack, at=strait)", "write by="),
        ("P(wonder)", "no tag, variable"),
        ("P(war, do=walls + no_walls)", "rule town.works differently"),
        ("P(town.plan and fleet.attack, at=strait)", "town.plan is no move at 'strait'"),
        ("P(fleet.attack, at=strait, given=town.plan)", "town.plan is no move at 'strait'"),
        ("Q(war)", "no quantity"),
    ],
)
def test_nonsense_is_refused_in_words(read: Callable[[str], Quantity], text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text)


def test_an_agenda_solves_and_passes_no_more_than_it_must(harbour: Callable[..., Case]) -> None:
    case = harbour(
        outcomes={
            "a": {"value": "P(war)"},
            "b": {"value": "P(war, by=2) + E(town) + P(lost, given=war)"},
            "c": {"value": "P(war, do=walls) - P(lost, do=walls)"},
            "d": {"value": "P(war, regime=no_wall)"},
            "e": {"value": "P(fleet.attack, by=end)"},
        }
    )
    asked = agenda(case)
    assert [variant.key for variant in asked.variants] == ["as played", "regime no_wall"]
    assert asked.forward_passes == 3 + 1, "as played, do walls, until an attack; and one under the regime"
    assert asked.cost == "2 solves and 4 forward passes a draw"


def test_a_variant_says_at_what_precision_it_is_solved(harbour: Callable[..., Case]) -> None:
    (variant,) = agenda(harbour()).variants
    assert [variant.scaled(scale).key for scale in (0.0, 1.0, 4.0)] == [
        "precision times 0",
        "as played",
        "precision times 4",
    ]


def test_all_that_cannot_be_asked_is_said_at_once_with_its_place(harbour: Callable[..., Case]) -> None:
    outcomes = {
        "odd": {"value": "1 - P(war)", "over_time": True},
        "changed": {"value": "P(war, regime=no_wall)", "over_time": True},
        "many": {
            "value": "P(fleet.wait or fleet.attack and town.sail or town.wait or town.plan and town.wave, by=end)"
        },
    }
    claims = [{"id": "A", "by": "author", "says": "A thing.", "holds_if": "P(war) < not_much"}]
    with pytest.raises(InputError) as raised:
        agenda(harbour(outcomes=outcomes, claims=claims))
    assert {problem.path: problem.found for problem in raised.value.problems} == {
        "outcomes.odd": "what is drawn over time is one P(...) and nothing else",
        "outcomes.changed": "what is drawn over time cannot change the game",
        "outcomes.many": "6 moves or events in one probability",
        "claims[0].holds_if": "the reading 'not_much' speaks of `level` where nothing is contrasted",
    }


@pytest.mark.parametrize(
    ("quantity", "says"),
    [
        ("P(not fleet.attack and wall == built, by=end)", "true without any move"),
        ("P(fleet.attack or town.plan, at=2)", "moves at several stages"),
        ("P(fleet.attack and town.plan, at=2)", "moves at several stages"),
        ("P(fleet.attack, at=2, given=walled)", "moves at several stages, or with a condition"),
        ("P(walled, at=2, given=fleet.attack)", "a move is no state of affairs"),
        ("P(war, at=strait)", "nothing has ended yet"),
        ("EV(fleet.attack, at=strait, given=town.sail)", "before any move is made"),
    ],
)
def test_what_a_game_cannot_answer_is_refused_with_its_place(
    harbour: Callable[..., Case], quantity: str, says: str
) -> None:
    claims = [{"id": "A", "by": "author", "says": "A thing.", "holds_if": f"{quantity} > 0"}]
    case = harbour(claims=claims)
    asked = agenda(case)
    with pytest.raises(InputError, match=says) as raised:
        asked.passes(compile_game(case), asked.variants[0])
    assert [problem.path for problem in raised.value.problems] == ["claims[0].holds_if"]
