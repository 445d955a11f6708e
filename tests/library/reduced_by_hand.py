"""The reduced model of the mine-ban exit, written down once more as plain equations: what each world permits, costs,
pays and leads to. Knows nothing of case files or compiled games. Numbers `p` are arrays over draws, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Numbers = Mapping[str, Floats]
FRONTLINE, ALLIANCE, RUSSIA = "frontline", "alliance", "russia"
TYPES = {FRONTLINE: ("",), ALLIANCE: ("dove", "hawk"), RUSSIA: ("sec", "rev")}


class World(NamedTuple):
    """One world, as the case's variables go."""

    proxy_war: str
    treaty_west: str
    line_west: str
    line_east: str
    presence: str


START = World("on", "in", "none", "none", "low")


# posture


def western_moves(w: World) -> dict[str, tuple[World, str]]:
    """Legal moves of the four states: the world after, and the name of what it costs."""
    moves = {"hold": (w, "")}
    if w.line_west == "none":
        moves["build"] = (w._replace(line_west="works"), "cbF")
    if w.treaty_west == "in":
        moves["notify"] = (w._replace(treaty_west="notice"), "cwF")
    if w.treaty_west == "out" and w.line_west == "works":
        moves["lay"] = (w._replace(line_west="mines"), "cmF")
    return moves


def eastern_moves(w: World) -> dict[str, tuple[World, str]]:
    """Legal moves of Russia with Belarus, likewise."""
    moves = {"hold": (w, "")}
    if w.line_east == "none":
        moves["advance"] = (w._replace(line_east="works"), "cbR")
    if w.line_east == "works":
        moves["advance"] = (w._replace(line_east="notice"), "cwB")
    return moves


def next_year(w: World) -> World:
    """Notice has run out on both sides, and presence is to be set anew."""
    treaty = "out" if w.treaty_west == "notice" else w.treaty_west
    east = "mines" if w.line_east == "notice" else w.line_east
    return w._replace(treaty_west=treaty, line_east=east, presence="low")


def war_goes_on(p: Numbers, w: World, pressing: int) -> Floats:
    """The probability that the proxy war is on after `pressing` of two sides pressed."""
    if w.proxy_war == "on":
        return 1 - p["kappa"] if pressing == 0 else np.ones_like(p["kappa"])
    return np.asarray(1 - (1 - p["rho"]) ** pressing)


# force


def four_beaten(p: Numbers, w: World) -> Floats:
    return expit(p["zRF"] - p["eF"] * (w.line_west != "none") - p["eM"] * (w.line_west == "mines"))


def all_beaten(p: Numbers, w: World) -> Floats:
    shield = p["eF"] * (w.line_west != "none") + p["eM"] * (w.line_west == "mines")
    return expit(p["zRA"] - shield - p["eP"] * (w.presence == "high"))


def east_beaten(p: Numbers, w: World) -> Floats:
    shield = p["eF"] * (w.line_east != "none") + p["eM"] * (w.line_east == "mines")
    return expit(p["zAR"] - shield + p["eP"] * (w.presence == "high"))


def escalation(p: Numbers, player: str | None) -> Floats:
    """The risk of uncontrolled escalation: the truth (None), or as a player sees it."""
    return p["iota"] * {ALLIANCE: p["misA"], RUSSIA: p["misR"]}.get(player or "", np.ones_like(p["iota"]))


# payoffs


def flow(p: Numbers, w: World, player: str, kind: str) -> Floats:
    """What a year without war pays."""
    fort, mine, high, war = w.line_west != "none", w.line_west == "mines", w.presence == "high", w.proxy_war == "on"
    if player == FRONTLINE:
        return -p["upF"] * fort + p["sF"] * (fort + 0.5 * mine) - p["normF"] * mine - p["cpxF"] * war
    if player == RUSSIA:
        east = w.line_east != "none"
        return (p[f"gR_{kind}"] - p["cpxR"]) * war + (p["sR"] - p["upR"]) * east - p["thr"] * high
    return (p[f"gA_{kind}"] - p["cpxA"]) * war - p[f"pres_{kind}"] * high


