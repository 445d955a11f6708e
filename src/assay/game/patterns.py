"""What happens at a step, once for all worlds in which it is the same.

A **pattern** lists the options, payoffs and branches of a step in the worlds that agree on every variable that the
step's formulas depend on. Unfolding stamps it out world by world, which is why thousands of points take a fraction of a
second.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from assay.case.model import Case
from assay.case.order import Branch as CaseBranch
from assay.case.order import Chance, Joint, Move, Parts, Stage
from assay.formula.ast import Formula
from assay.game.items import is_rest, matches
from assay.game.known import Language, Reading
from assay.game.pattern import Chances, Pattern, PatternBranch, PatternJoint
from assay.game.rules import Rules
from assay.game.skeleton import Option, Pay, Use, World
from assay.game.steps import CLOSE, Step, Steps, meanings_of
from assay.game.trouble import Trouble

MOST_JOINT_MOVES = 4_096
"""Most joint moves of one stage; more are refused before they are listed."""
ROUNDING = 1e-12
"""What a remainder of probabilities may differ from zero and still be none."""
SUM = 1e-9
"""What constant probabilities may sum to beside one."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the game stands while the effects of a move are being worked out."""

    sets: Mapping[int, int]
    world: World
    step: int
    ending: str | None

    def then(self, effect: Mapping[int, int], go: int | None, end: str | None) -> _Way:
        world = list(self.world)
        for variable, value in effect.items():
            world[variable] = value
        leads = go is not None or end is not None
        return _Way(
            {**self.sets, **effect},
            tuple(world),
            (go if go is not None else CLOSE) if leads else self.step,
            end if leads else self.ending,
        )


