"""The paths of everything that play can meet: stages, moves, rows, branches, endings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assay.case.model import Case
from assay.case.order import Block, Chance, Move, Stage
from assay.formula.ast import Formula
from assay.game.known import Language
from assay.game.steps import ended_in


def all_paths(case: Case, language: Language) -> Iterator[str]:
    """Paths in the order of the case, an item before what it contains; without what the alternatives rule out."""
    exists = _Existence(language)
    for place, item in enumerate(case.order):
        yield from _of_item(item, f"order[{place}]", exists)
    named = ended_in(case)
    yield from (f"endings.{name}" for name in case.endings if name in named)


def outermost(paths: Iterable[str], met: set[str]) -> tuple[str, ...]:
    """The paths that are not met, without those inside one that is not met itself."""
    unmet: list[str] = []
    for path in paths:
        inside = any(path.startswith((f"{outer}.", f"{outer}[")) for outer in unmet)
        if path not in met and not inside:
            unmet.append(path)
    return tuple(unmet)


class _Existence:
    """Whether something exists under the alternatives in force, as far as no world is needed to tell."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, only_if: Formula | None) -> bool:
        if only_if is None:
            return True
        reading = self.language.reading(only_if)
        return bool(reading.leaves.variables) or reading.value(()) is not False


def _of_item(item: Stage | Chance | Block, path: str, exists: _Existence) -> Iterator[str]:
    if not exists(item.only_if):
        return
    yield path
    if isinstance(item, Block):
        for place, inner in enumerate(item.stages):
            yield from _of_item(inner, f"{path}.stages[{place}]", exists)
    elif isinstance(item, Chance):
        yield from (f"{path}.branches.{key}" for key in item.branches)
    else:
        yield from _of_stage(item, path, exists)


def _of_stage(stage: Stage, path: str, exists: _Existence) -> Iterator[str]:
    roots = {f"{path}.movers.{actor}": moves for actor, moves in stage.movers.items()}
    for root, moves in (roots or {f"{path}.moves": stage.moves}).items():
        for name, meanings in moves.items():
            if isinstance(meanings, Move):
                yield from _of_move(meanings, f"{root}.{name}", exists)
                continue
            if any(exists(move.only_if) for move in meanings):
                yield f"{root}.{name}"
            for place, move in enumerate(meanings):
                yield from _of_move(move, f"{root}.{name}[{place}]", exists)
    for place, row in enumerate(stage.leads_to):
        yield f"{path}.leads_to[{place}]"
        yield from (f"{path}.leads_to[{place}].chance.{key}" for key in row.chance or {})


def _of_move(move: Move, path: str, exists: _Existence) -> Iterator[str]:
    if not exists(move.only_if):
        return
    yield path
    yield from (f"{path}.chance.{key}" for key in move.chance or {})
