"""One run: gather every topic, carry the kept papers to their reviews meanwhile, then write the
posts.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from pipeline.console.events import Event
from pipeline.console.run_report import RunReport, Trouble
from pipeline.errors import ArxivDown, ScreenError
from pipeline.paper import Topic
from pipeline.run.posting.publish import Publisher
from pipeline.run.retention import prune, sweep
from pipeline.run.services import Services
from pipeline.run.shutdown import Halted
from pipeline.run.topic.collect import Haul, gather, was_ahead, window
from pipeline.run.topic.topic_report import topic_report
from pipeline.run.workers import Lanes
from pipeline.screen.announcements import announcement_day
from pipeline.screen.empty_run import explain
from pipeline.store.papers import Candidate
from pipeline.store.posts import PostedPaper
from pipeline.store.serialization import dump


@dataclass(frozen=True, slots=True)
class Orders:
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
class Night:
    """A run at work."""

    services: Services
    orders: Orders
    hauls: dict[str, Haul] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    posted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Files written, by topic."""
    fresh: dict[str, list[PostedPaper]] = field(default_factory=dict)
    """Papers this run shows for the first time, by topic; best first."""
    silence: dict[str, str] = field(default_factory=dict)
    """Why a topic has no news, by topic."""
    suspicions: list[Trouble] = field(default_factory=list)
    """What somebody should look at though nothing failed."""
    arxiv_down: bool = False

    def __post_init__(self) -> None:
        self.lanes = Lanes(self.services, self.services.config.output.language)

    def stop(self) -> None:
        """Finish what is in hand, save, and end."""
        self.lanes.stopping = True

    async def run(self) -> RunReport:
        """Carry it out. Errors of papers and services are in the report; the others are raised.

        Raises:
            StoreError: the disk is full or cannot be written. What was done before is kept.
            UsageError: the orders cannot be carried out.
        """
        store, started, begin = (
            self.services.store,
            self.services.now(),
            time.perf_counter(),
        )
        store.ledger.run = number = store.nights.start(started)
        sweep(self.services.config.out)
        self.services.tell(Event("run", "started", detail=str(number)))
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.lanes.run())
                tasks.create_task(self._feed())
        except BaseExceptionGroup as group:  # not `except*`: until Python 3.11.4 it wraps again what is raised in it
            told, others = group.split(ScreenError)
            if told is None or others is not None:
                raise
            raise _first(told) from None
        if not self.orders.dry:
            self._post(started.date())
        report = RunReport(
            run=str(number),
            date=started.date(),
            started=started,
            seconds=time.perf_counter() - begin,
            topics=tuple(topic_report(self, topic) for topic in self.orders.topics),
            usage=store.ledger.usage(),
            troubles=(
                *self.troubles,
                *(
                    Trouble(str(error), error.step)
                    for error in self.lanes.down.values()
                ),
            ),
            stopped=self.lanes.stopping,
        )
        report = replace(
            report,
            outcome=self._outcome(report),
            troubles=(*report.troubles, *self.suspicions),
        )
        store.nights.end(number, self.services.now(), dump(report))
        prune(self.services.config.out, self.services.config.run.keep)
        self.services.tell(
            Event(
                "run",
                "done",
                seconds=report.seconds,
                count=report.posted,
                detail=report.outcome,
            )
        )
        return report

    async def _feed(self) -> None:
        """Topic after topic: what arXiv has, then the best of what is wanted, on its way."""
        async with asyncio.TaskGroup() as feeders:
            for topic in self.orders.topics:
                if self.orders.fetch and not self.lanes.stopping:
                    await self._gather(topic)
                chosen, _ = self.choose(topic)
                if not self.orders.dry:
                    feeders.create_task(
                        self.lanes.feed([candidate.paper_id for candidate in chosen])
                    )
        await self.lanes.close()

    async def _gather(self, topic: Topic) -> None:
        nights = self.services.store.nights
        asked = window(topic, self.services, self.orders.since, self.orders.until)
        if ahead := was_ahead(topic, self.services):
            words = (
                f"{topic.name}: an earlier run's clock was ahead, at {ahead:%Y-%m-%d}."
            )
            self.suspicions.append(
                Trouble(
                    words,
                    "What it skipped was asked for again; look at the posts of that date.",
                )
            )
        before = nights.covered(topic.name)
        if before is None and not self.orders.since:
            nights.cover(
                topic.name, asked.since, asked.since
            )  # however long arXiv is down, we begin there
        try:
            self.hauls[topic.name] = haul = await gather(topic, asked, self.services)
            self.silence[topic.name] = self._silence(topic, haul, before)
        except Halted:
            return  # what came is kept, the window does not count as covered
        except ArxivDown as error:
            self.arxiv_down = True
            self.troubles.append(Trouble(f"{topic.name}: {error}", error.step))
            self.services.tell(
                Event("fetch", "failed", topic=topic.name, detail=error.message)
            )

    def _silence(
        self, topic: Topic, haul: Haul, before: tuple[datetime, datetime] | None
    ) -> str:
        """Why a topic has nothing new, in words; a suspicious cause is a trouble."""
        if haul.kept or haul.updates:
            return ""
        if haul.found:
            return f"{haul.found} new papers, none on topic"
        now = self.services.now()
        usual = [
            found
            for day, found in self.services.store.nights.hauls(topic.name)
            if day < now.date()
        ]
        silence = explain(
            now, announcement_day(before[1]) if before else None, usual[::-1]
        )
        if silence.suspicious:
            self.suspicions.append(
                Trouble(
                    f"{topic.name}: {silence.words}",
                    "Look at `screen topics` and at arXiv.",
                )
            )
        return silence.words

    def choose(self, topic: Topic) -> tuple[list[Candidate], list[Candidate]]:
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
        if self.orders.limit or not cap:
            return ready[: self.orders.limit or None], []
        places = max(0, cap - len(store.posts.members(topic.name, now.date())))
        return ready[:places], ready[places:]

    def _post(self, day: date) -> None:
        """Give every finished paper its place, then write all posts whose files are not written
        yet.
        """
        for topic in self.orders.topics:
            chosen, beyond = self.choose(topic)
            finished = [
                (one.paper_id, version)
                for one in chosen
                if (version := self._reviewed(one)) is not None
            ]
            asides = () if self.lanes.stopping else [one.paper_id for one in beyond]
            self.services.store.posts.plan(topic.name, day, finished, asides)
            self.fresh[topic.name] = self.services.store.posts.unwritten(topic.name)
        published = Publisher(self.services.config, self.services.store).publish(
            self._unwritten(day)
        )
        self.posted = {
            topic: tuple(map(str, paths)) for topic, paths in published.files.items()
        }
        self.troubles += [
            Trouble(error.message, error.step) for error in published.troubles
        ]

    def _reviewed(self, candidate: Candidate) -> int | None:
        """The version that is ready to be posted."""
        store = self.services.store
        paper = store.papers.get(candidate.paper_id)
        if paper and store.results.has_review(
            paper.id, paper.version, self.lanes.language
        ):
            return paper.version
        return None

    def _unwritten(self, day: date) -> list[tuple[date, str]]:
        """Planned posts, also those of a run that was killed, and tonight's of the topics with
        news.
        """
        tonight = self.services.store.posts.all(day)
        ours = {topic.name for topic in self.orders.topics}
        return sorted(
            {
                *self.services.store.posts.planned(),
                *((at, name) for at, name in tonight if name in ours),
            }
        )

    def _outcome(self, report: RunReport) -> Literal["done", "pending", "down"]:
        if self.arxiv_down or self.lanes.down:
            return "down"
        return (
            "pending" if report.pending or report.troubles or report.stopped else "done"
        )


def _first(group: BaseExceptionGroup[ScreenError]) -> ScreenError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, ScreenError)  # noqa: S101 - the group holds nothing else
    return error
