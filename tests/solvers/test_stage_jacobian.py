"""The stage response and its Jacobian: the kernel's against the definition's, and both against differences."""

import numba
import numpy as np
import pytest

from assay.solvers import definition, kernel_stage
from assay.solvers.kernel_cache import OPTIONS


@numba.njit(**OPTIONS)
def compiled(stage: kernel_stage.Stage, y: np.ndarray, room: kernel_stage.Room) -> None:
    kernel_stage.response(stage, y, room)
    kernel_stage.jacobian(stage, room)


def random_stage(seed: int, sizes: tuple[int, ...]) -> tuple[definition.Stage, kernel_stage.Stage]:
    rng = np.random.default_rng(seed)
    pays = [rng.normal(0, 2, sizes) for _ in sizes]
    weights = [rng.uniform(0.1, 2, size) for size in sizes]
    precision = rng.uniform(0.2, 2, len(sizes)).tolist()
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    cells = np.array(list(np.ndindex(*sizes)))
    stage = kernel_stage.Stage(
        first=first,
        owner=np.repeat(np.arange(len(sizes)), sizes).astype(np.int32),
        joint=(cells + first[:-1]).astype(np.int32),
        pay=np.array(
            [[sharp * pay[tuple(cell)] for sharp, pay in zip(precision, pays, strict=True)] for cell in cells]
        ),
        weight=np.concatenate(weights),
    )
    return definition.Stage(pays, weights, precision), stage


@pytest.mark.parametrize("sizes", [(2, 2), (3, 2), (1, 4), (2, 3, 2), (2, 2, 2, 3)])
@pytest.mark.parametrize("seed", [1, 2])
def test_response_and_jacobian(seed: int, sizes: tuple[int, ...]) -> None:
    plain, stage = random_stage(seed, sizes)
    many, cuts = sum(sizes), np.cumsum(sizes)[:-1]
    y = np.random.default_rng(seed + 10).normal(0, 1, many)
    y[stage.first[:-1]] = 0

    def response(y: np.ndarray) -> np.ndarray:
        return np.concatenate(definition.stage_response(plain, np.split(y, cuts)))

    room = kernel_stage.cut_room(np.zeros((13, many + 1)), np.zeros((3, many + 1, many + 1)), many)
    compiled(stage, y, room)
    np.testing.assert_allclose(room.g, response(y), atol=1e-12)
    slope = definition.stage_jacobian(plain, np.split(y, cuts))
    np.testing.assert_allclose(room.slope, slope, atol=1e-12)
    steps = 1e-6 * np.eye(many)
    differences = np.array([(response(y + step) - response(y - step)) / 2e-6 for step in steps]).T
    np.testing.assert_allclose(slope, differences, atol=1e-7)
    assert np.abs(slope).max() > 0.01 or min(sizes) == 1
