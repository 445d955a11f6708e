"""Quantities on a given game: the forward passes that answer them, what these read, and each quantity's recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.case.model import Case
from assay.claims import happens
from assay.claims.by_type import Event, Part, parts, profiles
from assay.claims.counting import content, counting, indices_of, moves
from assay.claims.happens import GOING_ON, By, Course, Flag
from assay.claims.mentions import mentions, stages_of
from assay.claims.places import Bools, Places, at_joints, at_points, chosen, places
from assay.claims.policies import intervention, signalling
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


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum of readings and a constant."""

    terms: tuple[Term, ...] = ()
    constant: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is added up, and what it is a share of: one, or what the types and the condition have."""

    above: _Sum
    below: _Sum


_NOTHING = _Sum()


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
    """Collects the readers of each course while recipes are written; used up by `bind`.

    A quantity is the sum of its parts, one for each set of types under which its event speaks of no types; while a part
    is written, all readers count its types alone.
    """

    def __init__(self, case: Case, game: Game) -> None:
        self.case = case
        self.game = game
        self.places: Places = places(game)
        self.readers: dict[Course, dict[str, Reader]] = {}
        self._flags: dict[Flag, _Moments] = {}
        self._counted: Ints | None = None
        """Type profiles that count in the part that is being written; None for all."""

    def passes(self) -> tuple[Pass, ...]:
        """The passes of all courses."""
        idle = {"nothing": Reader()}
        return tuple(self._pass(course, readers or idle) for course, readers in self.readers.items())

    def recipe(self, quantity: Quantity) -> Recipe:
        """How a quantity is read."""
        event = quantity.subject if quantity.measure in ("P", "N") else None
        sums = [self._of_types(quantity, part) for part in parts(event, quantity.given, self.case)]
        above = tuple(term for each in sums for term in each.above.terms)
        constant = sum(each.above.constant for each in sums)
        visited = quantity.measure == "EV" or quantity.time.kind == "stage"
        if (quantity.given is None and not visited) or any(each.below.constant for each in sums):
            return Recipe(above, None, constant)
        return Recipe(above, tuple(term for each in sums for term in each.below.terms), constant)

    def _of_types(self, quantity: Quantity, part: Part) -> _Sums:
        """What the types of a part add to a quantity; nothing where nobody in this game is of them."""
        self._counted = None if part.types is None else profiles(part.types, self.game)
        if self._counted is not None and not self._counted.size:
            return _Sums(_NOTHING, _NOTHING)
        match quantity.measure:
            case "P" if quantity.time.kind == "by":
                return self._by(quantity, part)
            case "P" if quantity.time.kind == "at":
                return self._at(quantity, part)
            case "P":
                return self._at_stage(quantity, part)
            case "N":
                return self._times(quantity, part)
            case "E":
                return self._expected(quantity)
            case _:
                return self._worth(quantity, part)

    def _all(self, course: Course) -> _Sum:
        """The probability of being of the types that count: one, or what starts the game in them."""
        if self._counted is None:
            return _Sum((), 1.0)
        start = Reader(point=np.array([self.game.structure.start], dtype=np.int32))
        return _Sum((self._term(course, start, over="first"),))

    # by

    def _by(self, quantity: Quantity, part: Part) -> _Sums:
        do = quantity.scenario.do
        home = happens.courses(quantity.subject, quantity.given, do, self.case)[0]
        if isinstance(part.given, bool):
            return _Sums(self._occurs(part.event, do, home), self._all(home))
        given = happens.by(part.given, self.case)
        below = self._happened(given, do, home)
        if isinstance(part.event, bool):
            return _Sums(below if part.event else _NOTHING, below)
        return _Sums(self._shared(happens.both(happens.by(part.event, self.case), given), do), below)

    def _occurs(self, event: Event, do: tuple[str, ...], home: Course) -> _Sum:
        if isinstance(event, bool):
            return self._all(home) if event else _NOTHING
        return self._happened(happens.by(event, self.case), do, home)

    def _happened(self, event: By, do: tuple[str, ...], home: Course) -> _Sum:
        """The probability of an event that is read `by` a period."""
        if not happens.simple(event):
            return self._shared(event, do)
        if any(self._from_the_start(flag) for flag in event.flags):
            return self._all(home)
        moments = [self._moments(flag) for flag in event.flags]
        point = np.logical_or.reduce([each.point for each in moments])
        joint = np.logical_or.reduce([each.joint for each in moments])
        reader = counting(self.game, point, joint)
        return _Sum((self._term(Course(do, frozenset(event.flags)), reader),))

    def _shared(self, event: By, do: tuple[str, ...]) -> _Sum:
        terms: list[Term] = []
        for share in happens.shares(event, self.case):
            if any(self._from_the_start(flag) for flag in share.stops):
                continue
            course = Course(do, share.stops)
            gone = self._stopped(share.stops)
            ended = self.places.endings & np.isin(self.places.stage, sorted(share.endings)) & ~gone
            terms.append(self._term(course, counting(self.game, ended), share.weight))
            if GOING_ON in share.endings:
                terms.append(
                    self._term(course, counting(self.game, self.places.closes & ~gone), share.weight, "during")
                )
        return _Sum(tuple(terms))

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

    def _at(self, quantity: Quantity, part: Part) -> _Sums:
        course = Course(quantity.scenario.do)
        if not isinstance(part.event, bool) and mentions(part.event, self.case).moves:
            made = self._made_during(quantity, part, part.event, course)
            return _Sums(_Sum((made,)), self._all(course))
        if isinstance(part.given, bool):
            return _Sums(self._is_so(part.event, course), self._all(course))
        if mentions(part.given, self.case).moves:
            raise ValueError(f"{quantity.key}: a move is no state of affairs; read the event at=STAGE or by=")
        given = at_points(part.given, self.case, self.game)
        below = self._state(course, given)
        if isinstance(part.event, bool):
            return _Sums(below if part.event else _NOTHING, below)
        return _Sums(self._state(course, at_points(part.event, self.case, self.game) & given), below)

    def _is_so(self, event: Event, course: Course) -> _Sum:
        if isinstance(event, bool):
            return self._all(course) if event else _NOTHING
        return self._state(course, at_points(event, self.case, self.game))

    def _state(self, course: Course, true: Bools) -> _Sum:
        ended = self._term(course, counting(self.game, true & self.places.endings))
        going_on = self._term(course, counting(self.game, true & self.places.closes), 1.0, "during")
        return _Sum((ended, going_on))

    def _made_during(self, quantity: Quantity, part: Part, event: Node, course: Course) -> Term:
        """A move that is made in one period, at a stage that comes once in it."""
        made = at_joints(event, self.case, self.game)
        stages = {stage for move in mentions(event, self.case).moves for stage in stages_of(move, self.case)}
        idle = mentions(event, self.case).variables or at_points(event, self.case, self.game).any()
        if not isinstance(part.given, bool) or idle or len(stages) > 1:
            raise ValueError(
                f"{quantity.key}: moves at several stages, or with a condition, are read at=STAGE, in=PERIOD"
            )
        return self._term(course, counting(self.game, None, made), 1.0, "during")

    def _at_stage(self, quantity: Quantity, part: Part) -> _Sums:
        for node in (part.event, part.given):
            if not isinstance(node, bool) and mentions(node, self.case).tags:
                raise ValueError(f"{quantity.key}: nothing has ended yet when a stage is reached")
        visited = self._visited(quantity, part.given)
        both = visited & self._true_at_joints(part.event)
        course, over = Course(quantity.scenario.do), self._over(quantity)
        above = self._term(course, counting(self.game, None, both), 1.0, over)
        return _Sums(_Sum((above,)), _Sum((self._term(course, counting(self.game, None, visited), 1.0, over),)))

    def _visited(self, quantity: Quantity, given: Event) -> Bools:
        """(J,) the joint moves at the stage of a quantity, where its condition is true."""
        stage = quantity.time.stage
        assert stage is not None
        return self.places.visits(stage)[self.places.joint_point] & self._true_at_joints(given)

    def _true_at_joints(self, event: Event) -> Bools:
        if isinstance(event, bool):
            return np.full(self.places.joint_point.shape, event)
        return at_joints(event, self.case, self.game)

    def _over(self, quantity: Quantity) -> Over:
        return "until" if quantity.time.period is None else "during"

    # counts and payoffs

    def _times(self, quantity: Quantity, part: Part) -> _Sums:
        course = Course(quantity.scenario.do)
        made = counting(self.game, None, self._true_at_joints(part.event))
        return _Sums(_Sum((self._term(course, made),)), self._all(course))

    def _expected(self, quantity: Quantity) -> _Sums:
        subject, course = quantity.subject, Course(quantity.scenario.do)
        assert isinstance(subject, Name)
        actor, _, part = subject.id.partition(".")
        player = self.game.players.index(actor)
        own = [who == player and part in ("", what) for who, what in self.game.pay_part]
        reader = Reader(pay=indices_of(np.array(own, dtype=np.bool_)))
        return _Sums(_Sum((self._term(course, reader, discounted=True),)), self._all(course))

    def _worth(self, quantity: Quantity, part: Part) -> _Sums:
        """What a move is worth to its mover, averaged over the visits at which it is legal, chosen or not."""
        if not isinstance(part.given, bool) and mentions(part.given, self.case).moves:
            raise ValueError(f"{quantity.key}: what a move is worth is weighed before any move is made")
        visited = np.zeros(self.places.kind.shape, dtype=np.bool_)
        visited[self.places.joint_point[self._visited(quantity, part.given)]] = True
        course, over = Course(quantity.scenario.do), self._over(quantity)
        options = np.flatnonzero(chosen(quantity.subject, self.game)).astype(np.int32)
        options = options[visited[self.game.option_point[options]]]
        points = self.game.option_point[options].astype(np.int32)
        if self.game.informed:  # what a move is worth differs by belief, and so has to be added up on the way
            above = [self._term(course, Reader(worth=options), 1.0, over)]
            return _Sums(_Sum(tuple(above)), _Sum((self._term(course, Reader(point=points), 1.0, over),)))
        below = [self._term(course, Reader(point=points[[place]]), 1.0, over) for place in range(len(points))]
        above = [replace(term, option=int(option)) for term, option in zip(below, options, strict=True)]
        return _Sums(_Sum(tuple(above)), _Sum(tuple(below)))

    # passes

    def _term(
        self, course: Course, reader: Reader, weight: float = 1.0, over: Over = "until", discounted: bool = False
    ) -> Term:
        known = self.readers.setdefault(course, {})
        counted = replace(reader, profiles=self._counted)
        key = content(counted)
        known.setdefault(key, counted)
        return Term(course, key, weight, over, discounted)

    def _pass(self, course: Course, readers: Mapping[str, Reader]) -> Pass:
        forced, removed = intervention(self.case, self.game, course.do)
        point, options, joints = self._stopped(course.stops), EMPTY, EMPTY
        for flag in sorted(course.stops, key=lambda flag: flag.name):
            option, joint, whole = moves(self.game, self._moments(flag).joint)
            point, options, joints = point | whole, np.union1d(options, option), np.union1d(joints, joint)
        stops = (indices_of(point), options.astype(np.int32), joints.astype(np.int32))
        return Pass(dict(readers), forced, removed, *stops, signals=signalling(self.case, course.do))
