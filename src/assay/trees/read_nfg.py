"""Gambit's strategic-form files (`NFG 1 R`, `NFG 1 D`), with a body of outcomes or of payoffs.

Everybody moves once, at once: the tree asks the players in turn and tells none what the others did.
"""

from __future__ import annotations

from math import prod

from assay.errors import Problem
from assay.trees.build import LARGEST_TABLE, table, table_nodes
from assay.trees.lexer import Mark, Reader, Token, UnexpectedError
from assay.trees.number import Exact
from assay.trees.tree import Outcome, Tree, distinct


def read_nfg(text: str, file: str) -> tuple[Tree, tuple[Problem, ...]]:
    """The game of a file's text as a tree, and warnings.

    Raises InputError with every problem, each with its line and column.
    """
    reader = Reader(text, file)
    try:
        return _Nfg(reader).read(), tuple(reader.warnings)
    except UnexpectedError:
        reader.finish()
        raise AssertionError("a problem that was not noted") from None


class _Nfg:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.players: tuple[str, ...] = ()
        self.moves: list[tuple[str, ...]] = []

    def read(self) -> Tree:
        reader = self.reader
        title = reader.header("NFG", "1")
        names, opening = reader.texts("the players")
        self.players = distinct(names)
        if not names:
            reader.wrong(opening, "no players", "expected at least one")
        self.moves = self.strategies()
        comment = reader.take().text if reader.next.mark is Mark.TEXT else ""
        reader.finish()
        if reader.next.mark is Mark.OPEN:
            outcomes, cells = self.outcome_body()
        else:
            outcomes, cells = self.payoff_body()
        if reader.next.mark is not Mark.END:
            reader.wrong(reader.next, f"{reader.next} after the last entry", "expected the end of the file")
        reader.finish()
        return table(self.players, self.moves, outcomes, self.by_path(cells), title, comment)

    def strategies(self) -> list[tuple[str, ...]]:
        """Everybody's strategies; none where a problem has been noted. What would be too many are not named."""
        reader = self.reader
        opening = reader.expect(Mark.OPEN, "'{' and the players' strategies")
        named = reader.next.mark is Mark.OPEN
        names: list[tuple[str, ...]] = []
        sizes: list[int] = []
        while reader.next.mark is not Mark.CLOSE:
            token = reader.next
            if named:
                names.append(distinct(reader.texts("the strategies of a player")[0]))
            sizes.append(len(names[-1]) if named else reader.whole("a number of strategies"))
            if sizes[-1] < 1:
                reader.wrong(token, "a player without strategies", "expected at least one")
        reader.take()
        if len(sizes) != len(self.players):
            reader.wrong(opening, f"the strategies of {len(sizes)} players", f"there are {len(self.players)} players")
        elif (nodes := table_nodes(sizes)) > LARGEST_TABLE:
            found = f"{prod(sizes):,} combinations of strategies, {nodes:,} nodes as a tree"
            reader.wrong(opening, found, f"at most {LARGEST_TABLE:,} nodes")
        if reader.problems:
            return []
        return names if named else [tuple(str(i + 1) for i in range(size)) for size in sizes]

    def payoff_body(self) -> tuple[list[Outcome], list[int]]:
        """Payoffs of every player for every combination, the first player's strategy changing fastest."""
        players, count = len(self.players), prod(len(own) for own in self.moves)
        pays = self.numbers(count * players, "payoffs", f"{count} combinations of strategies, {players} players")
        outcomes = [Outcome(i + 1, f"_{i + 1}", tuple(pays[i * players : (i + 1) * players])) for i in range(count)]
        return outcomes, list(range(count))

    def numbers(self, expected: int, what: str, why: str) -> list[Exact]:
        reader = self.reader
        found: list[Exact] = []
        while reader.next.mark is not Mark.END and len(found) < expected:
            if reader.next.mark is Mark.NUMBER:
                found.append(reader.exact("a payoff"))
            else:
                token = reader.take()
                if token.mark is not Mark.COMMA:
                    reader.wrong(token, str(token), "expected a payoff")
                    found.append(Exact.of(0))
        if len(found) < expected:
            reader.wrong(reader.next, f"the end of the file after {len(found)} {what}", f"expected {expected}: {why}")
        return found + [Exact.of(0)] * (expected - len(found))

    def outcome_body(self) -> tuple[list[Outcome], list[int]]:
        """A list of outcomes, and for every combination the number of one, or 0."""
        reader = self.reader
        reader.take()
        listed: list[tuple[str, tuple[Exact, ...]]] = []
        while reader.skip(Mark.OPEN):
            reader.at -= 1
            listed.append(self.listed_outcome(len(listed) + 1))
        reader.expect(Mark.CLOSE, "an outcome in braces, or '}'")
        labels = distinct([label for label, _ in listed])
        outcomes = [Outcome(i + 1, labels[i], pays) for i, (_, pays) in enumerate(listed)]
        count = prod(len(own) for own in self.moves)
        cells = [self.cell(len(outcomes)) for _ in range(count) if reader.next.mark is not Mark.END]
        if len(cells) < count:
            found = f"the end of the file after {len(cells)} outcomes"
            reader.wrong(reader.next, found, f"expected {count}, one for each combination of strategies")
        return outcomes, cells

    def listed_outcome(self, number: int) -> tuple[str, tuple[Exact, ...]]:
        """`{ "label" payoffs }`."""
        reader, path = self.reader, f"outcome {number}"
        opening = reader.take()
        label = reader.expect(Mark.TEXT, "the outcome's label in quotation marks", path).text
        pays = []
        while reader.next.mark is Mark.NUMBER:
            pays.append(reader.exact("a payoff", path))
            reader.skip(Mark.COMMA)
        reader.expect(Mark.CLOSE, "a payoff or '}'", path)
        if len(pays) != len(self.players):
            said = f"{len(pays)} payoff{'s' * (len(pays) != 1)}"
            reader.wrong(opening, said, f"expected {len(self.players)}, one for each player", path)
            pays = (pays + [Exact.of(0)] * len(self.players))[: len(self.players)]
        return label, tuple(pays)

    def cell(self, known: int) -> int:
        """The index of the outcome of a combination, -1 for none."""
        reader, token = self.reader, self.reader.next
        try:
            number = reader.whole("the number of an outcome, 0 for none")
        except UnexpectedError:
            _pass(reader, token)
            return -1
        if not 0 <= number <= known:
            listed = f"1 to {known}, or 0 for none" if known else "0 for none"
            reader.wrong(token, f"outcome {number}", f"the outcomes are numbered {listed}")
            return -1
        return number - 1

    def by_path(self, cells: list[int]) -> list[int]:
        """Cells with the last player's strategy changing fastest, from those with the first one's."""
        sizes = [len(own) for own in self.moves]
        strides, step = [], 1
        for size in sizes:
            strides.append(step)
            step *= size
        order = [0]
        for size, stride in zip(sizes, strides, strict=True):
            order = [at + move * stride for at in order for move in range(size)]
        return [cells[at] for at in order]


def _pass(reader: Reader, token: Token) -> None:
    """Goes past a token that was no number, unless that has been done."""
    if reader.next is token:
        reader.take()
