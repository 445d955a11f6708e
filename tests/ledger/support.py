"""A small sound ledger that tests change, and the built-in one."""

from __future__ import annotations

from pathlib import Path

from assay.library import CASES

MINE_BAN = CASES / "mine-ban"

SOURCES = """\
source_id,title,publisher,date,url,used_for,tier,checked
S_PAPER,A report,A paper,2020-03-10,https://example.org,tests,press,2026-01-01
S_MONTH,A month's report,,2020-03,,,press,
S_LATE,A later report,,2021-06-01,,,press,2026-01-01
S_UNDATED,A list,,n.d.,,,official,2026-01-01
"""
FACTS = """\
place,indicator,date,value,low,high,unit,price_year,flag,source_id,known_from,known_because,note
AAA,soldiers,2020,100,90,120,persons,,,S_PAPER,,,
BBB,soldiers,2020,400,,,persons,,,S_PAPER,,,
AAA,bridge_cost,2020,2,,,million EUR,2020,,S_PAPER,,,
AAA,budget,2020,100000000,,,EUR,2020,,S_PAPER,,,
AAA,budget,2021,100000000,,,EUR,2021,,S_LATE,,,
AAA,dollars,2020,110,,,USD,2020,,S_PAPER,,,
AAA,euros,2020,100,,,EUR,2020,,S_PAPER,,,
AAA,joined,1999,1,,,event,,,S_UNDATED,,,
BBB,joined,2004,1,,,event,,,S_UNDATED,,,
AAA,length,2020,10,,,km,,,S_PAPER,always,geography,
AAA,at_most,2020,,,50,persons,,upper_bound,S_LATE,,,
"""
CLAIMS = """\
dated: 2020-03-15
claims:
  - id: A1
    kind: fact
    quote: "as many as that"
    says: There are as many as that.
    points:
      - says: There are.
        for:
          - {source: S_PAPER, note: says so}
        against:
          - {source: S_LATE, note: says the contrary, weight: qualifies}
        checks:
          - check: {value: {fact: soldiers, place: AAA}, above: 50}
elsewhere: {A2: model}
"""


def write(folder: Path, sources: str = SOURCES, facts: str = FACTS, claims: str = CLAIMS) -> Path:
    """A ledger's three files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("sources.csv", sources), ("facts.csv", facts), ("facts.yaml", claims)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def with_check(check: str) -> str:
    """The claims with one check in the place of the sound one."""
    sound = "{value: {fact: soldiers, place: AAA}, above: 50}"
    assert sound in CLAIMS
    return CLAIMS.replace(sound, check)
