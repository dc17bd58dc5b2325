"""The stages joined to the real world: network, processes, clock, keys from the environment."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.config import Arxiv as ArxivSettings
from pipeline.config import Config
from pipeline.config import Model as ModelSettings
from pipeline.console.events import Event, Tell
from pipeline.errors import ArxivDown, PaperError, ServiceDown
from pipeline.extract.worker import pool
from pipeline.extract.worker.protocol import Reading
from pipeline.fetch.api import Arxiv
from pipeline.fetch.oai import Oai
from pipeline.fetch.pdf_download import Pdfs
from pipeline.fetch.query import Window, queries
from pipeline.paper import Document, Paper, Review, Topic, Verdict
from pipeline.resources import PROMPTS
from pipeline.run.dask_cluster import lost_with_its_worker
from pipeline.run.services import Services
from pipeline.run.shutdown import Halt
from pipeline.run.topic.topic_preferences import judge_with, weigh_with
from pipeline.screen.llm_screening import consult
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.llm.budget import RunLimits
    from pipeline.llm.client import ModelClient

Reviewer = Callable[[Paper, Document], Awaitable[Review]]
Consult = Callable[
    [Topic, Sequence[Verdict], Sequence[Paper]], Awaitable[Sequence[Verdict]]
]

EXTRACTIVE_AT_ONCE = 2
"""Extractive reviews are computed in this process, on one core; the second hides the waits for
the store.
"""


class LastAsked:
    """When arXiv was asked last, as the time of a file: kept over restarts, and readable from
    any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> float:
        """Seconds since 1970; 0 when it was never asked."""
        try:
            return self._path.stat().st_mtime
        except OSError:
            return 0.0

    def touch(self) -> None:
        """It is asked now."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()


@contextmanager
def open_arxiv(
    settings: ArxivSettings, folder: Path, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Arxiv]:
    """The search API, asked no faster than an earlier run of the same output folder allows."""
    with Arxiv(
        settings, memory=LastAsked(folder / ".arxiv-asked"), sleep=sleep
    ) as arxiv:
        yield arxiv


@asynccontextmanager
async def open_services(
    config: Config, store: Store, now: Callable[[], datetime], tell: Tell, halt: Halt
) -> AsyncIterator[Services]:
    """All that a run needs; closed with it. `halt` ends every wait for a service.

    Raises:
        ConfigError: a model is configured whose key is missing.
    """
    async with AsyncExitStack() as stack:
        arxiv = stack.enter_context(open_arxiv(config.arxiv, config.out, halt.sleep))
        oai = stack.enter_context(
            Oai(
                config.arxiv,
                memory=LastAsked(config.out / ".oai-asked"),
                sleep=halt.sleep,
            )
        )
        pdfs = await stack.enter_async_context(Pdfs(config.arxiv, sleep=halt.asleep))
        executor, readers = stack.enter_context(_executor(config))
        model = await stack.enter_async_context(_model(config, store, halt))
        review, reviewers = _reviewer(config, model)
        yield Services(
            config=config,
            store=store,
            now=now,
            search=partial(_search, config, store, arxiv, oai, tell),
            judge=judge_with(config, store),
            consult=_consulting(config, model),
            weigh=weigh_with(config),
            download=pdfs.download,
            read=partial(_read, config, executor),
            review=review,
            readers=readers,
            reviewers=reviewers,
            tell=tell,
            send_batch=model.send_batch if model else None,
        )


def _search(
    config: Config,
    store: Store,
    arxiv: Arxiv,
    oai: Oai,
    tell: Tell,
    topic: Topic,
    window: Window,
) -> Iterator[Sequence[Paper]]:
    """Pages of what was submitted in the window, and of new versions where something was posted
    before.
    """
    windows = [window]
    if store.papers.has_posted(topic.name):
        windows.append(Window(window.since, window.until, by="updated"))
    for span in windows:
        yield from _either(config, arxiv, oai, tell, topic, span)


def _either(
    config: Config, arxiv: Arxiv, oai: Oai, tell: Tell, topic: Topic, window: Window
) -> Iterator[Sequence[Paper]]:
    """The search API's answer; where it gives none, the same records by OAI-PMH."""
    size = config.arxiv.page_size
    try:
        yield from _pages(arxiv.search(*queries(topic, window)), size)
    except ArxivDown as error:
        if not config.arxiv.oai:
            raise
        note = f"{error.message} Taking the records by OAI-PMH instead."
        tell(Event("fetch", "note", topic=topic.name, detail=note))
        yield from _pages(oai.search(topic, window), size)


