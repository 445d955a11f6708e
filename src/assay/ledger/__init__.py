"""Sources, facts and factual claims: what is known, from whom, and since when.

    ledger = open_ledger(folder)              # assay.ledger.ledger: the tables and claims of a case's folder
    then = known(ledger, day)                 # assay.ledger.known: the same, without what came later
    verdicts = judge(ledger, as_known=day)    # assay.ledger.verdict: supported, contradicted, imprecise, unresolved
    cited = cite(ledger, place, indicator, date)   # assay.ledger.cite: a number with its range, unit and source

Nothing here loads a numerical library, except where a unit is converted or a Parquet file is asked for.
"""
