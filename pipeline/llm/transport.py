"""One request to the endpoint: sent in its turn, tried again where that can help. The only
retry, and the only circuit breaker, of the calls to a model.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from pipeline import __version__
from pipeline.common.rate_limit import AsyncGate
from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.error_classification import HOPELESS, PASSING, ErrorCause, classify
from pipeline.llm.providers import Endpoint, address_of
from pipeline.llm.reply.completion import Completion, NotACompletion, read_completion
from pipeline.llm.reply.event_stream import is_event_stream, joined
from pipeline.llm.reply.server_error import ServerError, read_error
from pipeline.llm.request_builder import content

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """How often and how long one request is tried."""

    tries: int = 6
    """Where 0.3 of all answers are errors, one request in 1,400 fails."""
    fewer: Mapping[ErrorCause, int] = field(
        default_factory=lambda: {
            ErrorCause.TIMED_OUT: 3,
            ErrorCause.INVALID_OUTPUT: 3,
            ErrorCause.FILTERED: 2,
            ErrorCause.WEB_PAGE: 2,
        }
    )
    """Tries after which these causes are believed."""
    untried_form: int = 3
    """Tries with errors of the server in a form in which it never answered yet; some servers
    say in this way that they do not know the form.
    """
    patience: float = 300.0
    """Seconds of waiting for one request in all."""
    first_wait: float = 1.0
    """Seconds before the second try; doubled from try to try."""
    longest_wait: float = 60.0
    """Seconds."""
    lost: int = 3
    """Requests in a row that ended without an answer, each after all its tries, until the
    model counts as down.
    """
    body: int = 8_000_000
    """Bytes of an answer that are read; a stream of 20,000 pieces has 5 million."""


retry_limits = RetryLimits()


class RequestFailed(Exception):
    """A request that got no completion: why, and what the server said."""

    def __init__(self, cause: ErrorCause, error: ServerError) -> None:
        super().__init__(error.words)
        self.cause = cause
        self.error = error


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it came over the wire."""

    status: int
    text: str
    wait: float | None = None
    """Seconds that its headers ask to wait."""

    def body(self) -> Any:
        """Decode it: a JSON value, the joined pieces of a stream, or the text where it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return joined(self.text) if is_event_stream(self.text) else self.text


class Transport:
    """The connection to one endpoint, with its memory of what cannot succeed."""

    def __init__(
        self,
        endpoint: Endpoint,
        gate: AsyncGate,
        *,
        timeout: float,
        retry: RetryLimits,
        sleep: Callable[[float], Any],
        now: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._endpoint = endpoint
        self._gate = gate
        self._timeout = timeout
        self._retry = retry
        self._sleep, self._now, self._jitter = sleep, now, jitter
        self._client: httpx.AsyncClient | None = None
        self._rejected: dict[str, ModelRejected] = {}
        self._lost: dict[str, int] = {}

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def send(
        self,
        request: Mapping[str, Any],
        *,
        form_is_known: bool = True,
        waste: Callable[[str], None] = lambda _: None,
    ) -> Completion:
        """Send one chat-completions request.

        Args:
            request: its body.
            form_is_known: the model has answered in this form before.
            waste: told of each answer that may have cost a call and cannot be used.

        Raises:
            ModelRejected: no request of this run to that model can succeed; later calls raise
                it without asking.
            ModelDown: no answer after the last try, or none for several requests before.
            RequestFailed: this very request is refused; another one may be answered.
        """
        attempt, waited = 0, 0.0
        while True:
            self.stop_if_hopeless(request["model"])
            try:
                completion = await self._once(request, waste)
            except RequestFailed as failure:
                attempt += 1
                pause = self._pause(failure, attempt)
                if self._enough(failure, attempt, waited + pause, form_is_known):
                    raise self._outcome(failure, request, form_is_known) from failure
            else:
                self._lost[request["model"]] = 0
                return completion
            await self._sleep(pause)
            waited += pause

    async def first_model(self) -> str:
        """Name the first model that the endpoint lists.

        Raises:
            ModelDown: it lists none, or cannot be reached.
        """
        names = await self.models()
        if names:
            return names[0]
        error = ServerError(200, "it lists no model; load one, or set [model] name")
        raise self._down(RequestFailed(ErrorCause.UNKNOWN_MODEL, error), "", "")

    async def models(self) -> list[str]:
        """List the models of the endpoint; none where it has no list.

        Raises:
            ModelRejected, ModelDown: it cannot be used, or not reached.
        """
        try:
            body = (await self.exchange("GET", "/models")).body()
        except RequestFailed as failure:
            if failure.cause is ErrorCause.WRONG_ADDRESS:
                return []
            raise self._judge(failure, "", "") from failure
        listed = body.get("data") if isinstance(body, Mapping) else body
        entries = listed if isinstance(listed, list) else []
        names = (each.get("id") for each in entries if isinstance(each, Mapping))
        return [name for name in names if isinstance(name, str) and name]

    async def exchange(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        form: Mapping[str, Any] | None = None,
        limit: int = retry_limits.body,
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
        except TimeoutError as error:
            words = (
                f"no answer within {self._timeout:g} s; [model] timeout is the limit"
            )
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
            text = await _limited(response, limit)
            wait = _stated_wait(response.headers, self._now())
            return RawAnswer(response.status_code, text, wait)

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            import httpx

            self._client = httpx.AsyncClient(
                headers={
                    "Authorization": f"Bearer {self._endpoint.key}",
                    "User-Agent": f"arxiv-screen/{__version__}",
                    "Accept-Encoding": "identity",
                },
                timeout=self._timeout,
                follow_redirects=True,
                trust_env=not self._endpoint.local,  # no proxy on the way to this machine
                limits=httpx.Limits(max_connections=None),
            )
        return self._client

    async def _once(
        self, request: Mapping[str, Any], waste: Callable[[str], None]
    ) -> Completion:
        await self._gate.distance()
        self.stop_if_hopeless(request["model"])
        answer = await self.exchange("POST", "/chat/completions", body=request)
        try:
            return read_completion(answer.status, answer.body())
        except NotACompletion as found:
            if _may_have_cost(found, answer):
                waste(answer.text)
            raise _not_usable(found, answer) from found

    def _pause(self, failure: RequestFailed, attempt: int) -> float:
        """Seconds to wait before the next try; the others wait too where the server says so."""
        stated = failure.error.wait
        if stated:
            fits = stated <= self._retry.patience
            self._gate.hold(stated if fits else 0)
            return stated
        doubled = self._retry.first_wait * 2.0 ** (attempt - 1)
        wait = min(doubled, self._retry.longest_wait)
        return wait * (0.5 + self._jitter() / 2)

    def _enough(
        self, failure: RequestFailed, attempt: int, waited: float, form_is_known: bool
    ) -> bool:
        fewer = self._retry.fewer.get(failure.cause, self._retry.tries)
        tries = min(fewer, self._retry.tries)
        if _about_form(failure, form_is_known):
            tries = self._retry.untried_form
        again = failure.cause in PASSING or _without_choice(failure)
        return not again or attempt >= tries or waited > self._retry.patience

    def stop_if_hopeless(self, model: str) -> None:
        """Raise what ended the calls to that model: ModelRejected, or ModelDown."""
        if model in self._rejected:
            raise self._rejected[model]
        if self._lost.get(model, 0) >= self._retry.lost:
            raise ModelDown(
                f"The model at {self._endpoint.place} is down: {self._retry.lost} requests "
                "in a row got no answer.",
                tries=0,
            )

    def _outcome(
        self, failure: RequestFailed, request: Mapping[str, Any], form_is_known: bool
    ) -> Exception:
        """What a request that is not tried again ends with."""
        asked_otherwise = failure.cause is ErrorCause.INVALID_OUTPUT
        if asked_otherwise or _about_form(failure, form_is_known):
            return failure
        return self._judge(failure, request["model"], content(request))

    def _judge(self, failure: RequestFailed, model: str, sent: str) -> Exception:
        if failure.cause in HOPELESS:
            rejected = self.rejection(failure, model, sent)
            return self._rejected.setdefault(model, rejected)
        if failure.cause in PASSING:
            return self._down(failure, model, sent)
        return failure

    def rejection(
        self, failure: RequestFailed, model: str, sent: str = ""
    ) -> ModelRejected:
        """Say why no request can succeed, with the server's words and the next step."""
        key = f"the key in {self._endpoint.key_env or '[model]'}"
        what, step = _rejections(model, key)[failure.cause]
        error = failure.error
        words = error.told(self._endpoint.key, sent)
        return ModelRejected(
            f"{self._endpoint.place} {what} ({words}).",
            step=step,
            status=error.status,
            cause=failure.cause.name.lower(),
            tries=1,
        )

    def _down(self, failure: RequestFailed, model: str, sent: str) -> ModelDown:
        lost = self._lost[model] = self._lost.get(model, 0) + 1
        words = failure.error.told(self._endpoint.key, sent)
        steps = {
            ErrorCause.TIMED_OUT: "Raise [model] timeout for a slow model, or run again later.",
            ErrorCause.GARBLED: "Check [model] base_url; most addresses end in /v1.",
            ErrorCause.WEB_PAGE: "Check [model] base_url.",
            ErrorCause.NO_ANSWER: "Check the network and [model] base_url; run again later.",
        }
        return ModelDown(
            f"The model at {self._endpoint.place} gave no usable answer: {words}.",
            step=steps.get(failure.cause, ""),
            status=failure.error.status,
            cause=failure.cause.name.lower(),
            tries=self._retry.tries,
            passing=lost < self._retry.lost,
        )


