"""Paper → PDF → Document → Review, many papers at once.

    add ─▶ download ─▶ read ─▶ review

Memory is bounded, since between the stages are short queues of ids. A paper goes on from the last
stage that is in the store. Its failure is its own; a service that is down stops its stage.
"""

from __future__ import annotations

import asyncio
import shutil
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.common.arxiv_id import ArxivId
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
from pipeline.run.services import PdfContents, Services
from pipeline.run.shutdown import RunStopped
from pipeline.translation import gettext as _
from pipeline.translation import mark


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """How papers are worked on side by side."""

    queue: int = 16
    """Ids that wait between two stages: enough to keep both busy, few enough that the order of
    worth is kept.
    """
    grace: float = 6.0
    """Seconds to finish what is in hand when the run is told to stop."""


work_limits = WorkLimits()
STOPPED = mark("the run was stopped before it")

Inbox = asyncio.Queue[ArxivId | None]
Step = Callable[[Paper], Awaitable[None]]


class PaperPipeline:
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
        self._lost: dict[Stage, ServiceDown] = {}
        """The first request that each service lost, though the next might be answered."""
        self._served: set[Stage] = set()
        """Services that answered for some paper."""
        self.stopping = False
        """True when nothing is begun any more."""
        self._abandoned = False
        self._in_hand: set[asyncio.Future[None]] = set()
        self._taken: set[ArxivId] = set()
        size = work_limits.queue
        self._queues: dict[Stage, Inbox] = {
            stage: asyncio.Queue(size)
            for stage in ("download", "read", "review")
        }

    async def add(self, ids: Iterable[ArxivId]) -> None:
        """Send papers on their way, in the version named or the newest; each goes once."""
        fresh = [one for one in dict.fromkeys(ids) if one not in self._taken]
        self._taken.update(fresh)
        self.services.tell(Event("review", "expected", count=len(fresh)))
        for paper_id in fresh:
            await self._queues["download"].put(paper_id)

    async def close(self) -> None:
        """Note that no more papers will come."""
        await self._queues["download"].put(None)

    def stop(self) -> None:
        """Begin nothing more; what is in hand has some seconds to end."""
        self.stopping = True
        asyncio.get_running_loop().call_later(work_limits.grace, self._abandon)

    def _abandon(self) -> None:
        self._abandoned = True
        for step in self._in_hand:
            step.cancel()
        if self._in_hand:
            self.services.pdf_reader.abandon()

    async def run(self) -> None:
        """Carry papers along until `close` and the last one's end.

        Raises:
            StoreError: the disk is full or cannot be written: nothing can go on.
            UsageError: the configuration is wrong: nothing can go on.
        """
        download, read, review = self._queues.values()
        services = self.services
        connections = services.config.arxiv.pdf_connections
        readers, writers = (
            services.pdf_reader.at_once,
            services.reviewer.at_once,
        )
        async with asyncio.TaskGroup() as stages:
            for coroutine in (
                self._stage(
                    "download", self._download, connections, download, read
                ),
                self._stage("read", self._read, readers, read, review),
                self._stage("review", self._review, writers, review, None),
            ):
                stages.create_task(coroutine)

        await self._send_batch()
        self._note_silence()

    def _note_silence(self) -> None:
        """Take a service for down that has lost a request and answered none."""
        for stage, error in self._lost.items():
            if stage not in self._served:
                self.down.setdefault(stage, error)

    async def _send_batch(self) -> None:
        """Send the reviews that wait for a batch; those papers wait for a later run."""
        if self.stopping:
            return
        try:
            count = await self.services.reviewer.send_batch()
        except ServiceDown as error:
            self.down.setdefault("review", error)
            return
        if count:
            note = f"{count} reviews sent as a batch; a later run collects them"
            self.services.tell(Event("review", "note", detail=note))

    async def _stage(
        self,
        stage: Stage,
        step: Step,
        workers: int,
        inbox: Inbox,
        outbox: Inbox | None,
    ) -> None:
        async def worker() -> None:
            while (paper_id := await inbox.get()) is not None:
                if (
                    await self._attempt(stage, step, paper_id)
                    and outbox is not None
                ):
                    await outbox.put(paper_id)
            await inbox.put(None)

        async with asyncio.TaskGroup() as crew:
            for _ in range(workers):
                crew.create_task(worker())
        if outbox is not None:
            await outbox.put(None)

    async def _attempt(self, stage: Stage, step: Step, wanted: ArxivId) -> bool:
        """Take a paper through one stage; whether it may go on."""
        paper = self.services.store.papers.get(wanted.id, wanted.version)
        if paper is None or not self._is_open(stage, paper.id):
            return False
        begin = time.perf_counter()
        error = await self._error_of(step(paper), paper.id)
        if error is not None:
            self._note_error(stage, paper.id, error)
            return False
        self._served.add(stage)
        seconds = time.perf_counter() - begin
        self.services.tell(Event(stage, "done", paper.id, seconds=seconds))
        return True

    async def _error_of(
        self, step: Awaitable[None], paper_id: str
    ) -> ScreenError | None:
        """Carry out a step; what stood in its way.

        Raises:
            StoreError, UsageError: nothing can go on.
        """
        work = asyncio.ensure_future(step)
        self._in_hand.add(work)
        try:
            await work
        except (StoreError, UsageError):
            raise
        except asyncio.CancelledError:
            if not self._abandoned:
                raise
            return RunStopped(_(STOPPED))
        except ScreenError as error:
            return RunStopped(_(STOPPED)) if self._abandoned else error
        except Exception as bug:  # noqa: BLE001 - one paper must not stop the others
            self.services.store.ledger.discard_paper(paper_id)
            return PaperError(
                _(
                    "unexpected {name} at {place}",
                    name=type(bug).__name__,
                    place=_place(bug),
                )
            )
        finally:
            work.cancel()
            self._in_hand.discard(work)
        return None

    def _note_error(
        self, stage: Stage, paper_id: str, error: ScreenError
    ) -> None:
        if isinstance(error, RunStopped):
            self.reasons[paper_id] = _(STOPPED)
        elif isinstance(error, ServiceDown | BudgetReached | BatchPending):
            self._wait(stage, paper_id, error)
        else:
            self._fail(stage, paper_id, error)

    def _is_open(self, stage: Stage, paper_id: str) -> bool:
        """Tell whether a stage still takes papers; if not, note why this one waits."""
        if self.stopping:
            self.reasons[paper_id] = _(STOPPED)
        elif stage in self.down:
            self.reasons[paper_id] = self.down[stage].message
        else:
            return True
        return False

    def _wait(self, stage: Stage, paper_id: str, error: ScreenError) -> None:
        """Let a paper wait through no fault of its own.

        A service that is down is asked no more in this run. That it is down is told once, not for
        each paper that was under way.
        """
        known = stage in self.down
        if isinstance(error, ServiceDown):
            noted = self._lost if error.passing else self.down
            noted.setdefault(stage, error)  # the first one tells the cause
        self.reasons[paper_id] = error.message
        if known:
            return
        waits = isinstance(error, BatchPending)
        outcome: Literal["note", "failed"] = "note" if waits else "failed"
        self.services.tell(
            Event(stage, outcome, paper_id, detail=error.message)
        )

    def _fail(self, stage: Stage, paper_id: str, error: ScreenError) -> None:
        services = self.services
        attempts = services.config.run.attempts
        services.store.results.fail(
            paper_id, stage, error, services.now(), attempts
        )
        services.tell(Event(stage, "failed", paper_id, detail=error.message))

    async def _download(self, paper: Paper) -> None:
        if not self._is_read(paper) and not self.services.pdf(paper).is_file():
            self.services.pdfs.mkdir(parents=True, exist_ok=True)
            await self.services.pdf_reader.download(paper, self.services.pdfs)

    async def _read(self, paper: Paper) -> None:
        if not self._is_read(paper):
            await self._read_pdf(paper)
        self._weigh(paper)

    async def _read_pdf(self, paper: Paper) -> None:
        pdf = self.services.pdf(paper)
        reading = await self.services.pdf_reader.read(pdf, paper.title)
        await asyncio.to_thread(
            save_pictures, reading, self.services.pictures(paper)
        )
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
            verdict = services.judge.weigh(
                services.config.topic(candidate.topic),
                document,
                candidate.verdict,
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
                _("what was read of it is not in the store"),
                step=_("`{program} retry` reads it again."),
            )
        results.save_review(
            await self.services.reviewer.review(paper, document),
            self.services.now(),
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


def save_pictures(reading: PdfContents, folder: Path) -> None:
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
