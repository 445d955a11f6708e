"""Every kind of quantity about types against every history of a small game with private types, profile by profile.

The oracle walks the compiled tree with the strategies of one draw, by the readable definition of what moves say about
types (`solvers.definition_forward.ways_on`); each history keeps its type profile, its moves and what they were worth.
What a quantity means is then said again here, in plain Python, history by history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.claims.agenda import agenda
from assay.claims.judge import judge, outcomes
from assay.claims.quantity import MEASURES, read_quantity
from assay.formula.parse import parse
from assay.futures.forward import forward
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.solvers.definition_cells import cells_at, cells_of, options_of, play_of
from assay.solvers.definition_forward import Imposed, ways_on
from assay.solvers.definition_numbers import typed_draw
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies

STRAIT = YAML(typ="safe", pure=True).load((Path(__file__).parent / "strait.yaml").read_text(encoding="utf-8"))
PERIODS, DRAWS = 2, 3
TAGS = {name: {name, *ending["tags"]} for name, ending in STRAIT["endings"].items()}


def strait(**changes: Any) -> Case:
    return Case.model_validate({**STRAIT, "solution": {"belief_nodes": 5}, **changes})


@dataclass(frozen=True)
class Moment:
    kind: str
    period: int
    stage: str
    guard: str
    moves: frozenset[str] = frozenset()
    worth: tuple[tuple[str, float], ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class History:
    probability: float
    types: dict[str, str]
    moments: tuple[Moment, ...]
    pays: tuple[tuple[str, str, float], ...]


class Walker:
    """Every history of one draw. Belief nodes are no part of a history: its mass over them goes along."""

    def __init__(self, strategies: Strategies, number: int, imposed: Imposed | None = None) -> None:
        self.draw = typed_draw(strategies.filled, number)
        self.game, self.s = self.draw.game, self.draw.game.structure
        self.cells, self.play = cells_of(strategies), play_of(strategies, number)
        self.imposed = imposed or Imposed()
        group, lane = divmod(number, strategies.probability.shape[-1])
        self.payoff = None if strategies.payoff is None else strategies.payoff[group, :, lane]

    def histories(self) -> Iterator[History]:
        start = int(np.ravel_multi_index(self.draw.start, self.draw.shape))
        for profile in self.draw.profiles:
            share = np.prod([own[kind] for own, kind in zip(self.draw.analyst, profile, strict=True)])
            names = {
                self.game.players[each.player]: each.types[kind]
                for each, kind in zip(self.game.informed, profile, strict=True)
            }
            mass = np.zeros(self.game.belief_nodes)
            mass[start] = share
            first = Moment("start", 1, "", self.guard(self.s.start))
            yield from self.at(int(self.s.start), 0, mass, profile, names, (first,), ())

    def guard(self, point: int) -> str:
        skeleton = self.game.skeleton
        (code,) = skeleton.points[point].world
        return skeleton.values[0][code]

    def at(self, point: int, t: int, mass: Any, profile: Any, names: Any, moments: Any, pays: Any) -> Iterator[History]:
        s, here = self.s, self.game.skeleton.points[point]
        if here.kind in ("ending", "close"):
            tags = frozenset(TAGS.get(here.stage, ()))
            moments = (*moments, Moment(here.kind, t + 1, here.stage, self.guard(point), tags=tags))
            pays = (*pays, *self.paid(s.point_pay_start, point, t, profile))
            if here.kind == "ending" or t + 1 == self.game.periods:
                yield History(float(mass.sum()), names, moments, pays)
            else:
                yield from self.at(int(s.next_point[point]), t + 1, mass, profile, names, moments, pays)
            return
        worth = self.worth(point, t, mass, profile)
        for j, (options, after) in self.joint_moves(point, t, mass, profile).items():
            made = frozenset(".".join(self.game.option_label[o]) for o in options)
            kind = "choice" if options else "chance"
            moment = Moment(kind, t + 1, here.stage, self.guard(point), made, worth)
            own = self.paid(s.joint_pay_start, j, t, profile)
            for b in range(s.branch_start[j], s.branch_start[j + 1]):
                on = after * self.draw.numbers.number(s.branch_row[b, 0], t)
                more = self.paid(s.branch_pay_start, b, t, profile)
                target = int(s.branch_target[b])
                yield from self.at(target, t, on, profile, names, (*moments, moment), (*pays, *own, *more))

    def joint_moves(self, point: int, t: int, mass: Any, profile: Any) -> dict[int, tuple[tuple[int, ...], Any]]:
        """Joint move to its options and the mass over belief nodes after it."""
        found: dict[int, tuple[tuple[int, ...], Any]] = {}
        for node in np.flatnonzero(mass):
            for j, options, likely, reached in ways_on(
                self.draw, self.cells, self.play, self.imposed, True, profile, point, int(node), t
            ):
                before = found.get(j, (options, 0.0))[1]
                found[j] = (options, before + mass[node] * likely * reached)
        return found

    def worth(self, point: int, t: int, mass: Any, profile: Any) -> tuple[tuple[str, float], ...]:
        """What each legal move is worth to the mover's own type, averaged over what is believed here."""
        if self.payoff is None or not mass.sum() > 0:
            return ()
        found = []
        for m, options in enumerate(options_of(self.game, point)):
            player = int(self.s.mover_player[self.s.mover_start[point] + m])
            own = profile[self.draw.informed[player]] if player in self.draw.informed else 0
            for node in np.flatnonzero(mass):
                cells = cells_at(self.cells, options, t, self.draw.types(player), int(node))[own]
                found += [
                    (".".join(self.game.option_label[o]), float(mass[node] * self.payoff[cell] / mass.sum()))
                    for o, cell in zip(options, cells, strict=True)
                ]
        names = dict.fromkeys(name for name, _ in found)
        return tuple((name, sum(worth for each, worth in found if each == name)) for name in names)

    def paid(self, starts: Any, i: int, t: int, profile: Any) -> tuple[tuple[str, str, float], ...]:
        found = []
        for n in range(starts[i], starts[i + 1]):
            player, part = self.game.pay_part[n]
            amount = self.draw.amount(int(self.s.pay_true[n]), self.draw.pay_strides(n), profile, t)
            found.append(
                (self.game.players[player], part, float(self.s.pay_sign[n] * amount * self.draw.numbers.discount**t))
            )
        return tuple(found)


