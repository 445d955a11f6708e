"""Checks read from YAML: one question, one comparison, everything else told with its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from assay.errors import suggestion
from assay.ledger import check as c
from assay.ledger import read_law
from assay.ledger.node import Node
from assay.ledger.read_law import named
from assay.ledger.units import holds_money, is_money

COMPARISONS = ("is", "is_not", "above", "below", "at_least", "at_most", "between", "about")
OTHERS = ("within", "prices")
OF_NUMBERS = ("value", "share", "ratio", "rate", "difference", "growth", "days", "parties")
OF_WORDS = ("standing", "may", "weekday")
OF_DAYS = ("since", "exit")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STANDINGS = ("party", "signatory", "leaving", "left", "not a party")
ANSWERS = ("yes", "no", "disputed")
_EXPECTED = {"standing": STANDINGS, "may": ANSWERS, "weekday": WEEKDAYS}


def read_check(node: Node, *, compared: bool = True) -> c.Check | None:
    """The check that a mapping says; None where it is none, with the reasons among the node's problems.

    With `compared` false only a figure is asked for, and a comparison is not needed.
    """
    if not isinstance(node.value, dict):
        node.note(f"{node.value!r}", "a check, as `{share: {part: ..., whole: ...}, below: 0.05}`")
        return None
    before = len(node.problems)
    for name in _unknown(node):
        expected = suggestion(name, (*READERS, *COMPARISONS, *OTHERS))
        node[name].note(f"an unknown word {name!r}", expected, key=True)
    asked = [name for name in node.value if name in READERS]
    if len(asked) != 1:
        found = "no question" if not asked else "the questions " + " and ".join(asked)
        node.note(found, "one of: " + ", ".join(READERS))
        return None
    name = asked[0]
    question = READERS[name](node[name])
    if name in read_law.QUESTIONS:
        from assay.ledger.law_names import check_names

        check_names(node[name])
    comparison = _comparison(node, name, compared)
    nominal = "prices" in node and node["prices"].choice(("as stated",), "for prices") == "as stated"
    if question is None or len(node.problems) > before:
        return None
    return c.Check(question, comparison, nominal, node[name].at)


def _unknown(node: Node) -> list[str]:
    return [name for name in node.value if name not in (*READERS, *COMPARISONS, *OTHERS)]


def _comparison(node: Node, name: str, compared: bool) -> c.Comparison | None:
    given = [word for word in COMPARISONS if word in node]
    if name in ("order", "sequence"):
        for word in given:
            node[word].note(f"a comparison of {name!r}", "none: it holds or not by itself", key=True)
        return None
    if len(given) != 1:
        if given or (compared and not _unknown(node)):
            found = "no comparison" if not given else "the comparisons " + " and ".join(given)
            node.note(found, "one of: " + ", ".join(_fitting(name)))
        return None
    word = given[0]
    if word not in _fitting(name):
        node[word].note(f"{word!r} with {name!r}", "one of: " + ", ".join(_fitting(name)), key=True)
        return None
    if "within" in node and word != "about":
        node["within"].note("`within` without `about`", "it says how far from `about` will do", key=True)
    return _operand(node, name, word)


def _fitting(name: str) -> tuple[str, ...]:
    if name in OF_NUMBERS:
        return COMPARISONS[2:] if name not in ("days", "parties") else ("is", *COMPARISONS[2:])
    return COMPARISONS[:2]


def _operand(node: Node, name: str, word: str) -> c.Comparison:
    operand, spelled = node[word], word.replace("_", " ")
    if name in OF_WORDS:
        words = tuple(item.choice(_EXPECTED[name], f"for {name}") for item in operand.listed())
        return c.Comparison(spelled, words=words)
    if name in OF_DAYS:
        days = [item.day() for item in operand.listed()]
        return c.Comparison(spelled, words=tuple(str(day) for day in days if day))
    if word == "about":
        if "within" not in node:
            operand.note("`about` without `within`", "how far from it will do, as `within: 0.01`", key=True)
            return c.Comparison(spelled, numbers=(operand.number(), 0.0))
        return c.Comparison(spelled, numbers=(operand.number(), node["within"].number()))
    items = [item.number() for item in operand.listed()]
    if len(items) != (2 if word == "between" else 1) or items != sorted(items):
        operand.note(f"{operand.value!r}", "two numbers, the lower first" if word == "between" else "one number")
    return c.Comparison(spelled, numbers=tuple(items))


def read_quantity(node: Node) -> c.Quantity | None:
    """A number, a fact, a sum, a conversion or a rate."""
    if isinstance(node.value, int | float):
        return c.Number(float(node.value))
    if not isinstance(node.value, dict):
        node.note(f"{node.value!r}", "a number, or one of: " + ", ".join(_QUANTITIES))
        return None
    kinds = [name for name in _QUANTITIES if name in node]
    if len(kinds) != 1:
        node.note("no quantity" if not kinds else " and ".join(kinds), "one of: " + ", ".join(_QUANTITIES))
        return None
    return _QUANTITIES[kinds[0]](node)


def _number(node: Node) -> c.Quantity | None:
    if not node.mapping(["number", "unit"], ["price_year"]):
        return None
    unit, year = node["unit"].text(), node["price_year"].text() if "price_year" in node else ""
    if holds_money(unit) != bool(re.fullmatch(r"[12]\d{3}", year)):
        node.note(f"{unit} with the price year {year!r}", "for money a year, as 2024, and for nothing else")
    return c.Number(node["number"].number(), unit, int(year) if year.isdigit() else None)


def _fact(node: Node) -> c.Quantity | None:
    if not node.mapping(["fact"], ["place", "places", "date"]):
        return None
    if ("place" in node) == ("places" in node):
        node.note("no place" if "place" not in node else "both place and places", "`place`, or `places` for several")
        return None
    places = named(node["places"], "place") if "places" in node else (node["place"].text(),)
    return c.FactRef(node["fact"].text(), places, node["date"].text() if "date" in node else "")


def _sum(node: Node) -> c.Quantity | None:
    node.mapping(["sum"])
    items = [read_quantity(item) for item in node["sum"].listed()]
    if not items:
        node["sum"].note("nothing to add", "a list of quantities", key=True)
    return c.Sum(tuple(item for item in items if item is not None))


def _convert(node: Node) -> c.Quantity | None:
    if not node.mapping(["convert", "to", "by"]):
        return None
    amount, by, to = read_quantity(node["convert"]), read_quantity(node["by"]), node["to"].text()
    if not is_money(to):
        node["to"].note(f"{to!r}", "a currency by its code, as EUR")
    return c.Convert(amount, to, by) if amount and by else None


def _rate_quantity(node: Node) -> c.Quantity | None:
    return _rate(node["rate"]) if node.mapping(["rate"]) else None


def _rate(node: Node) -> c.Rate | None:
    if not node.mapping(["of", "per"]):
        return None
    part, per = read_quantity(node["of"]), read_quantity(node["per"])
    return c.Rate(part, per) if part and per else None


_QUANTITIES: dict[str, Callable[[Node], c.Quantity | None]] = {
    "number": _number,
    "fact": _fact,
    "sum": _sum,
    "convert": _convert,
    "rate": _rate_quantity,
}


def _value(node: Node) -> c.Question | None:
    of = read_quantity(node)
    return c.Value(of) if of else None


def _pair(node: Node, first: str, last: str) -> tuple[c.Quantity, c.Quantity] | None:
    if not node.mapping([first, last]):
        return None
    one, two = read_quantity(node[first]), read_quantity(node[last])
    return (one, two) if one and two else None


def _share(node: Node) -> c.Question | None:
    pair = _pair(node, "part", "whole")
    return c.Ratio(*pair, "share") if pair else None


def _ratio(node: Node) -> c.Question | None:
    pair = _pair(node, "of", "to")
    return c.Ratio(*pair, "ratio") if pair else None


def _difference(node: Node) -> c.Question | None:
    pair = _pair(node, "from", "to")
    return c.Change(*pair, "difference") if pair else None


def _growth(node: Node) -> c.Question | None:
    pair = _pair(node, "from", "to")
    return c.Change(*pair, "growth") if pair else None


def _several(node: Node) -> list[Node]:
    items = node.listed()
    if len(items) < 2:
        node.note(f"{len(items)} to compare", "a list of at least two")
    return items


def _order(node: Node) -> c.Question | None:
    items = [read_quantity(item) for item in _several(node)]
    return c.Order(tuple(item for item in items if item is not None))


def _sequence(node: Node) -> c.Question | None:
    items = [_moment(item) for item in _several(node)]
    return c.Sequence(tuple(item for item in items if item is not None))


def _moment(node: Node) -> c.Moment | None:
    if not isinstance(node.value, dict):
        when = node.date()
        return c.Dated(when) if when else None
    if "date_of" in node:
        if not node.mapping(["date_of", "place"]):
            return None
        return c.DateOf(node["date_of"].text(), node["place"].text())
    if not node.mapping(["date"], ["called", "source", "known_from"]):
        return None
    when = node["date"].date()
    texts = {name: node[name].text() for name in ("called", "source") if name in node}
    known = node["known_from"].date() if "known_from" in node else None
    return c.Dated(when, known=known, **texts) if when else None


def _days(node: Node) -> c.Question | None:
    if not node.mapping(["from", "to"]):
        return None
    first, last = _moment(node["from"]), _moment(node["to"])
    return c.Days(first, last) if first and last else None


def _weekday(node: Node) -> c.Question | None:
    moment = _moment(node)
    return c.Weekday(moment) if moment else None


READERS: dict[str, Callable[[Node], c.Question | None]] = {
    "value": _value,
    "share": _share,
    "ratio": _ratio,
    "rate": _rate,
    "difference": _difference,
    "growth": _growth,
    "order": _order,
    "sequence": _sequence,
    "days": _days,
    "weekday": _weekday,
    "standing": read_law.standing,
    "may": read_law.may,
    "since": read_law.since,
    "exit": read_law.exit,
    "parties": read_law.parties,
}
"""The questions of a check, by the word that asks them."""
