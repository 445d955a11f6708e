"""Who stands how under a treaty on a day, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assay.law.book import CONSENTS, Book
from assay.law.days import say_date
from assay.law.knowledge import known_acts
from assay.law.standing import Standing, standing
from assay.law.states import states


@dataclass(frozen=True, slots=True)
class Roll:
    """The states of a treaty on a day, by three letters."""

    treaty: str
    on: date
    as_known: date | None
    parties: tuple[str, ...]
    """Bound for certain: parties, those that are leaving included."""
    signatories: tuple[str, ...]
    """Signed and not bound."""
    leaving: tuple[str, ...]
    """Bound, with a notice running."""
    left: tuple[str, ...]
    consenting: tuple[str, ...]
    """Consent given, not yet in force; not among the parties."""
    undecided: tuple[str, ...]
    """Whether they are bound turns on a partial date or a contested fact; not among the parties."""
    outside: tuple[str, ...]
    """Neither signed nor bound, among the states on record."""
    signed: int | None
    """How many had signed by the day, bound or not: the number that depositaries publish.

    None where the acts on record do not tell: not of all states, or of some only that they consented.
    """
    complete: bool
    """Whether the acts of all states are on record; else the counts are of those that are."""
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int | None]:
        """How many there are of each kind. `consented` are parties with those whose consent is not yet in force."""
        kinds = ("parties", "signatories", "leaving", "left", "consenting", "undecided", "outside")
        found: dict[str, int | None] = {kind: len(getattr(self, kind)) for kind in kinds}
        consented = {*self.parties, *self.consenting}
        return found | {"signed": self.signed, "consented": len(consented)}


def roll(book: Book, on: date, as_known: date | None = None) -> Roll:
    """The roll of a treaty on a day, as could be known on a day."""
    actors = book.rules.covers if book.rules.covers is not None else tuple(states())
    acted = {act.actor for act in book.acts}
    all_of = {iso: standing(book, iso, on, as_known) for iso in sorted(actors) if iso in acted}
    bound = {iso for iso, found in all_of.items() if found.bound}
    undecided = {iso for iso, found in all_of.items() if found.bound is None}
    signatories = _where(all_of, "signatory") - undecided
    left = _where(all_of, "left") - undecided
    consenting = {iso for iso, found in all_of.items() if found.consenting and iso not in bound}
    return Roll(
        treaty=book.treaty,
        on=on,
        as_known=as_known,
        parties=tuple(sorted(bound)),
        signatories=tuple(sorted(signatories)),
        leaving=tuple(sorted(_where(all_of, "leaving") & bound)),
        left=tuple(sorted(left)),
        consenting=tuple(sorted(consenting)),
        undecided=tuple(sorted(undecided)),
        outside=tuple(sorted(set(actors) - bound - undecided - signatories - left)),
        signed=sum(_had_signed(book, iso, on, as_known) for iso in all_of) if _signatures_known(book) else None,
        complete=book.rules.covers is None,
        notes=(*_notes(book, on, all_of, undecided), *book.rules.notes_known(as_known)),
    )


def _where(all_of: dict[str, Standing], word: str) -> set[str]:
    return {iso for iso, found in all_of.items() if found.word == word}


def _signatures_known(book: Book) -> bool:
    """Whether all signatures are on record; of a state known to have consented, and not how, they need not be."""
    return book.rules.covers is None and all(act.kind != "consent" for act in book.acts)


def _had_signed(book: Book, actor: str, on: date, as_known: date | None) -> bool:
    return any(
        act.kind == "signature" and (act.done or book.rules.opened).last <= on
        for act in known_acts(book, actor, as_known)
    )


def _notes(book: Book, on: date, all_of: dict[str, Standing], undecided: set[str]) -> list[str]:
    notes = []
    if book.rules.covers is not None:
        notes.append(f"Only the acts of {len(book.rules.covers)} states are on record; the counts are of those.")
    if not _signatures_known(book):
        notes.append("How many had signed is not on record.")
    undated = [iso for iso, found in all_of.items() if found.undated]
    if undated:
        notes.append(f"Since when is not on record for {len(undated)}: {', '.join(undated)}.")
    if undecided:
        notes.append("Undecided by a partial date or a contested fact: " + ", ".join(sorted(undecided)) + ".")
    open_ended = [iso for iso, found in all_of.items() if found.consenting and found.entry is None]
    if open_ended:
        told = ", ".join(open_ended)
        notes.append(f"When, and whether, the consent of these has taken effect is not on record: {told}.")
    notes += _suspensions(book, all_of)
    if on > book.rules.checked:
        notes.append(f"Later acts are not on record: the list was last checked on {say_date(book.rules.checked)}.")
    return notes


def _suspensions(book: Book, all_of: dict[str, Standing]) -> list[str]:
    """Of parties that claim to have suspended the treaty: they are counted, whether or not anybody contests it."""
    suspended = {iso: found for iso, found in all_of.items() if found.suspended}
    contested = [iso for iso, found in suspended.items() if found.suspension_question]
    others = ", ".join(iso for iso in suspended if iso not in contested)
    told = []
    if contested:
        told.append("A suspension is claimed, and contested, by " + ", ".join(contested) + "; counted as bound.")
    if others and book.rules.suspension_allowed:
        told.append(f"The treaty is suspended, as it allows, by {others}; counted as parties, which they remain.")
    elif others:
        told.append(f"A suspension is claimed by {others}; counted as bound.")
    return told


def consents_by_year(book: Book) -> dict[int, int]:
    """How many states consented to be bound in each year, also if they left; without dates that leave the year open."""
    found: dict[int, int] = {}
    for act in book.acts:
        if (
            (act.kind in CONSENTS or act.kind == "succession")
            and act.done
            and act.done.first.year == act.done.last.year
        ):
            found[act.done.first.year] = found.get(act.done.first.year, 0) + 1
    return dict(sorted(found.items()))
