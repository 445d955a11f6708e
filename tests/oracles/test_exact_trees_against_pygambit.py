"""Gambit itself (pygambit 16.7): its catalogue and random games, read, written and solved both ways."""

import io
from fractions import Fraction
from pathlib import Path

import pygambit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.trees.build import Branch, Chance, Choice, End, grow
from assay.trees.census import census
from assay.trees.read import read, read_text
from assay.trees.solve import Outcome, Solution, solve
from assay.trees.tree import Tree, absent_minded
from assay.trees.write import write_efg, write_nfg

CATALOGUE = Path(pygambit.__file__).parent / "catalog_data"
FILES = sorted(path for path in CATALOGUE.rglob("*") if path.suffix in (".efg", ".nfg"))
NAMES = [str(path.relative_to(CATALOGUE)) for path in FILES]
PRECISIONS = [0.1, 1.0, 3.0, 20.0, 300.0]


def gambit_reads(text: str) -> pygambit.Game:
    return (pygambit.read_nfg if text.lstrip().startswith("NFG") else pygambit.read_efg)(io.StringIO(text))


def gambit_writes(game: pygambit.Game) -> str:
    return game.to_efg() if game.is_tree else game.to_nfg()


def in_gambits_order(solution: Solution, game: pygambit.Game) -> list[float]:
    """Probabilities as Gambit lists them: by player, then information set."""
    tree = solution.tree
    order = sorted(range(len(tree.sets)), key=lambda i: (tree.sets[i].player, tree.sets[i].number))
    own = list(solution.strategies.values())
    found = [p for i in order for p in own[i].values()]
    assert len(found) == len(list(game.actions if game.is_tree else game.strategies))
    return found


def test_the_catalogue_is_there() -> None:
    assert len(FILES) >= 35


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_gambit_reads_what_we_write_as_what_it_reads_itself(path: Path) -> None:
    tree = read(path)
    theirs = gambit_reads(path.read_text())
    written = write_nfg(tree) if path.suffix == ".nfg" else write_efg(tree)
    assert gambit_writes(gambit_reads(written)) == gambit_writes(theirs)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_we_read_what_gambit_writes_as_what_we_read_ourselves(path: Path) -> None:
    tree = read(path)
    again, _ = read_text(gambit_writes(gambit_reads(path.read_text())))
    # Gambit doubles the backslashes of a comment each time that it writes one.
    assert (again.players, again.sets, again.chances) == (tree.players, tree.sets, tree.chances)
    assert (again.outcomes, again.nodes) == (tree.outcomes, tree.nodes)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_catalogue_solved(path: Path) -> None:
    tree = read(path)
    if absent_minded(tree):
        with pytest.raises(InputError, match="absent-mindedness"):
            solve(tree, 1.0)
        return
    game = gambit_reads(path.read_text())
    for precision, answer in zip(PRECISIONS, pygambit.qre.logit_solve_lambda(game, PRECISIONS), strict=True):
        own = solve(tree, precision)
        assert own.result is Outcome.CONVERGED
        found = in_gambits_order(own, game)
        theirs = [answer[i] for i in range(len(found))]
        if own.crossings:
            # Past a crossing Gambit leaves the branch on one side or the other; the census has what it found.
            others = [in_gambits_order(other, game) for other in census(tree, precision).equilibria]
            assert any(other == pytest.approx(theirs, abs=1e-4) for other in others)
        else:
            assert found == pytest.approx(theirs, abs=2e-7)


SPELLINGS = [
    sign + digits + exponent
    for sign in ("", "+", "-")
    for digits in ("5", ".5", "5.", "1.50", "007")
    for exponent in ("", "e3", "e+3", "e-3", "E3", "E+3", "e+03")
] + ["1/2", "+1/2", "-01/02", "2/4"]


def one_payoff(number: str) -> str:
    return f"""EFG 2 R "t" {{ "A" }}\n""\n\np "" 1 1 "s" {{ "l" "r" }} 0
t "" 1 "a" {{ {number} }}\nt "" 2 "b" {{ 2 }}\n"""


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_keeps_its_spelling_where_gambit_reads_it_and_is_written_so_that_it_does(number: str) -> None:
    given = one_payoff(number)
    written = write_efg(read_text(given)[0])
    game = gambit_reads(written)
    assert Fraction(str(next(iter(game.outcomes))["A"])) == Fraction(number)
    try:
        gambit_reads(given)
    except ValueError:
        assert written != given
    else:
        assert written == given
    table = f'NFG 1 R "t" {{ "A" }} {{ 2 }} "" {number} 2'
    again = gambit_reads(write_nfg(read_text(table)[0]))
    assert Fraction(str(next(iter(again.outcomes))["A"])) == Fraction(number)


# Gambit 16.7 wants labels of printable ASCII, without spaces at their ends or two in a row.
LABELS = st.text(st.sampled_from('ab Z1"{},/'), max_size=5).filter(lambda text: " ".join(text.split()) == text)
TEXTS = st.text(st.sampled_from('ab "{}é\n'), max_size=8)
NUMBERS = st.sampled_from(["0", "1", "-2", "1/3", "-7/2", "0.25", "-.5", "1.5e2", "3E-1", "+4"]) | st.integers(-9, 9)


