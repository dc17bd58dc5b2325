"""Whether the model can be reached: asks what models there are, which costs nothing."""

from __future__ import annotations

from pipeline.errors import ModelDown, ModelRejected
from pipeline.llm.error_classification import REFUSES_ALL
from pipeline.llm.providers import Endpoint

TIMEOUT = 15.0
"""Seconds; who asks is waiting."""
NOT_LISTED = 404
"""Some servers have no list of models."""


def reach(endpoint: Endpoint) -> str:
    """What the endpoint says, in words.

    Raises:
        ModelRejected: it refuses the key, or does not know the model.
        ModelDown: it does not answer.
    """
    from openai import APIConnectionError, APIStatusError, OpenAI

    client = OpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.key or "none",
        max_retries=0,
        timeout=TIMEOUT,
    )
    try:
        names = [model.id for model in client.models.list()]
    except APIStatusError as error:
        if error.status_code == NOT_LISTED:
            return f"{endpoint.place} answers, and lists no models"
        why = REFUSES_ALL.get(error.status_code)
        kind = ModelRejected if why else ModelDown
        text = f"{endpoint.place} {why or f'answers HTTP {error.status_code}'}."
        raise kind(text, status=error.status_code) from error
    except APIConnectionError as error:
        raise ModelDown(
            f"{endpoint.place} does not answer.", step="Check [model] base_url."
        ) from error
    finally:
        client.close()
    # Gemini lists its models as "models/NAME".
    if endpoint.name and not any(
        name in (endpoint.name, f"models/{endpoint.name}") for name in names
    ):
        raise ModelRejected(
            f"{endpoint.place} has no model {endpoint.name}.",
            step="Check [model] name.",
        )
    return (
        f"{endpoint.place} answers; model {endpoint.name or (names or ['unknown'])[0]}"
    )
