"""Solvers: from a filled game to strategies.

    strategies = solve(filled, selection, residual)     # assay.solvers.solve: one solution per draw
    found = census(filled, residual)                     # assay.solvers.census: what restarts find
    strategies = solve_by_definition(filled)             # assay.solvers.definition: the same in plain NumPy, slowly

`kernel_*.py` are compiled; `definition.py` says what they compute.
"""
