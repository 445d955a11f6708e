"""The compiled forward pass with private types, against the readable one: every mass and pay of every type profile."""

import numpy as np
import pytest
from random_typed import random_typed

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.futures.ground_types import ground_of
from assay.futures.kernel_types_room import SLOW, SWIFT_ALONE, SWIFT_PAIR, SWIFT_STILL
from assay.game.game import Filled
from assay.solvers.definition_forward import Imposed, forward_by_definition
from assay.solvers.solve import solve


def one(i: int) -> np.ndarray:
    return np.array([i], dtype=np.int32)


def readers(filled: Filled, profiles: int) -> dict[str, Reader]:
    s = filled.game.structure
    found = {}
    for profile in range(profiles):
        counted = one(profile)
        found |= {f"point {i} {profile}": Reader(point=one(i), profiles=counted) for i in range(s.kind.size)}
        found |= {f"option {i} {profile}": Reader(option=one(i), profiles=counted) for i in range(s.option_weight.size)}
        found |= {f"joint {i} {profile}": Reader(joint=one(i), profiles=counted) for i in range(len(s.joint_option))}
        found |= {f"pay {i} {profile}": Reader(pay=one(i), profiles=counted) for i in range(s.pay_player.size)}
    return found


def imposed(filled: Filled, seed: int) -> list[Imposed]:
    """Nothing, an option forced and an option taken away, each silent and as a signal."""
    s, rng = filled.game.structure, np.random.default_rng(seed)
    found = [Imposed()]
    for signals in (False, True):
        m = int(rng.integers(s.mover_player.size))
        own = np.arange(s.option_start[m], s.option_start[m + 1], dtype=np.int32)
        found.append(Imposed(forced=rng.choice(own, 1), signals=signals))
        if own.size > 1:
            found.append(Imposed(removed=rng.choice(own, 1), signals=signals))
    return found


def game(seed: int, types: int, options: int) -> Filled:
    return random_typed(seed, draws=2, sharp=0.5, most_types=types, most_options=options)


def test_two_types_take_every_short_way() -> None:
    ways = np.concatenate([ground_of(game(seed, 2, 3).game).swift for seed in (1, 4, 12)])
    assert set(ways.tolist()) == {SLOW, SWIFT_STILL, SWIFT_ALONE, SWIFT_PAIR}


SEEDS = [*((seed, 3, 3) for seed in range(4)), *((seed, 2, options) for seed in (1, 4, 12) for options in (2, 3))]


@pytest.mark.parametrize(("seed", "types", "options"), SEEDS)
@pytest.mark.parametrize(("view", "learning"), [(-1, True), (1, True), (-1, False)])
def test_every_reading_is_that_of_the_definition(
    seed: int, types: int, options: int, view: int, learning: bool
) -> None:
    filled = game(seed, types, options)
    solved = solve(filled, residual=1e-6, learning=learning)
    profiles = int(np.prod([len(each.types) for each in filled.game.informed]))
    asked, interventions = readers(filled, profiles), imposed(filled, seed)
    passes = [Pass(asked, forced=i.forced, removed=i.removed, signals=i.signals) for i in interventions]
    for futures, each in zip(forward(solved, passes, view), interventions, strict=True):
        plain = forward_by_definition(solved, view, each, learning)
        tables = {"point": plain.points.sum(-1), "option": plain.options, "joint": plain.joints, "pay": plain.pays}
        for name, reading in futures.readings.items():
            what, item, profile = name.split()
            expected = tables[what][:, :, int(profile), int(item)] * plain.share[:, None, int(profile)]
            np.testing.assert_allclose(reading.T, expected, atol=1e-12)


def test_mass_that_stops_leaves_and_the_rest_is_left() -> None:
    filled = random_typed(1, draws=2, sharp=0.5)
    solved, s = solve(filled, residual=1e-6), filled.game.structure
    closes = np.flatnonzero(s.kind == 2).astype(np.int32)
    ends = np.flatnonzero(s.kind == 3).astype(np.int32)
    count = {"closes": Reader(point=closes), "ends": Reader(point=ends)}
    plain, stopped = forward(solved, [Pass(count), Pass(count, stop_point=closes)])
    ended = plain.readings["ends"].sum(axis=0)
    np.testing.assert_allclose(ended + plain.left, 1, atol=1e-12)
    first = stopped.readings["closes"][0] + stopped.readings["ends"][0]
    np.testing.assert_allclose(first, 1, atol=1e-12)
    np.testing.assert_allclose(stopped.left, 0, atol=1e-12)
    np.testing.assert_allclose(stopped.readings["closes"][1:], 0, atol=1e-12)


def test_courses_do_not_disturb_each_other() -> None:
    filled = random_typed(2, draws=2, sharp=0.5)
    solved, s = solve(filled, residual=1e-6), filled.game.structure
    count = {"all": Reader(point=np.arange(s.kind.size, dtype=np.int32))}
    own = [Pass(count, forced=one(o)) for o in range(s.option_weight.size)] * 3  # more than fit at once
    together = forward(solved, own)
    for number, each in enumerate(own):
        np.testing.assert_array_equal(together[number].readings["all"], forward(solved, [each])[0].readings["all"])
