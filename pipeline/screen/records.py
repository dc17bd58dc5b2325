"""An arXiv record given as JSON becomes a Paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from sys import intern
from typing import Any

from pipeline.common.arxiv_id import ArxivId
from pipeline.common.dates import in_utc
from pipeline.errors import UsageError
from pipeline.paper import Paper
from pipeline.translation import gettext as _


def read_record(record: Mapping[str, Any]) -> Paper:
    """One record: id, title, abstract and, where known, authors, categories, published,
    updated, comment.

    Raises:
        UsageError: the id or the title is missing, or a field has the wrong type.
    """
    try:
        named = ArxivId.parse(str(record["id"]))
        published = _moment(record.get("published"))
        return Paper(
            id=named.id,
            version=named.version or 1,
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
            _(
                "A record cannot be read: {name}: {error}.",
                name=type(error).__name__,
                error=error,
            ),
            step=_("Each line needs at least id and title."),
        ) from error


def _line(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {type(value).__name__}")
    return " ".join(value.split())


def _moment(value: object) -> datetime:
    """An ISO 8601 date or time in UTC; the epoch when there is none."""
    if not value:
        return datetime.fromtimestamp(0, UTC)
    return in_utc(datetime.fromisoformat(str(value)))
