"""What a regime changes in the rules of play: moves that are banned, and moves that must be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.case.model import Case
from assay.case.payoffs import Regime

NO_REGIME = Regime()


def regime_of(case: Case, regime: str | Regime | None) -> Regime:
    """The regime of that name; one that changes nothing for None. Raises KeyError for an unknown name."""
    if regime is None:
        return NO_REGIME
    if isinstance(regime, Regime):
        return regime
    if regime not in case.regimes:
        raise KeyError(f"there is no regime {regime!r}; known: {', '.join(case.regimes) or 'none'}")
    return case.regimes[regime]


def alternatives_of(case: Case, chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Every structural assumption with the alternative in force: the chosen one, else the first.

    Raises KeyError for a name that is no structural assumption, or none of its alternatives.
    """
    known = {name: tuple(a.alternatives) for name, a in case.assumptions.items() if a.alternatives is not None}
    chosen = chosen or {}
    for name, alternative in chosen.items():
        if alternative not in known.get(name, ()):
            raise KeyError(f"{name} == {alternative} is no structural alternative of this case")
    return {name: chosen.get(name, names[0]) for name, names in known.items()}


@dataclass(frozen=True, slots=True)
class Rules:
    """Bans and mandates, looked up by actor and stage."""

    path: str
    """Where the regime stands in the case."""
    banned: frozenset[str]
    mandates: Mapping[str, tuple[str, ...]]

    def allowed(self, actor: str, stage: str, moves: Sequence[str]) -> list[str]:
        """Of the moves that are legal otherwise, those that may be made.

        A mandate leaves the first move of its list that is legal; where none is, the mover is free.
        """
        left = [move for move in moves if f"{actor}.{stage}.{move}" not in self.banned]
        wanted = self.mandates.get(f"{actor}.{stage}", ())
        must = next((move for move in wanted if move in left), None)
        return left if must is None else [must]


def rules_of(case: Case, regime: Regime) -> Rules:
    """A regime's bans and mandates."""
    name = next((name for name, each in case.regimes.items() if each is regime), "")
    return Rules(f"regimes.{name}" if name else "regimes", frozenset(regime.ban), dict(regime.mandate))
