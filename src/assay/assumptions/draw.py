"""From a case and a seed to draws: complete vectors of assumptions.

A draw's value depends on the seed, the assumption's name (its column's: `take.revisionist`, where there is a number for
each type) and the draw's index alone. The numbers come from a
counter-based generator (Philox; Salmon et al. 2011) keyed by the seed and the name, so draw one million costs no more
than draw one, and a further assumption leaves the others as they were. Every perspective reads the same uniform
numbers through its own distributions (common random numbers): a difference between perspectives is a difference of
assumptions. Draws are independent, as Wilson intervals presume; no low-discrepancy design.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.assumptions.dependence import correlate, groups
from assay.assumptions.distributions import median, quantile
from assay.assumptions.perspectives import alternatives_of, reading
from assay.case.assumptions import Distribution
from assay.case.model import Case

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WORDS = 4
"""64-bit words that the generator gives per step of its counter."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws of one perspective. D is their number; every array has shape (D,)."""

    perspective: str
    seed: int | None
    """The seed they come from; None for draws that were given (a table, the centre)."""
    index: Ints
    """Number of each draw. Draws of different perspectives with the same seed and index share their random numbers."""
    values: Mapping[str, Floats]
    """Assumption to its values, for all assumptions that are numbers, in the case's order; a number for each type is
    one for each, `take.secure` and `take.revisionist`."""
    alternatives: Mapping[str, tuple[tuple[str, ...], Ints]] = field(default_factory=dict)
    """Structural alternatives: assumption to the alternatives' names and each draw's code (index of the name)."""
    order: tuple[str, ...] = ()
    """Names of all assumptions in the case's order."""
    labels: tuple[str, ...] = ()
    """Names of the draws, by number, where a table gave them names."""

    def __len__(self) -> int:
        return len(self.index)

    def take(self, positions: NDArray[Any]) -> Draws:
        """The draws at these positions (integers, or a truth per draw), as draws of the same perspective."""
        return Draws(
            self.perspective,
            self.seed,
            self.index[positions],
            {name: values[positions] for name, values in self.values.items()},
            {name: (names, codes[positions]) for name, (names, codes) in self.alternatives.items()},
            self.order,
            self.labels,
        )

    def called(self, position: int) -> str:
        """The draw at a position as the user knows it: its name, else its number."""
        number = int(self.index[position])
        return self.labels[number] if self.labels else str(number)

    def slice(self, start: int, stop: int) -> Draws:
        """The draws from position `start` up to, not including, `stop`."""
        return self.take(np.arange(len(self))[start:stop])

    def groups(self) -> Iterator[tuple[dict[str, str], Ints]]:
        """Structural alternatives with the positions of the draws that have them: each group is one game's.

        In the order of the codes, combinations that occur only; one group with no alternatives where the case has none.
        """
        if not self.alternatives or not len(self):
            if len(self):
                yield {}, np.arange(len(self))
            return
        codes = np.stack([codes for _, codes in self.alternatives.values()])
        combinations, member = np.unique(codes, axis=1, return_inverse=True)
        for number, combination in enumerate(combinations.T):
            chosen = {
                name: names[code]
                for (name, (names, _)), code in zip(self.alternatives.items(), combination, strict=True)
            }
            yield chosen, np.flatnonzero(member.ravel() == number)

    def inputs(self) -> dict[str, NDArray[Any]]:
        """Every assumption as a column, in the case's order: numbers, and the alternatives by name (text)."""
        texts = {name: np.array(names, dtype=object)[codes] for name, (names, codes) in self.alternatives.items()}
        columns: dict[str, NDArray[Any]] = {**self.values, **texts}
        return {name: columns[name] for name in (self.order or columns)}

    def frame(self) -> pd.DataFrame:
        """A table: `draw`, `perspective`, then one column per assumption (alternatives as categories)."""
        columns: dict[str, Any] = {
            "draw": self.index,
            "perspective": pd.Categorical.from_codes(np.zeros(len(self), dtype=np.int8), [self.perspective]),
        }
        for name, values in self.inputs().items():
            coded = self.alternatives.get(name)
            columns[name] = values if coded is None else pd.Categorical.from_codes(coded[1], list(coded[0]))
        return pd.DataFrame(columns)


def joined(parts: Sequence[Draws]) -> Draws:
    """Draws of several perspectives of one case in a row, called by all of their names, to be solved together."""
    first = parts[0]
    return Draws(
        ", ".join(dict.fromkeys(part.perspective for part in parts)),
        first.seed,
        np.concatenate([part.index for part in parts]),
        {name: np.concatenate([part.values[name] for part in parts]) for name in first.values},
        {
            name: (names, np.concatenate([part.alternatives[name][1] for part in parts]))
            for name, (names, _) in first.alternatives.items()
        },
        first.order,
        first.labels,
    )


def draw(case: Case, perspective: str, count: int, seed: int, first: int = 0) -> Draws:
    """Draws `first` to `first + count - 1` of a perspective. Memory: 8 bytes per draw and assumption.

    Raises KeyError for an unknown perspective, DependenceError where rank correlations contradict each other,
    ValueError for a negative count or first.
    """
    if count < 0 or first < 0:
        raise ValueError(f"{count} draws from number {first} on; neither can be negative")
    read = reading(case, perspective)
    raw = {name: uniforms(seed, name, count, first) for name in read}
    tied = correlate(raw, groups(tuple(read), case.dependence))
    values = {name: quantile(distribution, tied[name]) for name, distribution in read.items()}
    return _draws(case, perspective, seed, np.arange(first, first + count, dtype=np.int64), values)


def centre(case: Case, perspective: str) -> Draws:
    """One draw in the middle: every number at its median, the likeliest of alternatives (the first of several)."""
    values = {name: np.array([_middle(each)]) for name, each in reading(case, perspective).items()}
    return _draws(case, perspective, None, np.zeros(1, dtype=np.int64), values)


def uniforms(seed: int, name: str, count: int, first: int = 0) -> Floats:
    """Numbers `first` to `first + count - 1` of the uniform sequence of a seed and a name; never 0 or 1."""
    key = int.from_bytes(blake2b(f"assay draws 1\0{seed}\0{name}".encode(), digest_size=16).digest(), "little")
    skipped = first % _WORDS
    raw = np.random.Philox(key=key, counter=first // _WORDS).random_raw(skipped + count)[skipped:]
    # 52 bits, centred in their cells: every value is exact, and none is 0 or 1.
    return ((raw >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def _middle(distribution: Distribution) -> float:
    if distribution.alternatives is not None:
        return float(np.argmax(list(distribution.alternatives.values())))
    return median(distribution)


def _draws(case: Case, perspective: str, seed: int | None, index: Ints, values: Mapping[str, Floats]) -> Draws:
    """Draws from values, in which alternatives stand as codes."""
    named = alternatives_of(case)
    return Draws(
        perspective,
        seed,
        index,
        {name: values[name] for name in values if name not in named},
        {name: (names, values[name].astype(np.int64)) for name, names in named.items()},
        tuple(values),
    )
