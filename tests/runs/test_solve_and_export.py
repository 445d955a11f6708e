"""One draw of a case, solved on its own engine, and as a tree by Gambit (pygambit) and by the solver of trees."""

import io
import json
from pathlib import Path

import pygambit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.runs.api import load, located, read
from assay.runs.exported import exported, safe
from assay.runs.one import Place, as_json, one, solutions
from assay.solvers.strategies import Result
from assay.trees.read import read_text
from assay.trees.solve import solve as solve_tree
from assay.trees.write import write_efg, write_nfg

HERE = Path(__file__).parent
BEER, TRUST = HERE / "beer.yaml", HERE / "trust.yaml"
BLUFF, FENCE = HERE.parent / "cases" / "bluff.yaml", HERE.parent / "cases" / "fence.yaml"
SAME = {
    "breakfast, guest (weak)": "guest.weak@breakfast, period 1",
    "breakfast, guest (strong)": "guest.strong@breakfast, period 1",
    "door, bully, after breakfast beer": "bully@door, drink beer, period 1",
    "door, bully, after breakfast quiche": "bully@door, drink quiche, period 1",
}
"""Information sets of the tree, and what they are in the case."""


@pytest.fixture(scope="module", params=[Place(), Place("other"), Place("author", 3, 7)])
def solved(request: pytest.FixtureRequest) -> tuple[object, ...]:
    it = one(load(BEER), request.param)
    return it, solutions(it)[0], exported(it)


def test_gambit_solves_the_exported_tree_at_precision_one(solved: tuple) -> None:  # type: ignore[type-arg]
    _, ours, tree = solved
    game = pygambit.read_efg(io.StringIO(write_efg(tree.tree)))
    (profile,) = pygambit.qre.logit_solve_lambda(game, [1.0])
    played = {each.name: each.moves for each in ours.played}
    sets = [each for player in game.players for each in player.infosets]  # the order of a profile
    labels = [(SAME[each.label], action.label) for each in sets for action in each.actions]
    for number, (name, move) in enumerate(labels):
        assert played[name][move] == pytest.approx(float(profile[number]), abs=2e-4)
    assert {each.label for each in game.infosets} == set(SAME)


def test_the_tree_has_the_cases_payoffs_times_precision(solved: tuple) -> None:  # type: ignore[type-arg]
    it, ours, tree = solved
    theirs = solve_tree(tree.tree, 1.0)
    factors = [ours.precision[name] for name in ours.players]
    assert factors == [1.5, 2.0]
    mine = [ours.payoffs[name] * by for name, by in zip(ours.players, factors, strict=True)]
    assert mine == pytest.approx(theirs.payoffs.tolist(), abs=5e-4)
    share = it.filled.prior[0, 0, 0, 1, 0]
    by_type = ours.payoffs_by_type
    mixed = share * by_type["guest.strong"] + (1 - share) * by_type["guest.weak"]
    assert ours.payoffs["guest"] == pytest.approx(mixed, abs=1e-12)


def test_what_is_written_is_read_back(solved: tuple) -> None:  # type: ignore[type-arg]
    text = write_efg(solved[2].tree)
    assert text.isascii()
    again, warnings = read_text(text)
    assert not warnings
    assert (again.players, again.sets, again.outcomes) == (
        solved[2].tree.players,
        solved[2].tree.sets,
        solved[2].tree.outcomes,
    )
    assert again.title == 'Beer - and "quiche" at the cafe'


def test_the_notes_say_what_was_scaled_and_what_differs() -> None:
    notes = exported(one(load(BEER), Place())).notes
    assert notes[0].startswith("payoffs are multiplied by each player's precision (guest 1.5, bully 2)")
    assert any("beliefs take any value" in note for note in notes)
    assert not any("multiply" in note for note in notes)


