"""A game of one period with private types as a tree that Gambit reads: chance deals the types, then all is played out.

Payoffs are scaled by each player's precision, so that one precision, 1, is everybody's. What observers believe at the
start must be the analyst's shares: a tree has one prior.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import product

import numpy as np
import pygambit

from assay.game.game import CHANCE, CLOSE, ENDING, Filled
from assay.solvers.definition_cells import options_of

Places = list[tuple[tuple[int, ...], pygambit.Node, np.ndarray]]
"""Type profile, node, and what everybody was paid on the way."""


class Unrolled:
    """The tree of one draw."""

    def __init__(self, filled: Filled, draw: int = 0) -> None:
        self.filled, game = filled, filled.game
        assert game.periods + game.buffer == 1
        self.group, self.lane = divmod(draw, filled.table.shape[2])
        self.tree = pygambit.Game.new_tree(players=list(game.players))
        self.place = {each.player: i for i, each in enumerate(game.informed)}
        profiles = list(product(*(range(len(each.types)) for each in game.informed)))
        names = [" ".join(map(str, profile)) for profile in profiles]
        self.tree.append_move(self.tree.root, self.tree.players.chance, names)
        self.tree.set_chance_probs(self.tree.root.infoset, exactly([self.share(profile) for profile in profiles]))
        nobody = np.zeros(len(game.players))
        places = [(p, child, nobody) for p, child in zip(profiles, self.tree.root.children, strict=True)]
        self.grow(places, game.structure.start, "")

    def share(self, profile: tuple[int, ...]) -> float:
        return float(np.prod([self.filled.prior[self.group, i, 0, k, self.lane] for i, k in enumerate(profile)]))

    def number(self, row: int) -> float:
        return float(self.filled.table[self.group, row, self.lane])

    def paid(self, starts: np.ndarray, i: int, profile: tuple[int, ...], scale: float = 1.0) -> np.ndarray:
        s, total = self.filled.game.structure, np.zeros(len(self.filled.game.players))
        for n in range(starts[i], starts[i + 1]):
            row = s.pay_true[n] + int(np.dot(s.pay_stride[n], profile))
            total[s.pay_player[n]] += scale * s.pay_sign[n] * self.number(row)
        return total

    def grow(self, places: Places, point: int, seen: str) -> None:
        """Plays on from a point; all nodes of `places` have the same public past."""
        s = self.filled.game.structure
        if s.kind[point] in (CLOSE, ENDING):
            for profile, node, so_far in places:
                self.end(node, so_far + self.at_end(point, profile))
            return
        if s.kind[point] == CHANCE:
            self.lead(places, int(s.joint_start[point]), seen)
            return
        by_choice: dict[tuple[int, ...], Places] = {(): places}
        for m, options in enumerate(options_of(self.filled.game, point)):
            player = int(s.mover_player[s.mover_start[point] + m])
            by_choice = self.move(by_choice, player, list(options), f"{seen}/{point}")
        for n, chosen in enumerate(product(*options_of(self.filled.game, point))):
            self.lead(by_choice[chosen], int(s.joint_start[point]) + n, f"{seen}/{point}:{n}")

    def move(self, before: dict, player: int, options: list[int], seen: str) -> dict:
        """A mover's choice, in an information set for each own type; she does not see what others do at once."""
        sets = defaultdict(list)
        for chosen, places in before.items():
            for profile, node, so_far in places:
                own = profile[self.place[player]] if player in self.place else 0
                sets[own].append((chosen, profile, node, so_far))
        after = defaultdict(list)
        name = self.filled.game.players[player]
        for own, members in sets.items():
            nodes = [node for _, _, node, _ in members]
            self.tree.append_move(nodes, name, [str(o) for o in options])
            nodes[0].infoset.label = f"{seen}|{own}"
            for chosen, profile, node, so_far in members:
                for o, child in zip(options, node.children, strict=True):
                    after[(*chosen, o)].append((profile, child, so_far))
        return after

    def lead(self, places: Places, j: int, seen: str) -> None:
        """Where a joint move leads, each branch with the same public past."""
        s = self.filled.game.structure
        branches = range(s.branch_start[j], s.branch_start[j + 1])
        likely = [self.number(s.branch_row[b, 0]) for b in branches]
        on: dict[int, Places] = defaultdict(list)
        for profile, node, so_far in places:
            children = [node]
            if len(branches) > 1:
                self.tree.append_move(node, self.tree.players.chance, [str(b) for b in branches])
                self.tree.set_chance_probs(node.infoset, exactly(likely))
                children = list(node.children)
            paid = so_far + self.paid(s.joint_pay_start, j, profile)
            for b, child in zip(branches, children, strict=True):
                on[b].append((profile, child, paid + self.paid(s.branch_pay_start, b, profile)))
        for b, where in on.items():
            self.grow(where, int(s.branch_target[b]), f"{seen}>{b}")

    def at_end(self, point: int, profile: tuple[int, ...]) -> np.ndarray:
        s, delta = self.filled.game.structure, float(self.filled.discount[self.group, self.lane])
        if s.kind[point] == ENDING:
            return self.paid(s.point_pay_start, point, profile)
        flows = self.paid(s.point_pay_start, point, profile, delta if s.flow_after_discount else 1.0)
        return flows + self.paid(s.final_pay_start, point, profile, delta)

    def end(self, node: pygambit.Node, paid: np.ndarray) -> None:
        outcome = self.tree.add_outcome(f"end {len(list(self.tree.outcomes))}")
        scaled = paid * self.filled.precision[self.group, :, self.lane]
        for player, amount in zip(self.tree.players, scaled, strict=True):
            outcome[player] = float(amount)
        self.tree.set_outcome(node, outcome)

    def solved(self) -> dict[str, float]:
        """Probability of every option in every information set, `past|own type|option`."""
        (profile,) = pygambit.qre.logit_solve_lambda(self.tree, [1.0])
        sets = [each for player in self.tree.players for each in player.infosets]  # the order of a profile
        labels = [f"{each.label}|{action.label}" for each in sets for action in each.actions]
        return {label: float(profile[i]) for i, label in enumerate(labels)}

    def first(self, answer: dict[str, float]) -> np.ndarray:
        """What is played at the first point, (types, options) of its movers side by side."""
        s = self.filled.game.structure
        found = []
        for m, options in enumerate(options_of(self.filled.game, s.start)):
            player = int(s.mover_player[s.mover_start[s.start] + m])
            kinds = len(self.filled.game.informed[self.place[player]].types) if player in self.place else 1
            found += [answer[f"/{s.start}|{own}|{o}"] for own in range(kinds) for o in options]
        return np.array(found)


def exactly(shares: list[float]) -> list[Fraction]:
    """Fractions that sum to one."""
    found = [Fraction(share) for share in shares[:-1]]
    return [*found, 1 - sum(found)]
