"""Made-up cases, compiled and solved, against the same cases played by their text, one number at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import ENDING
from assay.solvers.solve import solve

from .cases import Given, case
from .made_up import conditions, effects, sections, shares
from .plain import Plain

DRAWS = Given(p=np.array([0.1, 0.35]), q=np.array([0.4, 0.2]), r=np.array([0.25, 0.15]))


@st.composite
def whole_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Made-up sections with what they leave out: meanings, rows of every form, clocks, steps, gates, `period`."""
    made = draw(sections())
    made["calendar"] = {
        "start": "2025-01-01",
        "step": draw(st.sampled_from(("1 year", "6 months"))),
        "periods": draw(st.integers(1, 3)),
        "buffer": draw(st.integers(0, 1)),
    }
    made["clock"] = list(draw(st.permutations(["flows", "each_period", "discount"])))
    made["discount"] = draw(st.sampled_from((1, 0.8)))
    made["actors"] = {name: {"name": name, "precision": draw(st.sampled_from((0, 0.7, 1.5)))} for name in "ab"}
    made["order"].append(draw(meetings()))
    made["order"].append(draw(crises()))
    if draw(st.booleans()):
        made["endings"]["ruin"]["pays"]["a"] = {"late": "-2 * period * p"}
    return made


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, Any]:
    """Both choose at once, moves have several meanings, and rows have every form."""
    later = ("crisis", "last")
    rows = [
        {"moves": ["one dare"], "when": draw(conditions()), **draw(effects(later))},
        {"moves": ["all dare"], "sets": "u", "chance": {"u1": draw(shares()), "u0": "rest"}},
        {
            "moves": ["stay|act", "dare"],
            "chance": {"go last": draw(shares()), "end ruin": draw(shares()), "on": "rest"},
        },
        {"moves": ["no dare"], "sets": "w", "to": "w1", "pays": {"b": {"calm": draw(shares())}}},
        {"moves": ["any", "any"], "chance": {"odd": {"p": draw(shares()), **draw(effects(later))}, "even": "rest"}},
    ]
    own = {
        "stay": {},
        "act": [{"when": draw(conditions()), "cost": {"works": "p"}, "then": {"v": "v1"}}, {"weight": 0.5}],
    }
    movers = {actor: {**own, "dare": draw(st.sampled_from(({}, {"when": draw(conditions())})))} for actor in "ab"}
    kept = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=4, unique_by=id))
    return {"stage": "meeting", "movers": movers, "leads_to": kept}


@st.composite
def crises(draw: st.DrawFn) -> dict[str, Any]:
    """A block of a stage and two chances, one of which may be reached by `go` only."""
    how = draw(st.sampled_from(({}, {"occurs": "p"}, {"rate": "2 * q"})))
    act: dict[str, Any] = {"when": draw(conditions()), **draw(effects(("last",)))}
    first = {"stage": "first", "mover": draw(st.sampled_from("ab")), "moves": {"stay": {}, "act": act}}
    if draw(st.booleans()):
        first["opportunities"] = {"rate": draw(shares())}
    second = {
        "chance": "second",
        "branches": {"x": {"p": draw(shares()), **draw(effects(("last",)))}, "y": {"p": "rest"}},
    }
    last = {"chance": "last", "branches": {"x": {"p": draw(shares()), "end": "peace"}, "y": {"p": "rest"}}}
    when = {"when": draw(conditions())} if draw(st.booleans()) else {}
    return {"block": "crisis", **how, **when, "stages": [first, second, last]}


@settings(max_examples=15, deadline=None)
@given(whole_cases())
def test_the_engine_plays_as_the_text_says(made: dict[str, Any]) -> None:
    whole = case(**made)
    game = compile_game(whole)
    filled = fill(game, whole, DRAWS)
    assert filled.faults == ()
    solved = solve(filled, residual=1e-12)
    kind, points = game.structure.kind, game.skeleton.points
    where = {
        name: np.array(
            [n for n, point in enumerate(points) if kind[n] == ENDING and point.stage == name], dtype=np.int32
        )
        for name in whole.endings
    }
    readers = {name: Reader(point=at) for name, at in where.items()}
    closes = {n: Reader(point=np.array([n], dtype=np.int32)) for n, point in enumerate(points) if point.kind == "close"}
    own = {f"pay {who}": np.array([n for n, (at, _) in enumerate(game.pay_part) if at == who]) for who in (0, 1)}
    readers |= {name: Reader(pay=pays.astype(np.int32)) for name, pays in own.items()}
    (future,) = forward(solved, [Pass({**readers, **{f"close {n}": reader for n, reader in closes.items()}})])
    for draw in range(2):
        plain = Plain(made, {name: DRAWS.values[name][draw] for name in "pqr"})
        ends = plain.ends()
        for name in whole.endings:
            for period in range(whole.calendar.periods):
                assert future.readings[name][period, draw] == pytest.approx(ends.get((name, period), 0.0), abs=1e-9)
        for n in closes:
            names = zip(game.skeleton.variables, game.skeleton.values, points[n].world, strict=True)
            world = tuple((variable, values[at]) for variable, values, at in names)
            for period in range(whole.calendar.periods):
                expected = plain.closing[period].get(world, 0.0)
                assert future.readings[f"close {n}"][period, draw] == pytest.approx(expected, abs=1e-9)
        if not whole.calendar.buffer and not whole.perceives:
            shrink = float(made["discount"]) ** np.arange(whole.calendar.periods)
            start = tuple((name, variable["start"]) for name, variable in made["world"].items())
            worth = plain.worth(plain.first(), start, 0)
            for who, actor in enumerate("ab"):
                expected = future.readings[f"pay {who}"][:, draw] @ shrink
                assert expected == pytest.approx(worth[actor], abs=1e-9)
