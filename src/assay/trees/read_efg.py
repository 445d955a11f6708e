"""Gambit's extensive-form files (`EFG 2 R`, `EFG 2 D`).

The format is described in Gambit's documentation (Savani and Turocy, "Gambit: the package for computation in game
theory", file formats); what it leaves open is done as Gambit's reader does it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assay.errors import Problem, suggestion
from assay.trees.lexer import Mark, Reader, Token, UnexpectedError
from assay.trees.number import Exact
from assay.trees.tree import ChanceSet, InformationSet, Kind, Node, Outcome, Tree, distinct

LARGEST = 2_000_000
"""Nodes of a tree that is read."""
_KINDS = {kind.value: kind for kind in Kind}


def read_efg(text: str, file: str) -> tuple[Tree, tuple[Problem, ...]]:
    """The tree of a file's text, and warnings.

    Raises InputError with every problem, each with its line and column.
    """
    reader = Reader(text, file)
    try:
        return _Efg(reader).read(), tuple(reader.warnings)
    except UnexpectedError:
        reader.finish()
        raise AssertionError("a problem that was not noted") from None


@dataclass(frozen=True, slots=True)
class _Record:
    """A node as one entry of the file."""

    token: Token
    kind: Kind
    label: str
    place: int
    outcome: int
    moves: int


@dataclass(slots=True)
class _Set:
    """An information set or a set of chance, as first described."""

    index: int
    """Among all sets, in the order of the file."""
    token: Token
    label: str
    moves: tuple[str, ...]
    probabilities: tuple[Exact, ...]


class _Efg:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.players: tuple[str, ...] = ()
        self.sets: dict[tuple[int, int], _Set] = {}
        """By (player from 1, or 0 for chance; number)."""
        self.outcomes: dict[int, tuple[Token, str, tuple[Exact, ...]]] = {}
        self.records: list[_Record] = []
        self.lost = False
        """Whether an entry could not be read, so that the tree's shape is unknown."""

    def read(self) -> Tree:
        reader = self.reader
        title = reader.header("EFG", "2")
        self.players = distinct(reader.texts("the players")[0])
        comment = reader.take().text if reader.next.mark is Mark.TEXT else ""
        needed = 1
        while (needed or self.lost) and reader.next.mark is not Mark.END:
            needed += self.record() - 1
            if len(self.records) > LARGEST:
                reader.wrong(reader.next, f"a tree of more than {LARGEST:,} nodes", "solve a smaller game")
                break
        if not self.lost:
            self.check_end(needed)
        self.check_labels()
        reader.finish()
        return self.tree(title, comment)

    def record(self) -> int:
        """Reads one entry; the number of nodes that follow it. An entry that cannot be read is passed over."""
        reader, token = self.reader, self.reader.next
        try:
            kind = self.kind(token)
            reader.take()
            label = reader.expect(Mark.TEXT, "the node's label in quotation marks").text
            place, moves = (0, 0) if kind is Kind.END else self.place(kind)
            self.records.append(_Record(token, kind, label, place, self.outcome(), moves))
            return moves
        except UnexpectedError:
            self.lost = True
            if reader.next is token:
                reader.take()
            while reader.next.mark is not Mark.END and not self.starts(reader.next):
                reader.take()
            return 1

    def starts(self, token: Token) -> bool:
        return token.mark is Mark.WORD and token.text in _KINDS

    def kind(self, token: Token) -> Kind:
        if not self.starts(token):
            self.reader.wrong(token, str(token), "expected a node: p (a player's), c (chance) or t (an end)")
            raise UnexpectedError
        return _KINDS[token.text]

    def place(self, kind: Kind) -> tuple[int, int]:
        """The index of the set that a node belongs to, and how many moves it has."""
        reader = self.reader
        player = self.player() if kind is Kind.CHOICE else 0
        token = reader.next
        number = reader.whole("the number of the information set")
        known = self.sets.get((player, number))
        if reader.next.mark is Mark.TEXT:
            described = self.description(token, kind)
            if known is None:
                known = self.sets[player, number] = described
            else:
                self.compare(self.set_name(player, number), known, described)
        if known is None:
            name = self.set_name(player, number)
            reader.wrong(token, f"{name}, which nothing has described", "give its label and moves at its first node")
            raise UnexpectedError
        return known.index, len(known.moves)

    def player(self) -> int:
        token = self.reader.next
        number = self.reader.whole("the number of the player")
        if not 1 <= number <= len(self.players):
            listed = ", ".join(f"{i} {name}" for i, name in enumerate(self.players, 1))
            self.reader.wrong(token, f"player {number}", f"the players are {listed or 'none'}")
        return number

    def set_name(self, player: int, number: int) -> str:
        if not player:
            return f"chance's set {number}"
        name = self.players[player - 1] if 1 <= player <= len(self.players) else f"player {player}"
        return f"information set {number} of {name}"

    def description(self, token: Token, kind: Kind) -> _Set:
        reader = self.reader
        label = reader.take().text
        reader.expect(Mark.OPEN, "'{' and the moves")
        first, before = reader.next, len(reader.problems)
        moves, shares = [], []
        while reader.next.mark is Mark.TEXT:
            moves.append(reader.take().text)
            if kind is Kind.CHANCE:
                share = reader.next
                shares.append(reader.exact("the probability of the move"))
                if shares[-1].value < 0:
                    reader.wrong(share, f"a probability of {share.text}", "probabilities are not negative")
        reader.expect(Mark.CLOSE, "a move in quotation marks, or '}'")
        if not moves:
            reader.wrong(first, "no moves", "an information set has at least one")
            raise UnexpectedError
        total = sum(share.value for share in shares)
        if kind is Kind.CHANCE and total != 1 and len(reader.problems) == before:
            said = " + ".join(share.text for share in shares)
            said = said if len(said) < 60 else f"{len(shares)} of them"
            found = f"probabilities that sum to {float(total):.12g} ({said})"
            reader.wrong(first, found, "they must sum to one exactly; fractions such as 1/3 are exact")
        return _Set(len(self.sets), token, label, tuple(moves), tuple(shares))

    def compare(self, name: str, known: _Set, again: _Set) -> None:
        """Notes what a set's second description changes."""
        where = f"as at line {known.token.line}"
        if again.label != known.label:
            self.reader.wrong(
                again.token, f'{name} with the label "{again.label}"', f'the label "{known.label}" {where}'
            )
        if again.moves != known.moves:
            self.reader.wrong(
                again.token, f"{name} with the moves {_listed(again.moves)}", f"{_listed(known.moves)} {where}"
            )
        elif again.probabilities != known.probabilities:
            here, there = (_listed([p.text for p in s.probabilities]) for s in (again, known))
            self.reader.wrong(again.token, f"{name} with the probabilities {here}", f"{there} {where}")

    def outcome(self) -> int:
        """The number of the outcome at a node, 0 for none; its label and payoffs noted."""
        reader, token = self.reader, self.reader.next
        number = reader.whole("the number of the outcome, 0 for none")
        if reader.next.mark is not Mark.TEXT:
            if number and number not in self.outcomes:
                hint = suggestion(str(number), [str(known) for known in self.outcomes])
                expected = "give its label and payoffs where it first stands" + (f" ({hint})" if hint else "")
                reader.wrong(token, f"outcome {number}, which nothing has described", expected)
            return number
        label = reader.take().text
        pays = reader.payoffs(len(self.players), "")
        if number == 0:
            reader.wrong(token, "outcome 0 with payoffs", "0 says that nothing is paid; number it from 1")
            return number
        first, known_label, known_pays = self.outcomes.setdefault(number, (token, label, pays))
        if (known_label, known_pays) != (label, pays):
            there = f'"{known_label}" {{ {", ".join(pay.text for pay in known_pays)} }}'
            here = f'"{label}" {{ {", ".join(pay.text for pay in pays)} }}'
            reader.wrong(token, f"outcome {number} as {here}", f"as at line {first.line}: {there}")
        return number

    def check_end(self, needed: int) -> None:
        reader = self.reader
        if needed and len(self.records) <= LARGEST:
            last = f" ({self.open_move()})" if self.records else ""
            nodes = "one more node" if needed == 1 else f"{needed} more nodes"
            reader.wrong(reader.next, "the end of the file", f"expected {nodes}{last}: the tree is not complete")
        elif reader.next.mark is not Mark.END or reader.cut:
            reader.warn(reader.next, f"{reader.next} after the last node", "what follows a complete tree is not read")

    def open_move(self) -> str:
        """The first move in the file that nothing follows, in words."""
        waiting: list[tuple[_Record, int]] = []
        for record in self.records:
            waiting.append((record, 0))
            while waiting and waiting[-1][1] == waiting[-1][0].moves:
                waiting.pop()
                if waiting:
                    waiting[-1] = (waiting[-1][0], waiting[-1][1] + 1)
        record, move = waiting[-1]
        entry = list(self.sets.values())[record.place]
        return f'after move "{entry.moves[move]}" of the node at line {record.token.line}'

    def check_labels(self) -> None:
        """A player's information sets, and those of chance, are told apart by their labels."""
        seen: dict[tuple[int, str], Token] = {}
        for (player, number), entry in self.sets.items():
            if not entry.label:
                continue
            first = seen.setdefault((player, entry.label), entry.token)
            if first is not entry.token:
                name = self.set_name(player, number)
                self.reader.wrong(
                    entry.token,
                    f'{name} with the label "{entry.label}", which the set at line {first.line} has',
                    "labels of a player's information sets differ; the same set has the same number",
                )

    def tree(self, title: str, comment: str) -> Tree:
        index_of: list[int] = []
        sets: list[InformationSet] = []
        chances: list[ChanceSet] = []
        counts: Counter[int] = Counter()
        for (player, _), entry in self.sets.items():
            moves = distinct(entry.moves)
            counts[player] += 1
            number = counts[player]
            index_of.append(len(sets) if player else len(chances))
            if player:
                sets.append(InformationSet(player - 1, number, entry.label, moves))
            else:
                chances.append(ChanceSet(number, entry.label, moves, entry.probabilities))
        labels = distinct([label for _, label, _ in self.outcomes.values()])
        outcomes = [
            Outcome(at + 1, label, pays)
            for at, (label, (_, _, pays)) in enumerate(zip(labels, self.outcomes.values(), strict=True))
        ]
        index = {number: at for at, number in enumerate(self.outcomes)}
        children = self.shape()
        nodes = tuple(
            Node(
                record.kind,
                -1 if record.kind is Kind.END else index_of[record.place],
                index.get(record.outcome, -1),
                tuple(children[at]),
                record.label,
            )
            for at, record in enumerate(self.records)
        )
        places = tuple((record.token.line, record.token.column) for record in self.records)
        return Tree(
            self.players, tuple(sets), tuple(chances), tuple(outcomes), nodes, title, comment, self.reader.file, places
        )

    def shape(self) -> list[list[int]]:
        """The children of every node: entries are in the order of a walk that goes down first."""
        children: list[list[int]] = [[] for _ in self.records]
        waiting: list[int] = []
        for at, record in enumerate(self.records):
            while waiting and len(children[waiting[-1]]) == self.records[waiting[-1]].moves:
                waiting.pop()
            if waiting:
                children[waiting[-1]].append(at)
            if record.moves:
                waiting.append(at)
        return children


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
