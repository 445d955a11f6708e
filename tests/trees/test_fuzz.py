"""Whatever a file holds, the readers answer with a tree or with located problems."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.trees.read import read_text
from assay.trees.tree import Tree
from assay.trees.write import write_efg

EFG = 'EFG 2 R "t" { "A" "B" }\n"c"\np "" 1 1 "h" { "x" "y" } 0\nt "" 1 "a" { 1, 2 }\nc "" 1 "" { "u" 1/2 "v" .5 } 0\n'
EFG += 'p "" 2 1 "" { "l" } 0\nt "" 1\nt "" 0\n'
NFG = 'NFG 1 R "t" { "A" "B" }\n{ { "u" "d" } { "l" "r" } }\n"c"\n{ { "x" 1, 2 } { "y" 3, 4 } }\n1 2 0 1\n'
PIECES = ["p", "c", "t", "{", "}", ",", '""', '"x"', '"', "0", "1", "2", "-1", "1/2", ".5", "1e9", "1/0", "\\", "\n"]
PIECES += [" ", "EFG 2 R", "NFG 1 R", 'EFG 2 R "t" { "A" }', 'NFG 1 R "t" { "A" } { 2 }', "99999999999", "é", "\0"]


def paid(tree: Tree) -> list[object]:
    return [(n.kind, n.children, tree.outcomes[n.outcome].payoffs if n.outcome >= 0 else ()) for n in tree.nodes]


def answers(text: str) -> None:
    try:
        tree, warnings = read_text(text, "f")
    except InputError as error:
        refused = error.problems
    else:
        refused = ()
    lines = text.count("\n") + 1
    for problem in refused:
        assert problem.line is not None
        assert problem.column is not None
        assert 1 <= problem.line <= lines
        assert problem.found
        assert problem.expected
    if refused:
        return
    assert all(warning.severity == "warning" for warning in warnings)
    written = write_efg(tree)
    assert write_efg(read_text(written)[0]).count("\n") == written.count("\n")
    assert paid(read_text(written)[0]) == paid(tree)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " "]))
@example(['EFG 2 R "t" { "A" }', "p", '""', "1", "1", '""', "{", '""', "}", "0"], " ")
def test_random_tokens(pieces: list[str], between: str) -> None:
    answers(between.join(pieces))


@settings(max_examples=300)
@given(
    st.sampled_from([EFG, NFG]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12), st.sampled_from(["", *PIECES])), max_size=4),
)
def test_damaged_files(text: str, edits: list[tuple[int, int, str]]) -> None:
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
    answers(text)


@settings(max_examples=150)
@given(st.text(max_size=60), st.sampled_from(["", EFG, NFG, 'EFG 2 R "']))
def test_any_text(text: str, before: str) -> None:
    answers(before + text)
