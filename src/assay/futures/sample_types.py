"""Sampled histories of games with private types: who is of which type, what they do, and what others make of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from assay.futures.history import Belief, Chosen, Counts, History, Step, label_of, stage_of
from assay.futures.pick import Pick
from assay.futures.reach_types import Goal
from assay.futures.walk_types import TypedChain, Way
from assay.game.game import CHANCE, ENDING, Floats, Ints


def sample_typed(chain: TypedChain, pick: Pick, shares: Floats, goal: Goal, reach: Floats | None) -> History:
    """One history. `shares` (profiles,) says how often each profile of types is dealt; while `goal` is not met yet
    steps, and the deal, are weighted by `reach`, as `reach_typed` has it (None: they are not).
    """
    point, period, node = int(chain.game.structure.start), 0, chain.start
    profile = pick(shares if reach is None else shares * reach[0, point, :, node])
    steps: list[Step] = []
    s, game = chain.game.structure, chain.game
    while True:
        if reach is not None and not goal.never and point in goal.points:
            reach = None
        if chain.is_terminal(point):
            steps.append(_last_step(chain, profile, period, point, node))
            if s.kind[point] == ENDING or period + 1 == game.periods:
                return History(game, chain.number, tuple(steps), types_of(chain, profile))
            period, point = period + 1, int(s.next_point[point])
            continue
        ways = list(chain.ways(profile, period, point, node))
        way = ways[pick(np.array([_weight(chain, profile, period, way, goal, reach) for way in ways]))]
        if reach is not None and not goal.never and goal.through(_options(chain, way.joint)):
            reach = None
        steps.append(_step(chain, profile, period, point, node, way))
        point, node = int(s.branch_target[way.branch]), way.node


def types_of(chain: TypedChain, profile: int) -> dict[str, str]:
    """Which type everybody is of in a profile."""
    named = zip(chain.game.informed, chain.typed.profiles[profile], strict=True)
    return {chain.game.players[each.player]: each.types[own] for each, own in named}


def _weight(chain: TypedChain, profile: int, period: int, way: Way, goal: Goal, reach: Floats | None) -> float:
    if reach is None:
        return way.probability
    if goal.through(_options(chain, way.joint)):
        return way.probability * goal.there
    target = chain.game.structure.branch_target[way.branch]
    return way.probability * float(reach[period, target, profile, way.node])


def _options(chain: TypedChain, joint: int) -> tuple[int, ...]:
    return tuple(int(o) for o in chain.game.structure.joint_option[joint] if o >= 0)


def _step(chain: TypedChain, profile: int, period: int, point: int, node: int, way: Way) -> Step:
    s, game = chain.game.structure, chain.game
    chosen = () if s.kind[point] == CHANCE else tuple(_chosen(chain, profile, period, point, node, way.joint))
    pays = _pays(chain, profile, s.joint_pay_start, way.joint, period)
    pays += _pays(chain, profile, s.branch_pay_start, way.branch, period)
    label, chance = label_of(game, point, way.joint, way.branch), chain.chance(way.branch, period)
    beliefs = tuple(_beliefs(chain, node, way.node, _said(chain, period, point, node, way.joint)))
    return Step(period, point, stage_of(game, point), chosen, way.branch, label, chance, pays, beliefs)


def _last_step(chain: TypedChain, profile: int, period: int, point: int, node: int) -> Step:
    s, game = chain.game.structure, chain.game
    pays = _pays(chain, profile, s.point_pay_start, point, period)
    if s.kind[point] != ENDING and period + 1 == game.periods + game.buffer:
        pays += _pays(chain, profile, s.final_pay_start, point, period)
    beliefs = tuple(_beliefs(chain, node, node, {}))
    return Step(period, point, stage_of(game, point), (), -1, "", 1.0, pays, beliefs)


def _chosen(chain: TypedChain, profile: int, period: int, point: int, node: int, joint: int) -> Iterator[Chosen]:
    s, game = chain.game.structure, chain.game
    for m, option in zip(range(s.mover_start[point], s.mover_start[point + 1]), _options(chain, joint), strict=True):
        by_type = chain.play(m, period, node)[:, option - s.option_start[m]]
        actor, _, move = game.option_label[option]
        place = chain.typed.informed.get(int(s.mover_player[m]), -1)
        if place < 0:
            yield Chosen(option, actor, move, float(by_type[0]))
            continue
        own, names = chain.typed.profiles[profile][place], game.informed[place].types
        each = tuple(zip(names, by_type.tolist(), strict=True))
        yield Chosen(option, actor, move, float(by_type[own]), names[own], each)


def _said(chain: TypedChain, period: int, point: int, node: int, joint: int) -> dict[int, Floats]:
    """How probable each type of those whose choice says something of them would have made it, by informed actor."""
    s, found = chain.game.structure, {}
    if s.kind[point] != CHANCE:
        movers = range(s.mover_start[point], s.mover_start[point + 1])
        for m, option in zip(movers, _options(chain, joint), strict=True):
            place = chain.typed.informed.get(int(s.mover_player[m]), -1)
            if place >= 0 and chain.tells(m):
                found[place] = chain.chosen(m, period, node)[:, option - s.option_start[m]]
    return found


def _beliefs(chain: TypedChain, before: int, after: int, said: dict[int, Floats]) -> Iterator[Belief]:
    """What the analyst and every other player believes about everybody who has private types."""
    game, shape = chain.game, chain.typed.shape
    for place, grid in enumerate(chain.typed.grids):
        was, now = (int(np.unravel_index(node, shape)[place]) for node in (before, after))
        for column, observer in enumerate(["", *game.players]):
            if column != 1 + grid.player:
                seen = grid.believed[column]
                learnt = _posterior(seen[was], said.get(place))
                each = (tuple(belief.tolist()) for belief in (seen[was], learnt, seen[now]))
                yield Belief(game.players[grid.player], observer, *each)


def _posterior(before: Floats, likely: Floats | None) -> Floats:
    """Bayes' rule; a belief that rules out what happened stays."""
    if likely is None:
        return before
    joint = before * likely
    return np.asarray(joint / joint.sum()) if joint.sum() > 0 else before


