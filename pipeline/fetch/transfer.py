"""Bodies of answers within limits: on their size after decompression, their time, their rate.

httpx unpacks a body whole and in as many layers as the server names, so that a few kilobytes may
become gigabytes; here one layer is unpacked, a small piece at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

import httpx

from pipeline.common.retry import Garbled, TooSlow


@dataclass(frozen=True, slots=True)
class TransferLimits:
    """How much may come, how long, and how slowly."""

    size: int
    """Bytes after decompression."""
    seconds: float = 600.0
    """From the first byte to the last."""
    least_rate: float = 1000.0
    """Bytes a second on the wire, over each `window`. A modem of 1998 brought five times that."""
    window: float = 20.0
    """Seconds over which the rate is measured."""
    piece: int = 1 << 18
    """Bytes unpacked at a time."""


class TooLarge(Exception):
    """A body that passes the limit on its size."""


async def read_limited(
    response: httpx.Response, limits: TransferLimits, clock: Callable[[], float]
) -> AsyncIterator[bytes]:
    """Read the body of a streamed answer, unpacked.

    Raises:
        TooLarge: more bytes than the limit.
        TooSlow: it takes too long, or comes at less than the least rate.
        Garbled: it is packed in a way that was not asked for, or badly.
        httpx.HTTPError: the connection broke.
    """
    rate = _RateWatch(limits, clock)
    unpack = _unpacker(
        response.headers.get("Content-Encoding", ""), limits.piece
    )
    size = 0
    async for packed in response.aiter_raw():
        rate.note(len(packed))
        for piece in unpack(packed):
            size += len(piece)
            if size > limits.size:
                raise TooLarge(f"more than {limits.size} bytes")
            yield piece


class _RateWatch:
    """Raises TooSlow when bytes come too slowly or for too long."""

    def __init__(
        self, limits: TransferLimits, clock: Callable[[], float]
    ) -> None:
        self._limits, self._clock = limits, clock
        self._begin = self._window_begin = clock()
        self._in_window = 0

    def note(self, size: int) -> None:
        """Count bytes that have come just now."""
        now = self._clock()
        self._in_window += size
        longest = self._limits.seconds
        if now - self._begin > longest:
            raise TooSlow(f"it has not ended after {longest:.0f} seconds")
        elapsed = now - self._window_begin
        if elapsed < self._limits.window:
            return
        rate = self._in_window / elapsed
        if rate < self._limits.least_rate:
            raise TooSlow(f"it comes at {rate:.0f} bytes a second")
        self._window_begin, self._in_window = now, 0


def _unpacker(encoding: str, piece: int) -> Callable[[bytes], Iterator[bytes]]:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda packed: iter((packed,))
    if name in ("gzip", "x-gzip", "deflate"):
        return _inflater(piece)
    raise Garbled(
        "it is packed in a way that nobody asked for", excerpt=encoding[:50]
    )


def _inflater(piece: int) -> Callable[[bytes], Iterator[bytes]]:
    inflate = zlib.decompressobj(
        wbits=zlib.MAX_WBITS | 32
    )  # gzip or zlib by its head

    def unpack(packed: bytes) -> Iterator[bytes]:
        """Give what a packed piece holds, in pieces of at most that many bytes."""
        try:
            while packed and not inflate.eof:
                yield inflate.decompress(packed, piece)
                packed = inflate.unconsumed_tail
        except zlib.error as error:
            raise Garbled(f"it cannot be unpacked: {error}") from error

    return unpack
