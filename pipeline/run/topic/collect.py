"""arXiv → records → verdicts, for all topics of a run at once.

First what was announced last, from the feed; then what is missing of earlier announcements. All
of a source's papers, their verdicts and the days that count as seen are written in one
transaction.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from pipeline.config import ListingSource
from pipeline.console.events import Event
from pipeline.errors import ArxivDown, PaperError, ServiceDown
from pipeline.fetch.announcements_feed import Announcement
from pipeline.fetch.query import (
    Window,
    is_listed_in,
    join_categories,
    topic_categories,
)
from pipeline.paper import Paper, Topic, Verdict
from pipeline.run.services import Services
from pipeline.run.services.topic_judge import judge_rules
from pipeline.run.topic.announcement_gaps import (
    Gap,
    feed_day,
    final_days,
    gap_limits,
    without_days,
)
from pipeline.screen.versions import changes, withdrawn

Item = TypeVar("Item")


@dataclass(slots=True)
class Collected:
    """What a run has found for one topic."""

    found: int = 0
    """Papers that were not known before."""
    kept: int = 0
    updates: int = 0
    """New versions of papers that the topic has posted."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source has brought."""

    candidates: Mapping[str, Sequence[Paper]]
    """Papers to be judged, by topic."""
    versions: Sequence[Paper]
    """Papers that may be new versions of known ones."""
    seen: Mapping[str, Sequence[date]]
    """Announcements that a topic has seen whole with this, by topic."""
    lacks_late: frozenset[str] = frozenset()
    """Topics that lack papers of these announcements submitted long before."""
    lacks_details: bool = False
    """True for records of the feed: no comment, no time of submission."""

    def papers(self) -> dict[str, Paper]:
        """Give all candidates by id."""
        found: dict[str, Paper] = {}
        for papers in self.candidates.values():
            for paper in papers:
                found[paper.id] = paper
        return found


