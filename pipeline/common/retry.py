"""What is worth another try, how long to wait before it, and when to stop. The one retry policy
of fetching.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from tenacity import RetryCallState, retry_if_exception_type

from pipeline.common.rate_limit import AsyncGate, Gate
from pipeline.errors import ConfigError

THROTTLING = frozenset({403, 406, 429, 503})
"""What arXiv answers to who asks too much. 406 is what its edge answers since September 2026."""

SERVER_ERRORS = range(500, 600)


class Setback(Exception):
    """A try that failed and is worth another."""

    tries = 1000
    """How often one request may fail in this way. The limit on time usually ends it before."""
    first, longest = 3.0, 120.0
    """Seconds waited after the first try, and at most."""

    def __init__(
        self, reason: str, *, status: int = 0, after: float = 0.0, excerpt: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason, self.status, self.after, self.excerpt = (
            reason,
            status,
            after,
            excerpt,
        )


class Throttled(Setback):
    """The service asks to be left alone; `after` is how long, in seconds, where it says so."""


class Garbled(Setback):
    """An answer came that cannot be used: torn, HTML, an empty page, an error of the server."""

    tries = 15
    first, longest = 1.0, 15.0


class Unreachable(Setback):
    """No connection. Nobody waits a quarter of an hour to hear that the cable is out."""

    tries = 4
    first, longest = 1.0, 15.0


class Patience:
    """Waiting for one service: growing pauses, and a limit on the time (seconds) that it gives
    no good answer.

    The time is counted for all requests to the service together, from the first failure since a
    good answer on: sixty papers do not each wait out the limit, and those that wait at once do
    not use it up sixty times as fast.
    """

    def __init__(
        self,
        limit: float,
        gate: Gate | AsyncGate,
        *,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._limit, self._gate, self._clock, self._jitter = limit, gate, clock, jitter
        self._since: float | None = None
        """When the service was first found down; None while it answers."""
        self._throttled, self._quiet = 0, 0.0
        """Times in a row that it asked to be left alone, whichever request it was; until when
        that is heeded.
        """

    def rules(self) -> dict[str, Any]:
        """Arguments for tenacity's `Retrying` or `AsyncRetrying`; give it `sleep` as well."""
        return {
            "retry": retry_if_exception_type(Setback),
            "wait": self._wait,
            "stop": self._stop,
            "before_sleep": self._before_sleep,
            "reraise": True,
        }

    def succeeded(self) -> None:
        """The service answered well: its time begins anew."""
        self._since, self._throttled = None, 0

    def _wait(self, state: RetryCallState) -> float:
        setback, failures = _setback(state), state.attempt_number
        if isinstance(setback, Throttled):
            self._throttled += (
                self._clock() >= self._quiet or not self._throttled
            )  # those at once are one
            failures = self._throttled
        elif isinstance(setback, Garbled):
            self._throttled = 0
        pause = min(setback.longest, setback.first * 2.0 ** (failures - 1)) * (
            0.75 + self._jitter() / 2
        )
        return max(pause, setback.after + self._jitter()) if setback.after else pause

    def _stop(self, state: RetryCallState) -> bool:
        setback = _setback(state)
        seen = state.retry_object.statistics.setdefault("setbacks", Counter())
        seen[type(setback)] += 1
        return (
            seen[type(setback)] >= setback.tries
            or self._down() + state.upcoming_sleep > self._limit
        )

    def _down(self) -> float:
        """Seconds since the service was first found down."""
        now = self._clock()
        self._since = now if self._since is None else self._since
        return now - self._since

    def _before_sleep(self, state: RetryCallState) -> None:
        """Being throttled concerns everybody who wants to pass the gate."""
        if isinstance(_setback(state), Throttled):
            self._quiet = max(self._quiet, self._clock() + state.upcoming_sleep)
            self._gate.hold(state.upcoming_sleep)


def _setback(state: RetryCallState) -> Setback:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Setback):
        raise TypeError(f"only setbacks are tried again, not {error!r}")
    return error


def raise_for_status(
    response: httpx.Response, now: Callable[[], float] = time.time
) -> None:
    """Turn a status that is worth another try into its setback; leave the others alone."""
    status = response.status_code
    if status in THROTTLING:
        after = retry_after(response.headers.get("Retry-After", ""), now())
        raise Throttled(
            f"arXiv asks to slow down (HTTP {status})", status=status, after=after
        )
    if status in SERVER_ERRORS:
        raise Garbled(f"arXiv has an error (HTTP {status})", status=status)


def retry_after(text: str, now: float) -> float:
    """Seconds that a Retry-After header asks for, in either of its forms (RFC 9110, 10.2.3); 0
    when it says nothing.

    `now` is the wall time in seconds since 1970.
    """
    stated = text.strip()
    if stated.isascii() and stated.isdecimal():
        return float(stated)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, IndexError, TypeError, OverflowError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())


def setback_of(error: httpx.HTTPError | httpx.InvalidURL) -> Setback:
    """The setback that a failure of the connection or of its protocol is.

    Raises:
        ConfigError: there can be no connection, since that is no address.
    """
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        raise ConfigError(
            f"An address under [arxiv] is none: {error}.",
            step='Write it as in "https://…".',
            key="arxiv",
        ) from error
    reason = str(error) or type(error).__name__
    kind = (
        Unreachable
        if isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError
        )
        else Garbled
    )
    return kind(reason)
