"""The names in a check that a treaty answers: the treaty, its acts and the states, each told at its own place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assay.errors import InputError, Problem
from assay.law.book import Book
from assay.law.books import open_shipped
from assay.law.may import barred
from assay.law.standing import covered
from assay.law.states import find
from assay.ledger.node import Node


def check_names(node: Node) -> None:
    """Notes every name that law does not know, whatever else is wrong with the check."""
    book = None
    if _is_text(node, "treaty"):
        found: list[Book] = []
        _tried(node["treaty"], lambda: found.append(open_shipped(node["treaty"].text())))
        book = found[0] if found else None
    if book is not None and _is_text(node, "act"):
        _tried(node["act"], partial(barred, book, node["act"].text()))
    for key in ("actor", "actors", "to"):
        for item in node[key].listed() if key in node else []:
            if isinstance(item.value, str):
                _tried(item, partial(covered, book, item.text()) if book else partial(find, item.text()))


def _is_text(node: Node, key: str) -> bool:
    return key in node and isinstance(node[key].value, str)


def _tried(node: Node, what: Callable[[], object]) -> None:
    try:
        what()
    except InputError as error:
        for problem in error.problems:
            if problem.line is not None:
                node.problems.append(problem)  # what is wrong with a treaty's own files keeps its place
            else:
                node.note(_found(problem), problem.expected)


def _found(problem: Problem) -> str:
    return f"{problem.file!r}: {problem.found}"
