"""PDFs in: streamed to a `.part` file beside their place, checked to be whole, moved in."""

from __future__ import annotations

import asyncio
import os
import random
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import quote

import httpx
from tenacity import AsyncRetrying

from pipeline import config
from pipeline.common.rate_limit import AsyncGate
from pipeline.common.retry import (
    Garbled,
    Patience,
    Setback,
    raise_for_status,
    setback_of,
)
from pipeline.errors import ArxivDown, BrokenDownload, NoPdf, from_os
from pipeline.fetch.listing_client import down, excerpt, headers
from pipeline.paper import Paper

HEAD, TAIL = 1024, 1024
"""Bytes at either end in which a PDF says that it is one (ISO 32000-1, 7.5.2 and 7.5.5, and
Acrobat's practice).
"""

MEGABYTE = 10**6
NO_PDF = frozenset({404, 410})
PARTIAL, BAD_RANGE = 206, 416


class Pdfs:
    """Downloads, a few at once, through one gate. One object for the whole program, used in one
    event loop.
    """

    def __init__(
        self,
        settings: config.Arxiv,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._sleep = settings, sleep
        self._gate = AsyncGate(
            settings.pdf_interval, settings.pdf_connections, clock=clock, sleep=sleep
        )
        self._patience = Patience(
            settings.patience, self._gate, clock=clock, jitter=jitter
        )
        self._client = httpx.AsyncClient(
            headers={
                **headers(settings.contact, "application/pdf"),
                "Accept-Encoding": "identity",
            },
            timeout=settings.timeout,
            follow_redirects=True,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def download(self, paper: Paper, folder: Path) -> Path:
        """The paper's PDF in `folder`, which must exist; one that is there already is not
        fetched again.

        Raises:
            NoPdf: arXiv has none.
            BrokenDownload: what comes is never a whole PDF, or it is larger than the limit.
            ArxivDown: no answer, or throttled past the limit.
            DiskFull, NotWritable: the folder takes no more, or nothing at all.
        """
        place = folder / f"{paper.slug}v{paper.version}.pdf"
        if place.exists():
            return place
        part = _Part(place.with_name(f"{place.name}.part"))
        url = f"{self._settings.pdf.rstrip('/')}/{quote(paper.versioned_id)}"
        try:
            await self._fetch(url, part)
            await asyncio.to_thread(part.move_in, place)
        except OSError as error:
            raise from_os(error, folder) from error
        finally:
            part.discard()
        self._patience.succeeded()
        return place

    async def _fetch(self, url: str, part: _Part) -> None:
        tries = AsyncRetrying(sleep=self._sleep, **self._patience.rules())
        try:
            await tries(self._try, url, part)
        except Setback as setback:
            raise _given_up(
                setback, url, tries.statistics["attempt_number"]
            ) from setback

    async def _try(self, url: str, part: _Part) -> None:
        try:
            async with (
                self._gate.turn(),
                self._client.stream("GET", url, headers=part.wanted()) as response,
            ):
                self._admit(response, part)
                async for piece in response.aiter_bytes():
                    part.write(piece)
                    self._limit(part.size, url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise setback_of(error) from error
        part.check()

    def _admit(self, response: httpx.Response, part: _Part) -> None:
        """Decide by the head of the answer: go on where the part ends, begin it anew, or turn
        away.
        """
        url = str(response.url)
        if response.status_code in NO_PDF:
            raise NoPdf("arXiv has no PDF of it.", url=url, status=response.status_code)
        raise_for_status(response)
        if response.status_code == BAD_RANGE:
            part.clear()
            raise Garbled("arXiv does not know the rest of the file", status=BAD_RANGE)
        if response.is_error:
            raise BrokenDownload(
                f"arXiv answers HTTP {response.status_code}.",
                url=url,
                status=response.status_code,
            )
        part.begin(response)
        self._limit(part.length, url)

    def _limit(self, size: int, url: str) -> None:
        if size > self._settings.pdf_limit * MEGABYTE:
            limit = self._settings.pdf_limit
            raise BrokenDownload(
                f"The PDF is larger than {limit} MB.",
                step="Raise [arxiv] pdf_limit to have it.",
                url=url,
            )


@dataclass
class _Part:
    """The file while it grows, and what the server has said about the whole of it."""

    path: Path
    size: int = 0
    """Bytes so far."""
    length: int = 0
    """Bytes of the whole; 0 when unknown."""
    validator: str = ""
    """By it the server tells whether the rest belongs to what is there; without it a torn file
    is begun again.
    """
    file: BinaryIO | None = None

    def wanted(self) -> dict[str, str]:
        """Ask for the rest only, if something is there that can be continued."""
        return (
            {"Range": f"bytes={self.size}-", "If-Range": self.validator}
            if self.size and self.validator
            else {}
        )

    def begin(self, response: httpx.Response) -> None:
        """Open the file where the answer goes on."""
        span = re.fullmatch(
            r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", "")
        )
        if response.status_code == PARTIAL and not (span and int(span[1]) == self.size):
            self.clear()
            raise Garbled("another part of the file than was asked for")
        if response.status_code != PARTIAL:
            self.clear()
            self.length = (
                int(length)
                if (length := response.headers.get("Content-Length", "")).isdecimal()
                else 0
            )
            self.validator = _validator(response)
        self.file = self.file or self.path.open("wb")

    def write(self, piece: bytes) -> None:
        """Append; the file is open."""
        if self.file:
            self.file.write(piece)
            self.size += len(piece)

    def check(self) -> None:
        """Is it a whole PDF?

        Raises:
            Garbled: it is not. What cannot be continued is thrown away.
        """
        if self.file:
            self.file.flush()
        try:
            _require_whole(self.path, self.length)
        except Garbled:
            self.clear()
            raise

    def move_in(self, place: Path) -> None:
        """Bring the bytes to the disk, then the file to its place."""
        if self.file:
            os.fsync(self.file.fileno())
            self.file.close()
        self.path.replace(place)

    def clear(self) -> None:
        """Begin again with nothing."""
        if self.file:
            self.file.seek(0)
            self.file.truncate()
        self.size = self.length = 0
        self.validator = ""

    def discard(self) -> None:
        """Close the file, and remove what was not moved in."""
        with suppress(OSError):  # a full disk refuses the last bytes once more
            if self.file:
                self.file.close()
        with suppress(
            OSError
        ):  # a folder that cannot be written has no such file either
            self.path.unlink()


def _validator(response: httpx.Response) -> str:
    """What If-Range may name: a strong ETag, else the date of the file (RFC 9110, 13.1.5)."""
    etag: str = response.headers.get("ETag", "")
    date: str = response.headers.get("Last-Modified", "")
    return etag if etag and not etag.startswith("W/") else date


def _require_whole(path: Path, length: int) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    if b"%PDF-" not in head:
        kind = (
            "an HTML page in place of the PDF"
            if b"<html" in head.lower()
            else "not a PDF"
        )
        raise Garbled(kind, excerpt=excerpt(head))
    if length and size != length:
        raise Garbled(f"{size} of {length} bytes")
    if b"%%EOF" not in tail:
        raise Garbled("a PDF without its end")


def _given_up(setback: Setback, url: str, tries: int) -> BrokenDownload | ArxivDown:
    if not isinstance(setback, Garbled):
        return down(setback, url, tries)
    return BrokenDownload(
        f"The PDF did not arrive whole, {tries} tries: {setback.reason}.",
        url=url,
        tries=tries,
        excerpt=setback.excerpt,
    )
