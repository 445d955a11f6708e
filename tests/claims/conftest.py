"""The cases of these tests, and an oracle: every history of a small game, one by one, without the package's readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from assay.assumptions.draw import Draws, draw
from assay.case.model import Case
from assay.claims.agenda import Agenda, agenda, merge
from assay.claims.judge import judge
from assay.claims.quantity import read_quantity
from assay.claims.verdict import Truth
from assay.formula.parse import parse
from assay.futures.forward import forward
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import LANES, Filled, Game
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies

HERE = Path(__file__).parent


def read_case(path: Path, **changes: Any) -> Case:
    """A case from its file, with sections replaced."""
    return Case.model_validate({**YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), **changes})


@pytest.fixture(scope="session")
def fence() -> Case:
    return read_case(HERE.parent / "cases" / "fence.yaml")


@pytest.fixture(scope="session")
def harbour() -> Callable[..., Case]:
    """The harbour, with sections replaced: `harbour(claims=[...])`."""
    return lambda **changes: read_case(HERE / "harbour.yaml", **changes)


@dataclass(frozen=True)
class Moment:
    """Something in a history: the start, a choice, a period's close or an ending. Periods count from 1."""

    kind: str
    period: int
    stage: str
    world: dict[str, str]
    moves: frozenset[str] = frozenset()
    """`actor.stage.move` of every mover, for a choice."""
    tags: frozenset[str] = frozenset()
    worth: tuple[tuple[str, float], ...] = ()
    """Expected payoff of each legal `actor.stage.move`, for a choice."""


@dataclass(frozen=True)
class History:
    """One way the game can go, until it ends or the last reported period closes."""

    probability: float
    moments: tuple[Moment, ...]
    pays: tuple[tuple[str, str, float], ...]
    """(actor, part, discounted amount)."""


class Enumerator:
    """Goes through every history of one draw. A policy is a function from (actor, stage, legal moves, their
    probabilities) to probabilities."""

    def __init__(
        self,
        strategies: Strategies,
        number: int,
        tags: Mapping[str, tuple[str, ...]],
        policy: Callable[..., Any] | None = None,
    ) -> None:
        self.tags = tags
        self.filled: Filled = strategies.filled
        self.game: Game = self.filled.game
        self.strategies = strategies
        self.group, self.lane = divmod(number, LANES)
        self.policy = policy
        self.discount = float(self.filled.discount[self.group, self.lane])

    def row(self, index: int, period: int) -> float:
        stride = int(self.game.row_stride[index])
        return float(self.filled.table[self.group, index + period * stride, self.lane])

    def world(self, point: int) -> dict[str, str]:
        skeleton = self.game.skeleton
        codes = skeleton.points[point].world
        return {name: skeleton.values[i][codes[i]] for i, name in enumerate(skeleton.variables)}

    def histories(self) -> Iterator[History]:
        start = self.game.skeleton.start
        first = Moment("start", 1, "", self.world(start))
        yield from self.at(start, 0, 1.0, (first,), ())

    def at(self, point: int, period: int, probability: float, moments: tuple, pays: tuple) -> Iterator[History]:
        s, here = self.game.structure, self.game.skeleton.points[point]
        if here.kind == "ending":
            tags = frozenset(self.tags[here.stage]) | {here.stage}
            moment = Moment("ending", period + 1, here.stage, self.world(point), tags=tags)
            paid = self.paid(range(s.point_pay_start[point], s.point_pay_start[point + 1]), period, 0)
            yield History(probability, (*moments, moment), (*pays, *paid))
        elif here.kind == "close":
            yield from self.close(point, period, probability, moments, pays)
        else:
            yield from self.onward(point, period, probability, moments, pays)

    def close(self, point: int, period: int, probability: float, moments: tuple, pays: tuple) -> Iterator[History]:
        s = self.game.structure
        moment = Moment("close", period + 1, "", self.world(point))
        later = int(s.flow_after_discount)
        pays = (*pays, *self.paid(range(s.point_pay_start[point], s.point_pay_start[point + 1]), period, later))
        if period + 1 < self.game.periods:
            yield from self.at(int(s.next_point[point]), period + 1, probability, (*moments, moment), pays)
            return
        if self.game.buffer == 0:
            pays = (*pays, *self.paid(range(s.final_pay_start[point], s.final_pay_start[point + 1]), period, 1))
        yield History(probability, (*moments, moment), pays)

    def onward(self, point: int, period: int, probability: float, moments: tuple, pays: tuple) -> Iterator[History]:
        s, here = self.game.structure, self.game.skeleton.points[point]
        played = self.played(point, period)
        worth = self.worth(point, period)
        for j in range(s.joint_start[point], s.joint_start[point + 1]):
            options = [int(o) for o in s.joint_option[j] if o >= 0] if here.kind == "choice" else []
            likely = float(np.prod([played[o] for o in options])) if options else 1.0
            made = frozenset(".".join(self.game.option_label[o]) for o in options)
            moment = Moment("choice", period + 1, here.stage, self.world(point), made, worth=worth)
            if here.kind != "choice":
                moment = Moment("chance", period + 1, here.stage, self.world(point))
            own = self.paid(range(s.joint_pay_start[j], s.joint_pay_start[j + 1]), period, 0)
            for b in range(s.branch_start[j], s.branch_start[j + 1]):
                chance = likely * self.row(int(s.branch_row[b, 0]), period)
                if chance > 0:
                    more = self.paid(range(s.branch_pay_start[b], s.branch_pay_start[b + 1]), period, 0)
                    target = int(s.branch_target[b])
                    yield from self.at(target, period, probability * chance, (*moments, moment), (*pays, *own, *more))

    def played(self, point: int, period: int) -> dict[int, float]:
        found: dict[int, float] = {}
        for mover in self.movers(point):
            options = self.options(mover)
            chosen = [float(self.strategies.probability[self.group, period, o, 0, self.lane]) for o in options]
            if self.policy is not None:
                actor, stage, _ = self.game.option_label[options[0]]
                chosen = self.policy(actor, stage, [self.game.option_label[o][2] for o in options], chosen)
            found.update(zip(options, chosen, strict=True))
        return found

    def worth(self, point: int, period: int) -> tuple[tuple[str, float], ...]:
        if self.strategies.payoff is None:
            return ()
        options = [o for mover in self.movers(point) for o in self.options(mover)]
        payoff = self.strategies.payoff
        return tuple(
            (".".join(self.game.option_label[o]), float(payoff[self.group, period, o, 0, self.lane])) for o in options
        )

    def movers(self, point: int) -> range:
        return range(self.game.structure.mover_start[point], self.game.structure.mover_start[point + 1])

    def options(self, mover: int) -> list[int]:
        return list(range(self.game.structure.option_start[mover], self.game.structure.option_start[mover + 1]))

    def paid(self, pays: range, period: int, later: int) -> tuple[tuple[str, str, float], ...]:
        s = self.game.structure
        factor = self.discount ** (period + later)
        found = []
        for p in pays:
            player, part = self.game.pay_part[p]
            amount = float(s.pay_sign[p]) * self.row(int(s.pay_true[p]), period)
            found.append((self.game.players[player], part, factor * amount))
        return tuple(found)


