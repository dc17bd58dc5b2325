"""GET from arXiv's listing services as arXiv wants to be asked: named, slowly, one at a time.

One object serves the search API, OAI-PMH and the announcement feed, so that all three pass one
gate. It tries again what is mended by trying again; a service that asks to be left alone is an
error at once, and whoever calls asks another service meanwhile (see sources.py).
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception

from pipeline import config
from pipeline.common.clean import printable_line
from pipeline.common.rate_limit import Gate, Memory
from pipeline.common.retry import (
    Garbled,
    Setback,
    Throttled,
    TooSlow,
    Unanswered,
    Unreachable,
    pause_after,
    raise_for_status,
    require_web_address,
    setback_in,
    setback_of,
    tries_used_up,
)
from pipeline.errors import ArxivDown, BadAnswer
from pipeline.fetch.transfer import TooLarge, TransferLimits, read_limited
from pipeline.translation import gettext as _
from pipeline.translation import mark

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ListingLimits:
    """Limits of one request."""

    size: int = 64 * 2**20
    """Bytes after decompression. 2,000 records of the search API are 6 MB."""
    hops: int = 5
    """Redirections that are followed."""
    short_wait: float = 120.0
    """Seconds of Retry-After that are waited here; who asks for more is left alone."""
    obeyed: int = 4
    """Times that one request waits as Retry-After asks."""
    garbled: int = 5
    """Unusable answers to one request, until the service counts as down."""
    unreachable: int = 2
    """Failed connections, until the service counts as down: the next one may be there."""
    connect: float = 10.0
    """Seconds for a connection."""
    look: float = 0.2
    """Seconds between two looks whether the run was told to stop."""
    etag: int = 1000
    """Characters of an ETag that is worth keeping."""
    excerpt: int = 200
    """Characters of a strange answer that an error shows."""


listing_limits = ListingLimits()


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """One request: where, what is accepted, and how long its first byte may take."""

    url: str
    accept: str
    check: Callable[[bytes], None]
    """Raises Garbled for a body that is worth another try."""
    first_byte: float = 60.0
    """Seconds."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListingAnswer:
    """A body that has passed its check; empty where nothing has changed (status 304)."""

    body: bytes
    status: int
    etag: str = ""


class ListingClient:
    """Fetches listings through one gate; one object for the whole program."""

    def __init__(
        self,
        settings: config.Arxiv,
        *,
        memory: Memory | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        limits: ListingLimits = listing_limits,
    ) -> None:
        self.settings = settings
        self.clock, self.wall, self.sleep = clock, wall, sleep
        self._jitter, self._limits = jitter, limits
        self._transfer = TransferLimits(limits.size)
        self._gate = Gate(
            settings.interval,
            memory=memory,
            clock=clock,
            wall=wall,
            sleep=sleep,
        )
        self._tls = httpx.create_ssl_context()

    def get(self, ask: ListingRequest) -> ListingAnswer:
        """Make a request, again where that may mend it.

        Raises:
            ArxivDown: no answer; `throttled` tells that the service asks to be left alone,
                `after` for how many seconds where it says so.
            BadAnswer: again and again something else than a listing, or a refusal.
        """
        require_web_address(ask.url)
        tries = Retrying(
            sleep=self.sleep,
            retry=retry_if_exception(self._is_mended_by_waiting),
            wait=self._pause,
            stop=self._is_enough,
            reraise=True,
        )
        try:
            return tries(self._try, ask, ask.url, self._limits.hops)
        except Setback as setback:
            raise down(
                setback, ask.url, tries.statistics["attempt_number"]
            ) from setback

    def _is_mended_by_waiting(self, error: BaseException) -> bool:
        if isinstance(error, Throttled):
            return (
                error.after is not None
                and error.after <= self._limits.short_wait
            )
        return isinstance(error, Setback)

    def _pause(self, state: RetryCallState) -> float:
        setback = setback_in(state)
        if isinstance(setback, Throttled):
            return (setback.after or 0.0) + self._jitter()
        return pause_after(setback, state.attempt_number, self._jitter())

    def _is_enough(self, state: RetryCallState) -> bool:
        counted = tries_used_up(state)
        seen = state.retry_object.statistics["setbacks"]
        too_often = (
            seen[Throttled] > self._limits.obeyed
            or seen[Unreachable] >= self._limits.unreachable
            or seen[Garbled] >= self._limits.garbled
        )
        return counted or too_often

    def _try(self, ask: ListingRequest, url: str, hops: int) -> ListingAnswer:
        try:
            with self._gate.turn():
                response, body = asyncio.run(
                    self._until_stopped(self._send(ask, url))
                )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise BadAnswer(
                _("arXiv redirects to no web address."), url=url
            ) from error
        except httpx.HTTPError as error:
            raise self._setback(error) from error
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return ListingAnswer(b"", response.status_code)
        # the next request passes the gate like any other
        if response.next_request and hops:
            target = response.next_request.url
            require_http(target, url)
            return self._try(ask, str(target), hops - 1)
        if not response.is_success:
            raise _refused(response, body, ask.check)
        ask.check(body)
        etag = response.headers.get("ETag", "")
        return ListingAnswer(
            body, response.status_code, etag if is_sendable(etag) else ""
        )

    async def _send(
        self, ask: ListingRequest, url: str
    ) -> tuple[httpx.Response, bytes]:
        named = headers(self.settings.contact, ask.accept)
        timeout = httpx.Timeout(self._limits.connect, read=ask.first_byte)
        async with (
            httpx.AsyncClient(verify=self._tls, timeout=timeout) as client,
            client.stream(
                "GET", url, headers={**named, **ask.headers}
            ) as response,
        ):
            raise_for_status(response, self.wall)
            return response, await self._read(response)

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        try:
            async for piece in read_limited(
                response, self._transfer, self.clock
            ):
                body += piece
        except TooLarge as error:
            raise Garbled(f"the answer does not end: {error}") from error
        return bytes(body)

    async def _until_stopped(self, request: Awaitable[Result]) -> Result:
        """Wait for a request; what `sleep` raises when the run is to stop ends it."""
        task = asyncio.ensure_future(request)
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=self._limits.look)
                self.sleep(0)
            return task.result()
        finally:
            task.cancel()

    def _setback(self, error: httpx.HTTPError) -> Setback:
        if isinstance(error, httpx.ReadTimeout):
            return Unanswered("no answer in time")
        return setback_of(error)