def _rejections(model: str, key: str) -> dict[ErrorCause, tuple[str, str]]:
    """What each hopeless cause is in words, and the next step."""
    return {
        ErrorCause.KEY_REFUSED: (f"refuses {key}", "Check the key in the environment."),
        ErrorCause.NO_CREDIT: (
            f"says that the account of {key} has no credit left",
            "Top it up, or choose another provider in [model].",
        ),
        ErrorCause.NOT_PERMITTED: (
            f"does not permit {key} to use this",
            "Look into the account's settings, or choose another provider in [model].",
        ),
        ErrorCause.UNKNOWN_MODEL: (
            f'does not know the model "{model}"',
            "Check [model] name; load the model where the server is yours.",
        ),
        ErrorCause.WRONG_ADDRESS: (
            "is no address of a model: it is probably wrong; most end in /v1",
            "Check [model] base_url.",
        ),
        ErrorCause.QUOTA_USED_UP: (
            f"says that the quota of {key} is used up",
            "Run again when it is renewed; `screen retry` reviews what is pending.",
        ),
    }


def _about_form(failure: RequestFailed, form_is_known: bool) -> bool:
    """May this error of the server mean the form of the request?"""
    trouble = failure.cause is ErrorCause.SERVER_TROUBLE
    return trouble and not form_is_known and failure.error.status in (500, 501)


