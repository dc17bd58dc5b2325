"""The three listing services together: which is asked, and which is left alone for a while.

A service that throttles or gives no usable answer is left alone for minutes, since knocking on
makes it worse, and the next one is asked meanwhile. Only when none is left does the run wait, and
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import islice

from pipeline.config import ListingSource
from pipeline.errors import ArxivDown, BadAnswer
from pipeline.fetch.announcements_feed import (
    Announcement,
    AnnouncementsFeed,
    FeedMemory,
)
from pipeline.fetch.api import SearchApi
from pipeline.fetch.listing_client import ListingClient
from pipeline.fetch.oai import OaiPmh
from pipeline.fetch.query import Window, is_listed_in, listing_query
from pipeline.fetch.record_xml import RecordReader
from pipeline.paper import Paper
from pipeline.translation import gettext as _

SERVICE_NAMES: dict[ListingSource, str] = {
    "feed": "announcement feed",
    "api": "search API",
    "oai": "OAI-PMH service",
}


@dataclass(frozen=True, slots=True)
class RestTimes:
    """Seconds for which a service is left alone after its first, second … failure in a row.

    On the evenings of October 2026 the search API answered again after ten silent minutes.
    """

    pauses: tuple[float, ...] = (120.0, 300.0, 600.0)
    look: float = 300.0
    """Seconds between two words on a long wait."""


rest_times = RestTimes()
_PAGE = 200
"""Papers that are handed on at a time."""


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Papers from one of the services."""

    papers: Sequence[Paper]
    source: ListingSource


@dataclass
class _Rest:
    """How a service has failed so far."""

    failures: int = 0
    until: float = 0.0
    error: ArxivDown | None = None
    for_good: bool = False
    """True when asking again in this run is of no use: it refuses the question."""


