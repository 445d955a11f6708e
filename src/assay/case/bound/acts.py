"""Moves that are acts in law: when they are there, and what they change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from assay.case.bound.standing import Bound
from assay.case.checks.context import Spot
from assay.case.order import Joint, Move
from assay.documents.locate import Path
from assay.errors import suggestion
from assay.formula.ast import Comparison, Formula, Logic, Name, Node
from assay.formula.text import text
from assay.law.book import Book
from assay.law.calendar import MOVES, LegalMove
from assay.law.may import acts, barred

Note = Callable[..., None]
"""Notes a problem: path, found, expected; `key=True` for the key instead of the value."""


def acting(
    spot: Spot, move: Move, bounds: Mapping[str, Bound], unsure: Mapping[str, Book | None], note: Note
) -> Move | None:
    """The move with what its act means put in; None where something is wrong with it, which is noted.

    `unsure` are variables that could not be bound, with their treaties where these are known: what can be said of an
    act without knowing whose standing it is, is said.
    """
    path = spot.path
    names = (move.of,) if isinstance(move.of, str) else move.of or ()
    if not _complete(path, move, names, note):
        return None
    assert move.act is not None
    wanted = (move.breaks,) if move.breaks is not None else names
    at: Path = (*path, "breaks" if move.breaks is not None else "of")
    listed = move.breaks is None and isinstance(move.of, tuple)
    places = [((*at, index) if listed else at, name) for index, name in enumerate(wanted) if name not in unsure]
    found = [_known(place, name, bounds, unsure, note) for place, name in places]
    good = [each for each in found if each is not None]
    if len(good) < len(found):
        return None
    if not good:
        _doubtful(path, move, [book for name in wanted if (book := unsure[name])], note)
        return None
    if move.breaks is not None:
        return _breach(path, move, good[0], note)
    if move.act in MOVES:
        return _legal(spot, move, good, note)
    return _permitted(path, move, good, note)


def _complete(path: Path, move: Move, names: Sequence[str], note: Note) -> bool:
    """Whether `act`, `of` and `breaks` go together."""
    if move.act is None:
        key = "breaks" if move.breaks is not None else "of"
        note((*path, key), f"`{key}` without `act`", "`act`: what the move is in law", key=True)
    elif move.breaks is not None and names:
        note((*path, "breaks"), "`of` and `breaks` together", "one of them", key=True)
    elif move.breaks is None and not names:
        note((*path, "act"), "`act` without `of`", "`of`, or `breaks`: a variable bound to a treaty", key=True)
    else:
        return True
    return False


def _known(at: Path, name: str, bounds: Mapping[str, Bound], unsure: Collection[str], note: Note) -> Bound | None:
    if name in bounds:
        return bounds[name]
    expected = suggestion(name, [*bounds, *unsure]) or "a variable with `treaty`; the case has none"
    note(at, f"{name!r} is not a variable bound to a treaty", expected)
    return None


def _doubtful(path: Path, move: Move, books: Sequence[Book], note: Note) -> None:
    """What is wrong with an act whoever does it."""
    act = move.act or ""
    for book in books[:1]:
        bars = {name: barred(book, name) for name in acts(book)}
        if move.breaks is not None and act in MOVES:
            _breaks_nothing(path, act, note)
        elif act not in bars and act not in MOVES:
            _unknown(path, act, book, bars, note)
        elif move.breaks is not None and move.cost is None:
            _without_cost(path, book, bars[act], note)


def _legal(spot: Spot, move: Move, found: Sequence[Bound], note: Note) -> Move | None:
    """An act that changes standings: there where the rules allow it for every variable."""
    path = spot.path
    conditions, then = [], dict(move.then)
    for each in found:
        rule = _rule(path, move.act or "", each, note)
        if rule is None or not _may_act(spot, each, note):
            return None
        if each.name in move.then:
            _twice(path, each.name, note)
            return None
        conditions.append(among(each, rule.before))
        then[each.name] = rule.after
    return move.model_copy(update={"when": joined(move.when, conditions), "then": then})


def _rule(path: Path, act: str, each: Bound, note: Note) -> LegalMove | None:
    rule = next((rule for rule in each.moves if rule.act == act), None)
    if rule is None and each.early is not None and act in ("accede", "ratify"):
        found = f"{act!r} in a case that starts before {each.book.treaty} is in force: waits would differ by period"
        note((*path, "act"), found, f"a first day from {each.early} on, or a variable of your own")
    elif rule is None:
        known = ", ".join(rule.act for rule in each.moves) or "no act"
        found = f"{act!r}, which the rules of {each.book.treaty} do not know for {', '.join(each.states)}"
        note((*path, "act"), found, f"what they know: {known}")
    return rule


def _may_act(spot: Spot, each: Bound, note: Note) -> bool:
    if spot.mover in each.actors:
        return True
    found = f"an act for {each.name!r} by {spot.mover!r}"
    note((*spot.path, "of"), found, f"a move of {' or '.join(each.actors) or 'nobody in this case'}")
    return False


def _twice(path: Path, name: str, note: Note) -> None:
    note((*path, "then", name), f"`then` sets {name!r} beside the act", "the rules say what the act does", key=True)


def _permitted(path: Path, move: Move, found: Sequence[Bound], note: Note) -> Move | None:
    """An act that treaties bar: there where none of them binds."""
    each_bars = [_barred(path, move.act or "", each, note) for each in found]  # all are asked, also after a refusal
    if not all(each_bars):
        return None
    conditions = [among(each, each.free) for each in found]
    return move.model_copy(update={"when": joined(move.when, conditions)})


def _breach(path: Path, move: Move, each: Bound, note: Note) -> Move | None:
    """An act that a treaty bars, done while it binds."""
    if move.act in MOVES:
        _breaks_nothing(path, move.act or "", note)
        return None
    if not _barred(path, move.act or "", each, note):
        return None
    if move.cost is None:
        _without_cost(path, each.book, each.bars[move.act or ""], note)
        return None
    return move.model_copy(update={"when": joined(move.when, [among(each, each.binding)])})


def _barred(path: Path, act: str, each: Bound, note: Note) -> bool:
    if each.bars.get(act):
        return True
    if act in each.bars:
        found = f"{act!r}, which {each.book.treaty} does not bar to {', '.join(each.states)}"
        note((*path, "act"), found, _acts(act, each.book, each.bars))
    else:
        _unknown(path, act, each.book, each.bars, note)
    return False


def _unknown(path: Path, act: str, book: Book, bars: Mapping[str, tuple[str, ...]], note: Note) -> None:
    found = f"{act!r}, an act that the rules of {book.treaty} do not know"
    note((*path, "act"), found, _acts(act, book, bars))


def _breaks_nothing(path: Path, act: str, note: Note) -> None:
    note((*path, "breaks"), f"{act!r}, which changes a standing and breaks nothing", "`of` instead", key=True)


def _without_cost(path: Path, book: Book, articles: Sequence[str], note: Note) -> None:
    found = f"a breach of {book.treaty} (Article {', '.join(articles)}) without a cost"
    note((*path, "breaks"), found, "`cost`: what the breach costs who commits it; 0 if nothing", key=True)


def _acts(act: str, book: Book, bars: Mapping[str, tuple[str, ...]]) -> str:
    known = [name for name, articles in bars.items() if articles]
    hint = suggestion(act, [*known, *MOVES])
    if hint.startswith("did you mean"):
        return hint
    return f"barred by {book.treaty}: {', '.join(known) or 'nothing'}; changing a standing: {', '.join(MOVES)}"


def among(each: Bound, values: Sequence[str]) -> Node:
    """The condition that a bound variable has one of some values, in the shorter of two ways."""
    others = [value for value in each.values if value not in values]
    if len(values) <= len(others):
        return either(each.name, values)
    apart = tuple(Comparison("!=", Name(each.name), Name(value)) for value in others)
    return apart[0] if len(apart) == 1 else Logic("and", apart)


def either(name: str, values: Sequence[str]) -> Node:
    """The condition that a variable has one of some values."""
    each = tuple(Comparison("==", Name(name), Name(value)) for value in values)
    return each[0] if len(each) == 1 else Logic("or", each)


def joined(given: Formula | None, conditions: Sequence[Node]) -> Formula:
    """The author's condition and those of the rules. The author's part keeps its places in the author's text."""
    parts: list[Node] = []
    for part in (*([given.node] if given is not None else []), *conditions):
        parts += part.operands if isinstance(part, Logic) and part.operator == "and" else [part]
    node = parts[0] if len(parts) == 1 else Logic("and", tuple(parts))
    return Formula(text(node), node)


def changed_otherwise(spots: Sequence[Spot], bounds: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Where something else than an act or a clock sets a bound variable."""
    for spot in spots:
        own = spot.effect.of if isinstance(spot.effect, Move) else None
        for name in spot.effect.then:
            if name in bounds and name not in ((own,) if isinstance(own, str) else own or ()):
                yield (*spot.path, "then", name), name
        if isinstance(spot.effect, Joint) and spot.effect.sets in bounds:
            yield (*spot.path, "sets"), spot.effect.sets or ""
