"""A claim in a sample of draws that were solved in two ways, and what its share there would be called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assay.claims.decide import Bools
from assay.claims.evidence import Again
from assay.claims.say import of
from assay.claims.verdict import Truth, word


def sample_word(truth: Truth) -> str:
    """The verdict word that a claim's truth in a sample of draws would get."""
    matters = ~truth.vacuous
    if not matters.any():
        return "vacuous"
    return word(share_in(truth.strict, matters), share_in(truth.loose, matters), float(truth.vacuous.mean()))


def share_in(true: Bools, matters: Bools) -> float:
    """The share of draws that matter in which something is true; 0 of none."""
    return float(true[matters].mean()) if matters.any() else 0.0


@dataclass(frozen=True, eq=False)
class Compared:
    """A claim in the draws of a sample that two ways of solving both solved."""

    one: Truth
    other: Truth
    unsolved: int
    """Draws that one of the two did not solve."""

    @property
    def draws(self) -> int:
        """Draws that both solved."""
        return int(self.one.strict.size)

    @property
    def audited(self) -> int:
        """Draws of the sample, compared or not."""
        return self.draws + self.unsolved

    @property
    def differ(self) -> Bools:
        """Where the claim comes out otherwise, in one of the readings."""
        return differs(self.one, self.other)

    @property
    def share_differing(self) -> float | None:
        """The share of draws in which it comes out otherwise; None where no draw could be compared."""
        return float(self.differ.mean()) if self.draws else None

    @property
    def read_apart(self) -> bool:
        """Whether a draw comes out otherwise read loosely than read strictly, in one of the two ways."""
        return any(bool((each.strict != each.loose).any()) for each in (self.one, self.other))

    @property
    def words(self) -> tuple[str, str]:
        """The verdict words of the two."""
        return sample_word(self.one), sample_word(self.other)

    @property
    def shares(self) -> tuple[float, float]:
        """The strict shares of the two, each over the draws that matter there."""
        return self._shares_in("strict")

    @property
    def loose_shares(self) -> tuple[float, float]:
        """The loose shares of the two, likewise."""
        return self._shares_in("loose")

    def _shares_in(self, reading: str) -> tuple[float, float]:
        one, other = (share_in(getattr(each, reading), ~each.vacuous) for each in (self.one, self.other))
        return one, other

    @property
    def largest(self) -> float | None:
        """By how much the quantity that is compared changes at most; None where it has no value in both."""
        change = np.abs(self.other.quantities["value"] - self.one.quantities["value"])
        change = change[np.isfinite(change)]
        return float(change.max()) if change.size else None

    @property
    def word_said(self) -> str:
        """What becomes of the word."""
        one, other = self.words
        return f"the word would be {other}." if one != other else "the word stays the same."

    @property
    def nothing_said(self) -> str:
        """That no draw could be compared, to stand after a comma or a name: `it could not be compared in ...`."""
        return f"it could not be compared in {of(self.unsolved, self.audited)} audited: {_unsolved(self.unsolved)}"

    @property
    def left_out(self) -> str:
        """How many draws are left out where others could be compared, as a sentence after a space; else nothing."""
        return f" {left_out(self.unsolved, _unsolved(self.unsolved))}" if self.unsolved else ""


def left_out(draws: int, why: str) -> str:
    """`3 more draws are left out: they were not solved both ways.`"""
    return f"{draws:,} more draw{' is' if draws == 1 else 's are'} left out: {why}."


def _unsolved(draws: int) -> str:
    return f"{'it was' if draws == 1 else 'they were'} not solved both ways"


def compare(one: Again, other: Again, claim: str) -> Compared:
    """A claim under two ways of solving a sample, in the draws that both solved; of two samples the shorter counts."""
    first, second = one.truths[claim], other.truths[claim]
    draws = min(first.strict.size, second.strict.size)
    both = one.met(first.strict.size)[:draws] & other.met(second.strict.size)[:draws]
    return Compared(taken(first, both), taken(second, both), int((~both).sum()))


def taken(truth: Truth, where: Bools) -> Truth:
    """A truth in some of its first draws."""
    here = np.flatnonzero(where)
    quantities = {name: values[here] for name, values in truth.quantities.items()}
    return Truth(truth.claim, truth.strict[here], truth.loose[here], truth.vacuous[here], quantities)


def differs(one: Truth, other: Truth) -> Bools:
    """(D,) where a claim comes out otherwise, in one of the readings."""
    changed = (one.strict != other.strict) | (one.loose != other.loose) | (one.vacuous != other.vacuous)
    return np.asarray(changed)
