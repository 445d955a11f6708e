"""The games of `data/` as trees, and their checks in the tree's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np

from assay.trees.build import Branch, Chance, Choice, End, array_game, grow
from assay.trees.form import Form
from assay.trees.tree import Tree

DATA = Path(__file__).parent / "data"
GAMES = {path.stem: json.loads(path.read_text()) for path in sorted(DATA.glob("*.json"))}
TREES = [name for name, known in GAMES.items() if known["game"]["kind"] in ("tree", "array")]


def cases(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """(game, check) for every check of a kind on a tree or an array."""
    return [(name, check) for name in TREES for check in GAMES[name]["checks"] if check["type"] == kind]


def named(found: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Names for tests."""
    return [f"{name}-{check.get('lam', check.get('wrt', ''))}-{number}" for number, (name, check) in enumerate(found)]


def tree_of(name: str) -> Tree:
    """A game as a tree."""
    game = GAMES[name]["game"]
    if game["kind"] == "tree":
        return grow(game["players"], _branch(game["root"]), name)
    pay = [np.array(own, dtype=object) for own in game["payoffs"]]
    cells = product(*(range(len(own)) for own in game["strategies"]))
    return array_game(game["players"], game["strategies"], [[own[cell] for own in pay] for cell in cells], name)


def _branch(node: dict[str, Any]) -> Branch:
    if "payoffs" in node:
        return End(tuple(node["payoffs"]))
    if "chance" in node:
        return Chance(tuple((label, share, _branch(below)) for label, share, below in node["chance"]))
    return Choice(node["player"], node["infoset"], tuple((label, _branch(below)) for label, below in node["moves"]))


def end_at(tree: Tree, path: list[Any]) -> tuple[int, int]:
    """(node, player) that a check's path into the game's JSON points at."""
    moves = path[2:] if path[0] == "payoffs" else [step for before, step in pairwise(path) if before in BELOW]
    at = 0
    for move in moves:
        at = tree.nodes[at].children[move]
    return at, path[1] if path[0] == "payoffs" else path[-1]


BELOW = ("chance", "moves")


def gap(found: Mapping[str, Mapping[str, float]], profile: Mapping[str, Mapping[str, Any]]) -> float:
    """Largest difference from a profile."""
    return max(
        abs(found[place][move] - float(Fraction(p))) for place, own in profile.items() for move, p in own.items()
    )


def as_profile(form: Form, numbers: np.ndarray) -> dict[str, dict[str, float]]:
    """Numbers of actions by information set and move."""
    first = form.first
    return {
        name: dict(zip(entry.moves, numbers[first[i] : first[i + 1]].tolist(), strict=True))
        for i, (name, entry) in enumerate(zip(form.tree.names, form.tree.sets, strict=True))
    }
