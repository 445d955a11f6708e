"""A case played by its text: no points, no tables, no arrays, one number at a time. What the engine is held against.

Reads the sections of a made-up case as YAML gives them, with formulas evaluated by Python itself. Slow, and written
from the rules of the language alone: order, gates, `go`, several meanings, rows of `leads_to`, the clock. Where actors
have private types it plays one profile of them; what anybody believes of another it does not know.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any

World = tuple[tuple[str, str], ...]
FUNCTIONS = {"min": min, "max": max, "exp": math.exp, "log": math.log}


class Plain:
    """One draw of a case: `values` are its assumptions, `types` everybody's type. Everything is remembered by place,
    world and period.
    """

    def __init__(self, case: Mapping[str, Any], values: Mapping[str, float], types: Mapping[str, str] | None = None):
        self.case, self.drawn, self.types = case, dict(values), dict(types or {})
        self.drawn |= {
            name: values[f"{name}.{self.types[given['by']]}"]
            for name, given in case["assumptions"].items()
            if "by" in given
        }
        calendar = case["calendar"]
        self.periods, self.buffer = calendar["periods"], calendar.get("buffer", 0)
        self.step = {"1 year": 1.0, "6 months": 0.5}[calendar["step"]]
        self.actors = list(case["actors"])
        self.clock = case.get("clock", ["flows", "each_period", "discount"])
        self.discount = float(case.get("discount", 1))
        self._flatten()
        self.goals = set(_goals(case["order"]))
        self._worth: dict[Any, dict[str, float]] = {}
        self._play: dict[Any, Any] = {}

    # the order of play: a flat list of (item, index of its block or None)

    def _flatten(self) -> None:
        self.flat: list[tuple[dict[str, Any], int | None]] = []
        for item in self.case["order"]:
            at = len(self.flat)
            self.flat.append((item, None))
            self.flat += [(inner, at) for inner in item.get("stages", ())]
        self.named = {_name(item): at for at, (item, _) in enumerate(self.flat)}

    def after(self, at: int) -> int | None:
        """What follows an item when nothing says otherwise: the next of its block, then what follows the block."""
        _, block = self.flat[at]
        for other in range(at + 1, len(self.flat)):
            item, theirs = self.flat[other]
            if _name(item) in self.goals:
                continue
            if theirs is None or (theirs == block and block is not None):
                return other
        return None

    def into(self, block: int) -> int | None:
        for other in range(block + 1, len(self.flat)):
            if self.flat[other][1] == block and _name(self.flat[other][0]) not in self.goals:
                return other
        return self.after(block)

    def first(self) -> int | None:
        top = (at for at, (item, block) in enumerate(self.flat) if block is None and _name(item) not in self.goals)
        return next(top, None)

    # formulas

    def number(self, text: Any, world: World, period: int, viewer: str | None = None) -> float:
        names: dict[str, Any] = dict(self.drawn)
        if viewer is not None:
            seen = {
                name: self.number(formula, world, period)
                for name, formula in self.case.get("perceives", {}).get(viewer, {}).items()
            }
            names |= seen
        names |= {value: value for variable in self.case["world"].values() for value in variable["values"]}
        names |= {name: name for actor in self.types for name in self.case["actors"][actor]["types"]}
        names |= {**dict(world), **self.types}
        names |= {"period": period + 1, "elapsed": period * self.step, **FUNCTIONS}
        for name, given in self.case.get("define", {}).items():
            formula = given["types"][self.types[given["by"]]] if isinstance(given, dict) else given
            names[name] = eval(_compiled(str(formula)), {}, names)
        return float(eval(_compiled(str(text)), {}, names))

    def true(self, text: Any, world: World) -> bool:
        return text is None or bool(self.number(text, world, 0))

    # what is worth what: payoffs to every actor, each in her own view; `None` is nature

    def worth(self, at: int | None, world: World, period: int) -> dict[str, float]:
        """Expected discounted payoff of every actor from an item on."""
        key = at, world, period
        if key not in self._worth:
            self._worth[key] = self._value(at, world, period)
        return self._worth[key]

    def _value(self, at: int | None, world: World, period: int) -> dict[str, float]:
        if at is None:
            return self._close(world, period)
        item, _ = self.flat[at]
        if not self.true(item.get("when"), world):
            return self.worth(self.after(at), world, period)
        rate = item.get("opportunities", {}).get("rate") if "stage" in item else item.get("rate")
        gate = rate if rate is not None else item.get("occurs")
        inside = self.into(at) if "block" in item else at
        if gate is None:
            return self.worth(inside, world, period) if "block" in item else self._inside(at, world, period)
        opened = self.worth(inside, world, period) if "block" in item else self._inside(at, world, period)
        passed = self.worth(self.after(at), world, period)
        found = {}
        for actor in self.actors:
            likely = self.gate(gate, rate is not None, world, period, actor)
            found[actor] = _mixed([(likely, opened[actor]), (1 - likely, passed[actor])])
        return found

    def gate(self, gate: Any, by_rate: bool, world: World, period: int, viewer: str | None) -> float:
        number = self.number(gate, world, period, viewer)
        return 1 - math.exp(-number * self.step) if by_rate else number

    def _close(self, world: World, period: int) -> dict[str, float]:
        after = self.ticked(world)
        flows_in = world if self.clock.index("flows") < self.clock.index("each_period") else after
        late = self.discount if self.clock.index("discount") < self.clock.index("flows") else 1.0
        last = period + 1 == self.periods + self.buffer
        ahead = None if last else self.worth(self.first(), after, period + 1)
        found = {}
        for actor in self.actors:
            own = self.case.get("payoffs", {}).get(actor, {})
            flow = sum(self.number(f, flows_in, period, actor) for f in own.get("each_period", {}).values())
            final = sum(self.number(f, after, period, actor) for f in own.get("final", {}).values()) if last else 0.0
            found[actor] = late * flow + self.discount * (final + (ahead[actor] if ahead else 0.0))
        return found

    def ticked(self, world: World) -> World:
        now = dict(world)
        for name, variable in self.case["world"].items():
            if variable.get("lives") == "period":
                now[name] = variable["start"]
            else:
                now[name] = variable.get("each_period", {}).get(now[name], now[name])
        return tuple(now.items())

    def _inside(self, at: int, world: World, period: int) -> dict[str, float]:
        item, _ = self.flat[at]
        if "chance" in item:
            return self._lottery(self.ways(item["branches"], at, world, period), period)
        play = self.play(at, world, period)
        found = dict.fromkeys(self.actors, 0.0)
        for joint, likely in play["joints"].items():
            for actor in self.actors:
                found[actor] += likely * play["worth"][joint][actor]
        return found

    def play(self, at: int, world: World, period: int) -> dict[str, Any]:
        """The moves of a stage: legal ones by mover, probabilities of joint moves, what each is worth."""
        key = at, world, period
        if key not in self._play:
            self._play[key] = self._played(at, world, period)
        return self._play[key]

    def _played(self, at: int, world: World, period: int) -> dict[str, Any]:
        item, _ = self.flat[at]
        tables = {item["mover"]: item["moves"]} if "mover" in item else item["movers"]
        legal = {actor: self._legal(table, world) for actor, table in tables.items()}
        joints = list(product(*legal.values()))
        worth = {joint: self._joint_worth(at, joint, legal, world, period) for joint in joints}
        chosen = self._equilibrium(legal, worth, world, period)
        likely = {
            joint: math.prod(chosen[actor][move] for actor, move in zip(legal, joint, strict=True)) for joint in joints
        }
        return {"legal": legal, "joints": likely, "worth": worth, "chosen": chosen}

    def _legal(self, table: Mapping[str, Any], world: World) -> dict[str, dict[str, Any]]:
        found = {}
        for name, meanings in table.items():
            listed = meanings if isinstance(meanings, list) else [meanings]
            meant = next((move for move in listed if self.true(move.get("when"), world)), None)
            if meant is not None:
                found[name] = meant
        return found

    def _equilibrium(self, legal: Any, worth: Any, world: World, period: int) -> dict[str, dict[str, float]]:
        """Logit choice: in closed form for one mover; for several by iteration, which made-up stakes let converge."""
        chosen = {actor: {move: 1 / len(moves) for move in moves} for actor, moves in legal.items()}
        weights = {
            actor: {name: self.number(move.get("weight", 1), world, period) for name, move in moves.items()}
            for actor, moves in legal.items()
        }
        for _ in range(400):
            before = chosen
            chosen = {actor: self._logit(actor, legal, worth, chosen, weights[actor]) for actor in legal}
            if all(abs(chosen[a][m] - before[a][m]) < 1e-14 for a in chosen for m in chosen[a]):
                break
        return chosen

    def _logit(self, actor: str, legal: Any, worth: Any, chosen: Any, weights: dict[str, float]) -> dict[str, float]:
        place = list(legal).index(actor)
        others = [(at, name) for at, name in enumerate(legal) if name != actor]
        value = dict.fromkeys(legal[actor], 0.0)
        for joint, worths in worth.items():
            likely = math.prod(chosen[name][joint[at]] for at, name in others)
            value[joint[place]] += likely * worths[actor]
        precision = float(self.case["actors"][actor]["precision"])
        weighed = {move: weights[move] * math.exp(precision * value[move]) for move in value}
        return {move: weight / sum(weighed.values()) for move, weight in weighed.items()}

    # where a joint move leads: (probability by viewer, payoffs by viewer, next item or ending, world)

    def _joint_worth(self, at: int, joint: Any, legal: Any, world: World, period: int) -> dict[str, float]:
        ways = self.leads(at, joint, legal, world, period)
        found = self._lottery(ways, period)
        for actor, amount in self.own(at, joint, legal, world, period):
            found[actor] += amount
        return found

    def own(self, at: int, joint: Any, legal: Any, world: World, period: int) -> Iterator[tuple[str, float]]:
        """What the movers pay and get for the moves themselves, in their own view."""
        for actor, move in zip(legal, joint, strict=True):
            cost = legal[actor][move].get("cost", {})
            for amount in cost.values() if isinstance(cost, dict) else [cost]:
                yield actor, -self.number(amount, world, period, actor)
            yield from self._pays(legal[actor][move], world, period)
        row = self._row(at, joint, world) if not self._says(legal, joint) else None
        if row is not None:
            yield from self._pays(row, self._moved(joint, legal, world), period)

    def _pays(self, effect: Mapping[str, Any], world: World, period: int) -> Iterator[tuple[str, float]]:
        for actor, parts in effect.get("pays", {}).items():
            for amount in parts.values():
                yield actor, self.number(amount, world, period, actor)

    def _says(self, legal: Any, joint: Any) -> bool:
        moves = [legal[actor][move] for actor, move in zip(legal, joint, strict=True)]
        return len(moves) == 1 and any(key in moves[0] for key in ("go", "end", "chance"))

    def _row(self, at: int, joint: Any, world: World) -> Mapping[str, Any] | None:
        rows = self.flat[at][0].get("leads_to", ())
        return next((row for row in rows if _matches(row["moves"], joint) and self.true(row.get("when"), world)), None)

    def _moved(self, joint: Any, legal: Any, world: World) -> World:
        now = dict(world)
        for actor, move in zip(legal, joint, strict=True):
            now |= legal[actor][move].get("then", {})
        return tuple(now.items())

    def leads(self, at: int, joint: Any, legal: Any, world: World, period: int) -> list[Any]:
        moved = self._moved(joint, legal, world)
        on: Any = self.after(at)
        for actor, move in zip(legal, joint, strict=True):
            on = self._goal(legal[actor][move], on)
        if self._says(legal, joint):
            move = legal[next(iter(legal))][joint[0]]
            return (
                self.ways(move["chance"], on, moved, period, follows=True)
                if "chance" in move
                else [(None, {}, on, moved)]
            )
        row = self._row(at, joint, world)
        if row is None:
            return [(None, {}, on, moved)]
        now = dict(moved) | row.get("then", {})
        if "to" in row:
            now[row["sets"]] = row["to"]
        on = self._goal(row, on)
        if "chance" not in row:
            return [(None, {}, on, tuple(now.items()))]
        return self.ways(row["chance"], on, tuple(now.items()), period, follows=True, sets=row.get("sets"))

    def _goal(self, effect: Mapping[str, Any], otherwise: Any) -> Any:
        if "go" in effect:
            return self.named[effect["go"]]
        return effect.get("end", otherwise)

    def ways(
        self, table: Any, at: Any, world: World, period: int, follows: bool = False, sets: str | None = None
    ) -> list[Any]:
        """Branches: probability by viewer (the truth under None), payoffs, next, world."""
        found = []
        for key, entry in table.items():
            branch = entry if isinstance(entry, dict) else {"p": entry}
            on: Any = at if follows else self.after(at)
            now = dict(world)
            if key.startswith("go "):
                on = self.named[key[3:]]
            elif key.startswith("end "):
                on = key[4:]
            elif sets is not None:
                now[sets] = key
            now |= branch.get("then", {})
            on = self._goal(branch, on)
            likely = {viewer: self._chance(table, key, world, period, viewer) for viewer in (None, *self.actors)}
            found.append((likely, branch, on, tuple(now.items())))
        return [(likely, (branch, world), on, now) for likely, branch, on, now in found]

    def _chance(self, table: Any, key: str, world: World, period: int, viewer: str | None) -> float:
        stated = {name: entry["p"] if isinstance(entry, dict) else entry for name, entry in table.items()}
        numbers = {n: self.number(p, world, period, viewer) for n, p in stated.items() if p != "rest"}
        return numbers[key] if key in numbers else 1 - sum(numbers.values())

    def _lottery(self, ways: list[Any], period: int) -> dict[str, float]:
        found = dict.fromkeys(self.actors, 0.0)
        for likely, paid, on, world in ways:
            ahead = self._end(on, world, period) if isinstance(on, str) else self.worth(on, world, period)
            pays = dict.fromkeys(self.actors, 0.0)
            if paid:
                branch, before = paid
                for actor, amount in self._pays(branch, before, period):
                    pays[actor] += amount
            for actor in self.actors:
                share = 1.0 if likely is None else likely[actor]
                found[actor] += _mixed([(share, ahead[actor] + pays[actor])])
        return found

    def _end(self, ending: str, world: World, period: int) -> dict[str, float]:
        found = dict.fromkeys(self.actors, 0.0)
        for actor, amount in self._pays(self.case["endings"][ending], world, period):
            found[actor] += amount
        return found

    # what happens, in truth

    def ends(self) -> dict[tuple[str, int], float]:
        """The probability of every ending by the period (from 0) in which it comes."""
        start = tuple((name, variable["start"]) for name, variable in self.case["world"].items())
        now: dict[World, float] = {start: 1.0}
        found: dict[tuple[str, int], float] = {}
        self.closing: list[dict[World, float]] = []
        for period in range(self.periods):
            closing: dict[World, float] = {}
            for world, mass in now.items():
                self._forward(self.first(), world, period, mass, closing, found)
            self.closing.append(closing)
            now = {}
            for world, mass in closing.items():
                now[self.ticked(world)] = now.get(self.ticked(world), 0.0) + mass
        return found

    def _forward(self, at: Any, world: World, period: int, mass: float, closing: Any, found: Any) -> None:
        if mass == 0:
            return
        if isinstance(at, str):
            found[at, period] = found.get((at, period), 0.0) + mass
            return
        if at is None:
            closing[world] = closing.get(world, 0.0) + mass
            return
        item, _ = self.flat[at]
        if not self.true(item.get("when"), world):
            self._forward(self.after(at), world, period, mass, closing, found)
            return
        rate = item.get("opportunities", {}).get("rate") if "stage" in item else item.get("rate")
        gate = rate if rate is not None else item.get("occurs")
        if gate is not None:
            likely = self.gate(gate, rate is not None, world, period, None)
            self._forward(self.after(at), world, period, mass * (1 - likely), closing, found)
            mass *= likely
        if mass == 0:
            return
        if "block" in item:
            self._forward(self.into(at), world, period, mass, closing, found)
        elif "chance" in item:
            self._spread(self.ways(item["branches"], at, world, period), period, mass, closing, found)
        else:
            play = self.play(at, world, period)
            for joint, likely in play["joints"].items():
                ways = self.leads(at, joint, play["legal"], world, period)
                self._spread(ways, period, mass * likely, closing, found)

    def _spread(self, ways: list[Any], period: int, mass: float, closing: Any, found: Any) -> None:
        for likely, _, on, world in ways:
            share = 1.0 if likely is None else likely[None]
            self._forward(on, world, period, mass * share, closing, found)


@lru_cache(maxsize=10_000)
def _compiled(text: str) -> Any:
    return compile(text, "<formula>", "eval")


def _mixed(parts: list[tuple[float, float]]) -> float:
    return sum(share * value for share, value in parts if share != 0)


def _matches(moves: list[str], joint: Any) -> bool:
    word, _, move = moves[0].partition(" ")
    if len(moves) == 1 and move:
        return {"one": joint.count(move) == 1, "all": set(joint) == {move}, "no": move not in joint}[word]
    return all(entry == "any" or made in entry.split("|") for entry, made in zip(moves, joint, strict=True))


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("stage") or item.get("chance") or item.get("block"))


def _goals(value: Any) -> Iterator[str]:
    """Everything that some `go` names, wherever it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "go":
                yield inner
            elif str(key).startswith("go "):
                yield str(key)[3:]
            yield from _goals(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _goals(inner)