Histories = list[History]


def state(h: History, period: int = PERIODS) -> Moment:
    return next(m for m in reversed(h.moments) if m.kind in ("close", "ending") and m.period <= period)


def made(h: History, move: str, period: int = PERIODS) -> bool:
    return any(move in m.moves for m in h.moments if m.period <= period)


def war(h: History, period: int = PERIODS) -> bool:
    return "war" in state(h, period).tags


def share(hs: Histories, true: Callable[[History], bool], given: Callable[[History], bool] = lambda _: True) -> float:
    return sum(h.probability for h in hs if given(h) and true(h)) / sum(h.probability for h in hs if given(h))


def is_(h: History, *types: str) -> bool:
    return h.types["fleet"] in types or h.types["ally"] in types


def visits(hs: Histories, stage: str, *types: str) -> list[tuple[float, Moment]]:
    return [
        (h.probability, m)
        for h in hs
        for m in h.moments
        if m.stage == stage and m.kind == "choice" and (not types or is_(h, *types))
    ]


def average(found: list[tuple[float, Moment]], move: str) -> float:
    legal = [(p, dict(m.worth)[move]) for p, m in found if move in dict(m.worth)]
    return sum(p * worth for p, worth in legal) / sum(p for p, _ in legal)


def of_visits(found: list[tuple[float, Moment]], true: Callable[[Moment], bool]) -> float:
    return sum(p for p, m in found if true(m)) / sum(p for p, _ in found)