@dataclass
class Collector:
    """Asks arXiv for all topics of one run."""

    services: Services
    gaps: list[Gap]
    """What is missing; less and less, as it is found."""
    found: dict[str, Collected] = field(default_factory=dict)
    """By topic; only those that were asked for."""
    completed: list[Paper] = field(default_factory=list)
    """Papers of earlier runs whose comment and time are known now."""

    async def collect_announcement(self) -> None:
        """Take what the feed announces; without it, the day stays missing."""
        gaps = [gap for gap in self.gaps if gap.takes_latest]
        if not gaps:
            return
        categories = join_categories(gap.topic for gap in gaps)
        found = await asyncio.to_thread(
            self.services.searcher.announcement, categories, self._is_read
        )
        if found is None:
            return
        self.tell_fetched(len(found.papers))
        await self.take_in(self._batch_of(found, gaps))
        if found.whole:
            self.gaps = [without_days(gap, [found.day]) for gap in self.gaps]

    async def collect_gaps(self) -> None:
        """Ask for what is missing.

        Raises:
            ArxivDown: no source answers. What came before is taken; the days stay missing.
        """
        gaps = [gap for gap in self.gaps if gap.is_open]
        if not gaps:
            return
        papers: dict[str, Paper] = {}
        try:
            source = await self._list(gaps, papers)
        except ArxivDown:
            await self.take_in(batch_of_listing(papers.values(), gaps))
            raise
        now = self.services.now()
        seen = {gap.topic.name: final_days(gap, now) for gap in gaps}
        batch = batch_of_listing(papers.values(), gaps)
        lacking = self._lacking_late(gaps, source)
        await self.take_in(replace(batch, seen=seen, lacks_late=lacking))

    async def complete_records(self) -> None:
        """Fill what records of the feed still lack, if the search API can be asked now."""
        pending = self.services.store.papers.incomplete()
        details = await self._details(pending)
        with self.services.store.database.transaction():
            self._complete(pending, details)

    def _is_read(self, day: date) -> bool:
        coverage = self.services.store.coverage
        names = [gap.topic.name for gap in self.gaps if gap.takes_latest]
        return all(day in coverage.days(name) for name in names)

    def _is_plausible(self, gap: Gap, day: date) -> bool:
        """Tell whether a day may be one of a topic's announcements.

        A feed may be dated before the topic began, or in the future: its papers count, its day
        does not.
        """
        if day in gap.days:
            return True
        seen = self.services.store.coverage.days(gap.topic.name)
        latest = feed_day(self.services.now()) + gap_limits.clock_skew
        return bool(seen) and min(seen) <= day <= latest

    def _batch_of(self, found: Announcement, gaps: Sequence[Gap]) -> Batch:
        """Give each topic what is announced in its categories."""
        first = [one.paper for one in found.papers if one.is_first]
        candidates = {
            gap.topic.name: _of_topic(gap.topic, first) for gap in gaps
        }
        versions = [one.paper for one in found.papers]
        seen = {
            gap.topic.name: [found.day]
            for gap in gaps
            if found.whole and self._is_plausible(gap, found.day)
        }
        return Batch(candidates, versions, seen, lacks_details=True)

    def _lacking_late(
        self, gaps: Sequence[Gap], source: ListingSource
    ) -> frozenset[str]:
        """Name the topics whose late papers OAI-PMH can still tell."""
        if source == "oai" or not self.services.searcher.lists_changes:
            return frozenset()
        return frozenset(gap.topic.name for gap in gaps if gap.may_lack_late)

    async def _list(
        self, gaps: Sequence[Gap], papers: dict[str, Paper]
    ) -> ListingSource:
        """Ask for the gaps of all topics together; the source that answered to the end.

        `papers` takes the newest versions by id.
        """
        store = self.services.store
        since = min(gap.window.since for gap in gaps)
        until = max(gap.window.until for gap in gaps)
        pages = self.services.searcher.listing(
            join_categories(gap.topic for gap in gaps),
            Window(since, until),
            changed_since=min(gap.changed_since for gap in gaps),
            updates=any(
                store.papers.has_posted(gap.topic.name) for gap in gaps
            ),
        )
        source: ListingSource = "api"
        async for page in next_in_thread(pages):
            source = page.source
            self.tell_fetched(len(page.papers))
            for paper in page.papers:
                known = papers.get(paper.id)
                if known is None or known.version < paper.version:
                    papers[paper.id] = paper
        return source

    def tell_fetched(self, count: int) -> None:
        """Tell how many papers have come."""
        self.services.tell(Event("fetch", "done", count=count))

    async def take_in(self, batch: Batch) -> None:
        """Judge a batch, fill what its kept papers lack, and write all of it."""
        topics = [
            gap.topic for gap in self.gaps if gap.topic.name in batch.candidates
        ]
        verdicts: list[Verdict] = []
        for topic in topics:
            verdicts += await self._judge(topic, batch)
        pending = self.services.store.papers.incomplete()
        lacking: list[Paper] = []
        if batch.lacks_details:
            papers = batch.papers()
            kept = [papers[one] for one in _kept_ids(verdicts)]
            lacking = [*pending, *kept, *self._new_versions(batch, posted=True)]
        details = await self._details(lacking)
        with self.services.store.database.transaction():
            self._complete(pending, details)
            self._write(batch, topics, verdicts, details)

    async def _judge(self, topic: Topic, batch: Batch) -> Sequence[Verdict]:
        """Judge the candidates of a topic that it does not know."""
        services, papers = self.services, self.services.store.papers
        wanted = []
        for paper in batch.candidates[topic.name]:
            is_known = papers.candidate(paper.id, topic.name) is not None
            if not is_known and not withdrawn(paper):
                wanted.append(paper)
        verdicts: Sequence[Verdict] = ()
        if wanted:
            background = papers.recent(judge_rules.background)
            verdicts = await asyncio.to_thread(
                services.judge.judge, topic, wanted, background
            )
            verdicts = await self._ask_model(topic, verdicts, wanted)
        ended = Event(
            "screen",
            "done",
            topic=topic.name,
            count=len(verdicts),
            detail=f"{len(_kept_ids(verdicts))} kept",
        )
        services.tell(ended)
        return verdicts

    async def _ask_model(
        self, topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Give the verdicts with the model's word; without it where it cannot be had."""
        try:
            return await self.services.judge.ask_model(topic, verdicts, papers)
        except (ServiceDown, PaperError) as error:
            detail = f"{error.message} The rules decide alone."
            self.services.tell(
                Event("screen", "note", topic=topic.name, detail=detail)
            )
            return verdicts

    async def _details(self, papers: Iterable[Paper]) -> dict[str, Paper]:
        """Give the records of the search API by id, as far as it can be asked now."""
        wanted = list({paper.versioned_id: paper for paper in papers}.values())
        found: dict[str, Paper] = {}
        if not wanted:
            return found
        records = self.services.searcher.complete(wanted)
        with suppress(ArxivDown):  # a later run asks again
            async for paper in next_in_thread(records):
                found[paper.id] = paper
        return found

    def _complete(
        self, pending: Sequence[Paper], details: Mapping[str, Paper]
    ) -> None:
        """Fill the records of earlier runs."""
        store = self.services.store
        for paper in pending:
            if paper.id in details:
                whole = _with_details(paper, details[paper.id])
                store.papers.complete(whole)
                self._withdraw(whole)
                self.completed.append(whole)

    def _write(
        self,
        batch: Batch,
        topics: Sequence[Topic],
        verdicts: Sequence[Verdict],
        details: Mapping[str, Paper],
    ) -> None:
        """Write a batch; the caller has opened the transaction."""
        store, at = self.services.store, self.services.now()
        updates = self._note_versions(batch, details)
        papers = batch.papers()
        judged = sorted({verdict.paper_id for verdict in verdicts})
        whole = [_with_details(papers[one], details.get(one)) for one in judged]
        store.papers.add(whole, at)
        store.papers.judge(verdicts, at)
        if batch.lacks_details:
            lacking = [one for one in _kept_ids(verdicts) if one not in details]
            store.papers.note_incomplete(papers[one] for one in lacking)
        for paper in (*whole, *papers.values()):
            self._withdraw(paper)
        for topic in topics:
            self._count(topic, batch, verdicts, updates[topic.name])

    def _count(
        self,
        topic: Topic,
        batch: Batch,
        verdicts: Sequence[Verdict],
        updates: int,
    ) -> None:
        store, at = self.services.store, self.services.now()
        mine = [verdict for verdict in verdicts if verdict.topic == topic.name]
        store.nights.haul(topic.name, at.date(), len(mine))
        store.coverage.mark(
            topic.name,
            batch.seen.get(topic.name, ()),
            lacks_late=topic.name in batch.lacks_late,
        )
        counted = self.found.setdefault(topic.name, Collected())
        counted.found += len(mine)
        counted.kept += len(_kept_ids(mine))
        counted.updates += updates

    def _withdraw(self, paper: Paper) -> None:
        if withdrawn(paper):
            self.services.store.papers.withdraw(paper.id)

    def _new_versions(
        self, batch: Batch, *, posted: bool = False
    ) -> list[Paper]:
        """Give the papers of a batch that are newer than what is known of them."""
        papers = self.services.store.papers
        found = []
        for one in batch.versions:
            known = papers.get(one.id)
            if known is None or known.version >= one.version:
                continue
            if not posted or papers.posted(one.id):
                found.append(one)
        return found

    def _note_versions(
        self, batch: Batch, details: Mapping[str, Paper]
    ) -> Counter[str]:
        """Write new versions of known papers; how many of posted ones, by topic."""
        store, at = self.services.store, self.services.now()
        noted: Counter[str] = Counter()
        for listed in self._new_versions(batch):
            old = store.papers.get(listed.id)
            if old is None:
                continue
            bare = _after(old, listed, batch)
            new = _with_details(bare, details.get(listed.id))
            store.papers.add([new], at)
            noted.update(self._note_version(old, new))
            self._withdraw(new)
            if batch.lacks_details and listed.id not in details:
                store.papers.note_incomplete([new])
        return noted

    def _note_version(self, old: Paper, new: Paper) -> list[str]:
        """Do with a new version what the configuration says; the topics that list it."""
        store, policy = (
            self.services.store,
            self.services.config.screen.versions,
        )
        topics = [one.topic for one in store.papers.posted(new.id)]
        if policy == "review" and not withdrawn(new):
            store.papers.reopen(new.id)
            return []
        if policy == "silent" and not withdrawn(new):
            return []
        day = self.services.now().date()
        for topic in topics:
            store.posts.update(
                new.id, new.version, topic, day, changes(old, new)
            )
        return topics


async def next_in_thread(items: Iterator[Item]) -> AsyncIterator[Item]:
    """Give items that are waited for in a thread, so that the others of the run go on."""
    while (item := await asyncio.to_thread(next, items, None)) is not None:
        yield item


def _kept_ids(verdicts: Sequence[Verdict]) -> list[str]:
    kept = {verdict.paper_id for verdict in verdicts if verdict.keep}
    return sorted(kept)


def _of_topic(topic: Topic, papers: Iterable[Paper]) -> list[Paper]:
    categories = topic_categories(topic)
    return [one for one in papers if is_listed_in(one.categories, categories)]


def batch_of_listing(papers: Iterable[Paper], gaps: Sequence[Gap]) -> Batch:
    """Give each topic what it may be missing; the others may be new versions."""
    listed = list(papers)
    candidates = {}
    for gap in gaps:
        submitted = [one for one in listed if one.published in gap.wanted]
        candidates[gap.topic.name] = _of_topic(gap.topic, submitted)
    return Batch(candidates, listed, seen={})


def _after(old: Paper, listed: Paper, batch: Batch) -> Paper:
    """Give a new version of a known paper; what the feed lacks is taken from the old one."""
    if not batch.lacks_details:
        return listed
    return replace(
        listed,
        published=old.published,
        comment=old.comment,
        journal_ref=listed.journal_ref or old.journal_ref,
        doi=listed.doi or old.doi,
    )


def _with_details(paper: Paper, found: Paper | None) -> Paper:
    """Fill a record of the feed; of another version only what holds for all is taken."""
    if found is None:
        return paper
    if found.version == paper.version:
        return found
    return replace(
        paper, published=found.published, comment=paper.comment or found.comment
    )
