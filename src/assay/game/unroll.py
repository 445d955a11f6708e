"""One draw of a game as an explicit tree with information sets, for programs that know games in no other form.

Chance chooses everybody's type first, by the analyst's shares; then play goes on period by period, the buffer included.
A mover knows everything that has happened in public, and its own type. Movers at once stand one behind the other, none
knowing what the others chose. Payoffs are added up along each path, discounted to the start.

What a tree cannot say is refused: that somebody sees other numbers, or believes other shares, than there are (a tree
has one prior, common to all), and base weights. A weight w works as log(w) / precision added to a move's payoff, but
only where the move is chosen: whoever expects the payoff earlier does not count it. No payoff of a tree does so, not
even at one precision.

Equilibria of the tree are those of the game with beliefs of any value in place of the grid's nodes, and with play that
may depend on all of the past. At a finite precision two things more differ, and are noted (`Unrolled.notes`): players
may have precisions of their own; and with a discount a mover of the game follows its interest as sharply in a later
period as in the first, while in the tree payoffs of later periods count for less when they are chosen among, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from assay.game.game import CLOSE, ENDING, Filled, Ints
from assay.game.trouble import Trouble
from assay.game.unroll_numbers import Numbers, obstacles

MOST_NODES = 50_000
"""Most nodes of a tree, unless the caller says otherwise."""
Amounts: TypeAlias = tuple[float, ...]


class NoTreeError(ValueError):
    """The game cannot be written as a tree. `troubles` say why: all that was found."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        self.troubles = troubles
        super().__init__("\n".join(f"{each.path}: {each.found}; {each.expected}" for each in troubles))


@dataclass(frozen=True, slots=True)
class KnowledgeSet:
    """What a mover knows when it chooses: nodes that it cannot tell apart."""

    player: int
    own_type: str
    """The name of the mover's type; empty where it has none."""
    label: str
    """Stage, mover, own type, and what has happened: different for different sets, unless branches share a label."""
    moves: tuple[str, ...]
    point: int
    """The point of the game."""
    period: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node. `children` are indices into `Unrolled.nodes`, one for each move."""

    kind: Literal["choice", "chance", "end"]
    place: int = -1
    """For a choice: index into `Unrolled.sets`."""
    moves: tuple[str, ...] = ()
    probabilities: Amounts = ()
    """For a chance: all above zero; they sum to one up to rounding."""
    payoffs: Amounts = ()
    """For an end: by player, discounted to the start."""
    label: str = ""
    """For an end: the ending's name; empty where the game lasted to its last period."""
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A tree: nodes in the order of a walk that goes down first, the first move first; node 0 is the root."""

    players: tuple[str, ...]
    precision: Amounts
    """By player, in 1/util. A program that has one precision for all is given payoffs times these, and precision 1."""
    sets: tuple[KnowledgeSet, ...]
    nodes: tuple[TreeNode, ...]
    notes: tuple[str, ...] = ()
    """In which ways the tree is not the game at a finite precision, in sentences."""


def unroll(filled: Filled, draw: int, most_nodes: int = MOST_NODES) -> Unrolled:
    """The tree of one draw. Ways of probability zero are left out, and so are choices among one move.

    Raises `NoTreeError` for a game that a tree cannot say, or with more than `most_nodes` nodes (counted before any is
    made); IndexError for a draw that there is not.
    """
    if not 0 <= draw < filled.draws:
        raise IndexError(f"draw {draw} of {filled.draws}")
    numbers = Numbers(filled, draw)
    troubles = (*_faults(filled, draw), *obstacles(numbers))
    if troubles:
        raise NoTreeError(troubles)
    size = _size(numbers)
    if size > most_nodes:
        found = f"the tree would have {size:,} nodes"
        expected = f"at most {most_nodes:,}: fewer periods (the buffer counts), stages, moves or types"
        raise NoTreeError((Trouble("calendar.periods", found, expected),))
    return _Tree(numbers).grown()


def _faults(filled: Filled, draw: int) -> Iterator[Trouble]:
    """What is wrong with the draw's numbers."""
    for at, text in filled.faults:
        if at == draw:
            place, _, found = text.partition(": ")
            yield Trouble(place, found, "a draw whose numbers are right")