def is_sendable(value: str) -> bool:
    """Tell whether what a header held can be sent back in one."""
    is_short = len(value) < listing_limits.etag
    return is_short and value.isascii() and value.isprintable()


def require_http(target: httpx.URL, url: str) -> None:
    """Refuse a redirection to anything but a web address.

    Raises:
        BadAnswer: its scheme is neither http nor https.
    """
    if target.scheme not in ("http", "https"):
        raise BadAnswer(
            _(
                "arXiv redirects to an address of the kind {scheme}.",
                scheme=target.scheme[:20],
            ),
            url=url,
        )


def _refused(
    response: httpx.Response, body: bytes, check: Callable[[bytes], None]
) -> BadAnswer:
    """Give the refusal in arXiv's own words where it has some."""
    try:
        check(body)
    except BadAnswer as answer:
        return answer
    except Garbled:
        pass
    status = response.status_code
    return BadAnswer(
        _("arXiv answers HTTP {status}.", status=status),
        url=str(response.url),
        status=status,
        excerpt=answer_excerpt(body),
    )


def down(setback: Setback, url: str, tries: int) -> ArxivDown:
    """Give the error that a user sees when the last try has failed."""
    kind = BadAnswer if isinstance(setback, Garbled) else ArxivDown
    unreachable = isinstance(setback, Unreachable)
    message = (
        mark("arXiv cannot be reached, {tries} tries: {reason}.")
        if unreachable
        else mark(
            "arXiv is not answering as it should, {tries} tries: {reason}."
        )
    )
    return kind(
        _(message, tries=tries, reason=setback.reason),
        url=url,
        status=setback.status,
        tries=tries,
        excerpt=setback.excerpt,
        throttled=isinstance(setback, Throttled | TooSlow),
        after=setback.after,
        unreachable=unreachable,
    )


def answer_excerpt(body: bytes) -> str:
    """Give the beginning of an answer as one printable line."""
    shown = listing_limits.excerpt
    head = body[: 10 * shown].decode("utf-8", "replace")
    text = re.sub(r"<[^>]*>|\s+", " ", head)
    return printable_line(text, shown)


def headers(contact: str, accept: str) -> dict[str, str]:
    """Name the program and whom arXiv can write to; a contact is ASCII in a header."""
    try:
        release = version("arxiv-screen")
    except PackageNotFoundError:
        release = "0"
    plain = (
        c for c in contact if c.isascii() and c.isprintable() and c not in "()"
    )
    address = "".join(plain).strip()
    return {
        "User-Agent": f"arxiv-screen/{release} (contact: {address or 'not configured'})",
        "Accept": accept,
        "Accept-Encoding": "gzip, deflate",
    }
