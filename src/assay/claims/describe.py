"""A claim's test in words, for each reading, from the case's own words."""

from __future__ import annotations

from collections.abc import Iterator

from assay.case.claims import BothReadings, Claim, Outcome
from assay.case.model import Case
from assay.case.types import columns, type_words
from assay.case.world import Definition
from assay.claims.mentions import tags_of
from assay.claims.quantity import MEASURES
from assay.claims.trial import outcome_node
from assay.formula.ast import Call, Formula, Name, Node
from assay.formula.phrases import Words
from assay.formula.prose import prose
from assay.formula.text import text
from assay.formula.walk import children, rebuild


def describe_test(claim: Claim, case: Case) -> str:
    """What has to be so in a draw for the claim to hold, in sentences: the author's own words first, if there are any.

    Hedge words are said as their strict and loose thresholds. Raises ValueError for a claim without a test.
    """
    if claim.holds_if is None:
        raise ValueError(f"claim {claim.id} has no test")
    words = words_of(case)
    written = claim.holds_if

    def said_of(formula: Formula) -> str:
        return prose(_opened(formula.node, case), words)

    if isinstance(written, BothReadings):
        strict, loose = said_of(written.strict), said_of(written.loose)
        said = f"read strictly it holds where {strict}; read loosely, where {loose}"
    else:
        said = f"it holds where {said_of(written)}"
    sentences = [claim.test, said]
    if claim.matters_if is not None:
        sentences.append(f"a draw counts only where {said_of(claim.matters_if)}")
    return " ".join(_sentence(each) for each in sentences if each.strip())


def words_of(case: Case) -> Words:
    """The words of a case for the prose of its formulas."""
    tags = tags_of(case)
    say = {name: found.means for name, found in (*case.assumptions.items(), *columns(case).items())}
    say |= {name: found.means for name, found in case.define.items() if isinstance(found, Definition)}
    say |= {
        name: found.means for name, found in case.outcomes.items() if isinstance(found, Outcome) and name not in tags
    }
    say |= {text(node): words for node, words in _outcomes(case)}
    say |= {name: actor.name for name, actor in case.actors.items()} | type_words(case)
    say |= {name: variable.name for name, variable in case.world.items()}
    say |= {f"do={name}": policy.means for name, policy in case.policies.items()}
    say |= {f"regime={name}": regime.means for name, regime in case.regimes.items()}
    say |= _times(case)
    readings = {name: (found.strict, found.loose) for name, found in case.readings.items()}
    shares = [name for name, found in columns(case).items() if found.unit in ("probability", "share")]
    shares += [name for name in case.outcomes if _is_probability(outcome_node(name, case))]
    return Words(
        {key: _mid(words) for key, words in say.items() if words.strip()}, shares, readings, tuple(type_words(case))
    )


def _times(case: Case) -> dict[str, str]:
    """The years for the periods' numbers, where a period is a calendar year."""
    calendar = case.calendar
    if calendar.step_months != 12 or (calendar.start.month, calendar.start.day) != (1, 1):
        return {}
    last = calendar.start.year + calendar.periods - 1
    said = {"by=end": f"by the end of {last}", "at=end": f"at the end of {last}", "in=end": f"in {last}"}
    for number in range(1, calendar.periods + 1):
        year = calendar.start.year + number - 1
        said |= {
            f"by={number}": f"by the end of {year}",
            f"at={number}": f"at the end of {year}",
            f"in={number}": f"in {year}",
        }
    return said


def _is_probability(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "P"


def _outcomes(case: Case) -> Iterator[tuple[Node, str]]:
    """The formulas of the outcomes that have words."""
    for found in case.outcomes.values():
        if isinstance(found, Outcome):
            yield found.value.node, found.means


def _opened(node: Node, case: Case) -> Node:
    """The tree with outcomes that have a tag's name replaced by their formulas: one name would be two things."""
    if isinstance(node, Call) and node.function in MEASURES:
        return node
    if isinstance(node, Name):
        return outcome_node(node.id, case) if node.id in case.outcomes and node.id in tags_of(case) else node
    parts = children(node)
    return rebuild(node, [_opened(part, case) for part in parts]) if parts else node


_ARTICLES = ("The ", "A ", "An ", "What ", "How ", "Whether ", "It ")


def _mid(words: str) -> str:
    """Words as they stand inside a sentence."""
    words = words.strip().removesuffix(".")
    return words[0].lower() + words[1:] if words.startswith(_ARTICLES) else words


def _sentence(words: str) -> str:
    words = words.strip()
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."
