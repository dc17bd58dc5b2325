"""An answer as it comes over the wire: read up to a limit, unpacked, decoded."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.llm.reply.event_stream import is_event_stream, join_events

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What was read of an answer."""

    status: int
    text: str
    wait: float | None = None
    """Seconds that its headers ask to wait; None where they do not."""

    def body(self) -> Any:
        """Decode it: a JSON value, the joined pieces of a stream, or the text itself."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return (
                join_events(self.text)
                if is_event_stream(self.text)
                else self.text
            )

    @property
    def looks_like_json(self) -> bool:
        """Does it begin as JSON does, whole or torn?"""
        return self.text.lstrip()[:1] in ("{", "[")


async def read_raw_answer(
    response: httpx.Response, limit: int, now: datetime
) -> RawAnswer:
    """Read an answer, at most `limit` bytes of it, packed or unpacked."""
    kept = bytearray()
    async for piece in response.aiter_raw():
        kept += piece
        if len(kept) > limit:
            break
    packed = response.headers.get("content-encoding", "").strip()
    data = _unpacked(kept, limit) if packed else bytes(kept)
    wait = _stated_wait(response.headers, now)
    return RawAnswer(response.status_code, data.decode(errors="replace"), wait)


def _unpacked(packed: bytes | bytearray, limit: int) -> bytes:
    """The content of a gzip or zlib stream up to the limit: a small one may hold gigabytes."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(packed, limit)
    except zlib.error:
        return b""


def _stated_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    from pipeline.common.retry import retry_after

    milliseconds = headers.get("retry-after-ms", "").strip()
    if milliseconds.isascii() and milliseconds.isdecimal():
        return float(milliseconds[:9]) / 1000
    return retry_after(headers.get("retry-after", ""), now.timestamp()) or None
