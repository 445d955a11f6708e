"""Words and numbers of a sentence: what the prose of a formula is put together from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, TypeAlias

from assay.formula.ast import Formula, Node
from assay.formula.text import text

Say: TypeAlias = Mapping[str, str] | Callable[[str], str | None]
"""Words by key; None or an empty text where there are none."""
Scale: TypeAlias = Literal["plain", "percent", "points"]
"""How a literal is written: 0.01 as it is, as 1% (beside a probability), or as 1 point (beside a difference of two)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one case.

    Keys of `say`, all optional; what has no words is named by its identifier, with spaces for underscores:

    | key | words | example |
    |---|---|---|
    | a name of a number | a noun phrase | `fence_cost`: `what a fence costs` |
    | `event TAG` of endings | a noun phrase with its article | `event raid`: `a raid` |
    | an actor's id | its name | `hill`: `the hill` |
    | a variable | its name | `fence`: `the fence` |
    | `fence == built` | a clause | `the fence is built` |
    | a move, `hill.raid` | a clause | `the hill raids` |
    | `do=POLICY` | a clause | `do=fenced`: `the valley builds a fence` |
    | `regime=REGIME` | a clause | `regime=no_fence`: `nobody may build a fence` |
    | `by=end`, `at=end`, `in=2027` | a phrase of time | `by=end`: `within three years` |
    | `at=STAGE` | a phrase of time | `at=raid`: `when the two sides meet` |
    | `E(hill.loss)` | a noun phrase, without conditions | `the hill's expected losses` |
    | any part of a formula, as `text` writes it | what it is to be called | `raid < 0.05`: `a raid is unlikely` |

    An event has a key of its own because an outcome is often called as the event that it counts. Words of an event that
    begin with `that` are a clause. A capital article is made small, for the middle of a sentence.
    """

    say: Say = field(default_factory=dict)
    shares: Collection[str] = ()
    """Names of numbers that are probabilities or shares: what they are compared with is written in percent."""
    readings: Mapping[str, tuple[Formula, Formula]] = field(default_factory=dict)
    """Hedge words with the thresholds of their strict and loose reading, which are then said in their place."""
    timeless: Collection[str] = ()
    """Events that are so or not from the start, as `text` writes them: `russia == revisionist`. They get no time."""
    base: str = "the base rate"
    """What `level`, the quantity that a contrast is compared with, is called."""

    def of(self, key: str) -> str:
        """The words of a key, without a closing full stop; empty where there are none."""
        words = ((self.say(key) if callable(self.say) else self.say.get(key)) or "").strip().removesuffix(".")
        return words[0].lower() + words[1:] if words.startswith(("The ", "A ", "An ")) else words

    def of_node(self, node: Node) -> str:
        """The words of a part of a formula."""
        return self.of(text(node))


def plain(identifier: str) -> str:
    """An identifier as words: `war_cost` as `war cost`, `hill.loss` as `hill loss`."""
    return identifier.replace("_", " ").replace(".", " ")


def quoted(identifier: str) -> str:
    """An identifier as a name that is mentioned: `‘west full’`."""
    return f"‘{plain(identifier)}’"


def listed(items: Sequence[str], joiner: str = "and", apart: bool = False) -> str:
    """`a`, `a and b`, `a, b and c`, or `nothing`.

    A comma stands before the last where an item has a joiner of its own, or with `apart`.
    """
    if len(items) < 2:
        return "".join(items) or "nothing"
    nested = any(f" {word} " in f" {item} " for item in items for word in ("and", "or"))
    comma = "," if nested or apart else ""
    return f"{', '.join(items[:-1])}{comma} {joiner} {items[-1]}"


def figure(value: float, scale: Scale = "plain") -> str:
    """A literal number: `1,000`, `0.05`; `5%` or `5 points` by its scale."""
    if scale == "plain":
        return _digits(value)
    shown = _digits(float(f"{value * 100:.12g}"))
    if scale == "percent":
        return f"{shown}%"
    return f"{shown} point" if shown in ("1", "-1") else f"{shown} points"


def _digits(value: float) -> str:
    shown = f"{value:,.12g}"
    if "e-" in shown and abs(value) >= 1e-12:
        shown = f"{value:.15f}".rstrip("0")
    return shown.replace("-", "−")


def without_article(noun: str) -> str:
    """`a raid` as `raid`, for `no raid`."""
    for article in ("a ", "an ", "the "):
        if noun.startswith(article):
            return noun.removeprefix(article)
    return noun


def possessive(name: str) -> str:
    """`the hill’s`, `the United States’`."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


class Speaker(Protocol):
    """Who says the parts of a formula: `prose` hands itself to the modules that know a kind of part."""

    words: Words

    def number(self, node: Node, scale: Scale = "plain", least: int = 0) -> str:
        """A number in words, in brackets where it binds less tightly than `least`."""

    def event(self, node: Node) -> Event:
        """A truth in words."""


class Event(NamedTuple):
    """A truth in words: a noun phrase (`a raid`) or a clause (`the fence is built`)."""

    words: str
    noun: bool = False
    joined: str = ""
    """`and` or `or` where it is made of several."""

    @property
    def clause(self) -> str:
        """The truth as a clause: `there is a raid`."""
        return f"there is {self.words}" if self.noun else self.words

    def after(self, preposition: str) -> str:
        """The truth behind a noun: `of a raid`, `that the fence is built`."""
        return f"{preposition} {self.words}".lstrip() if self.noun else f"that {self.words}"