def _size(numbers: Numbers) -> int:
    """How many nodes the tree has, without making it."""
    after: list[int] = []
    for period in reversed(range(numbers.horizon)):
        after = _sizes(numbers, period, after)
    profiles = len(list(numbers.profiles()))
    return profiles * after[numbers.structure.start] + (1 if profiles > 1 else 0)


def _sizes(numbers: Numbers, period: int, after: list[int]) -> list[int]:
    """Nodes from each point on in a period; `after` are those of the next one."""
    s = numbers.structure
    found = [1] * len(s.kind)
    for point in reversed(range(len(s.kind))):
        if s.kind[point] == CLOSE and after:
            found[point] = after[s.next_point[point]]
        elif s.kind[point] not in (CLOSE, ENDING):
            count, wide = 0, 1
            for options in numbers.options(point):
                count += wide if len(options) > 1 else 0
                wide *= len(options)
            for joint in numbers.joints(point):
                ways = numbers.ways(point, joint, period)
                count += sum(found[way.target] for way in ways) + (1 if len(ways) > 1 else 0)
            found[point] = count
    return found


def _notes(numbers: Numbers, sets: tuple[KnowledgeSet, ...]) -> Iterator[str]:
    """What a tree solved at one precision does not know of the game."""
    movers = sorted({each.player for each in sets})
    precise = ", ".join(f"{numbers.game.players[player]} {numbers.precision[player]:g}" for player in movers)
    if len({numbers.precision[player] for player in movers}) > 1:
        yield f"precision differs by player ({precise}): multiply payoffs by it, and solve at precision 1"
    if numbers.discount != 1 and any(each.period for each in sets):
        yield (
            f"payoffs are discounted to the start (by {numbers.discount:g} a period): at a finite precision, choices "
            "of later periods are less sharp here than in the game"
        )
    if any(each.own_type for each in sets):
        yield "beliefs take any value here; in the game they are kept on a grid, and finer grids come closer"


@dataclass(frozen=True, slots=True)
class _Here:
    """Where play stands: at a point, some of whose movers have chosen."""

    types: tuple[int, ...]
    point: int
    paid: Amounts
    period: int = 0
    chosen: tuple[int, ...] = ()
    path: tuple[int, ...] = ()
    """Branches that were taken: all that has happened in public."""
    past: tuple[str, ...] = ()
    """The same in words, without what had to happen."""