def paid(hs: Histories, who: str, part: str = "", *types: str) -> float:
    counted = [h for h in hs if not types or is_(h, *types)]
    total = sum(h.probability * x for h in counted for actor, p, x in h.pays if actor == who and part in ("", p))
    return total / sum(h.probability for h in counted)


ATTACK, POST, LEAVE = "fleet.strait.attack", "ally.promise.post", "ally.rescue.leave"
BY_HISTORY: dict[str, Callable[[Histories], float]] = {
    "P(war)": lambda hs: share(hs, war),
    "P(fleet == mad)": lambda hs: share(hs, lambda h: is_(h, "mad")),
    "P(fleet != mad and ally == true_friend)": lambda hs: share(
        hs, lambda h: is_(h, "true_friend") and not is_(h, "mad")
    ),
    "P(war and fleet == greedy)": lambda hs: share(hs, lambda h: war(h) and is_(h, "greedy")),
    "P(war or fleet == greedy, by=1)": lambda hs: share(hs, lambda h: war(h, 1) or is_(h, "greedy")),
    "P(war, given=fleet == mad)": lambda hs: share(hs, war, lambda h: is_(h, "mad")),
    "P(fleet == mad, given=war)": lambda hs: share(hs, lambda h: is_(h, "mad"), war),
    "P(lost, given=war and ally == true_friend)": lambda hs: share(
        hs, lambda h: "lost" in state(h).tags, lambda h: war(h) and is_(h, "true_friend")
    ),
    "P(war if fleet == mad else ally == true_friend, by=end)": lambda hs: share(
        hs, lambda h: war(h) if is_(h, "mad") else is_(h, "true_friend")
    ),
    "P(fleet.attack and fleet == mad, by=end)": lambda hs: share(hs, lambda h: made(h, ATTACK) and is_(h, "mad")),
    "P(not (fleet.attack and fleet != calm), by=1)": lambda hs: share(
        hs, lambda h: not (made(h, ATTACK, 1) and not is_(h, "calm"))
    ),
    "P(fleet.attack, by=end, given=fleet == calm or ally.post)": lambda hs: share(
        hs, lambda h: made(h, ATTACK), lambda h: is_(h, "calm") or made(h, POST)
    ),
    "P(ally.rescue.leave, by=end, given=fleet.attack and ally == false_friend)": lambda hs: share(
        hs, lambda h: made(h, LEAVE), lambda h: made(h, ATTACK) and is_(h, "false_friend")
    ),
    "P(guarded, at=end, given=ally == true_friend and not war)": lambda hs: share(
        hs, lambda h: state(h).guard == "posted", lambda h: is_(h, "true_friend") and not war(h)
    ),
    "P(guard == none or fleet == calm, at=1)": lambda hs: share(
        hs, lambda h: state(h, 1).guard == "none" or is_(h, "calm")
    ),
    "P(fleet == calm, at=1, given=guarded)": lambda hs: share(
        hs, lambda h: is_(h, "calm"), lambda h: state(h, 1).guard == "posted"
    ),
    "P(guard == none, by=1, given=fleet == mad)": lambda _: 1.0,
    "P(ally.post and ally == true_friend, at=1)": lambda hs: share(
        hs, lambda h: made(h, POST, 1) and is_(h, "true_friend")
    ),
    "P(fleet.attack, at=strait, given=fleet == greedy)": lambda hs: of_visits(
        visits(hs, "strait", "greedy"), lambda m: ATTACK in m.moves
    ),
    "P(fleet == greedy, at=strait)": lambda hs: (
        sum(p for p, _ in visits(hs, "strait", "greedy")) / sum(p for p, _ in visits(hs, "strait"))
    ),
    "P(ally.look and fleet == mad, at=strait, in=2, given=guarded)": lambda hs: (
        sum(
            p
            for p, m in visits(hs, "strait", "mad")
            if m.period == 2 and m.guard == "posted" and "ally.strait.look" in m.moves
        )
        / sum(p for p, m in visits(hs, "strait") if m.period == 2 and m.guard == "posted")
    ),
    "N(fleet.attack, given=fleet != calm)": lambda hs: (
        sum(p for p, m in visits(hs, "strait", "greedy", "mad") if ATTACK in m.moves)
        / share(hs, lambda h: not is_(h, "calm"))
    ),
    "N(ally.post, by=1)": lambda hs: sum(p for p, m in visits(hs, "promise") if POST in m.moves and m.period == 1),
    "E(fleet)": lambda hs: paid(hs, "fleet"),
    "E(fleet, given=fleet == mad)": lambda hs: paid(hs, "fleet", "", "mad"),
    "E(ally.honour, given=ally == true_friend)": lambda hs: paid(hs, "ally", "honour", "true_friend"),
    "E(ally.cost)": lambda hs: paid(hs, "ally", "cost"),
    "E(town, by=1, given=fleet == calm)": lambda hs: (
        sum(h.probability * x for h in hs if is_(h, "calm") for who, part, x in first_year(h) if who == "town")
        / share(hs, lambda h: is_(h, "calm"))
    ),
    "EV(fleet.attack, at=strait, given=fleet == mad)": lambda hs: average(visits(hs, "strait", "mad"), ATTACK),
    "EV(fleet.attack, at=strait)": lambda hs: average(visits(hs, "strait"), ATTACK),
    "EV(town.panic, at=mood, given=fleet == mad)": lambda hs: average(visits(hs, "mood", "mad"), "town.mood.panic"),
    "P(town.panic and fleet == mad, at=mood)": lambda hs: (
        sum(p for p, m in visits(hs, "mood", "mad") if "town.mood.panic" in m.moves)
        / sum(p for p, _ in visits(hs, "mood"))
    ),
    "EV(ally.promise.post, given=ally == false_friend)": lambda hs: average(
        visits(hs, "promise", "false_friend"), POST
    ),
    "EV(ally.leave, at=rescue, in=1, given=fleet == greedy and guarded)": lambda hs: average(
        [v for v in visits(hs, "rescue", "greedy") if v[1].period == 1 and v[1].guard == "posted"], LEAVE
    ),
}


