"""How a model is asked: a request in the form and size it takes, and what a refused one teaches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ContextExceeded
from pipeline.llm.call_log import Message
from pipeline.llm.capabilities import Capabilities, CapabilityMemory
from pipeline.llm.failures.error_classification import (
    ErrorCause,
    RequestFailed,
    allowed_output,
    objects_to_type,
    stated_limit,
)
from pipeline.llm.failures.error_messages import refusal
from pipeline.llm.providers import Endpoint
from pipeline.llm.response_format import (
    Form,
    form_without_schema,
    next_form,
    response_format,
    with_schema,
    without_system,
)
from pipeline.llm.tokens import Calibration, count_limits, estimate_tokens
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How large prompts and replies may be."""

    output: int = 12_000
    """Tokens of one reply. A review in Chinese takes 3,000 to 5,000; a model that thinks aloud
    takes more.
    """
    output_share: int = 3
    """A small context gives one part in so many to the reply."""
    shrink: float = 0.75
    """What is left of a prompt that was refused as too long, when the endpoint does not say
    how long it may be.
    """


request_limits = RequestLimits()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what it is booked to."""

    messages: Sequence[Message]
    schema: Mapping[str, Any]
    """JSON Schema of the object that is asked for."""
    title: str
    """Of the schema: letters, digits, `_`."""
    paper_id: str
    prompt_version: str
    urgent: bool
    """It never waits for a batch."""


class RequestBuilder:
    """The requests to the models of one endpoint."""

    def __init__(self, endpoint: Endpoint, memory: CapabilityMemory) -> None:
        self._endpoint = endpoint
        self.memory = memory
        self.calibration = Calibration()

    def room(self, model: str) -> int:
        """Count the tokens, as `estimate_tokens` does, that messages and schema may have.

        Not by what other papers have taken: a paper's prompt must be the same in every order
        and after a restart, or it would be paid for twice.
        """
        limit = self.context(model) - self.most_output(model)
        return min(limit, self.memory.of(model).input or limit)

    def context(self, model: str) -> int:
        """Count the tokens that it takes, input and output together."""
        return self.memory.of(model).context or self._endpoint.context

    def most_output(self, model: str) -> int:
        """Count the tokens that its reply may have."""
        most = self.memory.of(model).output or request_limits.output
        return min(most, self.context(model) // request_limits.output_share)

    def request(
        self, model: str, question: Question, form: Form
    ) -> dict[str, Any]:
        """Make the body of a request for that question."""
        known = self.memory.of(model)
        told = with_schema(form, question.messages, question.schema)
        request: dict[str, Any] = {
            "model": model,
            "messages": told if known.system else without_system(told),
            known.limit_key or self._endpoint.limit_key: self.most_output(
                model
            ),
        }
        shape = response_format(
            form, question.title, question.schema, strict=known.strict
        )
        if shape:
            request["response_format"] = shape
        if known.stream:
            request["stream"] = True
        if not known.plain:
            request.update(self._options(known))
        request.update(self._endpoint.extra)
        return request

    def _options(self, known: Capabilities) -> dict[str, Any]:
        """Further options, left out where the server does not know them."""
        options = dict(self._endpoint.options)
        if known.stream:
            options["stream_options"] = {"include_usage": True}
        return options

    def adapt(
        self,
        model: str,
        failure: RequestFailed,
        used: Form,
        request: Mapping[str, Any],
    ) -> Form:
        """Learn from a refused request how to put it next: the form to use.

        An error without a known cause may be about the form too: servers say so in many ways,
        or not at all.

        Raises:
            ContextExceeded, ReviewIncomplete: this request cannot be put otherwise.
        """
        cause = failure.cause
        if cause is ErrorCause.TOO_LONG:
            self._shrink(model, failure, request)
            return used
        if self._learn_option(model, failure, request):
            return used
        lower = None if cause is ErrorCause.FILTERED else _lower(failure, used)
        if lower is None:
            raise refusal(
                failure, self._endpoint, content(request)
            ) from failure
        return lower

    def _learn_option(
        self, model: str, failure: RequestFailed, request: Mapping[str, Any]
    ) -> bool:
        """Learn which option the model takes otherwise; False when it was none."""
        cause = failure.cause
        known = self.memory.of(model)
        if cause is ErrorCause.OUTPUT_OPTION:
            return self._learn_output(model, failure)
        if cause is ErrorCause.STREAM_ONLY and not known.stream:
            self.memory.learn(model, stream=True)
        elif cause is ErrorCause.SYSTEM_ROLE and known.system:
            self.memory.learn(model, system=False)
        elif cause is ErrorCause.STRICT and known.strict:
            self.memory.learn(model, strict=False)
        elif cause is ErrorCause.OTHER_OPTION and self._sends_options(
            model, request
        ):
            self.memory.learn(model, plain=True)
        else:
            return False
        return True

    def _sends_options(self, model: str, request: Mapping[str, Any]) -> bool:
        known = self.memory.of(model)
        options = self._options(known).keys()
        return not known.plain and not options.isdisjoint(request)

    def _learn_output(self, model: str, failure: RequestFailed) -> bool:
        """Learn a lower limit of the reply, or the other name of that limit."""
        shorter = allowed_output(failure.error, self.most_output(model))
        if shorter:
            self.memory.learn(model, output=shorter)
            return True
        if self.memory.of(model).limit_key:
            return False
        is_old_name = self._endpoint.limit_key == "max_tokens"
        other = "max_completion_tokens" if is_old_name else "max_tokens"
        self.memory.learn(model, limit_key=other)
        return True

    def _shrink(
        self, model: str, failure: RequestFailed, request: Mapping[str, Any]
    ) -> None:
        """Learn how much the model takes.

        Raises:
            ContextExceeded: the prompt has to be shorter.
        """
        guess = estimate_tokens(content(request))
        limit, sent = stated_limit(failure.error)
        if sent:
            self.calibration.learn(guess, sent)
        smaller = 0 < limit < self.context(model)
        if smaller:
            self.memory.learn(model, context=limit)
        if smaller and self.room(model) >= max(guess, sent):
            return  # less room for the reply was all that it wanted
        if self.room(model) >= guess:
            self.memory.learn(model, input=self._fitting(model, guess, sent))
        raise ContextExceeded(
            _(
                "The prompt of about {guess} tokens is longer than {model} takes.",
                guess=guess,
                model=model,
            )
        ) from failure

    def _fitting(self, model: str, guess: int, sent: int) -> int:
        """The estimate of a prompt that fits, from one that the server counted as `sent`."""
        allowed = self.context(model) - self.most_output(model)
        fits = allowed * guess / (sent * count_limits.margin) if sent else guess
        return int(fits if fits < guess else guess * request_limits.shrink)


def _lower(failure: RequestFailed, used: Form) -> Form | None:
    """The form after one that was refused."""
    status = failure.cause is ErrorCause.SERVER_TROUBLE
    if status or objects_to_type(failure.error):
        return form_without_schema(used)
    return next_form(used)


def options(request: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a request holds beside model and messages."""
    return {k: v for k, v in request.items() if k not in ("model", "messages")}


def content(request: Mapping[str, Any]) -> str:
    """Give all text that the model reads."""
    shape = request.get("response_format", {}).get("json_schema", {})
    texts = "".join(message["content"] for message in request["messages"])
    return texts + (json.dumps(shape) if shape else "")
