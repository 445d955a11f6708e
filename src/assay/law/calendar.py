"""A treaty in the calendar of a game: the values a bound variable takes, its moves, and how long it waits.

    found = variable(open_book("APMBC"), "POL", start=date(2025, 1, 1), months=12)

A game moves in periods of equal length. Everybody decides at the beginning of a period, so an act done in a period is
dated its first day. **The rule of rounding: a duty binds the decisions of a period if it binds on the period's first
day.** A wait that ends within a period therefore binds through that period's decisions, and its end is felt at the next
period; a wait that ends on the first day of a period no longer binds there. So a notice waits

    the smallest n >= 1 with  exit day <= first day of the period n after the notice

periods, and a deposit likewise. Six months wait one period of a year or of half a year, two of a quarter, six of a
month. The number may differ by the period in which a wait starts, where periods begin late in a month: `waits` gives it
for each, and a variable counts down from the longest.

Whether a state is in an armed conflict is a matter of the game: `Step.held` marks the steps that a conflict holds back,
as the world is at the end of the period in which the time runs out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assay.errors import InputError, Problem
from assay.law import say
from assay.law.book import Book, Clock, Duty
from assay.law.clock import add_months, exit_after, strike
from assay.law.may import acts, barred
from assay.law.standing import Standing, standing

__all__ = [
    "MOVES",
    "LegalMove",
    "Periods",
    "Step",
    "Variable",
    "barred",
    "longest_wait",
    "soft_duties",
    "variable",
    "variables",
    "waits",
]

MOVES = {
    "notify_withdrawal": "notice",
    "revoke_notice": "revocation",
    "accede": "accession",
    "ratify": "ratification",
}
"""Acts that a game may make moves of, with the kind of act that each is."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Equal periods from a first day."""

    start: date
    months: int
    """Length of a period."""

    def first_day(self, period: int) -> date:
        """The first day of a period, counted from 1."""
        return add_months(self.start, self.months * (period - 1))

    def period_of(self, day: date) -> int:
        """The period in which a day lies; below 1 before the start."""
        period = ((day.year - self.start.year) * 12 + day.month - self.start.month) // self.months + 1
        return period - 1 if day < self.first_day(period) else period

    def felt(self, day: date) -> int:
        """The first period whose decisions are taken on or after a day."""
        period = self.period_of(day)
        return period if self.first_day(period) == day else period + 1


@dataclass(frozen=True, slots=True)
class LegalMove:
    """An act that changes the variable: from which values, to which."""

    act: str
    """A key of `MOVES`."""
    before: tuple[str, ...]
    after: str
    article: str


