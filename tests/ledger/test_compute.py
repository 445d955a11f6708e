"""Checks against answers worked out by hand, and ranges against their points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assay.documents.tree import compose
from assay.errors import InputError
from assay.ledger.amount import Amount, added, less, number, ratio
from assay.ledger.check import Check, Comparison
from assay.ledger.compare import ascending, compare
from assay.ledger.compute import Computed, compute
from assay.ledger.ledger import open_ledger
from assay.ledger.node import Node
from assay.ledger.quantities import MissingError
from assay.ledger.read_check import read_check
from assay.ledger.units import UnitError

from .support import FACTS, write


def check_of(text: str) -> Check:
    data, locator = compose(f"check: {text}\n", "t.yaml")
    node = Node(data, locator, (), [])
    found = read_check(node["check"])
    if node.problems:
        raise InputError(node.problems)
    assert found is not None
    return found


Ask = Callable[[str], Computed]


@pytest.fixture
def answer(tmp_path: Path) -> Ask:
    ledger = open_ledger(write(tmp_path / "study"))

    def ask(text: str) -> Computed:
        return compute(check_of(text), ledger.fact, ledger.say)

    return ask


A, B = "{fact: soldiers, place: AAA}", "{fact: soldiers, place: BBB}"
DOLLARS, EUROS = "{fact: dollars, place: AAA}", "{fact: euros, place: AAA}"
RATE = f"{{rate: {{of: {DOLLARS}, per: {EUROS}}}}}"
COST, BUDGET = "{fact: bridge_cost, place: AAA}", "{fact: budget, place: AAA, date: 2020}"
LATER = "{fact: budget, place: AAA, date: 2021}"
BY_HAND = [
    (f"{{value: {A}, above: 80}}", True, 100),
    (f"{{value: {A}, above: 100}}", None, 100),
    (f"{{value: {A}, above: 120}}", False, 100),
    (f"{{value: {A}, at_most: 120}}", True, 100),
    (f"{{value: {A}, at_most: 90}}", None, 100),
    (f"{{value: {A}, at_least: 90}}", True, 100),
    (f"{{value: {A}, below: 90}}", False, 100),
    (f"{{value: {A}, between: [90, 120]}}", True, 100),
    (f"{{value: {A}, between: [95, 120]}}", None, 100),
    (f"{{value: {A}, about: 105, within: 15}}", True, 100),
    (f"{{value: {A}, about: 200, within: 15}}", False, 100),
    (f"{{ratio: {{of: {A}, to: {B}}}, below: 0.5}}", True, 0.25),
    (f"{{share: {{part: {A}, whole: {{sum: [{A}, {B}]}}}}, about: 0.2, within: 0.05}}", True, 0.2),
    (f"{{difference: {{from: {A}, to: {B}}}, at_least: 280}}", True, 300),
    (f"{{growth: {{from: {A}, to: {B}}}, above: 3}}", None, 3),
    (
        f"{{share: {{part: {COST}, whole: {BUDGET}}}, below: 0.05}}",
        True,
        0.02,
    ),
    (f"{{rate: {{of: {COST}, per: {{fact: length, place: AAA}}}}, at_most: 200000}}", True, 200_000),
    (
        f"{{value: {{convert: {DOLLARS}, to: EUR, by: {RATE}}}, about: 100, within: 1e-9}}",
        True,
        100,
    ),
    (
        f"{{value: {{convert: {EUROS}, to: USD, by: {RATE}}}, about: 110, within: 1e-9}}",
        True,
        110,
    ),
    ("{value: {sum: {fact: soldiers, places: [AAA, BBB], date: 2020}}, above: 480}", True, 500),
    ("{days: {from: 2025-03-12, to: 2025-03-18}, is: 6}", True, 6),
    ("{days: {from: 2024-02-28, to: 2024-03-01}, is: 2}", True, 2),
    ("{days: {from: 2025-03-12, to: 2025-03}, below: 7}", None, None),
    ("{value: {fact: at_most, place: AAA}, below: 60}", True, None),
    ("{value: {fact: at_most, place: AAA}, below: 40}", None, None),
    ("{value: {fact: at_most, place: AAA}, above: 60}", False, None),
]


@pytest.mark.parametrize(("text", "holds", "value"), BY_HAND, ids=[text for text, _, _ in BY_HAND])
def test_by_hand(answer: Ask, text: str, holds: bool | None, value: float | None) -> None:
    found = answer(text)
    assert found.holds is holds
    assert found.amount is not None
    assert found.amount.value == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "holds", "shown"),
    [
        ("{weekday: 2025-03-18, is: Tuesday}", True, "18 March 2025 was a Tuesday"),
        ("{weekday: 2025-03-18, is_not: [Tuesday, Monday]}", False, "18 March 2025 was a Tuesday"),
        ("{weekday: 2025-03, is: Tuesday}", None, "no day of the week"),
        (f"{{order: [{A}, {B}]}}", True, "ascending: 100 persons (90 to 120)"),
        (f"{{order: [{B}, {A}]}}", False, "no"),
        (f"{{order: [{A}, {A}]}}", None, "open"),
        (f"{{order: [{B}, {B}]}}", False, "no"),
        (
            "{sequence: [{date_of: joined, place: AAA}, {date_of: joined, place: BBB}, 2022]}",
            True,
            "1999 (joined, AAA)",
        ),
        ("{sequence: [2025-03, 2025-03-18]}", None, "open"),
        ("{sequence: [2025-03-18, 2025-03-18]}", False, "no"),
        ("{value: {fact: soldiers, places: [AAA, BBB]}, above: 80}", True, "soldiers, BBB 2020: 400 persons"),
        ("{value: {fact: soldiers, places: [AAA, BBB]}, above: 200}", False, "no"),
        ("{value: {fact: soldiers, places: [AAA, BBB]}, above: 110}", None, "open"),
    ],
)
def test_orders_and_words(answer: Ask, text: str, holds: bool | None, shown: str) -> None:
    found = answer(text)
    assert found.holds is holds
    assert shown in found.shown


@pytest.mark.parametrize(
    ("text", "holds", "shown"),
    [
        ("{standing: {treaty: APMBC, actors: POL, on: 2026-02-19}, is: leaving}", True, "Poland: leaving"),
        ("{standing: {treaty: APMBC, actors: POL, on: 2026-02-20}, is: left}", True, "Poland: left"),
        ("{standing: {treaty: APMBC, actors: [EST, POL], on: 2025-12-27}, is: left}", False, "Estonia: left"),
        ("{standing: {treaty: APMBC, actors: [EST, POL], on: 2025-12-27}, is_not: party}", True, "Poland: leaving"),
        ("{since: {treaty: APMBC, actor: POL, on: 2026-03-01}, is: 2026-02-20}", True, "20 February 2026"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20}, is: 2026-02-20}", True, "20 February 2026"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20}, is_not: 2026-02-20}", False, "20 February 2026"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20, actor: POL}, is: 2026-02-20}", True, "20 February 2026"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20, actor: BLR}, is: 2026-02-20}", None, "On another"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20, actor: BLR}, is_not: 2025-08-20}", True, "On another"),
        (
            "{exit: {treaty: APMBC, notice: 2025-08-20, actor: UKR}, is: 2026-02-20}",
            None,
            "would not take effect before",
        ),
        ("{exit: {treaty: APMBC, notice: 2025-08-20, actor: UKR}, is: 2025-12-20}", False, "would not take effect"),
        ("{exit: {treaty: APMBC, notice: 2025-08-20, actor: UKR}, is_not: 2026-08-20}", None, "would not take effect"),
        ("{may: {treaty: APMBC, act: use, actor: POL, on: 2026-03-01}, is: 'yes'}", True, "may POL use? yes"),
        ("{may: {treaty: APMBC, act: use, actor: BLR, on: 2026-03-01}, is: 'no'}", True, "Art. 1(1)(a)"),
        ("{parties: {treaty: APMBC, on: 2019-12-31}, is: 164}", True, "164 states bound"),
    ],
)
def test_what_law_says(answer: Ask, text: str, holds: bool | None, shown: str) -> None:
    found = answer(text)
    assert found.holds is holds
    assert shown in found.shown
    assert found.known.basis == "law"


def test_who_disputes_it_stands_with_what_turns_on_it(answer: Ask) -> None:
    party = answer("{standing: {treaty: APMBC, actors: BLR, on: 2025-03-18}, is: party}")
    assert (party.holds, party.contested) == (True, ())  # whether it is at war does not bear on its membership
    leaves = answer("{exit: {treaty: APMBC, notice: 2025-03-18, actor: BLR}, is: 2025-09-18}")
    assert [("not engaged" in text, "Belarus is engaged" in text) for text in leaves.contested] == [
        (False, True),
        (True, False),
    ]
    suspended = answer("{standing: {treaty: APMBC, actors: UKR, on: 2026-03-18}, is: party}")
    assert any("Suspension is not allowed" in text for text in suspended.contested)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"{{share: {{part: {DOLLARS}, whole: {EUROS}}}, below: 1}}",
            "USD with EUR; one currency; state the rate",
        ),
        (
            f"{{share: {{part: {COST}, whole: {LATER}}}, below: 1}}",
            "EUR at prices of 2020 with 2021; prices of one year, or `prices: as stated`",
        ),
        (
            "{order: [{fact: soldiers, place: AAA}, {fact: length, place: AAA}]}",
            "'persons' with 'km'; amounts of one unit",
        ),
        (
            f"{{value: {{convert: {DOLLARS}, to: PLN, by: {RATE}}}, above: 0}}",
            "'USD per EUR' as the rate of USD into PLN; a rate in `PLN per USD`",
        ),
        (
            "{rate: {of: {fact: soldiers, place: AAA}, per: {fact: at_most, place: AAA}}, above: 0}",
            "a division by what may be zero or less",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_to_state(answer: Ask, text: str, words: str) -> None:
    with pytest.raises(UnitError) as caught:
        answer(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{value: {fact: soldirs, place: AAA}, above: 0}", "an unknown indicator 'soldirs'; did you mean 'soldiers'?"),
        ("{value: {fact: soldiers, place: AAB}, above: 0}", "no 'soldiers' of 'AAB'; did you mean 'AAA'?"),
        ("{value: {fact: budget, place: AAA}, above: 0}", "2 dates for 'budget' of 'AAA'; a date: 2020, 2021"),
        (
            "{value: {fact: budget, place: AAA, date: 2019}, above: 0}",
            "no 'budget' of 'AAA' for 2019; one of: 2020, 2021",
        ),
        ("{order: [{fact: soldiers, places: [AAA, BBB]}, 5]}", "a fact of several places; one place"),
    ],
)
def test_facts_that_are_not_there(answer: Ask, text: str, words: str) -> None:
    with pytest.raises(MissingError) as caught:
        answer(text)
    assert words in str(caught.value)


def test_prices_taken_as_stated_are_said_to_be(answer: Ask) -> None:
    text = f"{{share: {{part: {COST}, whole: {LATER}}}, below: 1, prices: as stated}}"
    assert "(prices of 2020 and 2021 as stated)" in answer(text).shown


def test_a_check_is_known_when_all_it_rests_on_is(answer: Ask) -> None:
    late = answer(f"{{order: [{EUROS}, {BUDGET}], prices: as stated}}")
    assert (str(late.known), late.sources) == ("2020-03-10", ("S_PAPER",))
    later = answer(f"{{difference: {{from: {BUDGET}, to: {LATER}}}, at_least: 0, prices: as stated}}")
    assert (str(later.known), later.sources) == ("2021-06-01", ("S_PAPER", "S_LATE"))
    assert str(answer("{value: {fact: length, place: AAA}, above: 0}").known) == "always"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("{weekday: 2025-03-18, is: Tuesday}", "always"),
        ("{days: {from: 2024-02-28, to: 2024-03-01}, is: 2}", "always"),
        ("{sequence: [2025-03-18, 2025-03-19]}", "always"),
        ("{weekday: {date: 2025-03-18, called: the statement}, is: Tuesday}", "2025-03-18"),
        ("{days: {from: 2024-02-28, to: {date_of: joined, place: AAA}}, below: 0}", "1999"),
        ("{days: {from: 2024-02-28, to: {date: 2024-03-01, known_from: 2023-01-01}}, is: 2}", "2023-01-01"),
    ],
)
def test_what_needs_the_calendar_alone_could_always_be_known(answer: Ask, text: str, known: str) -> None:
    found = answer(text)
    assert found.holds
    assert str(found.known) == known


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("about: 1, within: 0.5", "1 point; about 1 point, give or take 0.5 points: yes"),
        ("above: 2", "1 point; above 2 points: no"),
        ("between: [-1, 3]", "1 point; between -1 point and 3 points: yes"),
    ],
)
def test_percentages_differ_by_points(tmp_path: Path, asked: str, shown: str) -> None:
    shares = "AAA,share,2020,4,,,percent of GDP,,,S_PAPER,,,\nAAA,share,2021,5,,,percent of GDP,,,S_PAPER,,,\n"
    ledger = open_ledger(write(tmp_path / "study", facts=FACTS + shares))
    ends = "from: {fact: share, place: AAA, date: 2020}, to: {fact: share, place: AAA, date: 2021}"
    found = compute(check_of(f"{{difference: {{{ends}}}, {asked}}}"), ledger.fact, ledger.say)
    assert found.shown.endswith(shown)


def test_scaled_money_of_a_check_has_its_scale_multiplied_out(answer: Ask) -> None:
    text = f"{{share: {{part: {COST}, whole: {{number: 4, unit: million eur, price_year: 2020}}}}, is_not: 1}}"
    found = answer(text.replace("is_not: 1", "about: 0.5, within: 0.001"))
    assert (found.holds, found.amount and found.amount.value) == (True, 0.5)


# --------------------------------------------------------------------------------------------------------- ranges

ends = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
inside = st.floats(0, 1)


@st.composite
def ranges(draw: st.DrawFn, least: float = -1e6) -> Amount:
    low, high = sorted(draw(st.tuples(st.floats(least, 1e6), st.floats(least, 1e6))))
    return Amount(None, low, high)


def _point(found: Amount, where: float) -> Amount:
    return number(min(max(found.low + where * (found.high - found.low), found.low), found.high))


@given(ranges(), ranges(1.0), inside, inside)
@settings(max_examples=200)
def test_the_range_of_a_result_holds_the_results_of_all_points(one: Amount, two: Amount, a: float, b: float) -> None:
    first, second = _point(one, a), _point(two, b)
    for combine in (lambda x, y: added([x, y], False), lambda x, y: less(x, y, False), lambda x, y: ratio(x, y, False)):
        whole, point = combine(one, two), combine(first, second)
        slack = 1e-9 * (1 + abs(point.low))
        assert whole.low - slack <= point.low <= whole.high + slack


@given(
    ranges(), st.sampled_from(["above", "below", "at least", "at most", "about", "between", "is"]), ends, ends, inside
)
@settings(max_examples=300)
def test_a_decided_comparison_holds_for_every_point_of_the_range(
    found: Amount, word: str, one: float, two: float, where: float
) -> None:
    numbers = (min(one, two), max(one, two)) if word == "between" else (one, abs(two)) if word == "about" else (one,)
    asked = Comparison(word, numbers=numbers)
    whole = compare(found, asked)
    assume(whole is not None)
    assert compare(_point(found, where), asked) is whole


@given(st.lists(ranges(), min_size=2, max_size=4), st.lists(inside, min_size=4, max_size=4))
@settings(max_examples=200)
def test_a_decided_order_holds_for_every_choice_of_points(found: list[Amount], where: list[float]) -> None:
    whole = ascending(found)
    assume(whole is not None)
    assert ascending([_point(one, a) for one, a in zip(found, where, strict=False)]) is whole
