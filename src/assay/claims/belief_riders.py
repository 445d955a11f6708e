"""Riders on what beliefs do: other grids for them, no learning from moves, and no misperception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assay.claims.compared import Compared, compare
from assay.claims.evidence import Again, Audit
from assay.claims.say import listed, of, percent
from assay.claims.verdict import Rider, Verdict


def belief_riders(found: Verdict, audit: Audit) -> Iterator[Rider]:
    """What becomes of a claim in the audited draws when one thing about beliefs is otherwise."""
    grids = [(each, compare(audit.selected, each, found.claim)) for each in audit.grids]
    if any(compared.audited for _, compared in grids):
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
    text = f"with {each.how} "
    if not compared.draws:
        return text + compared.nothing_said
    text += f"it comes out otherwise in {of(int(compared.differ.sum()), compared.draws)} audited"
    largest = compared.largest
    text += "" if largest is None else f", and what is compared moves by at most {largest:.2g}"
    return text + (f" ({compared.left_out.strip().rstrip('.')})" if compared.unsolved else "")


def _without(kind: str, begin: str, selected: Again, other: Again, found: Verdict) -> Iterator[Rider]:
    """The share with and without something, on the same draws."""
    compared = compare(selected, other, found.claim)
    if not compared.audited:
        return
    if compared.draws:
        text = f"{begin}, it would {_would(compared)}{compared.left_out}"
        (here, there), (one, changed) = compared.shares, compared.words
        loose, other_loose = compared.loose_shares
        data = {"with": here, "without": there, "word": one, "other": changed}
        data |= {"loose_with": loose, "loose_without": other_loose}
    else:
        text = f"{begin}: {compared.nothing_said}."
        data = dict.fromkeys(("with", "without", "word", "other", "loose_with", "loose_without"))
    yield Rider(kind, text, {**_numbers(compared), **data})


def _would(compared: Compared) -> str:
    """What would be: the shares of the readings that move, the reading named where a draw tells them apart."""
    audited = f"of the {compared.draws:,} draws audited" if compared.draws > 1 else "of the one draw audited"
    if not compared.differ.any():
        return f"come out the same in all {audited}."
    readings = {"strict": compared.shares, "loose": compared.loose_shares}
    shown = {name: (percent(here), percent(there)) for name, (here, there) in readings.items()}
    shown = shown if compared.read_apart else {"": shown["strict"]}
    moved = [f"{_read(name)} in {there} instead of {here}" for name, (here, there) in shown.items() if here != there]
    if moved:
        return f"hold{' and'.join(moved)} {audited}; {compared.word_said}"
    stays = listed([here + _read(name).replace(",", "") for name, (here, _) in shown.items()])
    share = "shares" if len(shown) > 1 else "share"
    otherwise = of(int(compared.differ.sum()), compared.draws)
    return f"come out otherwise in {otherwise} audited, which leaves the {share} at {stays}; {compared.word_said}"


def _read(reading: str) -> str:
    return f", read {reading}ly," if reading else ""


def _numbers(compared: Compared) -> dict[str, Any]:
    return {
        "draws": compared.draws,
        "unsolved": compared.unsolved,
        "differ": compared.share_differing,
        "largest": compared.largest,
        "words": list(compared.words) if compared.draws else [],
    }
