"""What only unfolding can tell is wrong with a case, and the words in which it is said."""

from __future__ import annotations

from typing import Any

import pytest

import assay.game.search
from assay.errors import Problem
from assay.game.check import check_structure
from assay.game.describe import describe, size
from assay.game.trouble import StructureError
from assay.game.unfold import unfold

from .cases import JUDGED, case
from .test_order_of_play import LAMP, STAY, stage


class Places:
    """A locator that knows paths alone."""

    def problem(self, path: str, found: str, expected: str, *, severity: str = "error") -> Problem:
        return Problem("case.yaml", None, None, path, found, expected, severity)


def problems(**sections: Any) -> list[Problem]:
    return check_structure(case(**sections), Places())  # type: ignore[arg-type]


LIGHT = {"light": {"when": "lamp == off", "then": {"lamp": "on"}}}


def test_a_stage_where_nobody_can_move_names_the_world() -> None:
    (problem,) = problems(world=LAMP, order=[stage("switch", LIGHT)])
    assert problem.path == "order[0]"
    assert "no legal move for a at 'switch' where lamp = on" in problem.found


def test_a_forbidden_world_is_named_with_the_move_that_brings_it_about() -> None:
    (problem,) = problems(world=LAMP, order=[stage("switch", {**STAY, **LIGHT})], never=["lamp == on"])
    assert problem.path == "never[0]"
    assert "where lamp = on, by light at 'switch' where lamp = off" in problem.found


def test_a_forbidden_world_may_come_about_by_the_clock_or_be_the_start() -> None:
    world = {"lamp": {**LAMP["lamp"], "each_period": {"off": "on"}}}
    clock, start = problems(world=world, order=[stage("wait")], never=["lamp == on", "lamp == off"])
    assert "by the end of a period where lamp = off" in clock.found
    assert "at the start" in start.found


def test_a_stage_that_no_world_meets_is_an_error_unless_an_alternative_meets_it() -> None:
    named = {"who": {"alternatives": {"us": 0.5, "them": 0.5}, **JUDGED}}
    order = [
        stage("ours", only_if="who == us"),
        stage("theirs", only_if="who == them"),
        stage("nobodys", when="lamp == on"),
    ]
    (problem,) = problems(assumptions=named, world=LAMP, order=order)
    assert (problem.path, problem.severity) == ("order[2]", "error")


def test_more_alternatives_than_are_unfolded_are_a_warning() -> None:
    named = {f"who{place}": {"alternatives": {"us": 0.5, "them": 0.5}, **JUDGED} for place in range(7)}
    (problem,) = problems(assumptions=named, order=[stage("one")])
    assert problem.severity == "warning"
    assert "more than 64 combinations" in problem.found


def test_a_row_behind_one_that_matches_everything_is_never_met() -> None:
    rows = [{"moves": ["any", "any"]}, {"moves": ["x", "x"], "end": "hit"}]
    movers = {"a": {"x": {}}, "b": {"x": {}}}
    found = problems(order=[{"stage": "both", "movers": movers, "leads_to": rows}], endings={"hit": {}})
    assert [problem.path for problem in found] == ["order[0].leads_to[1]", "endings.hit"]


@pytest.mark.parametrize(
    ("order", "path", "words"),
    [
        ([stage("s", {"x": {"weight": 0}, "y": {}})], "order[0].moves.x.weight", "base weight `0` is 0"),
        ([{"block": "b", "occurs": 1.5, "stages": [stage("s")]}], "order[0].occurs", "`1.5` is 1.5"),
        ([{"block": "b", "rate": -1, "stages": [stage("s")]}], "order[0].rate", "`-1` is -1"),
        (
            [{"chance": "c", "branches": {"x": {"p": 0.5}, "y": {"p": 0.4}}}],
            "order[0].branches",
            "the probabilities sum to 0.9",
        ),
        (
            [{"chance": "c", "branches": {"x": {"p": 0.7}, "y": {"p": 0.6}, "z": {"p": "rest"}}}],
            "order[0].branches",
            "the probabilities sum to 1.3",
        ),
        ([stage("s", {"x": {"when": "p > 0.2"}, "y": {}})], "order[0].moves.x.when", "depends on more than the world"),
        ([stage("one"), stage("two", {"x": {"go": "one"}})], "order[1]", "`go` leads back"),
    ],
)
def test_constants_and_conditions_that_cannot_be(order: list[Any], path: str, words: str) -> None:
    found = problems(order=[*order, stage("rest")])
    assert [problem.path for problem in found if problem.severity == "error"] == [path]
    assert words in found[0].found


def test_a_ban_that_leaves_no_move_is_placed_at_the_regime() -> None:
    regimes = {"dark": {"ban": ["a.switch.light", "a.switch.stay"]}}
    (problem,) = problems(world=LAMP, order=[stage("switch", {**STAY, **LIGHT})], regimes=regimes)
    assert problem.path == "regimes.dark.ban"
    assert "the ban leaves no move to a at 'switch' where lamp = off" in problem.found


def test_a_game_too_large_is_refused_with_its_size_and_what_to_drop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assay.game.search, "MOST_POINTS", 50)
    world = {name: {"values": ["0", "1", "2"], "start": "0"} for name in "uvwxyz"}
    moves = {f"{name}{value}": {"then": {name: value}} for name in world for value in "012"}
    (problem,) = problems(world=world, order=[stage("any", moves)])
    assert "over 50 points" in problem.found or "too large: over" in problem.found
    assert "729 combinations" in problem.found
    assert "the largest first: u (3)" in problem.expected


def test_too_many_joint_moves_are_refused_before_they_are_listed() -> None:
    moves: dict[str, Any] = {f"m{place}": {} for place in range(100)}
    (problem,) = problems(order=[{"stage": "all", "movers": {"a": moves, "b": moves}}])
    assert "10,000 joint moves" in problem.found


def test_definitions_that_double_again_and_again_are_read_once_each() -> None:
    define = {"d0": "1 if lamp == on else 0", **{f"d{i + 1}": f"d{i} + d{i}" for i in range(60)}}
    skeleton = unfold(case(world=LAMP, define=define, order=[stage("s", when="d60 == 0")]))
    assert len(skeleton.points) == 2


def test_unfolding_says_all_problems_at_once() -> None:
    order = [stage("one", LIGHT), stage("two", {"x": {"weight": -1}})]
    with pytest.raises(StructureError) as caught:
        unfold(case(world=LAMP, order=order))
    assert [trouble.path for trouble in caught.value.troubles] == ["order[1].moves.x.weight", "order[0]"]


def test_a_case_is_described_with_its_sizes() -> None:
    sections = {"world": LAMP, "order": [stage("switch", {**STAY, **LIGHT})]}
    found = size(case(**sections))
    assert (found.worlds, found.points, found.options, found.cells, found.work) == (2, 4, 3, 5, 10)
    text = " ".join(describe(case(**sections)))
    assert "2 worlds that can be reached" in text
    assert "2 periods of 1 year from 2025-01-01" in text