@dataclass
class _Tree:
    """Grows the tree, node by node; what does not branch makes no node."""

    numbers: Numbers
    known: dict[tuple[int, str, int, tuple[int, ...]], int] = field(default_factory=dict)
    sets: list[KnowledgeSet] = field(default_factory=list)
    nodes: list[TreeNode] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)

    def grown(self) -> Unrolled:
        """The whole tree."""
        game, profiles = self.numbers.game, list(self.numbers.profiles())
        nothing = (0.0,) * len(game.players)
        roots = [_Here(types, self.numbers.structure.start, nothing) for types, _ in profiles]
        above = -1
        if len(profiles) > 1:
            shares = tuple(share for _, share in profiles)
            above = self._add(TreeNode("chance", moves=tuple(map(self._in_words, roots)), probabilities=shares), -1)
        waiting = [(each, above) for each in reversed(roots)]
        while waiting:
            here, above = waiting.pop()
            node, follow = self._node(here)
            at = self._add(node, above)
            waiting.extend((each, at) for each in reversed(follow))
        nodes = (replace(node, children=tuple(below)) for node, below in zip(self.nodes, self.children, strict=True))
        sets = tuple(self.sets)
        return Unrolled(game.players, self.numbers.precision, sets, tuple(nodes), tuple(_notes(self.numbers, sets)))

    def _add(self, node: TreeNode, above: int) -> int:
        at = len(self.nodes)
        self.nodes.append(node)
        self.children.append([])
        if above >= 0:
            self.children[above].append(at)
        return at

    def _in_words(self, here: _Here) -> str:
        """Everybody's types: `russia secure, alliance hawk`."""
        game = self.numbers.game
        pairs = zip(game.informed, here.types, strict=True)
        return ", ".join(f"{game.players[each.player]} {each.types[own]}" for each, own in pairs)

    def _node(self, here: _Here) -> tuple[TreeNode, list[_Here]]:
        """The next node from where play stands, and where play stands after each of its moves."""
        numbers, s = self.numbers, self.numbers.structure
        while True:
            kind = s.kind[here.point]
            if kind == ENDING:
                here = self._paid(here, s.point_pay_start, here.point)
                return TreeNode("end", payoffs=here.paid, label=numbers.stage(here.point)), []
            if kind == CLOSE:
                here = self._closed(here)
                if here.period == numbers.horizon:
                    return TreeNode("end", payoffs=here.paid), []
                continue
            movers = numbers.options(here.point)
            if len(here.chosen) < len(movers):
                options = movers[len(here.chosen)]
                follow = [replace(here, chosen=(*here.chosen, option)) for option in options]
                if len(options) > 1:
                    return self._choice(here, options), follow
            else:
                node, follow = self._played(here)
                if node is not None:
                    return node, follow
            here = follow[0]

    def _closed(self, here: _Here) -> _Here:
        """The start of the next period, flows paid; after the last one what is paid then, too."""
        s, late = self.numbers.structure, 1 if self.numbers.structure.flow_after_discount else 0
        here = self._paid(here, s.point_pay_start, here.point, late)
        if here.period + 1 == self.numbers.horizon:
            here = self._paid(here, s.final_pay_start, here.point, 1)
        return replace(here, point=int(s.next_point[here.point]), period=here.period + 1)

    def _played(self, here: _Here) -> tuple[TreeNode | None, list[_Here]]:
        """What happens once everybody at a point has chosen; no node where one thing happens for certain."""
        numbers, s = self.numbers, self.numbers.structure
        joint = numbers.joint(here.point, here.chosen)
        ways = numbers.ways(here.point, joint, here.period)
        here = self._paid(here, s.joint_pay_start, joint)
        made = self._made(here) if here.chosen else numbers.stage(here.point) * (len(ways) > 1)
        follow = []
        for way in ways:
            on = self._paid(here, s.branch_pay_start, way.branch)
            words = [*([made] if made else []), *([way.label] if len(ways) > 1 else [])]
            past = (*here.past, self._dated(here.period, ": ".join(words))) if words else here.past
            follow.append(replace(on, point=way.target, chosen=(), path=(*here.path, way.branch), past=past))
        if len(ways) == 1:
            return None, follow
        labels, shares = tuple(way.label for way in ways), tuple(way.probability for way in ways)
        return TreeNode("chance", moves=labels, probabilities=shares), follow

    def _made(self, here: _Here) -> str:
        """What was chosen at a point where there was a choice: `posture build`, `brink ally stand, rival attack`."""
        game = self.numbers.game
        free = [
            game.option_label[option]
            for option, options in zip(here.chosen, self.numbers.options(here.point), strict=True)
            if len(options) > 1
        ]
        if len(here.chosen) == 1:
            return " ".join(f"{stage} {move}" for _, stage, move in free)
        moves = ", ".join(f"{actor} {move}" for actor, _, move in free)
        return f"{free[0][1]} {moves}" if free else ""

    def _choice(self, here: _Here, options: range) -> TreeNode:
        numbers, game = self.numbers, self.numbers.game
        player = int(numbers.structure.mover_player[numbers.structure.mover_start[here.point] + len(here.chosen)])
        types = zip(game.informed, here.types, strict=True)
        own = next((each.types[at] for each, at in types if each.player == player), "")
        key = player, own, here.point, here.path
        if key not in self.known:
            actor, stage, _ = game.option_label[options.start]
            label = self._dated(here.period, f"{stage}, {actor}{f' ({own})' if own else ''}")
            label += f", after {', '.join(here.past)}" if here.past else ""
            moves = tuple(game.option_label[option][2] for option in options)
            self.known[key] = len(self.sets)
            self.sets.append(KnowledgeSet(player, own, label, moves, here.point, here.period))
        place = self.known[key]
        return TreeNode("choice", place, self.sets[place].moves)

    def _dated(self, period: int, text: str) -> str:
        return f"{period + 1}. {text}" if self.numbers.horizon > 1 else text

    def _paid(self, here: _Here, starts: Ints, place: int, later: int = 0) -> _Here:
        """Play as it stands with what is paid at a place of a block, discounted to the start."""
        pays = self.numbers.pays(starts, place, here.types, here.period)
        worth = self.numbers.discount ** (here.period + later)
        return replace(here, paid=tuple(had + worth * new for had, new in zip(here.paid, pays, strict=True)))
