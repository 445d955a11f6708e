"""Small games exactly: trees with information sets, Gambit's files read and written, logit equilibria without a grid.

tree = read(path)                         # assay.trees.read: a Gambit .efg or .nfg file
text = write_efg(tree)                    # assay.trees.write: and `write_nfg`
solution = solve(tree, precision)         # assay.trees.solve: on the principal branch
found = census(tree, precision)           # assay.trees.census: every equilibrium that restarts find
regret = nash_regret(tree, profile)       # assay.trees.verify: profiles that others claim
"""
