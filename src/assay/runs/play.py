"""One sampled history told line by line, for `assay play` and for the playthroughs that tests compare."""

from __future__ import annotations

from collections.abc import Iterator

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.types import called, inside
from assay.errors import InputError, Problem, suggestion
from assay.formula.phrases import listed
from assay.futures.history import Belief, Chosen
from assay.futures.notable import TELLING
from assay.futures.sample import History, Step, sample
from assay.futures.tell import likelihood, opinion, said, when_of
from assay.game.fill import fill
from assay.runs.beliefs import ANALYST, Reading, course, readings
from assay.runs.plan import make_plan, selection_of
from assay.runs.work import compiled, ordinary
from assay.solvers.strategies import Result


def narrate(case: Case, seed: int, perspective: str | None = None) -> Iterator[str]:
    """A history of one draw of a perspective (the first by default), with who moved and how likely that was.

    Where actors have private types: who is what, who believed what of whom after each move, and who misread whom.
    """
    side = perspective or next(iter(case.perspectives))
    if side not in case.perspectives:
        known = suggestion(side, case.perspectives)
        raise InputError([Problem("command line", None, None, "--perspective", f"no perspective {side!r}", known)])
    draws = draw(case, side, 1, seed)
    alternatives = next(iter(draws.groups()))[0]
    game = compiled(case, None, tuple(sorted(alternatives.items())))
    plan = make_plan(case, 1, seed, [side], audit=0)
    solved = ordinary(selection_of(plan), plan.residual)(fill(game, case, draws), False)
    history = sample(solved, 0, seed)[0]
    yield f"{case.title}: one history under the assumptions of {case.perspectives[side].name}"
    yield f"draw 0 of seed {seed}; {Result(int(solved.result[0])).sentence}"
    yield from _who(case, history)
    yield from _story(case, history)
    yield from _misread(case, history)


def _who(case: Case, history: History) -> Iterator[str]:
    """Who is of which type, and what the others believe of it at the start."""
    for about, of_type in history.types.items():
        yield ""
        who = case.actors[about].name
        yield f"{who} is {called(case, about, of_type)}, and only {inside(who)} knows"
        for told in course(history):
            if told["about"] == about:
                first = told["course"][0][1]
                shares = [
                    f"{likelihood(share)} {called(case, about, each)}"
                    for each, share in zip(told["types"], first, strict=True)
                ]
                yield f"  {_observer(case, told['observer'])} at the start: {', '.join(shares)}"


def _observer(case: Case, observer: str) -> str:
    return "The analyst" if observer == ANALYST else case.actors[observer].name


def _story(case: Case, history: History) -> Iterator[str]:
    when = ""
    for step in history.steps:
        now = when_of(step.period, case.calendar)
        if now != when:
            when = now
            yield ""
            yield f"{when}  {_world(history, step)}"
        yield from _lines(case, history, step)
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


def _lines(case: Case, history: History, step: Step) -> Iterator[str]:
    for chosen in step.chosen:
        actor = case.actors[chosen.actor].name
        yield f"  {said(step.stage)}: {actor}: {said(chosen.move)} ({_likely(case, chosen)})"
    if step.branch >= 0 and (not step.chosen or step.label):
        yield f"  {said(step.stage)}: chance: {said(step.label) or 'goes on'} ({step.chance:.0%})"
    yield from _opinions(case, history, step)
    for actor, part, amount in step.pays:
        if step.branch >= 0 or amount:
            yield f"      {case.actors[actor].name} {amount:+.2f} {said(part)}"


def _likely(case: Case, chosen: Chosen) -> str:
    """How probable a move was, and how probable it would have been for each type of its mover."""
    others = [
        f"{likelihood(likely)} if {called(case, chosen.actor, each)}"
        for each, likely in chosen.by_type
        if each != chosen.type and abs(likely - chosen.probability) >= 0.005
    ]
    return "; ".join([f"{chosen.probability:.0%}", *others])


def _opinions(case: Case, history: History, step: Step) -> Iterator[str]:
    """What others now think of a mover, where a move told much."""
    types = {history.game.players[each.player]: each.types for each in history.game.informed}
    names = {name: inside(actor.name) for name, actor in case.actors.items()} | {ANALYST: "the analyst"}
    for belief in step.beliefs:
        if belief.change >= TELLING:
            words = opinion(belief, [called(case, belief.about, each) for each in types[belief.about]], names)
            yield f"      {words[0].upper()}{words[1:]}{_kept(belief)}"


def _kept(belief: Belief) -> str:
    """What play goes on with, where the grid of beliefs makes much of a difference in this history."""
    change = [after - before for before, after in zip(belief.before, belief.learnt, strict=True)]
    at = max(range(len(change)), key=lambda place: (round(change[place], 9), place))
    if abs(belief.after[at] - belief.learnt[at]) < TELLING / 2:
        return ""
    return f" (kept as {likelihood(belief.after[at])}, a node of the grid)"


def _misread(case: Case, history: History) -> Iterator[str]:
    """How far everybody ended with the truth about everybody else."""
    found = readings(history)
    if not found:
        return
    yield ""
    for about in history.types:
        who = [each for each in found if each.about == about and each.observer != ANALYST]
        wrong = [inside(case.actors[each.observer].name) for each in who if each.misread]
        words = f"misread by {listed(wrong)}" if wrong else "misread by nobody"
        yield f"{case.actors[about].name}, {called(case, about, history.types[about])}: {words}"
        yield from (_read(case, each) for each in who)


def _read(case: Case, each: Reading) -> str:
    at = f"{likelihood(each.start)} at the start, {likelihood(each.end)} at the end"
    lowest = f", {likelihood(each.lowest)} at the lowest" if each.lowest < min(each.start, each.end) else ""
    return f"  {case.actors[each.observer].name} gave the truth {at}{lowest}"
