"""Futures: where strategies lead.

futures = forward(strategies, passes)                # assay.futures.forward: exact, by intervention and reader
histories = sample(strategies, draw, seed, count)    # assay.futures.sample: histories, step by step
told = notable(history)                              # assay.futures.notable: the steps worth telling
"""
