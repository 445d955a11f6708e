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
from typing import Literal, TypeAlias

from assay.case.model import Case
from assay.case.order import Branch as CaseBranch
from assay.case.order import Chance, Joint, Move, Parts, Stage
from assay.formula.ast import Formula, Name
from assay.game.known import Language, Reading
from assay.game.rules import Rules
from assay.game.skeleton import Option, Pay, Use, World
from assay.game.steps import CLOSE, Step, Steps, meanings_of
from assay.game.trouble import Trouble

MOST_JOINT_MOVES = 4_096
"""Most joint moves of one stage; more are refused before they are listed."""
ROUNDING = 1e-12
"""What a remainder of probabilities may differ from zero and still be none."""

Chances: TypeAlias = Use | Literal["rest"] | None
Assignment: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PatternBranch:
    """A way on: variables that take new values, then a step (or `CLOSE`) or an ending."""

    sets: tuple[Assignment, ...]
    step: int
    ending: str | None
    probability: Chances
    pays: tuple[Pay, ...]
    label: str


@dataclass(frozen=True, slots=True)
class PatternJoint:
    """A joint move: option of each mover, what it pays, where it leads."""

    options: tuple[int, ...]
    pays: tuple[Pay, ...]
    branches: tuple[PatternBranch, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A step in the worlds in which it is the same."""

    movers: tuple[int, ...]
    options: tuple[tuple[Option, ...], ...]
    joints: tuple[PatternJoint, ...]


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
        """A probability as a use, None where it is one for certain, 0 where it is zero for certain."""
        value = self.reading(formula).value(world)
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
        use = self.use(step.gate, world, step.gate_path, step.rate)
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
            tuple(Option(name, self._weight(move, world, path)) for name, move, path in moves) for moves in legal
        )
        movers = tuple(self.players[name] for name in names)
        joints = tuple(self._joint(step, stage, world, movers, chosen) for chosen in product(*map(enumerate, legal)))
        return Pattern(movers, options, joints)

    def _weight(self, move: Move, world: World, path: str) -> Use | None:
        return None if move.weight is None else self.use(move.weight, world, f"{path}.weight")

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
        why = "the regime bans every legal move of" if banned else "nobody can move in this stage as"
        self.trouble(
            step.path,
            f"{why} {actor} at {step.name!r} where {self.in_words(world)}",
            "at least one legal move in every world that can be reached; add one, or a `when` to the stage",
        )

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
            if _is_rest(probability):
                rest = True
            else:
                assert isinstance(probability, Formula)
                chances = self.chances(probability, way.world, f"{place}.p" if isinstance(entry, CaseBranch) else place)
                known += self._known(probability, way.world)
            if chances != 0:
                branches.append(self._branch(key, entry, way, place, chances, sets))
        kept = _without_empty_rest(branches, known) if rest else branches
        if not kept:
            self.trouble(
                path, f"no branch is possible where {self.in_words(way.world)}", "probabilities that sum to one"
            )
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


def matches(moves: Sequence[str], played: Sequence[str]) -> bool:
    """Whether a row's `moves` match what the movers played."""
    if len(moves) == 1:
        word, _, move = moves[0].partition(" ")
        count = sum(each == move.strip() for each in played)
        if move and word in ("one", "all", "no"):
            return count == {"one": 1, "all": len(played), "no": 0}[word]
    if len(moves) != len(played):
        return False
    return all(
        entry.strip() == "any" or each in (part.strip() for part in entry.split("|"))
        for entry, each in zip(moves, played, strict=True)
    )


def formulas_of(item: Stage | Chance) -> Iterator[Formula]:
    """Every formula that decides what happens at a stage or chance, save its own `when`."""
    if isinstance(item, Chance):
        yield from _formulas_of_branches(item.branches)
        return
    for moves in (item.moves, *item.movers.values()):
        for meanings in moves.values():
            for move in meanings_of(meanings):
                yield from _formulas_of_move(move)
    for row in item.leads_to:
        yield from (part for parts in row.pays.values() for part in parts.values())
        yield from [row.when] if row.when is not None else []
        yield from _formulas_of_branches(row.chance or {})


def _formulas_of_move(move: Move) -> Iterator[Formula]:
    yield from (formula for formula in (move.when, move.only_if, move.weight) if formula is not None)
    if isinstance(move.cost, Formula):
        yield move.cost
    elif move.cost is not None:
        yield from move.cost.values()
    yield from (part for parts in move.pays.values() for part in parts.values())
    yield from _formulas_of_branches(move.chance or {})


def _formulas_of_branches(table: Mapping[str, CaseBranch | Formula | Literal["rest"]]) -> Iterator[Formula]:
    for entry in table.values():
        if isinstance(entry, CaseBranch):
            yield from (part for parts in entry.pays.values() for part in parts.values())
        probability = entry.p if isinstance(entry, CaseBranch) else entry
        if isinstance(probability, Formula) and not _is_rest(probability):
            yield probability


def _is_rest(probability: Formula | Literal["rest"]) -> bool:
    return probability == "rest" or (isinstance(probability, Formula) and probability.node == Name("rest"))


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
