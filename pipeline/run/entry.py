"""`arxiv-screen`: lock, services, signals, one run, and what is said of it afterwards."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from pipeline.common.dates import clock, day_end, day_start
from pipeline.common.output_layout import output_names
from pipeline.config import Config, Notify
from pipeline.console.events import Event, Tell
from pipeline.console.logs import logging_events
from pipeline.console.notify import send_digest
from pipeline.console.progress import progress
from pipeline.console.run_report import RunReport, Trouble
from pipeline.console.summary_table import show
from pipeline.errors import INTERRUPTED, Busy, ConfigError, ScreenError
from pipeline.run.demo import with_bundled_arxiv
from pipeline.run.dry_run import on_copied_store
from pipeline.run.lock import only_run
from pipeline.run.posting.publish import faces_of
from pipeline.run.run import RunOptions, ScreeningRun
from pipeline.run.shutdown import StopSignal, handle_signals
from pipeline.store import Store
from pipeline.store.database import need_database
from pipeline.translation import gettext as _
from pipeline.translation import prefer_language


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What the command line asks of a run."""

    topics: tuple[str, ...] = ()
    """Names; without any, all of the configuration."""
    since: str = ""
    until: str = ""
    limit: int = 0
    demo: bool = False
    dry_run: bool = False
    wait: bool = False
    fetch: bool = True
    forgive: bool = False
    """Try again what has failed, whatever the distance, also what was given up."""


def check_request(config: Config, request: RunRequest) -> RunOptions:
    """Check what the command line asks of a run.

    Raises:
        UsageError: there is no topic, a topic has no word, a date is none.
    """
    names = request.topics or config.nightly_topics
    if not names:
        raise ConfigError(
            _("config.toml has no topic."),
            step=_(
                "Add one: `{program} topics add WORDS --write`, or name one with "
                "--topic."
            ),
            key="topics",
        )
    topics = {topic.name: topic for topic in map(config.topic, names)}
    return RunOptions(
        topics=tuple(topics.values()),
        since=day_start(request.since) if request.since else None,
        until=day_end(request.until) if request.until else None,
        limit=request.limit,
        fetch=request.fetch,
        dry=request.dry_run,
    )


def run_screening(
    config: Config,
    request: RunRequest,
    *,
    as_json: bool = False,
    log_json: bool = False,
) -> int:
    """Run it and tell what came of it; the exit code is returned.

    Raises:
        ScreenError: wrong usage, or an output folder that cannot be used. Whoever is to be told
            of trouble is told.
    """
    if not (request.demo or sys.stderr.isatty()):
        prefer_language(config.output.language)
    asked, now = check_request(config, request), clock(config)
    stop_signal = StopSignal()
    try:
        faces_of(config)  # a wrong name must not come out after a night's work
        with (
            _place(config, request, now) as (place, store),
            _listeners(place, log_json=log_json) as tell,
        ):
            report = asyncio.run(
                _run(place, store, asked, now, tell, stop_signal)
            )
    except Busy as busy:
        sys.stderr.write(f"{busy.message} {busy.step}\n")
        return busy.exit_code
    except Exception as error:
        send_digest(config.notify, _failed(error, now()))
        raise
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error
    show(report, as_json=as_json)
    if not (request.dry_run or request.demo):
        send_digest(config.notify, report)
    if report.stopped and stop_signal.is_interrupt:
        return INTERRUPTED
    codes = {"done": 0, "pending": 1, "down": 3}
    return codes[report.outcome]


@contextmanager
def _place(
    config: Config, request: RunRequest, now: Callable[[], datetime]
) -> Iterator[tuple[Config, Store]]:
    """Lock the output folder and open its store; of a dry run, a copy that is thrown away."""
    with ExitStack() as stack:
        if request.demo:
            config = stack.enter_context(with_bundled_arxiv(config, now()))
        if request.dry_run:
            config = stack.enter_context(on_copied_store(config))
        if not request.fetch:
            need_database(config.out / output_names.database)
        stack.enter_context(only_run(config.out, now(), wait=request.wait))
        store = Store.open(config.out)
        stack.callback(store.close)
        if request.forgive:
            store.results.forgive()
        yield config, store


def notify_broken_config(notify: Notify, error: ConfigError) -> None:
    """Send word that a run could not even begin, unless somebody watches it."""
    if not sys.stderr.isatty():
        send_digest(notify, _failed(error, datetime.now().astimezone()))


def _failed(error: Exception, at: datetime) -> RunReport:
    """Give the report of a run that an error ended."""
    if isinstance(error, ScreenError):
        trouble = Trouble(error.message, error.step)
    else:
        trouble = Trouble(
            _(
                "The run broke off: unexpected {name}.",
                name=type(error).__name__,
            ),
            _("`{program} --debug` shows where."),
        )
    return RunReport(
        "", at.date(), at, 0.0, troubles=(trouble,), outcome="pending"
    )


async def _run(
    config: Config,
    store: Store,
    asked: RunOptions,
    now: Callable[[], datetime],
    tell: Tell,
    stop_signal: StopSignal,
) -> RunReport:
    from pipeline.run.services.composition import open_services

    watched = asked.dry or sys.stderr.isatty()
    async with open_services(
        config, store, now, tell, stop_signal, watched=watched
    ) as services:
        run = ScreeningRun(services, asked)

        def stop() -> None:
            """Let the run end, and say so."""
            run.stop()
            words = (
                "Stopping: finishing what is in hand. Once more stops at once."
            )
            tell(Event("run", "note", detail=words))

        with handle_signals(stop_signal, stop):
            return await run.run()


@contextmanager
def _listeners(config: Config, *, log_json: bool) -> Iterator[Tell]:
    """Tell the progress display and the log the same events."""
    with (
        progress() as shown,
        logging_events(config, as_json=log_json) as logged,
    ):

        def tell(event: Event) -> None:
            shown(event)
            logged(event)

        yield tell
