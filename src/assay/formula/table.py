"""The parser, made from `grammar.lark`, or faster from the table that was made from it before: `grammar.json`.

Making the table takes some twenty times as long as reading it. The table belongs to one version of the parser library
and one text of the grammar, and says which; with any other the parser is made afresh. `python -m assay.formula.table`
writes it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import Any

import lark

from assay.formula.build import Builder

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLE = Path(__file__).with_name("grammar.json")
_OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "maybe_placeholders": False}


def parser() -> lark.Lark:
    """The parser of the language; it answers with a `Part`."""
    text = GRAMMAR.read_text(encoding="utf-8")
    known = _read(TABLE)
    if known.get("belongs_to") == _belongs_to(text):
        table = known["table"]
        table["data"]["options"]["transformer"] = Builder()
        return lark.Lark.load(table)
    return lark.Lark(text, transformer=Builder(), **_OPTIONS)


def fresh() -> dict[str, Any]:
    """The table as it is made from the grammar now, ready to be written as JSON."""
    text = GRAMMAR.read_text(encoding="utf-8")
    made = lark.Lark(text, **_OPTIONS)
    data, memo = made.memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
    data["options"].pop("transformer", None)
    data["parser"]["parser"] = _in_order(data["parser"]["parser"])
    return {"belongs_to": _belongs_to(text), "table": {"data": data, "memo": memo}}


def written(table: dict[str, Any]) -> str:
    """The table as the text of its file."""
    return json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n"


def _in_order(states: dict[str, Any]) -> dict[str, Any]:
    """The states numbered as they are met from the start, whose numbers otherwise differ from run to run."""
    names = states["tokens"]
    start = states["start_states"]["start"]
    met = [start]
    for state in met:
        for _, (action, following) in sorted(
            ((names[token], step) for token, step in states["states"][state].items()), key=itemgetter(0)
        ):
            if action == 0 and following not in met:
                met.append(following)
    number = {state: place for place, state in enumerate(met)}
    known = sorted(names.values())
    return {
        "tokens": dict(enumerate(known)),
        "states": {
            number[state]: {
                known.index(names[token]): (action, following if action else number[following])
                for token, (action, following) in states["states"][state].items()
            }
            for state in met
        },
        "start_states": {"start": number[start]},
        "end_states": {"start": number[states["end_states"]["start"]]},
    }


def _belongs_to(grammar: str) -> list[str]:
    return [lark.__version__, sha256(grammar.encode()).hexdigest()]


def _read(path: Path) -> dict[str, Any]:
    """The table of a file, its numbered keys as numbers again; empty where there is none."""
    if not path.exists():
        return {}
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), object_hook=_numbered)
    return table


def _numbered(found: dict[str, Any]) -> dict[Any, Any]:
    return {int(key): value for key, value in found.items()} if all(map(str.isdigit, found)) else found


if __name__ == "__main__":
    TABLE.write_text(written(fresh()), encoding="utf-8")
