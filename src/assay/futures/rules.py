"""Which interventions can be played."""

from __future__ import annotations

import numpy as np

from assay.game.game import Game, Ints


def check_rules(game: Game, forced: Ints, removed: Ints) -> None:
    """Raises `ValueError` for two options of one mover forced, all removed, or one both forced and removed."""
    s = game.structure
    counts = np.diff(s.option_start)
    mover = np.repeat(np.arange(counts.size), counts)
    for option in np.intersect1d(forced, removed):
        raise ValueError(f"{say(game, int(option))} is both forced and removed")
    for m in np.flatnonzero(np.bincount(mover[np.unique(forced)], minlength=counts.size) > 1):
        own = [int(o) for o in np.unique(forced) if mover[o] == m]
        raise ValueError(f"forced at once: {', '.join(say(game, o) for o in own)}; a mover plays one of them")
    gone = np.bincount(mover[np.unique(removed)], minlength=counts.size)
    for m in np.flatnonzero((gone == counts) & (counts > 0)):
        own = [int(o) for o in np.flatnonzero(mover == m)]
        raise ValueError(f"every option is removed: {', '.join(say(game, o) for o in own)}")


def say(game: Game, option: int) -> str:
    """An option as `actor.stage.move`."""
    return ".".join(game.option_label[option])
