"""One draw of a case as a tree that Gambit's files can hold: payoffs times precision, and labels that Gambit reads."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from assay.case.model import Case
from assay.case.order import Block, Stage
from assay.errors import InputError, Problem
from assay.game.unroll import MOST_NODES, NoTreeError, Unrolled, unroll
from assay.runs.api import CASE
from assay.runs.one import One
from assay.trees.build import Branch, Chance, Choice, End, grow, shares
from assay.trees.tree import Tree, distinct


@dataclass(frozen=True, slots=True)
class Exported:
    """A tree, and in which ways it is not the case."""

    tree: Tree
    notes: tuple[str, ...]


def exported(it: One, most_nodes: int = MOST_NODES) -> Exported:
    """The tree of a draw, payoffs of each player multiplied by its precision, so that it is solved at precision 1.

    Raises InputError with what a tree cannot say, at its places in the case: see `assay.game.unroll`.
    """
    try:
        found = unroll(it.filled, 0, most_nodes)
    except NoTreeError as error:
        found_wrong = [(_place(it.case, each.path), each.found, each.expected) for each in error.troubles]
        raise InputError(Problem(CASE, None, None, *each) for each in found_wrong) from None
    notes = (_scaled(found), *(note for note in found.notes if not note.startswith("precision differs")))
    comment = safe(f"{it.words}. " + " ".join(f"{note[:1].upper()}{note[1:]}." for note in notes))
    return Exported(grow(labels(found.players), _nested(found), safe(it.case.title), comment), notes)


def _place(case: Case, path: str) -> str:
    """Where in the case something is wrong. Base weights are told by the name of their stage."""
    for at, item in enumerate(case.order):
        inner = enumerate(item.stages) if isinstance(item, Block) else ()
        places = {f"order[{at}]": item, **{f"order[{at}].stages[{n}]": each for n, each in inner}}
        for place, each in places.items():
            if isinstance(each, Stage) and each.stage == path:
                return place
    return path


def _scaled(found: Unrolled) -> str:
    each = ", ".join(f"{name} {precision:g}" for name, precision in zip(found.players, found.precision, strict=True))
    return f"payoffs are multiplied by each player's precision ({each}): the case's precision is 1 here"


def _nested(found: Unrolled) -> Branch:
    """The tree as nested values. Nodes stand before their children, so that the last is made first."""
    at_sets = labels([each.label for each in found.sets])
    ends = iter(reversed(labels([node.label for node in found.nodes if node.kind == "end"])))
    made: dict[int, Branch] = {}
    for at in reversed(range(len(found.nodes))):
        node = found.nodes[at]
        below = [made.pop(child) for child in node.children]
        if node.kind == "end":
            scaled = tuple(pay * by + 0.0 for pay, by in zip(node.payoffs, found.precision, strict=True))
            made[at] = End(scaled, next(ends))
        elif node.kind == "chance":
            made[at] = Chance(tuple(zip(labels(node.moves), shares(node.probabilities), below, strict=True)))
        else:
            moves = labels(node.moves)
            made[at] = Choice(found.sets[node.place].player, at_sets[node.place], tuple(zip(moves, below, strict=True)))
    return made[0]


def labels(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Labels that every Gambit reads, different from each other."""
    return distinct([safe(text) for text in texts])


def safe(text: str) -> str:
    """A text as Gambit's files hold it: printable ASCII, single spaces, none at the ends, no backslash.

    Gambit 16.7 reads ASCII alone, Gambit 17 refuses spaces at the ends of labels and doubled ones. Accents are dropped,
    other letters become question marks.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    for fancy, simple in (
        ("\u2018", "'"),
        ("\u2019", "'"),
        ("\u201c", '"'),
        ("\u201d", '"'),
        ("\u2013", "-"),
        ("\u2014", "-"),
    ):
        plain = plain.replace(fancy, simple)
    words = plain.replace("\\", "/").split()
    return " ".join("".join(c if " " < c < "\x7f" else "?" for c in word) for word in words)
