"""A game written as a tree: told by hand, solved as a tree against the engine, and its sums against the definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled
from assay.game.small import by, chance, choice, close, ending, normal_form, small_game, to
from assay.game.unroll import NoTreeError, Unrolled, unroll
from assay.solvers.definition_types import solve_types_by_definition
from assay.solvers.solve import solve
from assay.trees.build import Branch, Chance, Choice, End, grow
from assay.trees.solve import solve as solve_tree
from assay.trees.tree import imperfect_recall

from .cases import Given, case

TYPES = {"a": {"x": 0.25, "y": 0.75}}


def nested(found: Unrolled, at: int = 0, scale: bool = False) -> Branch:
    """A node as nested values, payoffs times precision where `scale` says so."""
    node = found.nodes[at]
    if node.kind == "end":
        factors = found.precision if scale else (1.0,) * len(found.players)
        return End(tuple(repr(each * by) for each, by in zip(node.payoffs, factors, strict=True)), "")
    below = [nested(found, child, scale) for child in node.children]
    if node.kind == "chance":
        return Chance(tuple(zip(node.moves, [repr(p) for p in node.probabilities], below, strict=True)))
    entry = found.sets[node.place]
    return Choice(entry.player, f"{node.place}", tuple(zip(node.moves, below, strict=True)))


def expected(found: Unrolled, play: dict[int, list[float]] | None = None) -> np.ndarray:
    """Expected payoffs, by player: of uniform play, or of the given play by information set."""
    worth = [np.zeros(len(found.players))] * len(found.nodes)
    for at in reversed(range(len(found.nodes))):
        node = found.nodes[at]
        if node.kind == "end":
            worth[at] = np.array(node.payoffs)
            continue
        shares = node.probabilities or (play or {}).get(node.place) or [1 / len(node.children)] * len(node.children)
        worth[at] = sum(share * worth[child] for share, child in zip(shares, node.children, strict=True))  # type: ignore[assignment]
    return worth[0]


def signal(**more: Any) -> Filled:
    return small_game(
        ("a", "b"),
        {
            "say": choice({"a": ["l", "r"]}, {"l": to("hear", pays={"a": by("a", x=1.0, y=-1.0)}), "r": to("calm")}),
            "hear": choice({"b": ["u", "d"]}, {"u": to("calm"), "d": to("luck")}),
            "luck": chance(to("won", 0.25), to("calm", 0.75, pays={"b": 4.0})),
            "calm": close({"b": 1.0}, final={"a": by("a", x=8.0, y=0.0)}),
            "won": ending({"b": by("a", x=3.0, y=-2.0)}),
        },
        **{"types": TYPES, "discount": 0.5, "precision": {"a": 0.3, "b": 0.7}, **more},
    )


def test_a_tree_is_told_node_by_node() -> None:
    found = unroll(signal(), 0)
    assert [node.kind for node in found.nodes] == (
        ["chance"] + ["choice", "choice", "end", "chance", "end", "end", "end"] * 2
    )
    root = found.nodes[0]
    assert (root.moves, root.probabilities, root.children) == (("a x", "a y"), (0.25, 0.75), (1, 8))
    assert [(each.player, each.own_type, each.label, each.moves) for each in found.sets] == [
        (0, "x", "say, a (x)", ("l", "r")),
        (1, "", "hear, b, after say l", ("u", "d")),
        (0, "y", "say, a (y)", ("l", "r")),
    ]
    ends = [(node.label, node.payoffs) for node in found.nodes if node.kind == "end"]
    # what is paid at a move, then the flow; what is paid at the very end is discounted once
    assert ends == [
        ("", (1.0 + 0.5 * 8, 1.0)),
        ("won", (1.0, 3.0)),
        ("", (1.0 + 0.5 * 8, 5.0)),
        ("", (0.5 * 8, 1.0)),
        ("", (-1.0, 1.0)),
        ("won", (-1.0, -2.0)),
        ("", (-1.0, 5.0)),
        ("", (0.0, 1.0)),
    ]
    assert found.precision == (0.3, 0.7)


def test_movers_at_once_know_nothing_of_each_other_and_everything_later() -> None:
    filled = small_game(
        ("a", "b"),
        {
            "both": choice(
                {"a": ["l", "r"], "b": ["u", "d"]},
                {("l", "u"): to("again"), ("l", "d"): to("end"), ("r", "u"): to("end"), ("r", "d"): to("end")},
            ),
            "again": choice({"b": ["u", "d"]}, {"u": to("end"), "d": to("end")}),
            "end": ending({"a": 1.0}),
        },
        types=TYPES,
    )
    found = unroll(filled, 0)
    labels = [found.sets[node.place].label for node in found.nodes if node.kind == "choice"]
    of_a_type = ["both, b", "again, b, after both a l, b u", "both, b"]
    assert labels == ["both, a (x)", *of_a_type, "both, a (y)", *of_a_type]
    assert imperfect_recall(grow(found.players, nested(found))) == ()


def test_impossible_ways_types_and_choices_of_one_make_no_node() -> None:
    filled = small_game(
        ("a",),
        {
            "one": choice({"a": ["only"]}, {"only": to("toss", pays={"a": 2.0})}),
            "toss": chance(to("good", np.array([1.0, 0.5])), to("bad", np.array([0.0, 0.5]))),
            "good": ending({"a": 1.0}),
            "bad": ending(),
        },
        types={"a": {"x": 1.0, "y": 0.0}},
    )
    (end,) = unroll(filled, 0).nodes
    assert (end.kind, end.payoffs, end.label) == ("end", (3.0,), "good")
    assert [node.label for node in unroll(filled, 1).nodes] == ["", "good", "bad"]
    with pytest.raises(IndexError):
        unroll(filled, 2)


def test_the_past_tells_sets_apart_though_the_point_is_the_same() -> None:
    filled = signal(periods=2)
    found = unroll(filled, 0)
    again = [each for each in found.sets if each.period == 1 and each.player == 0]
    assert len({each.label for each in found.sets}) == len(found.sets)
    assert [each.label for each in again][:2] == [
        "2. say, a (x), after 1. say l, 1. hear u",
        "2. say, a (x), after 1. say l, 1. hear d, 1. luck: calm",
    ]
    assert imperfect_recall(grow(found.players, nested(found))) == ()


# against other programs for the same thing


@pytest.mark.parametrize("seed", range(6))
def test_a_game_at_once_has_the_trees_equilibrium(seed: int) -> None:
    rng = np.random.default_rng(seed)
    filled = normal_form(rng.normal(0, 2, (2, 2, 3)), precision={"1": 0.4, "2": 0.7})  # type: ignore[arg-type]
    found = unroll(filled, 0)
    solution = solve_tree(grow(found.players, nested(found, scale=True)), 1.0)
    engine = solve(filled, residual=1e-11).probability[0, 0, :, 0, 0]
    assert np.exp(solution.y) == pytest.approx(engine, abs=1e-8)


def test_a_game_of_periods_has_the_trees_equilibrium() -> None:
    filled = no_types(periods=2)
    found = unroll(filled, 0)
    solution = solve_tree(grow(found.players, nested(found, scale=True)), 1.0)
    probability = solve(filled, residual=1e-12).probability[0, :, :, 0, 0]
    tree, at = np.exp(solution.y), 0
    labels = filled.game.option_label
    points = filled.game.option_point
    for entry in found.sets:
        options = [o for o in range(len(labels)) if points[o] == entry.point and labels[o][2] in entry.moves]
        assert tree[at : at + len(options)] == pytest.approx(probability[entry.period, options], abs=1e-8)
        at += len(options)


def no_types(**more: Any) -> Filled:
    return small_game(
        ("a", "b"),
        {
            "say": choice({"a": ["l", "r"]}, {"l": to("hear", pays={"a": -0.5}), "r": to("calm")}),
            "hear": choice({"b": ["u", "d"]}, {"u": to("calm"), "d": to("luck")}),
            "luck": chance(to("won", 0.25), to("calm", 0.75, pays={"b": 4.0})),
            "calm": close({"b": 1.0, "a": 0.7}, final={"a": 2.0}),
            "won": ending({"b": -3.0, "a": 5.0}),
        },
        precision={"a": 0.8, "b": 1.3},
        **more,
    )


@pytest.mark.parametrize("periods", [1, 2])
def test_uniform_play_pays_in_the_tree_what_the_definition_says(periods: int) -> None:
    """At precision zero everybody plays by chance, and beliefs stay where they are: no grid comes between."""
    filled = signal(periods=periods, buffer=1, precision=0.0, flow_after_discount=True)
    found = unroll(filled, 0)
    value = solve_types_by_definition(filled).value[0, :, 0]
    paid = expected(found)
    assert filled.game.slots == ((0, 0), (0, 1), (1, 0))
    assert paid == pytest.approx([0.25 * value[0] + 0.75 * value[1], value[2]], abs=1e-10)


def test_a_signalling_game_has_the_trees_equilibrium_up_to_the_grid() -> None:
    """The tree knows beliefs exactly; the game keeps them on nodes, here many."""
    filled = signal(nodes=401, span=4.0)
    found = unroll(filled, 0)
    solution = solve_tree(grow(found.players, nested(found, scale=True)), 1.0)
    tree = np.exp(solution.y).reshape(-1, 2)
    strategies = solve_types_by_definition(filled, residual=1e-10)
    cells = strategies.cells
    assert cells is not None
    start = 200
    say = [
        strategies.probability[0, cells.first[0] + own * cells.by_type[0] + start * cells.by_node[0], 0]
        for own in (0, 1)
    ]
    assert [tree[0, 0], tree[2, 0]] == pytest.approx(say, abs=2e-5)


def test_what_differs_at_a_finite_precision_is_noted() -> None:
    def notes(filled: Filled) -> list[str]:
        return [note.split(" ")[0] for note in unroll(filled, 0).notes]

    assert notes(no_types(periods=2)) == ["precision"]
    assert notes(no_types(periods=2, discount=0.9)) == ["precision", "payoffs"]
    assert notes(no_types(periods=1, discount=0.9)) == ["precision"]
    assert notes(signal(precision=1.0)) == ["beliefs"]


# what a tree cannot say


def words(filled: Filled, **more: Any) -> str:
    with pytest.raises(NoTreeError) as refused:
        unroll(filled, 0, **more)
    return str(refused.value)


def test_other_priors_and_other_views_are_refused_by_name() -> None:
    assert "b does not believe the analyst's shares of the types of a" in words(
        signal(believed={"a": {"b": {"x": 0.5}}})
    )
    seen = chance(to("up", 0.5, seen={"a": 0.4}), to("down", 0.5, seen={"a": 0.6}))
    filled = small_game(("a",), {"toss": seen, "up": ending({"a": 1.0}), "down": ending()})
    assert "a sees probabilities of chance otherwise than they are" in words(filled)
    assert unroll(signal(believed={"a": {"b": {"x": 0.25}}}), 0).sets


def test_a_perceived_payoff_is_refused_unless_filled_without() -> None:
    given = case(
        perceives={"a": {"p": "p * 2"}},
        order=[{"stage": "s", "mover": "a", "moves": {"l": {"cost": "p"}, "r": {}}}],
    )
    game = compile_game(given)
    numbers = Given(p=0.3, q=0.1, r=0.1)
    assert "a sees own payoffs otherwise than they are" in words(fill(game, given, numbers))
    assert len(unroll(fill(game, given, numbers, perceive=False), 0).nodes) == 1 + 2 * (1 + 2)
    assert len(unroll(fill(game, given, Given(p=0.0, q=0.1, r=0.1)), 0).nodes) == 7  # twice nothing is the same


def test_base_weights_are_refused_unless_they_are_all_the_same() -> None:
    def weighed(left: Any, right: Any) -> Filled:
        moves = {("a", "l"): left, ("a", "r"): right}
        points = {"s": choice({"a": ["l", "r"]}, {"l": to("e"), "r": to("e")}, moves), "e": ending()}
        return small_game(("a",), points, types=TYPES)

    assert "the moves of a at 's' have different base weights" in words(weighed(0.5, 1.0))
    assert "different base weights" in words(weighed(by("a", x=1.0, y=2.0), 1.0))
    assert len(unroll(weighed(0.5, 0.5), 0).nodes) == 7


def test_a_tree_that_would_be_too_large_is_counted_first() -> None:
    filled = no_types(periods=6)
    assert "the tree would have" in words(filled, most_nodes=100)
    small = unroll(no_types(periods=3), 0)
    assert f"the tree would have {len(small.nodes)} nodes" in words(
        no_types(periods=3), most_nodes=len(small.nodes) - 1
    )


def test_a_draw_with_faults_is_refused() -> None:
    given = case(order=[{"chance": "c", "branches": {"x": {"p": "p"}, "y": {"p": "rest"}}}])
    assert "is not a probability" in words(fill(compile_game(given), given, Given(p=1.5, q=0.1, r=0.1)))
