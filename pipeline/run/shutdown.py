"""Being told to stop: the first Ctrl-C or SIGTERM finishes what is in hand, a second one ends
the program at once.

Nothing is marked done before it is done, so an end at any moment loses nothing.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline import PROGRAM
from pipeline.errors import INTERRUPTED, STOPPED, ScreenError
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ShutdownTimes:
    """How soon a run stops."""

    look: float = 0.2
    """Seconds between two looks, while something waits, whether it should stop."""
    tidying: float = 2.0
    """Seconds for tidying up after the second signal; what hangs longer, in C code or in the
    network, is left behind.
    """


shutdown_times = ShutdownTimes()


class RunStopped(ScreenError):
    """The run was told to stop while it waited for a service."""


class StopSignal:
    """Whether the run has been told to stop, and waits that end when it is."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        """The time by which waits are measured, in seconds."""
        self._event = threading.Event()
        self.number = 0
        """Of the first signal of the system that told it; 0 where none did."""

    @property
    def called(self) -> bool:
        """Whether to begin nothing more."""
        return self._event.is_set()

    @property
    def is_interrupt(self) -> bool:
        """Tell whether it was told by Ctrl-C."""
        return self.number == signal.SIGINT

    def call(self) -> None:
        """Tell it."""
        self._event.set()

    def sleep(self, seconds: float) -> None:
        """Wait in a thread.

        Raises:
            RunStopped: the run was told to stop.
        """
        if self._event.wait(seconds):
            raise RunStopped(
                _("The run was stopped."), step=_("Run again to go on.")
            )

    async def asleep(self, seconds: float) -> None:
        """Wait in the event loop. Raises RunStopped as `sleep` does."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := end - loop.time()) > 0:
            self.sleep(0)
            await asyncio.sleep(min(left, shutdown_times.look))
        self.sleep(0)


@contextmanager
def handle_signals(
    stop_signal: StopSignal, stop: Callable[[], None]
) -> Iterator[None]:
    """Call `stop_signal` and `stop` at the first signal; cancel this task, or end the program, at the
    second.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def handle(number: int, _frame: object) -> None:
        if stop_signal.called and task:
            last = threading.Timer(shutdown_times.tidying, _leave)
            last.daemon = True
            last.start()
            loop.call_soon_threadsafe(task.cancel)
        else:
            stop_signal.number = number
            stop_signal.call()
            loop.call_soon_threadsafe(stop)

    before = {
        number: signal.signal(number, handle)
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with _wakes_at_signals(loop):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _wakes_at_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Wake the loop at every signal.

    Python calls a handler in the main thread only, which may be going to sleep in the loop, or
    sleep there while another thread receives the signal.
    """
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        loop.add_reader(reader, reader.recv, 4096)
        before = signal.set_wakeup_fd(
            writer.fileno(), warn_on_full_buffer=False
        )
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            loop.remove_reader(reader)


def _leave() -> None:
    """End without waiting for anybody."""
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h")  # shows the cursor that bars have hidden
    sys.stderr.write(f"{PROGRAM}: {_(STOPPED)}\n")
    os._exit(INTERRUPTED)
