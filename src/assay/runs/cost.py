"""What a draw costs, once and in every way, and how many draws a run and its audit take for that.

Costs are reckoned from the sizes of the compiled games, with rates that were measured, so that a case is run alike on
every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.claims.agenda import Agenda
from assay.game.game import LANES
from assay.runs.starts import few_starts, starts_of
from assay.runs.work import compiled
from assay.solvers.types_plan import layout_of

DRAWS = 2_000
"""Draws of each perspective where nobody says how many and they are cheap: always where nobody has private types."""
FEWEST = 100
"""Draws of each perspective at least, however dear they are."""
WAIT = 120.0
"""Seconds of one core that all perspectives' draws may take, where nobody says how many."""
FEW = 4
"""Draws of each perspective that are audited at least. Those of all perspectives are solved together; where there is
one alone, it takes as many as the kernels treat at once."""
MOST = 64
"""Draws of each perspective that are solved again where that is cheap: always where nobody has private types."""
BUDGET = 30.0
"""Seconds of one core that the audit of a perspective may take, as far as its least size leaves a choice."""
SOLVE = 5e-8
"""Seconds of one core per cell and solved period of a warm start to a residual of 1e-3, in the reduced flagship."""
PASS = 7e-9
"""Seconds of one core per cell of a forward pass, likewise."""
OTHERS = {"tight": 1.4, "selected": 1, "precision": 8, "nodes": 4, "span": 1.3, "seeing": 1.5, "unlearning": 1.6}
"""What ways take, in warm starts, likewise; all four precisions together."""
START = 1.6
"""What a restart takes, in warm starts."""
BRANCH = 20.0
"""What following the principal branch takes, in warm starts."""
BRANCH_BUDGET = 60.0
"""Seconds of one core that the principal branch of a perspective's audited draws may take; else it is left out."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How large an audit is, and why."""

    draws: int
    """Of each perspective."""
    starts: tuple[int, ...]
    """From where the census begins, as `restart` numbers corners."""
    all_starts: int
    """From how many it could."""
    branch: bool
    """Whether the principal branch is followed, too."""
    seconds: float
    """Of one core, that a draw takes; 0 where it is not reckoned, because nobody has private types."""

    @property
    def sentence(self) -> str:
        """What was chosen and why; empty where nothing had to be."""
        few = f", from {len(self.starts)} of {self.all_starts} starts" if len(self.starts) < self.all_starts else ""
        if self.draws == MOST and not few and self.branch:
            return ""
        left = "" if self.branch else ", without the principal branch"
        return (
            f"{self.draws} draws of each perspective{few}{left}, because that takes about {self.seconds:.2g} s a draw"
        )


def cost_of(asked: Agenda, perspectives: int = 1) -> Cost:
    """How many draws are audited, from how many starts, for at most `BUDGET` seconds of each perspective.

    A game that is too dear for all starts is begun from fewer, those that differ most; and it is audited on a few draws
    however dear it is.
    """
    least = max(FEW, LANES // max(1, perspectives))
    game = compiled(asked.case, None, ())
    every, few = starts_of([game]), len(few_starts([game]))
    if not game.informed:
        return Cost(MOST, every, len(every), True, 0.0)
    number = next((n for n in range(len(every), few, -1) if seconds_a_draw(asked, n) * least <= BUDGET), few)
    seconds = seconds_a_draw(asked, number)
    draws = min(max(int(BUDGET / seconds) // least * least, least), MOST)
    following = BRANCH * sum(solve for solve, _ in _variants(asked))
    branch = draws * following <= BRANCH_BUDGET
    return Cost(draws, every[:number], len(every), branch, seconds + branch * following)


def default_draws(asked: Agenda, perspectives: int) -> int:
    """Draws of each perspective where nobody says how many."""
    seconds = seconds_once(asked)
    if seconds == 0:
        return DRAWS
    affordable = int(WAIT / (seconds * max(1, perspectives)))
    return min(DRAWS, max(FEWEST, affordable // 50 * 50))


def seconds_once(asked: Agenda) -> float:
    """Seconds of one core that a draw takes; 0, not reckoned, where nobody has private types."""
    return sum(solve + passes for solve, passes in _variants(asked))


def _variants(asked: Agenda) -> Iterator[tuple[float, float]]:
    """Seconds for the solve and for the forward passes of each variant of a game with private types."""
    for variant in asked.variants:
        game = compiled(asked.case, variant.regime, ())
        if game.informed:
            cells = layout_of(game).cells.count
            solve = SOLVE * cells * (game.periods + game.buffer) / game.periods
            yield solve, len(asked.courses(variant)) * PASS * cells


def seconds_a_draw(asked: Agenda, starts: int) -> float:
    """Seconds of one core that an audit takes for a draw of a game with private types, but for the principal branch."""
    solves = sum(OTHERS.values()) + START * starts
    played = len(OTHERS) + 3 + starts  # four precisions are one of the others
    return sum(solves * solve + played * passes for solve, passes in _variants(asked))
