"""Generated sentences say only what the run says: each is checked against a count made here, for any run."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.claims.verdict import WORDS, Share, Verdict, word
from assay.report import findings as made
from assay.report.numbers import counted
from assay.report.sections import ledger, together
from assay.report.view import View
from assay.report.wording import verdict_groups
from assay.runs.run import Run, Verdicts

from . import synthetic

HOLDING = {"holds", "mostly holds"}
FAILING = {"fails", "mostly fails"}
BASE = synthetic.make(draws=40)
SIDES = BASE.plan.perspectives
TESTS = [claim for claim in BASE.plan.case.claims if claim.route == "model"]


def _verdict(claim: str, side: str, strict: float, loose: float, vacuous: float) -> Verdict:
    low, high = sorted((strict, loose))
    said = word(low, high, vacuous)
    return Verdict(claim, side, said, Share(low, low, low), Share(high, high, high), 0.1, 40, 0, vacuous)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run with any verdicts: shares on the fences too."""
    shares = st.sampled_from((0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.0))
    vacuous = st.sampled_from((0.0, 0.0, 0.0, 0.6))
    verdicts = Verdicts(_verdict(c.id, s, draw(shares), draw(shares), draw(vacuous)) for c in TESTS for s in SIDES)
    consistency = {
        side: {**found, "strict": min(one, two), "loose": max(one, two)}
        for side, found in BASE.consistency.items()
        for one, two in [(draw(shares), draw(shares))]
    }
    return replace(BASE, verdicts=verdicts, consistency=consistency)


def _words(run: Run, claim: str) -> dict[str, str]:
    return {verdict.perspective: verdict.word for verdict in run.verdicts if verdict.claim == claim}


def _held(run: Run, ids: list[str], side: str) -> int:
    return sum(_words(run, name)[side] in HOLDING for name in ids)


def _number(count: int) -> str:
    return counted(count) if count else "none"


@settings(max_examples=40, deadline=None)
@given(runs())
def test_counts_of_an_authors_tests_are_those_of_the_verdicts(run: Run) -> None:
    view = View(run)
    for author in view.authors:
        ids = [claim.id for claim in TESTS if claim.by == author.key]
        text = made.own(view, author).text
        count = _held(run, ids, author.key)
        assert text.startswith(f"{_portion(count, len(ids))} of {author.mid} hold or mostly hold")
        assert (f"({count} of {len(ids)})" in text) == (0 < count < len(ids))
        others = {face.mid: _held(run, ids, face.key) for face in view.faces if face.key != author.key}
        (said,) = re.findall(r", (\w+) under those of (.*)\.$", text)
        far = max(abs(other - count) for other in others.values())
        if said[1] == "every other perspective":
            assert {_number(other) for other in others.values()} == {said[0]}
        else:
            assert _number(others[said[1]]) == said[0]
            assert abs(others[said[1]] - count) == far


def _portion(held: int, count: int) -> str:
    if held in (0, count):
        return "All tests" if held else "No tests"
    return (
        {True: "Most tests", False: "Fewer than half the tests"}[held > count / 2]
        if 2 * held != count
        else "Half the tests"
    )


@settings(max_examples=40, deadline=None)
@given(runs())
def test_what_changes_sides_holds_somewhere_and_fails_somewhere(run: Run) -> None:
    finding = made.parted(View(run))
    assert finding is not None
    expected = [
        c.id for c in TESTS if HOLDING & set(_words(run, c.id).values()) and FAILING & set(_words(run, c.id).values())
    ]
    assert list(finding.claims) == expected
    assert finding.text.startswith("No test changes sides") == (not expected)


@settings(max_examples=40, deadline=None)
@given(runs())
def test_what_fails_under_its_authors_own_assumptions_does(run: Run) -> None:
    view = View(run)
    for author in view.authors:
        finding = made.against_own(view, author)
        assert finding is not None
        failed = [c.id for c in TESTS if c.by == author.key and _words(run, c.id)[author.key] in FAILING]
        assert list(finding.claims) == failed
        assert finding.text.startswith("No test") == (not failed)
        if failed:
            assert finding.text.split(" ", 1)[0].lower() == counted(len(failed))


@settings(max_examples=40, deadline=None)
@given(runs())
def test_joint_consistency_is_none_only_where_it_is_nought(run: Run) -> None:
    view = View(run)
    for author in view.authors:
        finding = made.joint(view, author)
        assert finding is not None
        found = run.consistency[author.key]
        assert ("even read loosely" in finding.text) == (found["loose"] == 0)
        assert finding.text.startswith("In none") == (found["strict"] == 0)
        assert "probability" not in finding.text