def ending(p: Numbers, name: str, player: str, kind: str) -> Floats:
    """What an ending pays."""
    cost = {FRONTLINE: p["cF"], ALLIANCE: p["cA"], RUSSIA: p["cR"]}[player]
    nothing = np.zeros_like(cost)
    take, roll, rep = p.get(f"take_{kind}", nothing), p.get(f"roll_{kind}", nothing), p.get(f"rep_{kind}", nothing)
    conquered = nothing + 100
    stakes = {
        "overrun_alone": {FRONTLINE: -conquered, RUSSIA: take + 0.5 * cost},
        "repelled_alone": {RUSSIA: -p["lossR"] + 0.5 * cost},
        "lost": {FRONTLINE: -conquered, ALLIANCE: -p["lossA"], RUSSIA: take},
        "held": {RUSSIA: -p["lossR"]},
        "limited_from_east": {},
        "exchange_from_east": dict.fromkeys(TYPES, -p["N"]),
        "east_beaten": {ALLIANCE: roll, RUSSIA: -p["lossRx"]},
        "west_repelled": {ALLIANCE: -p["lossA"]},
        "limited_from_west": {},
        "exchange_from_west": dict.fromkeys(TYPES, -p["N"]),
    }[name]
    if name.endswith("_alone") and player == ALLIANCE:
        return -rep
    return stakes.get(player, nothing) - cost


def prior(p: Numbers, player: str, observer: str | None) -> Floats:
    """The share of the second type: the analyst's (None), or what an observer believes."""
    names = {
        ALLIANCE: {None: "tA", RUSSIA: "bA_R", FRONTLINE: "bA_F"},
        RUSSIA: {None: "tR", ALLIANCE: "bR_A", FRONTLINE: "bR_F"},
    }[player]
    return p[names[observer]]


# what a war is worth to those who decide on it, with the last resorts solved


def first_use(p: Numbers, stage: str) -> Floats:
    """The probability that the loser of a conventional war uses nuclear weapons."""
    precision, loss = {
        "alliance_last_resort": ("lamA", "lossA"),
        "east_last_resort": ("lamR", "lossR"),
        "home_last_resort": ("lamR", "lossRx"),
    }[stage]
    return expit(p[precision] * (p[loss] - p["eta"] * p["N"]))


def war_from_east(p: Numbers, w: World, player: str, kind: str) -> Floats:
    """What a war that Russia began and the alliance fights is worth to a player, as the player sees it."""
    lost, held = first_use(p, "alliance_last_resort"), first_use(p, "east_last_resort")
    used = p["eta"] * ending(p, "exchange_from_east", player, kind)
    used = used + (1 - p["eta"]) * ending(p, "limited_from_east", player, kind)
    beaten = lost * used + (1 - lost) * ending(p, "lost", player, kind)
    safe = held * used + (1 - held) * ending(p, "held", player, kind)
    risk, odds = escalation(p, player), all_beaten(p, w)
    return risk * ending(p, "exchange_from_east", player, kind) + (1 - risk) * (odds * beaten + (1 - odds) * safe)


def war_from_west(p: Numbers, w: World, player: str, kind: str) -> Floats:
    """What a war that the alliance began is worth to a player, as the player sees it."""
    resort = first_use(p, "home_last_resort")
    used = p["eta"] * ending(p, "exchange_from_west", player, kind)
    used = used + (1 - p["eta"]) * ending(p, "limited_from_west", player, kind)
    won = resort * used + (1 - resort) * ending(p, "east_beaten", player, kind)
    risk, odds = escalation(p, player), east_beaten(p, w)
    repelled = ending(p, "west_repelled", player, kind)
    return risk * ending(p, "exchange_from_west", player, kind) + (1 - risk) * (odds * won + (1 - odds) * repelled)


def abandoned(p: Numbers, w: World, player: str, kind: str) -> Floats:
    """What it is worth to a player that Russia attacks and the alliance stays out."""
    odds = four_beaten(p, w)
    overrun, repelled = ending(p, "overrun_alone", player, kind), ending(p, "repelled_alone", player, kind)
    return odds * overrun + (1 - odds) * repelled


def defends(p: Numbers, w: World, kind: str) -> Floats:
    """The probability that an alliance of a type keeps its word."""
    gain = war_from_east(p, w, ALLIANCE, kind) - abandoned(p, w, ALLIANCE, kind)
    return expit(p["lamA"] * gain)
