"""Whether a verdict holds on the selected equilibrium, on every one found, or depends on which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from assay.claims.compared import differs, sample_word, share_in
from assay.claims.decide import Bools
from assay.claims.evidence import Again, Audit
from assay.claims.say import of, percent
from assay.claims.verdict import Rider, Truth, Verdict


def equilibria(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """Whether a verdict holds on the selected equilibrium, on every one found, or depends on which.

    Nothing where no start leads elsewhere by construction: a game in which one mover without types chooses at a time.
    """
    starts = [each for each in audit.starts if found.claim in each.truths]
    if not starts:
        return
    selected = audit.tight or audit.selected
    held, differ, shares, words = _on_each(selected, starts, found.claim)
    draws = held.shape[1]
    several = 0 if audit.equilibria is None else int((audit.equilibria > 1).sum())
    data = {
        "depends": int(differ.sum()),
        "several": None if audit.equilibria is None else several,
        "draws": draws,
        "starts": len(starts),
        "words": words,
        "low": min(shares),
        "high": max(shares),
        "on_selected": float(held[0].mean()),
        "on_every": float(held.all(axis=0).mean()),
        "on_some": float(held.any(axis=0).mean()),
    }
    if differ.any():
        yield Rider("equilibria", _depends(data, several), data)
    elif several:
        text = f"Several equilibria in {of(several, draws)} audited, found from {len(starts)} starts"
        yield Rider("equilibria", f"{text}; it comes out the same on every one found.", data)
    elif len(starts) > 1:
        each = "in the draw" if draws == 1 else f"in each of {draws:,} draws"
        text = f"One equilibrium found {each} audited, from {len(starts)} starts."
        yield Rider("equilibria", text, data)


def _on_each(selected: Again, starts: Sequence[Again], claim: str) -> tuple[Bools, Bools, list[float], list[str]]:
    """Where a claim holds on the selected equilibrium and from each start (1 + starts, D), where it depends on which
    (D,), and the shares and words of each. A start that did not solve a draw says of it what the selected one says.
    """
    base = selected.truths[claim]
    truths = [base, *(_filled_in(each, base) for each in starts)]
    differ = np.logical_or.reduce([differs(base, each) for each in truths])
    shares = [share_in(each.strict, ~each.vacuous) for each in truths]
    return np.stack([each.strict for each in truths]), differ, shares, sorted({sample_word(each) for each in truths})


def _filled_in(each: Again, base: Truth) -> Truth:
    truth = each.truths[base.claim]
    if each.missed is None:
        return truth
    strict, loose, vacuous = (
        np.where(each.missed, getattr(base, name), getattr(truth, name)) for name in ("strict", "loose", "vacuous")
    )
    return Truth(base.claim, strict, loose, vacuous, truth.quantities)


def _depends(data: Mapping[str, Any], several: int) -> str:
    text = f"Depends on which equilibrium in {of(data['depends'], data['draws'])} audited, from {data['starts']} starts"
    text += f" ({several:,} have several)" if several > data["depends"] else ""
    low, high = percent(data["low"]), percent(data["high"])
    text += f": the share stays at {low}, " if low == high else f": the share is from {low} to {high}, "
    words = data["words"]
    text += "the word is the same on every one found" if len(words) == 1 else f"the word {' or '.join(words)}"
    selected, every, some = (percent(data[key]) for key in ("on_selected", "on_every", "on_some"))
    return f"{text}. It holds in {selected} of them on the selected one, in {every} on every one, in {some} on some."
