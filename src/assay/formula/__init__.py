"""The language of formulas: text is parsed to a tree, checked, and then read as numbers, truths, words or LaTeX.

`parse.parse` reads, `check.check` finds what is wrong, `prose.prose` and `latex.latex` say it, `truth.decide` decides
it in one world, `walk` goes through it and `dimension.parse_unit` reads units. Numbers over draws are made elsewhere,
in `assay.assumptions.arrays`: nothing here needs a numerical library.
"""
