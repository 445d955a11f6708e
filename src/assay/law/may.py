"""Whether a state may do something under a treaty on a day: yes, no or disputed, with articles, for each side of it.

    may(book, "transfer", "POL", date(2026, 3, 1), to="UKR")  # one answer for giver, transit and receiver each

The answer is about this treaty alone: *yes* means that it does not bar the act. Where a state is bound or not
depending on a contested point (a suspension that others reject) or on a partial date, the answer is *disputed*; so it
is where the rules name a contested point for the role itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assay.errors import InputError, Problem, suggestion
from assay.law import say
from assay.law.book import Bar, Book, Position, Role
from assay.law.standing import Standing, standing
from assay.law.states import name


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one side of an act is barred to whoever plays it."""

    role: str
    """`giver`, `transit` or `receiver` in an act between several; else `actor`."""
    actor: str | None
    """Three letters; None for any party that lets it pass, where nobody is named."""
    answer: str
    """`yes` (this treaty does not bar it), `no` or `disputed`."""
    articles: tuple[str, ...]
    because: tuple[str, ...]
    contested: tuple[Position, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked: the act, and how everybody stands who is named in it; empty where not all are."""

    act: str
    as_known: date | None
    sides: tuple[Standing, ...] = ()

    @property
    def outsiders(self) -> bool:
        """Whether some side may be a state that the treaty does not bind."""
        return not self.sides or any(not found.bound for found in self.sides)


def acts(book: Book) -> tuple[str, ...]:
    """The acts of which a treaty's rules speak."""
    return tuple(dict.fromkeys(bar.act for bar in book.rules.bars))


def may(
    book: Book,
    act: str,
    actor: str,
    on: date,
    to: str | None = None,
    as_known: date | None = None,
    through: Iterable[str] | None = None,
) -> tuple[Answer, ...]:
    """Whether `actor` may do `act` on a day, with or for `to`, by way of the states in `through`.

    One answer for each side: the giver, each state that lets it pass (a party that nobody named, where `through` is
    None), the receiver. Of an act that is help to others (to assist), `to` is whom it helps, and the answer is the
    helper's alone. Raises `InputError` for an unknown state, or an act of which the rules do not speak.
    """
    _check(book, act)
    roles = {role.name: role for role in book.rules.roles.get(act, ())}
    if to is None and through is None:
        return (_answer(book, Role("actor", act), _Asked(act, as_known), standing(book, actor, on, as_known)),)
    if not roles:
        helps = any(bar.act == act and bar.of_others for bar in book.rules.bars)
        if to is None or through is not None or not helps:
            raise InputError(list(_not_between(book, act, to if not helps else None, through)))
        return (_helping(book, act, standing(book, actor, on, as_known), standing(book, to, on, as_known)),)
    named = [("giver", actor), *(("transit", state) for state in through or ()), *([("receiver", to)] if to else [])]
    sides = [(side, standing(book, state, on, as_known)) for side, state in named]
    asked = _Asked(act, as_known, tuple(found for _, found in sides) if to else ())
    answers = [_answer(book, roles.get(side, Role(side, act)), asked, found) for side, found in sides]
    if through is None:
        answers[1:1] = _anybody(book, roles, asked, on, as_known)
    return tuple(answers)


def whole(answers: Iterable[Answer]) -> str:
    """One word for an act of several sides: `no` if any named side may not, else `disputed` if any is, else `yes`."""
    found = {answer.answer for answer in answers if answer.actor is not None}
    return next((word for word in ("no", "disputed") if word in found), "yes")


def barred(book: Book, act: str, actor: str | None = None) -> tuple[str, ...]:
    """The articles that bar an act to a party; empty where none does. `actor`: to this party, where it differs.

    Raises `InputError` for an act of which the rules do not speak.
    """
    _check(book, act)
    return tuple(dict.fromkeys(bar.article for bar in book.rules.bars if bar.act == act and _binds(bar, actor)))


def _check(book: Book, act: str) -> None:
    known = acts(book)
    if act in known:
        return
    if not known:
        found = f"the rules of {book.treaty} here bar no acts: what its articles bar is not on record"
        raise InputError([Problem(f"{book.folder}/rules.yaml", None, None, "bars", found, "another treaty")])
    raise InputError([Problem(act, None, None, "", f"not an act of {book.treaty}", suggestion(act, known))])


def _not_between(book: Book, act: str, to: str | None, through: Iterable[str] | None) -> Iterator[Problem]:
    """What is wrong with asking of several states where an act has no roles: each option by its name."""
    given = [option for option, value in (("--to", to), ("--through", through)) if value is not None]
    between = ", ".join(book.rules.roles) or "no act of this treaty"
    for option in given:
        found = f"{act!r}, which is nothing between several states"
        yield Problem(option, None, None, "", found, f"between several: {between}")


def _binds(bar: Bar, actor: str | None, to: str | None = None) -> bool:
    return actor is None or ((not bar.who or actor in bar.who) and actor not in bar.not_who and to not in bar.not_to)


def _articles(
    book: Book, role: str, act: str, article: str, actor: str | None, to: str | None = None
) -> tuple[str, ...]:
    """The articles that bar an act, and among several sides the duty not to assist the others."""
    own = [bar.article for bar in book.rules.bars if bar.act == act and _binds(bar, actor, to)]
    if not own:
        return ()
    of_others = (
        [bar.article for bar in book.rules.bars if bar.of_others and _binds(bar, actor)] if role != "actor" else []
    )
    return tuple(dict.fromkeys([*own, *([article] if article else []), *of_others]))


def _helping(book: Book, act: str, found: Standing, helped: Standing) -> Answer:
    """What help to others means for who gives it: it is the helper's duty, however the other stands."""
    answer = _answer(book, Role("actor", act), _Asked(act, found.as_known, (helped,)), found, helped.actor)
    whom = f"The help would be for {name(helped.actor)}, whose own standing is: {' or '.join(helped.possible)}."
    return replace(answer, because=(answer.because[0], whom, *answer.because[1:]))


def _answer(book: Book, side: Role, asked: _Asked, found: Standing, to: str | None = None) -> Answer:
    """What the act that was asked about means for who has a role in it."""
    role, act = side.name, side.act
    articles = _articles(book, role, act, side.article, found.actor, to)
    who = say.start(name(found.actor))
    if not articles:
        because = (f"The treaty does not bar this to {name(found.actor)}.",)
        return Answer(role, found.actor, "yes", (), because, (), _allowances(book, act, asked))
    if found.bound is False and not (found.provisional and _provisionally(book, act)):
        freed = (f"{who} is not bound by {book.treaty}: {found.word}.", *found.because)
        return Answer(role, found.actor, "yes", found.articles, freed, found.contested, _free_notes(book, found))
    if found.suspended and book.rules.suspension_allowed and not found.suspension_question:
        return Answer(role, found.actor, "yes", (), (f"{who} has suspended the treaty, as it allows.", *found.because))
    unsettled = found.bound is None or found.suspended
    held = _held_of(book, side, found.as_known)
    if held:
        bars = say.barred_open(name(found.actor), role, articles, bound=None if unsettled else found.bound)
    elif unsettled:
        bars = say.barred_if(name(found.actor), act, articles)
    else:
        bars = say.barred(who, act, articles, provisional=found.bound is False)
    return Answer(
        role,
        found.actor,
        "disputed" if unsettled or held else "no",
        articles,
        (bars, *found.because),
        (*held, *(found.contested if unsettled else ())),
        (*_limits(book, act, asked), *(found.notes if found.bound is None else ())),
    )


def _held_of(book: Book, side: Role, as_known: date | None) -> tuple[Position, ...]:
    """Who holds what of the question whether an act is barred to a role; empty where the rules leave it settled."""
    positions = book.contests[side.contest].positions if side.contest else ()
    return tuple(one for one in positions if as_known is None or one.known_from is None or one.known_from <= as_known)


def _provisionally(book: Book, act: str) -> bool:
    return book.rules.provisional is not None and act in book.rules.provisional[1]


def _anybody(book: Book, roles: dict[str, Role], asked: _Asked, on: date, as_known: date | None) -> list[Answer]:
    """The answer for a party that lets it pass, whoever it is."""
    role = roles.get("transit")
    articles = _articles(book, "transit", role.act, role.article, None) if role else ()
    in_force = book.rules.in_force
    if role is None or not articles or (in_force and on < in_force) or (book.rules.ended and on >= book.rules.ended):
        return []
    who, held = "a party through whose territory it passes", _held_of(book, role, as_known)
    if held:
        because = say.barred_open(who, role.name, articles, bound=True)
    else:
        because = say.barred(say.start(who), role.act, articles)
    return [
        Answer(
            "transit",
            None,
            "disputed" if held else "no",
            articles,
            (because,),
            held,
            ("A state that is not a party is not bound.", *_limits(book, role.act, asked)),
        )
    ]


def _limits(book: Book, act: str, asked: _Asked) -> tuple[str, ...]:
    """Exceptions, what the treaty does not cover, and what its rules leave open here and of the act asked about."""
    outside = say.outside(book.rules)
    notes, more = book.rules.notes_known(asked.as_known), book.rules.act_notes.get(asked.act, ())
    return (*_allowances(book, act, asked), *([outside] if outside else []), *notes, *more)


def _allowances(book: Book, act: str, asked: _Asked) -> tuple[str, ...]:
    """The exceptions to what a side does, and to the act between several that it has a part in."""
    found = [one for one in book.rules.allowances if act in one.acts or asked.act in one.acts]
    return tuple(say.allowance(one) for one in found if asked.outsiders or not one.outsiders)


def _free_notes(book: Book, found: Standing) -> tuple[str, ...]:
    """What binds a state that the treaty does not bind."""
    notes = [say.still(rest) for rest in found.still_binds]
    if found.word == "signatory" or found.consenting:
        notes += [say.duty(duty) for duty in book.rules.duties if duty.soft]
    return tuple(notes)
