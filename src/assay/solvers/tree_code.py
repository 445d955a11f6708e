# mypy: disable-error-code="no-untyped-call,untyped-decorator,attr-defined"
# ruff: noqa: ARG001  (Numba fixes the arguments of typing and lowering)
"""One Newton step on the equations of a tree as straight machine code, for LANES draws at once.

A tree's equations are the same sums of products for every draw. They are written out once for each tree: every product
along a path is made once, what is certainly 0 or 1 is left out, and the Jacobian is eliminated in an order that keeps
it sparse. A loop over tables that does the same took eight times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from numba import types
from numba.extending import intrinsic

from assay.solvers.tree_arithmetic import Code, Term, solved

_lanewise: Any = intrinsic
FARTHEST = 60.0
"""The largest move of a log-odds in one step; what is not a number moves so far too."""


class Entry(NamedTuple):
    """An end that follows an action: the end, whose payoff counts, chance, and the other actions on the path."""

    end: int
    player: int
    chance: float
    others: tuple[int, ...]


class Visit(NamedTuple):
    """A node of an information set: chance and the actions on the way to it."""

    chance: float
    actions: tuple[int, ...]


class TreePlan(NamedTuple):
    """What is written out: the number of moves, the nodes, and the entries of every action, of every set."""

    moves: tuple[int, ...]
    visits: tuple[tuple[Visit, ...], ...]
    entries: tuple[tuple[Entry, ...], ...]

    @property
    def actions(self) -> int:
        """Actions of all sets."""
        return len(self.entries)

    @property
    def unknowns(self) -> int:
        """Log-odds: one less than moves for each set."""
        return len(self.entries) - len(self.moves)


class Rows(NamedTuple):
    """Where things stand in a desk, an array (rows, LANES)."""

    odds: int
    start: int
    share: int
    stake: int
    full: int
    precision: int
    sign: int
    left: int
    off: int
    fine: int
    height: int


def rows_of(plan: TreePlan) -> Rows:
    """The rows of a plan's desk."""
    n, stakes = plan.unknowns, sum(len(own) for own in plan.entries)
    scalars = 2 * n + plan.actions + stakes
    return Rows(0, n, 2 * n, 2 * n + plan.actions, *(scalars + i for i in range(7)))


