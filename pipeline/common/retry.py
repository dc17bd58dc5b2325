"""What is worth another try, how long to wait before it, and when to stop."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from tenacity import RetryCallState, retry_if_exception_type

from pipeline.common.rate_limit import AsyncGate, Gate
from pipeline.errors import ConfigError
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class SetbackRules:
    """Which answers are worth another try, and when."""

    throttling: frozenset[int] = frozenset({403, 406, 429, 503})
    """Statuses of a service that is asked too much. arXiv's edge sends 406 since September 2026."""
    server_errors: range = range(500, 600)
    """Other statuses that may be gone the next time."""
    longest_wait: float = 86_400.0
    """Seconds. No service asks for more than a day; a larger number is a slip."""


setback_rules = SetbackRules()


class Setback(Exception):
    """A try that failed and is worth another."""

    tries = 1000
    """How often one request may fail in this way. The limit on time usually ends it before."""
    first, longest = 3.0, 120.0
    """Seconds waited after the first try, and at most."""

    def __init__(
        self,
        reason: str,
        *,
        status: int = 0,
        after: float | None = None,
        excerpt: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.after = after
        """Seconds that the service asks to wait; None where it says nothing."""
        self.excerpt = excerpt


class Throttled(Setback):
    """The service asks to be left alone."""


class Unanswered(Throttled):
    """No answer came in time. arXiv's overloaded search API lets requests hang."""


class Garbled(Setback):
    """An answer that cannot be used: torn, HTML, an empty page, an error of the server."""

    tries = 15
    first, longest = 1.0, 15.0


class TooSlow(Garbled):
    """An answer whose bytes come at less than the least rate, or for too long."""

    tries = 3


class Unreachable(Setback):
    """No connection. Nobody waits a quarter of an hour to hear that the cable is out."""

    tries = 4
    first, longest = 1.0, 15.0


class Patience:
    """Waiting for one service: growing pauses, and a limit on the time without a good answer.

    The time (seconds) is counted for all requests to the service together, from the first
    failure since a good answer on: sixty papers do not each wait out the limit, and those that
    wait at once do not use it up sixty times as fast.
    """

    def __init__(
        self,
        limit: float,
        gate: Gate | AsyncGate,
        *,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._limit, self._gate, self._clock, self._jitter = (
            limit,
            gate,
            clock,
            jitter,
        )
        self._since: float | None = None
        """When the service was first found down; None while it answers."""
        self._throttled = 0
        """Times in a row that it asked to be left alone, whichever request it was."""
        self._quiet = 0.0
        """Until when it is left alone."""

    def rules(self) -> dict[str, Any]:
        """Give arguments for tenacity's `Retrying` or `AsyncRetrying`; add `sleep` as well."""
        return {
            "retry": retry_if_exception_type(Setback),
            "wait": self._wait,
            "stop": self._stop,
            "before_sleep": self._before_sleep,
            "reraise": True,
        }

    def succeeded(self) -> None:
        """Note a good answer: the time begins anew."""
        self._since, self._throttled = None, 0

    def _wait(self, state: RetryCallState) -> float:
        setback = setback_in(state)
        failures = state.attempt_number
        if isinstance(setback, Throttled):
            failures = self._count_throttling()
        elif isinstance(setback, Garbled):
            self._throttled = 0
        return pause_after(setback, failures, self._jitter())

    def _count_throttling(self) -> int:
        """Count requests that were turned away at once as one."""
        is_first = not self._throttled
        if is_first or self._clock() >= self._quiet:
            self._throttled += 1
        return self._throttled

    def _stop(self, state: RetryCallState) -> bool:
        is_used_up = tries_used_up(state)
        return is_used_up or self._down() + state.upcoming_sleep > self._limit

    def _down(self) -> float:
        """Seconds since the service was first found down."""
        now = self._clock()
        self._since = now if self._since is None else self._since
        return now - self._since

    def _before_sleep(self, state: RetryCallState) -> None:
        """Let everybody wait who wants to pass the gate of a throttled service."""
        if isinstance(setback_in(state), Throttled):
            self._quiet = max(self._quiet, self._clock() + state.upcoming_sleep)
            self._gate.hold(state.upcoming_sleep)


def pause_after(setback: Setback, failures: int, jitter: float) -> float:
    """Seconds before the next try, after so many failures; `jitter` is from 0 to 1."""
    grown = setback.first * 2.0 ** (failures - 1)
    pause = min(setback.longest, grown) * (0.75 + jitter / 2)
    return max(pause, setback.after + jitter) if setback.after else pause


def tries_used_up(state: RetryCallState) -> bool:
    """Count the setback of a try; True when one request may not fail in this way again."""
    setback = setback_in(state)
    seen = state.retry_object.statistics.setdefault("setbacks", Counter())
    seen[type(setback)] += 1
    return bool(seen[type(setback)] >= setback.tries)


def setback_in(state: RetryCallState) -> Setback:
    """Give the setback that a try of tenacity has ended with."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Setback):
        raise TypeError(f"only setbacks are tried again, not {error!r}")
    return error


def raise_for_status(
    response: httpx.Response, now: Callable[[], float] = time.time
) -> None:
    """Raise the setback of a status that is worth another try; leave the others alone."""
    status = response.status_code
    if status in setback_rules.throttling:
        after = retry_after(response.headers.get("Retry-After", ""), now())
        raise Throttled(
            f"arXiv asks to slow down (HTTP {status})",
            status=status,
            after=after,
        )
    if status in setback_rules.server_errors:
        raise Garbled(f"arXiv has an error (HTTP {status})", status=status)


def retry_after(text: str, now: float) -> float | None:
    """Read the seconds that a Retry-After header asks for, in either of its forms.

    RFC 9110, 10.2.3. `now` is the wall time in seconds since 1970. None when it says nothing.
    """
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        return min(float(stripped), setback_rules.longest_wait)
    try:
        moment = parsedate_to_datetime(stripped)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.fromtimestamp(now, UTC)).total_seconds()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return min(max(0.0, seconds), setback_rules.longest_wait)


def setback_of(error: httpx.HTTPError) -> Setback:
    """Give the setback that a failure of the connection or of its protocol is."""
    said = str(error) or type(error).__name__
    reason = re.sub(r"^\[Errno -?\d+\] ", "", said)
    connecting = httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError
    kind = Unreachable if isinstance(error, connecting) else Garbled
    return kind(reason)


def require_web_address(address: str) -> None:
    """Make sure that an address of the configuration is one.

    Raises:
        ConfigError: it is not.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigError(
            _(
                '[arxiv] has "{address}", which is not a web address.',
                address=address,
            ),
            step=_('Write it as in "https://…".'),
            key="arxiv",
        )
