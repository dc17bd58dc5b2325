"""XML from outside, read safely, and what makes a record worth taking.

arXiv's listings hold slips: a record dated 2999 or in the year 999, an id that is none. Such a
record is left out with a word; the others count.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from pipeline.common.arxiv_id import ArxivId
from pipeline.common.dates import in_utc
from pipeline.common.retry import Garbled
from pipeline.fetch.listing_client import answer_excerpt
from pipeline.paper import Paper


@dataclass(frozen=True, slots=True)
class RecordLimits:
    """Lengths and dates of a usable record."""

    title: int = 1000
    """Characters."""
    abstract: int = 20_000
    """Characters; arXiv itself takes 1,920."""
    line: int = 2000
    """Characters of a comment and of a journal reference."""
    name: int = 200
    """Characters of one author's name."""
    earliest: datetime = datetime(1991, 1, 1, tzinfo=UTC)
    """arXiv opened in August 1991."""
    ahead: timedelta = timedelta(days=1)
    """How far ahead of this machine's clock a date may be."""
    shown: int = 3
    """Records that are left out and named."""


record_limits = RecordLimits()


class UnusableRecord(Exception):
    """A record that is left out, and why."""


@dataclass(frozen=True, slots=True)
class RecordReader:
    """Turns the records of a listing into papers, and tells of those that are none."""

    now: Callable[[], datetime]
    note: Callable[[str], None]
    """Takes a sentence for a person."""

    def papers(
        self, records: Sequence[Any], read: Callable[[Any], Paper]
    ) -> Iterator[Paper]:
        """Give the paper of each record that can be used; `read` raises UnusableRecord."""
        unusable = []
        for record in records:
            try:
                yield self._checked(read(record))
            except UnusableRecord as reason:
                unusable.append(str(reason))
        if unusable:
            count = len(unusable)
            shown = "; ".join(unusable[: record_limits.shown])
            self.note(f"{count} records of arXiv are left out: {shown}.")

    def _checked(self, paper: Paper) -> Paper:
        latest = self.now().astimezone(UTC) + record_limits.ahead
        for moment in (paper.published, paper.updated):
            if not record_limits.earliest <= moment <= latest:
                raise UnusableRecord(f"{paper.id} is dated {moment:%Y-%m-%d}")
        if not paper.title:
            raise UnusableRecord(f"{paper.id} has no title")
        return _cut(paper)


def _cut(paper: Paper) -> Paper:
    """Cut what is far longer than arXiv takes, so that no record fills posts and prompts."""
    return replace(
        paper,
        title=paper.title[: record_limits.title],
        abstract=paper.abstract[: record_limits.abstract],
        comment=paper.comment[: record_limits.line],
        journal_ref=paper.journal_ref[: record_limits.line],
        authors=tuple(name[: record_limits.name] for name in paper.authors),
    )


def xml_elements(body: bytes, *tags: str) -> Iterator[Any]:
    """Give the elements of these tags as they are read.

    Entities stay unresolved and nothing is loaded from elsewhere.

    Raises:
        Garbled: that is not XML.
    """
    events = etree.iterparse(
        io.BytesIO(body),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            yield element
    except etree.XMLSyntaxError as error:
        raise Garbled(
            f"broken XML: {error.msg}", excerpt=answer_excerpt(body)
        ) from error


def require_end(body: bytes, end: bytes, kind: str) -> None:
    """Make sure that a body ends with the closing tag of its root.

    Raises:
        Garbled: HTML, or a torn answer.
    """
    if body.rstrip().endswith(end):
        return
    head = body[:1000].lower()
    found = "an HTML page" if b"<html" in head else f"a torn {kind}"
    shown = answer_excerpt(body)
    raise Garbled(f"{found} in place of a listing", excerpt=shown)


def single_line(text: str | None) -> str:
    """Put single spaces for all blanks; arXiv wraps its lines."""
    return " ".join((text or "").split())


def read_id(text: str | None) -> ArxivId:
    """Read the id of a record.

    Raises:
        UnusableRecord: that is none.
    """
    stated = single_line(text)
    found = ArxivId.match(stated)
    if found is None:
        shown = ascii(stated[:40])
        raise UnusableRecord(f"{shown} is no arXiv id")
    return found


def read_moment(text: str | None) -> datetime:
    """Read an ISO 8601 time as UTC.

    Raises:
        UnusableRecord: that is none.
    """
    stated = single_line(text)
    try:
        return in_utc(datetime.fromisoformat(stated))
    except (ValueError, OverflowError) as error:
        raise UnusableRecord(f"{stated[:40]!a} is no date") from error
