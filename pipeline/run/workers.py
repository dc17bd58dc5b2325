"""Paper → PDF → Document → Review, many papers at once, bounded in memory: between the lanes
are short queues of ids.

    feed ─▶ download ─▶ read ─▶ review

A paper goes on from the last stage that is in the store. Its failure is its own; a service that
is down stops its lane.
"""

from __future__ import annotations

import asyncio
import shutil
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from pipeline.console.events import Event, Stage
from pipeline.errors import (
    BatchPending,
    BudgetReached,
    PaperError,
    ScreenError,
    ServiceDown,
    StoreError,
    UsageError,
    from_os,
)
from pipeline.paper import Paper
from pipeline.run.services import Reading, Services
from pipeline.run.shutdown import Halted

QUEUE = 16
"""Ids that wait between two lanes: enough to keep both busy, few enough that the order of worth
is kept.
"""

STOPPED = "the run was stopped before it"

Inbox = asyncio.Queue[str | None]
Step = Callable[[Paper], Awaitable[None]]


class Lanes:
    """The way of all papers of one run."""

    def __init__(
        self, services: Services, language: str, *, whatever: bool = False
    ) -> None:
        self.services = services
        self.language = language
        self.whatever = whatever
        """Review also what no topic wants: somebody asked for it by its id."""
        self.reasons: dict[str, str] = {}
        """Why a paper waits, where it has not failed itself."""
        self.down: dict[Stage, ServiceDown] = {}
        """Services that stopped answering."""
        self.stopping = False
        """Set from outside: finish what is in hand, begin nothing."""
        self._taken: set[str] = set()
        self._queues: dict[Stage, Inbox] = {
            stage: asyncio.Queue(QUEUE) for stage in ("download", "read", "review")
        }

    async def feed(self, ids: Iterable[str]) -> None:
        """Send papers on their way; one that is on it already, for another topic, goes once."""
        fresh = [
            paper_id for paper_id in dict.fromkeys(ids) if paper_id not in self._taken
        ]
        self._taken.update(fresh)
        self.services.tell(Event("review", "expected", count=len(fresh)))
        for paper_id in fresh:
            await self._queues["download"].put(paper_id)

    async def close(self) -> None:
        """No more papers will come."""
        await self._queues["download"].put(None)

    async def run(self) -> None:
        """Carry papers along until `close` and the last one's end.

        Raises:
            StoreError: the disk is full or cannot be written: nothing can go on.
            UsageError: the configuration is wrong: nothing can go on.
        """
        download, read, review = (
            self._queues[stage] for stage in ("download", "read", "review")
        )
        connections = self.services.config.arxiv.pdf_connections
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(
                self._lane("download", self._download, connections, download, read)
            )
            lanes.create_task(
                self._lane("read", self._read, self.services.readers, read, review)
            )
            lanes.create_task(
                self._lane(
                    "review", self._review, self.services.reviewers, review, None
                )
            )

        await self._send_batch()

    async def _send_batch(self) -> None:
        """Send the reviews that wait for a batch; those papers wait for a later run."""
        if self.services.send_batch is None or self.stopping:
            return
        try:
            count = await self.services.send_batch()
        except ServiceDown as error:
            self.down.setdefault("review", error)
            return
        if count:
            note = f"{count} reviews sent as a batch; a later run collects them"
            self.services.tell(Event("review", "note", detail=note))

    async def _lane(
        self, stage: Stage, step: Step, workers: int, inbox: Inbox, outbox: Inbox | None
    ) -> None:
        async def worker() -> None:
            while (paper_id := await inbox.get()) is not None:
                if await self._attempt(stage, step, paper_id) and outbox is not None:
                    await outbox.put(paper_id)
            await inbox.put(None)

        async with asyncio.TaskGroup() as crew:
            for _ in range(workers):
                crew.create_task(worker())
        if outbox is not None:
            await outbox.put(None)

    async def _attempt(self, stage: Stage, step: Step, paper_id: str) -> bool:
        """Take a paper through one stage; whether it may go on."""
        paper = self.services.store.papers.get(paper_id)
        if paper is None or not self._open(stage, paper_id):
            return False
        begin = time.perf_counter()
        try:
            await step(paper)
        except (StoreError, UsageError):
            raise
        except Halted:
            self.reasons[paper_id] = STOPPED
            return False
        except (ServiceDown, BudgetReached, BatchPending) as error:
            self._wait(stage, paper_id, error)
            return False
        except ScreenError as error:
            self._fail(stage, paper_id, error)
            return False
        except Exception as bug:  # noqa: BLE001 - one paper must not stop the others
            self.services.store.ledger.discard_paper(paper_id)
            self._fail(
                stage,
                paper_id,
                PaperError(f"unexpected {type(bug).__name__} at {_place(bug)}"),
            )
            return False
        self.services.tell(
            Event(stage, "done", paper_id, seconds=time.perf_counter() - begin)
        )
        return True

    def _open(self, stage: Stage, paper_id: str) -> bool:
        """Whether a stage still takes papers; if not, why this one waits."""
        if self.stopping:
            self.reasons[paper_id] = STOPPED
        elif stage in self.down:
            self.reasons[paper_id] = self.down[stage].message
        else:
            return True
        return False

    def _wait(self, stage: Stage, paper_id: str, error: ScreenError) -> None:
        """The paper waits through no fault of its own; a service that is down is asked no more
        in this run.

        That it is down is told once, not for each paper that was under way.
        """
        known = stage in self.down
        if isinstance(error, ServiceDown) and not error.passing:
            self.down.setdefault(stage, error)  # the first one tells the cause
        self.reasons[paper_id] = error.message
        if not known:
            self.services.tell(Event(stage, "failed", paper_id, detail=error.message))

    def _fail(self, stage: Stage, paper_id: str, error: ScreenError) -> None:
        services = self.services
        services.store.results.fail(
            paper_id, stage, error, services.now(), services.config.run.attempts
        )
        services.tell(Event(stage, "failed", paper_id, detail=error.message))

    async def _download(self, paper: Paper) -> None:
        if not self._is_read(paper) and not self.services.pdf(paper).is_file():
            self.services.pdfs.mkdir(parents=True, exist_ok=True)
            await self.services.download(paper, self.services.pdfs)

    async def _read(self, paper: Paper) -> None:
        if not self._is_read(paper):
            await self._read_pdf(paper)
        self._weigh(paper)

    async def _read_pdf(self, paper: Paper) -> None:
        reading = await self.services.read(self.services.pdf(paper))
        await asyncio.to_thread(save_pictures, reading, self.services.pictures(paper))
        self.services.store.results.save_document(
            paper.id, paper.version, reading.document, self.services.now()
        )

    def _weigh(self, paper: Paper) -> None:
        """Judge again by the institutions, which only the PDF tells."""
        services, papers = self.services, self.services.store.papers
        document = services.store.results.outline(paper.id, paper.version)
        if document is None:
            return
        for candidate in papers.wanting(paper.id):
            verdict = services.weigh(
                services.config.topic(candidate.topic), document, candidate.verdict
            )
            if verdict != candidate.verdict:
                papers.judge([verdict], services.now())

    async def _review(self, paper: Paper) -> None:
        results = self.services.store.results
        if results.has_review(paper.id, paper.version, self.language):
            return
        if not (self.whatever or self.services.store.papers.wanting(paper.id)):
            return
        document = results.document(paper.id, paper.version)
        if document is None:
            raise PaperError(
                "what was read of it is not in the store",
                step="`screen retry` reads it again.",
            )
        results.save_review(
            await self.services.review(paper, document), self.services.now()
        )

    def _is_read(self, paper: Paper) -> bool:
        """Whether its Document is in the store and its pictures are still on the disk."""
        document = self.services.store.results.outline(paper.id, paper.version)
        if document is None:
            return False
        return self.services.pictures(paper).is_dir() or not any(
            figure.file for figure in document.figures
        )


def _place(bug: Exception) -> str:
    """Where it came from. Its words may be a paper's, and those belong into no log."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def save_pictures(reading: Reading, folder: Path) -> None:
    """Write all pictures of a paper; the folder appears only when they are whole."""
    if not reading.pictures:
        return
    fresh = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, picture in reading.pictures.items():
            (fresh / name).write_bytes(picture)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise from_os(error, folder) from error
