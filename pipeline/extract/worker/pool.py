"""Reads PDFs in child processes with limits on time and memory, because a hostile PDF can
crash, hang or fill C code.

A child is kept warm and takes the next paper; it is replaced after a crash, a limit, or
a hundred papers. Plain subprocesses, not multiprocessing: workers of a cluster are
daemonic and may not have such children.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pipeline.errors import PaperError, ReadingStopped, UnreadablePdf
from pipeline.extract.pdf.loader import unreadable
from pipeline.extract.pdf.page_image import PageImage
from pipeline.extract.worker.protocol import (
    BrokenFrame,
    Reading,
    Wish,
    process_limits,
    read_frame,
    unpack,
    write_frame,
)
from pipeline.extract.worker.usage import processor_time, resident_memory
from pipeline.translation import gettext as _
from pipeline.translation import mark


@dataclass(frozen=True, slots=True)
class PoolRules:
    """What a child may take, and what it inherits."""

    papers: int = 100
    """Papers after which a child is replaced, so that what leaks in C code stays small."""
    watch: float = 0.1
    """Seconds between two looks at a child's time and memory."""
    command: tuple[str, ...] = (
        sys.executable,
        *("-P", "-m", "pipeline.extract.worker.worker"),
    )
    """-P: a module in the working directory is not taken for one of ours."""
    start_limit: float = 60.0
    """Seconds for starting Python and importing; not counted against the paper."""
    inherited: re.Pattern[str] = re.compile(
        r"PATH|HOME|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+|LD_LIBRARY_PATH|VIRTUAL_ENV|SYSTEMROOT"
        r"|PYTHON(?!PATH)\w+"
    )
    """Environment variables that a child inherits: where things are, and the locale."""
    hint: str = mark(
        "It stays pending; [run] read_timeout and read_memory in config.toml are the limits."
    )


_rules = PoolRules()


STOPPED = {
    "time": mark("reading took longer than its time limit"),
    "memory": mark("reading took more memory than its limit"),
    "crash": mark("the reading process died"),
}


def read(
    pdf: bytes,
    *,
    timeout: float,
    memory: int,
    draw: bool,
    encoders: int = process_limits.encoders,
    title: str = "",
) -> Reading:
    """The Document of a PDF and, with `draw`, the pictures of its figures.

    Safe to call from many threads: each call has a child of its own. `timeout` is in seconds
    of processor time (ten times as many by the clock), `memory` in MB; `encoders` are
    threads of the child that encode pictures, 0 where every core has a paper of its own.
    `title` is the one in the paper's record, where there is a record.

    Raises:
        UnreadablePdf: the file holds no text to read.
        ReadingStopped: cause `time`, `memory` or `crash`.
    """
    wish = Wish(
        timeout=timeout,
        memory=memory,
        draw=draw,
        encoders=encoders,
        title=title,
    )
    child = _borrow()
    try:
        return _use(child, pdf, wish)
    except ReadingStopped as error:
        if error.cause == "time" or child.papers < 2:  # noqa: PLR2004  a first paper cannot suffer from an earlier one
            raise
    return _use(Child(), pdf, wish)


def prepare() -> None:
    """Start a process for the first paper, while its caller has other things to do."""
    _give_back(Child())


def draw_page_safely(
    pdf: bytes, page: int, quote: str, *, timeout: float, memory: int
) -> PageImage:
    """Draw a page (1-based) as PNG with the boxes of a quote on it.

    `timeout` is in seconds, `memory` in MB.

    Raises:
        UnreadablePdf, ReadingStopped: as for `read`; also for a page that is not there.
    """
    wish = {"page": page, "quote": quote, "timeout": timeout, "memory": memory}
    child = _borrow()
    try:
        head, parts = child.ask(wish, pdf)
    except BaseException:
        child.stop()
        raise
    _give_back(child)
    if "image" not in head or len(parts) != 1:
        raise _error(head)
    return _page_image(head["image"], parts[0])


def _page_image(size: Any, png: bytes) -> PageImage:
    """What the child says of its picture, taken with care: it holds a hostile file."""
    try:
        marks = [
            tuple(min(1.0, max(0.0, float(side))) for side in box)
            for box in size["marks"]
        ]
        boxes = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in marks)
        return PageImage(png, int(size["width"]), int(size["height"]), boxes)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _stopped("crash", str(error)) from error


def close() -> None:
    """End the children that wait for work."""
    with _lock:
        waiting = _idle[:]
        _idle.clear()
    for child in waiting:
        child.stop()


def abandon() -> None:
    """End the children that are at work: nobody waits for what they read."""
    with _lock:
        busy = [child for child in _at_work if child not in _idle]
    for child in busy:
        child.kill()


