"""One request to a model: sent in its turn, and tried again where that can help.

The only retry, and the only circuit breaker, of the calls to a model.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.common.rate_limit import AsyncGate
from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.connection import Connection
from pipeline.llm.failures.error_classification import (
    ErrorCause,
    RequestFailed,
    classify,
)
from pipeline.llm.failures.error_messages import outage, rejection
from pipeline.llm.failures.server_error import ServerError
from pipeline.llm.providers import Endpoint
from pipeline.llm.reply.completion import (
    Completion,
    NotACompletion,
    read_completion,
)
from pipeline.llm.reply.raw_answer import RawAnswer
from pipeline.llm.request_builder import content
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class RetryLimits:
    """How often and how long one request is tried."""

    tries: int = 6
    """Where 0.3 of all answers are errors, one request in 1,400 fails."""
    fewer: Mapping[ErrorCause, int] = field(
        default_factory=lambda: {
            ErrorCause.TIMED_OUT: 3,
            ErrorCause.GARBLED: 3,
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


retry_limits = RetryLimits()
watched_limits = replace(
    retry_limits, fewer={**retry_limits.fewer, ErrorCause.UNREACHABLE: 2}
)
"""Where somebody watches, who sees to the network sooner than it comes back by itself."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How a pause is made."""

    sleep: Callable[[float], Awaitable[None]]
    """For so many seconds."""
    jitter: Callable[[], float]
    """From 0 to 1, so that those who wait do not come back together."""


class Transport:
    """Sends requests to the models of one endpoint, and remembers what cannot succeed."""

    def __init__(
        self,
        endpoint: Endpoint,
        connection: Connection,
        gate: AsyncGate,
        waits: Waits,
        retry: RetryLimits = retry_limits,
    ) -> None:
        self._endpoint = endpoint
        self._connection = connection
        self._gate = gate
        self._waits = waits
        self._retry = retry
        self._rejected: dict[str, ModelRejected] = {}
        self._lost: dict[str, int] = {}

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
            self._stop_if_hopeless(request["model"])
            try:
                completion = await self._once(request, waste)
            except RequestFailed as failure:
                attempt += 1
                pause = self._pause(failure, attempt)
                tries = self._tries(failure, form_is_known)
                if attempt >= tries or waited + pause > self._retry.patience:
                    raise self._outcome(
                        failure, request, form_is_known
                    ) from failure
            else:
                self._lost[request["model"]] = 0
                return completion
            await self._waits.sleep(pause)
            waited += pause

    async def first_model(self) -> str:
        """Name the first model that the endpoint lists.

        Raises:
            ModelRejected, ModelDown: it lists none, or cannot be reached.
        """
        names = await self.models()
        if names:
            return names[0]
        said = ServerError(
            200, "it lists no model; load one, or set [model] name"
        )
        raise self._judge(RequestFailed(ErrorCause.GARBLED, said), "", "")

    async def models(self) -> list[str]:
        """List the models of the endpoint; none where it has no list.

        Raises:
            ModelRejected, ModelDown: it cannot be used, or not reached.
        """
        try:
            body = (await self._connection.exchange("GET", "/models")).body()
        except RequestFailed as failure:
            if failure.cause is ErrorCause.WRONG_ADDRESS:
                return []
            raise self._judge(failure, "", "") from failure
        listed = body.get("data") if isinstance(body, Mapping) else body
        entries = listed if isinstance(listed, list) else []
        names = (
            each.get("id") for each in entries if isinstance(each, Mapping)
        )
        return [name for name in names if isinstance(name, str) and name]

    async def _once(
        self, request: Mapping[str, Any], waste: Callable[[str], None]
    ) -> Completion:
        await self._gate.distance()
        self._stop_if_hopeless(request["model"])
        answer = await self._connection.complete(request)
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
        return wait * (0.5 + self._waits.jitter() / 2)

    def _tries(self, failure: RequestFailed, form_is_known: bool) -> int:
        """How often a request is tried that fails in this way."""
        if not failure.cause.is_passing and not _lacks_choice(failure):
            return 1
        tries = self._retry.fewer.get(failure.cause, self._retry.tries)
        if _about_form(failure, form_is_known):
            tries = self._retry.untried_form
        return min(tries, self._retry.tries)

    def _stop_if_hopeless(self, model: str) -> None:
        if model in self._rejected:
            raise self._rejected[model]
        if self._lost.get(model, 0) >= self._retry.lost:
            raise ModelDown(
                _(
                    "The model at {place} is down: {lost} requests in a row got no "
                    "answer.",
                    place=self._endpoint.place,
                    lost=self._retry.lost,
                ),
                tries=0,
            )

    def _outcome(
        self,
        failure: RequestFailed,
        request: Mapping[str, Any],
        form_is_known: bool,
    ) -> Exception:
        """What a request that is not tried again ends with."""
        is_form = _about_form(failure, form_is_known)
        if is_form or failure.cause is ErrorCause.INVALID_OUTPUT:
            return failure
        return self._judge(failure, request["model"], content(request))

    def _judge(
        self, failure: RequestFailed, model: str, sent: str
    ) -> Exception:
        if failure.cause.is_hopeless:
            rejected = rejection(failure, self._endpoint, model, sent)
            return self._rejected.setdefault(model, rejected)
        if not failure.cause.is_passing:
            return failure
        lost = self._lost[model] = self._lost.get(model, 0) + 1
        passing = lost < self._retry.lost
        return outage(
            failure,
            self._endpoint,
            sent,
            tries=self._retry.tries,
            passing=passing,
        )


def _about_form(failure: RequestFailed, form_is_known: bool) -> bool:
    """May this error of the server mean the form of the request?"""
    trouble = failure.cause is ErrorCause.SERVER_TROUBLE
    return trouble and not form_is_known and failure.error.status in (500, 501)


def _lacks_choice(failure: RequestFailed) -> bool:
    """A completion without a choice: mostly a filter, now and then a passing fault."""
    answered = failure.error.status < 300  # noqa: PLR2004
    return failure.cause is ErrorCause.FILTERED and answered


def _may_have_cost(found: NotACompletion, answer: RawAnswer) -> bool:
    """A torn answer, or one without a choice, was written all the same."""
    torn = found.error.shape != "json" and answer.looks_like_json
    return torn or found.no_choice


def _not_usable(found: NotACompletion, answer: RawAnswer) -> RequestFailed:
    """The failure that an answer with status 200 is."""
    error, status = found.error, answer.status
    if found.no_choice:
        words = error.words or "it sent a completion without a choice"
        said = ServerError(status, words, error.codes)
        return RequestFailed(ErrorCause.FILTERED, said)
    if error.shape == "json":
        return RequestFailed(classify(error), error)
    if error.shape == "html":
        words = (
            f"a web page ({error.words[:100]}); the address is probably wrong, "
            "most end in /v1"
        )
        return RequestFailed(ErrorCause.WEB_PAGE, ServerError(status, words))
    words = (
        f"no JSON: {error.words[:100]}" if error.words else "an empty answer"
    )
    if answer.looks_like_json:
        words = "an answer that is not whole JSON"
    return RequestFailed(
        ErrorCause.GARBLED, ServerError(status, words, wait=error.wait)
    )
