"""Quantities on a given game: the forward passes that answer them, what these read, and each quantity's recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.case.model import Case
from assay.claims import happens
from assay.claims.happens import GOING_ON, By, Course, Flag
from assay.claims.mentions import mentions, stages_of
from assay.claims.places import Bools, Places, at_joints, at_points, chosen, places
from assay.claims.policies import intervention
from assay.claims.quantity import Quantity
from assay.claims.readers import Bound, Over, Recipe, Term
from assay.formula.ast import Name, Node
from assay.formula.text import text
from assay.futures.futures import EMPTY, Pass, Reader
from assay.game.game import Game, Ints


@dataclass(frozen=True, eq=False)
class _Moments:
    """Points and joint moves, as truths."""

    point: Bools
    joint: Bools


def bind(quantities: Sequence[Quantity], courses: Sequence[Course], case: Case, game: Game) -> Bound:
    """The passes that answer `quantities`, with at least the passes of `courses` (in that order, first).

    Raises UnreadableError.
    """
    binder = _Binder(case, game)
    for course in courses:
        binder.readers.setdefault(course, {})
    recipes: dict[Quantity, Recipe] = {}
    for quantity in quantities:
        try:
            recipes[quantity] = binder.recipe(quantity)
        except ValueError as error:
            raise UnreadableError(quantity, str(error)) from error
    return Bound(tuple(binder.readers), binder.passes(), recipes)


class UnreadableError(ValueError):
    """A quantity that makes sense in the language and none in this game, in words."""

    def __init__(self, quantity: Quantity, why: str) -> None:
        super().__init__(why)
        self.quantity = quantity


class _Binder:
    """Collects the readers of each course while recipes are written; used up by `bind`."""

    def __init__(self, case: Case, game: Game) -> None:
        self.case = case
        self.game = game
        self.places: Places = places(game)
        self.readers: dict[Course, dict[str, Reader]] = {}
        self._flags: dict[Flag, _Moments] = {}

    def passes(self) -> tuple[Pass, ...]:
        """The passes of all courses."""
        idle = {"nothing": Reader()}
        return tuple(self._pass(course, readers or idle) for course, readers in self.readers.items())

    def recipe(self, quantity: Quantity) -> Recipe:
        """How a quantity is read."""
        match quantity.measure:
            case "P" if quantity.time.kind == "by":
                return self._by(quantity)
            case "P" if quantity.time.kind == "at":
                return self._at(quantity)
            case "P":
                return self._at_stage(quantity)
            case "N":
                return self._times(quantity)
            case "E":
                return self._expected(quantity)
            case _:
                return self._worth(quantity)

    # by

    def _by(self, quantity: Quantity) -> Recipe:
        event = happens.by(quantity.subject, self.case)
        do = quantity.scenario.do
        if quantity.given is None:
            above, constant = self._happened(event, do)
            return Recipe(above, None, constant)
        given = happens.by(quantity.given, self.case)
        both, _ = self._shared(happens.both(event, given), do)
        below, certain = self._happened(given, do)
        return Recipe(both, None) if certain else Recipe(both, below)

    def _happened(self, event: By, do: tuple[str, ...]) -> tuple[tuple[Term, ...], float]:
        """The probability of an event that is read `by` a period, as terms and a constant."""
        if not happens.simple(event):
            return self._shared(event, do)
        if any(self._from_the_start(flag) for flag in event.flags):
            return (), 1.0
        moments = [self._moments(flag) for flag in event.flags]
        point = np.logical_or.reduce([each.point for each in moments])
        joint = np.logical_or.reduce([each.joint for each in moments])
        reader = self._counting(point, joint)
        return (self._term(Course(do, frozenset(event.flags)), reader),), 0.0

    def _shared(self, event: By, do: tuple[str, ...]) -> tuple[tuple[Term, ...], float]:
        terms: list[Term] = []
        for share in happens.shares(event, self.case):
            if any(self._from_the_start(flag) for flag in share.stops):
                continue
            course = Course(do, share.stops)
            gone = self._stopped(share.stops)
            ended = self.places.endings & np.isin(self.places.stage, sorted(share.endings)) & ~gone
            terms.append(self._term(course, self._counting(ended), share.weight))
            if GOING_ON in share.endings:
                terms.append(self._term(course, self._counting(self.places.closes & ~gone), share.weight, "during"))
        return tuple(terms), 0.0

    def _from_the_start(self, flag: Flag) -> bool:
        """Whether a flag is true in the world in which the game starts."""
        if mentions(flag.event, self.case).moves:
            return False
        return bool(at_points(flag.event, self.case, self.game)[self.game.skeleton.start])

    def _moments(self, flag: Flag) -> _Moments:
        if flag not in self._flags:
            self._flags[flag] = self._find_moments(flag)
        return self._flags[flag]

    def _find_moments(self, flag: Flag) -> _Moments:
        found = mentions(flag.event, self.case)
        at_rest = at_points(flag.event, self.case, self.game)
        settled = self.places.closes | self.places.endings
        if not found.moves:
            return _Moments(at_rest & settled, np.zeros(self.places.joint_point.shape, dtype=np.bool_))
        if at_rest.any():
            raise ValueError(
                f"{text(flag.event)}: true without any move, so there is no moment at which it first happens; "
                "say at=STAGE, or ask for the move alone"
            )
        return _Moments(np.zeros_like(settled), at_joints(flag.event, self.case, self.game))

    def _stopped(self, stops: frozenset[Flag]) -> Bools:
        """(N,) the points at which a course stops."""
        gone = np.zeros(self.places.kind.shape, dtype=np.bool_)
        for flag in stops:
            gone = gone | self._moments(flag).point
        return gone

    # at

    def _at(self, quantity: Quantity) -> Recipe:
        found = mentions(quantity.subject, self.case)
        course = Course(quantity.scenario.do)
        if found.moves:
            return Recipe((self._made_during(quantity, course),))
        event = at_points(quantity.subject, self.case, self.game)
        if quantity.given is None:
            return Recipe(self._state(course, event))
        if mentions(quantity.given, self.case).moves:
            raise ValueError(f"{quantity.key}: a move is no state of affairs; read the event at=STAGE or by=")
        given = at_points(quantity.given, self.case, self.game)
        return Recipe(self._state(course, event & given), self._state(course, given))

    def _state(self, course: Course, true: Bools) -> tuple[Term, ...]:
        ended = self._term(course, self._counting(true & self.places.endings))
        going_on = self._term(course, self._counting(true & self.places.closes), 1.0, "during")
        return ended, going_on

    def _made_during(self, quantity: Quantity, course: Course) -> Term:
        """A move that is made in one period, at a stage that comes once in it."""
        event = quantity.subject
        made = at_joints(event, self.case, self.game)
        stages = {stage for move in mentions(event, self.case).moves for stage in stages_of(move, self.case)}
        idle = mentions(event, self.case).variables or at_points(event, self.case, self.game).any()
        if quantity.given is not None or idle or len(stages) > 1:
            raise ValueError(
                f"{quantity.key}: moves at several stages, or with a condition, are read at=STAGE, in=PERIOD"
            )
        return self._term(course, self._counting(None, made), 1.0, "during")

    def _at_stage(self, quantity: Quantity) -> Recipe:
        event, given = quantity.subject, quantity.given
        for node in (event, given):
            if node is not None and mentions(node, self.case).tags:
                raise ValueError(f"{quantity.key}: nothing has ended yet when a stage is reached")
        visited = self._visited(quantity, given)
        both = visited & self._true_at_joints(event)
        course, over = Course(quantity.scenario.do), self._over(quantity)
        above = self._term(course, self._counting(None, both), 1.0, over)
        return Recipe((above,), (self._term(course, self._counting(None, visited), 1.0, over),))

    def _visited(self, quantity: Quantity, given: Node | None) -> Bools:
        """(J,) the joint moves at the stage of a quantity, where its condition is true."""
        stage = quantity.time.stage
        assert stage is not None
        visited = self.places.visits(stage)[self.places.joint_point]
        return visited if given is None else visited & self._true_at_joints(given)

    def _true_at_joints(self, node: Node) -> Bools:
        return at_joints(node, self.case, self.game)

    def _over(self, quantity: Quantity) -> Over:
        return "until" if quantity.time.period is None else "during"

    # counts and payoffs

    def _times(self, quantity: Quantity) -> Recipe:
        made = at_joints(quantity.subject, self.case, self.game)
        return Recipe((self._term(Course(quantity.scenario.do), self._counting(None, made)),))

    def _expected(self, quantity: Quantity) -> Recipe:
        subject = quantity.subject
        assert isinstance(subject, Name)
        actor, _, part = subject.id.partition(".")
        player = self.game.players.index(actor)
        own = [who == player and part in ("", what) for who, what in self.game.pay_part]
        reader = Reader(pay=_indices(np.array(own, dtype=np.bool_)))
        return Recipe((self._term(Course(quantity.scenario.do), reader, discounted=True),))

    def _worth(self, quantity: Quantity) -> Recipe:
        """What a move is worth to its mover, averaged over the visits at which it is legal, chosen or not."""
        if quantity.given is not None and mentions(quantity.given, self.case).moves:
            raise ValueError(f"{quantity.key}: what a move is worth is weighed before any move is made")
        joints = self._visited(quantity, quantity.given)
        visited = np.zeros(self.places.kind.shape, dtype=np.bool_)
        visited[self.places.joint_point[joints]] = True
        course, over = Course(quantity.scenario.do), self._over(quantity)
        options = [int(each) for each in np.flatnonzero(chosen(quantity.subject, self.game))]
        at = {option: int(self.game.option_point[option]) for option in options}
        below = [
            self._term(course, Reader(point=np.array([point], dtype=np.int32)), 1.0, over)
            for point in at.values()
            if visited[point]
        ]
        legal = [option for option in options if visited[at[option]]]
        above = [replace(term, option=option) for term, option in zip(below, legal, strict=True)]
        return Recipe(tuple(above), tuple(below))

    # passes

    def _term(
        self, course: Course, reader: Reader, weight: float = 1.0, over: Over = "until", discounted: bool = False
    ) -> Term:
        known = self.readers.setdefault(course, {})
        key = _content(reader)
        known.setdefault(key, reader)
        return Term(course, key, weight, over, discounted)

    def _pass(self, course: Course, readers: Mapping[str, Reader]) -> Pass:
        forced, removed = intervention(self.case, self.game, course.do)
        point, options, joints = self._stopped(course.stops), EMPTY, EMPTY
        for flag in sorted(course.stops, key=lambda flag: flag.name):
            option, joint, whole = self._moves(self._moments(flag).joint)
            point, options, joints = point | whole, np.union1d(options, option), np.union1d(joints, joint)
        stops = (_indices(point), options.astype(np.int32), joints.astype(np.int32))
        return Pass(dict(readers), forced, removed, *stops)

    def _counting(self, point: Bools | None = None, joint: Bools | None = None) -> Reader:
        """A reader of the mass that arrives at points and goes through joint moves."""
        points = np.zeros(self.places.kind.shape, dtype=np.bool_) if point is None else point
        if joint is None:
            return Reader(point=_indices(points))
        option, joints, whole = self._moves(joint)
        return Reader(point=_indices(points | whole), option=option, joint=joints)

    def _moves(self, joint: Bools) -> tuple[Ints, Ints, Bools]:
        """Joint moves as options, joint moves and whole points: as points where all are meant, as options of one mover
        where the others do not matter."""
        structure, here = self.game.structure, self.places
        whole = np.zeros(here.kind.shape, dtype=np.bool_)
        options: list[int] = []
        joints: list[int] = []
        for point in np.unique(here.joint_point[joint]):
            first, last = structure.joint_start[point], structure.joint_start[point + 1]
            true = joint[first:last]
            if true.all():
                whole[point] = True
                continue
            found = self._of_one_mover(int(point), true)
            if found is None:
                joints += [int(first + index) for index in np.flatnonzero(true)]
            else:
                options += found
        return np.array(options, dtype=np.int32), np.array(joints, dtype=np.int32), whole

    def _of_one_mover(self, point: int, true: Bools) -> list[int] | None:
        """The options of the one mover on whom the truth depends, or None where it depends on several."""
        structure = self.game.structure
        movers = range(structure.mover_start[point], structure.mover_start[point + 1])
        shape = [int(structure.option_start[mover + 1] - structure.option_start[mover]) for mover in movers]
        table = true.reshape(shape)
        for axis, mover in enumerate(movers):
            others = tuple(other for other in range(len(shape)) if other != axis)
            if (table.any(axis=others) == table.all(axis=others)).all():
                return [int(structure.option_start[mover] + index) for index in np.flatnonzero(table.any(axis=others))]
        return None


def _indices(mask: Bools) -> Ints:
    return np.flatnonzero(mask).astype(np.int32) if mask.any() else EMPTY


def _content(reader: Reader) -> str:
    """A name that two readers share if they read the same."""
    parts = (("point", reader.point), ("option", reader.option), ("joint", reader.joint), ("pay", reader.pay))
    words = [f"{name} {','.join(map(str, indices))}" for name, indices in parts if len(indices)]
    return "; ".join([*words, *(["payoff"] if reader.payoff else [])]) or "nothing"
