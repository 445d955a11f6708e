"""What everybody knows of one actor's type: the grid of beliefs, Bayes' rule, and splitting, in plain NumPy.

An actor has K types and K - 1 coordinates: `later[c]` is the probability that the type comes after type c, given that
it is c or one after it. Beliefs are kept on nodes of these coordinates. A posterior between two nodes is taken to one
of them as by an honest public signal (Aumann and Maschler 1995), so that Bayes' rule holds at both nodes, for every
observer: the game on the grid is a game of its own, and not an approximate solution of another one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assay.game.game import Filled, Floats, Informed, Ints

NARROWEST = 1e-9
"""The grid is centred no closer to certainty than this, or it would have no width. Beliefs themselves may be certain:
they go by each observer's own prior, the reference observer's too.
"""


@dataclass(frozen=True, eq=False)
class Grid:
    """Beliefs about one actor in one draw. Shapes: K types, C = K - 1 coordinates, n nodes of each, Z = n**C nodes."""

    player: int
    later: Floats  # (C, n)
    here: Floats  # (C, n) one less that, kept because it may be tiny
    place: Ints  # (Z, C) the node of each coordinate, the last running fastest
    believed: Floats  # (1 + players, Z, K) at each node: in the analyst's eyes, then in each player's
    reference: Floats  # (Z, K) the belief that the coordinates stand for
    start: int

    @property
    def types(self) -> int:
        """K."""
        return int(self.reference.shape[1])

    @property
    def size(self) -> int:
        """Z."""
        return int(self.reference.shape[0])

    def posterior(self, node: Ints, logs: Floats) -> tuple[Floats, Floats]:
        """Coordinates (later, here), (..., C), after something that type k does with probability exp(logs[..., k]).

        Where nobody does it the belief stays, and so does a coordinate of types that are all impossible.
        """
        before = self.reference[node]
        possible = (before > 0) & (logs > -np.inf)
        some = possible.any(axis=-1, keepdims=True)
        top = np.where(possible, logs, -np.inf).max(axis=-1, keepdims=True, initial=-np.inf)
        likely = np.where(possible, np.exp(np.where(possible, logs - np.where(some, top, 0.0), 0.0)), 0.0)
        after = before * likely
        tail = np.cumsum(after[..., ::-1], axis=-1)[..., ::-1]
        known = tail[..., :-1] > 0
        share, each = np.where(known, tail[..., :-1], 1.0), np.arange(self.types - 1)
        later = np.where(known, tail[..., 1:] / share, self.later[each, self.place[node]])
        return later, np.where(known, after[..., :-1] / share, self.here[each, self.place[node]])

    def moves(self, node: Ints | int, logs: Floats) -> Floats:
        """Where the belief goes after it, by type: probabilities (..., K, Z) of the nodes.

        `node` (...) is where it was, `logs` (..., K) how likely each type was to do it.
        """
        later, here = self.posterior(np.asarray(node), logs)
        reached = np.ones((*later.shape[:-1], self.types, 1))
        for c in range(self.types - 1):
            one = self._split(c, later[..., c], here[..., c])
            reached = (reached[..., :, None] * one[..., None, :]).reshape(*reached.shape[:-1], -1)
        return reached

    def stays(self, node: Ints | int) -> Floats:
        """The same where nothing is learnt."""
        still = np.arange(self.size) == np.asarray(node)[..., None]
        return np.repeat(still[..., None, :], self.types, axis=-2).astype(float)

    def _split(self, c: int, later: Floats, here: Floats) -> Floats:
        """Probabilities (..., K, n) of the nodes of coordinate c by type, from a posterior (...) on it."""
        at, rest = self.later[c], self.here[c]
        low = np.minimum(np.searchsorted(at, later, side="right") - 1, at.size - 2)
        weight = np.where(
            later <= 0.5,
            (later - at[low]) / (at[low + 1] - at[low]),
            (rest[low] - here) / (rest[low] - rest[low + 1]),
        )
        after = np.where(later > 0, weight * at[low + 1] / np.where(later > 0, later, 1.0), weight)
        same = np.where(here > 0, weight * rest[low + 1] / np.where(here > 0, here, 1.0), weight)
        up = np.stack([weight if k < c else same if k == c else after for k in range(self.types)], axis=-1)
        up = np.clip(up, 0.0, 1.0)  # rounding
        node = np.arange(at.size)
        down_to, up_to = node == low[..., None, None], node == low[..., None, None] + 1
        return np.asarray((1 - up)[..., None] * down_to + up[..., None] * up_to)


def grids_of(filled: Filled, draw: int) -> tuple[Grid, ...]:
    """The grid of every informed actor in one draw."""
    if filled.prior is None:
        return ()
    group, lane = divmod(draw, filled.prior.shape[-1])
    prior = filled.prior[group, :, :, :, lane]
    return tuple(grid_of(each, prior[i, :, : len(each.types)]) for i, each in enumerate(filled.game.informed))


def grid_of(informed: Informed, prior: Floats) -> Grid:
    """The grid around the prior of the reference observer. `prior` (1 + players, K) as in `Filled.prior`."""
    types, n = len(informed.types), informed.nodes
    centre = _coordinates(prior[1 + informed.reference])
    away = np.linspace(-informed.span, informed.span, n - 2) if n > 3 else np.zeros(1)
    log_odds = np.log(centre / (1 - centre))[:, None] + away
    later, here = np.zeros((types - 1, n)), np.zeros((types - 1, n))
    later[:, 1:-1], here[:, 1:-1] = 1 / (1 + np.exp(-log_odds)), 1 / (1 + np.exp(log_odds))
    later[:, -1] = here[:, 0] = 1.0
    place = np.array(list(np.ndindex(*[n] * (types - 1))), dtype=np.int32).reshape(-1, types - 1)
    each = np.arange(types - 1)
    reference = np.array([_belief(later[each, at], here[each, at]) for at in place])
    start = int(np.flatnonzero((place == (n - 1) // 2).all(axis=1))[0])
    believed = np.array([_as_seen(reference, own, reference[start]) for own in prior])
    return Grid(informed.player, later, here, place, believed, reference, start)


def _coordinates(prior: Floats) -> Floats:
    """Coordinates of a prior (K,), away from certainty; one half where all that it is about is impossible."""
    tail = np.cumsum(prior[::-1])[::-1]
    known = tail[:-1] > 0
    return np.clip(np.where(known, tail[1:] / np.where(known, tail[:-1], 1.0), 0.5), NARROWEST, 1 - NARROWEST)


def _belief(later: Floats, here: Floats) -> Floats:
    """Probabilities (K,) of the types from coordinates (K - 1,)."""
    return np.concatenate([here, [1.0]]) * np.cumprod(np.concatenate([[1.0], later]))


def _as_seen(reference: Floats, own: Floats, prior: Floats) -> Floats:
    """Beliefs (Z, K) of an observer whose prior is `own` where the reference, from `prior`, has `reference`."""
    share = reference * (own / prior)
    total = share.sum(axis=1, keepdims=True)
    return np.where(total > 0, share / np.where(total > 0, total, 1.0), reference)
