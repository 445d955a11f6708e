"""The games of `data/` as filled games, one draw for each precision that is checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from assay.game.game import LANES, Filled
from assay.game.small import Made, choice, ending, small_game, to
from assay.solvers.strategies import Strategies

DATA = Path(__file__).parent / "data"
Profile = dict[str, dict[str, float]]


def load(name: str) -> dict[str, Any]:
    """A file of known answers."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text())
    return found


def checks(known: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The checks of one kind."""
    return [check for check in known["checks"] if check["type"] == kind]


def number(text: Any) -> float:
    """A number that may be written as a fraction."""
    return float(Fraction(text)) if isinstance(text, str) else float(text)


def tree_game(game: dict[str, Any], precisions: Sequence[float]) -> Filled:
    """A tree as points named by information set; nodes of a set that the set before leads to are played at once with
    it.
    """
    players: list[str] = game["players"]
    points: dict[str, Made] = {}

    def lead(node: dict[str, Any]) -> str:
        if "payoffs" in node:
            name = f"end {len(points)}"
            pays = dict(zip(players, (number(p) for p in node["payoffs"]), strict=True))
            points[name] = ending(pays)
            return name
        stages, leads = [node], {}
        below = [child for _, child in node["moves"]]
        sets = {child.get("infoset") for child in below}
        if len(below) > 1 and len(sets) == 1 and None not in sets:
            stages.append(below[0])
        for path in product(*(stage["moves"] for stage in stages)):
            moves = tuple(move for move, _ in path)
            end = node
            for move in moves:
                end = dict(end["moves"])[move]
            leads[moves] = to(lead(end))
        movers = {players[stage["player"]]: [move for move, _ in stage["moves"]] for stage in stages}
        points[node["infoset"]] = choice(movers, leads)
        return str(node["infoset"])

    start = lead(game["root"])
    return small_game(players, points, start, precision=np.asarray(precisions, dtype=float))


def array_game(game: dict[str, Any], precisions: Sequence[float]) -> Filled:
    """A game in which everybody moves once, at once."""
    pay = np.array([[number(x) for x in np.ravel(p)] for p in game["payoffs"]], dtype=float)
    movers = dict(zip(game["players"], game["strategies"], strict=True))
    cells = list(product(*game["strategies"]))
    leads = {cell: to(" ".join(cell)) for cell in cells}
    ends = {
        " ".join(cell): ending(dict(zip(game["players"], pay[:, i].tolist(), strict=True)))
        for i, cell in enumerate(cells)
    }
    return small_game(game["players"], {"all": choice(movers, leads), **ends}, precision=np.asarray(precisions, float))


def probabilities(solved: Strategies, draw: int, period: int = 0) -> dict[tuple[str, str, str], float]:
    """What is played in a draw, by (player, stage, move)."""
    play = solved.probability[draw // LANES, period, :, 0, draw % LANES]
    return dict(zip(solved.filled.game.option_label, play.tolist(), strict=True))


def largest_gap(solved: Strategies, draw: int, profile: Profile) -> float:
    """Largest difference from a profile {information set or player: {move: probability}}."""
    play = probabilities(solved, draw)
    gaps = []
    for place, mix in profile.items():
        for move, expected in mix.items():
            own = [p for (player, stage, m), p in play.items() if m == move and _is_at(place, player, stage)]
            assert len(own) == 1, f"{place}.{move} is found {len(own)} times"
            gaps.append(abs(own[0] - float(Fraction(expected))))
    return max(gaps)


def _is_at(place: str, player: str, stage: str) -> bool:
    """Whether a place is this information set, this player, or a set played at once with this stage by the player."""
    return place in (stage, player) or (place.split(":")[0] == player and stage.split(":")[0] != player)


def precisions_of(known: Iterable[dict[str, Any]]) -> list[float]:
    """The precisions that checks are made at."""
    return [float(check["lam"]) for check in known]