def _pages(papers: Iterator[Paper], size: int) -> Iterator[Sequence[Paper]]:
    while page := list(islice(papers, size)):
        yield page


@contextmanager
def _executor(config: Config) -> Iterator[tuple[Executor, int]]:
    """Where PDFs are read, and how many at once."""
    if config.run.executor == "dask":
        from pipeline.run.dask_cluster import open_cluster

        with open_cluster(config.run) as (executor, workers):
            yield executor, workers
        return
    from concurrent.futures import ThreadPoolExecutor

    workers = config.run.workers or os.cpu_count() or 1
    with ExitStack() as stack:
        stack.callback(pool.close)
        yield (
            stack.enter_context(ThreadPoolExecutor(workers, thread_name_prefix="read")),
            workers,
        )


async def _read(config: Config, executor: Executor, path: Path) -> Reading:
    pdf = await asyncio.to_thread(path.read_bytes)
    run = config.run
    read = partial(
        pool.read, timeout=run.read_timeout, memory=run.read_memory, draw=True
    )
    work = partial(read, pdf, encoders=0)  # papers side by side keep the cores busy
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, work)
    except asyncio.CancelledError as error:
        if (task := asyncio.current_task()) and task.cancelling():
            raise
        raise ServiceDown(
            "The Dask cluster has gone.", step="Look at [run] scheduler; run again."
        ) from error
    except Exception as error:
        if lost_with_its_worker(error):
            raise PaperError(
                "the cluster's workers died while they held it",
                step="Look at their logs.",
            ) from error
        raise


@asynccontextmanager
async def _model(
    config: Config, store: Store, halt: Halt
) -> AsyncIterator[ModelClient | None]:
    """The configured model, or the one whose key the environment holds; None without any."""
    from pipeline.llm.providers import choose_endpoint

    endpoint = choose_endpoint(config.model, os.environ)
    if endpoint is None:
        yield None
        return
    from pipeline.llm.client import ModelClient

    settings = config.model
    async with ModelClient(
        endpoint,
        store.ledger,
        concurrency=settings.concurrency,
        requests_per_minute=settings.requests_per_minute,
        limits=_limits(settings, local=endpoint.local),
        timeout=settings.timeout,
        batch=settings.batch,
        sleep=halt.asleep,
    ) as client:
        yield client


def _limits(settings: ModelSettings, *, local: bool) -> RunLimits:
    """What a run may use. A server on this machine costs nothing unless somebody says so."""
    from pipeline.llm.budget import RunLimits

    stated = "tokens_per_run" in settings.model_fields_set
    tokens = settings.tokens_per_run if stated or not local else 0
    return RunLimits(settings.budget_per_run, tokens)


def _reviewer(config: Config, model: ModelClient | None) -> tuple[Reviewer, int]:
    """Who writes the reviews, and how many at once."""
    if model is None:
        return partial(_extract_review, config.output.language), EXTRACTIVE_AT_ONCE
    from pipeline.summarize.review.reviewer import review

    local = config.folder / "prompts"
    reviewer = partial(
        review,
        model=model,
        language=config.output.language,
        translate_abstract=config.output.translate_abstract,
        prompts=local if local.is_dir() else PROMPTS,
    )
    return reviewer, config.model.concurrency


async def _extract_review(language: str, paper: Paper, document: Document) -> Review:
    from pipeline.summarize.extractive.summarizer import review

    return await asyncio.to_thread(review, paper, document, language)


def _consulting(config: Config, model: ModelClient | None) -> Consult | None:
    """The model's word on uncertain verdicts, where the configuration wants it."""
    if model is None or not config.screen.model:
        return None

    async def ask(
        messages: list[dict[str, str]], schema: dict[str, Any]
    ) -> dict[str, Any]:
        reply = await model.ask(messages, schema, title="screening", urgent=True)
        return reply.data or {}

    async def consulting(
        topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Verdict]:
        return await consult(topic, verdicts, papers, ask)

    return consulting