def _without_choice(failure: RequestFailed) -> bool:
    """A completion without a choice: mostly a filter, now and then a passing fault."""
    return failure.cause is ErrorCause.FILTERED and failure.error.status < 300  # noqa: PLR2004


def _not_usable(found: NotACompletion, answer: RawAnswer) -> RequestFailed:
    """The failure that an answer with status 200 is."""
    error = found.error
    if found.no_choice:
        words = error.words or "it sent a completion without a choice"
        said = ServerError(answer.status, words, error.codes)
        return RequestFailed(ErrorCause.FILTERED, said)
    if error.shape == "json":
        return RequestFailed(classify(error), error)
    if error.shape == "html":
        words = f"a web page ({error.words[:100]}); the address is probably wrong, most end in /v1"
        return RequestFailed(ErrorCause.WEB_PAGE, ServerError(answer.status, words))
    words = f"no JSON: {error.words[:100]}"
    if _looks_like_json(answer):
        words = "an answer that is not whole JSON"
    failed = ServerError(answer.status, words, wait=error.wait)
    return RequestFailed(ErrorCause.GARBLED, failed)


def _looks_like_json(answer: RawAnswer) -> bool:
    return answer.text.lstrip()[:1] in ("{", "[")


def _may_have_cost(found: NotACompletion, answer: RawAnswer) -> bool:
    """A torn answer, or one without a choice, was written all the same."""
    torn = found.error.shape != "json" and _looks_like_json(answer)
    return torn or found.no_choice


def _encoded(body: Any) -> bytes:
    """The JSON of a request; half characters become question marks."""
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


async def _limited(response: httpx.Response, limit: int) -> str:
    """The text of an answer, as far as the limit lets it be read and unpacked."""
    kept = bytearray()
    async for piece in response.aiter_raw():
        kept += piece
        if len(kept) > limit:
            break
    packed = response.headers.get("content-encoding", "").strip().lower()
    return (_unpacked(kept, limit) if packed else bytes(kept)).decode(errors="replace")


def _unpacked(packed: bytes | bytearray, limit: int) -> bytes:
    """The content of a gzip or zlib stream up to the limit: a small one may hold gigabytes."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(packed, limit)
    except zlib.error:
        return b""


def _stated_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the headers ask to wait; None where they do not."""
    from pipeline.common.retry import retry_after

    milliseconds = headers.get("retry-after-ms", "").strip()
    if milliseconds.isascii() and milliseconds.isdecimal():
        return float(milliseconds[:9]) / 1000
    return retry_after(headers.get("retry-after", ""), now.timestamp()) or None
