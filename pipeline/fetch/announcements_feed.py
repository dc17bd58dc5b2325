"""arXiv's announcement feed: what one day has brought, from a cache that answers at once.

https://info.arxiv.org/help/rss.html. It is built anew at midnight US Eastern, holds one day and
at most 2,000 papers: new ones first, then cross-lists, replacements (below version 6) and
replaced cross-lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import quote

from pipeline.common.retry import Garbled
from pipeline.errors import BadAnswer
from pipeline.fetch.atom_entries import (
    ATOM,
    AnnounceType,
    announce_type,
    paper_of_announcement,
    stated_day,
)
from pipeline.fetch.listing_client import ListingAnswer, ListingClient, ListingRequest
from pipeline.fetch.query import archive_of, classes_of, is_arxiv_category
from pipeline.fetch.record_xml import (
    RecordReader,
    require_end,
    single_line,
    xml_elements,
)
from pipeline.paper import Paper

FEED_SIZE = 2000
"""Papers that a feed holds at most."""
_REFUSAL = "Feed error for query"


@dataclass(frozen=True, slots=True)
class Announced:
    """A paper as the feed announces it."""

    paper: Paper
    type: AnnounceType

    @property
    def is_first(self) -> bool:
        """True for a paper that these categories have not shown before: new or cross-listed."""
        return self.type in ("new", "cross")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What arXiv has announced on one day."""

    day: date
    """The date of the feed, US Eastern: the day after the evening of the announcement."""
    papers: tuple[Announced, ...] = ()
    whole: bool = True
    """False when new papers or cross-lists may be missing, since a feed was full."""
    unchanged: bool = False
    """True when the feed is the one that was read before; its papers are not repeated."""


class FeedMemory(Protocol):
    """Remembers over runs which feed was read last."""

    def recall(self, key: str) -> str | None:
        """Give what was remembered under this key."""

    def remember(self, key: str, value: str) -> None:
        """Remember a value under this key."""


class AnnouncementsFeed:
    """The announcement feeds."""

    def __init__(
        self, client: ListingClient, reader: RecordReader, memory: FeedMemory
    ) -> None:
        self._client, self._reader, self._memory = client, reader, memory

    def latest(
        self, categories: Sequence[str], is_read: Callable[[date], bool]
    ) -> Announcement:
        """Give what was announced last in these categories and archives.

        `is_read` tells of a day whether all of its papers are known; only then arXiv may answer
        that nothing has changed.

        Raises:
            ArxivDown: no answer, or the service asks to be left alone.
            BadAnswer: something else than a feed, or a refusal.
        """
        known = [category for category in categories if is_arxiv_category(category)]
        if missing := sorted(set(categories) - set(known)):
            self._reader.note(f"arXiv has no category {', '.join(missing)}.")
        if not known:
            raise BadAnswer("None of the topics' categories is one of arXiv's.")
        parts = self._parts(known, is_read)
        first = next(parts)
        return first if first.unchanged else _joined([first, *parts])

    def _parts(
        self, categories: Sequence[str], is_read: Callable[[date], bool]
    ) -> Iterator[Announcement]:
        """Ask for all categories at once; for half of them each where a feed is full."""
        found = self._feed(categories, is_read)
        halves = _halves(categories)
        if found.whole or not halves:
            yield found
            return
        for half in halves:
            yield from self._parts(half, lambda _: False)

    def _feed(
        self, categories: Sequence[str], is_read: Callable[[date], bool]
    ) -> Announcement:
        url = f"{self._client.settings.feed.rstrip('/')}/{quote('+'.join(categories), '+')}"
        etag, day = self._remembered(url)
        conditional = bool(etag and day and is_read(day))
        named = {"If-None-Match": etag} if conditional else {}
        answer = self._client.get(
            ListingRequest(url, "application/atom+xml", check_feed, headers=named)
        )
        if not answer.body and day:
            return Announcement(day, unchanged=True)
        found = self._read(answer)
        if found.whole and answer.etag:
            self._memory.remember(url, f"{found.day} {answer.etag}")
        return found

    def _remembered(self, url: str) -> tuple[str, date | None]:
        day, _, etag = (self._memory.recall(url) or "").partition(" ")
        return etag, stated_day(day)

    def _read(self, answer: ListingAnswer) -> Announcement:
        entries = list(xml_elements(answer.body, f"{ATOM}entry"))
        types: dict[str, AnnounceType] = {}

        def read(entry: Any) -> Paper:
            paper = paper_of_announcement(entry)
            types[paper.id] = announce_type(entry)
            return paper

        papers = tuple(
            Announced(paper, types[paper.id])
            for paper in self._reader.papers(entries, read)
        )
        is_cut = len(entries) >= FEED_SIZE and (not papers or papers[-1].is_first)
        return Announcement(_day_of(answer.body, entries), papers, whole=not is_cut)


def check_feed(body: bytes) -> None:
    """Make sure that this is a whole feed with a date.

    Raises:
        Garbled: HTML, a torn feed, or one without date.
        BadAnswer: arXiv does not know a category.
    """
    require_end(body, b"</feed>", "feed")
    entries = list(xml_elements(body, f"{ATOM}entry"))
    if _REFUSAL.encode() in body[:2000]:
        raise BadAnswer("arXiv's feed knows one of the categories not.")
    _day_of(body, entries)


def _day_of(body: bytes, entries: Sequence[Any]) -> date:
    """Read the day of a feed: that of its papers, else that on which it was built."""
    stated = (stated_day(one.findtext(f"{ATOM}published")) for one in entries)
    built = (
        stated_day(single_line(element.text))
        for element in xml_elements(body, f"{ATOM}updated")
        if element.getparent().tag == f"{ATOM}feed"
    )
    days = [day for day in (*stated, *built) if day]
    if not days:
        raise Garbled("a feed without date")
    return days[0]


def _halves(categories: Sequence[str]) -> tuple[Sequence[str], ...]:
    """Part the categories in two; a single archive into its classes; () for a single class."""
    if len(categories) == 1:
        classes = classes_of(archive_of(categories[0]))
        is_archive = categories[0] == archive_of(categories[0])
        return (classes,) if is_archive and len(classes) > 1 else ()
    middle = len(categories) // 2
    return categories[:middle], categories[middle:]


def _joined(parts: Sequence[Announcement]) -> Announcement:
    """Join feeds of the same day; a paper in several of them counts by its first mention.

    A feed of another day, built between two requests, leaves the whole incomplete.
    """
    day = max(part.day for part in parts)
    papers: dict[str, Announced] = {}
    for one in (one for part in parts for one in part.papers):
        papers.setdefault(one.paper.id, one)
    whole = all(part.whole and part.day == day for part in parts)
    return Announcement(day, tuple(papers.values()), whole)
