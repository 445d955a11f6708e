"""Every kind of quantity against every history of a small game, written out one by one.

The oracle walks the compiled tree with the strategies of one draw and keeps each history whole; what a quantity means
is then said again here, in plain Python, history by history.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assay.claims.agenda import agenda
from assay.claims.judge import outcomes
from assay.claims.quantity import MEASURES, read_quantity
from assay.formula.parse import parse
from assay.futures.forward import forward
from assay.game.compile import compile_game

PERIODS = 3


def until(history: Any, period: int) -> list[Any]:
    return [moment for moment in history.moments if moment.period <= period]


def state(history: Any, period: int) -> Any:
    """The close of a period, or the ending that came before."""
    return next(m for m in reversed(until(history, period)) if m.kind in ("close", "ending"))


def share(histories: list[Any], true: Callable[[Any], bool], given: Callable[[Any], bool] = lambda _: True) -> float:
    below = sum(h.probability for h in histories if given(h))
    return sum(h.probability for h in histories if given(h) and true(h)) / below


def made(history: Any, move: str, period: int = PERIODS) -> bool:
    """Whether `actor.move` is made by a period."""
    actor, what = move.split(".")
    return any(m.split(".")[0] == actor and m.split(".")[2] == what for x in until(history, period) for m in x.moves)


def once(history: Any, true: Callable[[Any], bool], period: int = PERIODS) -> bool:
    """Whether something is so at the start, at some close or on ending."""
    return any(true(m) for m in until(history, period) if m.kind in ("start", "close", "ending"))


def walled(moment: Any) -> bool:
    return moment.world["wall"] != "none"


def visits(histories: list[Any], stage: str, period: int | None = None) -> list[tuple[float, Any]]:
    return [
        (h.probability, m)
        for h in histories
        for m in h.moments
        if m.stage == stage and m.kind in ("choice", "chance") and period in (None, m.period)
    ]


def share_of_visits(found: list[tuple[float, Any]], true: Callable[[Any], bool]) -> float:
    return sum(p for p, m in found if true(m)) / sum(p for p, _ in found)


def chose(moment: Any, move: str) -> bool:
    actor, what = move.split(".")
    return any(m.split(".")[0] == actor and m.split(".")[2] == what for m in moment.moves)


BY_HISTORY: dict[str, Callable[[list[Any]], float]] = {
    "P(war)": lambda hs: share(hs, lambda h: "war" in state(h, 3).tags),
    "P(war, by=2)": lambda hs: share(hs, lambda h: "war" in state(h, 2).tags),
    "P(war, by=2026)": lambda hs: share(hs, lambda h: "war" in state(h, 2).tags),
    "P(war, at=1)": lambda hs: share(hs, lambda h: "war" in state(h, 1).tags),
    "P(taken, by=end)": lambda hs: share(hs, lambda h: state(h, 3).stage == "taken"),
    "P(war and not at_sea, by=2)": lambda hs: share(
        hs, lambda h: "war" in state(h, 2).tags and "at_sea" not in state(h, 2).tags
    ),
    "P(not war, by=end)": lambda hs: share(hs, lambda h: "war" not in state(h, 3).tags),
    "P(lost, given=war)": lambda hs: share(
        hs, lambda h: "lost" in state(h, 3).tags, lambda h: "war" in state(h, 3).tags
    ),
    "P(wall == built, at=end)": lambda hs: share(hs, lambda h: state(h, 3).world["wall"] == "built"),
    "P(wall == built, by=2)": lambda hs: share(hs, lambda h: once(h, lambda m: m.world["wall"] == "built", 2)),
    "P(walled, at=2, given=not war)": lambda hs: share(
        hs, lambda h: walled(state(h, 2)), lambda h: "war" not in state(h, 2).tags
    ),
    "P(war and walled, by=end)": lambda hs: share(hs, lambda h: once(h, lambda m: "war" in m.tags and walled(m))),
    "P(flag == up, by=1)": lambda _: 1.0,
    "P(flag == down, by=2)": lambda hs: share(hs, lambda h: once(h, lambda m: m.world["flag"] == "down", 2)),
    "P(sea == rough, by=2)": lambda hs: share(hs, lambda h: once(h, lambda m: m.world["sea"] == "rough", 2)),
    "P(fleet.attack, by=end)": lambda hs: share(hs, lambda h: made(h, "fleet.attack")),
    "P(fleet.strait.attack, by=2)": lambda hs: share(hs, lambda h: made(h, "fleet.attack", 2)),
    "P(not fleet.attack, by=2)": lambda hs: share(hs, lambda h: not made(h, "fleet.attack", 2)),
    "P(fleet.attack or town.sail, by=2)": lambda hs: share(
        hs, lambda h: made(h, "fleet.attack", 2) or made(h, "town.sail", 2)
    ),
    "P(fleet.attack and town.sail, by=end)": lambda hs: share(
        hs, lambda h: made(h, "fleet.attack") and made(h, "town.sail")
    ),
    "P(fleet.attack and not town.plan and not war, by=end)": lambda hs: share(
        hs, lambda h: made(h, "fleet.attack") and not made(h, "town.plan") and "war" not in state(h, 3).tags
    ),
    "P(fleet.attack and walled, by=end)": lambda hs: share(
        hs, lambda h: any(chose(m, "fleet.attack") and walled(m) for m in h.moments)
    ),
    "P(fleet.attack and town.sail and sea == calm, by=end)": lambda hs: share(
        hs, lambda h: any(chose(m, "fleet.attack") and chose(m, "town.sail") for m in h.moments)
    ),
    "P(lost, by=end, given=fleet.attack)": lambda hs: share(
        hs, lambda h: "lost" in state(h, 3).tags, lambda h: made(h, "fleet.attack")
    ),
    "P(fleet.attack, by=end, given=town.plan)": lambda hs: share(
        hs, lambda h: made(h, "fleet.attack"), lambda h: made(h, "town.plan")
    ),
    "P(wall == built, by=end, given=not war)": lambda hs: share(
        hs, lambda h: once(h, lambda m: m.world["wall"] == "built"), lambda h: "war" not in state(h, 3).tags
    ),
    "P(war, by=end, given=wall == built)": lambda hs: share(
        hs, lambda h: "war" in state(h, 3).tags, lambda h: once(h, lambda m: m.world["wall"] == "built")
    ),
    "P(town.plan, at=1)": lambda hs: share(hs, lambda h: made(h, "town.plan", 1)),
    "P(fleet.attack, at=strait)": lambda hs: share_of_visits(visits(hs, "strait"), lambda m: chose(m, "fleet.attack")),
    "P(fleet.attack, at=strait, in=2)": lambda hs: share_of_visits(
        visits(hs, "strait", 2), lambda m: chose(m, "fleet.attack")
    ),
    "P(fleet.attack, at=strait, given=walled)": lambda hs: share_of_visits(
        [v for v in visits(hs, "strait") if walled(v[1])], lambda m: chose(m, "fleet.attack")
    ),
    "P(fleet.attack, at=strait, given=town.sail)": lambda hs: share_of_visits(
        [v for v in visits(hs, "strait") if chose(v[1], "town.sail")], lambda m: chose(m, "fleet.attack")
    ),
    "P(fleet.attack and town.sail, at=strait)": lambda hs: share_of_visits(
        visits(hs, "strait"), lambda m: chose(m, "fleet.attack") and chose(m, "town.sail")
    ),
    "P(fleet.attack or town.sail, at=strait, in=1)": lambda hs: share_of_visits(
        visits(hs, "strait", 1), lambda m: chose(m, "fleet.attack") or chose(m, "town.sail")
    ),
    "P(walled, at=strait)": lambda hs: share_of_visits(visits(hs, "strait"), walled),
    "P(flag == down, at=weather)": lambda hs: share_of_visits(
        visits(hs, "weather"), lambda m: m.world["flag"] == "down"
    ),
    "N(fleet.attack)": lambda hs: sum(h.probability * sum(chose(m, "fleet.attack") for m in h.moments) for h in hs),
    "N(town.wave, by=2)": lambda hs: sum(h.probability * sum(chose(m, "town.wave") for m in until(h, 2)) for h in hs),
    "E(town)": lambda hs: sum(h.probability * sum(x for who, _, x in h.pays if who == "town") for h in hs),
    "E(town.cost)": lambda hs: sum(
        h.probability * sum(x for who, part, x in h.pays if (who, part) == ("town", "cost")) for h in hs
    ),
    "E(town.pride)": lambda hs: sum(
        h.probability * sum(x for who, part, x in h.pays if (who, part) == ("town", "pride")) for h in hs
    ),
    "E(fleet.prize)": lambda hs: sum(
        h.probability * sum(x for who, part, x in h.pays if (who, part) == ("fleet", "prize")) for h in hs
    ),
    "EV(fleet.attack, at=strait)": lambda hs: average_worth(visits(hs, "strait"), "fleet.strait.attack"),
    "EV(town.plan, at=works, in=2)": lambda hs: average_worth(visits(hs, "works", 2), "town.works.plan"),
    "EV(fleet.siege.lift, given=walled)": lambda hs: average_worth(
        [v for v in visits(hs, "siege") if walled(v[1])], "fleet.siege.lift"
    ),
}


def average_worth(found: list[tuple[float, Any]], move: str) -> float:
    legal = [(p, dict(m.worth)[move]) for p, m in found if move in dict(m.worth)]
    return sum(p * worth for p, worth in legal) / sum(p for p, _ in legal)


def ask(harbour: Any, solved: Any, *quantities: str, perspective: str = "author", count: int = 3) -> Any:
    """The harbour, solved for a few draws, with outcomes `q0`, `q1`, ... and their answers."""
    case = harbour(outcomes={f"q{i}": {"value": q} for i, q in enumerate(quantities)})
    asked = solved(case, perspective, count)
    return asked, list(asked.answers().values())


@pytest.fixture(scope="module")
def everything(harbour: Any, solved: Any) -> Any:
    asked, answers = ask(harbour, solved, *BY_HISTORY)
    return (
        asked.histories(1),
        asked.histories(2),
        dict(zip(BY_HISTORY, read_back(asked, BY_HISTORY), strict=True)),
        answers,
    )


def read_back(asked: Any, quantities: Any) -> list[Any]:

    asked_for = agenda(asked.case)
    rows = outcomes(asked_for, asked.draws, asked.answers(asked_for))
    return [rows[("as played", f"q{i}")] for i, _ in enumerate(quantities)]


@pytest.mark.parametrize("quantity", BY_HISTORY)
def test_a_quantity_is_what_its_histories_say(everything: Any, quantity: str) -> None:
    one, two, found, _ = everything
    assert found[quantity][1] == pytest.approx(BY_HISTORY[quantity](one), abs=1e-10)
    assert found[quantity][2] == pytest.approx(BY_HISTORY[quantity](two), abs=1e-10)


def test_every_measure_and_every_way_of_reading_the_time_is_among_them(harbour: Any) -> None:
    case = harbour()
    read = [read_quantity(parse(text).node, case) for text in BY_HISTORY]
    assert {quantity.measure for quantity in read} == set(MEASURES)
    times = {(quantity.time.kind, quantity.time.period is None) for quantity in read if quantity.measure == "P"}
    assert times == {("by", False), ("at", False), ("stage", False), ("stage", True)}
    assert any(quantity.given is not None for quantity in read)


def forced(where: tuple[str, str], moves: list[str]) -> Callable[..., list[float]]:
    """A policy that plays the first legal of some moves."""

    def play(actor: str, stage: str, legal: list[str], chosen: list[float]) -> list[float]:
        if (actor, stage) != where:
            return chosen
        first = next(move for move in moves if move in legal)
        return [1.0 if move == first else 0.0 for move in legal]

    return play


def without(where: tuple[str, str], move: str) -> Callable[..., list[float]]:
    """A policy that removes a move and keeps the proportions of the rest."""

    def play(actor: str, stage: str, legal: list[str], chosen: list[float]) -> list[float]:
        if (actor, stage) != where or move not in legal:
            return chosen
        rest = [0.0 if each == move else p for each, p in zip(legal, chosen, strict=True)]
        return [p / sum(rest) for p in rest]

    return play


POLICIES = {
    "walls": forced(("town", "works"), ["plan", "wait"]),
    "no_walls": without(("town", "works"), "plan"),
    "attack": forced(("fleet", "strait"), ["attack"]),
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("what", ["P(war", "P(walled, at=end", "E(town", "P(lost, given=war", "P(fleet.attack, by=2"])
def test_a_policy_replaces_one_rule_and_nobody_replans(harbour: Any, solved: Any, policy: str, what: str) -> None:
    case = harbour(outcomes={"q0": {"value": f"{what}, do={policy})"}})
    asked = solved(case, "author", 3)
    (found,) = asked.answers().values()
    expected = BY_HISTORY[f"{what})"] if f"{what})" in BY_HISTORY else PLAIN[f"{what})"]
    assert found[1] == pytest.approx(expected(asked.histories(1, POLICIES[policy])), abs=1e-10)


PLAIN: dict[str, Callable[[list[Any]], float]] = {
    "P(walled, at=end)": lambda hs: share(hs, lambda h: walled(state(h, 3))),
    "P(fleet.attack, by=2)": lambda hs: share(hs, lambda h: made(h, "fleet.attack", 2)),
}


def test_joined_policies_are_both_in_force(harbour: Any, solved: Any) -> None:
    asked, (found,) = ask(harbour, solved, "P(war, do=walls + attack)")

    def play(actor: str, stage: str, legal: list[str], chosen: list[float]) -> list[float]:
        return POLICIES["attack"](actor, stage, legal, POLICIES["walls"](actor, stage, legal, chosen))

    assert found[1] == pytest.approx(BY_HISTORY["P(war)"](asked.histories(1, play)), abs=1e-10)


def test_a_regime_is_solved_again_and_known_to_all(harbour: Any, solved: Any) -> None:
    asked, (found,) = ask(harbour, solved, "P(war, regime=no_wall)")
    assert found[1] == pytest.approx(BY_HISTORY["P(war)"](asked.histories(1, regime="no_wall")), abs=1e-10)
    surgical = BY_HISTORY["P(war)"](asked.histories(1, POLICIES["no_walls"]))
    assert abs(found[1] - surgical) > 1e-6, "an anticipated ban differs from a surgical one"


def test_a_banned_move_has_probability_zero(harbour: Any, solved: Any) -> None:
    _, (found,) = ask(harbour, solved, "P(town.plan, by=end, regime=no_wall)")
    assert (found == 0).all()


def test_a_changed_assumption_is_solved_again_with_its_formula(harbour: Any, solved: Any) -> None:
    asked, (found,) = ask(harbour, solved, "P(war, prize=prize + 2, do=walls)")
    histories = asked.histories(1, POLICIES["walls"], prize="prize + 2")
    assert found[1] == pytest.approx(BY_HISTORY["P(war)"](histories), abs=1e-10)
    assert abs(found[1] - BY_HISTORY["P(war)"](asked.histories(1, POLICIES["walls"]))) > 1e-6


def test_an_outcome_over_time_is_read_at_every_period(harbour: Any, solved: Any) -> None:

    asked = solved(harbour(), "author", 3)
    agreed = agenda(asked.case)
    game = compile_game(asked.case)
    futures = forward(asked.strategies(), agreed.passes(game, agreed.variants[0]))
    series = agreed.over_time(game, futures)
    assert list(series) == ["war"]
    histories = asked.histories(1)
    expected = [share(histories, lambda h, t=t: "war" in state(h, t).tags) for t in (1, 2, 3)]
    np.testing.assert_allclose(series["war"][:, 1], expected, atol=1e-10)
