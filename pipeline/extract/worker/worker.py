"""The process that reads PDFs for pool.py: a request in on stdin, a Reading or an error out
on stdout.

Started as `python -m pipeline.extract.worker.worker`. It ends when its stdin ends, so it never
outlives its parent.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from pipeline.errors import UnreadablePdf
from pipeline.extract.pdf.loader import is_out_of_memory
from pipeline.extract.worker.protocol import (
    BrokenFrame,
    pack,
    process_limits,
    read_frame,
    write_frame,
)


@dataclass(frozen=True, slots=True)
class WorkerRules:
    """How large a request may be, and when the process ends itself."""

    request_limit: int = 1 << 31
    """Bytes of a request; downloads are limited long before."""
    grace: float = 5.0
    """Seconds past the time limit after which the process ends itself, should the parent be gone by
    then.
    """


_rules = WorkerRules()


Request = tuple[dict[str, Any], list[bytes]]


def serve_requests() -> None:
    """Serve requests until stdin ends."""
    requests, replies = _private_pipes()
    _warm_up()
    inbox: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(
        target=_listen, args=(requests, inbox), daemon=True
    ).start()
    write_frame(replies, {"ready": True})
    while True:
        head, (pdf,) = inbox.get()
        _arm(head["timeout"], head["memory"])
        answer, parts = (
            _drawn(pdf, head) if "page" in head else _read(pdf, head)
        )
        write_frame(replies, answer, *parts)
        _disarm()
        gc.collect()  # between papers and not within one: reading leaves no cycles, and looking for them takes long


def _warm_up() -> None:
    """Import what reading needs and read a page of our own: once for many papers, before memory
    is limited. The collector is kept from looking through what stays for ever.
    """
    gc.disable()
    from pipeline.extract.worker.warmup import rehearse

    rehearse()
    gc.freeze()


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Stdin and stdout under other numbers: what C code prints must not come between."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdout = sys.stderr
    return requests, replies


def _listen(requests: IO[bytes], inbox: queue.SimpleQueue[Request]) -> None:
    """Pass requests on; leave at once when the parent is gone, even in the middle of a paper."""
    while True:
        try:
            inbox.put(read_frame(requests, _rules.request_limit))
        except (BrokenFrame, OSError):
            os._exit(0)


def _drawn(pdf: bytes, head: dict[str, Any]) -> Request:
    """Draw one page with a quote marked."""
    from pipeline.extract.pdf.page_image import draw_page

    def draw() -> Request:
        image = draw_page(pdf, head["page"], head["quote"])
        size = {
            "width": image.width,
            "height": image.height,
            "marks": image.marks,
        }
        return {"image": size}, [image.png]

    return _answer(draw)


def _read(pdf: bytes, head: dict[str, Any]) -> Request:
    from pipeline.extract.reader import read_pdf

    def read() -> Request:
        wish = {
            key: head[key]
            for key in ("draw", "encoders", "title")
            if key in head
        }
        return pack(read_pdf(pdf, **wish))

    return _answer(read)


def _answer(work: Callable[[], Request]) -> Request:
    """The answer of a piece of work, or what went wrong with it."""
    try:
        return work()
    except UnreadablePdf as error:
        return {"unreadable": error.cause, "detail": error.detail}, []
    except Exception as error:  # noqa: BLE001  whatever a hostile PDF brings up is told to the parent
        cause = "memory" if is_out_of_memory(error) else "crash"
        return {"stopped": cause, "detail": traceback.format_exc()[-2000:]}, []


def _arm(timeout: float, memory: int) -> None:
    """Limits that hold in C code too, where the system knows them."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, timeout + _rules.grace)
        signal.setitimer(
            signal.ITIMER_REAL,
            process_limits.clock_factor * timeout + _rules.grace,
        )
    _limit_memory(memory * process_limits.megabyte)


def _disarm() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:
        return
    if sys.platform == "darwin":
        return  # macOS takes the call and ignores it; the parent watches instead
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))


if __name__ == "__main__":
    serve_requests()
