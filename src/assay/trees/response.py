"""Agent logit response over a whole tree (McKelvey and Palfrey 1998), on log-probabilities.

At every information set each action is played with probability proportional to exp(precision * Q), Q its expected
payoff given that the set is reached, beliefs inside it by Bayes' rule, everybody elsewhere (the player's other agents
too) playing as they play. Log-probabilities carry play that is as rare as e**-1e8, and with it the beliefs at sets
that are reached as rarely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from assay.trees.form import Floats, Form, Ints

WIDE = 200.0
"""Precision times the range of payoffs from which log-probabilities are kept in the widest floating point there is."""


@dataclass(frozen=True, eq=False)
class Values:
    """What actions are worth at a profile, and what their derivatives are made of."""

    q: Floats  # (A,) expected payoff of the action to its player, given that its set is reached
    weight: Floats  # (E,) of each entry: probability of its end given that the action's set is reached and it is chosen
    reach: Floats  # (N,) of each visit: probability of the node given that its set is reached


def normalised(form: Form, y: Floats) -> Floats:
    """Log-probabilities shifted so that each set's probabilities sum to one."""
    if not form.actions:
        return y
    starts = form.first[:-1]
    top = np.maximum.reduceat(y, starts)[form.set_of]
    total = np.add.reduceat(np.exp(y - top), starts)[form.set_of]
    return y - top - np.log(total)


def wide(x: Floats, scaled_precision: float) -> Floats:
    """The array in extended precision where precision is great (80 bits where the machine has them, else as it is).

    Beliefs at sets that are reached by rare play alone rest on differences of log-probabilities as large as precision
    times payoffs, and precision multiplies them once more: rounding grows with the square of precision.
    """
    return cast(Floats, x.astype(np.longdouble)) if scaled_precision > WIDE else x


def _sum(index: Ints, terms: Floats, count: int) -> Floats:
    """Terms summed by index, (count,), in the terms' own floating point."""
    if terms.dtype == np.float64:
        return np.bincount(index, terms, count).astype(np.float64)
    total: Any = np.zeros(count, dtype=terms.dtype)
    np.add.at(total, index, terms)
    return cast(Floats, total)


def values(form: Form, y: Floats) -> Values:
    """What every action is worth at normalised log-probabilities (A,), in their floating point."""
    sets = len(form.owner)
    visit = form.visit_chance + _sum(form.step_visit, y[form.step_action], len(form.visit_set))
    top = np.full(sets, -np.inf, dtype=y.dtype)
    np.maximum.at(top, form.visit_set, visit)
    reach = np.exp(visit - top[form.visit_set])
    total = _sum(form.visit_set, reach, sets)
    reach /= total[form.visit_set]
    end = form.chance + _sum(form.entry_end, y[form.entry_action], len(form.chance))
    place = form.set_of[form.entry_action]
    weight = np.exp(end[form.entry_end] - y[form.entry_action] - top[place]) / total[place]
    return Values(_sum(form.entry_action, weight * _stake(form), form.actions), weight, reach)


def _stake(form: Form) -> Floats:
    """What the action's own player gets at the entry's end, from the midrange of the player's payoffs, (E,)."""
    player = form.owner[form.set_of[form.entry_action]]
    return np.asarray(form.payoff[form.entry_end, player] - form.middle[player])


def response(form: Form, q: Floats, precision: float) -> Floats:
    """Log-probabilities of the logit response to what actions are worth, (A,)."""
    return normalised(form, precision * q)


def residual(form: Form, y: Floats, precision: float) -> float:
    """How far a profile is from its own logit response: the largest difference of a probability."""
    if not form.actions:
        return 0.0
    answer = response(form, values(form, y).q, precision)
    return float(np.abs(np.exp(answer) - np.exp(y)).max())


def value_jacobian(form: Form, found: Values) -> Floats:
    """dQ/dy, (A, A), for log-probabilities that are moved freely (as if they need not sum to one)."""
    count, sets = form.actions, len(form.owner)
    moved = (found.weight * _stake(form))[form.pair_entry]
    index = form.entry_action[form.pair_entry] * count + form.pair_action
    jacobian: Floats = np.bincount(index, moved, count * count).reshape(count, count).astype(np.float64)
    index = form.visit_set[form.step_visit] * count + form.step_action
    reached = np.bincount(index, found.reach[form.step_visit], sets * count).reshape(sets, count)
    jacobian -= found.q[:, None] * reached[form.set_of]
    return jacobian


def equations(form: Form, y: Floats, precision: float) -> tuple[Floats, Floats, Floats]:
    """F = y - log response(y), its Jacobian by y, and its derivative by precision.

    F does not ask y to be normalised; where F = 0 it is.
    """
    own = normalised(form, y)
    exact = values(form, own)
    reply = response(form, exact.q, precision)
    gap: Floats = (y - reply).astype(np.float64)
    own, answer = own.astype(np.float64), reply.astype(np.float64)
    found = Values(*(part.astype(np.float64) for part in (exact.q, exact.weight, exact.reach)))
    precision = float(precision)
    by_value = value_jacobian(form, found)
    jacobian = np.eye(form.actions) - precision * _less_mean(form, _after_normalising(form, by_value, own), answer)
    slope = -_less_mean(form, found.q[:, None], answer)[:, 0]
    return gap, jacobian, slope


def _less_mean(form: Form, rows: Floats, answer: Floats) -> Floats:
    """Rows less their mean within the information set under the response: the derivative of log softmax."""
    mean = np.add.reduceat(np.exp(answer)[:, None] * rows, form.first[:-1], axis=0)
    return np.asarray(rows - mean[form.set_of])


def _after_normalising(form: Form, jacobian: Floats, own: Floats) -> Floats:
    """A Jacobian by normalised log-probabilities as one by log-probabilities before they are normalised."""
    total = np.add.reduceat(jacobian, form.first[:-1], axis=1)
    return np.asarray(jacobian - total[:, form.set_of] * np.exp(own)[None, :])


def payoff_slope(form: Form, y: Floats, precision: float, end: int, player: int) -> Floats:
    """dF by the payoff of one player at one end (index into `Form.end`), at a normalised profile."""
    found = values(form, y.astype(np.float64))
    answer = response(form, found.q, precision)
    owners = form.owner[form.set_of[form.entry_action]]
    touched = (form.entry_end == end) & (owners == player)
    dq: Floats = np.bincount(form.entry_action, found.weight * touched, form.actions).astype(np.float64)
    return -precision * _less_mean(form, dq[:, None], answer)[:, 0]


def expected_payoffs(form: Form, y: Floats) -> Floats:
    """Expected payoff of every player from the start, (P,)."""
    end = form.chance + _sum(form.entry_end, y[form.entry_action], len(form.chance))
    return np.asarray(np.exp(end).astype(np.float64) @ form.payoff)


def regrets(form: Form, y: Floats) -> Floats:
    """What the best action of each set would add to what is played there, given that the set is reached, (H,)."""
    if not form.actions:
        return np.zeros(0)
    q = values(form, y).q
    best = np.maximum.reduceat(q, form.first[:-1])
    played = np.add.reduceat(np.exp(y) * q, form.first[:-1])
    return np.asarray(best - played, dtype=np.float64)
