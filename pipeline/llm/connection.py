"""The connection to one endpoint: one request, one answer, limits of time and size.

Completions go through the client of the openai package; lists of models and batches through
the same HTTP client. Neither retries: transport.py does. An answer is read here and not by
either library, since both read an error's body to its end, however long it is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
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
    from openai import AsyncOpenAI


class _ErrorAnswer(Exception):
    """An answer whose status is an error, read within its limit."""

    def __init__(self, answer: RawAnswer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """How much of an answer is read, and how long a connection may take."""

    completion: int = 8_000_000
    """Bytes of a completion; a stream of 20,000 pieces has 5 million."""
    connect: float = 5.0
    """Seconds for a connection; a lost packet is sent again after 1 and 3 seconds."""


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
        self._openai: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Close it."""
        if self._client is not None:
            await self._client.aclose()
            self._client = self._openai = None

    async def complete(self, request: Mapping[str, Any]) -> RawAnswer:
        """Ask for a completion; the whole body of the request as the endpoint takes it.

        Raises:
            RequestFailed: as for `exchange`.
        """
        return await self._within_limits(self._complete(request))

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
        return await self._within_limits(
            self._read(method, path, body, form, limit)
        )

    async def _within_limits(self, asking: Awaitable[RawAnswer]) -> RawAnswer:
        """Wait for an answer as long as the configuration says, and sort what went wrong."""
        import httpx

        try:
            async with asyncio.timeout(self._timeout):
                answer = await asking
        except _ErrorAnswer as error:
            answer = error.answer
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            words = str(error) or "no connection"
            raise RequestFailed(
                ErrorCause.UNREACHABLE, ServerError(0, words)
            ) from error
        except (TimeoutError, httpx.TimeoutException) as error:
            words = f"no answer within {self._timeout:g} s, the [model] timeout"
            raise RequestFailed(
                ErrorCause.TIMED_OUT, ServerError(0, words)
            ) from error
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            OSError,
            ValueError,
        ) as error:
            words = str(error) or type(error).__name__
            raise RequestFailed(
                ErrorCause.NO_ANSWER, ServerError(0, words)
            ) from error
        if answer.status >= 300:  # noqa: PLR2004
            said = read_error(answer.status, answer.body(), wait=answer.wait)
            raise RequestFailed(classify(said), said)
        return answer

    async def _complete(self, request: Mapping[str, Any]) -> RawAnswer:
        from openai import APIConnectionError, OpenAIError

        body = json.loads(_encoded(request))
        model, messages = body.pop("model"), body.pop("messages")
        completions = (
            self._open_openai().chat.completions.with_streaming_response
        )
        try:
            async with completions.create(
                model=model, messages=messages, extra_body=body
            ) as response:
                limit = answer_limits.completion
                came: Any = (
                    response.http_response
                )  # of the httpx that it was given
                return await read_raw_answer(came, limit, self._now())
        except APIConnectionError as error:
            raise error.__cause__ or OSError(str(error)) from error
        except OpenAIError as error:
            raise OSError(str(error)) from error

    def _open_openai(self) -> AsyncOpenAI:
        if self._openai is None:
            from openai import AsyncOpenAI

            base_url, query = address_of(self._endpoint.base_url, "")
            self._openai = AsyncOpenAI(
                api_key=self._endpoint.key or "none",
                base_url=base_url,
                default_query=query,
                default_headers=self._headers(),
                timeout=self._timeout,
                max_retries=0,
                http_client=cast(
                    "Any", self._open()
                ),  # either generation of httpx will do
            )
        return self._openai

    async def _stop_at_error(self, response: httpx.Response) -> None:
        """Read the body of an error up to the limit, before a library reads it without end."""
        if response.status_code >= 400:  # noqa: PLR2004 - RFC 9110: errors begin there
            limit = answer_limits.completion
            raise _ErrorAnswer(
                await read_raw_answer(response, limit, self._now())
            )

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
        async with client.stream(
            method, url, params=query or None, **sent
        ) as response:
            return await read_raw_answer(response, limit, self._now())

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            import httpx

            key = {"Authorization": f"Bearer {self._endpoint.key}"}
            self._client = httpx.AsyncClient(
                headers=key | self._headers(),
                event_hooks={
                    "request": [_connect_soon],
                    "response": [self._stop_at_error],
                },
                timeout=self._timeout,
                follow_redirects=True,
                trust_env=not self._endpoint.local,  # no proxy on the way to this machine
                limits=httpx.Limits(max_connections=None),
            )
        return self._client

    def _headers(self) -> dict[str, str]:
        agent = f"arxiv-screen/{__version__}"
        return {"User-Agent": agent, "Accept-Encoding": "identity"}


def _encoded(body: Any) -> bytes:
    """The JSON of a request; half characters become question marks."""
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


async def _connect_soon(request: httpx.Request) -> None:
    """Limit the wait for a connection, whichever library has made the request."""
    times = request.extensions["timeout"]
    times["connect"] = min(times["connect"], answer_limits.connect)
