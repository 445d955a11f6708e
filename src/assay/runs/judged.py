"""All draws of a perspective, judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.claims.judge import Truths
from assay.game.game import Floats


@dataclass(frozen=True, eq=False)
class Judged:
    """All draws of one perspective, judged: what verdicts, hinges and tales need of them."""

    perspective: str
    draws: Draws
    truths: Truths
    series: dict[str, Floats]
    """Outcome to (periods, draws)."""
    residual: Floats
    result: NDArray[np.int8]
