"""Small cases for the tests of this room: a base that is complete, and a way to change it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.case.model import Case

JUDGED = {"unit": "1", "means": "made up", "source": "judgement", "because": "made up"}


def number(low: float, high: float) -> dict[str, Any]:
    """An assumption between two ends."""
    return {"range": [low, high], **JUDGED}


def case(**sections: Any) -> Case:
    """A case with actors `a` and `b` and the given sections."""
    base: dict[str, Any] = {
        "assay": "1",
        "title": "A made-up case",
        "calendar": {"start": "2025-01-01", "step": "1 year", "periods": 2},
        "actors": {"a": {"name": "A", "precision": 1}, "b": {"name": "B", "precision": 1}},
        "perspectives": {"one": {"name": "One"}},
        "assumptions": {name: number(0.1, 0.4) for name in "pqr"},
    }
    return Case.model_validate({**base, **sections})


class Given:
    """Draws with given values."""

    def __init__(self, **values: Any) -> None:
        columns = np.broadcast_arrays(*[np.atleast_1d(np.asarray(value, dtype=float)) for value in values.values()])
        self.values: dict[str, NDArray[np.float64]] = dict(zip(values, columns, strict=True))
        self.alternatives: dict[str, tuple[tuple[str, ...], NDArray[np.int64]]] = {}

    def __len__(self) -> int:
        return max((len(column) for column in self.values.values()), default=1)
