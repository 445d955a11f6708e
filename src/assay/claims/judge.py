"""Every claim in every draw: `judge(asked, draws, answers) -> Truths`, and every outcome's value.

Works on one block of draws at a time, so that memory stays flat; `join` puts the blocks' truths together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from assay.assumptions.draw import Draws
from assay.claims.agenda import Agenda, Answers
from assay.claims.decide import Bench, Bools, Decided, below_floor, bench, decide, probabilities
from assay.claims.quantity import AS_PLAYED, Quantity, Scenario, read_quantity
from assay.claims.readers import FLOOR
from assay.claims.trial import Contrast, Trial
from assay.claims.verdict import Truth
from assay.formula.ast import Call, Node
from assay.game.game import Floats

Truths: TypeAlias = dict[str, Truth]
"""Claim to its truth in each draw."""


def judge(asked: Agenda, draws: Draws, answers: Answers) -> Truths:
    """The truth of every claim with route `model` in each of the draws, from the answers of all variants."""
    given = bench(asked.case, draws, answers)
    return {each.claim.id: truth(each, given) for each in asked.trials}


def truth(each: Trial, given: Bench) -> Truth:
    """One claim in each draw."""
    strict, loose = decide(each.strict, given), decide(each.loose, given)
    vacuous = _says_nothing(each.matters, given) | ~strict.known | ~loose.known
    named = probabilities(each.strict) or probabilities(each.loose)
    contrast = each.contrast
    compared = {} if contrast is None else _contrasted(contrast, given)
    return Truth(
        claim=each.claim.id,
        strict=strict.true & ~vacuous,
        loose=loose.true & ~vacuous,
        vacuous=vacuous,
        quantities={"value": _value(each, strict, given), **compared},
        floored=below_floor(named, given) if named else None,
        in_proportion=None if contrast is None else _in_proportion(contrast, each.claim.relative, compared, given),
    )


def _says_nothing(matters: Node | None, given: Bench) -> Bools:
    if matters is None:
        return np.zeros(given.draws, dtype=np.bool_)
    decided: Decided = decide(matters, given)
    return ~decided.true


def _value(each: Trial, strict: Decided, given: Bench) -> Floats:
    """The quantity that is compared; for a test that compares nothing, whether it is true."""
    return strict.true.astype(np.float64) if each.value == each.strict else given.number(each.value)


def _contrasted(contrast: Contrast, given: Bench) -> dict[str, Floats]:
    base, other = given.number(contrast.base), given.number(contrast.other)
    difference = other - base
    difference = np.where(np.abs(difference) < FLOOR, 0.0, difference)
    tiny = (np.abs(base) < FLOOR) | (not contrast.proportional)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(tiny, np.nan, difference / np.abs(base))
    return {"base": base, "other": other, "absolute": difference, "relative": relative}


def _in_proportion(contrast: Contrast, share: float, compared: Mapping[str, Floats], given: Bench) -> Bools:
    """Whether the contrast holds with `share` of the base as its threshold, on the threshold's own side of zero."""
    relative = np.abs(compared["relative"]) if contrast.absolute else compared["relative"]
    threshold = np.sign(given.number(contrast.threshold)) * share
    with np.errstate(invalid="ignore"):
        if contrast.operator in ("<", "<="):
            return np.asarray(relative < threshold)
        return np.asarray(relative > threshold)


def join(parts: Sequence[Truths]) -> Truths:
    """The truths of blocks of draws as those of all draws, in the blocks' order."""
    return {claim: _joined([part[claim] for part in parts]) for claim in (parts[0] if parts else {})}


def _joined(parts: Sequence[Truth]) -> Truth:
    first = parts[0]
    return Truth(
        claim=first.claim,
        strict=np.concatenate([part.strict for part in parts]),
        loose=np.concatenate([part.loose for part in parts]),
        vacuous=np.concatenate([part.vacuous for part in parts]),
        quantities={name: np.concatenate([part.quantities[name] for part in parts]) for name in first.quantities},
        floored=_optional([part.floored for part in parts]),
        in_proportion=_optional([part.in_proportion for part in parts]),
    )


def _optional(parts: Sequence[Bools | None]) -> Bools | None:
    present = [part for part in parts if part is not None]
    return np.concatenate(present) if present else None


def outcomes(asked: Agenda, draws: Draws, answers: Answers) -> dict[tuple[str, str], Floats]:
    """(intervention, outcome) to the outcome's value in each draw: the named outcomes, and every quantity of a claim.

    The intervention is `as played` or the scenario's key, or the name that the case's `interventions` give to it. A
    quantity that is a named outcome under an intervention goes by the outcome's name, any other by its own text.
    """
    called = {
        Scenario(do=tuple(sorted(set(policies)))).key: name for name, policies in asked.case.interventions.items()
    }
    given = bench(asked.case, draws, answers)
    rows: dict[tuple[str, str], Floats] = {}
    names: dict[Quantity, str] = {}
    for name, node in asked.outcomes.items():
        single = read_quantity(node, asked.case) if isinstance(node, Call) and node.function == "P" else None
        key = single.scenario.key if single else AS_PLAYED
        rows[(called.get(key, key), name)] = given.number(node)
        if single and single.scenario == Scenario():
            names.setdefault(single, name)
    for where, node in asked.imposed.items():
        if where not in rows:
            rows[where] = given.number(node)
    for quantity in asked.quantities:
        plain = Quantity(quantity.measure, quantity.subject, quantity.time, quantity.given)
        key = quantity.scenario.key
        rows.setdefault((called.get(key, key), names.get(plain, quantity.label)), answers[quantity])
    return rows


def value_of(asked: Agenda, outcome: str, draws: Draws, answers: Answers) -> Floats:
    """A named outcome's value in each draw."""
    return bench(asked.case, draws, answers).number(asked.outcomes[outcome])
