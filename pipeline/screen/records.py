"""An arXiv record given as JSON becomes a Paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from sys import intern
from typing import Any

from pipeline.errors import UsageError
from pipeline.paper import ARXIV_ID, Paper

_SPACE = re.compile(r"\s+")


def split_id(text: str) -> tuple[str, int]:
    """`2307.01234v2` or a link to it as ("2307.01234", 2); the version is 1 where none is given.

    Raises:
        UsageError: no arXiv id in it.
    """
    found = ARXIV_ID.search(text)
    if not found:
        raise UsageError(
            f'"{text[:60]}" is no arXiv id.',
            step="Write it as in 2409.03605 or cs/0112017.",
            id=text,
        )
    return found["id"], int(found["version"] or 1)


def read_record(record: Mapping[str, Any]) -> Paper:
    """One record: id, title, abstract and, where known, authors, categories, published,
    updated, comment.

    Raises:
        UsageError: the id or the title is missing, or a field has the wrong type.
    """
    try:
        paper_id, version = split_id(str(record["id"]))
        published = _moment(record.get("published"))
        return Paper(
            id=paper_id,
            version=version,
            title=_line(record["title"]),
            abstract=_line(record.get("abstract")),
            authors=tuple(_line(name) for name in record.get("authors") or ()),
            categories=tuple(map(intern, record.get("categories") or ())),
            published=published,
            updated=_moment(record.get("updated") or record.get("published")),
            comment=_line(record.get("comment")),
            journal_ref=_line(record.get("journal_ref")),
            doi=_line(record.get("doi")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"A record cannot be read: {type(error).__name__}: {error}.",
            step="Each line needs at least id and title.",
        ) from error


def _line(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {type(value).__name__}")
    return _SPACE.sub(" ", value).strip()


def _moment(value: object) -> datetime:
    """An ISO 8601 date or time in UTC; the epoch when there is none."""
    if not value:
        return datetime.fromtimestamp(0, UTC)
    moment = datetime.fromisoformat(str(value))
    return (
        moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    )
