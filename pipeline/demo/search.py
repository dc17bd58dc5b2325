"""arXiv's query language over a handful of records, as far as questions are made of it here.

Terms are `field:"phrase"`, `field:word`, `cat:cs.*` and `submittedDate:[from TO to]`; AND, OR
and ANDNOT bind from left to right, parentheses group.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Holds = Callable[[Record], bool]

FIELDS = {
    "ti": ("title",),
    "abs": ("abstract",),
    "all": ("title", "abstract", "authors"),
    "au": ("authors",),
}
DATES = {"submitteddate": "published", "lastupdateddate": "updated"}


def compiled(query: str) -> Holds:
    """The question as a predicate on a record.

    Raises:
        ValueError: it is not well formed.
    """
    tokens = re.findall(r'[()]|\w+:\[[^\]]*\]|\w+:"[^"]*"|[^\s()]+', query)
    holds = _expression(tokens)
    if tokens:
        raise ValueError("malformed query")
    return holds


def _expression(tokens: list[str]) -> Holds:
    """Takes what it reads off the front of the list."""
    holds = _factor(tokens)
    while tokens and tokens[0] in ("AND", "OR", "ANDNOT"):
        holds = _joined(tokens.pop(0), holds, _factor(tokens))
    return holds


def _factor(tokens: list[str]) -> Holds:
    first = tokens.pop(0) if tokens else ")"
    if first == ")":
        raise ValueError("malformed query")
    if first != "(":
        return _term(first)
    holds = _expression(tokens)
    if not tokens or tokens.pop(0) != ")":
        raise ValueError("malformed query")
    return holds


def _joined(operator: str, left: Holds, right: Holds) -> Holds:
    if operator == "OR":
        return lambda record: left(record) or right(record)
    return lambda record: left(record) and right(record) == (operator == "AND")


def _term(text: str) -> Holds:
    field, _, value = text.partition(":")
    field = field.lower()
    if field in DATES:
        first, _, last = value.strip("[]").partition(" TO ")
        return lambda record: (
            first <= re.sub(r"\D", "", record[DATES[field]])[:12] <= last
        )
    if field == "cat":
        return lambda record: any(
            _is_in(category, value.strip('"'))
            for category in record["categories"]
        )
    if field not in FIELDS:
        raise ValueError(f"unknown field {field}")
    phrase = _padded(value)
    return lambda record: any(
        phrase in _padded(record[name]) for name in FIELDS[field]
    )


def _is_in(category: str, asked: str) -> bool:
    return (
        category.startswith(asked[:-1])
        if asked.endswith("*")
        else category == asked
    )


def _padded(text: str | list[str]) -> str:
    """Words between single spaces, without case, hyphens and the plural s."""
    words = re.findall(
        r"[^\W_]+", (text if isinstance(text, str) else " ".join(text)).lower()
    )
    return (
        f" {' '.join(re.sub(r'(?<=[a-z]{3})s$', '', word) for word in words)} "
    )
