"""arXiv's search API: page by page, complete, each paper once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import arxiv

from pipeline.common.arxiv_id import ArxivId
from pipeline.common.retry import Garbled
from pipeline.errors import BadAnswer
from pipeline.fetch.atom_entries import ATOM, paper_of_result
from pipeline.fetch.listing_client import (
    ListingClient,
    ListingRequest,
    answer_excerpt,
)
from pipeline.fetch.record_xml import (
    RecordReader,
    require_end,
    single_line,
    xml_elements,
)
from pipeline.paper import Paper
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ApiLimits:
    """How much is asked for at a time."""

    ids: int = 100
    """Ids a request: its address stays under 2 kB."""
    page: int = 2000
    """Results that arXiv gives in one page at most."""
    deep: int = 10_000
    """Results after which a listing begins anew at the last date seen: arXiv answers deep pages
    slowly or not at all.
    """
    walks: int = 3
    """Walks through a listing until every result that it announces has been seen."""


api_limits = ApiLimits()


@dataclass(frozen=True, slots=True)
class ApiRules:
    """What is read of the search API's answers before they are parsed."""

    end_of_time: str = "999912312359"
    # Neither looks past a tag for its end, so that no feed, however torn, is gone over twice.
    error: re.Pattern[bytes] = re.compile(rb"<id>[^<]*arxiv\.org/api/errors")
    summary: re.Pattern[bytes] = re.compile(
        rb"<summary[^<>]*>([^<]*)</summary>"
    )


_rules = ApiRules()


@dataclass
class _Walk:
    """One walk through a listing: what it announces and whether it has shifted meanwhile."""

    total: int = 0
    shifted: bool = False
    last_name: str = ""
    last_published: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    total: int
    entries: list[Any]
    names: list[str]
    """Ids of all entries as they stand there, also of those that are no papers."""


class SearchApi:
    """The search API."""

    def __init__(
        self,
        client: ListingClient,
        reader: RecordReader,
        limits: ApiLimits = api_limits,
    ) -> None:
        self._client, self._reader, self._limits = client, reader, limits
        self._page_size = client.settings.page_size

    def search(self, query: str) -> Iterator[Paper]:
        """Give every paper that a query finds, once, oldest first, as pages are turned.

        The oldest come first because new papers then only lengthen the last page. Should pages
        shift all the same, the listing is walked again for what slipped through.

        Raises:
            ArxivDown: no answer, or the service asks to be left alone.
            BadAnswer: something else than a listing, a refusal, or fewer results than announced.
        """
        seen: set[str] = set()
        given: set[str] = set()
        missing = 0
        for _walk_number in range(self._limits.walks):
            walk = _Walk()
            for page in self._pages(query, walk):
                seen.update(page.names)
                for paper in self._reader.papers(page.entries, paper_of_result):
                    if paper.id not in given:
                        given.add(paper.id)
                        yield paper
            missing = max(0, walk.total - len(seen))
            if not missing and not walk.shifted:
                return
        raise BadAnswer(
            _(
                "arXiv's pages do not fit together: {missing} papers fewer than "
                "announced.",
                missing=missing,
            ),
            missing=missing,
        )

    def by_id(self, ids: Iterable[str]) -> Iterator[Paper]:
        """Give the papers of these ids, with the newest version or the one named.

        Unknown ids are left out.

        Raises:
            UsageError: that is no arXiv id.
            ArxivDown, BadAnswer: as for `search`.
        """
        wanted = list(dict.fromkeys(ids))
        for paper_id in wanted:
            ArxivId.parse(paper_id)
        size = self._limits.ids
        for start in range(0, len(wanted), size):
            some = wanted[start : start + size]
            page = self._ask(arxiv.Search(id_list=some, max_results=size))
            yield from self._reader.papers(page.entries, paper_of_result)

    def newest(self, category: str) -> Paper | None:
        """Give the newest paper of a category that the API knows."""
        query = f"cat:{category}"
        page = self._ask(_by_date(query, arxiv.SortOrder.Descending, most=1))
        return next(self._reader.papers(page.entries, paper_of_result), None)

    def _pages(self, query: str, walk: _Walk) -> Iterator[_Page]:
        """Walk through a listing of any length."""
        since = ""
        while True:
            asked = query
            if since:
                asked = f"({query}) AND submittedDate:[{since} TO {_rules.end_of_time}]"
            count = 0
            for page in self._turn(asked, walk, first=not since):
                count += len(page.names)
                yield page
            last = since
            if walk.last_published:
                last = walk.last_published.strftime("%Y%m%d%H%M")
            if count < self._limits.deep or last == since:
                return
            since = last

    def _turn(self, query: str, walk: _Walk, *, first: bool) -> Iterator[_Page]:
        """Turn the pages of one question, as deep as arXiv likes it.

        Every page but the first begins with the last result of the one before, which shows
        whether the listing has shifted in between.
        """
        start, walk.last_name = 0, ""
        while start < self._limits.deep:
            page = self._page(query, start)
            if first and not start:
                walk.total = page.total
            page = _without_overlap(page, walk)
            if not page.names:  # the listing became shorter while it was read
                walk.shifted = walk.shifted or start < page.total
                return
            self._note_last(page, walk)
            yield page
            start += len(page.names)
            if start >= page.total:
                return

    def _page(self, query: str, start: int) -> _Page:
        overlap = 1 if start else 0
        size = min(self._page_size + overlap, self._limits.page)
        search = _by_date(query, arxiv.SortOrder.Ascending, most=size)
        return self._ask(search, start - overlap)

    def _note_last(self, page: _Page, walk: _Walk) -> None:
        walk.last_name = page.names[-1]
        quiet = RecordReader(self._reader.now, lambda _: None)
        for paper in quiet.papers(page.entries[-1:], paper_of_result):
            walk.last_published = paper.published

    def _ask(self, search: arxiv.Search, start: int = 0) -> _Page:
        """Send a search of arxiv.py by our own client, which waits, retries and sets limits."""
        api, parameters = self._client.settings.api, _parameters(search, start)
        url = f"{api}{'&' if '?' in api else '?'}{urlencode(parameters)}"
        answer = self._client.get(
            ListingRequest(url, "application/atom+xml", check_search_page)
        )
        entries = list(xml_elements(answer.body, f"{ATOM}entry"))
        names = [single_line(entry.findtext(f"{ATOM}id")) for entry in entries]
        return _Page(_number(answer.body, b"totalResults"), entries, names)


