"""The archive: everything kept or posted, searched and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.config import Config
from pipeline.paper import Entry, Verdict
from pipeline.render.html.cards import Card, card_of, plain_card
from pipeline.render.html.paper_page import unread
from pipeline.screen.topics.chinese_names import (
    is_chinese,
    translate_chinese,
)
from pipeline.store import Store
from pipeline.store.search_index import SearchFilter

PAGE = 30
"""Cards of one page."""


@dataclass(frozen=True, slots=True)
class ArchiveQuery:
    """What is asked of the archive, as the address of the page says."""

    words: str = ""
    topic: str = ""
    since: str = ""
    until: str = ""
    author: str = ""
    institution: str = ""
    rating: str = ""
    page: int = 1


def read_archive_query(query: Mapping[str, str]) -> ArchiveQuery:
    """Read it from an address; what is not understood is left out."""
    page = query.get("page", "")
    return ArchiveQuery(
        words=query.get("q", "")[:200],
        topic=query.get("topic", ""),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        author=query.get("author", "").strip()[:100],
        institution=query.get("institution", "").strip()[:100],
        rating=query.get("rating", "")
        if query.get("rating") in ("keep", "skip")
        else "",
        page=int(page)
        if page.isascii() and page.isdigit() and len(page) < 5  # noqa: PLR2004
        else 1,
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of what is found."""

    cards: list[Card]
    has_more: bool
    english: str = ""
    """Words that were looked for in place of Chinese ones that nothing holds."""


def search_archive(
    store: Store, config: Config, asked: ArchiveQuery, language: str
) -> ArchivePage:
    """Give a page of what is found.

    Where nothing holds Chinese words, as with reviews without a model, their English is looked
    for, as the thesaurus of topics has it.
    """
    store.search.refresh()
    only = SearchFilter(
        topic=asked.topic,
        since=date.fromisoformat(asked.since) if asked.since else None,
        until=date.fromisoformat(asked.until) if asked.until else None,
        author=asked.author,
        institution=asked.institution,
        rating=asked.rating,
    )
    start = (max(1, asked.page) - 1) * PAGE
    found = store.search.find(asked.words, only, PAGE + 1, start)
    english = ""
    if not found and not start:
        english = _english_of(asked.words)
        found = store.search.find(english, only, PAGE) if english else []
    cards = [
        _card(store, config, paper_id, language) for paper_id in found[:PAGE]
    ]
    shown = [card for card in cards if card]
    return ArchivePage(shown, len(found) > PAGE, english if found else "")


def _english_of(words: str) -> str:
    """Chinese words in English; "" where one of them is not known."""
    told = translate_chinese(words)
    known = is_chinese(words) and not told.unknown
    return told.english if known else ""


def _card(
    store: Store, config: Config, paper_id: str, language: str
) -> Card | None:
    """The card of a paper, from its review where there is one."""
    paper = store.papers.get(paper_id)
    if paper is None:
        return None
    verdicts = [one.verdict for one in store.papers.seen_by(paper_id)]
    verdict = max(verdicts, key=lambda one: one.score, default=None)
    verdict = verdict or Verdict(paper_id, "", 0.0, keep=False)
    held = store.results.outline(paper_id, paper.version) or unread
    wanted = config.output.language
    review = store.results.review(paper_id, wanted) or store.results.review(
        paper_id
    )
    day = paper.published.date()
    if review is None:
        return plain_card(paper, verdict, held, day, language)
    return card_of(Entry(paper, verdict, held, review), day, language)
