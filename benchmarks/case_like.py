"""A made-up game of about the size of a real case: stages in worlds, two actors who move at once, chance, wars that
end it.

Four variables make W worlds (2 x 4 x 3 x k). In every world one actor sets a posture, the other one answers, both
choose between pressing and settling, and a crisis may break out in which both choose again.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from assay.game.game import Filled
from assay.game.small import Made, chance, choice, close, ending, small_game, to

PLAYERS = ("west", "east", "third")


def case_like(draws: int, worlds: int = 96, periods: int = 10, buffer: int = 3, seed: int = 1) -> Filled:
    """The filled game; `worlds` is rounded down to a multiple of 24. About 11 points a world."""
    rng = np.random.default_rng(seed)

    def number(low: float, high: float) -> np.ndarray:
        return rng.uniform(low, high, draws)

    third = max(1, worlds // 24)
    cost = [number(0.5, 5) for _ in range(6)]
    flows = {(player, level): number(-2, 2) for player in PLAYERS for level in range(4)}
    start_p, stop_p, crisis_p = number(0.05, 0.3), number(0.2, 0.6), number(0.05, 0.4)
    win = [number(0.2, 0.8) for _ in range(4)]
    seen = [np.clip(p + number(-0.1, 0.1), 0.01, 0.99) for p in win]
    points: dict[str, Made] = {}
    for mode, west, east, k in product(range(2), range(4), range(3), range(third)):
        name = f"{mode}{west}{east}.{k}"
        built = [name] + ([f"{mode}{west + 1}{east}.{k}"] if west < 3 else [])
        moves = ["hold", "build", "notice"][: len(built) + 1]
        leads = {"hold": to(f"answer {name}")}
        if west < 3:
            leads["build"] = to(f"answer {built[1]}", pays={"west": -cost[0]})
            leads["notice"] = to(f"answer {name}", pays={"west": -cost[1]})
        else:
            leads["build"] = to(f"answer {name}", pays={"west": -cost[1]})
        points[f"posture {name}"] = choice({"west": moves}, leads, {("west", "build"): 0.3})
        up = f"{mode}{west}{min(east + 1, 2)}.{k}"
        points[f"answer {name}"] = choice(
            {"east": ["hold", "advance"]},
            {"hold": to(f"policy {name}"), "advance": to(f"policy {up}", pays={"east": -cost[2]})},
            {("east", "advance"): 0.3},
        )
        other, p = f"{1 - mode}{west}{east}.{k}", stop_p if mode else start_p
        points[f"policy {name}"] = choice(
            {"west": ["seek", "press"], "east": ["seek", "press"]},
            {
                (a, b): [to(f"crisis {other}", p * w), to(f"crisis {name}", 1 - p * w)]
                for (a, b), w in zip(product(("seek", "press"), repeat=2), (1.0, 0.6, 0.6, 0.3), strict=True)
            },
        )
        points[f"crisis {name}"] = chance(to(f"clash {name}", crisis_p), to(f"close {name}", 1 - crisis_p))
        points[f"clash {name}"] = choice(
            {"west": ["stand", "attack"], "east": ["stand", "attack"]},
            {
                ("stand", "stand"): to(f"close {name}"),
                ("stand", "attack"): to(f"defend {name}"),
                ("attack", "stand"): to(f"war {name}"),
                ("attack", "attack"): [to(f"war {name}", 0.5), to(f"defend {name}", 0.5)],
            },
            {("west", "attack"): 0.2, ("east", "attack"): 0.2},
        )
        points[f"defend {name}"] = choice(
            {"third": ["defend", "abandon"]}, {"defend": to(f"war {name}"), "abandon": to(f"loss {name}")}
        )
        odds, view = win[west], {"east": seen[west]}
        points[f"war {name}"] = chance(
            to("won", odds, seen=view), to("lost", 1 - odds, seen={who: 1 - p for who, p in view.items()})
        )
        points[f"loss {name}"] = chance(to("lost", 1 - 0.5 * odds), to("won", 0.5 * odds))
        points[f"close {name}"] = close(
            {player: flows[player, (west + east + mode) % 4] for player in PLAYERS}, next=f"posture {name}"
        )
    points["won"] = ending({"west": -number(5, 20), "east": -number(20, 60), "third": -number(1, 5)})
    points["lost"] = ending({"west": -number(60, 100), "east": number(0, 30), "third": -number(5, 20)})
    return small_game(
        PLAYERS,
        points,
        "posture 000.0",
        periods=periods,
        buffer=buffer,
        precision={player: np.exp(rng.uniform(np.log(0.05), np.log(0.5), draws)) for player in PLAYERS},
        discount=number(0.85, 0.97),
    )
