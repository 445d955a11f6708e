"""Events that speak of types, taken apart: what is left says the same, type by type, and every type is covered once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assay.assumptions.arrays import Bindings, evaluate
from assay.case.model import Case
from assay.case.types import types_of
from assay.claims.agenda import agenda
from assay.claims.by_type import parts, profiles, settle
from assay.claims.constants import assumptions_behind, modelling_constants
from assay.claims.describe import describe_test
from assay.claims.mentions import mentions
from assay.claims.policies import rules, signalling
from assay.claims.quantity import read_quantity
from assay.errors import InputError
from assay.formula.ast import Choice, Comparison, Logic, Name, Node, Not
from assay.formula.parse import parse
from assay.formula.text import text
from assay.game.compile import compile_game

STRAIT = YAML(typ="safe", pure=True).load((Path(__file__).parent / "strait.yaml").read_text(encoding="utf-8"))
TYPES = {"ally": ("false_friend", "true_friend"), "fleet": ("calm", "greedy", "mad")}


def strait(**changes: Any) -> Case:
    return Case.model_validate({**STRAIT, **changes})


@pytest.fixture(scope="module")
def case() -> Case:
    return strait()


def equals(actor: str, of_type: str, operator: str) -> Node:
    return Comparison(operator, Name(actor), Name(of_type))  # type: ignore[arg-type]


atoms = st.one_of(
    st.sampled_from([(actor, each) for actor, types in TYPES.items() for each in types]).flatmap(
        lambda pair: st.sampled_from(["==", "!="]).map(lambda operator: equals(*pair, operator))
    ),
    st.sampled_from([Name("war"), Name("lost"), parse("guard == posted").node, Name("fleet.attack")]),
)
events = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).flatmap(
            lambda many: st.sampled_from(["and", "or"]).map(lambda word: Logic(word, tuple(many)))
        ),
        inner.map(Not),
        st.tuples(inner, inner, inner).map(lambda three: Choice(*three)),
    ),
    max_leaves=8,
)


def truth(event: Node | bool, types: Mapping[str, str], facts: Mapping[str, bool]) -> bool:
    if isinstance(event, bool):
        return event
    named = {**TYPES, "guard": ("none", "posted")}
    codes = {actor: float(TYPES[actor].index(each)) for actor, each in types.items()}
    values = {**facts, **codes, "guard": float(facts["guard"])}
    return bool(evaluate(event, Bindings(values, named)))


FACTS = [
    dict(zip(("war", "lost", "guard", "fleet.attack"), each, strict=True)) for each in product([False, True], repeat=4)
]
PROFILES = [dict(zip(TYPES, each, strict=True)) for each in product(*TYPES.values())]


@settings(max_examples=150, deadline=None)
@given(events)
def test_what_is_left_of_an_event_is_the_event_for_those_types(event: Node) -> None:
    case = strait()
    for types in PROFILES:
        left = settle(event, types, case)
        assert isinstance(left, bool) or not mentions(left, case).types
        for facts in FACTS:
            assert truth(left, types, facts) == truth(event, types, facts), text(event)


@settings(max_examples=80, deadline=None)
@given(events, st.none() | events)
def test_parts_cover_every_profile_once_but_for_those_that_the_condition_rules_out(
    event: Node, condition: Node | None
) -> None:
    case = strait()
    game = compile_game(case)
    found = parts(event, condition, case)
    counted = [int(p) for part in found for p in (range(6) if part.types is None else profiles(part.types, game))]
    assert len(set(counted)) == len(counted)
    for number, types in enumerate(PROFILES):
        possible = condition is None or any(truth(condition, types, facts) for facts in FACTS)
        assert number in counted or not possible


def test_profiles_are_numbered_with_the_last_actor_running_fastest(case: Case) -> None:
    game = compile_game(case)
    assert profiles([(("fleet", "greedy"),)], game).tolist() == [1, 4]
    assert profiles([(("ally", "true_friend"),)], game).tolist() == [3, 4, 5]
    assert profiles([(("ally", "true_friend"), ("fleet", "calm")), (("fleet", "mad"),)], game).tolist() == [2, 3, 5]
    assert profiles([(("fleet", "angry"),)], game).tolist() == []


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("P(fleet == mad)", "P(fleet == mad, by=end)"),
        ("P(war and fleet == mad)", "P(war and fleet == mad, by=2)"),
    ],
)
def test_an_event_on_types_and_tags_is_read_at_the_end(case: Case, asked: str, same: str) -> None:
    assert read_quantity(parse(asked).node, case) == read_quantity(parse(same).node, case)


@pytest.mark.parametrize("asked", ["E(fleet, given=war)", "N(fleet.attack, given=guard == posted)"])
def test_payoffs_and_counts_are_conditioned_on_types_alone(case: Case, asked: str) -> None:
    with pytest.raises(ValueError, match="no given= but types"):
        read_quantity(parse(asked).node, case)
    assert read_quantity(parse("E(fleet, given=fleet == mad)").node, case).given is not None


def test_policies_that_signal_and_that_do_not_are_not_played_together(case: Case) -> None:
    assert signalling(case, ["heard"])
    assert not signalling(case, ["posted", "calmed"])
    with pytest.raises(ValueError, match="one signals and the other does not"):
        rules(case, ["heard", "calmed"])
    with pytest.raises(InputError, match="one signals"):
        agenda(strait(interventions={"both": ["heard", "calmed"]}))


def test_an_actor_without_types_has_nothing_to_signal(case: Case) -> None:
    changed = strait(
        policies={
            "a": {"play": {"fleet.strait": ["wait"]}, "signals": False},
            "b": {"play": {"ally.promise": ["stay"]}, "signals": False},
        },
    )
    assert rules(changed, ["a", "b"])
    assert types_of(case) == TYPES


def test_the_number_of_one_type_is_an_assumption_of_its_own(case: Case) -> None:
    assert assumptions_behind([parse("prize.mad > 3").node], case) == {"prize.mad"}
    assert modelling_constants(case) == {"sharp": frozenset({"precision"})}


def test_types_are_said_in_words() -> None:
    claim = {
        "id": "T",
        "by": "author",
        "says": "It.",
        "holds_if": "P(war, given=fleet == mad) > 0.5 and prize.mad > 4",
    }
    asked = strait(claims=[claim])
    said = describe_test(asked.claims[0], asked)
    assert "the fleet is mad" in said
    assert "what the harbour is worth to the fleet (if the fleet is mad)" in said