class Child:
    """One reading process."""

    def __init__(self, command: tuple[str, ...] = _rules.command) -> None:
        self.papers = 0
        with _signals_blocked():
            self.process = subprocess.Popen(  # noqa: S603  our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )

    def read(self, pdf: bytes, wish: Wish) -> Reading:
        """As `read` of the module, whose keywords `wish` holds."""
        self._take()
        head, parts = self._exchange(wish, pdf, wish["timeout"], wish["memory"])
        if "document" in head:
            return _checked(head, parts)
        raise _error(head)

    def ask(
        self, request: Mapping[str, Any], pdf: bytes
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Send a request other than `read`; its answer as it comes."""
        self._take()
        return self._exchange(
            request, pdf, request["timeout"], request["memory"]
        )

    def fit(self) -> bool:
        """True when it can take another paper."""
        return self.papers < _rules.papers and self.process.poll() is None

    def kill(self) -> None:
        """Let it end now; who waits for its answer sees it crash."""
        with contextlib.suppress(OSError):
            self.process.kill()

    def stop(self) -> None:
        """End it now, and wait for its end."""
        self.kill()
        self.process.wait()
        self.release()

    def release(self) -> None:
        """Close the pipes; a child whose stdin is closed ends by itself."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _take(self) -> None:
        """Count a paper; before the first one, wait until the process has started."""
        if not self.papers:
            self._exchange({}, b"", _rules.start_limit, 0)
        self.papers += 1

    def _exchange(
        self,
        request: Mapping[str, Any],
        pdf: bytes,
        timeout: float,
        memory: int,
    ) -> tuple[dict[str, Any], list[bytes]]:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None  # noqa: S101  PIPE was asked for
        assert stdout is not None  # noqa: S101
        with _Watch(self.process, timeout, memory) as watch:
            try:
                if request:
                    write_frame(stdin, request, pdf)
                answer = read_frame(
                    stdout, max(memory, 1) * process_limits.megabyte
                )
            except (BrokenFrame, OSError) as error:
                self.stop()
                raise _stopped(
                    watch.cause or "crash", self._ending()
                ) from error
        if watch.cause:
            self.stop()
        return answer

    def _ending(self) -> str:
        code = self.process.returncode
        with contextlib.suppress(ValueError):
            return (
                signal.Signals(-code).name if code < 0 else f"exit code {code}"
            )
        return f"exit code {code}"


class _Watch:
    """Kills a process that passes its time or memory; `cause` then says which.

    The limit is on processor time, since a busy machine stretches the clock's; by the clock a
    process has ten times as much, for one that waits for ever.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], timeout: float, memory: int
    ) -> None:
        self.cause = ""
        self._process, self._memory = process, memory * process_limits.megabyte
        self._deadline = (
            time.monotonic() + process_limits.clock_factor * timeout
        )
        self._processor_limit = processor_time(process.pid) + timeout
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_rules.watch):
            if self._is_late():
                self.cause = "time"
            elif 0 < self._memory < resident_memory(self._process.pid):
                self.cause = "memory"
            if self.cause:
                with contextlib.suppress(OSError):
                    self._process.kill()
                return

    def _is_late(self) -> bool:
        used = processor_time(self._process.pid)
        return used > self._processor_limit or time.monotonic() > self._deadline


_lock = threading.Lock()
_idle: list[Child] = []
_at_work: weakref.WeakSet[Child] = weakref.WeakSet()


def _use(child: Child, pdf: bytes, wish: Wish) -> Reading:
    _at_work.add(child)
    try:
        reading = child.read(pdf, wish)
    except UnreadablePdf:
        _give_back(child)
        raise
    except BaseException:
        child.stop()
        raise
    _give_back(child)
    return reading


def _borrow() -> Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.fit():
                return child
            child.stop()
    return Child()


def _give_back(child: Child) -> None:
    if not child.fit():
        child.stop()
        return
    with _lock:
        _idle.append(child)


def _forget() -> None:
    """After a fork the children belong to the other process."""
    global _lock  # noqa: PLW0603  a lock held during the fork stays locked for ever
    _lock = threading.Lock()
    for child in _idle:
        child.release()
    _idle.clear()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Start a process that SIGTERM and SIGINT do not reach, from its first instruction on.

    systemd and `timeout` send them to all processes of a run, which is to finish what is in hand.
    A child inherits the mask of the thread that starts it, and ends when its stdin does.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _environment() -> dict[str, str]:
    """What a reading process needs to run, and nothing else: it holds a hostile file, so it
    gets no key; what a cluster's worker sets for malloc would make it an eighth slower.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if _rules.inherited.fullmatch(name)
    }
    return {
        **kept,
        "PYTHONPATH": _search_path(),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _search_path() -> str:
    """The checkout or installation that runs now, for the child to import the same code."""
    root = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join(
        filter(None, (root, os.environ.get("PYTHONPATH", "")))
    )


def _checked(head: dict[str, Any], parts: list[bytes]) -> Reading:
    try:
        return unpack(head, parts)
    except BrokenFrame as error:
        raise _stopped("crash", str(error)) from error


def _error(head: dict[str, Any]) -> PaperError:
    cause, detail = head.get("unreadable"), str(head.get("detail", ""))
    if cause in UnreadablePdf.CAUSES:
        return unreadable(cause, detail)
    return _stopped(
        "memory" if head.get("stopped") == "memory" else "crash", detail
    )


def _stopped(cause: str, detail: str = "") -> ReadingStopped:
    return ReadingStopped(
        _(STOPPED[cause]), step=_(_rules.hint), cause=cause, detail=detail
    )
