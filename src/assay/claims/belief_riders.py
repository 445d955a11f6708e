"""Riders on what beliefs do: other grids for them, no learning from moves, and no misperception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assay.claims.compared import Compared, compare
from assay.claims.evidence import Again, Audit
from assay.claims.say import of, percent
from assay.claims.verdict import Rider, Verdict


def belief_riders(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """What becomes of a claim in the audited draws when one thing about beliefs is otherwise."""
    grids = [(each, compare(audit.selected, each, found.claim)) for each in audit.grids]
    if any(compared.draws for _, compared in grids):
        said = [_on_grid(each, compared) for each, compared in grids]
        data = {"grids": [{"grid": each.how, **_numbers(compared)} for each, compared in grids]}
        yield Rider("grid", f"On another grid of beliefs: {'; '.join(said)}.", data)
    if audit.unlearning is not None:
        yield from _without(
            "learning", "If nobody drew conclusions from moves", audit.selected, audit.unlearning, found
        )
    if audit.seeing is not None:
        yield from _without("misperception", f"If everybody {audit.seeing.how}", audit.selected, audit.seeing, found)


def _on_grid(each: Again, compared: Compared) -> str:
    """`with 13 nodes instead of 7 it comes out otherwise in 1 of 16 draws audited, ...`."""
    text = f"with {each.how} it comes out otherwise in {of(int(compared.differ.sum()), compared.draws)} audited"
    largest = compared.largest
    return text if largest is None else f"{text}, and what is compared moves by at most {largest:.2g}"


def _without(kind: str, begin: str, selected: Again, other: Again, found: Verdict) -> Iterator[Rider]:
    """The share with and without something, on the same draws."""
    compared = compare(selected, other, found.claim)
    if not compared.draws:
        return
    here, there = compared.shares
    one, changed = compared.words
    audited = f"of the {compared.draws:,} draws audited" if compared.draws > 1 else "of the one draw audited"
    if not compared.differ.any():
        text = f"{begin}, it would come out the same in all {audited}."
    else:
        text = f"{begin}, it would hold in {percent(there)} instead of {percent(here)} {audited}; {compared.word_said}"
    yield Rider(kind, text, {**_numbers(compared), "with": here, "without": there, "word": one, "other": changed})


def _numbers(compared: Compared) -> dict[str, Any]:
    return {
        "draws": compared.draws,
        "unsolved": compared.unsolved,
        "differ": float(compared.differ.mean()) if compared.draws else 0.0,
        "largest": compared.largest,
        "words": list(compared.words) if compared.draws else [],
    }
