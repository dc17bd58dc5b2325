"""What came back from a model, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.llm.response_format import Form, find_object
from pipeline.llm.tokens import estimate
from pipeline.llm.transport import Answer

FILLED = 0.9
"""Share of the allowed tokens from which on a reply that breaks off did so for their sake."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    data: dict[str, Any] | None
    """The JSON object in it; of a reply that breaks off, what there is of it."""
    fault: str
    """"" or one of: refused, truncated, overlong (it filled all that was allowed), empty, not
    JSON.
    """
    model: str
    """As the endpoint names it."""
    hash: str
    form: Form


def read(answer: Answer, name: str, form: Form, most: int) -> Reply:
    """The reply in an answer to the request of that hash, asked for in that form with at most
    so many tokens.
    """
    cut = answer.finish == "length"
    data = find_object(answer.content, partial=cut)
    fault = ""
    if answer.refusal or answer.finish == "content_filter":
        fault = "refused"
    elif cut:
        written = answer.output_tokens or estimate(answer.content)
        fault = "overlong" if written >= FILLED * most else "truncated"
    elif data is None:
        fault = "not JSON" if answer.content.strip() else "empty"
    return Reply(data, fault, answer.model, name, form)
