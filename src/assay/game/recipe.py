"""How a table is filled: formulas grouped, so that each is evaluated once for all combinations it is needed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assay.formula.ast import Formula
from assay.formula.walk import names
from assay.game.game import Batch, Ints, Recipe
from assay.game.known import Language, Leaves
from assay.game.rows import RowBook
from assay.game.skeleton import World


@dataclass(slots=True)
class _Group:
    """A batch on the way: its combinations in the order in which they were met."""

    formula: Formula
    viewer: int
    gate: bool
    timed: bool
    variables: tuple[int, ...]
    definition: str = ""
    combinations: dict[World, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    parts: list[tuple[str, int, Ints]] = field(default_factory=list)

    def add(self, combination: World) -> int:
        return self.combinations.setdefault(combination, len(self.combinations))


def recipe_of(book: RowBook, weights: Mapping[int, str]) -> Recipe:
    """The recipe for the rows of a book; `weights` are those that are base weights, with their places."""
    return Recipe(
        batches=_Recipes(book).batches(),
        chances=dict(book.chances),
        weights=dict(weights),
        sums=dict(book.sums),
    )


class _Recipes:
    def __init__(self, book: RowBook) -> None:
        self.book = book
        self.language: Language = book.language
        self.groups: dict[tuple[Any, ...], _Group] = {}
        self.inner: list[_Group] = []

    def batches(self) -> tuple[Batch, ...]:
        """Formulas first, then the definitions that they need, each for all of its users' combinations."""
        self._formulas()
        users = list(self.groups.values())
        for name in self._definitions_in_order():
            for viewer in range(-1, self.book.players):
                users.extend(self._definition(name, viewer, users))
        # A definition stands after its users in `users`; batches run the other way round.
        users.reverse()
        self.inner = users
        place = {(group.definition, group.viewer): at for at, group in enumerate(users) if group.definition}
        return tuple(self._batch(group, place) for group in users)

    def _formulas(self) -> None:
        for entry in self.book.entries:
            meaning = entry.meaning
            if meaning.rest_of:
                continue
            use = meaning.use
            variables = self._places(self.language.reading(use.formula).leaves)
            key = (self.book.number(use.formula), meaning.viewer, use.gate, meaning.timed)
            group = self.groups.get(key)
            if group is None:
                group = _Group(use.formula, meaning.viewer, use.gate, meaning.timed, variables)
                self.groups[key] = group
            group.add(tuple(use.world[place] for place in variables))
            group.rows.append(entry.row)

    def _definitions_in_order(self) -> list[str]:
        """Definitions, users before what they use."""
        done: list[str] = []

        def visit(name: str) -> None:
            if name not in done:
                for inner in self._used(self.language.definitions[name]):
                    visit(inner)
                done.append(name)

        for name in self.language.definitions:
            visit(name)
        return done[::-1]

    def _used(self, formula: Formula) -> list[str]:
        return [name for name in names(formula, self.language.domain) if name in self.language.definitions]

    def _definition(self, name: str, viewer: int, users: list[_Group]) -> Iterator[_Group]:
        """The group of a definition as a viewer reads it, if anything met so far uses it so."""
        formula = self.language.definitions[name]
        leaves = self.language.reading(formula).leaves
        variables = self._places(leaves)
        group = _Group(formula, viewer, False, leaves.timed, variables, name)
        for user in users:
            if name in self._used(user.formula) and self.book.viewer(leaves, user.viewer) == viewer:
                for combination in user.combinations:
                    group.add(self._projected(combination, user, variables))
        if group.combinations:
            yield group

    def _places(self, leaves: Leaves) -> tuple[int, ...]:
        """Where a world, followed by types, says what a formula depends on."""
        types = (len(self.language.variables) + each for each in leaves.types)
        return tuple(sorted((*leaves.variables, *types)))

    def _projected(self, combination: World, user: _Group, variables: tuple[int, ...]) -> World:
        value = dict(zip(user.variables, combination, strict=True))
        return tuple(value[variable] for variable in variables)

    def _batch(self, group: _Group, place: dict[tuple[str, int], int]) -> Batch:
        parts = [self._part(group, name, place) for name in self._used(group.formula)]
        combinations = list(group.combinations)
        return Batch(
            formula=group.formula,
            viewer=group.viewer,
            variables=group.variables,
            values=np.array(combinations, dtype=np.int32).reshape(len(combinations), len(group.variables)),
            timed=group.timed,
            gate=group.gate,
            rows=np.array(group.rows, dtype=np.int32),
            definition=group.definition,
            parts=tuple(parts),
        )

    def _part(self, group: _Group, name: str, place: dict[tuple[str, int], int]) -> tuple[str, int, Ints]:
        leaves = self.language.reading(self.language.definitions[name]).leaves
        at = place[name, self.book.viewer(leaves, group.viewer)]
        inner = self.inner[at]
        chosen = [inner.combinations[self._projected(each, group, inner.variables)] for each in group.combinations]
        return name, at, np.array(chosen, dtype=np.int32)
