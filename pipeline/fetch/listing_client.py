"""GET from one of arXiv's listing services as arXiv wants to be asked: named, slowly, and
patiently.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar, Self

import httpx
from tenacity import Retrying

from pipeline import config
from pipeline.common.rate_limit import Gate, Memory
from pipeline.common.retry import (
    Garbled,
    Patience,
    Setback,
    raise_for_status,
    setback_of,
)
from pipeline.errors import ArxivDown, BadAnswer

BODY_LIMIT = 64 * 2**20
"""Bytes of a listing. 2,000 records of the search API are 6 MB."""

HOPS = 5
"""Redirections that are followed."""

EXCERPT = 200
"""Characters of a strange answer that an error shows."""


class PoliteGet:
    """Fetches listings through one gate; every try that an answer needs is made here and
    nowhere else.
    """

    def __init__(
        self,
        settings: config.Arxiv,
        gate: Gate,
        accept: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._gate, self._sleep = gate, sleep
        self._patience = Patience(settings.patience, gate, clock=clock, jitter=jitter)
        self._client = httpx.Client(
            headers=headers(settings.contact, accept),
            timeout=settings.timeout,
            follow_redirects=False,
        )

    def __call__(self, url: str, check: Callable[[bytes], None]) -> bytes:
        """The body at `url`. `check` raises Garbled for a body that is worth another try.

        Raises:
            ArxivDown: no answer, or throttled past the limit.
            BadAnswer: again and again something else than a listing, or a refusal.
        """
        tries = Retrying(sleep=self._sleep, **self._patience.rules())
        try:
            body: bytes = tries(self._try, url, check)
        except Setback as setback:
            raise down(setback, url, tries.statistics["attempt_number"]) from setback
        self._patience.succeeded()
        return body

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _try(self, url: str, check: Callable[[bytes], None], hops: int = HOPS) -> bytes:
        try:
            with self._gate.turn(), self._client.stream("GET", url) as response:
                raise_for_status(response)
                body = _read(response)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise setback_of(error) from error
        if (
            response.next_request and hops
        ):  # a redirection is a request like any other: it passes the gate
            return self._try(str(response.next_request.url), check, hops - 1)
        if not response.is_success:
            raise _refused(response, body, check)
        check(body)
        return body


class Service:
    """One of arXiv's listing services. One object, and so one gate, for the whole program."""

    accept: ClassVar[str]
    """The media types it answers with."""

    def __init__(
        self,
        settings: config.Arxiv,
        *,
        memory: Memory | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        gate = Gate(
            settings.interval, memory=memory, clock=clock, wall=wall, sleep=sleep
        )
        self._settings = settings
        self._get = PoliteGet(
            settings, gate, self.accept, clock=clock, sleep=sleep, jitter=jitter
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._get.close()


def _refused(
    response: httpx.Response, body: bytes, check: Callable[[bytes], None]
) -> BadAnswer:
    """In arXiv's own words where it has some."""
    try:
        check(body)
    except BadAnswer as answer:
        return answer
    except Garbled:
        pass
    status = response.status_code
    return BadAnswer(
        f"arXiv answers HTTP {status}.",
        url=str(response.url),
        status=status,
        excerpt=excerpt(body),
    )


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > BODY_LIMIT:
            raise Garbled("the answer does not end")
    return bytes(body)


def down(setback: Setback, url: str, tries: int) -> ArxivDown:
    """The error a user sees when the last try has failed."""
    kind = BadAnswer if isinstance(setback, Garbled) else ArxivDown
    return kind(
        f"arXiv is not answering as it should, {tries} tries: {setback.reason}.",
        url=url,
        status=setback.status,
        tries=tries,
        excerpt=setback.excerpt,
    )


def excerpt(body: bytes) -> str:
    """The beginning of an answer as one printable line."""
    text = re.sub(r"<[^>]*>|\s+", " ", body[: 10 * EXCERPT].decode("utf-8", "replace"))
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:EXCERPT]


def headers(contact: str, accept: str) -> dict[str, str]:
    """Who asks, and for what. arXiv's terms of use want to know whom to write to."""
    try:
        release = version("arxiv-screen")
    except PackageNotFoundError:
        release = "0"
    address = "".join(
        c for c in contact if c.isascii() and c.isprintable() and c not in "()"
    ).strip()
    return {
        "User-Agent": f"arxiv-screen/{release} (contact: {address or 'not configured'})",
        "Accept": accept,
    }
