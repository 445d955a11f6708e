"""What is read from Gambit's files, and what is said of files that cannot be read. One problem, one place."""

from fractions import Fraction

import pytest

from assay.errors import InputError
from assay.trees.lexer import quoted, unquoted
from assay.trees.read import read, read_text
from assay.trees.tree import Kind, imperfect_recall
from assay.trees.write import write_efg, write_nfg

HEAD = 'EFG 2 R "t" { "A" "B" }\n'
SIGNAL = """EFG 2 R "Signal" { "Sender" "Receiver" }
"two types"

c "" 1 "" { "strong" 1/3 "weak" 2/3 } 0
p "" 1 1 "" { "loud" "quiet" } 0
p "" 2 1 "heard" { "yield" "fight" } 0
t "" 1 "a" { 2, 1 }
t "" 2 "b" { .5, -1/2 }
t "" 3 "" { 1 1 }
p "" 1 2 "weak sender" { "loud" "quiet" } 4 "toll" { -1, 0 }
p "" 2 1 0
t "" 1
t "" 5 "c" { -1e0, 1.50 }
t "" 0
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        read_text(text, "f")
    return [str(problem) for problem in error.value.problems]


def test_a_signalling_game() -> None:
    tree, warnings = read_text(SIGNAL)
    assert warnings == ()
    assert (tree.title, tree.comment, tree.players) == ("Signal", "two types", ("Sender", "Receiver"))
    assert tree.names == ("Sender:1", "heard", "weak sender")
    assert [entry.player for entry in tree.sets] == [0, 1, 0]
    assert [p.value for p in tree.chances[0].probabilities] == [Fraction(1, 3), Fraction(2, 3)]
    assert [node.kind for node in tree.nodes].count(Kind.END) == 6
    assert tree.nodes[0].children == (1, 6)
    assert [float(pay) for pay in tree.outcomes[1].payoffs] == [0.5, -0.5]
    assert [str(pay) for pay in tree.outcomes[4].payoffs] == ["-1e0", "1.50"]
    assert tree.nodes[6].outcome == 3
    assert tree.nodes[-1].outcome == -1
    assert imperfect_recall(tree) == ()


def test_what_is_written_reads_back_the_same() -> None:
    tree, _ = read_text(SIGNAL)
    assert read_text(write_efg(tree))[0] == tree


def test_the_first_player_of_a_table_changes_fastest() -> None:
    tree, _ = read_text('NFG 1 R "t" { "A" "B" } { 2 3 } 1 10 2 20 3 30 4 40 5 50 6 60')
    assert tree.names == ("A", "B")
    pays = [[float(p) for p in tree.outcomes[node.outcome].payoffs] for node in tree.nodes if node.kind is Kind.END]
    assert pays == [[1, 10], [3, 30], [5, 50], [2, 20], [4, 40], [6, 60]]
    assert read_text(write_nfg(tree))[0] == tree
    again, _ = read_text(write_efg(tree))
    assert pays == [[float(p) for p in again.outcomes[n.outcome].payoffs] for n in again.nodes if n.kind is Kind.END]


def test_a_table_of_outcomes() -> None:
    text = 'NFG 1 D "t" { "A" "B" } { { "u" "d" } { "l" "r" } } "" { { "x" 1, 2 } { "x" 3 4 } } 2 1 0 2'
    tree, _ = read_text(text)
    assert [outcome.label for outcome in tree.outcomes] == ["x_1", "x_2"]
    assert [node.outcome for node in tree.nodes if node.kind is Kind.END] == [1, -1, 0, 1]
    assert read_text(write_nfg(tree))[0] == tree


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "f:1:1:", "an empty file"),
        ('#AGG "x"', "f:1:1:", "starts with '#AGG'"),
        ('EFG 3 R "t" { }', "f:1:5:", "expected 2"),
        ('EFG 2 X "t" { }', "f:1:7:", "R or D"),
        ("EFG 2 R t", "f:1:9:", "the title in quotation marks"),
        ('EFG 2 R "t" { A B }', "f:1:15:", "the players in quotation marks"),
        (HEAD, "f:2:1:", "one more node"),
        (HEAD + 'p "" 1 1 "" { "x" "y" } 0\nt "" 0\n', "f:4:1:", 'after move "y" of the node at line 2'),
        (HEAD + 'q "" 1', "f:2:1:", "expected a node"),
        (HEAD + "t 1 0", "f:2:3:", "the node's label"),
        (HEAD + 't "open 1 0', "f:2:3:", "nothing closes"),
        (HEAD + 'p "" 3 1 "" { "x" } 0\nt "" 0', "f:2:6:", "the players are 1 A, 2 B"),
        (HEAD + 'p "" 1 7 0\nt "" 0', "f:2:8:", "information set 7 of A, which nothing has described"),
        (HEAD + 'p "" 1 x "" { "x" } 0\nt "" 0', "f:2:8:", "the number of the information set"),
        (HEAD + 'p "" 1 1 "" { } 0', "f:2:15:", "no moves"),
        (HEAD + 'c "" 1 "" { "x" 1/3 "y" 1/3 } 0\nt "" 0\nt "" 0', "f:2:13:", "sum to one exactly"),
        (HEAD + 'c "" 1 "" { "x" .3333 "y" .6666 } 0\nt "" 0\nt "" 0', "f:2:13:", "0.9999 (.3333 + .6666)"),
        (HEAD + 'c "" 1 "" { "x" -1 "y" 2 } 0\nt "" 0\nt "" 0', "f:2:17:", "not negative"),
        (HEAD + 'c "" 1 "" { "x" 1/0 } 0\nt "" 0', "f:2:17:", "division by zero"),
        (HEAD + 't "" 1 "a" { 1 }', "f:2:12:", "1 payoff; expected 2"),
        (HEAD + 't "" 1 "a" { 1 2 3 }', "f:2:12:", "3 payoffs; expected 2"),
        (HEAD + 't "" 1 "a" { 1 x }', "f:2:16:", "expected a payoff or '}'"),
        (HEAD + 't "" 1 "a" { 1 2', "f:2:17:", "the end of the file"),
        (HEAD + 't "" 1 "a" { 1 1e999 }', "f:2:16:", "1e300"),
        (HEAD + 't "" 4', "f:2:6:", "outcome 4, which nothing has described"),
        (HEAD + 't "" 0 "a" { 1 2 }', "f:2:6:", "0 says that nothing is paid"),
        ('NFG 1 R "t" { "A" } { 2 } 1', "f:1:28:", "after 1 payoffs; expected 2"),
        ('NFG 1 R "t" { "A" } { 2 } 1 2 3', "f:1:31:", "expected the end of the file"),
        ('NFG 1 R "t" { "A" "B" } { 2 } 1 2', "f:1:25:", "the strategies of 1 players"),
        ('NFG 1 R "t" { "A" } { 0 } 1 2', "f:1:23:", "a player without strategies"),
        ('NFG 1 R "t" { "A" "B" } { 9999 9999 } 1 2', "f:1:25:", "99,980,001 combinations"),
        (
            'NFG 1 R "t" { "A" "B" } { 3000000 2 } 1 2',
            "f:1:25:",
            "6,000,000 combinations of strategies, 9,000,001 nodes",
        ),
        ('NFG 1 R "t" { "A" "B" } { 999999999 999999999 } 1', "f:1:25:", "999,999,998,000,000,001 combinations"),
        ('NFG 1 R "t" { "A" } { 2 } { { "x" 1 } } 1 2', "f:1:43:", "numbered 1 to 1"),
        ('NFG 1 R "t" { "A" } { 2 } { { "x" 1 2 } } 1 1', "f:1:29 (outcome 1):", "2 payoffs; expected 1"),
        ('NFG 1 R "t" { "A" } { 2 } { { "x" 1 } } 1', "f:1:42:", "after 1 outcomes"),
        ('NFG 1 R "t" { } { } ', "f:1:13:", "no players"),
    ],
)
def test_a_bad_file_is_told_where(text: str, place: str, words: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(place), problem
    assert words in problem


def test_nodes_of_a_set_agree() -> None:
    again = HEAD + 'p "" 1 1 "" { "x" "y" } 0\np "" 2 1 "h" { "l" "r" } 0\nt "" 0\nt "" 0\np "" 2 1 "h" '
    assert problems(again + '{ "l" "q" } 0\nt "" 0\nt "" 0') == [
        'f:6:8: information set 1 of B with the moves "l", "q"; "l", "r" as at line 3'
    ]
    found = problems(again.replace('"h" ', '"k" ', 1) + '{ "l" "r" } 0\nt "" 0\nt "" 0')
    assert found == ['f:6:8: information set 1 of B with the label "h"; the label "k" as at line 3']


def test_every_problem_at_once_in_the_order_of_the_file() -> None:
    text = HEAD + 'c "" 1 "" { "x" 1/3 "y" 1/3 } 0\nt "" 1 "a" { 1 }\n'
    text += 'p "" 9 1 "" { "l" "r" } 0\nt "" 7\nt "" 1 "b" { 1 0 }'
    found = problems(text)
    assert [line.split(":")[1] for line in found] == ["2", "3", "4", "5", "6"]


def test_an_entry_that_cannot_be_read_hides_no_other_problem() -> None:
    found = problems(HEAD + 'p "" 1 1 "" { "x" y } 0\nt "" 1 "a" { 1 }\nt "" 8\n')
    assert [line.split(":")[1] for line in found] == ["2", "3", "4"]


def test_labels_of_one_player_differ() -> None:
    text = HEAD + 'p "" 1 1 "h" { "x" } 0\np "" 1 2 "h" { "x" } 0\nt "" 0\n'
    (problem,) = problems(text)
    assert problem.startswith('f:3:8: information set 2 of A with the label "h", which the set at line 2 has')


def test_two_players_may_use_a_label() -> None:
    tree, _ = read_text(HEAD + 'p "" 1 1 "h" { "x" } 0\np "" 2 1 "h" { "x" } 0\nt "" 0\n')
    assert tree.names == ("A:1", "B:1")


def test_repeated_and_empty_labels_are_made_different_as_gambit_does() -> None:
    tree, _ = read_text('EFG 2 R "" { "A" "A" "" }\np "" 1 1 "" { "x" "x" "x_1" "" } 0\n' + 't "" 0\n' * 4)
    assert tree.players == ("A_1", "A_2", "_1")
    assert tree.sets[0].moves == ("x_2", "x_3", "x_1", "_1")


def test_what_follows_the_tree_is_told_and_left() -> None:
    tree, (warning,) = read_text(HEAD + 't "" 0\nt "" 0\n')
    assert len(tree.nodes) == 1
    assert (warning.severity, warning.line) == ("warning", 3)


@pytest.mark.parametrize("inside", [r"a\"b", r"\wedge", r"a\\b", r"\\\"", r"x\\\\y", "line\nbreak", r"\ \""])
def test_quoting_comes_back(inside: str) -> None:
    assert unquoted(quoted(unquoted(inside))[1:-1]) == unquoted(inside)


def test_a_label_that_gambit_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="backslashes"):
        quoted("ends in \\")


def test_bytes_that_are_not_text(tmp_path) -> None:
    path = tmp_path / "x.efg"
    path.write_bytes(b'EFG 2 R "t" { }\nt "\xff" 0')
    with pytest.raises(InputError, match=r"x\.efg:2:4: a byte 0xff that is not UTF-8"):
        read(path)


def test_windows_files(tmp_path) -> None:
    path = tmp_path / "x.efg"
    path.write_bytes(b"\xef\xbb\xbf" + SIGNAL.replace("\n", "\r\n").encode())
    assert read(path) == read_text(SIGNAL)[0]


def test_no_such_file(tmp_path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "x.efg")
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path)


@pytest.mark.parametrize("text", [SIGNAL, HEAD + 'p "" 2 1 "" { "x" } 0\nt "" 0\n'])
def test_only_simultaneous_games_are_written_as_tables(text: str) -> None:
    tree, _ = read_text(text)
    with pytest.raises(ValueError, match=r"write it as \.efg"):
        write_nfg(tree)
