"""Assumptions: distributions, dependence and perspectives; from a case and a seed to draws, and formulas over them."""
