"""`P`, `E`, `EV` and `N`: what they take, and what makes no sense of them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Container, Iterator, Mapping
from typing import cast

from assay.case.checks.context import Context, Declared
from assay.case.checks.events import can_happen, event_scope, timed
from assay.case.checks.formulas import meaning_of
from assay.case.checks.scopes import Scopes
from assay.case.model import Case
from assay.case.types import column
from assay.documents.locate import Path
from assay.formula.ast import Call, Formula, Name, Node
from assay.formula.check import (
    PLAIN_NUMBER,
    PROBABILITY,
    TRUTH,
    UNKNOWN,
    Finding,
    Meaning,
    Parameter,
    Scope,
    Signature,
    Symbol,
    check,
    number,
    one_of,
)
from assay.formula.dimension import util_of
from assay.formula.walk import calls

SHAPES = {
    "P": "P(event, by=, at=, in=, given=, do=, regime=, ASSUMPTION=)",
    "E": "E(ACTOR.PART, by=, do=, regime=, ASSUMPTION=)",
    "EV": "EV(ACTOR.MOVE, at=STAGE, in=, given=, do=, regime=, ASSUMPTION=)",
    "N": "N(ACTOR.MOVE, by=, do=, regime=, ASSUMPTION=)",
}


class Quantities:
    """The special functions of outcomes and claims, for one case."""

    def __init__(self, context: Context, declared: Declared, scopes: Scopes) -> None:
        self.context, self.declared, self.scopes = context, declared, scopes
        self.event = event_scope(declared, scopes, scopes.payoff.names)
        self.functions = self._functions()
        not_a_number = "a quantity is a number: ask P(...) of an event, or use a number of the draw"
        known = {**scopes.payoff.names, **self.event.names}
        self.elsewhere = {name: not_a_number for name in known if name not in scopes.draw.names}
        self.elsewhere |= {name: scopes.draw.elsewhere[name] for name in declared.typed}
        self.elsewhere |= {name: _type_asked(name, types[-1]) for name, types in declared.types.items()}

    def scope(self, symbols: Mapping[str, Symbol], named: Container[str]) -> Scope:
        """What an outcome or a test may speak of: outcomes and readings, numbers of the draw, quantities.

        `symbols` may still grow; `named` are the names that it will have.
        """
        elsewhere = {name: reason for name, reason in self.elsewhere.items() if name not in named}
        return Scope(
            ChainMap(cast(dict[str, Symbol], symbols), dict(self.scopes.draw.names)), self.functions, elsewhere
        )

    def _functions(self) -> dict[str, Signature]:
        case, declared = self.context.case, self.declared
        time = one_of(["end"], "a time (`end`, a period or a year)", numbers=self._outside)
        when = one_of(["end", *declared.points], "a time or a stage", numbers=self._outside)
        event, given = Parameter(TRUTH, self.event), {"given": Parameter(TRUTH, self.event)}
        scenario = {
            "do": one_of(case.policies, "a policy", joined=True),
            "regime": one_of(case.regimes, "a regime"),
        }
        others = {
            name: Parameter(meaning_of(self.context, assumption), self.scopes.draw)
            for name, assumption in declared.columns.items()
            if assumption.alternatives is None
        }
        others |= {name: _for_each_type(case, name) for name in declared.typed}
        others |= {name: Parameter() for name in declared.lacking}
        payoffs = [*case.actors, *(f"{actor}.{part}" for actor, parts in declared.parts.items() for part in parts)]
        payoff = one_of(payoffs, "an actor or a part of an actor's payoff")
        move = one_of(declared.move_names, "a move, as ACTOR.MOVE or ACTOR.STAGE.MOVE")
        by, at, visits = {"by": time}, {"by": time, "at": when, "in": time}, {"at": when, "in": time}
        of_type = {"given": Parameter(TRUTH, self._types_alone())} if declared.types else {}

        def made(
            name: str, result: Meaning | Callable[[Call], Meaning], what: Parameter, *named: Mapping[str, Parameter]
        ) -> Signature:
            arguments = {key: value for table in (*named, scenario) for key, value in table.items()}
            shape = SHAPES[name].replace("by=,", "by=, given=ACTOR == TYPE,") if of_type in named else SHAPES[name]
            return Signature(shape, result, (what,), arguments, others)

        return {
            "P": made("P", PROBABILITY, event, at, given),
            "E": made("E", _util, payoff, by, *([of_type] if of_type else [])),
            "EV": made("EV", _util, move, visits, given),
            "N": made("N", PLAIN_NUMBER, move, by, *([of_type] if of_type else [])),
        }

    def _types_alone(self) -> Scope:
        """What a payoff or a count may be conditioned on."""
        reason = (
            "a payoff or a count is conditioned on types alone; condition a probability, or force the event with do="
        )
        names = {name: self.event.names[name] for name in self.declared.types.keys() & self.event.names.keys()}
        return Scope(names, elsewhere={name: reason for name in self.event.names if name not in names})

    def _outside(self, value: float) -> str | None:
        """What is wrong with a number as a time, or None."""
        calendar = self.context.case.calendar
        if value != int(value) or value < 1:
            return f"a period from 1 to {calendar.periods}, or a year"
        period = int(value)
        if period >= 1000:
            months = 12 * (period - calendar.start.year + 1) - (calendar.start.month - 1)
            period = -(-months // calendar.step_months)
        if not 1 <= period <= calendar.periods:
            months = calendar.periods * calendar.step_months + calendar.start.month - 1
            last = calendar.start.year + (months - 1) // 12
            return f"a period from 1 to {calendar.periods}, or a year from {calendar.start.year} to {last}"
        return None

    def check_calls(self, path: Path, formula: Formula) -> None:
        """What only the arguments together can tell: when an event is looked at, and whether a condition can hold."""
        for call in calls(formula):
            if call.function in SHAPES and len(call.args) == 1:
                self._call(path, call)

    def _call(self, path: Path, call: Call) -> None:
        named = dict(call.named)
        by, at, inside, given = (named.get(key) for key in ("by", "at", "in", "given"))
        stage = at.id if isinstance(at, Name) and at.id in self.declared.points else None
        if by is not None and at is not None:
            self._wrong(path, at, "`by` and `at` together", "one of them")
        if inside is not None and stage is None and call.function == "P":
            self._wrong(path, inside, "`in` without `at=STAGE`", "`at=` a stage, or `by=` or `at=` the period")
        if call.function == "P":
            self._event(path, call.args[0], given, by is not None or at is not None)
        elif call.function == "EV" and isinstance(call.args[0], Name):
            self._move(path, call, call.args[0], at, stage)
        if stage is not None:
            self._made_at(path, call.args[0], stage)
        if given is not None and self._reads(given) and not can_happen(given, self.declared, self.scopes):
            self._wrong(path, given, "a condition that cannot happen", "`given=` an event that some world can bring")

    def _event(self, path: Path, event: Node, given: Node | None, timely: bool) -> None:
        for node in (event, given):
            if node is not None and not timely and self._reads(node) and timed(node, self.declared, self.scopes):
                expected = "say `by=` (happened by then) or `at=` (is so then), as by=end"
                self._wrong(path, node, "an event on variables or moves without a time", expected)
                return
        if self._reads(event) and not can_happen(event, self.declared, self.scopes):
            expected = "it is zero by construction; check the tags and the endings that are reached"
            self.context.warn(path, "an event that cannot happen", expected, event.span[0])

    def _move(self, path: Path, call: Call, move: Name, at: Node | None, stage: str | None) -> None:
        if stage is None and (at is not None or move.id.count(".") < 2):
            self._wrong(path, at or call, "EV without a stage", "`at=STAGE`: where the move is weighed")

    def _made_at(self, path: Path, node: Node, stage: str) -> None:
        """At a stage only the moves that are made there can be chosen."""
        if isinstance(node, Name) and stage not in self.declared.move_names.get(node.id, {stage}):
            where = ", ".join(sorted(self.declared.move_names[node.id]))
            self._wrong(path, node, f"{node.id!r} is no move at {stage!r}", f"it is made at {where}")

    def _reads(self, event: Node) -> bool:
        """Whether an event is well formed; what is wrong with it has been noted already."""
        meaning, findings = check(event, self.event)
        return meaning is not UNKNOWN and meaning.kind == "truth" and not findings

    def _wrong(self, path: Path, node: Node, found: str, expected: str) -> None:
        self.context.problem(path, found, expected, node.span[0])


def _util(call: Call) -> Meaning:
    """The actor's utils, for what `E` and `EV` give."""
    subject = call.args[0]
    return number(util_of(subject.id.split(".")[0])) if isinstance(subject, Name) else UNKNOWN


def _for_each_type(case: Case, name: str) -> Parameter:
    """An argument that names no number of the draw, but one for each type: says so."""

    def read(node: Node) -> Iterator[Finding]:
        columns = [column(name, each) for each in case.assumptions[name].types]
        yield Finding(node.span, f"{name!r}, a number for each type", f"write {'= or '.join(columns)}=")

    return Parameter(read=read)


def _type_asked(actor: str, of_type: str) -> str:
    """How a type is asked of."""
    return f"ask P({actor} == {of_type}), or P(..., given={actor} == {of_type})"
