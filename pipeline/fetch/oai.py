"""The same records by OAI-PMH, for nights on which the search API throttles past the limit.

OAI-PMH knows sets and days, not phrases, so a night's records of the archives concerned are
listed and matched here.
Format: https://info.arxiv.org/help/oa/index.html; protocol:
https://www.openarchives.org/OAI/openarchivesprotocol.html.

`metadataPrefix=arXiv` has the authors as the search API gives them, but days for times and no
version numbers: a paper without `<updated>`, or with one of the day it was created, is version
1; of a replaced one is known only that it is at least version 2, and that is what it is given.
`arXivRaw` has the versions, but the authors as TeX, and a night's new papers are hardly ever
replaced already. The search API corrects the version when it is next asked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from pipeline.common.retry import Garbled
from pipeline.errors import BadAnswer
from pipeline.fetch.api import one_line
from pipeline.fetch.listing_client import Service, excerpt
from pipeline.fetch.query import Window, matches
from pipeline.paper import ARXIV_ID, Paper, Topic

OAI = "{http://www.openarchives.org/OAI/2.0/}"
ARXIV = "{http://arxiv.org/OAI/arXiv/}"

OWN_SETS = frozenset({"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"})
"""Archives that are sets of their own. All others are subsets of `physics`: physics:hep-th."""

WALKS = 3
"""Beginnings of a listing. arXiv forgets a resumptionToken after a while."""


class Oai(Service):
    """arXiv's OAI-PMH service."""

    accept = "text/xml, application/xml"

    def search(self, topic: Topic, window: Window) -> Iterator[Paper]:
        """The papers that the search API would find for this topic, by whole days of UTC.

        Nothing is asked for the end of the window: a paper of that time may have been changed
        since, and a record is listed under the day of its last change only.

        Raises:
            ArxivDown: no answer, or throttled past the limit.
            BadAnswer: something else than a listing, or a refusal.
        """
        wide = window.whole_days()
        wanted = matches(topic, wide)
        given: set[str] = set()
        for set_ in sets_of(topic.categories):
            for paper in self.records(since=wide.since.date(), set_=set_):
                if paper.id not in given and wanted(paper):
                    given.add(paper.id)
                    yield paper

    def records(
        self, *, since: date, until: date | None = None, set_: str = ""
    ) -> Iterator[Paper]:
        """Every record of a set ("" is all of arXiv) that was changed on these days, page by
        page, each once.

        Raises:
            ArxivDown, BadAnswer: as for `search`.
        """
        question = {
            "verb": "ListRecords",
            "metadataPrefix": "arXiv",
            "from": since.isoformat(),
        }
        question |= {"until": until.isoformat()} if until else {}
        question |= {"set": set_} if set_ else {}
        seen: set[str] = set()
        for _ in range(WALKS):
            try:
                for paper in self._walk(question):
                    if paper.id not in seen:
                        seen.add(paper.id)
                        yield paper
            except _TokenForgotten:
                continue
            return
        raise BadAnswer(
            "arXiv's OAI-PMH service keeps forgetting where the listing stood.",
            url=self._settings.oai,
        )

    def _walk(self, question: dict[str, str]) -> Iterator[Paper]:
        while question:
            body = self._get(
                f"{self._settings.oai}?{urlencode(question)}", check_listing
            )
            token = ""
            for element in _elements(body):
                if element.tag == f"{OAI}resumptionToken":
                    token = one_line(element.text)
                elif paper := paper_of(element):
                    yield paper
                element.clear()
            question = (
                {"verb": "ListRecords", "resumptionToken": token} if token else {}
            )


class _TokenForgotten(Exception):
    """The listing must be begun again."""


def sets_of(categories: Iterable[str]) -> list[str]:
    """The OAI-PMH sets that hold these categories; all of arXiv, the set "", without categories."""
    archives = dict.fromkeys(category.partition(".")[0] for category in categories)
    return [
        archive if archive in OWN_SETS else f"physics:{archive}" for archive in archives
    ] or [""]


def check_listing(body: bytes) -> None:
    """Is this a whole page of records?

    Raises:
        Garbled: HTML, or a torn page.
        BadAnswer: the service explains why it does not answer.
    """
    if not body.rstrip().endswith(b"</OAI-PMH>"):
        kind = "an HTML page" if b"<html" in body[:1000].lower() else "a torn page"
        raise Garbled(f"{kind} in place of records", excerpt=excerpt(body))
    for error in _elements(body, "error"):
        code = error.get("code", "")
        if code == "badResumptionToken":
            raise _TokenForgotten
        if code != "noRecordsMatch":
            raise BadAnswer(
                f"arXiv's OAI-PMH service refuses: {excerpt((error.text or code).encode())}.",
                code=code,
            )


def _elements(body: bytes, *names: str) -> Iterator[Any]:
    """Elements as they are read; entities stay unresolved and nothing is loaded from elsewhere.

    Raises:
        BadAnswer: that is not XML.
    """
    tags = [f"{OAI}{name}" for name in names or ("record", "resumptionToken")]
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
        raise BadAnswer(
            f"arXiv's OAI-PMH service sends broken XML: {error}.", excerpt=excerpt(body)
        ) from error


def paper_of(record: Any) -> Paper | None:
    """The paper of a `<record>`; None for a deleted one.

    Raises:
        BadAnswer: it has no arXiv id, or no date.
    """
    source = record.find(f"{OAI}metadata/{ARXIV}arXiv")
    if source is None:
        return None

    def text(name: str) -> str:
        return one_line(source.findtext(f"{ARXIV}{name}"))

    created = _day(text("created"))
    updated = _day(text("updated") or text("created"))
    if not ARXIV_ID.fullmatch(text("id")) or not created or not updated:
        raise BadAnswer(
            "arXiv's OAI-PMH service sends a record without id or date.",
            excerpt=text("id"),
        )
    return Paper(
        id=text("id"),
        version=1 if updated.date() == created.date() else 2,
        title=text("title"),
        abstract=text("abstract"),
        authors=tuple(
            filter(None, map(_name, source.iterfind(f"{ARXIV}authors/{ARXIV}author")))
        ),
        categories=tuple(dict.fromkeys(text("categories").split())),
        published=created,
        updated=updated,
        comment=text("comments"),
        journal_ref=text("journal-ref"),
        doi=text("doi"),
    )


def _name(author: Any) -> str:
    """As the search API writes names: forenames, keyname, suffix."""
    return one_line(
        " ".join(
            author.findtext(f"{ARXIV}{part}") or ""
            for part in ("forenames", "keyname", "suffix")
        )
    )


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
