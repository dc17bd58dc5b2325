"""Records by OAI-PMH, day by day, in the form that has the versions with their dates.

Format: https://info.arxiv.org/help/oa/index.html; protocol:
https://www.openarchives.org/OAI/openarchivesprotocol.html. Of the forms that arXiv offers only
`arXivRaw` lists versions: in the form `arXiv` `created` is the date of the newest one. The first
byte of a listing takes up to three minutes; past that arXiv's edge answers 503 with
`Retry-After: 0`, and the same request is quick then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from pipeline.common.dates import in_utc
from pipeline.common.retry import Garbled
from pipeline.errors import BadAnswer
from pipeline.fetch.author_list import read_authors
from pipeline.fetch.listing_client import (
    ListingClient,
    ListingRequest,
    answer_excerpt,
)
from pipeline.fetch.query import archive_of
from pipeline.fetch.record_xml import (
    RecordReader,
    UnusableRecord,
    read_id,
    require_end,
    single_line,
    xml_elements,
)
from pipeline.paper import Paper
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class OaiRules:
    """Namespaces and groups of OAI-PMH."""

    oai: str = "{http://www.openarchives.org/OAI/2.0/}"
    raw: str = "{http://arxiv.org/OAI/arXivRaw/}"
    own_groups: frozenset[str] = frozenset(
        {"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"}
    )
    """Archives that are groups of their own. All others are in the group `physics`."""


_rules = OaiRules()


_RECORD, _TOKEN = f"{_rules.oai}record", f"{_rules.oai}resumptionToken"


@dataclass(frozen=True, slots=True)
class HarvestLimits:
    """How OAI-PMH is asked."""

    first_byte: float = 240.0
    """Seconds. 29 to 183 were measured in 2026."""
    sets_of_archive: int = 2
    """Categories of one archive that are asked for one by one; from more on, all of it at once,
    since each listing takes minutes.
    """
    walks: int = 3
    """Beginnings of a listing. arXiv forgets a resumptionToken at midnight UTC."""
    idle_pages: int = 2
    """Pages in a row without a record that is new, until the listing counts as stuck."""


harvest_limits = HarvestLimits()


class OaiPmh:
    """arXiv's OAI-PMH service."""

    def __init__(self, client: ListingClient, reader: RecordReader) -> None:
        self._client, self._reader = client, reader

    def days(
        self, categories: Iterable[str], first: date, last: date
    ) -> Iterator[list[Paper]]:
        """Give the records of these categories that were changed on each day, a page at a time.

        Raises:
            ArxivDown: no answer, or the service asks to be left alone.
            BadAnswer: something else than a listing, a refusal, or a listing that does not end.
        """
        sets = sets_of(categories)
        day = first
        while day <= last:
            for set_ in sets:
                yield from self.pages(set_, day, day)
            day += timedelta(days=1)

    def pages(
        self, set_: str, first: date, last: date
    ) -> Iterator[list[Paper]]:
        """Give every record of a set that was changed on these days, each once.

        Raises:
            ArxivDown, BadAnswer: as for `days`.
        """
        question = {"verb": "ListRecords", "metadataPrefix": "arXivRaw"}
        question |= {"from": f"{first}", "until": f"{last}", "set": set_}
        seen: set[str] = set()
        for _walk_number in range(harvest_limits.walks):
            try:
                yield from self._walk(question, seen)
            except _TokenForgotten:
                continue
            return
        raise BadAnswer(
            _(
                "arXiv's OAI-PMH service keeps forgetting where the listing stood."
            ),
            url=self._client.settings.oai,
        )

    def _walk(
        self, question: dict[str, str], seen: set[str]
    ) -> Iterator[list[Paper]]:
        """Turn the pages of a listing; `seen` grows by the records that are given."""
        progress = _Progress()
        while question:
            records, token = self._page(question)
            progress.note(set(records), token)
            fresh = [one for name, one in records.items() if name not in seen]
            seen.update(records)
            yield list(self._reader.papers(fresh, paper_of_record))
            question = {}
            if token:
                question = {"verb": "ListRecords", "resumptionToken": token}

    def _page(self, question: dict[str, str]) -> tuple[dict[str, Any], str]:
        """Give the records of a page that hold a paper, by name, and the next page's token."""
        base = self._client.settings.oai
        request = ListingRequest(
            f"{base}?{urlencode(question)}",
            "text/xml, application/xml",
            check_listing,
            first_byte=harvest_limits.first_byte,
        )
        answer = self._client.get(request)
        records: dict[str, Any] = {}
        token = ""
        for element in xml_elements(answer.body, _RECORD, _TOKEN):
            if element.tag == _TOKEN:
                token = single_line(element.text)
            # a record without metadata is one that was deleted
            elif element.find(f"{_rules.oai}metadata") is not None:
                records[_identifier(element)] = element
        return records, token


