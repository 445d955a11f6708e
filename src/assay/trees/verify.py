"""Whether a claimed profile is an equilibrium: what anybody could gain by playing otherwise.

A player's gain is against the best reply of the whole player (Nash), of one information set's agent alone (the
multi-agent form), or in every subgame (Selten 1965). Perfection is Selten's (1975), for agents.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from assay.trees.profile import Floats, Profile, chances, inside, nodes_of, paid, reach, worth
from assay.trees.tree import Kind, Tree, imperfect_recall

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
LARGEST_SEARCH = 100_000
"""Pure strategies of a player with imperfect recall that are tried one by one."""
SURE = 1e-9


def payoffs(tree: Tree, profile: Profile) -> Floats:
    """Expected payoff of every player, (P,)."""
    return np.asarray(worth(tree, profile)[0])


def nash_regret(tree: Tree, profile: Profile, root: int = 0) -> Floats:
    """What each player could gain by another strategy against the others' play, from a root on, (P,)."""
    now = worth(tree, profile)[root]
    forgetful = {tree.sets[place].player for place in imperfect_recall(tree)}
    gains = [
        (_best_by_search if player in forgetful else _best_by_recall)(tree, profile, player, root) - now[player]
        for player in range(len(tree.players))
    ]
    return np.asarray(np.maximum(np.array(gains), 0.0))


def _best_by_recall(tree: Tree, profile: Profile, player: int, root: int) -> float:
    """The best that a player who recalls everything can get: the last of her sets first."""
    weight = reach(tree, profile, root, without=player)
    within = inside(tree, root)
    own = [place for place, entry in enumerate(tree.sets) if entry.player == player]
    members = nodes_of(tree)
    before = {place: _own_moves_before(tree, members[place][0], player) for place in own}
    plan = list(profile)
    for place in sorted(own, key=lambda place: -before[place]):
        there = [at for at in members[place] if within[at]]
        if not there or not weight[there].any():
            continue
        below = worth(tree, tuple(plan))[:, player]
        gains = [sum(weight[at] * below[tree.nodes[at].children[move]] for at in there) for move in _moves(tree, place)]
        plan[place] = _pure(len(gains), int(np.argmax(gains)))
    return float(worth(tree, tuple(plan))[root, player])


def _best_by_search(tree: Tree, profile: Profile, player: int, root: int) -> float:
    own = [place for place, entry in enumerate(tree.sets) if entry.player == player]
    count = prod(len(tree.sets[place].moves) for place in own)
    if count > LARGEST_SEARCH:
        raise ValueError(f"{tree.players[player]} forgets, and has {count:,} strategies, too many to try one by one")
    best = -np.inf
    for choice in product(*(_moves(tree, place) for place in own)):
        plan = list(profile)
        for place, move in zip(own, choice, strict=True):
            plan[place] = _pure(len(tree.sets[place].moves), move)
        best = max(best, float(worth(tree, tuple(plan))[root, player]))
    return best


def _own_moves_before(tree: Tree, node: int, player: int) -> int:
    return sum(
        tree.nodes[at].kind is Kind.CHOICE and tree.sets[tree.nodes[at].place].player == player
        for at, _ in tree.path(node)
    )


def _moves(tree: Tree, place: int) -> range:
    return range(len(tree.sets[place].moves))


def _pure(count: int, chosen: int) -> tuple[float, ...]:
    return tuple(float(move == chosen) for move in range(count))


def agent_regret(tree: Tree, profile: Profile) -> Floats:
    """What each information set's agent alone could gain, given that the set is reached; 0 where it never is, (H,)."""
    weight, below = reach(tree, profile), worth(tree, profile)
    found = np.zeros(len(tree.sets))
    for place, there in enumerate(nodes_of(tree)):
        total = weight[there].sum()
        if total > 0:
            found[place] = _gain(tree, profile, place, np.asarray(weight[there] / total), there, below)
    return found