def test_a_precision_for_everybody_replaces_the_cases() -> None:
    it = one(load(BEER), Place(), 0.0)
    (found,) = solutions(it)
    assert set(found.precision.values()) == {0.0}
    assert all(share == pytest.approx(0.5) for each in found.played for share in each.moves.values())
    assert as_json((found,), it)["precision"] == 0.0
    assert as_json(solutions(one(load(BEER), Place())), it)["precision"] is None


def test_reach_is_how_often_the_type_comes_there() -> None:
    (found,) = solutions(one(load(BEER), Place("other")))
    reach = {each.name: each.reach for each in found.played}
    moves = {each.name: each.moves for each in found.played}
    assert reach["guest.strong@breakfast, period 1"] == pytest.approx(0.2, abs=1e-12)
    beer = sum(reach[name] * moves[name]["beer"] for name in reach if name.startswith("guest"))
    assert reach["bully@door, drink beer, period 1"] == pytest.approx(beer, abs=1e-12)
    assert found.result <= Result.HOMOTOPY
    assert found.residual <= 1e-9


def test_only_the_first_period_unless_all_is_asked_for() -> None:
    it = one(load(FENCE), Place())
    few, many = solutions(it)[0].played, solutions(it, everything=True)[0].played
    assert {each.name.rpartition(" ")[2] for each in few} == {"1"}
    assert {each.name.rpartition(" ")[2] for each in many} == {"1", "2", "3"}
    assert len({each.name for each in many}) == len(many)
    assert all(sum(each.moves.values()) == pytest.approx(1) for each in many)
    first = {each.name: each.moves for each in few}
    assert first.items() <= {each.name: each.moves for each in many}.items()
    valley = first["valley@fencing, fence none, period 1"]
    assert valley.keys() == {"wait", "build"}


def test_a_census_lists_every_equilibrium_that_differs() -> None:
    case = load(TRUST)
    found = solutions(one(case, Place(), 10.0), "census")
    named = as_json(found, one(case, Place(), 10.0))
    assert named["strategies"] == {each.name: each.moves for each in found[0].played}
    assert len(found) > 1
    assert len(named["equilibria"]) == len(found)
    trusting = [each.played[0].moves["trust"] for each in found]
    assert max(trusting) - min(trusting) > 0.5
    json.dumps(named)


@pytest.mark.parametrize(
    ("path", "what", "line"),
    [
        (BLUFF, "base weights", "  - stage: show"),
        (FENCE, "moves of hill at 'raid' have different base weights", "      - stage: raid"),
        (BLUFF, "does not believe the analyst's shares", None),
        (FENCE, "sees probabilities of chance otherwise", None),
    ],
)
def test_what_a_tree_cannot_say_is_refused_at_its_place(path: Path, what: str, line: str | None) -> None:
    case, locator = read(path)
    with pytest.raises(InputError) as raised, located(locator):
        exported(one(case, Place()))
    (problem, *_) = [each for each in raised.value.problems if what in each.found]
    assert problem.file == str(path)
    assert problem.line is not None
    if line is not None:
        lines = path.read_text().splitlines()
        stage = lines.index(line) + 1
        assert problem.line == stage


def test_a_tree_that_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="the tree would have 15 nodes; at most 7"):
        exported(one(load(BEER), Place()), most_nodes=7)


def test_a_table_has_no_place_for_stages() -> None:
    with pytest.raises(ValueError, match=r"write it as \.efg"):
        write_nfg(exported(one(load(BEER), Place())).tree)


def test_an_unknown_perspective_is_named() -> None:
    with pytest.raises(InputError, match="no perspective 'autor'; did you mean 'author'"):
        one(load(BEER), Place("autor"))


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_labels_are_what_every_gambit_reads(text: str) -> None:
    label = safe(text)
    assert label.isascii()
    assert label == " ".join(label.split())
    assert not label or label.isprintable()
    efg = write_efg(exported_with(label))
    assert pygambit.read_efg(io.StringIO(efg)).title == label


def exported_with(title: str):  # type: ignore[no-untyped-def]
    from assay.trees.build import End, grow

    return grow(("a",), End((1,), "over"), title)
