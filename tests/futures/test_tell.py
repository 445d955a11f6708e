"""Histories in plain steps."""

from datetime import date

from assay.case.actors import Calendar
from assay.futures.sample import sample, sample_given
from assay.futures.tell import said, when_of
from assay.game.small import chance, choice, close, ending, small_game, to
from assay.solvers.solve import solve


def border():
    filled = small_game(
        ["north", "south"],
        {
            "guard": choice({"north": ["wait", "build_up"]}, {"wait": to("raid"), "build_up": to("raid")}),
            "raid": choice({"south": ["go"]}, {"go": [to("night", 0.75), to("war_at_sea", 0.25)]}),
            "night": close(),
            "war_at_sea": ending({"north": -1, "south": -1}),
            "luck": chance(to("night")),
        },
        periods=3,
    )
    return solve(filled)


def ending_point(solved) -> int:
    return [p.stage for p in solved.filled.game.skeleton.points].index("war_at_sea")


def test_a_history_without_an_ending_closes_every_period() -> None:
    solved = border()
    (history,) = sample_given(solved, 0, seed=1, points=[ending_point(solved)], never=True)
    assert history.ending is None
    assert sum(1 for step in history.steps if step.branch < 0) == 3


def test_periods_have_names() -> None:
    yearly = Calendar(start=date(2025, 1, 1), step="1 year", periods=10)
    assert [when_of(t, yearly) for t in (0, 9)] == ["2025", "2034"]
    quarters = Calendar(start=date(2025, 11, 1), step="3 months", periods=10)
    assert [when_of(t, quarters) for t in (0, 1)] == ["2025-11", "2026-02"]
    assert when_of(2, None) == "period 3"
    assert said("war_at_sea") == "war at sea"


def test_pays_are_told_in_truth_and_by_part() -> None:
    solved = border()
    for history in sample(solved, 0, seed=3, count=20):
        paid = [pay for step in history.steps for pay in step.pays]
        expected = [("north", "payoff", -1.0), ("south", "payoff", -1.0)] if history.ending else []
        assert paid == expected
