"""What a game is, in plain words: how large, how long, and how much work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assay.case.model import Case
from assay.case.types import reference_of, types_of
from assay.game.grid import Grid
from assay.game.search import Search

if TYPE_CHECKING:
    from assay.game.game import Game


@dataclass(frozen=True, slots=True)
class Size:
    """How large one period of a game is. A cell is a branch of a joint move: one term that a solver adds up."""

    actors: int
    stages: int
    """Stages, chances and blocks that can be reached."""
    worlds: int
    """Worlds that can be reached, scratch variables included."""
    points: int
    choices: int
    """Points at which somebody chooses."""
    at_once: int
    """Points at which several choose at once, which take a fixed point each."""
    options: int
    endings: int
    """Endings that can be reached."""
    cells: int
    periods: int
    buffer: int
    belief_nodes: int = 1
    """Nodes of the grid of beliefs; every point is solved at each of them."""

    @property
    def work(self) -> int:
        """Cells that one solve of one draw adds up."""
        return self.cells * (self.periods + self.buffer) * self.belief_nodes


def size(case: Case, alternatives: Mapping[str, str] | None = None) -> Size:
    """The size of a case's game under the given structural alternatives (the first ones where not given)."""
    search = Search(case, None, alternatives)
    search.run()
    patterns = [entry.pattern for entry in search.entries.values() if entry.pattern is not None]
    return Size(
        actors=len(case.actors),
        stages=len({search.steps.steps[at].name for at, _ in search.entries if at >= 0}),
        worlds=len({world for _, world in search.entries}),
        points=len(search.entries),
        choices=sum(bool(pattern.movers) for pattern in patterns),
        at_once=sum(len(pattern.movers) > 1 for pattern in patterns),
        options=sum(len(options) for pattern in patterns for options in pattern.options),
        endings=len({at for at, _ in search.entries if at < -1}),
        cells=search.branches,
        periods=case.calendar.periods,
        buffer=case.calendar.buffer,
        belief_nodes=Grid.of(case).size,
    )


def describe(case: Case) -> tuple[str, ...]:
    """A case and its game in a few lines, for `assay check` and reports."""
    found = size(case)
    routes = [claim.route for claim in case.claims]
    lines = [
        f"{_count(found.actors, 'actor')}, {_count(len(case.assumptions), 'assumption')}, "
        f"{_count(len(case.perspectives), 'perspective')}, {_count(len(case.claims), 'claim')} "
        f"({routes.count('model')} judged by the model)",
        f"{_count(found.periods, 'period')} of {case.calendar.step} from {case.calendar.start}"
        + (f", and {found.buffer} solved after them and not reported" if found.buffer else ""),
        f"{_count(found.worlds, 'world')} that can be reached; {_count(found.stages, 'stage')}, chances and blocks "
        f"in them make {_count(found.points, 'point')}",
        f"{_count(found.choices, 'choice')} ({found.at_once:,} with several movers at once) among "
        f"{_count(found.options, 'option')}; {_count(found.endings, 'ending')}",
        *_types(case),
        f"one solve of one draw adds up {found.work:,} terms",
    ]
    alternatives = {name: each.alternatives for name, each in case.assumptions.items() if each.alternatives}
    if alternatives:
        named = "; ".join(f"{name}: {', '.join(names)}" for name, names in alternatives.items())
        lines.append(f"structural alternatives ({named}); the sizes are those of the first of each")
    return tuple(lines)


def _types(case: Case) -> Iterator[str]:
    """Who has private types, and on what grid beliefs about them are kept."""
    types = types_of(case)
    if types:
        who = "; ".join(f"{actor}: {', '.join(names)}" for actor, names in types.items())
        yield f"{_count(len(types), 'actor')} with private types ({who})"
        grid, span = Grid.of(case), case.solution.belief_span
        around = " and ".join(f"{_whose(case, actor)} of {actor}" for actor in types)
        yield (
            f"{_count(grid.size, 'belief node')}, {grid.nodes} for each of {_count(grid.coordinates, 'coordinate')}: "
            f"certainty both ways, and nodes up to {span:g} in log-odds around {around}, at the start"
        )


def _whose(case: Case, actor: str) -> str:
    """Whose belief at the start the grid is centred on."""
    observer = reference_of(case, actor)
    return "the analyst's shares" if observer is None else f"what {observer} believes"


def describe_game(game: Game) -> tuple[str, ...]:
    """A compiled game's arrays in a few lines."""
    structure = game.structure
    periods = game.periods + game.buffer
    rows = len(game.row_stride)
    timed = int(game.row_stride.sum()) // periods
    return (
        f"{_count(len(structure.kind), 'point')}, {_count(len(structure.option_weight), 'option')}, "
        f"{_count(len(structure.joint_option), 'joint move')}, {_count(len(structure.branch_target), 'branch')}, "
        f"{_count(len(structure.pay_player), 'payoff')}",
        f"{_count(rows, 'row')} of numbers per draw ({rows * 8:,} bytes), {timed:,} of them different in each period",
        *_beliefs(game),
    )


def _beliefs(game: Game) -> Iterator[str]:
    if game.informed:
        names = (f"{game.players[each.player]} ({_count(len(each.types), 'type')})" for each in game.informed)
        nodes = _count(game.belief_nodes, "belief node")
        yield f"{', '.join(names)}: {nodes}, {_count(len(game.slots), 'slot')} of player and own type"


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