@settings(max_examples=40, deadline=None)
@given(runs())
def test_the_ledgers_headline_is_true_of_the_perspectives_that_it_names(run: Run) -> None:
    view = View(run)
    text = ledger.headline(view)
    ids = [claim.id for claim in TESTS]
    portions = {face.mid: _portion(_held(run, ids, face.key), len(ids)) for face in view.faces}
    if "under every perspective" in text:
        assert {text.split(" hold ")[0]} == set(portions.values())
        parted = made.parted_claims(view)
        assert ("; " in text) == bool(parted)
        return
    first, second = text.split(", ")
    said, name = first.split(" hold or mostly hold for ")
    assert portions[name] == said
    less, other = second.split(" for ")
    assert portions[other].lower().replace(" the tests", "").replace("no tests", "none").replace(" tests", "") == less
    assert portions[other] != said


@settings(max_examples=20, deadline=None)
@given(runs())
def test_what_was_found_is_short(run: Run) -> None:
    first = made.findings(View(run))[0]
    assert len(" ".join(each.text for each in first).split()) <= 150


@settings(max_examples=40, deadline=None)
@given(runs())
def test_a_claims_headline_gives_every_perspective_its_word(run: Run) -> None:
    view = View(run)
    for claim in TESTS:
        text = verdict_groups(view, claim)
        words = _words(run, claim.id)
        if len(set(words.values())) == 1:
            assert text.endswith("under every perspective")
            assert next(iter(words.values())) in text
            continue
        parts = text.split("; ")
        assert len(parts) == len(set(words.values()))
        for face in view.faces:
            (part,) = [each for each in parts if face.mid in each]
            assert re.fullmatch(rf"{words[face.key]} for .*", part)


def _contrast_run(bases: list[float], parts: list[float]) -> Run:
    """A run in which the contrasts have these median base rates and changes in proportion, by perspective."""
    table = BASE.quantities.copy()
    for side, base, part in zip(SIDES, bases, parts, strict=True):
        here = table["perspective"] == side
        table.loc[here & (table["quantity"] == "base"), "value"] = base
        table.loc[here & (table["quantity"] == "relative"), "value"] = part
    return replace(BASE, quantities=table)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(1e-6, 1), min_size=3, max_size=3),
    st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
)
def test_what_is_said_to_differ_more_differs_more(bases: list[float], parts: list[float]) -> None:
    finding = made.bases(View(_contrast_run(bases, parts)))
    assert finding is not None
    by_base, by_part = max(bases) / min(bases), max(parts) / min(parts)
    base_first = finding.text.index("how likely") < finding.text.index("the effect")
    if "far more" in finding.text:
        assert (by_base >= 3 * by_part) if base_first else (by_part >= 3 * by_base)
    elif "differ little" in finding.text:
        assert max(by_base, by_part) <= 2
    else:
        assert max(by_base, by_part) > 2
        assert 1 / 3 < by_base / by_part < 3


def test_nothing_is_said_of_base_rates_below_the_floor() -> None:
    assert made.bases(View(_contrast_run([1e-12, 0.1, 0.2], [0.5, 0.5, 0.5]))) is None


def test_every_verdict_word_has_a_side() -> None:
    from assay.report.words import SIDES as TAKEN

    assert set(TAKEN) == set(WORDS)


def test_the_staircase_ends_where_all_hold_together() -> None:
    run = synthetic.make(draws=300)
    view = View(run)
    for stairs in together.together(view).authors:
        found = run.consistency[stairs.face.key]
        truths = [view.truths(step.claim.id, stairs.face.key) for step in stairs.steps]
        left = np.logical_and.reduce([truth.strict | truth.vacuous for truth in truths])
        assert stairs.steps[-1].together == made.share(float(left.mean()))
        assert found["strict"] == pytest.approx(float(left.mean()))


@pytest.mark.parametrize(
    ("equilibria", "said"),
    [
        ([1, 1, 1], "One equilibrium was found in each of 3 audited draws."),
        (
            [0, 1, 1],
            "No second equilibrium was found in any of 2 audited draws. In 1 more none was found to the residual.",
        ),
        ([0, 0, 0], "No equilibrium was found to the residual of the audit in 3 audited draws."),
        ([1, 2, 3], "Several equilibria were found in two of 3 audited draws"),
        ([None, None, None], "Every draw was solved"),
    ],
)
def test_how_many_equilibria_were_found(equilibria: list[float | None], said: str) -> None:
    run = synthetic.make(draws=10)
    audit = run.audit.iloc[:3].assign(equilibria=equilibria, residual=0.0)
    assert ledger.audit(View(replace(run, audit=audit))).startswith(said)