class Step:
    """Writes one Newton step of a plan."""

    def __init__(self, plan: TreePlan, code: Code) -> None:
        self.plan, self.code, self.rows = plan, code, rows_of(plan)
        self.first = [sum(plan.moves[:h]) for h in range(len(plan.moves) + 1)]
        self.share: list[Term] = []
        self.products: dict[tuple[int, ...], Term] = {(): 1.0}

    def write(self) -> None:
        """From the log-odds of the desk to better ones; see `rows_of` for what else is written."""
        code, rows = self.code, self.rows
        odds = [code.load(rows.odds + i) for i in range(self.plan.unknowns)]
        precision = code.load(rows.precision)
        for h in range(len(self.plan.moves)):
            self.share += self.shares(odds[self.first[h] - h : self.first[h + 1] - h - 1])
        for action, share in enumerate(self.share):
            code.store(rows.share + action, share)
        gaps, jacobian = self.equations(odds, precision)
        left: Term = 0.0
        for gap in gaps:
            left = code.larger(left, code.magnitude(gap))
        code.store(rows.left, left)
        moves, determinant = solved(code, jacobian, gaps)
        code.store(rows.sign, determinant)
        off: Term = 0.0
        for i, move in enumerate(moves):
            held = code.held(move, FARTHEST)
            code.store(rows.odds + i, code.sub(odds[i], held))
            off = code.larger(off, code.magnitude(held))
        code.store(rows.off, off)

    def shares(self, odds: Sequence[Term]) -> list[Term]:
        """Probabilities of a set's moves from their log-odds against the first."""
        code = self.code
        if not odds:
            return [1.0]
        if len(odds) == 1:
            less = code.exp(code.sub(0.0, odds[0]))
            second = code.div(1.0, code.add(1.0, less))
            return [code.mul(less, second), second]
        top: Term = 0.0
        for own in odds:
            top = code.larger(top, own)
        powers = [code.exp(code.sub(own, top)) for own in (0.0, *odds)]
        scale = code.div(1.0, code.total(powers))
        return [code.mul(power, scale) for power in powers]

    def product(self, actions: tuple[int, ...]) -> Term:
        """The probability that all the actions are taken."""
        if actions not in self.products:
            before = self.product(actions[:-1])
            self.products[actions] = self.code.mul(before, self.share[actions[-1]])
        return self.products[actions]

    def equations(self, odds: Sequence[Term], precision: Term) -> tuple[list[Term], list[list[Term]]]:
        """The gaps between log-odds and precision times what moves are worth, and their Jacobian."""
        count = self.plan.unknowns
        gaps: list[Term] = []
        jacobian: list[list[Term]] = [[1.0 if i == j else 0.0 for j in range(count)] for i in range(count)]
        stake = self.rows.stake
        for h, moves in enumerate(self.plan.moves):
            actions = range(self.first[h], self.first[h + 1])
            flows = []
            for action in actions:
                flows.append(
                    [(entry, self.flow(entry, stake + i)) for i, entry in enumerate(self.plan.entries[action])]
                )
                stake += len(self.plan.entries[action])
            if moves > 1:
                gaps += self.of_set(h, flows, odds, precision, jacobian)
        return gaps, jacobian

    def flow(self, entry: Entry, row: int) -> Term:
        """What an entry adds to its action's worth; chance is in the stake."""
        return self.code.mul(self.code.load(row), self.product(entry.others))

    def of_set(
        self,
        h: int,
        flows: list[list[tuple[Entry, Term]]],
        odds: Sequence[Term],
        precision: Term,
        jacobian: list[list[Term]],
    ) -> list[Term]:
        """The gaps of one set; its rows of the Jacobian are filled in."""
        code, base = self.code, self.first[h] - h
        reach = [(visit, code.mul(visit.chance, self.product(visit.actions))) for visit in self.plan.visits[h]]
        scale = code.div(1.0, code.total([weight for _, weight in reach]))
        worth = [code.mul(code.total([flow for _, flow in own]), scale) for own in flows]
        gaps = [
            code.sub(odds[base + a - 1], code.mul(precision, code.sub(worth[a], worth[0])))
            for a in range(1, len(worth))
        ]
        sharp = code.mul(precision, scale)
        passed = {action for own in flows for entry, _ in own for action in entry.others}
        passed |= {action for visit, _ in reach for action in visit.actions}
        for k, others in enumerate(self.plan.moves):
            through = range(self.first[k], self.first[k + 1])
            if others > 1 and passed & set(through):
                slopes = [[self.slope(b, own, reach, worth[a]) for b in through] for a, own in enumerate(flows)]
                for a in range(1, len(worth)):
                    rows = [code.sub(x, y) for x, y in zip(slopes[a], slopes[0], strict=True)]
                    for b, moved in enumerate(self.by_odds(rows, through)):
                        place = self.first[k] - k + b
                        entry = jacobian[base + a - 1][place]
                        jacobian[base + a - 1][place] = code.sub(entry, code.mul(sharp, moved))
        return gaps

    def slope(self, b: int, own: list[tuple[Entry, Term]], reach: list[tuple[Visit, Term]], worth: Term) -> Term:
        """How an action's worth, times the reach of its set, moves with the log-probability of action b."""
        code = self.code
        flows = code.total([flow for entry, flow in own if b in entry.others])
        return code.sub(flows, code.mul(code.total([weight for visit, weight in reach if b in visit.actions]), worth))

    def by_odds(self, slopes: list[Term], through: range) -> list[Term]:
        """Slopes by the log-probabilities of a set's moves as slopes by its log-odds."""
        code = self.code
        if len(slopes) == 2:
            first, second = (self.share[b] for b in through)
            return [code.sub(code.mul(first, slopes[1]), code.mul(second, slopes[0]))]
        total = code.total(slopes)
        return [code.sub(slopes[b], code.mul(self.share[through[b]], total)) for b in range(1, len(slopes))]


def newton_of(plan: TreePlan) -> Any:
    """A function of a desk (rows, LANES) that makes one Newton step, for kernels."""

    @_lanewise
    def newton(typingctx: Any, desk: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            array = context.make_array(signature.args[0])(context, builder, args[0])
            Step(plan, Code(builder, array.data)).write()
            return context.get_dummy_value()

        return types.void(desk), codegen

    return newton
