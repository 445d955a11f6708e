"""How far stored strategies are from a logit choice between the stored payoffs, mover by mover."""

from __future__ import annotations

import numpy as np

from assay.game.game import LANES
from assay.solvers.strategies import Strategies


def largest_residual(solved: Strategies, draw: int) -> float:
    """Largest |weight exp(precision * payoff) in proportion - probability| over reported periods and movers."""
    filled = solved.filled
    s, stride = filled.game.structure, filled.game.row_stride
    g, lane = divmod(draw, LANES)
    worst = 0.0
    for period in range(filled.game.periods):
        for m in range(s.mover_player.size):
            options = np.arange(s.option_start[m], s.option_start[m + 1])
            rows = s.option_weight[options]
            weight = filled.table[g, rows + period * stride[rows], lane]
            x = filled.precision[g, s.mover_player[m], lane] * solved.payoff[g, period, options, 0, lane]
            share = weight * np.exp(x - x.max())
            gap = np.abs(share / share.sum() - solved.probability[g, period, options, 0, lane]).max()
            worst = max(worst, float(gap))
    return worst
