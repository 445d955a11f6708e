"""Trees as Gambit's files. Numbers are written as they were given, but for spellings that Gambit does not read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from assay.trees.lexer import quoted
from assay.trees.number import Exact
from assay.trees.tree import Kind, Node, Tree


def write_efg(tree: Tree) -> str:
    """The tree as the text of a Gambit `.efg` file.

    Raises ValueError for a label that Gambit's files cannot hold (one that ends in a backslash).
    """
    lines = [f"EFG 2 R {quoted(tree.title)} {_braced(map(quoted, tree.players))}", quoted(tree.comment), ""]
    described: set[int] = set()
    lines += [f"{node.kind.value} {quoted(node.label)} {_entry(tree, node, described)}" for node in tree.nodes]
    return "\n".join(lines) + "\n"


def _entry(tree: Tree, node: Node, described: set[int]) -> str:
    """What stands at a node after its label. An outcome's payoffs are given where it first stands."""
    parts = []
    if node.kind is Kind.CHOICE:
        entry = tree.sets[node.place]
        label, moves = quoted(entry.label), _braced(map(quoted, entry.moves))
        parts.append(f"{entry.player + 1} {entry.number} {label} {moves}")
    elif node.kind is Kind.CHANCE:
        chance = tree.chances[node.place]
        pairs = (f"{quoted(move)} {p}" for move, p in zip(chance.moves, chance.probabilities, strict=True))
        parts.append(f"{chance.number} {quoted(chance.label)} {_braced(pairs)}")
    if node.outcome < 0:
        return " ".join([*parts, "0"])
    outcome = tree.outcomes[node.outcome]
    parts.append(str(node.outcome + 1))
    if node.outcome not in described:
        described.add(node.outcome)
        parts.append(f"{quoted(outcome.label)} {_payoffs(outcome.payoffs)}")
    return " ".join(parts)


def write_nfg(tree: Tree) -> str:
    """A game in which everybody moves once, at once, as the text of a Gambit `.nfg` file.

    Raises ValueError where the tree is another kind of game: its agents' logit equilibria are not those of its
    strategic form, so that writing it as a table would change what is solved.
    """
    reason = not_simultaneous(tree)
    if reason:
        raise ValueError(f"{reason}; write it as .efg")
    own = {entry.player: entry.moves for entry in tree.sets}
    moves = [own[player] for player in range(len(tree.players))]
    lines = [f"NFG 1 R {quoted(tree.title)} {_braced(map(quoted, tree.players))}", ""]
    lines += ["{ " + "\n".join(_braced(map(quoted, own)) for own in moves), "}", quoted(tree.comment), "", "{"]
    lines += [f"{{ {quoted(outcome.label)} {_listed(outcome.payoffs)} }}" for outcome in tree.outcomes]
    cells = {_moves(tree, at): node.outcome + 1 for at, node in enumerate(tree.nodes) if node.kind is Kind.END}
    order = product(*(range(len(own)) for own in reversed(moves)))
    return "\n".join([*lines, "}", " ".join(str(cells[cell[::-1]]) for cell in order)]) + "\n"


def not_simultaneous(tree: Tree) -> str:
    """Why a tree is not a game in which everybody moves once, at once; empty where it is."""
    if any(node.kind is Kind.CHANCE for node in tree.nodes):
        return "chance moves in this game, which a table has no place for"
    if sorted(entry.player for entry in tree.sets) != list(range(len(tree.players))):
        return "in this game not everybody has exactly one information set"
    if any(node.outcome >= 0 and node.kind is not Kind.END for node in tree.nodes):
        return "in this game something is paid before its end"
    deep = {sum(1 for _ in tree.path(at)) for at, node in enumerate(tree.nodes) if node.kind is Kind.END}
    if deep != {len(tree.players)}:
        return "in this game who moves depends on what others did"
    return ""


def _moves(tree: Tree, end: int) -> tuple[int, ...]:
    """Everybody's move on the way to an end, by player."""
    made = {tree.sets[tree.nodes[at].place].player: move for at, move in tree.path(end)}
    return tuple(made[player] for player in range(len(tree.players)))


def _braced(parts: Iterable[str]) -> str:
    return " ".join(["{", *parts, "}"])


def _listed(numbers: Iterable[Exact]) -> str:
    return ", ".join(str(number) for number in numbers)


def _payoffs(numbers: tuple[Exact, ...]) -> str:
    return f"{{ {_listed(numbers)} }}" if numbers else "{ }"