def _pays(chain: TypedChain, profile: int, starts: Ints, i: int, period: int) -> tuple[tuple[str, str, float], ...]:
    s, game, types = chain.game.structure, chain.game, chain.typed.profiles[profile]
    found = []
    for n in range(starts[i], starts[i + 1]):
        amount = chain.typed.amount(int(s.pay_true[n]), chain.typed.pay_strides(n), types, period)
        if amount != 0.0:
            found.append((game.players[game.pay_part[n][0]], game.pay_part[n][1], float(s.pay_sign[n]) * amount))
    return tuple(found)


def count_typed(chain: TypedChain, rng: np.random.Generator, histories: int) -> Counts:
    """How often each point, option and pay occurs among a number of histories."""
    s, periods = chain.game.structure, chain.game.periods
    profiles, nodes = len(chain.typed.profiles), chain.game.belief_nodes
    counts = Counts(
        histories,
        np.zeros((periods, s.kind.size), np.int64),
        np.zeros((periods, s.option_weight.size), np.int64),
        np.zeros((periods, s.pay_player.size), np.int64),
        0,
    )
    at = np.zeros((s.kind.size, profiles, nodes), dtype=np.int64)
    at[s.start, :, chain.start] = rng.multinomial(histories, chain.shares())
    for period in range(periods):
        after = np.zeros_like(at)
        for point in range(s.kind.size):
            counts.points[period, point] = at[point].sum()
            if chain.is_terminal(point):
                _end(chain, point, period, at[point], after, counts)
                continue
            for profile, node in np.argwhere(at[point]):
                _send(chain, period, point, int(profile), int(node), rng, at, counts)
        at = after
    return Counts(histories, counts.points, counts.options, counts.pays, int(at.sum()))


def _end(
    chain: TypedChain, point: int, period: int, here: NDArray[np.int64], after: NDArray[np.int64], counts: Counts
) -> None:
    """Histories at a close or an ending."""
    s, game, many = chain.game.structure, chain.game, int(here.sum())
    counts.pays[period, s.point_pay_start[point] : s.point_pay_start[point + 1]] += many
    if s.kind[point] != ENDING:
        after[s.next_point[point]] += here
        if period + 1 == game.periods + game.buffer:
            counts.pays[period, s.final_pay_start[point] : s.final_pay_start[point + 1]] += many


def _send(
    chain: TypedChain,
    period: int,
    point: int,
    profile: int,
    node: int,
    rng: np.random.Generator,
    at: NDArray[np.int64],
    counts: Counts,
) -> None:
    """Lets every history of a profile at a point and belief node choose and go on."""
    s = chain.game.structure
    ways = list(chain.ways(profile, period, point, node))
    likely = np.array([way.probability for way in ways])
    for way, many in zip(ways, rng.multinomial(at[point, profile, node], likely / likely.sum()), strict=True):
        if s.kind[point] != CHANCE:
            counts.options[period, list(_options(chain, way.joint))] += many
        counts.pays[period, s.joint_pay_start[way.joint] : s.joint_pay_start[way.joint + 1]] += many
        counts.pays[period, s.branch_pay_start[way.branch] : s.branch_pay_start[way.branch + 1]] += many
        at[s.branch_target[way.branch], profile, way.node] += many
