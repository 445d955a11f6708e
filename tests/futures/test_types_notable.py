"""Moves that say much about who makes them are told, with what others make of them."""

import pytest

from assay.futures.notable import TELLING, notable
from assay.futures.sample import Belief, History, sample
from assay.futures.tell import opinion
from assay.game.small import by, choice, close, ending, small_game, to
from assay.solvers.definition_types import solve_types_by_definition


def signalling(loud: float) -> tuple[History, ...]:
    """A sender who speaks up or not, which costs a timid one `loud`; a receiver then shuns or greets her."""
    points = {
        "speak_up": choice({"sender": ["speak", "wait"]}, {"speak": to("heard"), "wait": to("silence")}),
        "heard": choice({"receiver": ["greet", "shun"]}, {"greet": to("met"), "shun": to("left")}),
        "silence": close(),
        "met": ending({"sender": by("sender", timid=-loud, bold=1.0), "receiver": by("sender", timid=-1.0, bold=1.0)}),
        "left": ending({"sender": by("sender", timid=-loud, bold=0.0)}),
    }
    filled = small_game(
        ["sender", "receiver", "crowd"],
        points,
        periods=2,
        types={"sender": {"timid": 0.6, "bold": 0.4}},
        believed={"sender": {"receiver": {"bold": 0.4}, "crowd": {"bold": 0.7}}},
    )
    return sample(solve_types_by_definition(filled, 1e-6), 0, seed=1, count=60)


def test_a_move_that_tells_is_told_with_what_others_make_of_it() -> None:
    spoken = [history for history in signalling(3.0) if history.steps[0].chosen[0].move == "speak"]
    assert spoken
    for history in spoken:
        first = next(notable(history))
        assert (first.stage, first.actor, first.move) == ("speak_up", "sender", "speak")
        beliefs = {belief.observer: belief for belief in history.steps[0].beliefs}
        assert set(beliefs) == {"", "receiver", "crowd"}
        assert beliefs["receiver"].change >= TELLING
        assert "receiver now thinks that sender is bold with probability" in first.note
        named = next(notable(history, names={"receiver": "The Host", "sender": "the guest"}))
        assert "The Host now thinks that the guest is bold with probability" in named.note


def test_a_move_that_says_little_is_passed_over() -> None:
    waited = [history for history in signalling(-0.2) if history.steps[0].chosen[0].move == "wait"]
    assert waited
    for history in waited:
        assert max(belief.change for belief in history.steps[0].beliefs) < TELLING
        assert all((told.period, told.move) != (0, "wait") for told in notable(history))
        assert all(not told.note for told in notable(history) if told.period == 0)


def test_an_opinion_names_the_type_of_which_it_changed_most() -> None:
    belief = Belief("north_side", "south", (0.2, 0.5, 0.3), (0.25, 0.1, 0.65), (0.0, 0.0, 1.0))
    assert belief.change == pytest.approx(0.4)
    text = opinion(belief, ("dove", "owl", "war_hawk"), {"south": "the South"})
    assert text == "the South now thinks that north side is owl with probability 10%, before with 50%"
    two = opinion(Belief("a", "b", (0.6, 0.4), (0.3, 0.7), (0.5, 0.5)), ("dove", "hawk"), {})
    assert two == "b now thinks that a is hawk with probability 70%, before with 40%"
    sure = opinion(Belief("a", "b", (0.004, 0.996), (0.0, 1.0), (0.0, 1.0)), ("dove", "hawk"), {})
    assert sure == "b now thinks that a is hawk with probability 100%, before with above 99%"
