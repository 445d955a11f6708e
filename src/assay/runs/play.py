"""One sampled history told line by line, for `assay play` and for the playthroughs that tests compare."""

from __future__ import annotations

from collections.abc import Iterator

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.errors import InputError, Problem, suggestion
from assay.futures.sample import History, Step, sample
from assay.futures.tell import said, when_of
from assay.game.fill import fill
from assay.runs.plan import make_plan, selection_of
from assay.runs.work import compiled, ordinary
from assay.solvers.strategies import Result


def narrate(case: Case, seed: int, perspective: str | None = None) -> Iterator[str]:
    """A history of one draw of a perspective (the first by default), with who moved and how likely that was."""
    side = perspective or next(iter(case.perspectives))
    if side not in case.perspectives:
        known = suggestion(side, case.perspectives)
        raise InputError([Problem("command line", None, None, "--perspective", f"no perspective {side!r}", known)])
    draws = draw(case, side, 1, seed)
    alternatives = next(iter(draws.groups()))[0]
    game = compiled(case, None, tuple(sorted(alternatives.items())))
    plan = make_plan(case, 1, seed, [side])
    solved = ordinary(selection_of(plan), plan.residual)(fill(game, case, draws), False)
    history = sample(solved, 0, seed)[0]
    yield f"{case.title}: one history under the assumptions of {case.perspectives[side].name}"
    yield f"draw 0 of seed {seed}; {Result(int(solved.result[0])).sentence}"
    yield from _story(case, history)


def _story(case: Case, history: History) -> Iterator[str]:
    when = ""
    for step in history.steps:
        now = when_of(step.period, case.calendar)
        if now != when:
            when = now
            yield ""
            yield f"{when}  {_world(history, step)}"
        yield from _lines(case, step)
    yield ""
    ending = history.ending
    if ending is None:
        yield f"The last period closes: {_world(history, history.steps[-1])}"
    else:
        yield f"The game ends: {case.endings[ending].means or said(ending)}"


def _world(history: History, step: Step) -> str:
    skeleton = history.game.skeleton
    world = skeleton.points[step.point].world
    named = zip(skeleton.variables, skeleton.values, world, strict=True)
    return ", ".join(f"{variable} {values[value]}" for variable, values, value in named)


def _lines(case: Case, step: Step) -> Iterator[str]:
    for chosen in step.chosen:
        actor = case.actors[chosen.actor].name
        yield f"  {said(step.stage)}: {actor}: {said(chosen.move)} ({chosen.probability:.0%})"
    if step.branch >= 0 and (not step.chosen or step.label):
        yield f"  {said(step.stage)}: chance: {said(step.label) or 'goes on'} ({step.chance:.0%})"
    for actor, part, amount in step.pays:
        if step.branch >= 0 or amount:
            yield f"      {case.actors[actor].name} {amount:+.2f} {said(part)}"