def first_year(h: History) -> tuple[tuple[str, str, float], ...]:
    """What was paid until the first close or ending: one flow a year in going on, all pays of a history that ended."""
    if state(h, 1).kind == "ending":
        return h.pays
    closed = next(place for place, (who, part, _) in enumerate(h.pays) if (who, part) == ("town", "calm"))
    return h.pays[: closed + 1]


@pytest.fixture(scope="module")
def solved() -> Any:
    case = strait(outcomes={f"q{i}": {"value": text} for i, text in enumerate(BY_HISTORY)})
    draws = draw(case, "author", DRAWS, 7)
    strategies = solve(fill(compile_game(case), case, draws), residual=1e-11, payoffs=True)
    return case, draws, strategies


def named(rows: dict[tuple[str, str], Any], outcome: str) -> Any:
    return next(values for (_, name), values in rows.items() if name == outcome)


@pytest.fixture(scope="module")
def answers(solved: Any) -> dict[str, Any]:
    case, draws, strategies = solved
    found = read(case, draws, strategies)
    return {text: found["as played", f"q{i}"] for i, text in enumerate(BY_HISTORY)}


def read(case: Case, draws: Any, strategies: Strategies) -> dict[tuple[str, str], Any]:
    asked, game = agenda(case), strategies.filled.game
    (variant,) = asked.variants
    answered = asked.answer(game, variant, forward(strategies, asked.passes(game, variant)), strategies)
    return outcomes(asked, draws, answered)


@pytest.fixture(scope="module")
def histories(solved: Any) -> list[Histories]:
    return [list(Walker(solved[2], number).histories()) for number in range(DRAWS)]


def test_the_histories_of_a_draw_are_all_that_can_happen(histories: list[Histories]) -> None:
    assert [sum(h.probability for h in hs) for hs in histories] == pytest.approx([1.0] * DRAWS)
    assert len({tuple(h.types.values()) for h in histories[0]}) == 6


