"""What servers say when they refuse, in their own words, and what follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.failures.error_classification import (
    ErrorCause,
    allowed_output,
    classify,
    stated_limit,
)
from pipeline.llm.failures.server_error import read_error


def said(message, code=None, **more):
    return {
        "error": {
            "message": message,
            "type": "some_error",
            "code": code,
            **more,
        }
    }


CASES = [
    # Who may not use the service
    (ErrorCause.KEY_REFUSED, 401, said("Incorrect API key provided", "invalid_api_key")),
    (ErrorCause.KEY_REFUSED, 401, {"code": "InvalidApiKey", "message": "Invalid API-key provided."}),
    (ErrorCause.KEY_REFUSED, 400, [said("API key not valid.", 400, status="INVALID_ARGUMENT")]),
    (ErrorCause.KEY_REFUSED, 200, said("Invalid API key provided", 401)),
    (ErrorCause.KEY_REFUSED, 400, {"detail": "Authentication failed"}),
    (ErrorCause.NO_CREDIT, 402, said("Insufficient Balance")),
    (ErrorCause.NO_CREDIT, 400, said("make sure your account is in good standing", "Arrearage")),
    (ErrorCause.NO_CREDIT, 429, said("You exceeded your current quota", "insufficient_quota")),
    (ErrorCause.NO_CREDIT, 429, said("please check your account balance", "exceeded_current_quota_error")),
    (ErrorCause.NO_CREDIT, 429, {"error": {"code": "1113", "message": "您的账户已欠费，请充值后重试。"}}),
    (ErrorCause.NOT_PERMITTED, 403, said("Your organization must be verified")),
    (ErrorCause.NOT_PERMITTED, 403, said("Country, region, or territory not supported")),
    (ErrorCause.NOT_PERMITTED, 400, [said("User location is not supported for the API use.")]),
    (ErrorCause.NOT_PERMITTED, 400, said("This account has been suspended.")),
    (ErrorCause.QUOTA_USED_UP, 429, said("Rate limit exceeded: free-models-per-day")),
    (ErrorCause.QUOTA_USED_UP, 429, said("quota", 429, details=[{"quotaId": "GenerateRequestsPerDayPerProject"}])),
    (ErrorCause.UNKNOWN_MODEL, 404, said("The model `x` does not exist", "model_not_found")),
    (ErrorCause.UNKNOWN_MODEL, 400, said("quirk-9 is not a valid model ID", 400)),
    (ErrorCause.UNKNOWN_MODEL, 400, {"code": 20012, "message": "Model does not exist. Please check it carefully."}),
    (ErrorCause.UNKNOWN_MODEL, 404, {"error": 'model "x" not found, try pulling it first'}),
    (ErrorCause.UNKNOWN_MODEL, 404, said("No models loaded. Please load a model in the developer page")),
    (ErrorCause.UNKNOWN_MODEL, 404, said("The API deployment for this resource does not exist.", "DeploymentNotFound")),
    (ErrorCause.UNKNOWN_MODEL, 404, said("The model `x` has been deprecated")),
    (ErrorCause.WRONG_ADDRESS, 404, "404 page not found"),
    (ErrorCause.WRONG_ADDRESS, 404, {"detail": "Not Found"}),
    (ErrorCause.WRONG_ADDRESS, 405, {"detail": "Method Not Allowed"}),
    (ErrorCause.WRONG_ADDRESS, 302, ""),
    (ErrorCause.WEB_PAGE, 200, "<!DOCTYPE html><html><title>Sign in</title></html>"),
    # What passes
    (ErrorCause.THROTTLED, 429, said("Rate limit reached", "rate_limit_exceeded")),
    (ErrorCause.THROTTLED, 429, [said("You exceeded your current quota, check billing. Please retry in 3.2s.")]),
    (ErrorCause.THROTTLED, 429, said("engine overloaded", "engine_overloaded_error")),
    (ErrorCause.THROTTLED, 400, said("The service is temporarily overloaded")),
    (ErrorCause.SERVER_TROUBLE, 500, said("The server had an error")),
    (ErrorCause.SERVER_TROUBLE, 502, "<html><title>502 Bad Gateway</title></html>"),
    (ErrorCause.SERVER_TROUBLE, 200, said("Provider returned error", 502)),
    (ErrorCause.SERVER_TROUBLE, 503, {"error": {"message": "Loading model"}}),
    (ErrorCause.INVALID_OUTPUT, 400, said("Failed to validate JSON.", "json_validate_failed", failed_generation="{")),
    # What is asked otherwise
    (ErrorCause.TOO_LONG, 400, said("This model's maximum context length is 8192 tokens.", "context_length_exceeded")),
    (ErrorCause.TOO_LONG, 400, said("the request exceeds the available context size (6000 tokens)")),
    (ErrorCause.TOO_LONG, 400, {"error": "Trying to keep the first 9000 tokens when context the overflows"}),
    (ErrorCause.TOO_LONG, 200, said("Context size has been exceeded. 9000 > 4096")),
    (ErrorCause.TOO_LONG, 413, "<html><h1>413 Request Entity Too Large</h1></html>"),
    (ErrorCause.TOO_LONG, 429, said("Request too large on tokens per min (TPM): Limit 6000, Requested 11000.")),
    (ErrorCause.TOO_LONG, 400, said("prompt is too long: 210000 tokens > 200000 maximum")),
    (ErrorCause.TOO_LONG, 422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096."}),
    (ErrorCause.TOO_LONG, 400, {"error": {"code": "1261", "message": "Prompt 超长"}}),
    (ErrorCause.OUTPUT_OPTION, 400, said("Range of max_tokens should be [1, 8192]")),
    (ErrorCause.OUTPUT_OPTION, 400, said("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.")),
    (ErrorCause.OUTPUT_OPTION, 400, said("max_tokens: 12000 > 8192, the maximum allowed number of output tokens")),
    (ErrorCause.OUTPUT_OPTION, 400, said("`max_completion_tokens` must be less than or equal to `8192`, the context_window")),
    (ErrorCause.OUTPUT_OPTION, 422, {"detail": [{"loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]}),
    (ErrorCause.FORM, 400, said("'response_format.type' json_schema is not supported by this model")),
    (ErrorCause.FORM, 500, said("response_format type must be one of text or json_object", 500)),
    (ErrorCause.FORM, 400, {"error": "Failed to compile schema"}),
    (ErrorCause.FORM, 422, {"detail": [{"loc": ["body", "response_format", "type"], "msg": "Input should be 'text'"}]}),
    (ErrorCause.FORM, 404, said("No endpoints found that can handle the requested parameters.")),
    (ErrorCause.STRICT, 400, said("Unrecognized request argument supplied: strict")),
    (ErrorCause.STREAM_ONLY, 400, said("This model only support stream mode, please enable the stream parameter")),
    (ErrorCause.STREAM_ONLY, 400, said("enable_thinking must be set to false for non-streaming calls")),
    (ErrorCause.SYSTEM_ROLE, 400, said("Developer instruction is not enabled for models/gemma-3-27b-it")),
    (ErrorCause.SYSTEM_ROLE, 400, said("System role not supported")),
    (ErrorCause.SYSTEM_ROLE, 500, said("Conversation roles must alternate user/assistant/user/assistant")),
    (ErrorCause.OTHER_OPTION, 400, said("Unknown parameter: 'thinking'")),
    (ErrorCause.UNEXPLAINED, 400, said("Request contains an invalid argument.")),
    # What concerns one paper
    (ErrorCause.FILTERED, 400, said("triggering Azure's content management policy", "content_filter")),
    (ErrorCause.FILTERED, 400, said("inappropriate content", "data_inspection_failed")),
    (ErrorCause.FILTERED, 400, {"error": {"code": "1301", "message": "内容可能包含不安全或敏感内容"}}),
    (ErrorCause.FILTERED, 403, said("Your input was flagged by moderation")),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "status", "body"), CASES)
def test_a_refusal_is_sorted_by_what_it_means(cause, status, body):
    assert classify(read_error(status, body)) is cause


@pytest.mark.parametrize(
    ("message", "limit", "sent"),
    [
        ("maximum context length is 8192 tokens. However, you requested 10200 tokens", 8192, 10200),
        ("Context size has been exceeded. 9000 > 4096", 4096, 9000),
        ("prompt is too long: 210000 tokens > 200000 maximum", 200000, 210000),
        ("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", 1048576, 1200000),
        ("the first 9123 tokens … context length of only 4096 tokens", 4096, 9123),
        ("Limit 6000, Requested 11000", 6000, 11000),
        ("Input is too long", 0, 0),
    ],
)  # fmt: skip
def test_the_tokens_that_a_model_takes_are_read(message, limit, sent):
    assert stated_limit(read_error(400, said(message))) == (limit, sent)


def test_numbers_of_their_own_count_before_those_in_words():
    body = said(
        "the request exceeds the available context size (1234 tokens)",
        n_ctx=6000,
        n_prompt_tokens=7000,
    )
    assert stated_limit(read_error(400, body)) == (6000, 7000)


def test_the_longest_reply_that_may_be_asked_for_is_read():
    error = read_error(
        400, said("max_tokens is too large: 12000. At most 8192 are taken")
    )
    assert allowed_output(error, 12_000) == 8192


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.integers(0, 999), json_values)
def test_whatever_a_server_says_has_a_cause(status, body):
    assert classify(read_error(status, body)) in ErrorCause


def test_a_body_of_any_depth_is_read():
    body: dict = {"error": {"message": "deep"}}
    for _ in range(900):
        body = {"error": body}
    assert classify(read_error(500, body)) is ErrorCause.SERVER_TROUBLE
