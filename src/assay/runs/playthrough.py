"""A case as it plays: facts of its game and two histories from a fixed seed, as text that a reviewer can read.

`python -m assay.runs.playthrough` writes the file of every built-in case.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.case.find import built_in, find
from assay.case.model import Case
from assay.game.describe import describe
from assay.library import CASES
from assay.runs.api import load
from assay.runs.play import narrate

FILE = "playthrough.txt"
SEEDS = (1, 2)


def playthrough(case: Case) -> str:
    """The text of a case's playthrough: one history per perspective for the first seed, one more for the second."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield case.title
    yield from (f"  {line}" for line in describe(case))
    first, *others = case.perspectives
    for seed, side in [(SEEDS[0], first), *((SEEDS[0], side) for side in others), (SEEDS[1], first)]:
        yield ""
        yield "-" * 80
        yield from narrate(case, seed, side)


def main() -> None:
    """Writes the playthrough of every built-in case into its folder."""
    for name, _ in built_in():
        text = playthrough(load(find(name)))
        (CASES / name / FILE).write_text(text, encoding="utf-8")
        print(f"wrote {CASES / name / FILE}")


if __name__ == "__main__":
    main()