def _gain(tree: Tree, profile: Profile, place: int, belief: Floats, there: list[int], below: Floats) -> float:
    values = np.array([belief @ row for row in _rows(tree, place, there, below)])
    return float(values.max() - np.asarray(profile[place]) @ values)


def _rows(tree: Tree, place: int, there: list[int], below: Floats) -> Floats:
    """What each move is worth at each node of an information set, (moves, nodes)."""
    player = tree.sets[place].player
    return np.array([[below[tree.nodes[at].children[move], player] for at in there] for move in _moves(tree, place)])


def subgames(tree: Tree) -> list[int]:
    """Nodes at which a subgame starts, the root among them: no information set reaches across its border."""
    members = nodes_of(tree)
    last = list(range(len(tree.nodes)))
    for at in range(len(tree.nodes) - 1, -1, -1):
        for child in tree.nodes[at].children:
            last[at] = max(last[at], last[child])
    low = [min(there, default=0) for there in members]
    high = [max(there, default=0) for there in members]
    # A node's subtree is a stretch of nodes, so it is closed where the sets inside reach neither below nor above it.
    found = []
    for at, node in enumerate(tree.nodes):
        places = {n.place for n in tree.nodes[at : last[at] + 1] if n.kind is Kind.CHOICE}
        if node.children and all(low[place] >= at and high[place] <= last[at] for place in places):
            found.append(at)
    return found


def subgame_regret(tree: Tree, profile: Profile) -> float:
    """The largest gain of anybody in any subgame: 0 at a subgame perfect equilibrium."""
    return max(float(nash_regret(tree, profile, root).max(initial=0.0)) for root in subgames(tree) or [0])


def perfect(tree: Tree, profile: Profile, tries: int = 2000, seed: int = 1) -> bool | None:
    """Whether a profile is perfect: the limit of best replies to ever smaller mistakes.

    False where at some information set no belief makes its play best; True where mistakes are found to which it is
    best, as they shrink; None where neither is shown.
    """
    if not sequentially_rational(tree, profile):
        return False
    generator = np.random.default_rng(seed)
    for _ in range(tries):
        mistakes = [np.log(generator.exponential(size=len(own))) for own in profile]
        orders = [generator.integers(1, 4, size=len(own)) for own in profile]
        if all(_best_with_mistakes(tree, profile, mistakes, orders, size) for size in (1e-2, 1e-3, 1e-4)):
            return True
    return None


def _best_with_mistakes(tree: Tree, profile: Profile, mistakes: list[Floats], orders: list[Ints], size: float) -> bool:
    shaken = tuple(
        tuple((np.asarray(own) + np.exp(weights) * size**order) / (1 + (np.exp(weights) * size**order).sum()))
        for own, weights, order in zip(profile, mistakes, orders, strict=True)
    )
    weight, below = reach(tree, shaken), worth(tree, shaken)
    for place, there in enumerate(nodes_of(tree)):
        belief = np.asarray(weight[there] / weight[there].sum())
        values = np.array([belief @ row for row in _rows(tree, place, there, below)])
        played = np.asarray(profile[place]) > 0
        if (values[played] < values.max() - SURE).any():
            return False
    return True


def sequentially_rational(tree: Tree, profile: Profile) -> bool:
    """Whether at every information set some belief (Bayes' where it is reached) makes what is played best."""
    weight, below = reach(tree, profile), worth(tree, profile)
    for place, there in enumerate(nodes_of(tree)):
        rows = _rows(tree, place, there, below)
        total = weight[there].sum()
        if total > 0:
            if _gain(tree, profile, place, np.asarray(weight[there] / total), there, below) > 1e-7:
                return False
        elif not _some_belief(rows, np.asarray(profile[place]) > 0):
            return False
    return True


def _some_belief(rows: Floats, played: Bools) -> bool:
    """Whether some belief makes every played move at least as good as any other, (moves, nodes)."""
    worse = np.array([other - own for own in rows[played] for other in rows])
    found = linprog(
        np.zeros(rows.shape[1]), A_ub=worse, b_ub=np.full(len(worse), 1e-9), A_eq=np.ones((1, rows.shape[1])), b_eq=[1]
    )
    return bool(found.status == 0)


