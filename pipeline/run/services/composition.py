"""The stages joined to the real world: network, processes, clock, keys from the environment."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Arxiv as ArxivSettings
from pipeline.config import Config
from pipeline.config import Model as ModelSettings
from pipeline.console.events import Event, Tell
from pipeline.fetch.announcements_feed import FeedMemory
from pipeline.fetch.listing_client import ListingClient
from pipeline.fetch.record_xml import RecordReader
from pipeline.fetch.sources import ArxivListings
from pipeline.run.services.interfaces import Reviewer, Services
from pipeline.run.services.pdf_reader import open_pdf_reader
from pipeline.run.services.reviewers import ExtractiveReviewer, ModelReviewer
from pipeline.run.services.topic_judge import TopicJudge
from pipeline.run.shutdown import StopSignal
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.llm import ModelClient, RunLimits


class LastAsked:
    """When arXiv was asked last, as the time of a file.

    Kept over restarts, and readable from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> float:
        """Give the time in seconds since 1970; 0 when it was never asked."""
        try:
            return self._path.stat().st_mtime
        except OSError:
            return 0.0

    def touch(self) -> None:
        """Note that it is asked now."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()


class NoMemory:
    """Remembers nothing: every feed is read anew."""

    def recall(self, key: str) -> str | None:
        """Give nothing."""
        del key
        return None

    def remember(self, key: str, value: str) -> None:
        """Forget it."""


def open_listings(
    settings: ArxivSettings,
    folder: Path,
    *,
    memory: FeedMemory | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    note: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    watched: bool = False,
) -> ArxivListings:
    """Give arXiv's listing services, asked no faster than an earlier run of the folder allows.

    `note` takes what there is to say while it waits; `sleep` may raise, to end every wait;
    `watched` tells whether somebody watches the run.
    """
    client = ListingClient(
        settings,
        memory=LastAsked(folder / ".arxiv-asked"),
        sleep=sleep,
        clock=clock,
    )
    reader = RecordReader(now, note)
    return ArxivListings(client, reader, memory or NoMemory(), watched=watched)


@asynccontextmanager
async def open_services(
    config: Config,
    store: Store,
    now: Callable[[], datetime],
    tell: Tell,
    stop_signal: StopSignal,
    *,
    watched: bool = False,
) -> AsyncIterator[Services]:
    """Open all that a run needs, and close it behind the run.

    Args:
        config: the configuration.
        store: of the run.
        now: the clock.
        tell: what hears of each event.
        stop_signal: ends every wait for a service.
        watched: whether somebody watches the run; then a missing network ends it after a few tries.

    Raises:
        ConfigError: a model is configured whose key is missing.
    """

    def note(words: str) -> None:
        tell(Event("fetch", "note", detail=words))

    async with AsyncExitStack() as stack:
        listings = open_listings(
            config.arxiv,
            config.out,
            memory=store.ledger,
            now=now,
            note=note,
            sleep=stop_signal.sleep,
            clock=stop_signal.clock,
            watched=watched,
        )
        pdf_reader = await stack.enter_async_context(
            open_pdf_reader(config, stop_signal.asleep)
        )
        model = await stack.enter_async_context(
            open_model(config, store, stop_signal, watched=watched)
        )
        yield Services(
            config=config,
            store=store,
            now=now,
            searcher=listings,
            judge=TopicJudge(config, store, model),
            pdf_reader=pdf_reader,
            reviewer=_reviewer(config, store, model),
            tell=tell,
        )


def _reviewer(
    config: Config, store: Store, model: ModelClient | None
) -> Reviewer:
    if model is None:
        return ExtractiveReviewer(config.output.language)
    return ModelReviewer(config, store, model)


@asynccontextmanager
async def open_model(
    config: Config,
    store: Store,
    stop_signal: StopSignal,
    *,
    watched: bool = False,
) -> AsyncIterator[ModelClient | None]:
    """Open the configured model, or the one whose key the environment holds; None without any.

    `watched` tells whether somebody watches; then a missing network is believed sooner.
    """
    from pipeline.llm import choose_endpoint

    endpoint = choose_endpoint(config.model, os.environ)
    if endpoint is None:
        yield None
        return
    from pipeline.llm import ModelClient, retry_limits, watched_limits

    settings = config.model
    async with ModelClient(
        endpoint,
        store.ledger,
        concurrency=settings.concurrency,
        requests_per_minute=settings.requests_per_minute,
        limits=_limits(settings, local=endpoint.local),
        timeout=settings.timeout,
        batch=settings.batch,
        retry=watched_limits if watched else retry_limits,
        sleep=stop_signal.asleep,
    ) as client:
        yield client


def _limits(settings: ModelSettings, *, local: bool) -> RunLimits:
    """Give what a run may use. A server on this machine costs nothing unless somebody says so."""
    from pipeline.llm import RunLimits

    stated = "tokens_per_run" in settings.model_fields_set
    tokens = settings.tokens_per_run if stated or not local else 0
    return RunLimits(settings.budget_per_run, tokens)
