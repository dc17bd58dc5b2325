"""One run: collect for every topic, review what is kept meanwhile, then write the posts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from pipeline.common.arxiv_id import ArxivId
from pipeline.console.events import Event
from pipeline.console.run_report import RunReport, Trouble
from pipeline.errors import ArxivDown, ScreenError, StoreError
from pipeline.paper import Topic
from pipeline.run.posting.publish import Published, Publisher
from pipeline.run.retention import prune, sweep
from pipeline.run.services import Services
from pipeline.run.services.topic_judge import judge_rules
from pipeline.run.services.zotero_likes import like_library
from pipeline.run.shutdown import RunStopped
from pipeline.run.topic.announcement_gaps import Gap, find_gap
from pipeline.run.topic.collect import Collected, Collector
from pipeline.run.topic.late_papers import collect_late
from pipeline.run.topic.topic_report import topic_report
from pipeline.run.workers import PaperPipeline
from pipeline.screen.announcements import DAY
from pipeline.screen.empty_run import explain
from pipeline.store.papers import TopicCandidate
from pipeline.store.posts import PostedPaper
from pipeline.store.serialization import dump_value
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the user asked of this run."""

    topics: tuple[Topic, ...]
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    """Papers a topic in this run, the best ones; 0 = all."""
    fetch: bool = True
    """False: only finish what is pending."""
    dry: bool = False
    """Only find and judge: nothing is downloaded, read, reviewed or posted."""


