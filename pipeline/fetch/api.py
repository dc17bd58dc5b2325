"""arXiv's search API through the `arxiv` package.

The package builds the addresses, turns pages and parses the feed. It has no timeout, takes an
HTML page or an empty one for "no results", and tries again without waiting longer, so its
requests are made by PoliteGet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from types import SimpleNamespace
from typing import Any

import arxiv

from pipeline import config
from pipeline.common.retry import Garbled
from pipeline.errors import BadAnswer, UsageError
from pipeline.fetch.listing_client import PoliteGet, Service, excerpt
from pipeline.paper import ARXIV_ID, Paper

IDS_A_REQUEST = 100
"""Keeps the address of a request under 2 kB."""

DEEP = 10_000
"""Results after which a listing begins anew at the last date seen: arXiv answers deep pages
slowly or not at all.
"""

WALKS = 3
"""Walks through a listing until every result it announces has been seen."""

LARGEST_PAGE = 2000
"""Results that arXiv gives in one page at most."""

END_OF_TIME = "999912312359"

# Neither looks past a tag for its end, so that no feed, however torn, is gone over more than once.
_ERROR = re.compile(rb"<id>[^<]*arxiv\.org/api/errors")
_SUMMARY = re.compile(rb"<summary[^<>]*>([^<]*)</summary>")


class Arxiv(Service):
    """The search API."""

    accept = "application/atom+xml"

    @cached_property
    def _client(self) -> _Client:
        return _Client(self._settings, self._get)

    def search(self, *queries: str) -> Iterator[Paper]:
        """Every paper that one of the queries finds, once, oldest first, page by page as they
        are asked for.

        The oldest come first because new papers then only lengthen the last page. Should pages
        shift all the same, the listing is walked again for what slipped through.

        Raises:
            ArxivDown: no answer, or throttled past the limit.
            BadAnswer: something else than a listing, a refusal, or fewer results than announced.
        """
        given: set[str] = set()
        for query in queries:
            for paper in self._complete(query):
                if paper.id not in given:
                    given.add(paper.id)
                    yield paper

    def by_id(self, ids: Iterable[str]) -> Iterator[Paper]:
        """The papers of these ids, each with its newest version or the one named; unknown ones
        are left out.

        Raises:
            UsageError: that is no arXiv id.
            ArxivDown, BadAnswer: as for `search`.
        """
        wanted = list(dict.fromkeys(ids))
        for paper_id in wanted:
            if not ARXIV_ID.fullmatch(paper_id):
                raise UsageError(
                    f'"{paper_id}" is not an arXiv id.',
                    step='Write it as in "2409.03605".',
                    id=paper_id,
                )
        for start in range(0, len(wanted), IDS_A_REQUEST):
            yield from self._results(
                arxiv.Search(
                    id_list=wanted[start : start + IDS_A_REQUEST], max_results=None
                )
            )

    def _complete(self, query: str) -> Iterator[Paper]:
        seen: set[str] = set()
        for _ in range(WALKS):
            self._client.shifted = False
            for paper in self._walk(query):
                if paper.id not in seen:
                    seen.add(paper.id)
                    yield paper
            if len(seen) >= self._client.total and not self._client.shifted:
                return
        missing = max(0, self._client.total - len(seen))
        raise BadAnswer(
            f"arXiv's pages do not fit together: {missing} papers fewer than announced.",
            missing=missing,
        )

    def _walk(self, query: str) -> Iterator[Paper]:
        """One walk through a listing of any length."""
        since, total = "", 0
        while True:
            search = arxiv.Search(
                query=f"({query}) AND submittedDate:[{since} TO {END_OF_TIME}]"
                if since
                else query,
                max_results=None,
                sort_by=arxiv.SortCriterion.SubmittedDate,
                sort_order=arxiv.SortOrder.Ascending,
            )
            paper, count = None, 0
            for count, paper in enumerate(islice(self._results(search), DEEP), 1):  # noqa: B007
                yield paper
            total = total or self._client.total
            last = paper.published.strftime("%Y%m%d%H%M") if paper else since
            if count < DEEP or last == since:
                self._client.total = (
                    total  # of the whole listing, not of what was left of it
                )
                return
            since = last

    def _results(self, search: arxiv.Search) -> Iterator[Paper]:
        self._client.total = 0
        try:
            for result in self._client.results(search):
                yield paper_of(result)
        except arxiv.UnexpectedEmptyPageError:
            self._client.shifted = True  # the listing became shorter while it was read
        except (arxiv.ArxivError, ValueError) as error:
            raise BadAnswer(f"arXiv's listing cannot be read: {error}.") from error


class _Client(arxiv.Client):  # type: ignore[misc]
    """The package's client: its session is PoliteGet, its own waits and tries are switched off.

    Every page but the first begins with the last result of the one before, which shows whether
    the listing has shifted in between.
    """

    def __init__(self, settings: config.Arxiv, get: PoliteGet) -> None:
        super().__init__(page_size=settings.page_size, delay_seconds=0, num_retries=0)
        self.query_url_format = settings.api + ("&{}" if "?" in settings.api else "?{}")
        self.total, self.shifted, self._last = 0, False, ""
        self._session.close()
        self._session: Any = _Session(get)

    def _format_url(self, search: arxiv.Search, start: int, page_size: int) -> Any:
        overlap = 1 if start else 0
        return super()._format_url(
            search, start - overlap, min(page_size + overlap, LARGEST_PAGE)
        )

    def _parse_feed(
        self, url: str, first_page: bool = True, _try_index: int = 0
    ) -> Any:
        feed = super()._parse_feed(url, first_page, _try_index)
        names = [result.entry_id for result in feed.results]
        if first_page:
            self.total = feed.header.total_results
        elif names[0] == self._last:
            del feed.results[0]
        else:
            self.shifted = True
        self._last = names[-1] if names else ""
        return feed


class _Session:
    """What the package wants of a `requests.Session`."""

    def __init__(self, get: PoliteGet) -> None:
        self._get = get

    def get(self, url: str, **_: object) -> SimpleNamespace:
        return SimpleNamespace(status_code=200, content=self._get(url, check_feed))


def check_feed(body: bytes) -> None:
    """Is this a whole page of results?

    Raises:
        Garbled: HTML, a torn feed, or a page without the entries it announces.
        BadAnswer: arXiv explains in words why it does not answer.
    """
    if not body.rstrip().endswith(b"</feed>"):
        kind = "an HTML page" if b"<html" in body[:1000].lower() else "a torn feed"
        raise Garbled(f"{kind} in place of a listing", excerpt=excerpt(body))
    if (error := _ERROR.search(body)) and (
        refusal := _SUMMARY.search(body, error.end())
    ):
        raise BadAnswer(
            f"arXiv refuses the question: {excerpt(refusal[1])}.",
            excerpt=excerpt(refusal[1]),
        )
    total, start = _number(body, b"totalResults"), _number(body, b"startIndex")
    if start < total and b"<entry" not in body:
        raise Garbled(
            f"an empty page, though {total} results are announced",
            excerpt=excerpt(body),
        )


def _number(body: bytes, name: bytes) -> int:
    """A number of the feed's head. A feed without it is none that arXiv sends."""
    found = re.search(rb"<(?:\w+:)?" + name + rb"[^<>]*>\s*(\d{1,9})\s*<", body)
    if not found:
        raise Garbled(f"a feed without {name.decode()}", excerpt=excerpt(body))
    return int(found[1])


def paper_of(result: arxiv.Result) -> Paper:
    """The paper an entry of the feed describes.

    Raises:
        ValueError: it has no arXiv id, or no category.
    """
    found = ARXIV_ID.fullmatch(result.entry_id.partition("/abs/")[2])
    if not found:
        raise ValueError(
            f"{excerpt(result.entry_id.encode())} is not the address of a paper"
        )
    return Paper(
        id=found["id"],
        version=int(found["version"] or 1),
        title=one_line(result.title),
        abstract=one_line(result.summary),
        authors=tuple(
            name for author in result.authors if (name := one_line(author.name))
        ),
        categories=tuple(
            dict.fromkeys(filter(None, [result.primary_category, *result.categories]))
        ),
        published=_utc(result.published),
        updated=_utc(result.updated),
        comment=one_line(result.comment),
        journal_ref=one_line(result.journal_ref),
        doi=one_line(result.doi),
    )


def one_line(text: str | None) -> str:
    """Text of a record with single spaces; arXiv wraps its lines."""
    return " ".join((text or "").split())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
