"""What a case asks of the futures, and what it costs: solves, forward passes, and the numbers that come back.

asked = agenda(case)
for variant in asked.variants:
    game = compile_game(case, variant.regime, alternatives)
    filled = fill(game, case, draws, variant.regime, variant.settings, variant.precision_scale)
    strategies = solve(filled, selection, residual, payoffs=asked.needs_payoffs(variant))
    futures = forward(strategies, asked.passes(game, variant))
    answers |= asked.answer(game, variant, futures, strategies)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assay.case.claims import Outcome
from assay.case.model import Case
from assay.claims.binder import UnreadableError, bind
from assay.claims.happens import Course, courses
from assay.claims.policies import rules
from assay.claims.problems import Problems
from assay.claims.quantity import AS_PLAYED, Quantity, Scenario
from assay.claims.readers import Bound, Worth, answer
from assay.claims.trial import Trial, outcome_node, quantities, trial, under
from assay.formula.ast import Call, Formula, Node
from assay.formula.text import text
from assay.futures.futures import Futures, Pass
from assay.game.game import Floats, Game
from assay.solvers.strategies import Strategies

Answers = Mapping[Quantity, Floats]
"""Each quantity's number in each draw."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A game that is solved: the case's own, or one that is changed before the actors plan."""

    regime: str | None = None
    sets: tuple[tuple[str, Node], ...] = ()
    precision_scale: float = 1.0

    @property
    def settings(self) -> dict[str, Formula]:
        """Assumptions and the formulas they are set to, as `fill` takes them."""
        return {name: Formula(text(node), node) for name, node in self.sets}

    @property
    def key(self) -> str:
        """The variant in words: `as played`, `regime no_fence`, `prize = 0, precision times 4`."""
        scale = [] if self.precision_scale == 1 else [f"precision times {self.precision_scale:g}"]
        changed = Scenario(self.regime, self.sets).key
        return ", ".join([*([] if changed == AS_PLAYED and scale else [changed]), *scale])

    def scaled(self, precision_scale: float) -> Variant:
        """The same game, solved with every actor's precision multiplied."""
        return replace(self, precision_scale=precision_scale)


@dataclass(frozen=True, eq=False)
class Agenda:
    """Everything that is asked of a case's futures."""

    case: Case
    trials: tuple[Trial, ...]
    """The claims with route `model`, in the case's order."""
    outcomes: Mapping[str, Node]
    """Outcomes by name, over quantities, assumptions and definitions alone."""
    imposed: Mapping[tuple[str, str], Node]
    """(intervention of the case, outcome) to the outcome's formula with the intervention's policies played."""
    by_variant: Mapping[Variant, tuple[Quantity, ...]]
    """What is read in each solved game; the case's own game comes first."""
    series: Mapping[str, Quantity]
    """The outcomes that are drawn over time."""

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The games that have to be solved, the case's own first."""
        return tuple(self.by_variant)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity, each once."""
        return tuple(quantity for asked in self.by_variant.values() for quantity in asked)

    @property
    def solves(self) -> int:
        """Solves that a draw costs."""
        return len(self.by_variant)

    @property
    def forward_passes(self) -> int:
        """Forward passes that a draw costs, over all variants."""
        return sum(len(self.courses(variant)) for variant in self.by_variant)

    @property
    def cost(self) -> str:
        """What a draw costs, in words."""
        return f"{_count(self.solves, 'solve')} and {_count(self.forward_passes, 'forward pass')} a draw"

    def needs_payoffs(self, variant: Variant) -> bool:
        """Whether the solver has to keep the expected payoffs of options."""
        return any(quantity.measure == "EV" for quantity in self._asked(variant))

    def courses(self, variant: Variant) -> tuple[Course, ...]:
        """The passes of a variant, without their game; for the case's own game the undisturbed one first."""
        needed = (course for quantity in self._asked(variant) for course in courses_of(quantity, self.case))
        own = (Course(),) if variant.scaled(1.0) == Variant() else ()
        return tuple(dict.fromkeys((*own, *needed)))

    def passes(self, game: Game, variant: Variant) -> tuple[Pass, ...]:
        """The forward passes of a variant on its game; for the case's own game the undisturbed one first."""
        return self._bound(game, variant).passes

    def answer(
        self, game: Game, variant: Variant, futures: Sequence[Futures], strategies: Strategies | None = None
    ) -> dict[Quantity, Floats]:
        """Each quantity of a variant in each draw, (D,), from the futures of `passes`.

        `strategies`, with the payoffs of options, are needed where `needs_payoffs` says so; ValueError without them.
        NaN where a share has nothing to be a share of, or where the solution was not a number.
        """
        bound = self._bound(game, variant)
        known = dict(zip(bound.courses, futures, strict=True))
        last = game.periods
        worth = _worth(strategies)
        return {
            quantity: answer(recipe, quantity.time.period or last, known, worth)
            for quantity, recipe in bound.recipes.items()
        }

    def over_time(self, game: Game, futures: Sequence[Futures]) -> dict[str, Floats]:
        """The outcomes that are drawn over time, (periods, D): each read at every reported period instead of its own.

        `futures` are those of the case's own game, `passes(game, variants[0])`.
        """
        bound = self._bound(game, self.variants[0])
        known = dict(zip(bound.courses, futures, strict=True))
        periods, worth = range(1, game.periods + 1), _worth(None)
        return {
            name: np.stack([answer(bound.recipes[quantity], period, known, worth) for period in periods])
            for name, quantity in self.series.items()
        }

    def _asked(self, variant: Variant) -> tuple[Quantity, ...]:
        return self.by_variant[variant.scaled(1.0)]

    def _bound(self, game: Game, variant: Variant) -> Bound:
        return _bind(self, game, variant.scaled(1.0))