def completions(tree: Tree, partly: dict[str, dict[str, float]]) -> Iterator[dict[str, dict[str, float]]]:
    """Profiles that say the same where something is said, and one move for sure everywhere else."""
    free = [(name, entry.moves) for name, entry in zip(tree.names, tree.sets, strict=True) if name not in partly]
    for chosen in product(*(moves for _, moves in free)):
        rest = {name: {move: 1.0} for (name, _), move in zip(free, chosen, strict=True)}
        yield {**partly, **rest}


def zero_sum_value(tree: Tree) -> float:
    """What the first of two players gets in every equilibrium of a constant-sum game with perfect recall.

    By linear programming over sequences of moves (von Stengel 1996). Raises ValueError for other games.
    """
    own = paid(tree)
    if own.shape[1] != 2 or imperfect_recall(tree):
        raise ValueError("a value is defined here for two players who recall everything")
    total, luck = _path_payoffs(tree, own)
    if np.ptp([sum(pays) for pays in total.values()]) > 1e-9:
        raise ValueError("the payoffs do not have a constant sum")
    plans = [_Plan(tree, player) for player in (0, 1)]
    matrix = np.zeros((plans[0].count, plans[1].count))
    for at, pays in total.items():
        matrix[plans[0].at[at], plans[1].at[at]] += luck[at] * pays[0]
    first, second = (plan.constraints() for plan in plans)
    # max over x of the least that the second player can leave: its dual variables v, one for each of its sets.
    sets = second.shape[0]
    goal = np.concatenate([np.zeros(plans[0].count), -np.eye(sets)[0]])
    bound = np.hstack([-matrix.T, second.T])
    equal = np.hstack([first, np.zeros((first.shape[0], sets))])
    limits = [(0, None)] * plans[0].count + [(None, None)] * sets
    start = np.eye(first.shape[0])[0]
    found = linprog(goal, A_ub=bound, b_ub=np.zeros(plans[1].count), A_eq=equal, b_eq=start, bounds=limits)
    if found.status != 0:
        raise ValueError(f"the linear programme was not solved: {found.message}")
    return float(-found.fun)


def _path_payoffs(tree: Tree, own: Floats) -> tuple[dict[int, Floats], Floats]:
    """Payoffs summed along the path to every end, and the probability of chance on the way to every node."""
    total, luck, shares = own.copy(), np.ones(len(tree.nodes)), chances(tree)
    for at, node in enumerate(tree.nodes):
        for move, child in enumerate(node.children):
            total[child] += total[at]
            luck[child] = luck[at] * (shares[node.place][move] if node.kind is Kind.CHANCE else 1.0)
    return {at: total[at] for at, node in enumerate(tree.nodes) if node.kind is Kind.END}, luck


class _Plan:
    """A player's sequences of own moves: the empty one, and one for each move of each set."""

    def __init__(self, tree: Tree, player: int) -> None:
        self.at = [0] * len(tree.nodes)
        """The sequence that leads to each node."""
        self.sets: dict[int, tuple[int, int, int]] = {}
        """(sequence before, first sequence, moves) of each of the player's sets."""
        self.count = 1
        for at, node in enumerate(tree.nodes):
            own = node.kind is Kind.CHOICE and tree.sets[node.place].player == player
            if own and node.place not in self.sets:
                self.sets[node.place] = (self.at[at], self.count, len(node.children))
                self.count += len(node.children)
            for move, child in enumerate(node.children):
                self.at[child] = self.sets[node.place][1] + move if own else self.at[at]

    def constraints(self) -> Floats:
        """Rows that are 1 for the empty sequence, and say that a set's moves share what leads to it, (1 + sets, S)."""
        rows = np.zeros((1 + len(self.sets), self.count))
        rows[0, 0] = 1.0
        for row, (before, first, moves) in enumerate(self.sets.values(), 1):
            rows[row, before] = -1.0
            rows[row, first : first + moves] = 1.0
        return rows
