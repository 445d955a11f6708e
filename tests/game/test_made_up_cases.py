"""What is true of the game of any case."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
from hypothesis import given, settings

from assay.case.model import Case
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled, Game
from assay.game.unfold import unfold

from .cases import Given, case, number
from .made_up import VALUES, sections

SOME = settings(max_examples=25, deadline=None)
DRAWS = Given(p=np.linspace(0.1, 0.4, 5), q=np.linspace(0.4, 0.1, 5), r=0.2)


def filled_of(made: Case) -> Filled:
    return fill(compile_game(made), made, DRAWS)


@SOME
@given(sections())
def test_every_branch_leads_forward_and_every_close_to_a_start(made: dict[str, Any]) -> None:
    skeleton = unfold(case(**made))
    for place, point in enumerate(skeleton.points):
        for joint in point.joints:
            assert all(branch.target > place for branch in joint.branches)
        assert (point.next >= 0) == (point.kind == "close")
        assert bool(point.joints) == (point.kind in ("choice", "chance"))


@SOME
@given(sections())
def test_every_point_can_be_reached_and_stands_for_one_stage_in_one_world(made: dict[str, Any]) -> None:
    points = unfold(case(**made)).points
    assert len({(point.kind, point.stage, point.world) for point in points}) == len(points)
    reached, waiting = set(), [unfold(case(**made)).start]
    while waiting:
        place = waiting.pop()
        if place not in reached:
            reached.add(place)
            point = points[place]
            waiting += [point.next] if point.kind == "close" else []
            waiting += [branch.target for joint in point.joints for branch in joint.branches]
    assert reached == set(range(len(points)))


@SOME
@given(sections())
def test_probabilities_of_every_joint_move_sum_to_one_for_every_viewer(made: dict[str, Any]) -> None:
    filled = filled_of(case(**made))
    structure = filled.game.structure
    assert filled.faults == ()
    chances = filled.table[:, structure.branch_row]  # (G, B, viewers, L)
    assert ((chances >= 0) & (chances <= 1)).all()
    sums = np.add.reduceat(chances, structure.branch_start[:-1], axis=1)
    assert np.abs(sums - 1).max(initial=0.0) < 1e-12


@SOME
@given(sections())
def test_joint_moves_run_over_all_options_last_mover_fastest(made: dict[str, Any]) -> None:
    game = compile_game(case(**made))
    structure = game.structure
    for point in range(len(structure.kind)):
        movers = range(structure.mover_start[point], structure.mover_start[point + 1])
        options = [range(structure.option_start[m], structure.option_start[m + 1]) for m in movers]
        joints = structure.joint_option[structure.joint_start[point] : structure.joint_start[point + 1], : len(movers)]
        if options:
            grid = np.stack(np.meshgrid(*options, indexing="ij"), axis=-1).reshape(-1, len(options))
            assert (joints == grid).all()
            assert {int(game.option_point[option]) for each in options for option in each} == {point}


@SOME
@given(sections())
def test_the_table_says_what_the_formulas_say_one_by_one(made: dict[str, Any]) -> None:
    """Each row against its formula evaluated alone, in plain Python, for each draw."""
    whole = case(**made)
    filled = filled_of(whole)
    for place, row in enumerate(filled.game.rows):
        if row.rest_of or row.use.gate:
            continue
        for draw in range(filled.draws):
            expected = by_python(whole, str(row.use.formula), row.use.world, draw, row.viewer)
            assert abs(filled.table[draw // 8, place + 2, draw % 8] - expected) < 1e-12


def by_python(whole: Case, text: str, world: tuple[int, ...], draw: int, viewer: int) -> float:
    names: dict[str, Any] = {value: value for values in VALUES.values() for value in values}
    names |= {name: values[at] for (name, values), at in zip(VALUES.items(), world, strict=True)}
    names |= {name: float(column[draw]) for name, column in DRAWS.values.items()}
    if viewer == 1 and whole.perceives:
        names["p"] /= 2
    names["defined"] = eval(str(whole.define["defined"]), {}, names)
    return float(eval(text, {}, names))


@SOME
@given(sections())
def test_new_names_change_nothing_but_names(made: dict[str, Any]) -> None:
    new = {"a": "alpha", "b": "beta", "u": "x1", "v": "x2", "w": "x3", "u0": "k0", "v1": "k1", "w1": "k2", "q": "qq"}
    new |= {"stay": "remain", "s1": "second", "ruin": "loss", "defined": "named"}
    whole: dict[str, Any] = {**made, "actors": {name: {"name": "N", "precision": 1} for name in "ab"}}
    text = re.sub(r"[A-Za-z_][A-Za-z0-9_]*", lambda word: new.get(word[0], word[0]), json.dumps(whole))
    old, other = filled_of(case(**whole)), fill_renamed(case(**json.loads(text)))
    assert same_numbers(old, other)
    labels = [
        (new.get(actor, actor), new.get(stage, stage), new.get(move, move))
        for actor, stage, move in old.game.option_label
    ]
    assert list(other.game.option_label) == labels


def fill_renamed(made: Case) -> Filled:
    values = {{"q": "qq"}.get(name, name): column for name, column in DRAWS.values.items()}
    return fill(compile_game(made), made, Given(**values))


def same_numbers(one: Filled, other: Filled) -> bool:
    arrays = [np.asarray(value) for value in vars(one.game.structure).values()]
    others = [np.asarray(value) for value in vars(other.game.structure).values()]
    same = all(np.array_equal(left, right) for left, right in zip(arrays, others, strict=True))
    return same and np.array_equal(one.table, other.table) and np.array_equal(one.precision, other.precision)


@SOME
@given(sections())
def test_an_assumption_that_nothing_uses_leaves_the_table_as_it_was(made: dict[str, Any]) -> None:
    more = {**made, "assumptions": {"idle": number(0, 1), **made["assumptions"]}}
    other = case(**more)
    again = fill(compile_game(other), other, Given(**DRAWS.values, idle=0.5))
    assert same_numbers(filled_of(case(**made)), again)


@SOME
@given(sections())
def test_a_draws_numbers_do_not_depend_on_the_other_draws(made: dict[str, Any]) -> None:
    whole = case(**made)
    game: Game = compile_game(whole)
    together = fill(game, whole, DRAWS)
    for draw in (0, 3):
        alone = fill(game, whole, Given(**{name: column[draw] for name, column in DRAWS.values.items()}))
        assert np.array_equal(alone.table[0, :, 0], together.table[0, :, draw])
