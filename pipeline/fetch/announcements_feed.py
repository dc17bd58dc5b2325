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
from pipeline.fetch.listing_client import (
    ListingAnswer,
    ListingClient,
    ListingRequest,
)
from pipeline.fetch.query import archive_of, classes_of, is_arxiv_category
from pipeline.fetch.record_xml import (
    RecordReader,
    require_end,
    xml_elements,
)
from pipeline.paper import Paper
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What arXiv's announcement feeds are known to hold."""

    size: int = 2000
    """Papers at most."""
    refusal: bytes = b"Feed error for query"
    """Stands in the head of a feed of which a category is unknown."""
    head: int = 2000
    """Bytes of that head."""


feed_facts = FeedFacts()


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
        parts = self._parts(self._known(categories), is_read)
        first = next(parts)
        if first.unchanged:
            return first
        return _joined([first, *parts])

    def _known(self, categories: Sequence[str]) -> list[str]:
        """Leave out what arXiv does not have: it would refuse all of the question."""
        known = [one for one in categories if is_arxiv_category(one)]
        missing = sorted(set(categories) - set(known))
        if missing:
            names = ", ".join(missing)
            self._reader.note(f"arXiv has no category {names}.")
        if not known:
            raise BadAnswer(
                _("None of the topics' categories is one of arXiv's.")
            )
        return known

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
        names = quote("+".join(categories), safe="+")
        base = self._client.settings.feed.rstrip("/")
        url = f"{base}/{names}"
        etag, day = self._remembered(url)
        named = {}
        if etag and day and is_read(day):
            named["If-None-Match"] = etag
        answer = self._client.get(
            ListingRequest(
                url, "application/atom+xml", check_feed, headers=named
            )
        )
        if not answer.body and day:
            return Announcement(day, unchanged=True)
        found = self._read(answer)
        if found.whole and answer.etag:
            self._memory.remember(url, f"{found.day} {answer.etag}")
        return found

    def _remembered(self, url: str) -> tuple[str, date | None]:
        kept = self._memory.recall(url) or ""
        day, _, etag = kept.partition(" ")
        return etag, stated_day(day)

    def _read(self, answer: ListingAnswer) -> Announcement:
        entries = list(xml_elements(answer.body, f"{ATOM}entry"))
        types: dict[str, AnnounceType] = {}

        def read(entry: Any) -> Paper:
            """Note why a paper is announced beside reading it."""
            paper = paper_of_announcement(entry)
            types[paper.id] = announce_type(entry)
            return paper

        papers = self._reader.papers(entries, read)
        announced = tuple(Announced(paper, types[paper.id]) for paper in papers)
        day = _day_of(answer.body, entries)
        return Announcement(
            day, announced, whole=not _is_cut(entries, announced)
        )


def _is_cut(entries: Sequence[Any], announced: Sequence[Announced]) -> bool:
    """Tell whether new papers may be missing at the end of a feed."""
    if len(entries) < feed_facts.size:
        return False
    return not announced or announced[-1].is_first


def check_feed(body: bytes) -> None:
    """Make sure that this is a whole feed with a date.

    Raises:
        Garbled: HTML, a torn feed, or one without date.
        BadAnswer: arXiv does not know a category.
    """
    require_end(body, b"</feed>", "feed")
    entries = list(xml_elements(body, f"{ATOM}entry"))
    if feed_facts.refusal in body[: feed_facts.head]:
        raise BadAnswer(_("arXiv's feed does not know one of the categories."))
    _day_of(body, entries)


def _day_of(body: bytes, entries: Sequence[Any]) -> date:
    """Read the day of a feed: that of its papers, else that on which it was built."""
    for entry in entries:
        day = stated_day(entry.findtext(f"{ATOM}published"))
        if day:
            return day
    for element in xml_elements(body, f"{ATOM}updated"):
        day = stated_day(element.text)
        if day and element.getparent().tag == f"{ATOM}feed":
            return day
    raise Garbled("a feed without date")


def _halves(categories: Sequence[str]) -> tuple[Sequence[str], ...]:
    """Part the categories in two; a single archive into its classes; () for a single class."""
    if len(categories) > 1:
        middle = len(categories) // 2
        return categories[:middle], categories[middle:]
    (only,) = categories
    classes = classes_of(only)
    is_archive = only == archive_of(only)
    return (classes,) if is_archive and len(classes) > 1 else ()


def _joined(parts: Sequence[Announcement]) -> Announcement:
    """Join feeds of the same day; a paper in several of them counts by its first mention.

    A feed of another day, built between two requests, leaves the whole incomplete.
    """
    day = max(part.day for part in parts)
    papers: dict[str, Announced] = {}
    whole = True
    for part in parts:
        whole = whole and part.whole and part.day == day
        for one in part.papers:
            papers.setdefault(one.paper.id, one)
    return Announcement(day, tuple(papers.values()), whole)
