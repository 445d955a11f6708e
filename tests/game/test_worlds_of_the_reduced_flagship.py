"""The worlds of a reduced model of two fortified lines, counted by hand.

Within a year: proxy war on or off, seven legal postures in the west (in, in notice or out of the treaty, each with or
without works; mines only when out and with works), four in the east, presence low or high: 2 x 7 x 4 x 2 = 112. At a
year's start notice has run out on both sides and presence is back at low: 2 x 5 x 3 = 30.
"""

from __future__ import annotations

from assay.case.model import Case
from assay.game.check import check_structure
from assay.game.unfold import unfold

from .cases import case
from .test_structure_problems import Places

WORLD = {
    "proxy_war": {"values": ["off", "on"], "start": "on"},
    "treaty_west": {"values": ["in", "notice", "out"], "start": "in", "each_period": {"notice": "out"}},
    "line_west": {"values": ["none", "works", "mines"], "start": "none"},
    "line_east": {"values": ["none", "works", "notice", "mines"], "start": "none", "each_period": {"notice": "mines"}},
    "presence": {"values": ["low", "high"], "start": "low", "lives": "period"},
}
WEST = {
    "hold": {},
    "build": {"when": "line_west == none", "then": {"line_west": "works"}},
    "notify": {"when": "treaty_west == in", "then": {"treaty_west": "notice"}},
    "lay": {"when": "treaty_west == out and line_west == works", "then": {"line_west": "mines"}},
}
EAST = {
    "hold": {},
    "advance": [
        {"when": "line_east == none", "then": {"line_east": "works"}},
        {"when": "line_east == works", "then": {"line_east": "notice"}},
    ],
}
PRESS = [
    {
        "when": "proxy_war == on",
        "moves": ["settle", "settle"],
        "sets": "proxy_war",
        "chance": {"off": "p", "on": "rest"},
    },
    {"when": "proxy_war == on", "moves": ["any", "any"], "sets": "proxy_war", "to": "on"},
    {"moves": ["press", "press"], "sets": "proxy_war", "chance": {"on": "1 - (1 - q)**2", "off": "rest"}},
    {"moves": ["one press"], "sets": "proxy_war", "chance": {"on": "q", "off": "rest"}},
]


def flagship() -> Case:
    both = {"settle": {}, "press": {}}
    order = [
        {
            "stage": "presence",
            "mover": "a",
            "moves": {"low": {"then": {"presence": "low"}}, "high": {"then": {"presence": "high"}}},
        },
        {"stage": "west", "mover": "a", "moves": WEST},
        {"stage": "east", "mover": "b", "moves": EAST},
        {"stage": "proxy", "movers": {"a": both, "b": both}, "leads_to": PRESS},
    ]
    return case(world=WORLD, order=order, never=["line_west == mines and treaty_west != out"])


def test_the_worlds_within_a_year_and_at_its_start_are_those_counted_by_hand() -> None:
    skeleton = unfold(flagship())
    assert len({point.world for point in skeleton.points}) == 112
    starts = {point.next for point in skeleton.points if point.kind == "close"}
    assert len(starts) == 30
    assert {skeleton.points[start].stage for start in starts} == {"presence"}


def test_nothing_is_wrong_with_it_and_mines_need_the_exit() -> None:
    assert check_structure(flagship(), Places()) == []  # type: ignore[arg-type]
    mines = [point.world for point in unfold(flagship()).points if point.world[2] == 2]
    assert mines
    assert {world[1] for world in mines} == {2}
