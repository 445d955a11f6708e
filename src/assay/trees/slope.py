"""How a logit equilibrium moves with precision and with payoffs: the implicit function theorem on its equations."""

from __future__ import annotations

import numpy as np

from assay.trees.form import Floats, Form
from assay.trees.response import equations, payoff_slope
from assay.trees.solve import Solution


def by_precision(solution: Solution) -> Floats:
    """Derivative of every action's probability by precision along the equilibrium's own branch, (A,).

    Raises numpy.linalg.LinAlgError where the branch folds or another one crosses it.
    """
    _, jacobian, slope = equations(solution.form, solution.y, solution.precision)
    return -np.asarray(solution.probability * np.linalg.solve(jacobian, slope))


def by_payoff(solution: Solution, node: int, player: int) -> Floats:
    """Derivative of every action's probability by what a player gets at one end (a node of the tree), (A,)."""
    end = end_of(solution.form, node)
    _, jacobian, _ = equations(solution.form, solution.y, solution.precision)
    slope = payoff_slope(solution.form, solution.y, solution.precision, end, player)
    return -np.asarray(solution.probability * np.linalg.solve(jacobian, slope))


def end_of(form: Form, node: int) -> int:
    """The index of an end among the form's. Raises ValueError where the node is none."""
    found = np.flatnonzero(form.end == node)
    if not len(found):
        raise ValueError(f"node {node} is not an end")
    return int(found[0])
