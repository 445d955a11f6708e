"""The life of one state's bond under a treaty, as a row of changes: each is made by an act or by a clock.

A story is told on one *reading* of the contested points: which of them count. Changes carry what they alter and why;
`standing` folds those that have happened by a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from assay.law import say, say_exit
from assay.law.book import CONSENTS, OUTSIDE, Act, Book
from assay.law.clock import conflicts_of, leave, strike
from assay.law.days import Day, on
from assay.law.order import in_order

WORDS = ("not a party", "signatory", "party", "leaving", "left")
"""Standings, in the order of a life."""
BOUND = ("party", "leaving")
"""Standings in which the treaty binds."""

_OF_PARTIES = ("notice", "revocation", "suspension_claimed")


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
    """Whether the sources say that it happened but not when: `day` holds the bounds."""

    @property
    def when(self) -> date:
        """The first day on which it has certainly happened; if it is undated, the first on which it can have.

        `date.max` where it may never happen.
        """
        return self.day.first if self.undated else self.day.last

    @property
    def of_life(self) -> bool:
        """Whether it is a step from signature to exit; these come one after another, and other changes between them."""
        return "word" in self.alters or "consenting" in self.alters

    def after(self, bond: Bond) -> Bond:
        """The bond with the change made."""
        return replace(bond, **self.alters)  # type: ignore[arg-type]


def known_acts(book: Book, actor: str, as_known: date | None, *, perhaps: bool = False) -> list[Act]:
    """The acts of a state in order, as far as they could be known on a day.

    Undated ones count as known from the treaty's opening on. `perhaps`: also those whose day of publication is only
    partly known, so that they were perhaps known by then and perhaps not.
    """
    acts = in_order(book.acts_of(actor))
    if as_known is None:
        return acts
    if perhaps:
        return [act for act in acts if _first_known(act, book) <= as_known]
    return [act for act in acts if (act.known() or book.rules.opened).last <= as_known]


def _first_known(act: Act, book: Book) -> date:
    """The earliest day on which an act can have been known; where nothing says, that on which the treaty was opened."""
    day = act.known() or book.rules.opened
    return book.rules.opened.first if day.first == date.min else day.first


def readings(book: Book, actor: str, as_known: date | None, *, perhaps: bool = False) -> list[dict[str, bool]]:
    """Every combination of readings of the contested facts on which the clocks of a state depend."""
    acts = known_acts(book, actor, as_known, perhaps=perhaps)
    points = sorted({act.contest for act in acts if act.contest and act.kind in OUTSIDE})
    return [dict(zip(points, counts, strict=True)) for counts in product((True, False), repeat=len(points))]


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
    """Changes in the order of their days. A life goes forward: none of its changes is later than one told after it."""
    keys = [change.when for change in changes]
    latest = date.max
    for number in range(len(changes) - 1, -1, -1):
        if changes[number].of_life:
            latest = keys[number] = min(keys[number], latest)
    return tuple(changes[number] for number in sorted(range(len(changes)), key=keys.__getitem__))


def _end(ended: date) -> Change:
    alters = {"word": "not a party", "consenting": False, "exit": None, "suspended": None, "provisional": False}
    return Change(on(ended), alters, say.ended(ended), by_clock=True)


class _Teller:
    """Turns acts into changes. Sorting is stable, so that changes of one day keep the order they are told in."""

    def __init__(self, book: Book, as_known: date | None, acts: list[Act], reading: Mapping[str, bool]) -> None:
        self.rules = book.rules
        self.acts = acts
        self.conflicts = conflicts_of(acts, reading)
        self.in_force_known = _in_force_known(book, as_known)

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
                yield from self._notice(act, self._revoked_by(number))
            elif act.kind == "revocation":
                yield self._revocation(act)
            elif act.kind in ("suspension_claimed", "suspension_ended"):
                yield self._suspension(act)

    def _undated(self, act: Act) -> Day:
        """The bounds of something that happened we do not know when.

        From the treaty's beginning, to the first later act of those that only a party can do, or till somebody looked.
        """
        first = self.rules.in_force or self.rules.opened.last
        later = self.acts[self.acts.index(act) + 1 :]
        ends = [one.done.last for one in later if one.done and one.kind in _OF_PARTIES]
        return Day(first, max(first, min([act.checked, *ends])))

    def _signature(self, act: Act) -> Change:
        day = act.done or Day(self.rules.opened.last, act.checked)
        articles = _articles(self.rules.signature_article)
        return Change(day, {"word": "signatory"}, say.signed(act, self.rules), articles, act, undated=not act.done)

    def _succession(self, act: Act) -> Change:
        day = act.in_effect or self._undated(act)
        alters = {"word": "party", "succession": True, "consenting": False}
        return Change(day, alters, say.succeeded(act, self.rules), (), act, undated=act.in_effect is None)

    def _consent(self, act: Act) -> Iterator[Change]:
        entry = self._entry(act)
        deposit = _articles(self.rules.consent_article)
        if act.done is not None and entry != act.done:
            given: dict[str, object] = {"consenting": True, "entry": entry}
            yield Change(act.done, given, say.consented(act, self.rules, entry), deposit, act)
        if entry is None and act.done is not None:
            return
        alters: dict[str, object] = {"word": "party", "consenting": False, "entry": None, "provisional": False}
        clock = self.rules.entry
        articles = _articles(clock.article if clock and act.done else "")
        because = say.entered(act, self.rules, entry)
        by_clock = act.in_effect is None and act.done is not None
        undated = entry is None
        yield Change(entry or self._undated(act), alters, because, articles, act, by_clock, undated)

    def _entry(self, act: Act) -> Day | None:
        """When a consent takes effect; None where neither a source nor the rules say, or it could not be known."""
        if act.in_effect is not None:
            return act.in_effect
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

    def _notice(self, act: Act, revoked: Day | None) -> Iterator[Change]:
        leaves = self._exit(act)
        articles = say_exit.articles(act, self.rules, leaves)
        if act.done is not None:
            because = say_exit.noticed(act, self.rules, leaves)
            done = Day(max(act.done.first, min(self.rules.opened.last, act.done.last)), act.done.last)
            given = _articles(self.rules.exit.notice_article if self.rules.exit else "", *articles)
            yield Change(done, {"word": "leaving", "exit": leaves}, because, given, act)
        if leaves is None or (revoked is not None and revoked.first < leaves.last):
            return  # a notice that was taken back by a day that may have come before the exit has led to none
        alters = {"word": "left", "exit": None, "suspended": None, "provisional": False}
        because = say_exit.left(act, self.rules, leaves)
        yield Change(leaves, alters, because, articles, act, by_clock=act.in_effect is None)

    def _exit(self, act: Act) -> Day | None:
        rule = self.rules.exit
        if act.in_effect is not None:
            return act.in_effect
        if rule is None or act.done is None:
            return None
        return leave(rule, act.done, self.conflicts)

    def _revoked_by(self, number: int) -> Day | None:
        later = (act.done for act in self.acts[number + 1 :] if act.kind == "revocation" and act.done)
        return next(later, None)

    def _revocation(self, act: Act) -> Change:
        day = act.done or self._undated(act)
        return Change(day, {"word": "party", "exit": None}, say.revoked(act, self.rules), (), act, undated=not act.done)

    def _suspension(self, act: Act) -> Change:
        day = act.in_effect or act.done or self._undated(act)
        claimed = act.kind == "suspension_claimed"
        alters = {"suspended": (act.contest or "") if claimed else None}
        because = say.suspended(act) if claimed else say.resumed(act)
        return Change(day, alters, because, (), act, undated=not (act.in_effect or act.done))


def _in_force_known(book: Book, as_known: date | None) -> bool:
    """Whether it could be known on a day when the treaty itself enters into force: from the last deposit it needs."""
    rules = book.rules
    if as_known is None or rules.in_force is None or as_known >= rules.in_force:
        return True
    if rules.threshold is None:
        return False
    known = sum(act.kind in CONSENTS and (act.known_from() or date.max) <= as_known for act in book.acts)
    return known >= rules.threshold.instruments


def _articles(*articles: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for article in articles if article))


def told(changes: Iterable[Change]) -> Bond:
    """The bond after some changes."""
    bond = Bond()
    for change in changes:
        bond = change.after(bond)
    return bond
