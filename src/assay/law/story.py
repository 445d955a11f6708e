"""The life of one state's bond under a treaty, as a row of changes: each is made by an act or by a clock.

A story is told on one *reading* of the contested points: which of them count. Changes carry what they alter and why;
`standing` folds those that have happened by a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assay.law import say, say_exit
from assay.law.book import CONSENTS, Act, Book
from assay.law.clock import conflicts_of, leave, strike
from assay.law.days import Day, on
from assay.law.knowledge import OF_PARTIES, in_force_known, known_acts

WORDS = ("not a party", "signatory", "party", "leaving", "left")
"""Standings, in the order of a life."""
BOUND = ("party", "leaving")
"""Standings in which the treaty binds."""


@dataclass(frozen=True, slots=True)
class Bond:
    """How a state stands at some point of its story."""

    word: str = "not a party"
    consenting: bool = False
    """Consent given, not yet in force."""
    entry: Day | None = None
    """While consenting: when the treaty enters into force for the state, where that is known."""
    provisional: bool = False
    succession: bool = False
    suspended: str | None = None
    """The contested point of a suspension that the state claims; empty where nobody contests it."""
    exit: Day | None = None
    """While leaving: when it takes effect; None while a conflict holds it back."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of standing."""

    day: Day
    alters: Mapping[str, object]
    """Fields of `Bond`, with their new values."""
    because: str
    """A sentence that says what made it."""
    articles: tuple[str, ...] = ()
    act: Act | None = None
    """The act that made it, at once or through a clock."""
    by_clock: bool = False
    undated: bool = False
    """Whether the sources say that it had happened by some day, and not since when: `day` holds the bounds."""

    @property
    def when(self) -> date:
        """The first day on which it has certainly happened; `date.max` where it may never happen."""
        return self.day.last

    @property
    def of_life(self) -> bool:
        """Whether it is a step from signature to exit; these come one after another, and other changes between them."""
        return "word" in self.alters or "consenting" in self.alters

    def after(self, bond: Bond) -> Bond:
        """The bond with the change made."""
        return replace(bond, **self.alters)  # type: ignore[arg-type]


def story(
    book: Book, actor: str, as_known: date | None, reading: Mapping[str, bool], *, perhaps: bool = False
) -> tuple[Change, ...]:
    """The changes of a state's standing in the order of their days."""
    acts = known_acts(book, actor, as_known, perhaps=perhaps)
    changes = _ordered(list(_Teller(book, as_known, acts, reading).tell()))
    ended = book.rules.ended
    if ended is None or (as_known is not None and as_known < ended):
        return changes
    lived = tuple(change for change in changes if change.when <= ended)
    return lived if told(lived).word in ("left", "not a party") else (*lived, _end(ended))


def _ordered(changes: list[Change]) -> tuple[Change, ...]:
    """Changes in the order of their days, each with the bounds that its place in the life leaves it.

    A life goes forward: none of its steps comes before one that is told earlier, nor after one that is told later.
    """
    bounds = [change.day for change in changes]
    steps = [number for number, change in enumerate(changes) if change.of_life]
    for before, number in pairwise(steps):
        bounds[number] = _within(bounds[number], bounds[before].first, date.max)
    for number, after in pairwise(reversed(steps)):
        bounds[after] = _within(bounds[after], date.min, bounds[number].last)
    told = [replace(change, day=day) for change, day in zip(changes, bounds, strict=True)]
    return tuple(sorted(told, key=lambda change: change.when))


def _within(day: Day, first: date, last: date) -> Day:
    """The bounds of a day that is not before one day nor after another; as they are where they leave no such day."""
    if first > day.last or last < day.first:
        return day
    return Day(max(first, day.first), min(last, day.last))


def _end(ended: date) -> Change:
    alters = {"word": "not a party", "consenting": False, "exit": None, "suspended": None, "provisional": False}
    return Change(on(ended), alters, say.ended(ended), by_clock=True)


