"""Whether a verdict holds on the selected equilibrium, on every one found, or depends on which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.claims.compared import differs, left_out, sample_word, share_in, taken
from assay.claims.decide import Bools
from assay.claims.evidence import Again, Audit
from assay.claims.say import each_of, of, percent
from assay.claims.verdict import Rider, Truth, Verdict

Counts: TypeAlias = NDArray[np.int64]


def equilibria(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """Whether a verdict holds on the selected equilibrium, on every one found, or depends on which.

    Of the draws in which two solutions or more met the residual; the others can tell nothing of it, and are counted.
    Nothing where no start leads elsewhere by construction: a game in which one mover without types chooses at a time.
    """
    starts = [each for each in audit.starts if found.claim in each.truths]
    if not starts:
        return
    ways = [audit.tight or audit.selected, *starts]
    compared = _solved_twice(ways, found.claim)
    each = [taken(truth, compared) for truth in _on_each(ways, found.claim)]
    counts = None if audit.equilibria is None else audit.equilibria[compared]
    data = _numbers(each, counts, int((~compared).sum()))
    text = _text(data)
    if data["depends"] or data["several"] or len(starts) > 1:
        yield Rider("equilibria", text, data)


def _solved_twice(ways: Sequence[Again], claim: str) -> Bools:
    """(D,) the draws that two of the ways solved, or more: where fewer did there is nothing to compare."""
    draws = ways[0].truths[claim].strict.size
    return np.asarray(np.sum([each.met(draws) for each in ways], axis=0) > 1)


def _numbers(each: Sequence[Truth], counts: Counts | None, unsolved: int) -> dict[str, Any]:
    """The numbers behind the rider, from a claim on the selected equilibrium and from each start.

    Where no draw could be compared there is no share and no word.
    """
    depends = np.logical_or.reduce([differs(each[0], truth) for truth in each])
    draws = int(depends.size)
    strict, loose = (_shares(each, reading) if draws else dict.fromkeys(SHARES) for reading in ("strict", "loose"))
    moved = any(((truth.strict != each[0].strict) | (truth.vacuous != each[0].vacuous)).any() for truth in each)
    return {
        "depends": int(depends.sum()),
        "several": None if counts is None else int((counts > 1).sum()),
        "draws": draws,
        "unsolved": unsolved,
        "starts": len(each) - 1,
        "words": sorted({sample_word(truth) for truth in each}) if draws else [],
        **strict,
        "loose": loose,
        "reading": "strict" if moved or not depends.any() else "loose",
    }


SHARES = ("low", "high", "on_selected", "on_every", "on_some")


def _shares(each: Sequence[Truth], reading: str) -> dict[str, float]:
    """The lowest and the highest share over the ways, and those on the selected equilibrium, on every one, on some."""
    held = np.stack([getattr(truth, reading) for truth in each])
    shares = [share_in(here, ~truth.vacuous) for here, truth in zip(held, each, strict=True)]
    found = (min(shares), max(shares), held[0].mean(), held.all(axis=0).mean(), held.any(axis=0).mean())
    return {name: float(value) for name, value in zip(SHARES, found, strict=True)}


def _text(data: Mapping[str, Any]) -> str:
    draws, unsolved, starts = data["draws"], data["unsolved"], data["starts"]
    if not draws:
        why = _unsolved(unsolved)
        return f"Equilibria could not be compared in {of(unsolved, unsolved)} audited, from {starts} starts: {why}."
    if data["depends"]:
        text = _depends(data)
    elif data["several"]:
        text = f"Several equilibria in {of(data['several'], draws)} audited, found from {starts} starts"
        text += "; it comes out the same on every one found."
    else:
        text = f"One equilibrium found {each_of(draws)} audited, from {starts} starts."
    return f"{text} {left_out(unsolved, _unsolved(unsolved))}" if unsolved else text


def _unsolved(draws: int) -> str:
    return f"fewer than two of {'its' if draws == 1 else 'their'} solutions met the residual"


def _on_each(ways: Sequence[Again], claim: str) -> list[Truth]:
    """A claim on the selected equilibrium and from each start. Where a way did not solve a draw it says of it what the
    first of those says that did; where none did, what the selected one says.
    """
    truths = [each.truths[claim] for each in ways]
    draws = truths[0].strict.size
    met = np.stack([each.met(draws) for each in ways])
    first = met.argmax(axis=0)

    def filled_in(name: str) -> Bools:
        said = np.stack([getattr(each, name) for each in truths])
        return np.where(met, said, said[first, np.arange(draws)])

    strict, loose, vacuous = (filled_in(name) for name in ("strict", "loose", "vacuous"))
    return [Truth(claim, strict[n], loose[n], vacuous[n], each.quantities) for n, each in enumerate(truths)]


def _depends(data: Mapping[str, Any]) -> str:
    """That it depends on which, with the shares of the strict reading, or of the loose one where only that moves."""
    several = data["several"] or 0
    text = f"Depends on which equilibrium in {of(data['depends'], data['draws'])} audited, from {data['starts']} starts"
    text += f" ({several:,} have several)" if several > data["depends"] else ""
    loose = data["reading"] == "loose"
    shares = data["loose"] if loose else data
    low, high = percent(shares["low"]), percent(shares["high"])
    text += ": read loosely, the share " if loose else ": the share "
    text += f"stays at {low}, " if low == high else f"is from {low} to {high}, "
    words = data["words"]
    text += "the word is the same on every one found" if len(words) == 1 else f"the word {' or '.join(words)}"
    selected, every, some = (percent(shares[key]) for key in ("on_selected", "on_every", "on_some"))
    return f"{text}. It holds in {selected} of them on the selected one, in {every} on every one, in {some} on some."
