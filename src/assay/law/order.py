"""Whether the acts of one state can follow one another: an act that contradicts an earlier one is named.

Acts are taken in the order of their days (those without a day by the day they took effect, else with the one above
them). Where days overlap, because only a month, a year or bounds are known, the order of the table tells which came
first: an act contradicts an earlier one only where no days within the bounds would let them follow one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assay.law.book import CONSENTS, Act, Rules
from assay.law.clock import Conflict, conflicts_of, leave, strike
from assay.law.days import Day

Wrong = tuple[str, str]
"""What was found, and what is expected."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An act that cannot stand where it does: its number in the table, and what is wrong."""

    index: int
    found: str
    expected: str


def place(act: Act) -> date:
    """The earliest day on which an act can have been done, as far as is known; `date.min` where nothing is."""
    day = _span(act)
    return day.first if day else date.min


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Acts in the order in which they came: by their days, and as they were where their days leave that open."""
    listed = list(acts)
    return [listed[number] for number in _ranks(listed)]


def _span(act: Act) -> Day | None:
    return act.done or act.in_effect


def _ranks(acts: Sequence[Act]) -> list[int]:
    """Numbers of acts in order: again and again the first row than which none that is left is surely earlier."""
    days: list[Day] = []
    for act in acts:
        above = days[-1] if days else Day(date.min, date.min)
        days.append(_span(act) or above)
    left, ranked = list(range(len(acts))), list[int]()
    while left:
        earliest = min(days[number].last for number in left)
        following = next(number for number in left if days[number].first <= earliest)
        left.remove(following)
        ranked.append(following)
    return ranked


def clashes(acts: Sequence[tuple[int, Act]], rules: Rules) -> list[Clash]:
    """What contradicts itself in the acts of one state, each with its number in the table."""
    life, found = _Life(rules), []
    ordered = [acts[number] for number in _ranks([act for _, act in acts])]
    contested = {act.contest: True for _, act in ordered if act.contest}
    life.fewest = conflicts_of((act for _, act in ordered), {})
    life.most = conflicts_of((act for _, act in ordered), contested)
    life.consents = tuple(act for _, act in ordered if act.kind in CONSENTS)
    for index, act in ordered:
        wrong = life.take(act)
        if wrong:
            found.append(Clash(index, *wrong))
    return found


def _entry(act: Act, rules: Rules) -> Day:
    """When a consent brings the treaty into force for the state, as far as is known."""
    if act.in_effect:
        return act.in_effect
    if act.done is None or rules.entry is None:
        return Day(date.min, date.max)
    clock = rules.entry
    return act.done.moved(lambda day: strike(clock, day))


class _Life:
    """Where the acts so far have led."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.signed = self.consented = False
        self.notice: Act | None = None
        self.entry = Day(date.min, date.max)
        self.consents: tuple[Act, ...] = ()
        self.going: set[str] = set()
        self.fewest: tuple[Conflict, ...] = ()
        self.most: tuple[Conflict, ...] = ()

    def take(self, act: Act) -> Wrong | None:
        """Takes one act; what is wrong with it, if anything."""
        if act.kind == "signature":
            return self._sign(act)
        if act.kind in CONSENTS or act.kind == "succession":
            return self._consent(act)
        if act.kind == "notice":
            return self._notice(act)
        if act.kind == "revocation":
            return self._revoke(act)
        if act.kind == "provisional_application":
            return self._provisional(act)
        if act.kind in ("suspension_claimed", "suspension_ended", "conflict_began", "conflict_ended"):
            wrong = self._begin_or_end(act)  # asked first: it also notes what has begun
            return wrong or (self._suspend(act) if act.kind == "suspension_claimed" else None)
        return None

    def _sign(self, act: Act) -> Wrong | None:
        if self.signed:
            return "a second signature", "one signature for each state"
        if self.consented:
            return "a signature after consent to be bound", "signature first; check the days"
        self.signed = True
        closes = self.rules.closes
        if closes and act.done and act.done.first >= closes:
            return f"a signature on {act.done}, when signing had closed", f"a day before {closes}, or accession"
        return None

    def _consent(self, act: Act) -> Wrong | None:
        again = self.consented
        if again and self.notice is None:
            return f"{act.kind} by a state that has consented already", "one consent, until an exit took effect"
        if again and act.done and self._exit_is_after(act.done.last):
            return f"{act.kind} before the exit took effect", "a later day; or the revocation of the notice"
        self.consented, self.notice = True, None
        self.entry = _entry(act, self.rules)
        known = self.rules.consent_kinds
        if act.kind not in ("succession", "consent") and known and act.kind not in known:
            return f"{act.kind}, which the rules do not know", f"one of {', '.join(known)}"
        if again and act.kind in ("ratification", "acceptance", "approval"):
            return f"{act.kind} after an exit", "accession, which is the way back"
        if not again and act.kind == "accession" and self.signed:
            return "accession by a state that has signed", "ratification, acceptance or approval"
        return None

    def _notice(self, act: Act) -> Wrong | None:
        if not self.consented:
            return "a notice of withdrawal by a state that has not consented", "its consent to be bound, before"
        if self.notice is not None:
            return "a second notice of withdrawal", "one notice, or a revocation between the two"
        self.notice = act
        if act.done and act.done.last < self.entry.first:
            found = "a notice of withdrawal before the treaty was in force for the state"
            return found, f"a day from {self.entry.first} on"
        if act.in_effect is None and self.rules.exit is None:
            return "a notice of withdrawal, which the rules do not know", "`in_effect`, or `exit` in the rules"
        return None

    def _revoke(self, act: Act) -> Wrong | None:
        if self.notice is None:
            return "a revocation without a notice", "the notice that it takes back, before"
        if act.done and self._exit_is_by(act.done.first):
            return f"a revocation on {act.done}, when the exit had taken effect", "an earlier day, or accession"
        self.notice = None
        return None

    def _provisional(self, act: Act) -> Wrong | None:
        if self.rules.provisional is None:
            return "provisional application, which the rules do not know", "rules that know it"
        if act.done is None:
            return None
        if not any(one.done is None or one.done.first <= act.done.last for one in self.consents):
            found = "provisional application by a state that has not consented"
            return found, "its consent to be bound, before or on the same day"
        if self.consented and self.entry.last <= act.done.first:
            found = "provisional application when the treaty was in force for the state"
            return found, f"a day before {self.entry.last}"
        return None

    def _suspend(self, act: Act) -> Wrong | None:
        if not self.consented:
            return "a claim to suspend by a state that has not consented", "its consent to be bound, before"
        day = act.in_effect or act.done
        if day and day.last < self.entry.first:
            found = "a claim to suspend before the treaty was in force for the state"
            return found, f"a day from {self.entry.first} on"
        if day and self.notice is not None and self._exit_is_by(day.first):
            return f"a claim to suspend on {day}, when the exit had taken effect", "an earlier day"
        return None

    def _exit_is_after(self, day: date) -> bool:
        """Whether the exit cannot have taken effect by a day, on any reading."""
        exit_day = self._exit(self.fewest, first=True)
        return exit_day is None or exit_day > day

    def _exit_is_by(self, day: date) -> bool:
        """Whether the exit has taken effect by a day, on every reading."""
        exit_day = self._exit(self.most, first=False)
        return exit_day is not None and exit_day <= day

    def _exit(self, conflicts: tuple[Conflict, ...], *, first: bool) -> date | None:
        act, rule = self.notice, self.rules.exit
        assert act is not None
        day = act.in_effect or act.done
        if day is None:
            return None
        found = day if act.in_effect or rule is None else leave(rule, day, conflicts)
        if found is None or (found.open and not first):
            return None
        return found.first if first else found.last

    def _begin_or_end(self, act: Act) -> Wrong | None:
        what, _, end = act.kind.partition("_")
        if end != "ended":
            going = what in self.going
            self.going.add(what)
            return (f"a second {what} while the first goes on", "the end of the first, before") if going else None
        if what not in self.going:
            return f"the end of a {what} that has not begun", "its beginning, before, as an act of its own"
        self.going.discard(what)
        return None
