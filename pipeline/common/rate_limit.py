"""One gate for each service: who passes has kept the distance that the service asks for.

The distance is counted from the end of one request to the beginning of the next, so that at the
far end two arrivals are never closer, whatever the network does to either.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Lock
from typing import Protocol

MARGIN = 0.5
"""Seconds added to the distance from another process's request: it may have arrived later than
it was noted.
"""


class Memory(Protocol):
    """Remembers across restarts when a service was last asked."""

    def last(self) -> float:
        """Wall time of the last request in seconds since 1970; 0 when there was none."""

    def touch(self) -> None:
        """Note that a request is made now."""


class Gate:
    """Lets one request at a time through, `interval` seconds after the end of the last.

    For threads.
    """

    def __init__(
        self,
        interval: float,
        *,
        memory: Memory | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = interval
        self._memory, self._own = memory, 0.0
        self._clock, self._wall, self._sleep = clock, wall, sleep
        self._lock = Lock()
        self._open = clock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the way to be free; the request is made inside the `with`."""
        with self._lock:
            self._heed_others()
            while (pause := self._open - self._clock()) > 0:
                self._sleep(pause)
            self._note()
            try:
                yield
            finally:
                self._note()
                self.hold(self._interval)

    def hold(self, seconds: float) -> None:
        """Let nobody through for that long from now."""
        self._open = max(self._open, self._clock() + seconds)

    def _heed_others(self) -> None:
        """Keep the distance from a request of an earlier run, or of another process."""
        if self._memory and (last := self._memory.last()) != self._own:
            distance = self._interval + MARGIN
            self.hold(
                min(distance, last + distance - self._wall())
            )  # a clock set back must not wait for days

    def _note(self) -> None:
        if self._memory:
            self._memory.touch()
            self._own = self._memory.last()


class AsyncGate:
    """Lets `connections` requests through at once, begun `interval` seconds apart.

    For one event loop.
    """

    def __init__(
        self,
        interval: float,
        connections: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = interval
        self._clock, self._sleep = clock, sleep
        self._places, self._door = (
            asyncio.Semaphore(connections),
            asyncio.Lock(),
        )
        self._open = clock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place and for the distance; the request is made inside the `async with`."""
        async with self.place():
            await self.distance()
            yield

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place among the connections; it is kept over all tries of a request."""
        async with self._places:
            yield

    async def distance(self) -> None:
        """Wait until a request may begin."""
        async with self._door:
            while (pause := self._open - self._clock()) > 0:
                await self._sleep(pause)
            self.hold(self._interval)

    def hold(self, seconds: float) -> None:
        """Let nobody start for that long from now."""
        self._open = max(self._open, self._clock() + seconds)