class Patterns:
    """Makes the patterns of a case's steps and keeps what was met and what is wrong."""

    def __init__(self, case: Case, language: Language, steps: Steps, rules: Rules) -> None:
        self.case = case
        self.language = language
        self.steps = steps
        self.rules = rules
        self.players = {name: place for place, name in enumerate(case.actors)}
        self.met: set[str] = set()
        self.troubles: dict[tuple[str, str], Trouble] = {}
        self._uses: dict[object, Use] = {}
        self._stuck_at: set[tuple[str, str]] = set()

    # ---------------------------------------------------------------- formulas

    def reading(self, formula: Formula) -> Reading:
        """The formula, ready to be read in worlds."""
        return self.language.reading(formula)

    def true_in(self, formula: Formula | None, world: World, path: str) -> bool:
        """Whether a condition is true in a world; a condition that takes a draw to tell is trouble, and false."""
        if formula is None:
            return True
        value = self.reading(formula).value(world)
        if value is None:
            self.trouble(
                path,
                f"the condition `{formula}` depends on more than the world",
                "a condition on variables, definitions of variables alone, or structural alternatives",
            )
        return bool(value)

    def use(self, formula: Formula, world: World, path: str, gate: bool = False) -> Use:
        """The formula in a world; one object for all worlds in which the formula is the same."""
        key = (id(formula), gate, self.reading(formula).key(world))
        known = self._uses.get(key)
        if known is None:
            known = self._uses[key] = Use(formula, world, path, gate)
        return known

    def chances(self, formula: Formula, world: World, path: str, gate: bool = False) -> Use | Literal[0] | None:
        """A probability as a use, None where it is one for certain, 0 where it is zero for certain.

        A constant that is no probability (or no rate, for a gate) is trouble.
        """
        value = self.reading(formula).value(world)
        if value is not None and (value < 0 or (value > 1 and not gate)):
            what = "a rate, which is at least 0" if gate else "a probability, which lies between 0 and 1"
            self.trouble(path, f"`{formula}` is {float(value):g} where {self.in_words(world)}", what)
        if whose := self.language.live_types(formula, world):
            found = f"`{formula}` depends on the type of {self.language.informed[min(whose)]}"
            self.trouble(path, found, "a probability that is the same for every type; let a stage choose instead")
        if value == 0:
            return 0
        if value == 1 and not gate:
            return None
        return self.use(formula, world, path, gate)

    def trouble(self, path: str, found: str, expected: str) -> None:
        """Takes note of what is wrong, once."""
        self.troubles.setdefault((path, found), Trouble(path, found, expected))

    def in_words(self, world: World) -> str:
        """A world as text: `fence = built, war = on`."""
        names = (f"{name} = {self.language.values[i][world[i]]}" for i, name in enumerate(self.language.variables))
        return ", ".join(names) or "the only world"

    # ---------------------------------------------------------------- payoffs

    def pays(self, pays: Mapping[str, Parts], world: World, path: str) -> Iterator[Pay]:
        """The payoffs of an effect or an ending in a world."""
        for actor, parts in pays.items():
            for part, amount in parts.items():
                yield Pay(self.players[actor], part, self.use(amount, world, f"{path}.{actor}.{part}"))

    def costs(self, move: Move, mover: int, world: World, path: str) -> Iterator[Pay]:
        """What a move costs its mover."""
        if move.cost is None:
            return
        if isinstance(move.cost, Formula):
            yield Pay(mover, "cost", self.use(move.cost, world, f"{path}.cost"), -1)
            return
        for part, amount in move.cost.items():
            yield Pay(mover, part, self.use(amount, world, f"{path}.cost.{part}"), -1)

    # ---------------------------------------------------------------- patterns

    def gate(self, step: Step, world: World) -> Pattern:
        """A gate that is neither open nor shut for certain."""
        assert step.gate is not None
        self.met.add(step.path)
        use = self.chances(step.gate, world, step.gate_path, step.rate) or None
        opens = PatternBranch((), step.inside, None, use, (), "occurs")
        stays = PatternBranch((), step.after, None, "rest", (), "passes")
        return Pattern((), (), (PatternJoint((), (), (opens, stays)),))

    def chance(self, step: Step, world: World) -> Pattern:
        """A point where nature moves."""
        assert isinstance(step.item, Chance)
        self.met.add(step.path)
        way = _Way({}, world, step.after, None)
        branches = self._branches(step.item.branches, way, f"{step.path}.branches")
        return Pattern((), (), (PatternJoint((), (), branches),))

    def choice(self, step: Step, world: World) -> Pattern:
        """A stage: the legal moves of its movers and where they lead. Nobody able to move is trouble."""
        stage = step.item
        assert isinstance(stage, Stage)
        self.met.add(step.path)
        names, legal = self._legal(step, stage, world)
        count = math.prod(len(moves) for moves in legal)
        if count > MOST_JOINT_MOVES:
            self.trouble(step.path, f"{count:,} joint moves", f"at most {MOST_JOINT_MOVES:,}: fewer movers or moves")
        if count > MOST_JOINT_MOVES or not all(legal):
            way = PatternBranch((), step.after, None, None, (), "")
            return Pattern((), (), (PatternJoint((), (), (way,)),))
        options = tuple(
            tuple(Option(name, self._weight(actor, move, world, path)) for name, move, path in moves)
            for actor, moves in zip(names, legal, strict=True)
        )
        movers = tuple(self.players[name] for name in names)
        joints = tuple(self._joint(step, stage, world, movers, chosen) for chosen in product(*map(enumerate, legal)))
        return Pattern(movers, options, joints)

    def _weight(self, actor: str, move: Move, world: World, path: str) -> Use | None:
        if move.weight is None:
            return None
        for whose in sorted(self.language.live_types(move.weight, world)):
            if (other := self.language.informed[whose]) != actor:
                found = f"the base weight `{move.weight}` depends on the type of {other}, which {actor} does not know"
                self.trouble(f"{path}.weight", found, "a weight that depends on no type but the mover's own")
        value = self.reading(move.weight).value(world)
        if value is not None and value <= 0:
            found = f"the base weight `{move.weight}` is {float(value):g} where {self.in_words(world)}"
            self.trouble(f"{path}.weight", found, "a weight above 0; to rule the move out, use `when`")
        return self.use(move.weight, world, f"{path}.weight")

    def _legal(self, step: Step, stage: Stage, world: World) -> tuple[list[str], list[list[tuple[str, Move, str]]]]:
        """The movers and, for each, the legal moves with their meaning in this world and its path."""
        tables = {stage.mover: stage.moves} if stage.mover is not None else stage.movers
        legal = []
        for actor, table in tables.items():
            root = f"{step.path}.moves" if stage.mover is not None else f"{step.path}.movers.{actor}"
            meant: dict[str, tuple[str, Move, str]] = {}
            for name, meanings in table.items():
                listed = not isinstance(meanings, Move)
                for place, move in enumerate(meanings_of(meanings)):
                    path = f"{root}.{name}[{place}]" if listed else f"{root}.{name}"
                    if self._meant(move, world, path):
                        meant[name] = (name, move, path)
                        break
            allowed = self.rules.allowed(actor, step.name, list(meant))
            if not allowed:
                self._stuck(step, actor, world, bool(meant))
            self.met.update(path for _, _, path in (meant[name] for name in allowed))
            self.met.update(f"{root}.{name}" for name in allowed)
            legal.append([meant[name] for name in allowed])
        return list(tables), legal

    def _meant(self, move: Move, world: World, path: str) -> bool:
        exists = self.true_in(move.only_if, world, f"{path}.only_if")
        return exists and self.true_in(move.when, world, f"{path}.when")

    def _stuck(self, step: Step, actor: str, world: World, banned: bool) -> None:
        """Takes note, once for each stage and actor, of a world in which the actor has no legal move."""
        if (actor, step.name) in self._stuck_at:
            return
        self._stuck_at.add((actor, step.name))
        where = f"{actor} at {step.name!r} where {self.in_words(world)}"
        if banned:
            expected = "a ban that leaves a move in every world that can be reached"
            self.trouble(f"{self.rules.path}.ban", f"the ban leaves no move to {where}", expected)
        else:
            expected = "a legal move in every world that can be reached; add one, or a `when` to the stage"
            self.trouble(step.path, f"there is no legal move for {where}", expected)

    def _joint(
        self,
        step: Step,
        stage: Stage,
        world: World,
        movers: Sequence[int],
        chosen: Sequence[tuple[int, tuple[str, Move, str]]],
    ) -> PatternJoint:
        """A joint move: each mover's own costs, payoffs and effects, then the first row of `leads_to` that matches."""
        pays: list[Pay] = []
        way = _Way({}, world, step.after, None)
        for mover, (_, (_, move, path)) in zip(movers, chosen, strict=True):
            pays.extend(self.costs(move, mover, world, path))
            pays.extend(self.pays(move.pays, world, f"{path}.pays"))
            way = way.then(self._effect(move.then), self._go(move.go), move.end)
        branches: tuple[PatternBranch, ...] = (_certain(way),)
        played = tuple(name for _, (name, _, _) in chosen)
        row = None if _leads(chosen) else self._row(step, stage, world, played)
        if row is not None:
            path, joint = row
            pays.extend(self.pays(joint.pays, way.world, f"{path}.pays"))
            way = way.then(self._row_effect(joint), self._go(joint.go), joint.end)
            branches = (_certain(way),)
            if joint.chance:
                branches = self._branches(joint.chance, way, f"{path}.chance", joint.sets)
        elif len(chosen) == 1 and chosen[0][1][1].chance:
            _, move, path = chosen[0][1]
            branches = self._branches(move.chance or {}, way, f"{path}.chance")
        return PatternJoint(tuple(index for index, _ in chosen), tuple(pays), branches)

    def _row(self, step: Step, stage: Stage, world: World, played: tuple[str, ...]) -> tuple[str, Joint] | None:
        """The first row of `leads_to` that matches; its `when` is read in the world before the moves."""
        for place, joint in enumerate(stage.leads_to):
            path = f"{step.path}.leads_to[{place}]"
            if matches(joint.moves, played) and self.true_in(joint.when, world, f"{path}.when"):
                self.met.add(path)
                return path, joint
        return None

    def _branches(
        self,
        table: Mapping[str, CaseBranch | Formula | Literal["rest"]],
        way: _Way,
        path: str,
        sets: str | None = None,
    ) -> tuple[PatternBranch, ...]:
        """The branches of a chance that are not impossible for certain."""
        branches: list[PatternBranch] = []
        known, rest = 0.0, False
        for key, entry in table.items():
            place = f"{path}.{key}"
            probability = entry.p if isinstance(entry, CaseBranch) else entry
            chances: Chances | Literal[0] = "rest"
            if is_rest(probability):
                rest = True
            else:
                assert isinstance(probability, Formula)
                chances = self.chances(probability, way.world, f"{place}.p" if isinstance(entry, CaseBranch) else place)
                known += self._known(probability, way.world)
            if chances != 0:
                branches.append(self._branch(key, entry, way, place, chances, sets))
        if known > 1 + SUM if rest else abs(known - 1) > SUM:
            found = f"the probabilities sum to {known:g} where {self.in_words(way.world)}"
            self.trouble(path, found, "a sum of 1; one of the branches may be `rest`")
        kept = _without_empty_rest(branches, known) if rest else branches
        if not kept:  # that they sum to nothing was noted
            return (_certain(way),)
        self.met.update(f"{path}.{branch.label}" for branch in kept)
        return tuple(kept)

    def _known(self, probability: Formula, world: World) -> float:
        value = self.reading(probability).value(world)
        return math.nan if value is None else float(value)

    def _branch(
        self,
        key: str,
        entry: CaseBranch | Formula | Literal["rest"],
        way: _Way,
        path: str,
        chances: Chances,
        sets: str | None,
    ) -> PatternBranch:
        go = self._go(key[3:].strip()) if key.startswith("go ") else None
        end = key[4:].strip() if key.startswith("end ") else None
        effect: dict[int, int] = {}
        if sets is not None and go is None and end is None and key in self.language.value_index[self._variable(sets)]:
            effect = self._effect({sets: key})
        pays: tuple[Pay, ...] = ()
        if isinstance(entry, CaseBranch):
            pays = tuple(self.pays(entry.pays, way.world, f"{path}.pays"))
            effect.update(self._effect(entry.then))
            go = self._go(entry.go) if entry.go else go
            end = entry.end or end
        on = way.then(effect, go, end)
        return PatternBranch(tuple(on.sets.items()), on.step, on.ending, chances, pays, key)

    # ---------------------------------------------------------------- effects

    def _variable(self, name: str) -> int:
        return self.language.index[name]

    def _effect(self, then: Mapping[str, str]) -> dict[int, int]:
        return {self._variable(name): self.language.value_index[self._variable(name)][to] for name, to in then.items()}

    def _row_effect(self, joint: Joint) -> dict[int, int]:
        certain = {joint.sets: joint.to} if joint.sets is not None and joint.to is not None else {}
        return self._effect({**joint.then, **certain})

    def _go(self, goal: str | None) -> int | None:
        return None if goal is None else self.steps.named[goal]


def _certain(way: _Way) -> PatternBranch:
    return PatternBranch(tuple(way.sets.items()), way.step, way.ending, None, (), "")


def _leads(chosen: Sequence[tuple[int, tuple[str, Move, str]]]) -> bool:
    """Whether a single mover's move says itself where it leads."""
    if len(chosen) != 1:
        return False
    move = chosen[0][1][1]
    return move.go is not None or move.end is not None or move.chance is not None


def _without_empty_rest(branches: list[PatternBranch], known: float) -> list[PatternBranch]:
    """Without a rest that is nothing; certain where the rest is everything. `known` is nan where it takes a draw."""
    if abs(1 - known) <= ROUNDING:
        return [branch for branch in branches if branch.probability != "rest"]
    if len(branches) == 1:
        only = branches[0]
        return [PatternBranch(only.sets, only.step, only.ending, None, only.pays, only.label)]
    return branches
