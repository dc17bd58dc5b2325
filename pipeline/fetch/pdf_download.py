"""PDFs in: streamed to a `.part` file beside their place, checked to be whole, moved in."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

import httpx
from tenacity import AsyncRetrying

from pipeline import config
from pipeline.common.output_layout import MEGABYTE
from pipeline.common.rate_limit import AsyncGate
from pipeline.common.retry import (
    Garbled,
    Patience,
    Setback,
    Unreachable,
    raise_for_status,
    require_web_address,
    setback_of,
)
from pipeline.errors import ArxivDown, BrokenDownload, NoPdf, from_os
from pipeline.fetch.listing_client import down, headers
from pipeline.fetch.partial_file import PartialFile
from pipeline.fetch.transfer import TooLarge, TransferLimits, read_limited
from pipeline.paper import Paper
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """Limits of one PDF beside its size, which the configuration sets."""

    seconds: float = 900.0
    """For one try. 100 MB in this time are 110 kB a second."""
    least_rate: float = 1000.0
    """Bytes a second, as in TransferLimits."""
    hops: int = 5
    """Redirections that are followed."""


download_limits = DownloadLimits()


class PdfDownloads:
    """Downloads, a few at once, through one gate.

    One object for the whole program, used in one event loop.
    """

    def __init__(
        self,
        settings: config.Arxiv,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._settings, self._clock, self._sleep = settings, clock, sleep
        connections = settings.pdf_connections
        self._gate = AsyncGate(
            settings.pdf_interval, connections, clock=clock, sleep=sleep
        )
        self._patience = Patience(
            settings.patience, self._gate, clock=clock, jitter=jitter
        )
        self._transfer = TransferLimits(
            settings.pdf_limit * MEGABYTE,
            download_limits.seconds,
            download_limits.least_rate,
        )
        named = headers(settings.contact, "application/pdf")
        self._client = httpx.AsyncClient(
            headers={**named, "Accept-Encoding": "identity"},
            timeout=settings.timeout,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def download(self, paper: Paper, folder: Path) -> Path:
        """Fetch a paper's PDF into `folder`, which must exist, unless it is there already.

        Raises:
            NoPdf: arXiv has none.
            BrokenDownload: what comes is never a whole PDF, it is larger than the limit, or it is
                said to be somewhere that is no web address.
            ArxivDown: no answer, or throttled past the limit.
            DiskFull, NotWritable: the folder takes no more, or nothing at all.
        """
        place = folder / f"{paper.slug}v{paper.version}.pdf"
        if place.exists():
            return place
        part = PartialFile(place.with_name(f"{place.name}.part"))
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

    async def _fetch(self, url: str, part: PartialFile) -> None:
        tries = AsyncRetrying(sleep=self._sleep, **self._patience.rules())
        require_web_address(url)
        try:
            await tries(self._try, url, part)
        except Setback as setback:
            raise _given_up(
                setback, url, tries.statistics["attempt_number"]
            ) from setback
        except TooLarge as error:
            raise self._too_large(url) from error

    async def _try(self, url: str, part: PartialFile) -> None:
        target, hops = url, download_limits.hops
        while location := await self._request(target, part):
            target, hops = _redirected(target, location, hops), hops - 1
        part.check()

    async def _request(self, url: str, part: PartialFile) -> str:
        """Fetch the file; the address where it is redirected to instead, else ""."""
        asked = part.range_headers()
        try:
            async with (
                self._gate.turn(),
                self._client.stream("GET", url, headers=asked) as response,
            ):
                if response.has_redirect_location:
                    location: str = response.headers["Location"]
                    return location
                self._admit(response, part)
                async for piece in read_limited(
                    response, self._transfer, self._clock
                ):
                    part.write(piece)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise BrokenDownload(
                _("arXiv redirects to no web address."), url=url
            ) from error
        except httpx.HTTPError as error:
            setback = setback_of(error)
            if isinstance(setback, Unreachable) and not self._is_ours(url):
                raise BrokenDownload(
                    _(
                        "arXiv redirects to {host}, which does not answer.",
                        host=httpx.URL(url).host,
                    ),
                    url=url,
                ) from error
            raise setback from error
        return ""

    def _is_ours(self, url: str) -> bool:
        """Tell whether an address is on the host that the configuration names."""
        return httpx.URL(url).host == httpx.URL(self._settings.pdf).host

    def _admit(self, response: httpx.Response, part: PartialFile) -> None:
        """Decide by the head of the answer: go on where the part ends, begin anew, or turn away."""
        url, status = str(response.url), response.status_code
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            raise NoPdf(_("arXiv has no PDF of it."), url=url, status=status)
        raise_for_status(response)
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.clear()
            raise Garbled(
                "arXiv does not know the rest of the file", status=status
            )
        if not response.is_success:
            raise BrokenDownload(
                _("arXiv answers HTTP {status}.", status=status),
                url=url,
                status=status,
            )
        part.begin(response)
        if part.length > self._transfer.size:
            raise self._too_large(url)

    def _too_large(self, url: str) -> BrokenDownload:
        return BrokenDownload(
            _(
                "The PDF is larger than {pdf_limit} MB.",
                pdf_limit=self._settings.pdf_limit,
            ),
            step=_("Raise [arxiv] pdf_limit to have it."),
            url=url,
        )


def _redirected(url: str, location: str, hops: int) -> str:
    """Give the address of a redirection.

    Raises:
        BrokenDownload: it is no web address, or one too many.
    """
    try:
        stated = httpx.URL(location)
        target = httpx.URL(url).join(stated)
    except (httpx.InvalidURL, ValueError) as error:
        raise BrokenDownload(
            _("arXiv redirects to no address."), url=url
        ) from error
    names_host = bool(stated.host) or not stated.scheme
    if target.scheme not in ("http", "https") or not names_host:
        kind = target.scheme[:20]
        raise BrokenDownload(
            _("arXiv redirects to an address of the kind {kind}.", kind=kind),
            url=url,
        )
    if not hops:
        raise BrokenDownload(_("arXiv redirects again and again."), url=url)
    return str(target)


def _given_up(
    setback: Setback, url: str, tries: int
) -> BrokenDownload | ArxivDown:
    if not isinstance(setback, Garbled):
        return down(setback, url, tries)
    return BrokenDownload(
        _(
            "The PDF did not arrive whole, {tries} tries: {reason}.",
            tries=tries,
            reason=setback.reason,
        ),
        url=url,
        tries=tries,
        excerpt=setback.excerpt,
    )
