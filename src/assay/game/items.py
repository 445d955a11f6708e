"""What an item of `order` says, before any world is looked at: whom a row matches, which formulas decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assay.case.order import Branch as CaseBranch
from assay.case.order import Chance, Move, Stage
from assay.formula.ast import Formula, Name
from assay.game.steps import meanings_of


def matches(moves: Sequence[str], played: Sequence[str]) -> bool:
    """Whether a row's `moves` match what the movers played."""
    if len(moves) == 1:
        word, _, move = moves[0].partition(" ")
        count = sum(each == move.strip() for each in played)
        if move and word in ("one", "all", "no"):
            return count == {"one": 1, "all": len(played), "no": 0}[word]
    if len(moves) != len(played):
        return False
    return all(
        entry.strip() == "any" or each in (part.strip() for part in entry.split("|"))
        for entry, each in zip(moves, played, strict=True)
    )


def formulas_of(item: Stage | Chance) -> Iterator[Formula]:
    """Every formula that decides what happens at a stage or chance, save its own `when`."""
    if isinstance(item, Chance):
        yield from _formulas_of_branches(item.branches)
        return
    for moves in (item.moves, *item.movers.values()):
        for meanings in moves.values():
            for move in meanings_of(meanings):
                yield from _formulas_of_move(move)
    for row in item.leads_to:
        yield from (part for parts in row.pays.values() for part in parts.values())
        yield from [row.when] if row.when is not None else []
        yield from _formulas_of_branches(row.chance or {})


def _formulas_of_move(move: Move) -> Iterator[Formula]:
    yield from (formula for formula in (move.when, move.only_if, move.weight) if formula is not None)
    if isinstance(move.cost, Formula):
        yield move.cost
    elif move.cost is not None:
        yield from move.cost.values()
    yield from (part for parts in move.pays.values() for part in parts.values())
    yield from _formulas_of_branches(move.chance or {})


def _formulas_of_branches(table: Mapping[str, CaseBranch | Formula | Literal["rest"]]) -> Iterator[Formula]:
    for entry in table.values():
        if isinstance(entry, CaseBranch):
            yield from (part for parts in entry.pays.values() for part in parts.values())
        probability = entry.p if isinstance(entry, CaseBranch) else entry
        if isinstance(probability, Formula) and not is_rest(probability):
            yield probability


def is_rest(probability: Formula | Literal["rest"]) -> bool:
    """Whether a probability is what the other branches leave."""
    return probability == "rest" or (isinstance(probability, Formula) and probability.node == Name("rest"))
