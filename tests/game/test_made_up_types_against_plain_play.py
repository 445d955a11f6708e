"""Made-up cases with private types against the same cases played by their text, one profile of types at a time.

Everybody plays by base weights alone (precision zero), so that nobody's play depends on what is believed; what somebody
expects is then what the text pays in each profile, weighed by what she believes at the start. Weights by own type let
beliefs move all the same: that this changes nothing shows that they move as they should.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.solvers.solve import solve

from .cases import JUDGED, Given, case
from .plain import Plain
from .test_made_up_cases_against_plain_play import whole_cases

TYPES = {"a": ("low", "high"), "b": ("mild", "grim", "wild")}
VALUES = {
    "p": [0.1, 0.35],
    "q": [0.4, 0.2],
    "r": [0.25, 0.15],
    "take.low": [0.5, 0.75],
    "take.high": [2.0, 3.0],
    "hope.mild": [-1.0, 0.5],
    "hope.grim": [1.5, 4.0],
    "hope.wild": [0.25, -2.5],
}
TYPED = ("take", "hope", "mood", "2 * take * hope", "(p if a == low else r) + take", "hope if b != mild else mood")


@st.composite
def typed_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Made-up cases whose payoffs and costs depend on types now and then, and base weights on the mover's own."""
    made = draw(whole_cases())
    made["actors"] = {
        "a": {
            "name": "a",
            "precision": 0,
            "types": list(TYPES["a"]),
            "share": {"high": "p"},
            "believed": {"b": {"high": "q"}},
        },
        "b": {"name": "b", "precision": 0, "types": {"mild": "p", "grim": "rest", "wild": "2 * r"}},
    }
    given_by = {"take": "a", "hope": "b"}
    for name, actor in given_by.items():
        made["assumptions"][name] = {"by": actor, "types": {each: {"fixed": 1} for each in TYPES[actor]}, **JUDGED}
    made["define"]["mood"] = {"by": "a", "types": {"low": "defined + hope", "high": "3 * take"}}

    def by_type(text: Any) -> str:
        return draw(st.sampled_from((str(text), *(f"({text}) * ({each})" for each in TYPED))))

    _change(made, by_type)
    made["solution"] = {"belief_nodes": 3}
    return made


def _change(value: Any, by_type: Callable[[Any], str]) -> None:
    """Puts types into payoffs and costs, wherever they stand."""
    if isinstance(value, list):
        for inner in value:
            _change(inner, by_type)
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in ("pays", "payoffs"):
            for parts in inner.values():
                blocks = [parts] if key == "pays" else parts.values()
                for block in blocks:
                    block.update({name: by_type(text) for name, text in block.items()})
        elif key == "cost":
            value[key] = {n: by_type(t) for n, t in inner.items()} if isinstance(inner, dict) else by_type(inner)
        else:
            _change(inner, by_type)
    if "mover" in value:
        own = {"a": "take", "b": "exp(hope)"}[value["mover"]]
        for move in value["moves"].values():
            if "weight" in move:
                move["weight"] = f"({move['weight']}) * {own}"


@settings(max_examples=12, deadline=None)
@given(typed_cases())
def test_what_everybody_expects_is_what_the_text_pays(made: dict[str, Any]) -> None:
    whole = case(**made)
    game = compile_game(whole)
    filled = fill(game, whole, Given(**VALUES))
    assert filled.faults == ()
    assert filled.prior is not None
    solved = solve(filled)
    profiles = list(product(*TYPES.values()))
    start = tuple((name, variable["start"]) for name, variable in made["world"].items())
    for draw in range(2):
        prior = filled.prior[0, ..., draw]
        shares = {w: [prior[0, w, k] * prior[1, w, m] for k, m in product(range(2), range(3))] for w in (0, 1, 2)}
        values = {name: column[draw] for name, column in VALUES.items()}
        plays = [Plain(made, values, dict(zip(TYPES, types, strict=True))) for types in profiles]
        worth = [plain.worth(plain.first(), start, 0) for plain in plays]
        for slot, (player, own) in enumerate(game.slots):
            actor = game.players[player]
            mine = [types[player] == TYPES[actor][own] for types in profiles]
            weights = np.array(shares[1 + player]) * mine
            expected = sum(w * each[actor] for w, each in zip(weights / weights.sum(), worth, strict=True))
            assert solved.value[0, slot, draw] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=5, deadline=None)
@given(typed_cases())
def test_what_happens_in_truth_is_what_the_text_says_of_each_profile(made: dict[str, Any]) -> None:
    whole = case(**made)
    game = compile_game(whole)
    filled = fill(game, whole, Given(**VALUES))
    assert filled.prior is not None
    profiles = list(product(*TYPES.values()))
    readers = {}
    for name in whole.endings:
        at = [n for n, each in enumerate(game.skeleton.points) if each.kind == "ending" and each.stage == name]
        for profile in range(len(profiles)):
            which = np.array([profile], dtype=np.int32)
            readers[name, profile] = Reader(point=np.array(at, dtype=np.int32), profiles=which)
    (future,) = forward(solve(filled), [Pass({f"{name} {k}": reader for (name, k), reader in readers.items()})])
    for draw in range(2):
        values = {name: column[draw] for name, column in VALUES.items()}
        share = np.multiply.outer(filled.prior[0, 0, 0, :2, draw], filled.prior[0, 1, 0, :3, draw]).ravel()
        for profile, types in enumerate(profiles):
            ends = Plain(made, values, dict(zip(TYPES, types, strict=True))).ends()
            for name, period in product(whole.endings, range(whole.calendar.periods)):
                found = future.readings[f"{name} {profile}"][period, draw]
                assert found == pytest.approx(share[profile] * ends.get((name, period), 0.0), abs=1e-9)