@lru_cache(maxsize=64)
def _bind(asked: Agenda, game: Game, variant: Variant) -> Bound:
    """Remembered, because every block of draws asks for the same."""
    try:
        return bind(asked.by_variant[variant], asked.courses(variant), asked.case, game)
    except UnreadableError as error:
        with Problems("case") as problems, problems.at(_place(error.quantity, asked)):
            raise ValueError(str(error)) from None
        raise AssertionError("a problem was noted and not raised") from None


def _place(quantity: Quantity, asked: Agenda) -> str:
    """Where in the case a quantity is first asked for."""
    for (_, name), node in (*((("", name), node) for name, node in asked.outcomes.items()), *asked.imposed.items()):
        if quantity in quantities(node, asked.case):
            return f"outcomes.{name}"
    ids = [claim.id for claim in asked.case.claims]
    found = (each for each in asked.trials for node in each.nodes if quantity in quantities(node, asked.case))
    return f"claims[{ids.index(next(found).claim.id)}].holds_if"


def _worth(strategies: Strategies | None) -> Worth:
    """What options are worth to their movers, (periods, D) each."""

    def worth(option: int) -> Floats:
        if strategies is None or strategies.payoff is None:
            raise ValueError("an EV is asked for: solve with payoffs=True and pass the strategies on")
        payoff = strategies.payoff[:, :, option, 0, :]  # (groups, periods, lanes)
        draws = strategies.filled.draws
        return payoff.transpose(1, 0, 2).reshape(payoff.shape[1], -1)[:, :draws]

    return worth


def agenda(case: Case) -> Agenda:
    """What the outcomes and claims of a case ask. Raises InputError for all that cannot be asked, with its place."""
    trials: list[Trial] = []
    outcomes: dict[str, Node] = {}
    imposed: dict[tuple[str, str], Node] = {}
    series: dict[str, Quantity] = {}
    by_variant: dict[Variant, dict[Quantity, None]] = {Variant(): {}}

    def ask(nodes: Sequence[Node]) -> None:
        for quantity in [each for node in nodes for each in quantities(node, case)]:
            courses_of(quantity, case)  # refuses what would take too many passes
            by_variant.setdefault(variant_of(quantity), {})[quantity] = None

    with Problems("case") as problems:
        for name in case.outcomes:
            with problems.at(f"outcomes.{name}"):
                outcomes[name] = outcome_node(name, case)
                series |= _series(name, outcomes[name], case)
                ask([outcomes[name]])
        for name, policies in case.interventions.items():
            with problems.at(f"interventions.{name}"):
                rules(case, policies)
                imposed |= {(name, outcome): node for outcome, node in _imposed(outcomes, policies, case)}
                ask([node for (each, _), node in imposed.items() if each == name])
        for place, claim in enumerate(case.claims):
            if claim.route == "model":
                with problems.at(f"claims[{place}].holds_if"):
                    trials.append(trial(claim, case))
                    ask(trials[-1].nodes)
    by_game = {key: tuple(each) for key, each in by_variant.items()}
    return Agenda(case, tuple(trials), outcomes, imposed, by_game, series)


def _imposed(outcomes: Mapping[str, Node], policies: Sequence[str], case: Case) -> Iterator[tuple[str, Node]]:
    """The outcomes that policies can change and that change nothing else themselves, with the policies played."""
    for name, node in outcomes.items():
        read = quantities(node, case)
        if read and all(quantity.scenario == Scenario() for quantity in read):
            yield name, under(node, policies) if policies else node


def variant_of(quantity: Quantity) -> Variant:
    """The game in which a quantity is read."""
    return Variant(quantity.scenario.regime, quantity.scenario.sets)


def courses_of(quantity: Quantity, case: Case) -> tuple[Course, ...]:
    """The passes that a quantity needs."""
    if quantity.measure != "P" or quantity.time.kind != "by":
        return (Course(quantity.scenario.do),)
    return courses(quantity.subject, quantity.given, quantity.scenario.do, case)


def _series(name: str, node: Node, case: Case) -> dict[str, Quantity]:
    """The probability that an outcome draws over time, if it does, in the case's own game."""
    outcome = case.outcomes[name]
    if not (isinstance(outcome, Outcome) and outcome.over_time):
        return {}
    read = quantities(node, case)
    if not isinstance(node, Call) or len(read) != 1 or read[0].measure != "P":
        raise ValueError("what is drawn over time is one P(...) and nothing else; take over_time out")
    if variant_of(read[0]) != Variant():
        raise ValueError("what is drawn over time cannot change the game; take over_time out")
    return {name: read[0]}


def _count(number: int, what: str) -> str:
    plural = f"{what}es" if what.endswith("s") else f"{what}s"
    return f"1 {what}" if number == 1 else f"{number} {plural}"


def merge(parts: Sequence[tuple[NDArray[np.int64], Answers]], draws: int) -> dict[Quantity, Floats]:
    """Answers of groups of draws (positions, answers) as answers of all `draws`.

    For structural alternatives, each of which is a game of its own.
    """
    names = dict.fromkeys(quantity for _, answers in parts for quantity in answers)
    merged = {quantity: np.full(draws, np.nan) for quantity in names}
    for positions, answers in parts:
        for quantity, numbers in answers.items():
            merged[quantity][positions] = numbers
    return merged
