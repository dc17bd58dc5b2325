"""Topic → arXiv → records → verdicts. All of it is in the store before the topic counts as
covered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pipeline.console.events import Event
from pipeline.errors import PaperError, ServiceDown, UsageError
from pipeline.fetch.query import Window
from pipeline.paper import Paper, Topic, Verdict
from pipeline.run.services import Services
from pipeline.run.topic.topic_preferences import BACKGROUND
from pipeline.screen.versions import changes, withdrawn

LAG = timedelta(days=6)
"""How far before the end of the covered window a query begins. A paper appears in the search
between one and five days after it was submitted (over a long weekend), so the newest days of a
window are never complete.
"""


SKEW = timedelta(days=1)
"""A clock that is wrong by more than this is worth a word."""


@dataclass(frozen=True, slots=True)
class Haul:
    """What one topic's query brought."""

    topic: Topic
    window: Window
    found: int = 0
    """Papers that were not known before."""
    kept: int = 0
    updates: int = 0


def window(
    topic: Topic, services: Services, since: datetime | None, until: datetime | None
) -> Window:
    """What to ask for: what the user says, else from where the topic is covered to now.

    Raises:
        UsageError: it would end before it begins; or the clock of this machine is behind.
    """
    now = services.now().astimezone(UTC)
    _check_clock(now, services)
    if since is None:
        since = _begin(topic, now, services)
    found = Window(since, min(until or now, now))
    if found.since > found.until:
        raise UsageError(
            f"Nothing lies between {found.since:%Y-%m-%d} and {found.until:%Y-%m-%d}.",
            step="Give --since a date before --until, and not after today.",
        )
    return found


def _check_clock(now: datetime, services: Services) -> None:
    newest = services.store.papers.newest()
    if newest and newest > now + SKEW:
        raise UsageError(
            f"The clock of this machine says {now:%Y-%m-%d}, but arXiv has shown papers of {newest:%Y-%m-%d}.",
            step="Set the clock, then run again.",
        )


def _begin(topic: Topic, now: datetime, services: Services) -> datetime:
    """Where to begin: where the topic is covered to, or where a clock that can be believed said
    so.
    """
    nights, first = (
        services.store.nights,
        now - timedelta(days=services.config.arxiv.days),
    )
    covered = nights.covered(topic.name)
    if covered is None:
        return first
    end = covered[1] if covered[1] <= now else min(nights.last(now) or first, first)
    return max(covered[0], end - LAG)


def was_ahead(topic: Topic, services: Services) -> datetime | None:
    """Up to when a topic is covered according to a clock that was ahead; None when that is not
    in the future.
    """
    covered = services.store.nights.covered(topic.name)
    return covered[1] if covered and covered[1] > services.now() + SKEW else None


async def gather(topic: Topic, wanted: Window, services: Services) -> Haul:
    """Ask arXiv, keep the records, judge those that are new to the topic.

    Raises:
        ArxivDown: no usable answer; what came before it is kept, the window does not count as
            covered.
    """
    papers: dict[str, Paper] = {}
    updates = 0
    first = wanted.whole_days().since  # OAI-PMH dates papers by the day
    pages = services.search(topic, wanted)
    while page := await asyncio.to_thread(_next, pages):
        updates += _keep(page, services)
        papers.update((paper.id, paper) for paper in page if paper.published >= first)
        services.tell(Event("fetch", "done", topic=topic.name, count=len(page)))
    haul = await _judge(topic, wanted, list(papers.values()), services)
    return replace(haul, updates=updates)


def _next(pages: Iterator[Sequence[Paper]]) -> Sequence[Paper]:
    return next(pages, ())


def _keep(page: Sequence[Paper], services: Services) -> int:
    """Write a page of records; new versions of posted papers are noted. How many there were."""
    store, at = services.store, services.now()
    noted = 0
    with store.database.transaction():
        for paper in page:
            known = store.papers.get(paper.id)
            if known and known.version < paper.version:
                noted += _note(known, paper, services)
            if withdrawn(paper):
                store.papers.withdraw(paper.id)
        store.papers.add(page, at)
    return noted


def _note(old: Paper, new: Paper, services: Services) -> int:
    """A new version of a known paper: what becomes of it where it was posted."""
    store, policy = services.store, services.config.screen.versions
    day = services.now().date()
    posted = store.papers.posted(new.id)
    if policy == "review" and not withdrawn(new):
        store.papers.reopen(new.id)
    elif policy == "list" or withdrawn(new):
        for candidate in posted:
            store.posts.update(
                new.id, new.version, candidate.topic, day, changes(old, new)
            )
        return bool(posted)
    return 0


async def _judge(
    topic: Topic, wanted: Window, papers: list[Paper], services: Services
) -> Haul:
    store, at = services.store, services.now()
    known = {
        paper.id for paper in papers if store.papers.candidate(paper.id, topic.name)
    }
    gone = {paper.id for paper in papers if withdrawn(paper)}
    verdicts: Sequence[Verdict] = ()
    if len(known | gone) < len(papers):
        verdicts = await asyncio.to_thread(
            services.judge, topic, papers, store.papers.recent(BACKGROUND)
        )
    fresh = [verdict for verdict in verdicts if verdict.paper_id not in known | gone]
    fresh = await _consult(topic, fresh, papers, services)
    with store.database.transaction():
        store.papers.judge(fresh, at)
        store.nights.haul(topic.name, at.date(), len(fresh))
        store.nights.cut(topic.name, at)
        store.nights.cover(topic.name, wanted.since, wanted.until)
    kept = sum(verdict.keep for verdict in fresh)
    services.tell(
        Event(
            "screen", "done", topic=topic.name, count=len(fresh), detail=f"{kept} kept"
        )
    )
    return Haul(topic, wanted, len(fresh), kept)


async def _consult(
    topic: Topic, verdicts: list[Verdict], papers: list[Paper], services: Services
) -> list[Verdict]:
    """The verdicts with the model's word on the uncertain ones; without it where it cannot be
    had.
    """
    if services.consult is None or not verdicts:
        return verdicts
    try:
        return list(await services.consult(topic, verdicts, papers))
    except (ServiceDown, PaperError) as error:
        detail = f"{error.message} The rules decide alone."
        services.tell(Event("screen", "note", topic=topic.name, detail=detail))
        return verdicts
