"""What is told of a service that cannot be used, and the next step: made of causes, here alone."""

from __future__ import annotations

from pipeline import PROGRAM
from pipeline.errors import ModelDown, ModelRejected, ReviewIncomplete
from pipeline.llm.failures.error_classification import ErrorCause, RequestFailed
from pipeline.llm.providers import Endpoint

_REJECTIONS = {
    ErrorCause.KEY_REFUSED: (
        "refuses {key}",
        "Check the key in the environment.",
    ),
    ErrorCause.NO_CREDIT: (
        "says that the account of {key} has no credit left",
        "Top it up, or choose another provider in [model].",
    ),
    ErrorCause.NOT_PERMITTED: (
        "does not permit {key} to use this",
        "Look into the account's settings, or choose another provider in [model].",
    ),
    ErrorCause.UNKNOWN_MODEL: (
        'does not know the model "{model}"',
        "Check [model] name; load the model where the server is yours.",
    ),
    ErrorCause.WRONG_ADDRESS: (
        "is no address of a model: it is probably wrong; most end in /v1",
        "Check [model] base_url.",
    ),
    ErrorCause.QUOTA_USED_UP: (
        "says that the quota of {key} is used up",
        f"Run again when it is renewed; `{PROGRAM} retry` reviews what is pending.",
    ),
}
"""What each hopeless cause is in words, and the next step."""

_OUTAGES = {
    ErrorCause.TIMED_OUT: "Raise [model] timeout for a slow model, or run again later.",
    ErrorCause.GARBLED: "Check [model] base_url; most addresses end in /v1.",
    ErrorCause.WEB_PAGE: "Check [model] base_url.",
    ErrorCause.NO_ANSWER: "Check the network and [model] base_url; run again later.",
}
"""The next step, where it is another than to run again later."""


def rejection(
    failure: RequestFailed, endpoint: Endpoint, model: str, sent: str = ""
) -> ModelRejected:
    """Say why no request can succeed, with the server's words and the next step."""
    key = f"the key in {endpoint.key_env or '[model]'}"
    what, step = _REJECTIONS[failure.cause]
    words = failure.error.told(endpoint.key, sent)
    return ModelRejected(
        f"{endpoint.place} {what.format(key=key, model=model)} ({words}).",
        step=step,
        status=failure.error.status,
        cause=failure.cause.name.lower(),
        tries=1,
    )


def outage(
    failure: RequestFailed,
    endpoint: Endpoint,
    sent: str,
    *,
    tries: int,
    passing: bool,
) -> ModelDown:
    """Say that a request was lost after all its tries; `passing` while the next may not be."""
    words = failure.error.told(endpoint.key, sent)
    return ModelDown(
        f"The model at {endpoint.place} gave no usable answer: {words}.",
        step=_OUTAGES.get(failure.cause, ""),
        status=failure.error.status,
        cause=failure.cause.name.lower(),
        tries=tries,
        passing=passing,
    )


def refusal(
    failure: RequestFailed, endpoint: Endpoint, sent: str
) -> ReviewIncomplete:
    """Say that this one request is refused, however it is put."""
    what = "The model refuses the request"
    if failure.cause is ErrorCause.FILTERED:
        what = "A filter of the model's provider blocked the text"
    words = failure.error.told(endpoint.key, sent)
    return ReviewIncomplete(
        f"{what}: {words}", cause=failure.cause.name.lower()
    )


def batch_trouble(failure: RequestFailed, endpoint: Endpoint) -> ModelDown:
    """Say why a provider's batches cannot be used, or not now."""
    if failure.cause is ErrorCause.WRONG_ADDRESS:
        return ModelRejected(
            f"{endpoint.place} takes no batches.",
            step="Set [model] batch = false.",
        )
    if failure.cause in _REJECTIONS:
        return rejection(failure, endpoint, endpoint.name)
    words = failure.error.told(endpoint.key)
    return ModelDown(f"{endpoint.place} cannot be asked for batches: {words}.")