def _by_date(query: str, order: arxiv.SortOrder, most: int) -> arxiv.Search:
    by = arxiv.SortCriterion.SubmittedDate
    return arxiv.Search(query, max_results=most, sort_by=by, sort_order=order)


def _parameters(search: arxiv.Search, start: int) -> dict[str, str | int]:
    """The parameters of the API's user manual for a search."""
    size = search.max_results or 0
    if search.id_list:
        return {"id_list": ",".join(search.id_list), "max_results": size}
    return {
        "search_query": search.query,
        "start": start,
        "max_results": size,
        "sortBy": search.sort_by.value,
        "sortOrder": search.sort_order.value,
    }


def _without_overlap(page: _Page, walk: _Walk) -> _Page:
    if not walk.last_name:
        return page
    if page.names[:1] != [walk.last_name]:
        walk.shifted = True
        return page
    return _Page(page.total, page.entries[1:], page.names[1:])


def check_search_page(body: bytes) -> None:
    """Make sure that this is a whole page of results.

    Raises:
        Garbled: HTML, a torn feed, or a page without the entries that it announces.
        BadAnswer: arXiv explains in words why it does not answer.
    """
    require_end(body, b"</feed>", "feed")
    error = _rules.error.search(body)
    if error and (refusal := _rules.summary.search(body, error.end())):
        said = answer_excerpt(refusal[1])
        raise BadAnswer(
            _("arXiv refuses the question: {said}.", said=said), excerpt=said
        )
    total, start = _number(body, b"totalResults"), _number(body, b"startIndex")
    if start < total and b"<entry" not in body:
        raise Garbled(
            f"an empty page, though {total} results are announced",
            excerpt=answer_excerpt(body),
        )
    for _entry in xml_elements(body, f"{ATOM}entry"):
        pass


def _number(body: bytes, name: bytes) -> int:
    """Read a number of the feed's head. A feed without it is none that arXiv sends."""
    found = re.search(
        rb"<(?:\w+:)?" + name + rb"[^<>]*>\s*([0-9]{1,9})\s*<", body
    )
    if not found:
        raise Garbled(
            f"a feed without {name.decode()}", excerpt=answer_excerpt(body)
        )
    return int(found[1])
