"""Random small cases, for property tests: everything in them is legal, so that every one unfolds."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .cases import number

ASSUMED = ("p", "q", "r")
VALUES = {"u": ("u0", "u1"), "v": ("v0", "v1", "v2"), "w": ("w0", "w1")}
ENDINGS = ("ruin", "peace")


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """A comparison of a variable with one of its values."""
    variable = draw(st.sampled_from(sorted(VALUES)))
    value = draw(st.sampled_from(VALUES[variable]))
    return f"{variable} {draw(st.sampled_from(('==', '!=')))} {value}"


@st.composite
def shares(draw: st.DrawFn) -> str:
    """A formula between 0 and 0.4 where the assumptions are."""
    name = draw(st.sampled_from((*ASSUMED, "defined")))
    if draw(st.booleans()):
        return name
    return f"{name} * (1 if {draw(conditions())} else {draw(st.sampled_from(('0', '0.5')))})"


@st.composite
def effects(draw: st.DrawFn, later: tuple[str, ...]) -> dict[str, Any]:
    """Values set, payoffs, and perhaps a `go` forward or an `end`."""
    effect: dict[str, Any] = {}
    if draw(st.booleans()):
        variable = draw(st.sampled_from(sorted(VALUES)))
        effect["then"] = {variable: draw(st.sampled_from(VALUES[variable]))}
    if draw(st.integers(0, 3)) == 0:
        effect["pays"] = {draw(st.sampled_from("ab")): {"gain": f"3 * {draw(shares())}"}}
    leads = draw(st.sampled_from(("on", "on", "on", "go", "end")))
    if leads == "go" and later:
        effect["go"] = draw(st.sampled_from(later))
    elif leads == "end":
        effect["end"] = draw(st.sampled_from(ENDINGS))
    return effect


@st.composite
def branches(draw: st.DrawFn, later: tuple[str, ...]) -> dict[str, Any]:
    """Two or three branches, the last one `rest`."""
    names = ("good", "bad")[: draw(st.integers(1, 2))]
    table = {name: {"p": draw(shares()), **draw(effects(later))} for name in names}
    return {**table, "rest": {"p": "rest", **draw(effects(later))}}


@st.composite
def moves(draw: st.DrawFn, later: tuple[str, ...], own: bool) -> dict[str, Any]:
    """A move that is always legal and one or two that may not be."""
    table: dict[str, Any] = {"stay": {}}
    for name in ("act", "dare")[: draw(st.integers(1, 2))]:
        move = draw(effects(later)) if own else {}
        if draw(st.booleans()):
            move["when"] = draw(conditions())
        if draw(st.booleans()):
            move["cost"] = f"2 * {draw(shares())}"
        if draw(st.booleans()):
            move["weight"] = "0.1 + p"
        if own and "go" not in move and "end" not in move and draw(st.integers(0, 3)) == 0:
            move["chance"] = draw(branches(later))
        table[name] = move
    return table


@st.composite
def items(draw: st.DrawFn, name: str, later: tuple[str, ...]) -> dict[str, Any]:
    """A stage of one or two movers, or a chance."""
    kind = draw(st.sampled_from(("one", "one", "both", "chance")))
    when = {"when": draw(conditions())} if draw(st.integers(0, 3)) == 0 else {}
    if kind == "chance":
        return {"chance": name, "branches": draw(branches(later)), **when}
    if kind == "one":
        gate = {"opportunities": {"rate": draw(shares())}} if draw(st.integers(0, 3)) == 0 else {}
        return {"stage": name, "mover": draw(st.sampled_from("ab")), "moves": draw(moves(later, True)), **when, **gate}
    movers = {actor: draw(moves(later, False)) for actor in "ab"}
    rows = [{"moves": ["one stay"], **draw(effects(later))}, {"moves": ["any", "any"], "chance": draw(branches(later))}]
    return {"stage": name, "movers": movers, "leads_to": rows, **when}


@st.composite
def sections(draw: st.DrawFn) -> dict[str, Any]:
    """The sections of a case with two actors, three variables and two to four items, one perhaps behind a gate."""
    names = tuple(f"s{place}" for place in range(draw(st.integers(2, 4))))
    order: list[dict[str, Any]] = []
    for place, name in enumerate(names):
        item = draw(items(name, names[place + 1 :]))
        gated = draw(st.integers(0, 4)) == 0
        order.append({"block": f"b{place}", "occurs": draw(shares()), "stages": [item]} if gated else item)
    world = {name: {"values": list(values), "start": values[0]} for name, values in VALUES.items()}
    world["w"]["lives"] = draw(st.sampled_from(("game", "period")))
    world["v"]["each_period"] = draw(st.sampled_from(({}, {"v0": "v1"}, {"v1": "v2", "v2": "v0"})))
    flows = {
        actor: {"each_period": {"flow": draw(shares())}, "final": {"late": draw(shares())}}
        for actor in draw(st.sets(st.sampled_from("ab")))
    }
    ends = {name: {"tags": [name], "pays": {draw(st.sampled_from("ab")): {"end": draw(shares())}}} for name in ENDINGS}
    perceives = {"b": {"p": "p / 2"}} if draw(st.booleans()) else {}
    return {
        "assumptions": {name: number(0.1, 0.4) for name in ASSUMED},
        "define": {"defined": f"{draw(st.sampled_from(ASSUMED))} * (1 if {draw(conditions())} else 0.25)"},
        "world": world,
        "order": order,
        "payoffs": {actor: flows[actor] for actor in sorted(flows)},
        "endings": ends,
        "perceives": perceives,
    }