class _Progress:
    """Whether a listing advances from page to page."""

    def __init__(self) -> None:
        self._tokens: set[str] = set()
        self._names: set[str] = set()
        self._idle = 0

    def note(self, names: set[str], token: str) -> None:
        """Take a page.

        Raises:
            BadAnswer: its token came before, or page after page holds nothing new.
        """
        is_new = bool(names - self._names)
        self._idle = 0 if is_new else self._idle + 1
        is_stuck = bool(token) and self._idle >= harvest_limits.idle_pages
        if is_stuck or token in self._tokens:
            raise BadAnswer(
                _("arXiv's OAI-PMH listing does not advance."), token=token
            )
        self._tokens.add(token)
        self._names |= names


class _TokenForgotten(Exception):
    """The listing must be begun again."""


def sets_of(categories: Iterable[str]) -> list[str]:
    """Give the narrowest sets of OAI-PMH that hold these categories and archives.

    A set is group:archive:CLASS, group:archive for an archive without classes (hep-th), or the
    group for all of an archive that is one itself (cs).
    """
    wanted: dict[str, list[str]] = {}
    for category in categories:
        named = wanted.setdefault(archive_of(category), [])
        named.append(category)
    sets = [_sets(archive, named) for archive, named in wanted.items()]
    return [one for some in sets for one in some]


def _sets(archive: str, categories: list[str]) -> list[str]:
    whole = archive if archive in _rules.own_groups else f"physics:{archive}"
    if (
        archive in categories
        or len(categories) > harvest_limits.sets_of_archive
    ):
        return [whole]
    group = f"{archive}:{archive}" if archive in _rules.own_groups else whole
    return [f"{group}:{name.partition('.')[2]}" for name in categories]


def check_listing(body: bytes) -> None:
    """Make sure that this is a whole page of records.

    Raises:
        Garbled: HTML, or a torn page.
        BadAnswer: the service explains why it does not answer.
    """
    require_end(body, b"</OAI-PMH>", "page")
    for error in xml_elements(body, f"{_rules.oai}error"):
        code = error.get("code", "")
        if code == "badResumptionToken":
            raise _TokenForgotten
        if code != "noRecordsMatch":
            said = answer_excerpt((error.text or code).encode())
            raise BadAnswer(
                _("arXiv's OAI-PMH service refuses: {said}.", said=said),
                code=code,
            )
    if b"<OAI-PMH" not in body:
        raise Garbled(
            "a page without its beginning", excerpt=answer_excerpt(body)
        )


def _identifier(record: Any) -> str:
    return single_line(
        record.findtext(f"{_rules.oai}header/{_rules.oai}identifier")
    )


def paper_of_record(record: Any) -> Paper:
    """Give the paper of a record, in its newest version.

    Raises:
        UnusableRecord: it has no arXiv id, no category, or no version with a date.
    """
    source = record.find(f"{_rules.oai}metadata/{_rules.raw}arXivRaw")
    if source is None:
        raise UnusableRecord("a record that is not in the form arXivRaw")

    def text(name: str) -> str:
        """Give the text of a child on one line."""
        return single_line(source.findtext(f"{_rules.raw}{name}"))

    found = read_id(text("id"))
    versions = dict(_versions(source))
    categories = dict.fromkeys(text("categories").split())
    if not versions or not categories:
        raise UnusableRecord(f"{found.id} has no version or no category")
    first, newest = min(versions), max(versions)
    return Paper(
        id=found.id,
        version=newest,
        title=text("title"),
        abstract=text("abstract"),
        authors=read_authors(text("authors")),
        categories=tuple(categories),
        published=versions[first],
        updated=versions[newest],
        comment=text("comments"),
        journal_ref=text("journal-ref"),
        doi=text("doi"),
    )


def _versions(source: Any) -> Iterator[tuple[int, datetime]]:
    """Give the number of each version and when it was submitted."""
    for version in source.iterfind(f"{_rules.raw}version"):
        stated = version.get("version", "")
        number = re.fullmatch(r"v([1-9][0-9]{0,3})", stated)
        if number:
            yield int(number[1]), _submitted(version)


def _submitted(version: Any) -> datetime:
    """Read the date of a version as UTC.

    Raises:
        UnusableRecord: that is none.
    """
    stated = single_line(version.findtext(f"{_rules.raw}date"))
    try:
        return in_utc(parsedate_to_datetime(stated))
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise UnusableRecord(f"{stated[:40]!a} is no date") from error