@pytest.mark.parametrize("quantity", BY_HISTORY)
def test_a_quantity_is_what_its_histories_say(answers: Any, histories: list[Histories], quantity: str) -> None:
    expected = [BY_HISTORY[quantity](hs) for hs in histories]
    np.testing.assert_allclose(answers[quantity], expected, rtol=0, atol=1e-10)


def test_every_measure_is_conditioned_on_a_type(solved: Any) -> None:
    read_all = [read_quantity(parse(text).node, solved[0]) for text in BY_HISTORY]
    assert {each.measure for each in read_all if each.given is not None} == set(MEASURES)


def forced(strategies: Strategies, move: str, signals: bool) -> Imposed:
    labels = [".".join(label) for label in strategies.filled.game.option_label]
    others = {POST: "ally.promise.stay"}
    here = [i for i, label in enumerate(labels) if label == move]
    points = set(strategies.filled.game.option_point[here].tolist())
    alone = [
        i
        for i, label in enumerate(labels)
        if label == others[move] and int(strategies.filled.game.option_point[i]) not in points
    ]
    return Imposed(np.array(sorted(here + alone), dtype=np.int32), signals=signals)


@pytest.mark.parametrize(("policy", "signals"), [("posted", False), ("heard", True)])
@pytest.mark.parametrize(
    "what", ["P(war", "E(ally, given=ally == true_friend", "P(fleet.attack and fleet == mad, by=2"]
)
def test_an_imposed_move_signals_or_does_not(solved: Any, policy: str, signals: bool, what: str) -> None:
    _, draws, strategies = solved
    changed = strait(outcomes={"q": {"value": f"{what}, do={policy})"}})
    found = named(read(changed, draws, strategies), "q")
    imposed = forced(strategies, POST, signals)
    expected = []
    for number in range(DRAWS):
        hs = list(Walker(strategies, number, imposed).histories())
        by_name = {
            "P(war": lambda hs: share(hs, war),
            "E(ally, given=ally == true_friend": lambda hs: paid(hs, "ally", "", "true_friend"),
            "P(fleet.attack and fleet == mad, by=2": lambda hs: share(hs, lambda h: made(h, ATTACK) and is_(h, "mad")),
        }
        expected.append(by_name[what](hs))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-10)


def test_what_an_imposed_move_says_makes_a_difference(solved: Any) -> None:
    _, draws, strategies = solved
    changed = strait(outcomes={"a": {"value": "P(war, do=posted)"}, "b": {"value": "P(war, do=heard)"}})
    rows = read(changed, draws, strategies)
    quiet, heard = named(rows, "a"), named(rows, "b")
    assert np.abs(quiet - heard).max() > 1e-6


def test_a_claim_may_speak_of_types_and_of_the_number_of_one_type(solved: Any) -> None:
    _, draws, strategies = solved
    claims = [
        {
            "id": "keen",
            "by": "author",
            "says": "A mad fleet would rather attack, a calm one would not.",
            "kind": "preference",
            "holds_if": " and ".join(
                f"EV(fleet.attack, at=strait, given=fleet == {kind}) {sign} "
                f"EV(fleet.wait, at=strait, given=fleet == {kind})"
                for kind, sign in (("mad", ">"), ("calm", "<"))
            ),
        },
        {"id": "madder", "by": "author", "says": "It wants it more.", "holds_if": "prize.mad > 2 * prize.greedy"},
    ]
    case = strait(claims=claims)
    asked, game = agenda(case), strategies.filled.game
    (variant,) = asked.variants
    answered = asked.answer(game, variant, forward(strategies, asked.passes(game, variant)), strategies)
    truths = judge(asked, draws, answered)
    assert truths["keen"].strict.any()
    more = draws.values["prize.mad"] > 2 * draws.values["prize.greedy"]
    np.testing.assert_array_equal(truths["madder"].strict, more)