class _Teller:
    """Turns acts into changes. Sorting is stable, so that changes of one day keep the order they are told in."""

    def __init__(self, book: Book, as_known: date | None, acts: list[Act], reading: Mapping[str, bool]) -> None:
        self.rules = book.rules
        self.acts = acts
        self.conflicts = conflicts_of(acts, reading)
        self.in_force_known = in_force_known(book, as_known)

    def tell(self) -> Iterator[Change]:
        for number, act in enumerate(self.acts):
            if act.kind == "signature":
                yield self._signature(act)
            elif act.kind == "succession":
                yield self._succession(act)
            elif act.kind in CONSENTS:
                yield from self._consent(act)
            elif act.kind == "provisional_application":
                yield from self._provisional(act)
            elif act.kind == "notice":
                yield from self._notice(act, self._revocation_of(number))
            elif act.kind == "revocation":
                yield self._revocation(act)
            elif act.kind in ("suspension_claimed", "suspension_ended"):
                yield self._suspension(act)

    def _undated(self, act: Act) -> Day:
        """The bounds of something that had happened by some day, we do not know when.

        From the treaty's beginning, to the day by which it had, or till somebody looked; and to the first later act of
        those that only a party can do, and the end of the treaty itself.
        """
        first = self.rules.in_force or self.rules.opened.last
        later = self.acts[self.acts.index(act) + 1 :]
        ends = [one.done.last for one in later if one.done and one.kind in OF_PARTIES]
        ends += [self.rules.ended] if self.rules.ended else []
        by = act.in_effect or act.done
        return Day(first, max(first, min([by.last if by else act.checked, *ends])))

    def _in_force(self, day: Day) -> Day:
        """The bounds of an entry into force on a published day: none comes before that of the treaty itself."""
        first = self.rules.in_force or date.min
        return Day(max(first, day.first), max(first, day.last))

    def _signature(self, act: Act) -> Change:
        undated = _since_unknown(act.done)
        first = self.rules.opened.last
        day = act.done if act.done and not undated else Day(first, max(first, (act.done or on(act.checked)).last))
        articles = _articles(self.rules.signature_article)
        return Change(day, {"word": "signatory"}, say.signed(act, self.rules), articles, act, undated=undated)

    def _succession(self, act: Act) -> Change:
        undated = _since_unknown(act.in_effect)
        day = self._in_force(act.in_effect) if act.in_effect and not undated else self._undated(act)
        alters = {"word": "party", "succession": True, "consenting": False}
        return Change(day, alters, say.succeeded(act, self.rules), (), act, undated=undated)

    def _consent(self, act: Act) -> Iterator[Change]:
        entry = self._entry(act)
        deposit = _articles(self.rules.consent_article)
        if act.done is not None and entry != act.done:
            given: dict[str, object] = {"consenting": True, "entry": entry}
            yield Change(act.done, given, say.consented(act, self.rules, entry), deposit, act)
        if entry is None and act.done is not None:
            return
        alters: dict[str, object] = {
            "word": "party", "consenting": False, "entry": None, "provisional": False, "succession": False,
        }  # fmt: skip
        clock = self.rules.entry
        articles = _articles(clock.article if clock and act.done else "")
        because = say.entered(act, self.rules, entry)
        by_clock = act.in_effect is None and act.done is not None
        day = entry or self._undated(act)
        yield Change(day, alters, because, articles, act, by_clock, undated=entry is None)

    def _entry(self, act: Act) -> Day | None:
        """When a consent takes effect; None where neither a source nor the rules say, or it could not be known."""
        if act.in_effect is not None and (act.done or not _since_unknown(act.in_effect)):
            return self._in_force(act.in_effect)
        if act.done is None or self.rules.entry is None:
            return None
        clock = self.rules.entry
        if not self.in_force_known:
            return None
        return act.done.moved(lambda day: strike(clock, day))

    def _provisional(self, act: Act) -> Iterator[Change]:
        if act.done is not None and self.rules.provisional is not None:
            articles = _articles(self.rules.provisional[0])
            yield Change(act.done, {"provisional": True}, say.provisional(act, self.rules), articles, act)

    def _notice(self, act: Act, revocation: Act | None) -> Iterator[Change]:
        leaves = self._exit(act)
        articles = say_exit.articles(act, self.rules, leaves)
        if act.done is not None:
            because = say_exit.noticed(act, self.rules, leaves)
            done = Day(max(act.done.first, min(self.rules.opened.last, act.done.last)), act.done.last)
            given = _articles(self.rules.exit.notice_article if self.rules.exit else "", *articles)
            yield Change(done, {"word": "leaving", "exit": leaves}, because, given, act)
        if leaves is None or (revocation and (revocation.done is None or revocation.done.first < leaves.last)):
            return  # a notice that was taken back by a day that may have come before the exit has led to none
        alters = {"word": "left", "exit": None, "suspended": None, "provisional": False, "succession": False}
        because = say_exit.left(act, self.rules, leaves)
        yield Change(leaves, alters, because, articles, act, by_clock=act.in_effect is None)

    def _exit(self, act: Act) -> Day | None:
        rule = self.rules.exit
        if act.in_effect is not None:
            return act.in_effect
        if rule is None or act.done is None:
            return None
        return leave(rule, act.done, self.conflicts)

    def _revocation_of(self, number: int) -> Act | None:
        """The act that takes a notice back; None where the next step of the life is another."""
        steps = (*CONSENTS, "succession", "notice", "revocation")
        later = next((act for act in self.acts[number + 1 :] if act.kind in steps), None)
        return later if later is not None and later.kind == "revocation" else None

    def _revocation(self, act: Act) -> Change:
        day = act.done or self._undated(act)
        return Change(day, {"word": "party", "exit": None}, say.revoked(act, self.rules), (), act, undated=not act.done)

    def _suspension(self, act: Act) -> Change:
        day = act.in_effect or act.done or self._undated(act)
        claimed = act.kind == "suspension_claimed"
        alters = {"suspended": (act.contest or "") if claimed else None}
        because = say.suspended(act) if claimed else say.resumed(act)
        return Change(day, alters, because, (), act, undated=not (act.in_effect or act.done))


def _since_unknown(day: Day | None) -> bool:
    """Whether it is not on record since when something was so: no day at all, or only one by which it was."""
    return day is None or day.first == date.min


def _articles(*articles: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for article in articles if article))


def told(changes: Iterable[Change]) -> Bond:
    """The bond after some changes."""
    bond = Bond()
    for change in changes:
        bond = change.after(bond)
    return bond
