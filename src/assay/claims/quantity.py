"""The quantities that outcomes and claims speak of, as frozen values: equal when they ask the same.

`P(war, by=end, do=west_holds)` is a `Quantity`: what is measured, of what, when, given what, and under which
`Scenario`. Reading a call settles its defaults and turns `end` and years into periods, so that `P(war)` and
`P(war, by=end)` are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast

from assay.case.model import Case
from assay.claims.mentions import mentions, stages_of
from assay.claims.policies import rules
from assay.formula.ast import Arithmetic, Call, Name, Node, Number
from assay.formula.text import text

Measure: TypeAlias = Literal["P", "E", "EV", "N"]
MEASURES = ("P", "E", "EV", "N")
"""The functions whose calls are quantities."""
AS_PLAYED = "as played"
_TIMES = ("by", "at", "in", "given", "do", "regime")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed before the quantity is read; nothing by default."""

    regime: str | None = None
    """A changed game that everybody knows; solved again."""
    sets: tuple[tuple[str, Node], ...] = ()
    """Assumptions and the formulas they are set to, by name; solved again."""
    do: tuple[str, ...] = ()
    """Policies that replace actors' rules in the forward pass only; sorted, each once."""

    @property
    def key(self) -> str:
        """The scenario in words, the same in every run: `as played`, `do west_full`, `regime ban, prize = 0`."""
        parts = [f"do {' + '.join(self.do)}"] if self.do else []
        parts += [f"regime {self.regime}"] if self.regime else []
        parts += [f"{name} = {text(value)}" for name, value in self.sets]
        return ", ".join(parts) or AS_PLAYED


@dataclass(frozen=True, slots=True)
class Time:
    """When a quantity is read; periods are counted from 1."""

    kind: Literal["by", "at", "stage"]
    """`by`: at least once until the close of `period`; `at`: at its close; `stage`: at visits to `stage`."""
    period: int | None = None
    """The period; for a stage None means all reported periods."""
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number per draw that the futures answer."""

    measure: Measure
    subject: Node
    """The event of a `P`; the actor or `actor.part` of an `E`; the move of an `EV` or `N`."""
    time: Time
    given: Node | None = None
    """The condition, read at the same time as the event; of an `E` or `N` types alone."""
    scenario: Scenario = field(default_factory=Scenario)

    @property
    def label(self) -> str:
        """The quantity without its scenario, as it may be written: `P(war, by=10)`."""
        parts = [text(self.subject)]
        if self.time.kind == "stage":
            parts.append(f"at={self.time.stage}")
            parts += [f"in={self.time.period}"] if self.time.period is not None else []
        else:
            parts.append(f"{self.time.kind}={self.time.period}")
        parts += [f"given={text(self.given)}"] if self.given is not None else []
        return f"{self.measure}({', '.join(parts)})"

    @property
    def key(self) -> str:
        """The quantity with its scenario: equal keys, equal quantities."""
        return f"{self.label} [{self.scenario.key}]"


def read_quantity(call: Call, case: Case) -> Quantity:
    """The quantity that a call of `P`, `E`, `EV` or `N` asks for. Raises ValueError, in words, for nonsense."""
    if call.function not in MEASURES or len(call.args) != 1:
        raise ValueError(f"{text(call)} is no quantity; write {', '.join(MEASURES)} with one event, payoff or move")
    measure = cast(Measure, call.function)
    named = dict(call.named)
    subject = call.args[0]
    given = named.get("given")
    if measure in ("E", "N") and given is not None and not mentions(given, case).only_types:
        raise ValueError(
            f"{text(call)}: {measure} takes no given= but types; condition a probability, or force the event with do="
        )
    time = _time(measure, subject, named, case, call)
    if measure == "P" and time.stage is not None:
        _check_moves([subject, *([] if given is None else [given])], time.stage, case, call)
    return Quantity(measure, subject, time, given, _scenario(named, case))


def _scenario(named: dict[str, Node], case: Case) -> Scenario:
    regime = named.get("regime")
    policies = sorted(set(_joined(named["do"]))) if "do" in named else []
    for policy in policies:
        if policy not in case.policies:
            raise ValueError(f"{policy!r} is no policy of the case")
    rules(case, policies)  # refuses policies that cannot be played together
    if regime is not None and not (isinstance(regime, Name) and regime.id in case.regimes):
        raise ValueError(f"{text(regime)} is no regime of the case")
    sets = tuple(sorted(((name, node) for name, node in named.items() if name not in _TIMES), key=lambda item: item[0]))
    return Scenario(regime.id if isinstance(regime, Name) else None, sets, tuple(policies))


def _check_moves(events: list[Node], stage: str, case: Case, call: Call) -> None:
    """At a stage only its own moves can be made: any other would be false there for certain, and that is no answer."""
    for move in sorted({move for event in events for move in mentions(event, case).moves}):
        made_at = stages_of(move, case)
        if stage not in made_at:
            raise ValueError(
                f"{text(call)}: {move} is no move at {stage!r}; it is made at {', '.join(sorted(made_at))}"
            )


def _joined(node: Node) -> Iterator[str]:
    """The names that `+` joins."""
    match node:
        case Name(id=name):
            yield name
        case Arithmetic(operator="+", left=left, right=right):
            yield from _joined(left)
            yield from _joined(right)
        case _:
            raise ValueError(f"do={text(node)}: name a policy, or several joined by +")


def _time(measure: Measure, subject: Node, named: dict[str, Node], case: Case, call: Call) -> Time:
    by, at, inside = named.get("by"), named.get("at"), named.get("in")
    if by is not None and at is not None:
        raise ValueError(f"{text(call)}: by= or at=, not both")
    if at is not None and isinstance(at, Name) and at.id != "end":
        if measure in ("E", "N"):
            raise ValueError(f"{text(call)}: {measure} is counted until a period; write by=")
        return Time("stage", None if inside is None else period_of(inside, case), at.id)
    if measure == "EV":
        return Time("stage", None if inside is None else period_of(inside, case), _stage_of(subject, call))
    if inside is not None:
        raise ValueError(f"{text(call)}: in= goes with at=STAGE")
    if at is not None:
        if measure != "P":
            raise ValueError(f"{text(call)}: {measure} is counted until a period; write by=")
        return Time("at", period_of(at, case))
    if by is not None:
        return Time("by", period_of(by, case))
    if measure == "P" and not mentions(subject, case).only_tags:
        raise ValueError(f"{text(call)}: an event on variables or moves needs by= or at=")
    return Time("by", case.calendar.periods)


def _stage_of(move: Node, call: Call) -> str:
    """The stage of `actor.stage.move`, where `at=` does not say it."""
    parts = move.id.split(".") if isinstance(move, Name) else []
    if len(parts) != 3:
        raise ValueError(f"{text(call)}: EV needs at=STAGE")
    return parts[1]


def period_of(node: Node, case: Case) -> int:
    """The period, from 1, that `end`, a number of a period or a year stands for.

    A year stands for the last period that starts in it or before. Raises ValueError outside the reported periods.
    """
    periods = case.calendar.periods
    if isinstance(node, Name) and node.id == "end":
        return periods
    if not isinstance(node, Number) or node.value != int(node.value):
        raise ValueError(f"{text(node)} is no time; write end, a period from 1 to {periods}, or a year")
    period = int(node.value)
    if period >= 1000:
        start = case.calendar.start
        months = 12 * (period - start.year + 1) - (start.month - 1)
        period = -(-months // case.calendar.step_months)
    if not 1 <= period <= periods:
        raise ValueError(f"{text(node)} is outside the reported periods, 1 to {periods}")
    return period
