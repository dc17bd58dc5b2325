"""How a model is asked: a request in the form and size it takes, and what a refused one teaches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import ContextExceeded, ReviewIncomplete
from pipeline.llm.call_log import Message
from pipeline.llm.capabilities import Memory
from pipeline.llm.providers import Endpoint
from pipeline.llm.response_format import Form, next_form, response_format, told
from pipeline.llm.tokens import MARGIN, Calibration, estimate

if TYPE_CHECKING:
    from openai import APIStatusError

MOST_OUTPUT = 12_000
"""Tokens of one reply. A review in Chinese takes 3,000 to 5,000; a model that thinks aloud
takes more.
"""
OUTPUT_SHARE = 3
"""A small context gives one part in so many to the reply."""
SHRINK = 0.75
"""What is left of a prompt that was refused as too long, when the endpoint does not say how
long it may be.
"""


class Asking:
    """The requests to the models of one endpoint."""

    def __init__(self, endpoint: Endpoint, memory: Memory) -> None:
        self._endpoint = endpoint
        self.memory = memory
        self.calibration = Calibration()

    def room(self, model: str) -> int:
        """Tokens, as `tokens.estimate` counts them, that messages and schema together may have.

        Not by what other papers have taken: a paper's prompt must be the same in every order
        and after a restart, or it would be paid for twice.
        """
        limit = self.context(model) - self.most_output(model)
        return min(limit, self.memory.of(model).input or limit)

    def request(
        self,
        model: str,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        form: Form,
        title: str,
    ) -> dict[str, Any]:
        """What is sent for those messages."""
        traits = self.memory.of(model)
        request = {
            "model": model,
            "messages": told(form, messages, schema),
            traits.limit_key or self._endpoint.limit_key: self.most_output(model),
        }
        shape = response_format(form, title, schema)
        if shape:
            request["response_format"] = shape
        if self._endpoint.extra and not traits.plain:
            request["extra_body"] = dict(self._endpoint.extra)
        return request

    def adapt(
        self, model: str, error: APIStatusError, used: Form, request: Mapping[str, Any]
    ) -> Form:
        """Learn from a refused request how to put it next: the form to use.

        An error without a known cause may be about the form too: servers say so in many ways,
        or not at all.

        Raises:
            ContextExceeded, ReviewIncomplete: this request cannot be put otherwise.
        """
        from pipeline.llm import error_classification

        shorter = error_classification.output_limit(error, self.most_output(model))
        if shorter:
            self.memory.learn(model, output=shorter)
            return used
        if error_classification.too_long(error):
            self._shrink(model, error, estimate(content(request)))
        option = error_classification.option_unsupported(error)
        if option == "thinking" and "extra_body" in request:
            self.memory.learn(model, plain=True)
            return used
        if option.startswith("max_") and not self.memory.of(model).limit_key:
            other = (
                "max_tokens"
                if "max_completion_tokens" in request
                else "max_completion_tokens"
            )
            self.memory.learn(model, limit_key=other)
            return used
        lower = None if error_classification.refused(error) else next_form(used)
        if lower is None:
            why = (
                "refuses the text"
                if error_classification.refused(error)
                else "refuses the request"
            )
            words = error_classification.one_line(
                error, self._endpoint.key, content(request)
            )
            raise ReviewIncomplete(f"The model {why}: {words}") from error
        return lower

    def _shrink(self, model: str, error: APIStatusError, guess: int) -> None:
        from pipeline.llm.error_classification import stated_limit

        limit, sent = stated_limit(error)
        if sent:
            self.calibration.learn(guess, sent)
        if 0 < limit < self.context(model):
            self.memory.learn(model, context=limit)
        if self.room(model) >= guess:
            fits = (
                (self.context(model) - self.most_output(model))
                * guess
                / (sent * MARGIN)
                if sent
                else guess
            )
            self.memory.learn(
                model, input=int(fits if fits < guess else guess * SHRINK)
            )
        raise ContextExceeded(
            f"The prompt of about {guess} tokens is longer than {model} takes."
        ) from error

    def context(self, model: str) -> int:
        """Tokens that it takes, input and output together."""
        return self.memory.of(model).context or self._endpoint.context

    def most_output(self, model: str) -> int:
        """Tokens that its reply may have."""
        most = self.memory.of(model).output or MOST_OUTPUT
        return min(most, self.context(model) // OUTPUT_SHARE)


def options(request: Mapping[str, Any]) -> dict[str, Any]:
    """What a request holds beside model and messages."""
    return {
        key: value for key, value in request.items() if key not in ("model", "messages")
    }


def content(request: Mapping[str, Any]) -> str:
    """All text that the model reads."""
    shape = request.get("response_format", {}).get("json_schema", {})
    return "".join(message["content"] for message in request["messages"]) + (
        json.dumps(shape) if shape else ""
    )