@dataclass(frozen=True)
class Solved:
    """A case solved for a few draws, with what is needed to ask it things."""

    case: Case
    draws: Draws

    def strategies(self, regime: str | None = None, **sets: str) -> Strategies:
        game = compile_game(self.case, regime)
        settings = {name: parse(value) for name, value in sets.items()}
        return solve(fill(game, self.case, self.draws, regime, settings), residual=1e-10, payoffs=True)

    def histories(self, number: int, policy: Any = None, regime: str | None = None, **sets: str) -> list[History]:
        tags = {name: ending.tags for name, ending in self.case.endings.items()}
        walker = Enumerator(self.strategies(regime, **sets), number, tags, policy)
        return list(walker.histories())

    def answers(self, asked: Agenda | None = None, precision_scale: float = 1.0) -> dict[Any, Any]:
        asked = asked or agenda(self.case)
        found: dict[Any, Any] = {}
        for variant in asked.variants:
            found.update(self.answer(asked, variant.scaled(precision_scale)))
        return found

    def answer(self, asked: Agenda, variant: Any) -> dict[Any, Any]:
        parts = []
        for alternatives, positions in self.draws.groups():
            game = compile_game(self.case, variant.regime, alternatives)
            some = self.draws.take(positions)
            filled = fill(game, self.case, some, variant.regime, variant.settings, variant.precision_scale)
            strategies = solve(filled, residual=1e-10, payoffs=asked.needs_payoffs(variant))
            parts.append(
                (positions, asked.answer(game, variant, forward(strategies, asked.passes(game, variant)), strategies))
            )
        return merge(parts, len(self.draws))


@pytest.fixture(scope="session")
def solved() -> Callable[..., Solved]:
    """A case with `count` draws of a perspective."""

    def make(case: Case, perspective: str = "", count: int = 3, seed: int = 7) -> Solved:
        return Solved(case, draw(case, perspective or next(iter(case.perspectives)), count, seed))

    return make


@dataclass(frozen=True)
class ByHand:
    """Claims judged from answers that are written down, draw by draw."""

    asked: Agenda
    draws: Draws
    truths: dict[str, Truth]

    @property
    def truth(self) -> Truth:
        """The truth of the only claim."""
        (found,) = self.truths.values()
        return found


@pytest.fixture(scope="session")
def by_hand(harbour: Callable[..., Case]) -> Callable[..., ByHand]:
    """`by_hand(claims, {"P(war)": [0.1, 0.2]}, evidence=[1, 2])`: claims of the harbour, quantities and assumptions."""

    def judged(claims: Any, answers: Mapping[str, Any], perspective: str = "author", **assumptions: Any) -> ByHand:
        listed = claims if isinstance(claims, list) else [claims]
        case = harbour(
            claims=[{"by": "author", "says": "Something.", **claim, "id": claim.get("id", "T")} for claim in listed]
        )
        known = {
            read_quantity(parse(text).node, case): np.array(values, dtype=float) for text, values in answers.items()
        }
        count = len(next(iter([*known.values(), *assumptions.values()])))
        drawn = draw(case, perspective, count, 1)
        values = {**drawn.values, **{name: np.array(given, dtype=float) for name, given in assumptions.items()}}
        draws = replace(drawn, values=values)
        asked = agenda(case)
        return ByHand(asked, draws, judge(asked, draws, known))

    return judged