@dataclass(frozen=True, slots=True)
class Step:
    """What the end of a period does to a value."""

    before: str
    after: str
    held: bool
    """Whether an armed conflict of the state holds it back: the value then stays as it is."""
    article: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable bound to a treaty: what a game needs of it."""

    treaty: str
    values: tuple[str, ...]
    """`not_party`, `entering_N` ... `entering_1`, `party`, `leaving_N` ... `leaving_1`, `left`; N periods are left.
    Without a rule of entry, or of exit, there is no such waiting."""
    start: str
    """The value at the start."""
    binding: tuple[str, ...]
    """Values under which the treaty binds."""
    soft: tuple[str, ...]
    """Values under which only the duty not to defeat the object and purpose binds."""
    moves: tuple[LegalMove, ...]
    steps: tuple[Step, ...]
    """At the end of each period; values without a step stay."""
    bars: dict[str, tuple[str, ...]]
    """Barred acts with their articles. Doing one while bound breaks a duty: legal to model, and to be marked."""
    because: tuple[str, ...]
    """How the start was found."""
    early: date | None = None
    """The treaty's own entry into force, where the start is so much earlier that deposits wait unequally long: one wait
    does not tell them all, and `accede` and `ratify` are no moves then."""
    suspended: str = ""
    """What is to be said of a claim of the state, made by the start, to have suspended the treaty; empty for no claim.
    The treaty is taken to bind it all the same."""
    ends: int | None = None
    """The first period in which it binds nobody any more, since the treaty itself has ended; None while it goes on."""


def waits(clock: Clock, periods: Periods, period: int) -> int:
    """How many periods an act of a period waits before it is felt; at least one."""
    struck = strike(clock, periods.first_day(period))
    return max(1, periods.felt(struck) - period)


def longest_wait(clock: Clock, periods: Periods) -> int:
    """The longest wait of any period of four years, after which months repeat but for leap days."""
    return max(waits(clock, periods, period) for period in range(1, max(2, 48 // periods.months + 2)))


def soft_duties(book: Book) -> tuple[Duty, ...]:
    """Duties that bind from signature or consent on, before entry into force."""
    return tuple(duty for duty in book.rules.duties if duty.soft)


def variable(book: Book, actor: str, start: date, months: int) -> Variable:
    """The variable of one state under a treaty, in periods of some months from a first day.

    A notice that runs at the start waits for the rest of its time. A treaty whose rules know no exit, or no entry, has
    no such move and no such waiting.
    Raises `InputError` where it is not settled whether the treaty binds the state at the start.
    """
    if months < 1:
        raise InputError([Problem("calendar", None, None, "step", f"{months} months", "at least one month")])
    periods = Periods(start, months)
    exit_wait = longest_wait(book.rules.exit.clock, periods) if book.rules.exit else 0
    early = _early(book, periods)
    entry_wait = longest_wait(_plain(book.rules.entry), periods) if early else _entry_wait(book, periods)
    now = standing(book, actor, start)
    begin = _begin(book, now, periods)
    exit_wait = max(exit_wait, _left_of(begin, "leaving"))
    entry_wait = max(entry_wait, _left_of(begin, "entering"))
    entering = tuple(f"entering_{n}" for n in range(entry_wait, 0, -1))
    leaving = tuple(f"leaving_{n}" for n in range(exit_wait, 0, -1))
    return Variable(
        treaty=book.treaty,
        values=("not_party", *entering, "party", *leaving, "left"),
        start=begin,
        binding=("party", *leaving),
        soft=(*(["not_party"] if now.word == "signatory" else []), *entering) if soft_duties(book) else (),
        moves=tuple(_moves(book, now, () if early else entering, leaving)),
        steps=(*_steps(book, entering, "party", held=False), *_steps(book, leaving, "left", held=True)),
        bars={act: barred(book, act, now.actor) for act in acts(book)},
        because=now.because,
        early=early,
        suspended=say.suspension(book.rules, now.actor, now.suspension_question) if now.suspended else "",
        ends=max(1, periods.felt(book.rules.ended)) if book.rules.ended else None,
    )


def variables(book: Book, members: Iterable[str], start: date, months: int) -> dict[str, Variable]:
    """The variables of several states, by three letters. Whose membership binds what is for the case to say."""
    found = [standing(book, member, start).actor for member in members]
    return {actor: variable(book, actor, start, months) for actor in found}


def _plain(clock: Clock | None) -> Clock:
    """The clock of deposits made when the treaty is in force."""
    assert clock is not None
    return replace(clock, not_before=None)


def _entry_wait(book: Book, periods: Periods) -> int:
    return longest_wait(book.rules.entry, periods) if book.rules.entry else 0


def _early(book: Book, periods: Periods) -> date | None:
    clock = book.rules.entry
    if clock is None or longest_wait(clock, periods) == longest_wait(_plain(clock), periods):
        return None
    return clock.not_before


def _left_of(value: str, what: str) -> int:
    name, _, number = value.partition("_")
    return int(number) if name == what else 0


def _begin(book: Book, now: Standing, periods: Periods) -> str:
    if now.bound is None:
        found = f"{now.actor}, of whom it is not settled on {now.on} whether {book.treaty} binds it"
        expected = f"another first day, or a variable of your own; it may be: {', '.join(now.possible)}"
        raise InputError([Problem(now.actor, None, None, "", found, expected)])
    if now.word == "leaving":
        runs_out = now.exit or (exit_after(book, now.since) if now.since else None)  # a conflict may hold it back then
        return f"leaving_{max(1, periods.felt(runs_out) - 1) if runs_out else 1}"
    if now.consenting and now.entry:
        return f"entering_{max(1, periods.felt(now.entry) - 1)}"
    return {"party": "party", "left": "left"}.get(now.word, "not_party")


def _moves(book: Book, now: Standing, entering: tuple[str, ...], leaving: tuple[str, ...]) -> Iterable[LegalMove]:
    rules = book.rules
    if rules.exit is not None:
        yield LegalMove("notify_withdrawal", ("party",), leaving[0], rules.exit.notice_article)
        if rules.exit.revocable:
            yield LegalMove("revoke_notice", leaving, "party", "")
    if entering and rules.entry is not None:
        if now.word == "signatory":
            yield LegalMove("ratify", ("not_party",), entering[0], rules.consent_article)
            yield LegalMove("accede", ("left",), entering[0], rules.consent_article)
        else:
            yield LegalMove("accede", ("not_party", "left"), entering[0], rules.consent_article)


def _steps(book: Book, values: tuple[str, ...], end: str, *, held: bool) -> Iterable[Step]:
    exit_rule = book.rules.exit
    clock = exit_rule.clock if held and exit_rule else book.rules.entry
    article = clock.article if clock else ""
    for before, after in zip(values, (*values, end)[1:], strict=True):
        last = after == end and held and exit_rule is not None and exit_rule.held_by_conflict is not None
        yield Step(before, after, last, (exit_rule.held_by_conflict or "") if last and exit_rule else article)
