"""Whether a verdict holds on the selected equilibrium, on every one found, or depends on which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assay.claims.compared import differs, sample_word, share_in
from assay.claims.decide import Bools
from assay.claims.evidence import Again, Audit
from assay.claims.say import of, percent
from assay.claims.verdict import Rider, Truth, Verdict

Counts: TypeAlias = NDArray[np.int64]


def equilibria(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """Whether a verdict holds on the selected equilibrium, on every one found, or depends on which.

    Nothing where no start leads elsewhere by construction: a game in which one mover without types chooses at a time.
    """
    starts = [each for each in audit.starts if found.claim in each.truths]
    if not starts:
        return
    selected = audit.tight or audit.selected
    each = _on_each([selected, *starts], found.claim)
    held = np.stack([truth.strict for truth in each])
    depends = np.logical_or.reduce([differs(each[0], truth) for truth in each])
    shares = [share_in(truth.strict, ~truth.vacuous) for truth in each]
    words = sorted({sample_word(truth) for truth in each})
    draws = held.shape[1]
    several = 0 if audit.equilibria is None else int((audit.equilibria > 1).sum())
    data = {
        "depends": int(depends.sum()),
        "several": None if audit.equilibria is None else several,
        "draws": draws,
        "starts": len(starts),
        "words": words,
        "low": min(shares),
        "high": max(shares),
        "on_selected": float(selected.truths[found.claim].strict.mean()),
        "on_every": float(held.all(axis=0).mean()),
        "on_some": float(held.any(axis=0).mean()),
    }
    if depends.any():
        yield Rider("equilibria", _depends(data, several), data)
    elif several:
        text = f"Several equilibria in {of(several, draws)} audited, found from {len(starts)} starts"
        yield Rider("equilibria", f"{text}; it comes out the same on every one found.", data)
    elif len(starts) > 1:
        yield Rider("equilibria", _one(draws, len(starts), audit.equilibria), data)


def _one(draws: int, starts: int, equilibria: Counts | None) -> str:
    """That no draw has several; a draw that no start solved has none that was found."""
    found = draws if equilibria is None else int((equilibria > 0).sum())
    where = (
        f"in {of(found, draws)}" if found < draws else "in the draw" if draws == 1 else f"in each of {draws:,} draws"
    )
    text = f"One equilibrium found {where} audited, from {starts} starts"
    return f"{text}; elsewhere none was solved to the residual." if found < draws else f"{text}."


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


def _depends(data: Mapping[str, Any], several: int) -> str:
    text = f"Depends on which equilibrium in {of(data['depends'], data['draws'])} audited, from {data['starts']} starts"
    text += f" ({several:,} have several)" if several > data["depends"] else ""
    low, high = percent(data["low"]), percent(data["high"])
    text += f": the share stays at {low}, " if low == high else f": the share is from {low} to {high}, "
    words = data["words"]
    text += "the word is the same on every one found" if len(words) == 1 else f"the word {' or '.join(words)}"
    selected, every, some = (percent(data[key]) for key in ("on_selected", "on_every", "on_some"))
    return f"{text}. It holds in {selected} of them on the selected one, in {every} on every one, in {some} on some."