@dataclass
class ScreeningRun:
    """A run at work."""

    services: Services
    options: RunOptions
    gaps: dict[str, Gap] = field(default_factory=dict)
    """What each topic had not seen when the run began."""
    collector: Collector | None = None
    troubles: list[Trouble] = field(default_factory=list)
    posted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Files written, by topic."""
    pages: tuple[str, ...] = ()
    """First pages of a site that holds the posts."""
    fresh: dict[str, list[PostedPaper]] = field(default_factory=dict)
    """Papers this run shows for the first time, by topic; best first."""
    silence: dict[str, str] = field(default_factory=dict)
    """Why a topic has no news, by topic."""
    suspicions: list[Trouble] = field(default_factory=list)
    """What somebody should look at though nothing failed."""
    arxiv_down: bool = False

    def __post_init__(self) -> None:
        self.pipeline = PaperPipeline(
            self.services, self.services.config.output.language
        )

    def stop(self) -> None:
        """Finish what is in hand, save, and end."""
        self.pipeline.stop()

    async def run(self) -> RunReport:
        """Carry it out. Errors of papers and services are in the report; the others are raised.

        Raises:
            StoreError: the disk is full or cannot be written. What was done before is kept.
            UsageError: the options cannot be carried out.
        """
        store, started = self.services.store, self.services.now()
        begin = time.perf_counter()
        number = store.nights.start(started)
        store.ledger.run = number
        sweep(self.services.config.out)
        self.services.tell(Event("run", "started", detail=str(number)))
        await self._work()
        if not self.options.dry:
            await self._complete_records()
            self._post(started.date())
            self._forget()
        seconds = time.perf_counter() - begin
        report = self._report(number, started, seconds)
        store.nights.end(number, self.services.now(), dump_value(report))
        prune(self.services.config.out, self.services.config.run.keep)
        ended = Event(
            "run",
            "done",
            seconds=seconds,
            count=report.posted,
            detail=report.outcome,
        )
        self.services.tell(ended)
        return report

    async def _work(self) -> None:
        """Ask arXiv, and take papers to their reviews meanwhile."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.pipeline.run())
                tasks.create_task(self._supply())
        # Not `except*`: until Python 3.11.4 it wraps again what is raised in it.
        except BaseExceptionGroup as group:
            told, others = group.split(ScreenError)
            if told is None or others is not None:
                raise
            raise _first(told) from None

    def _report(
        self, number: int, started: datetime, seconds: float
    ) -> RunReport:
        """Say what came of the run."""
        down = [
            Trouble(str(error), error.step)
            for error in self.pipeline.down.values()
        ]
        report = RunReport(
            run=str(number),
            date=started.date(),
            started=started,
            seconds=seconds,
            topics=tuple(
                topic_report(self, topic) for topic in self.options.topics
            ),
            usage=self.services.store.ledger.usage(),
            pages=self.pages,
            troubles=(*self.troubles, *down),
            stopped=self.pipeline.stopping,
        )
        return replace(
            report,
            outcome=self._outcome(report),
            troubles=(*report.troubles, *self.suspicions),
        )

    async def _supply(self) -> None:
        """Ask arXiv, and send the best of what is wanted on its way."""
        async with asyncio.TaskGroup() as senders:
            if self.options.fetch and not self.pipeline.stopping:
                await self._like_library()
                await self._collect(senders)
            self._send(senders)
        await self.pipeline.close()

    async def _like_library(self) -> None:
        """Let the reader's library teach, before anything is judged."""
        if self.options.dry:
            return
        if error := await like_library(self.services):
            self.suspicions.append(Trouble(str(error), error.step))
            self.services.tell(Event("screen", "note", detail=error.message))

    async def _collect(self, senders: asyncio.TaskGroup) -> None:
        """Take what is announced, then fill gaps while the first papers are on their way."""
        gaps = [self._gap(topic) for topic in self.options.topics]
        collector = Collector(self.services, gaps)
        self.collector = collector
        try:
            await collector.collect_announcement()
            if not self._is_capped:
                self._send(senders)
            await collector.collect_gaps()
            if not self._is_capped:
                self._send(senders)
            await collect_late(collector, gaps)
        except RunStopped:
            return  # what came is kept, the days do not count as seen
        except ArxivDown as error:
            self.arxiv_down = True
            self.troubles.append(Trouble(str(error), error.step))
            self.services.tell(Event("fetch", "failed", detail=error.message))
            return
        for gap in gaps:
            self.silence[gap.topic.name] = self._silence(gap)

    def _send(self, senders: asyncio.TaskGroup) -> None:
        """Send the best papers of each topic to be read."""
        if self.options.dry:
            return
        for topic in self.options.topics:
            chosen, _ = self.choose(topic)
            ids = [ArxivId(candidate.paper_id) for candidate in chosen]
            senders.create_task(self.pipeline.add(ids))

    @property
    def _is_capped(self) -> bool:
        """Tell whether the best must be known before any is read."""
        return bool(self.options.limit or self.services.config.screen.limit)

    def _gap(self, topic: Topic) -> Gap:
        gap = find_gap(
            topic, self.services, self.options.since, self.options.until
        )
        self.gaps[topic.name] = gap
        if gap.clock_was:
            words = _(
                "{topic}: an earlier run's clock was ahead, at {time}.",
                topic=topic.name,
                time=gap.clock_was,
            )
            self.suspicions.append(
                Trouble(
                    words,
                    _(
                        "What it skipped was asked for again; look at the posts of that date."
                    ),
                )
            )
        return gap

    def _silence(self, gap: Gap) -> str:
        """Say why a topic has nothing new; a suspicious cause is a trouble."""
        collected = self.collected(gap.topic)
        if collected.kept or collected.updates:
            return ""
        if collected.found:
            return _("{count} new papers, none on topic", count=collected.found)
        now, topic = self.services.now(), gap.topic
        hauls = self.services.store.nights.hauls(topic.name)
        today = now.date()
        usual = [found for day, found in reversed(hauls) if day < today]
        before = gap.covered_before
        silence = explain(
            now,
            before - DAY if before else None,
            usual,
            found_today=dict(hauls).get(today, 0),
        )
        if silence.suspicious:
            self.suspicions.append(
                Trouble(
                    f"{topic.name}: {silence.words}",
                    _("Look at `{program} topics` and at arXiv."),
                )
            )
        return silence.words

    def collected(self, topic: Topic) -> Collected:
        """Give what this run has found for a topic."""
        found = self.collector.found if self.collector else {}
        return found.get(topic.name, Collected())

    def choose(
        self, topic: Topic
    ) -> tuple[list[TopicCandidate], list[TopicCandidate]]:
        """What a topic gets in full tonight and what it only names, both best first."""
        store, now = self.services.store, self.services.now()
        ready = [
            candidate
            for candidate in store.papers.wanted(topic.name)
            if not (failure := store.results.failure(candidate.paper_id))
            or (not failure.gave_up and failure.next_try <= now)
            or failure.last > now  # noted by a clock that was ahead
        ]
        cap = self.services.config.screen.limit
        if self.options.limit or not cap:
            return ready[: self.options.limit or None], []
        places = max(0, cap - len(store.posts.members(topic.name, now.date())))
        return ready[:places], ready[places:]

    async def _complete_records(self) -> None:
        """Ask once more for what records of the feed lack, before they are posted."""
        if self.collector and not self.pipeline.stopping:
            with suppress(RunStopped):
                await self.collector.complete_records()

    def _post(self, day: date) -> None:
        """Give every finished paper its place, then write all posts whose files are not written
        yet.
        """
        for topic in self.options.topics:
            chosen, beyond = self.choose(topic)
            finished = [
                (one.paper_id, version)
                for one in chosen
                if (version := self._reviewed(one)) is not None
            ]
            asides = (
                ()
                if self.pipeline.stopping
                else [one.paper_id for one in beyond]
            )
            self.services.store.posts.plan(topic.name, day, finished, asides)
            self.fresh[topic.name] = self.services.store.posts.unwritten(
                topic.name
            )
        published = self._publish(self._unwritten(day))
        self.posted = {
            topic: tuple(map(str, paths))
            for topic, paths in published.files.items()
        }
        self.pages = tuple(map(str, published.pages))
        self.troubles += [
            Trouble(error.message, error.step) for error in published.troubles
        ]

    def _forget(self) -> None:
        """Forget papers off topic that nothing needs any more."""
        services = self.services
        days = timedelta(days=services.config.run.keep_dropped)
        try:
            services.store.forgetting.forget(
                services.now() - days, judge_rules.background
            )
        except StoreError as error:  # the posts are there; tomorrow again
            self.troubles.append(Trouble(error.message, error.step))

    def _publish(self, posts: Sequence[tuple[date, str]]) -> Published:
        """Write posts, and tell how long it took."""
        begin = time.perf_counter()
        self.services.tell(Event("post", "started"))
        publisher = Publisher(self.services.config, self.services.store)
        published = publisher.publish(posts)
        seconds = time.perf_counter() - begin
        self.services.tell(Event("post", "done", seconds=seconds))
        return published

    def _reviewed(self, candidate: TopicCandidate) -> int | None:
        """The version that is ready to be posted."""
        store = self.services.store
        paper = store.papers.get(candidate.paper_id)
        if paper and store.results.has_review(
            paper.id, paper.version, self.pipeline.language
        ):
            return paper.version
        return None

    def _unwritten(self, day: date) -> list[tuple[date, str]]:
        """Planned posts, also those of a run that was killed, and tonight's of the topics with
        news.
        """
        tonight = self.services.store.posts.all(day)
        ours = {topic.name for topic in self.options.topics}
        return sorted(
            {
                *self.services.store.posts.planned(),
                *((at, name) for at, name in tonight if name in ours),
                *self._completed_posts(),
            }
        )

    def _completed_posts(self) -> set[tuple[date, str]]:
        """Give the earlier posts with papers whose comment and time are known now."""
        completed = self.collector.completed if self.collector else []
        posts = self.services.store.posts
        return {
            place for paper in completed for place in posts.with_paper(paper.id)
        }

    def _outcome(self, report: RunReport) -> Literal["done", "pending", "down"]:
        if self.arxiv_down or self.pipeline.down:
            return "down"
        return (
            "pending"
            if report.pending or report.troubles or report.stopped
            else "done"
        )


def _first(group: BaseExceptionGroup[ScreenError]) -> ScreenError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, ScreenError)  # noqa: S101 - the group holds nothing else
    return error
