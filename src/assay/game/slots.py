"""Slots: whose expected payoff is kept, by player and own type."""

from __future__ import annotations

from collections.abc import Sequence

from assay.game.game import Informed


def slots_of(players: int, informed: Sequence[Informed]) -> tuple[tuple[int, int], ...]:
    """(player, own type) for every type, players in order; one slot for a player without types."""
    types = {each.player: len(each.types) for each in informed}
    return tuple((player, own) for player in range(players) for own in range(types.get(player, 1)))