@st.composite
def games(draw: st.DrawFn, depth: int = 3) -> Tree:
    """Trees with chance, two or three players, and information sets that join nodes of one depth."""
    count = draw(st.integers(1, 3))
    shapes: dict[str, tuple[int, list[str]]] = {}

    def grown(level: int) -> Branch:
        kind = draw(st.integers(0, 4)) if level else 0
        if kind == 0:
            return End(tuple(draw(NUMBERS) for _ in range(count)))
        if kind == 1:
            shares = draw(st.sampled_from([("1",), ("1/2", "0.5"), ("1/3", "2/3"), ("0", "1"), (".25", "1/2", "1/4")]))
            return Chance(tuple((draw(LABELS), share, grown(level - 1)) for share in shares))
        key = f"{draw(LABELS)}{level}.{draw(st.integers(0, 1))}"
        if key not in shapes:
            shapes[key] = (draw(st.integers(0, count - 1)), draw(st.lists(LABELS, min_size=1, max_size=3)))
        player, moves = shapes[key]
        return Choice(player, key, tuple((move, grown(level - 1)) for move in moves))

    players = draw(st.lists(LABELS, min_size=count, max_size=count))
    return grow(players, grown(depth), draw(TEXTS), draw(TEXTS))


@settings(max_examples=60)
@given(games())
def test_random_games_there_and_back(tree: Tree) -> None:
    theirs = gambit_reads(write_efg(tree))
    again, warnings = read_text(theirs.to_efg())
    ours, _ = read_text(write_efg(tree))
    assert warnings == ()
    assert again == ours


@settings(max_examples=40)
@given(games(), st.sampled_from([0.3, 2.0]))
def test_random_games_solved(tree: Tree, precision: float) -> None:
    own = solve(tree, precision)
    theirs = gambit_reads(write_efg(tree))
    assert own.result is Outcome.CONVERGED
    if any(share.value == 0 for chance in tree.chances for share in chance.probabilities) or own.crossings:
        return  # Gambit has no answer at information sets that chance never reaches
    if not len(list(theirs.actions)):
        return
    (answer,) = pygambit.qre.logit_solve_lambda(theirs, [precision])
    read_back = solve(read_text(write_efg(tree))[0], precision)
    found = in_gambits_order(read_back, theirs)
    assert found == pytest.approx([answer[i] for i in range(len(found))], abs=1e-6)


TOLLS = """EFG 2 R "Paid on the way" { "A" "B" "C" }
c "" 1 "" { "u" 2/5 "d" 3/5 } 1 "start" { 1, -1, 0.5 }
p "" 1 1 "h" { "x" "y" "z" } 2 "toll" { -1, 0, 2 }
p "" 2 1 "k" { "l" "r" } 0
t "" 3 "" { 3 0 0 }
t "" 4 "" { 0 2 1 }
t "" 2
p "" 3 1 "m" { "o" "i" } 2
t "" 3
p "" 1 2 "" { "a" "b" } 1
t "" 0
t "" 4
p "" 3 1 0
p "" 2 1 2
t "" 4
t "" 3
t "" 1
"""


@pytest.mark.parametrize("precision", [0.4, 3.0, 50.0])
def test_payoffs_on_the_way_add_up(precision: float) -> None:
    tree, warnings = read_text(TOLLS)
    game = gambit_reads(TOLLS)
    (answer,) = pygambit.qre.logit_solve_lambda(game, [precision])
    own = solve(tree, precision)
    found = in_gambits_order(own, game)
    assert warnings == ()
    assert found == pytest.approx([answer[i] for i in range(len(found))], abs=1e-6)
    profile = game.mixed_behavior_profile()
    for action, share in zip((a for p in game.players for h in p.infosets for a in h.actions), found, strict=True):
        profile[action] = share
    for player, pay in zip(game.players, own.payoffs, strict=True):
        assert pay == pytest.approx(profile.payoff(player), abs=1e-12)
    assert gambit_reads(write_efg(tree)).to_efg() == game.to_efg()


def test_a_table_that_gambit_makes() -> None:
    table = pygambit.Game.from_arrays([[1, 2, 0], [3, 0, 1]], [[0, 1, 5], [2, 1, 1]], title="made")
    tree, _ = read_text(table.to_nfg())
    (answer,) = pygambit.qre.logit_solve_lambda(table, [1.7])
    assert in_gambits_order(solve(tree, 1.7), table) == pytest.approx([answer[i] for i in range(5)], abs=1e-6)
    assert gambit_reads(write_nfg(tree)).to_nfg() == gambit_reads(table.to_nfg()).to_nfg()


def test_a_tree_that_gambit_makes() -> None:
    game = pygambit.Game.new_tree(players=["one", "two"], title="grown by Gambit")
    game.append_move(game.root, game.players.chance, ["u", "d"])
    game.set_chance_probs(game.root.infoset, [pygambit.Rational(1, 4), pygambit.Rational(3, 4)])
    for child in game.root.children:
        game.append_move(child, "one", ["l", "r"])
    game.append_move([child.children["l"] for child in game.root.children], "two", ["L", "R"])
    for number, node in enumerate(node for node in game.nodes if node.is_terminal):
        outcome = game.add_outcome(f"end {number}")
        for player, pay in zip(game.players, (number, number * number % 7), strict=True):
            outcome[player] = pay
        game.set_outcome(node, outcome)
    tree, _ = read_text(game.to_efg())
    assert gambit_reads(write_efg(tree)).to_efg() == game.to_efg()
    for precision in (0.5, 4.0):
        (answer,) = pygambit.qre.logit_solve_lambda(game, [precision])
        own = in_gambits_order(solve(tree, precision), game)
        assert own == pytest.approx([answer[i] for i in range(len(own))], abs=1e-6)
