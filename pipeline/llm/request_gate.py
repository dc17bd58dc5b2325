"""How many requests are under way at once, and how soon one may follow another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]

MINUTE = 60.0


class Gate:
    """Lets `concurrency` requests through at once, `per_minute` a minute evenly spaced (0 = any
    number).
    """

    def __init__(
        self, concurrency: int, per_minute: int, *, sleep: Sleep, clock: Clock
    ) -> None:
        self._places = asyncio.Semaphore(concurrency)
        self._interval = MINUTE / per_minute if per_minute else 0.0
        self._sleep = sleep
        self._clock = clock
        self._next = 0.0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place among those under way, kept from the first try of a request to the last."""
        async with self._places:
            yield

    async def turn(self) -> None:
        """Wait until a request may be sent."""
        now = self._clock()
        turn = max(now, self._next)
        self._next = turn + self._interval
        if turn > now:
            await self._sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """Send nothing for so long: the endpoint asked for it."""
        self._next = max(self._next, self._clock() + seconds)
