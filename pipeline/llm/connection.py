"""The HTTP connection to one endpoint: one request, one answer, limits of time and size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pipeline import __version__
from pipeline.llm.failures.error_classification import (
    ErrorCause,
    RequestFailed,
    classify,
)
from pipeline.llm.failures.server_error import ServerError, read_error
from pipeline.llm.providers import Endpoint, address_of
from pipeline.llm.reply.raw_answer import RawAnswer, read_raw_answer

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How much of an answer is read."""

    completion: int = 8_000_000
    """Bytes of a completion; a stream of 20,000 pieces has 5 million."""


answer_limits = AnswerLimits()


class Connection:
    """The connection to one endpoint; it is opened when it is first used."""

    def __init__(
        self, endpoint: Endpoint, timeout: float, now: Callable[[], datetime]
    ) -> None:
        self._endpoint = endpoint
        self._timeout = timeout
        self._now = now
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close it."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def exchange(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        form: Mapping[str, Any] | None = None,
        limit: int = answer_limits.completion,
    ) -> RawAnswer:
        """Send one HTTP request and read its answer.

        Args:
            method: GET or POST.
            path: below the base address.
            body: sent as JSON.
            form: `data` and `files` of a multipart form instead.
            limit: bytes of the answer that are read.

        Raises:
            RequestFailed: no connection, no answer in time, a status that is an error.
        """
        import httpx

        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._read(method, path, body, form, limit)
        except (TimeoutError, httpx.TimeoutException) as error:
            words = f"no answer within {self._timeout:g} s, the [model] timeout"
            raise RequestFailed(ErrorCause.TIMED_OUT, ServerError(0, words)) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            words = str(error) or type(error).__name__
            raise RequestFailed(ErrorCause.NO_ANSWER, ServerError(0, words)) from error
        if answer.status >= 300:  # noqa: PLR2004
            said = read_error(answer.status, answer.body(), wait=answer.wait)
            raise RequestFailed(classify(said), said)
        return answer

    async def _read(
        self,
        method: str,
        path: str,
        body: Any,
        form: Mapping[str, Any] | None,
        limit: int,
    ) -> RawAnswer:
        path, _, own_query = path.partition("?")
        url, query = address_of(self._endpoint.base_url, path)
        query |= dict(parse_qsl(own_query))
        sent: dict[str, Any] = dict(form or {})
        if body is not None:
            sent["content"] = _encoded(body)
            sent["headers"] = {"Content-Type": "application/json"}
        client = self._open()
        async with client.stream(method, url, params=query or None, **sent) as response:
            return await read_raw_answer(response, limit, self._now())

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            import httpx

            headers = {
                "Authorization": f"Bearer {self._endpoint.key}",
                "User-Agent": f"arxiv-screen/{__version__}",
                "Accept-Encoding": "identity",
            }
            self._client = httpx.AsyncClient(
                headers=headers,
                timeout=self._timeout,
                follow_redirects=True,
                trust_env=not self._endpoint.local,  # no proxy on the way to this machine
                limits=httpx.Limits(max_connections=None),
            )
        return self._client


def _encoded(body: Any) -> bytes:
    """The JSON of a request; half characters become question marks."""
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")
