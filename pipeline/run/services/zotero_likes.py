"""Papers of a library count as liked for the topics that they fit; a Zotero one, once a night."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from pipeline.config import Config
from pipeline.errors import ScreenError, ServiceDown
from pipeline.paper import Paper
from pipeline.run.services.topic_judge import TopicJudge, judge_rules
from pipeline.store import Store
from pipeline.store.runs import Rated
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.run.services.interfaces import Services
    from pipeline.screen.learning.reference_lists import Reference

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Likes:
    """What a list of references taught."""

    papers: int
    by_topic: Mapping[str, int]
    """Topic → papers that fit it; topics without any are left out."""
    fit_none: int


@dataclass(frozen=True, slots=True)
class LibraryLimits:
    """How a library is read at night."""

    seconds: float = 120.0
    """How long a night waits for a library."""
    key: str = "zotero read"
    """Of the date in the store's memory when it was read last."""


library_limits = LibraryLimits()


def like_references(
    config: Config,
    store: Store,
    references: Sequence[Reference],
    at: datetime,
) -> Likes:
    """Count references as liked for each topic that they fit. What the reader rated stays."""
    papers = [reference.as_paper(at) for reference in references]
    judge, background = (
        TopicJudge(config, store),
        store.papers.recent(judge_rules.background),
    )
    rated = {(one.paper_id, one.topic) for one in store.nights.ratings()}
    liked: Counter[str] = Counter()
    fitting: set[str] = set()
    for name in config.topics:
        verdicts = judge.judge(config.topic(name), papers, background)
        kept = {verdict.paper_id for verdict in verdicts if verdict.keep}
        new = {one for one in kept if (one, name) not in rated}
        _keep(store, [paper for paper in papers if paper.id in new], name, at)
        liked[name] = len(kept)
        fitting |= kept
    rest = {paper.id for paper in papers} - fitting
    return Likes(len(papers), +liked, len(rest))


def _keep(
    store: Store, papers: Sequence[Paper], topic: str, at: datetime
) -> None:
    for paper in papers:
        store.nights.rate(Rated.of(paper, topic, "keep", at))


async def like_library(services: Services) -> ScreenError | None:
    """Read the configured Zotero library where that was not done today; the error if it fails.

    The run goes on without it, and the next one tries again.
    """
    settings, store = services.config.zotero, services.store
    today = services.now().date().isoformat()
    if not settings.library or store.ledger.recall(library_limits.key) == today:
        return None
    from pipeline.run.services.zotero_library import fetch_zotero

    seconds = library_limits.seconds
    try:
        references = await _within(seconds, lambda: fetch_zotero(settings))
    except TimeoutError:
        return ServiceDown(
            _(
                "Zotero gave no papers within {seconds} seconds.",
                seconds=round(seconds),
            ),
            step=_("The next run asks again."),
        )
    except ScreenError as error:
        return error
    like_references(services.config, store, references, services.now())
    store.ledger.remember(library_limits.key, today)
    return None


async def _within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do blocking work in a thread of its own, which nobody waits for once the time is over.

    Raises:
        TimeoutError: it took longer.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, failure: Exception | None) -> None:
        if answer.done():
            return
        if failure is not None:
            answer.set_exception(failure)
        else:
            answer.set_result(cast("Result", result))

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - handed on to who waits
            failure = error
        with suppress(RuntimeError):  # the loop is closed: too late
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, daemon=True).start()
    return await asyncio.wait_for(answer, seconds)
