"""Claims: what a case asks of its futures, each claim's truth in each draw, and its verdict over a perspective's draws.

The order of calls, for one perspective (`runs` does this):

    asked = agenda(case)                                        # once; InputError for what cannot be asked
    tests = fingerprint_tests(case)                             # before the run
    for block of draws:
        for variant in asked.variants:                          # solves that a draw costs: asked.solves
            for alternatives, positions in draws.groups():
                some = draws.take(positions)
                game = compile_game(case, variant.regime, alternatives)
                filled = fill(game, case, some, variant.regime, variant.settings, variant.precision_scale)
                strategies = solve(filled, selection, residual, payoffs=asked.needs_payoffs(variant))
                futures = forward(strategies, asked.passes(game, variant))
                parts += [(positions, asked.answer(game, variant, futures, strategies))]
                series = asked.over_time(game, futures)         # of the first variant: outcome to (periods, draws)
        answers = merge(parts, len(draws))                      # all variants' quantities
        truths = judge(asked, draws, answers)                   # claim to Truth
        rows = outcomes(asked, draws, answers)                  # (intervention, outcome) to values
    truths = join([truths of each block])
    found = verdict(truths[claim], perspective, missed(result))
    found = with_riders(found, riders(asked, found, truths[claim], evidence))

An audit solves a sample of the draws again: with `solve(..., selection="principal_branch")`, with every start of
`census`, and, for each scale of `CURVE`, with `variant.scaled(scale)`; each time `judge` gives the truths that
`Audit` takes.
"""
