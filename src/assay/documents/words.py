"""How the words of plain YAML are told apart, and lines of text put together."""

from __future__ import annotations

import re

ODD = re.compile(
    r"[^\n\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\U00010000-\U0010FFFF]|^(?:---|\.\.\.|%)", re.M
)
"""Characters and lines that the library has rules of its own for."""
GAP = re.compile(r" *(?:(?:(?<=[ \n])|^)#[^\n]*)?(?:\n *(?:#[^\n]*)?)*")
"""Spaces, comments and line breaks up to what comes next."""
BLOCK = re.compile(r"(?:[^ \n:]|:(?=[^ \n]))+(?: +(?!#)(?:[^ \n:]|:(?=[^ \n]))+)*")
"""A line of plain text."""
FLOW = re.compile(r"(?:[^ \n:,\[\]{}]|:(?=[^ \n]))+(?: +(?!#)(?:[^ \n:,\[\]{}]|:(?=[^ \n]))+)*")
"""The same between brackets."""
QUOTED = re.compile(r"'((?:[^']|'')*)'|\"((?:[^\"\\]|\\[\"\\])*)\"")
ESCAPED = re.compile(r"\\([\"\\])")
COLON = re.compile(r" *:(?=[ \n])")
REST = re.compile(r" *(?: #[^\n]*)?\n")
"""Nothing more in the line."""
BREAK = re.compile(r" *(?:\n *)+")
HEAD = re.compile(r"([|>])(-?) *\n(\n*)( +)(?=[^ \n])")
"""The head of a text over several lines, with the space before its first line."""
NEVER = frozenset("?:,[]{}#&*!|>'\"%@`")
"""No plain text begins so."""


def unquoted(found: re.Match[str]) -> str:
    """What stands between quotes, several lines as one."""
    said = found[1] if found[2] is None else found[2]
    if "\n" in said:
        said = BREAK.sub(lambda gap: "\n" * (gap[0].count("\n") - 1) or " ", said)
    return said.replace("''", "'") if found[2] is None else ESCAPED.sub(r"\1", said)


def joined(lines: list[str]) -> str:
    """Lines as one text: a break is a space, and each empty line between is a break."""
    said = ""
    for line in lines:
        said += line if not said or not line or said.endswith("\n") else f" {line}"
        said += "" if line else "\n"
    return said
