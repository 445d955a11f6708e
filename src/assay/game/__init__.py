"""Games: a case unfolded, compiled to arrays and filled with numbers.

    problems = check_structure(case, locator)               # assay.game.check: what only unfolding can tell
    skeleton = unfold(case, regime, alternatives)           # assay.game.unfold: points and where they lead
    game = compile_game(case, regime, alternatives)         # assay.game.compile: the same as arrays
    filled = fill(game, case, draws, regime, sets)          # assay.game.fill: with its numbers for a batch of draws
    influences(game, options, reads)                        # assay.game.influence: can a move reach what is counted?
    tree = unroll(filled, draw)                             # assay.game.unroll: one draw as a tree for other programs
    filled = small_game(players, points)                    # assay.game.small: a game made by hand

Unfolding, checking and describing are pure Python and need no numerical library.

Private types: points do not multiply by them. A number that depends on types has a row for each combination of these
(`known` says of which types, `rows` lays them out); `priors` is what everybody believes at the start, `grid` how large
beliefs make a game, `pooled` and `revealing` which choices tell something of their mover's type.
"""
