"""Made-up treaties for tests: written to a folder, and read as anybody's own."""

from __future__ import annotations

from pathlib import Path

from assay.law.book import Book
from assay.law.books import open_book

RULES = """\
treaty: LIFE
name: A made-up convention
opened: 2000-01-01
in_force: 2001-01-01
covers: all
checked: 2030-01-01
sources: [S_TEXT]
signature: {article: "15", closes: in_force}
consent: {article: "16", kinds: [ratification, acceptance, approval, accession]}
entry: {article: "17", months: 6, lands_on: first_of_month}
provisional_application: {article: "18", acts: [use]}
succession: from independence
exit:
  article: "20(3)"
  notice_article: "20(2)"
  months: 6
  starts: receipt by the depositary
  held_by_conflict: {article: "20(3)"}
  revocable: until it takes effect
  afterwards: [{instrument: custom, condition: for all states}]
suspension: {allowed: false}
bars:
  - {act: use, article: "1(a)"}
  - {act: transfer, article: "1(b)"}
  - {act: acquire, article: "1(b)"}
  - {act: assist, article: "1(c)", of_others: true}
roles:
  transfer: [{role: giver, act: transfer}, {role: transit, act: assist}, {role: receiver, act: acquire}]
deadlines: [{article: "4", duty: destroy stocks, years: 4}]
duties: [{article: law of treaties, text: not to defeat the object and purpose, soft: true, verified: false}]
"""
CONTESTS = """\
contests:
  - id: suspension
    question: May a party suspend?
    positions:
      - {by: the suspender, position: "yes", counts: true, known_from: 2010-01-01, source: S_TEXT}
      - {by: the others, position: "no", counts: false, known_from: 2011-06-01, source: S_TEXT}
  - id: war
    question: Is it at war?
    positions:
      - {by: one side, position: at war, counts: true, known_from: 2010-01-01, source: S_TEXT}
      - {by: the other side, position: not at war, counts: false, known_from: 2010-01-01, source: S_TEXT}
"""
HEADER = "actor,act,done,in_effect,published,checked,basis,contest,source,note\n"


def act(actor: str, kind: str, done: str = "", *, effect: str = "", published: str = "", contest: str = "") -> str:
    """One row of `acts.csv`."""
    return f"{actor},{kind},{done},{effect},{published},2030-01-01,reported,{contest},S_TEXT,\n"


def book(folder: Path, *rows: str, rules: str = RULES, name: str = "LIFE") -> Book:
    """A treaty of these acts."""
    at = folder / name
    at.mkdir(exist_ok=True)
    (at / "rules.yaml").write_text(rules, encoding="utf-8")
    (at / "contests.yaml").write_text(CONTESTS, encoding="utf-8")
    (at / "sources.csv").write_text("source_id,title\nS_TEXT,The text\n", encoding="utf-8")
    (at / "acts.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return open_book(name, at)
