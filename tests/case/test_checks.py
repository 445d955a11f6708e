"""One change to a case that uses every construct, and the one problem that it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.case.read import read_located
from assay.errors import InputError

EVERYTHING = Path(__file__).parent / "everything.yaml"


def test_a_case_that_uses_every_construct_is_read_without_a_problem_or_a_warning() -> None:
    case, locator = read_located(EVERYTHING)
    assert case.title == "Everything"
    assert locator.warnings == ()


CHANGES = [
    # what is replaced, by what, the place and the words of the one problem
    ("members: [AAA, BBB]", "members: [AAA, Bbb]", "actors.north.members[1]", "'Bbb'"),
    ("precision: 1}", "precision: -1}", "actors.court.precision", "the precision -1"),
    ("sharp_south: {range: [0.1, 1]", "sharp_south: {range: [-0.1, 1]", "actors.south.precision", "can be negative"),
    ("precision: sharp}", "precision: odds}", "actors.north.precision", "1/util"),
    ("discount: patience ** 0.5", "discount: 1.5", "discount", "1.5 for a probability"),
    ("discount: patience ** 0.5", "discount: patience * period", "discount", "'period' cannot be used here"),
    ("pert: [0.8, 0.9, 0.99]", "pert: [0.8, 0.7, 0.99]", "assumptions.patience.pert[1]", "most likely value 0.7"),
    ("low: 0}, unit: util/north", "low: 50, high: 40}, unit: util/north", "assumptions.gain.normal", "reversed"),
    ("sd: 3, low: 0}", "sd: 3, low: 500}", "assumptions.gain.normal", "nearly nothing"),
    ("mean: 10, sd: 3", "mean: 10, sd: 0", "assumptions.gain.normal.sd", "greater than 0"),
    ("b: 3, low: 0, high: 40", "b: 3, low: 40, high: 0", "assumptions.loss.beta", "reversed"),
    ("{triangular: [0.1, 0.5, 2], unit: 1/year", "{triangular: [-1, 0.5, 2], unit: 1/year", "order[1]", "be negative"),
    (
        "{fixed: 0.5, unit: util/north/EUR bn",
        "{fixed: [1], unit: util/north/EUR bn",
        "assumptions.price_of_money.fixed",
        "",
    ),
    ("{0.05: 0.25, 0.1: 0.75}", "{0.05: -0.25, 0.1: 1.25}", "assumptions.risk.discrete.0.05", "the weight -0.25"),
    ("{0.05: 0.25, 0.1: 0.75}", "{0.1: 0.25, 0.10: 0.75}", "assumptions.risk.discrete", "the same value twice"),
    ("{joint: 0.5, apart: 0.5}, unit", "{joint: 0.5, apart: 0.4}, unit", "assumptions.plan.alternatives", "sum to 0.9"),
    ('unit: "1"', "unit: probability", "assumptions.plan.unit", "of alternatives"),
    (
        "odds: {range: [-1, 1], unit: log-odds",
        "odds: {range: [1, 1], unit: log-odds",
        "assumptions.odds.range",
        "`fixed`",
    ),
    ("between: [gain, loss]", "between: [gain, gain]", "dependence[0].between", "twice"),
    ("between: [loss, odds]", "between: [loss, gain]", "dependence[1].between", "again"),
    ("between: [gain, loss]", "between: [gain, plan]", "dependence[0].between[1]", "have no order"),
    ("between: [gain, loss]", "between: [gain, lost]", "dependence[0].between[1]", "did you mean 'loss'"),
    ("rank_correlation: 0.5", "rank_correlation: 1.5", "dependence[0].rank_correlation", "less than 1"),
    ("south: {risk: risk * 0.5, odds", "south: {risk: loss, odds", "perceives.south.risk", "util/south where"),
    (
        "south: {risk: risk * 0.5, odds",
        "south: {risk: risk * walled, odds",
        "perceives.south.risk",
        "cannot be used here",
    ),
    (
        "set: {risk: {range: [0, 0.1]}",
        "set: {risk: {range: [0, 10]}",
        "perspectives.one.set.risk.range",
        "10 for a prob",
    ),
    ("alternatives: {joint: 1}", "alternatives: {jiont: 1}", "perspectives.one.set.plan.alternatives.jiont", "did you"),
    ("alternatives: {joint: 1}", "fixed: 1", "perspectives.one.set.plan.fixed", "weights for the assumption's alt"),
    ("{fixed: 3, source: [S_TWO]}", "{fixed: 3, source: judgement}", "perspectives.two.set.gain.source", "reason"),
    (
        "each_period: {notice: out}",
        "each_period: {notise: out}",
        "world.law.each_period.notise",
        "did you mean 'notice'",
    ),
    (
        "each_period: {notice: out}",
        "each_period: {notice: gone}",
        "world.law.each_period.notice",
        "'gone' is not a value",
    ),
    ("lives: period}", "lives: period, each_period: {on: off}}", "world.mood.each_period", "lives for a period"),
    ("values: [none, low, high]", "values: [none, low, low]", "world.wall.values[2]", ""),
    ("clock: [each_period, flows, discount]", "clock: [flows, discount]", "clock", "each once"),
    ("law != out", "risk > 0.2", "never[0]", "a condition speaks of variables"),
    ("unit: share}", "unit: sahre}", "define.walled.unit", "did you mean 'share'"),
    ("is_out: law == out", "is_out: law", "define.is_out", "stands alone"),
    ("rate: rate}", "rate: risk}", "order[1].opportunities.rate", "a plain number where 1/year"),
    (
        "only_if: plan == joint",
        "only_if: wall == none",
        "order[2].moves.gamble.only_if",
        "structural alternatives only",
    ),
    (
        "    rate: growth * 2 if mood",
        "    occurs: 0.5\n    rate: growth * 2 if mood",
        "order[3].rate",
        "`occurs` and `rate`",
    ),
    (
        "stir: {then: {mood: on}, weight: 0.2}",
        "stir: {then: {mood: on}, weight: 0}",
        "order[0].moves.stir.weight",
        "than 0",
    ),
    ("mover: court", "mover: north\n    movers: {south: {a: {}}}", "order[0].movers", "`mover` and `movers` together"),
    ("    mover: court\n", "", "order[0].mover", "`mover` is missing"),
    ("lucky: {p: strong * 0.5", "lucky: {p: 0.5 + gain", "order[2].moves.gamble.chance.lucky.p", "util/north where"),
    (
        "unlucky: {p: rest}",
        "unlucky: {p: rest, go: crisis, end: war}",
        "order[2].moves.gamble.chance.unlucky.end",
        "together",
    ),
    ("{moves: [all stand]}", "{moves: [all sit]}", "order[3].stages[0].leads_to[0].moves[0]", "'sit' is not a move"),
    ("on: risk, off: 1 - risk", "on: risk, of: rest", "order[3].stages[0].leads_to[2].chance.of", "did you mean 'off'"),
    ("sets: mood, to: off", "to: off", "order[3].stages[0].leads_to[3].to", "without `sets`"),
    ("sets: mood, to: off", "sets: mood", "order[3].stages[0].leads_to[3].sets", "without `to`"),
    (
        "pays: {north: {face: -1}}}",
        "pays: {nroth: {face: -1}}}",
        "order[3].stages[0].leads_to[3].pays.nroth",
        "did you",
    ),
    (
        "{north: {face: 1}}",
        "{north: {face: loss}}",
        "order[3].stages[1].branches.war.pays.north.face",
        "util/south where",
    ),
    ("  south: {each_period", "  sorth: {each_period", "payoffs.sorth", "did you mean"),
    ("north.walls: without build", "north.walls: build", "policies.no_wall.play.north.walls", "without MOVE"),
    ("north.walls: [hold], north", "north.wals: [hold], north", "policies.hold_all.play.north.wals", "did you mean"),
    ("ban: [north.walls.build]", "ban: [north.walls.bild]", "regimes.forbidden.ban[0]", "did you mean"),
    ("set: {risk: 0.2}", "set: {risk: 20}", "regimes.ordered.set.risk", "20 for a probability"),
    ("set: {risk: 0.2}", "set: {plan: joint}", "regimes.ordered.set.plan", "has alternatives"),
    (
        "perceive: {south: {risk: risk}}",
        "perceive: {soth: {risk: risk}}",
        "regimes.ordered.perceive.soth",
        "did you mean",
    ),
    ("loose: gain}", "loose: loss}", "readings.dear.loose", "util/south where"),
    ("value: P(violence), means", "value: E(north), means", "outcomes.violence.over_time", "over_time"),
    ("at=2027", "at=2024", "outcomes.wall_up", "2025 to 2029"),
    ("at=2027", "by=3, at=2027", "outcomes.wall_up", "`by` and `at` together"),
    ("at=2027", "by=2027, in=3", "outcomes.wall_up", "`in` without `at=STAGE`"),
    ("twice: 2 * violence + wall_up", "twice: 2 * violence + twice", "outcomes.twice", "in a circle"),
    ("E(north.war", "E(north.wars", "outcomes.worth", "did you mean"),
    ("regime=forbidden, risk", "regime=forbiden, risk", "outcomes.worth", "did you mean 'forbidden'"),
    ("risk=risk * 0.5", "risk=gain", "outcomes.worth", "util/north where"),
    ("do=no_wall + hold_all", "do=no_wall * hold_all", "claims[0].holds_if.strict", "where a policy is named"),
    ("because: [C2]", "because: [C1-a]", "claims[0].because[0]", "its own premise"),
    ("because: [C2]", "because: [C9]", "claims[0].because[0]", "'C9' is not a claim"),
    ("EV(south.brink.push, in=3)", "EV(south.push, in=3)", "claims[1].holds_if", "EV without a stage"),
    ("EV(south.stand, at=brink", "EV(south.stand, at=after", "claims[1].holds_if", "is no move at 'after'"),
    ('in=3, given=wall == low)"', 'in=3, given=mood)"', "claims[1].holds_if", "stands alone"),
    ("worth < dear", "worth < loss", "claims[2].holds_if", "what two actors value"),
    ("< seldom and", "< small and", "claims[2].holds_if", "'small' speaks of `level`"),
    ("route: ledger, why: it is on record", "route: ledger", "claims[4].why", "without `why`"),
    ("route: ledger, why", "route: text, why", "claims[4].verdict", "it is for `ledger`"),
    ("word: [holds, mostly holds]", "word: [hold]", "expect[0].word[0]", "did you mean 'holds'"),
    ("claim: C1-a, word", "claim: C5, word", "expect[0].claim", "a claim with a test"),
    ("outcome: violence, value: 0.1", "outcome: violence", "expect[1].value", "no value"),
    ("outcome: violence, value: 0.1", "value: 0.1", "expect[1]", "an expectation of nothing"),
    ("residual: 1e-4", "residual: 1", "solution.residual", "at most 0.1"),
    ("step: 6 months", "step: half a year", "calendar.step", "6 months"),
    ("periods: 8", "periods: 0", "calendar.periods", "at least 1"),
    ("{moves: [one push]", "{moves: []", "order[3].stages[0].leads_to[1].moves", "entries for 0 of 2"),
]


@pytest.mark.parametrize(("old", "new", "path", "words"), CHANGES, ids=lambda part: part[:40])
def test_a_change_makes_the_problem_at_its_place(tmp_path: Path, old: str, new: str, path: str, words: str) -> None:
    text = EVERYTHING.read_text(encoding="utf-8")
    assert text.count(old) >= 1, "the change must change something"
    file = tmp_path / "case.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_located(file)
    said = [problem for problem in caught.value.problems if problem.path.startswith(path) and words in str(problem)]
    assert said, str(caught.value)