class ArxivListings:
    """What arXiv has announced and holds, from whichever service answers."""

    def __init__(
        self,
        client: ListingClient,
        reader: RecordReader,
        memory: FeedMemory,
        times: RestTimes = rest_times,
        *,
        watched: bool = False,
    ) -> None:
        """Take how to ask, and whether somebody watches the run."""
        settings = client.settings
        self._client, self._note, self._times = client, reader.note, times
        self._now, self._patience = reader.now, settings.patience
        self._watched = watched
        self._feed = AnnouncementsFeed(client, reader, memory)
        self._api = SearchApi(client, reader)
        self._oai = OaiPmh(client, reader)
        addresses = {
            "feed": settings.feed,
            "api": settings.api,
            "oai": settings.oai,
        }
        self._sources = [name for name in settings.sources if addresses[name]]
        self._rests = {name: _Rest() for name in SERVICE_NAMES}

    def announcement(
        self, categories: Sequence[str], is_read: Callable[[date], bool]
    ) -> Announcement | None:
        """Give what the feed announces in these categories; None where it cannot be had now.

        `is_read` tells of a day whether all of its papers are known.
        """
        if "feed" not in self._sources:
            return None
        try:
            found = self._feed.latest(categories, is_read)
        except ArxivDown as error:
            self._leave_alone("feed", error)
            return None
        self._rests["feed"] = _Rest()
        return found

    def listing(
        self,
        categories: Sequence[str],
        window: Window,
        *,
        changed_since: date,
        updates: bool,
    ) -> Iterator[ListingPage]:
        """Give pages of everything in these categories that was submitted in the window.

        With `updates` also what got a new version in it. OAI-PMH gives what is new and what was
        changed from the day `changed_since` on, whenever it was submitted. A page may come again
        when another service goes on.

        Raises:
            ArxivDown: no service has answered for as long as the configuration says; where
                somebody watches, no service could be reached at all.
        """
        archive = [name for name in self._sources if name != "feed"]
        deadline: float | None = None
        while archive:
            for name in archive:
                if not self._is_resting(name):
                    try:
                        if name == "oai":
                            last = window.until.date()
                            pages = self._oai.days(
                                categories, changed_since, last
                            )
                        else:
                            pages = self._search(categories, window, updates)
                        yield from (ListingPage(page, name) for page in pages)
                    except ArxivDown as error:
                        self._leave_alone(name, error)
                    else:
                        self._rests[name] = _Rest()
                        return
            now = self._client.clock()
            deadline = now + self._patience if deadline is None else deadline
            self._wait_for_one_of(archive, deadline)

    @property
    def lists_changes(self) -> bool:
        """Tell whether `changes` may be asked for."""
        return "oai" in self._sources

    def changes(
        self, categories: Sequence[str], day: date
    ) -> Iterator[Sequence[Paper]]:
        """Give pages of everything in these categories that was changed on a day, UTC.

        A change is a submission, a new version, or one of the record, such as a cross-listing.

        Raises:
            ArxivDown: the OAI-PMH service cannot be asked now, or no more.
        """
        rest = self._rests["oai"]
        if self._is_resting("oai") and rest.error:
            raise rest.error
        try:
            yield from self._oai.days(categories, day, day)
        except ArxivDown as error:
            self._leave_alone("oai", error)
            raise

    def complete(self, papers: Sequence[Paper]) -> Iterator[Paper]:
        """Give the records of these papers as the search API has them, if it can be asked now.

        Raises:
            ArxivDown: it cannot, or no more; what came before is good.
        """
        if "api" not in self._sources or not papers:
            return
        rest = self._rests["api"]
        if self._is_resting("api") and rest.error:
            raise rest.error
        try:
            yield from self._api.by_id(paper.versioned_id for paper in papers)
        except ArxivDown as error:
            self._leave_alone("api", error)
            raise

    def by_ids(self, ids: Iterable[str]) -> Iterator[Paper]:
        """Give papers by their ids, with or without version; unknown ones are left out.

        Raises:
            UsageError: that is no arXiv id.
            ArxivDown: the search API cannot be asked now.
        """
        return self._api.by_id(ids)

    def freshness(self, name: ListingSource) -> str:
        """Ask a service for what it has newest, and say so in words.

        Raises:
            ArxivDown: it gives no usable answer.
        """
        if name == "feed":
            feed = self._feed.latest(("cs.CV",), lambda _: False)
            return _(
                "of {day}, {count} papers in cs.CV",
                day=feed.day,
                count=len(feed.papers),
            )
        if name == "api":
            newest = self._api.newest("cs.CV")
            if newest is None:
                return _("no paper in cs.CV")
            return _(
                "newest paper in cs.CV: {moment:%Y-%m-%d %H:%M} UTC",
                moment=newest.published,
            )
        return self._newest_of_oai()

    def _newest_of_oai(self) -> str:
        today = self._now().astimezone(UTC).date()
        pages = self._oai.pages("cs:cs:CV", today - timedelta(days=4), today)
        changed = [paper.updated for page in pages for paper in page]
        if not changed:
            return _("no new version in cs.CV in four days")
        return _("newest version in cs.CV: {day:%Y-%m-%d}", day=max(changed))

    def _search(
        self, categories: Sequence[str], window: Window, updates: bool
    ) -> Iterator[list[Paper]]:
        windows = [window]
        if updates:
            windows.append(Window(window.since, window.until, by="updated"))
        for one in windows:
            papers = self._api.search(listing_query(categories, one))
            while page := list(islice(papers, _PAGE)):
                yield [
                    p for p in page if is_listed_in(p.categories, categories)
                ]

    def _is_resting(self, name: ListingSource) -> bool:
        rest = self._rests[name]
        return rest.for_good or self._client.clock() < rest.until

    def _leave_alone(self, name: ListingSource, error: ArxivDown) -> None:
        """Ask a service no more for minutes, or for as long as it says."""
        rest = self._rests[name]
        step = min(rest.failures, len(self._times.pauses) - 1)
        pause = max(self._times.pauses[step], error.data.get("after") or 0.0)
        rest.failures += 1
        rest.until = self._client.clock() + pause
        rest.error = error
        rest.for_good = isinstance(error, BadAnswer) and not error.data.get(
            "tries"
        )
        self._note(f"arXiv's {SERVICE_NAMES[name]}: {error.message}")

    def _wait_for_one_of(
        self, names: Sequence[ListingSource], deadline: float
    ) -> None:
        """Wait until one of these services may be asked again.

        Raises:
            ArxivDown: that would be after the deadline (by the client's clock), or there is no
                network and somebody who can mend it.
        """
        if self._watched and self._is_offline(names):
            raise self._given_up(names)
        hopeful = [
            self._rests[name]
            for name in names
            if not self._rests[name].for_good
        ]
        until = min((rest.until for rest in hopeful), default=float("inf"))
        if until > deadline:
            raise self._given_up(names)
        while (left := until - self._client.clock()) > 0:
            longest = (deadline - self._client.clock()) / 60
            self._note(
                f"arXiv does not answer; asking again in {max(1, round(left / 60))} min,"
                f" for {longest:.0f} min at most."
            )
            self._client.sleep(min(left, self._times.look))

    def _is_offline(self, names: Sequence[ListingSource]) -> bool:
        errors = [self._rests[name].error for name in names]
        return all(error and error.data.get("unreachable") for error in errors)

    def _given_up(self, names: Sequence[ListingSource]) -> ArxivDown:
        errors = {
            name: error for name in names if (error := self._rests[name].error)
        }
        first = next(iter(errors.values()), None)
        data = first.data if first else {}
        if self._is_offline(names):
            return ArxivDown(
                str(first),
                step=_(
                    "Look at the network; `{program} doctor` tries each source. The "
                    "next run asks again."
                ),
                **data,
            )
        reasons = [
            f"{SERVICE_NAMES[name]}: {error.message}"
            for name, error in errors.items()
        ]
        return ArxivDown(
            _("arXiv could not be asked. {names}", names=" ".join(reasons)),
            step=_(
                "The next run asks again for what is missing; nothing is lost. "
                "`{program} doctor` tries each source."
            ),
            **data,
        )
