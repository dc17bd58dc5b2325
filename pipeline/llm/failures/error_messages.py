"""What is told of a service that cannot be used, and the next step: made of causes, here alone."""

from __future__ import annotations

from pipeline.errors import ModelDown, ModelRejected, ReviewIncomplete
from pipeline.llm.failures.error_classification import ErrorCause, RequestFailed
from pipeline.llm.providers import Endpoint
from pipeline.translation import gettext as _
from pipeline.translation import mark

_REJECTIONS = {
    ErrorCause.KEY_REFUSED: (
        mark("refuses {key}"),
        mark("Check the key in the environment."),
    ),
    ErrorCause.NO_CREDIT: (
        mark("says that the account of {key} has no credit left"),
        mark("Top it up, or choose another provider in [model]."),
    ),
    ErrorCause.NOT_PERMITTED: (
        mark("does not permit {key} to use this"),
        mark(
            "Look into the account's settings, or choose another provider in [model]."
        ),
    ),
    ErrorCause.UNKNOWN_MODEL: (
        mark('does not know the model "{model}"'),
        mark("Check [model] name; load the model where the server is yours."),
    ),
    ErrorCause.WRONG_ADDRESS: (
        mark("is no address of a model: it is probably wrong; most end in /v1"),
        mark("Check [model] base_url."),
    ),
    ErrorCause.QUOTA_USED_UP: (
        mark("says that the quota of {key} is used up"),
        mark(
            "Run again when it is renewed; `{program} retry` reviews what is pending."
        ),
    ),
}
"""What each hopeless cause is in words, and the next step."""

_OUTAGES = {
    ErrorCause.TIMED_OUT: mark(
        "Raise [model] timeout for a slow model, or run again later."
    ),
    ErrorCause.GARBLED: mark(
        "Check [model] base_url; most addresses end in /v1."
    ),
    ErrorCause.WEB_PAGE: mark("Check [model] base_url."),
    ErrorCause.UNREACHABLE: mark(
        "Check the network and [model] base_url; run again later."
    ),
    ErrorCause.NO_ANSWER: mark(
        "Check the network and [model] base_url; run again later."
    ),
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
        f"{endpoint.place} {_(what, key=key, model=model)} ({words}).",
        step=_(step),
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
    step = _OUTAGES.get(failure.cause, "")
    return ModelDown(
        _(
            "The model at {place} gave no usable answer: {words}.",
            place=endpoint.place,
            words=words,
        ),
        step=_(step),
        status=failure.error.status,
        cause=failure.cause.name.lower(),
        tries=tries,
        passing=passing,
    )


def refusal(
    failure: RequestFailed, endpoint: Endpoint, sent: str
) -> ReviewIncomplete:
    """Say that this one request is refused, however it is put."""
    what = _("The model refuses the request")
    if failure.cause is ErrorCause.FILTERED:
        what = _("A filter of the model's provider blocked the text")
    words = failure.error.told(endpoint.key, sent)
    return ReviewIncomplete(
        f"{what}: {words}", cause=failure.cause.name.lower()
    )


def batch_trouble(failure: RequestFailed, endpoint: Endpoint) -> ModelDown:
    """Say why a provider's batches cannot be used, or not now."""
    if failure.cause is ErrorCause.WRONG_ADDRESS:
        return ModelRejected(
            _("{place} takes no batches.", place=endpoint.place),
            step=_("Set [model] batch = false."),
        )
    if failure.cause in _REJECTIONS:
        return rejection(failure, endpoint, endpoint.name)
    words = failure.error.told(endpoint.key)
    return ModelDown(
        _(
            "{place} cannot be asked for batches: {words}.",
            place=endpoint.place,
            words=words,
        )
    )
