"""What a move tells of its mover can change what others do later; held against the definition's forward pass."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assay.futures.futures import Reader
from assay.game.game import Filled, Ints
from assay.game.influence import influences
from assay.game.revealing import revealing
from assay.game.small import Made, by, chance, choice, close, ending, small_game, to
from assay.solvers.definition_forward import Imposed, Measure, forward_by_definition
from assay.solvers.definition_types import solve_types_by_definition

TYPES = {"a": {"x": 0.4, "y": 0.6}}


def points_of(filled: Filled, name: str) -> Ints:
    return np.array([i for i, each in enumerate(filled.game.skeleton.points) if each.stage == name], dtype=np.int32)


def options_of(filled: Filled, stage: str, move: str | None = None) -> Ints:
    found = [i for i, (_, at, name) in enumerate(filled.game.option_label) if at == stage and move in (None, name)]
    return np.array(found, dtype=np.int32)


def told(own: Any, between: Made, after: Made | None = None, types: Any = None, **more: Any) -> Filled:
    """`a` says something that leads to the same place whatever it is; then `between`, then `b` may start a war."""
    points = {
        "say": choice({"a": ["this", "that"]}, {"this": to("between", pays={"a": own}), "that": to("between")}),
        "between": between,
        "answer": after or choice({"b": ["war", "peace"]}, {"war": to("war"), "peace": to("peace")}),
        "war": ending({"b": by("a", x=2.0, y=-3.0), "a": -1.0}),
        "peace": ending({"c": 0.5}),
        **more,
    }
    return small_game(("a", "b", "c"), points, precision=1.5, types=TYPES if types is None else types)


TYPED = by("a", x=1.0, y=-1.0)
ON = chance(to("answer"))


def changes(filled: Filled, option: str, point: str) -> bool:
    return influences(filled.game, options_of(filled, "say", option).tolist(), [Reader(point=points_of(filled, point))])


def test_what_is_said_changes_what_is_done_later_though_it_leads_to_the_same_place() -> None:
    assert changes(told(TYPED, ON), "this", "war")


def test_it_does_so_through_others_who_know_nothing() -> None:
    between = choice({"c": ["wait", "run"]}, {"wait": to("answer"), "run": to("answer", pays={"c": 1.0})})
    assert changes(told(TYPED, between), "this", "war")


def test_a_choice_that_reveals_nothing_changes_nothing() -> None:
    filled = told(1.0, ON)
    assert revealing(filled.game) == frozenset()
    assert not changes(filled, "this", "war")


def test_it_changes_nothing_where_nobody_chooses_any_more() -> None:
    filled = told(TYPED, ON, after=chance(to("war", 0.3), to("peace", 0.7)))
    assert revealing(filled.game) == {0}
    assert not changes(filled, "this", "war")
    assert not changes(filled, "this", "peace")


def test_it_changes_what_a_later_choice_is_expected_to_be_worth() -> None:
    after = choice({"b": ["war", "arms"]}, {"war": to("war"), "arms": to("war")})
    filled = told(TYPED, ON, after=after)
    asked = options_of(filled, "answer", "war")
    say = options_of(filled, "say", "this").tolist()
    assert not influences(filled.game, say, [Reader(point=points_of(filled, "war"))])
    assert influences(filled.game, say, [Reader(worth=asked)])
    assert influences(filled.game, say, [Reader(option=asked, payoff=True)])


def test_a_later_period_counts_too() -> None:
    filled = small_game(
        ("a", "b"),
        {
            "answer": choice({"b": ["war", "peace"]}, {"war": to("war"), "peace": to("say")}),
            "say": choice({"a": ["this", "that"]}, {"this": to("on"), "that": to("on")}),
            "on": close({"a": TYPED}),
            "war": ending({"b": by("a", x=2.0, y=-3.0)}),
        },
        periods=2,
        types=TYPES,
    )
    assert changes(filled, "this", "war")
    assert not changes(filled, "this", "nowhere")


def test_where_one_way_tells_something_and_the_other_does_not_they_differ() -> None:
    """`c` chooses whether `a` is heard at all; where it is, the war depends on what it says."""
    filled = small_game(
        ("a", "b", "c"),
        {
            "ask": choice({"c": ["ask", "pass"]}, {"ask": to("say"), "pass": to("answer")}),
            "say": choice({"a": ["this", "that"]}, {"this": to("answer", pays={"a": TYPED}), "that": to("answer")}),
            "answer": choice({"b": ["war", "peace"]}, {"war": to("war"), "peace": to("peace")}),
            "war": ending({"b": by("a", x=2.0, y=-3.0), "a": -1.0}),
            "peace": ending(),
        },
        types=TYPES,
        precision=2.0,
    )
    war = [Reader(point=points_of(filled, "war"))]
    assert influences(filled.game, options_of(filled, "ask", "ask").tolist(), war)


# against the definition: what is said to change nothing changes nothing


def random_story(seed: int) -> Filled:
    """Stages in a row whose options mostly lead to the same place, some by actors with types, some that pay by type."""
    rng = np.random.default_rng([seed, 5])
    players, stages = ("a", "b", "c"), int(rng.integers(2, 5))
    names = [f"s{i}" for i in range(stages)]
    types: dict[str, Any] = {"a": {"x": 0.4, "y": 0.6}}
    if rng.random() < 0.4:
        types["b"] = {"m": 0.3, "n": 0.7}

    def amount() -> Any:
        kind = rng.random()
        if kind < 0.45:
            return float(rng.normal())
        whose = str(rng.choice(list(types)))
        return by(whose, **{name: float(rng.normal(0, 2)) for name in types[whose]})

    def pays(chance_of: float) -> dict[str, Any]:
        return {actor: amount() for actor in players if rng.random() < chance_of}

    def way(i: int) -> Any:
        on = "calm" if i + 1 == stages else names[i + 1]
        return to("war" if rng.random() < 0.2 else on, pays=pays(0.15))

    points: dict[str, Made] = {}
    for i, name in enumerate(names):
        mover = str(rng.choice(players))
        if rng.random() < 0.15:
            points[name] = chance(to("war", 0.2), to("calm" if i + 1 == stages else names[i + 1], 0.8))
        else:
            points[name] = choice({mover: ["l", "r"]}, {"l": way(i), "r": way(i)})
    points["calm"] = close(pays(0.2))
    points["war"] = ending(pays(0.4))
    return small_game(players, points, names[0], periods=2, precision=0.8, types=types, nodes=5)


def reads_of(filled: Filled) -> dict[str, Reader]:
    s = filled.game.structure
    reads = {f"point {i}": Reader(point=np.array([i], dtype=np.int32)) for i in range(len(s.kind))}
    reads |= {f"option {i}": Reader(option=np.array([i], dtype=np.int32)) for i in range(len(s.option_weight))}
    reads |= {f"pay {i}": Reader(pay=np.array([i], dtype=np.int32)) for i in range(len(s.pay_player))}
    return reads


def masses(measure: Measure) -> dict[str, np.ndarray]:
    """By reading, its numbers by period and profile."""
    found = {f"point {i}": measure.points[0].sum(axis=-1)[..., i] for i in range(measure.points.shape[3])}
    found |= {f"option {i}": measure.options[0][..., i] for i in range(measure.options.shape[3])}
    return found | {f"pay {i}": measure.pays[0][..., i] for i in range(measure.pays.shape[3])}


@pytest.mark.parametrize("seed", range(20))
def test_what_cannot_be_reached_does_not_move_when_options_are_forced(seed: int) -> None:
    filled = random_story(seed)
    reads = reads_of(filled)
    strategies = solve_types_by_definition(filled, residual=1e-11)
    as_played = masses(forward_by_definition(strategies))
    for option in range(len(filled.game.option_label)):
        forced = np.array([option], dtype=np.int32)
        fixed = [name for name, each in reads.items() if not influences(filled.game, [option], [each])]
        for signals in (False, True):
            changed = masses(forward_by_definition(strategies, imposed=Imposed(forced=forced, signals=signals)))
            for name in fixed:
                assert np.abs(as_played[name] - changed[name]).max() < 1e-8, (option, name, signals)


def test_much_is_found_to_change_nothing_and_much_that_is_said_to_change_something_does() -> None:
    """The test above would be empty if everything were said to change."""
    fixed = moved = said = 0
    for seed in range(4):
        filled = random_story(seed)
        strategies = solve_types_by_definition(filled, residual=1e-11)
        as_played = masses(forward_by_definition(strategies))
        for option in range(len(filled.game.option_label)):
            changed = masses(forward_by_definition(strategies, imposed=Imposed(np.array([option], dtype=np.int32))))
            for name, each in reads_of(filled).items():
                if influences(filled.game, [option], [each]):
                    said += 1
                    moved += bool(np.abs(as_played[name] - changed[name]).max() > 1e-8)
                else:
                    fixed += 1
    assert fixed > 100
    assert moved > 0.6 * said
