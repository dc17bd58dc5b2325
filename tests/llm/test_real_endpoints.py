"""Endpoints as they really are: what each kind says and sends, and what the client makes of it."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import replace

import pytest

from pipeline.errors import (
    BudgetReached,
    ContextExceeded,
    ModelDown,
    ModelRejected,
    ReviewIncomplete,
)
from pipeline.llm.budget import TokenPrice
from pipeline.llm.connection import answer_limits
from pipeline.llm.failures.error_classification import ErrorCause
from pipeline.llm.transport import retry_limits
from tests.llm.endpoint import (
    MESSAGES,
    SCHEMA,
    Answer,
    FakeEndpoint,
    FakeTime,
    PlainLedger,
    client_at,
    completion,
    refusal_of,
)

YES = '{"word": "yes"}'
GOOD = completion(YES)


async def ask(url, ledger=None, time=None, **options):
    async with client_at(url, ledger, time, **options) as client:
        return await client.ask(MESSAGES, SCHEMA, paper_id="2409.03605")


def form_of(request):
    return request.get("response_format", {}).get("type", "text")


# Who may not use the service


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, [{"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}], "API key not valid"),
        (400, {"error": {"message": "make sure your account is in good standing.", "code": "Arrearage"}}, "good standing"),
        (200, {"error": {"message": "Invalid API key provided", "code": 401}}, "Invalid API key"),
        (403, {"error": {"message": "Country, region, or territory not supported"}}, "Country"),
        (404, {"error": {"message": "No models loaded."}}, "No models loaded"),
        (400, {"error": {"message": "quirk-9 is not a valid model ID"}}, "quirk-9"),
        (404, "404 page not found", "most end in /v1"),
    ],
)  # fmt: skip
async def test_who_may_not_use_the_service_is_told_after_one_call(
    status, body, words
):
    with FakeEndpoint([Answer(status, body)]) as server:
        async with client_at(server.url, concurrency=4) as client:
            asked = (
                client.ask([{"role": "user", "content": str(number)}], SCHEMA)
                for number in range(6)
            )
            results = await asyncio.gather(*asked, return_exceptions=True)
    assert len(server.requests) == 1
    assert {type(result) for result in results} == {ModelRejected}
    assert words in results[0].advice
    assert not results[0].passing


async def test_a_web_page_is_told_as_what_it_is():
    page = Answer(body="<html><title>Sign in</title></html>", kind="text/html")
    with FakeEndpoint([page]) as server, pytest.raises(ModelDown) as raised:
        await ask(server.url)
    assert (
        "a web page (Sign in); the address is probably wrong"
        in raised.value.message
    )
    assert len(server.requests) == 2


# Waiting


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (refusal_of(429, "You exceeded your current quota, please check your plan and billing. Please retry in 3.2s."), 3.2),
        (Answer(429, [{"error": {"message": "quota", "details": [{"retryDelay": "3s"}]}}]), 3.0),
        (refusal_of(429, "Please try again in 1m2.5s."), 62.5),
        (refusal_of(429, "please try again after 2 seconds"), 2.0),
        (Answer(429, "slow down", {"Retry-After-Ms": "1500"}), 1.5),
    ],
)  # fmt: skip
async def test_a_minute_s_quota_is_waited_for_as_told(refusal, seconds):
    time = FakeTime()
    with FakeEndpoint([refusal, refusal, GOOD]) as server:
        reply = await ask(server.url, time=time)
    assert reply.data == {"word": "yes"}
    assert time.slept == [seconds, seconds]


async def test_a_quota_that_one_request_alone_would_pass_shortens_the_prompt():
    words = "Request too large on tokens per min (TPM): Limit 6000, Requested 11000."
    with FakeEndpoint([refusal_of(429, words)]) as server:
        async with client_at(server.url) as client:
            with pytest.raises(ContextExceeded):
                await client.ask(
                    [{"role": "user", "content": "word " * 9000}], SCHEMA
                )
            assert client.room() <= 4000


async def test_after_a_time_out_the_words_name_the_key_of_the_configuration():
    with (
        FakeEndpoint([Answer(delay=5.0, body={})]) as server,
        pytest.raises(ModelDown) as raised,
    ):
        await ask(server.url, timeout=0.3)
    assert "[model] timeout" in raised.value.advice
    assert 0 < len(server.requests) <= retry_limits.fewer[ErrorCause.TIMED_OUT]


# Forms and options


@pytest.mark.parametrize("status", [400, 422, 500, 501])
async def test_a_form_that_is_named_is_asked_lower_at_once(status):
    def answer(request):
        if form_of(request) == "json_schema":
            return refusal_of(
                status,
                "response_format type must be text or json_object, got: json_schema",
            )
        return GOOD

    ledger = PlainLedger()
    with FakeEndpoint(answer) as server:
        assert (await ask(server.url, ledger)).form == "json_object"
    assert len(server.requests) == 2
    assert remembered(ledger)["form"] == "json_object"
    assert "doubtful" not in remembered(ledger)


async def test_a_form_refused_with_500_and_no_words_is_asked_lower_after_some_tries():
    def answer(request):
        refused = form_of(request) == "json_schema"
        return refusal_of(500, "Internal Server Error") if refused else GOOD

    ledger = PlainLedger()
    with FakeEndpoint(answer) as server:
        assert (await ask(server.url, ledger)).form == "json_object"
    assert len(server.requests) == retry_limits.untried_form + 1
    assert remembered(ledger)["doubtful"] is True


async def test_a_form_that_has_answered_is_not_lowered_by_an_error_of_the_server():
    answers = [GOOD, *[refusal_of(500, "oops")] * 4, GOOD]
    with FakeEndpoint(answers) as server:
        async with client_at(server.url) as client:
            for number in range(2):
                other = [{"role": "user", "content": str(number)}]
                assert (await client.ask(other, SCHEMA)).form == "json_schema"


async def test_one_passing_400_about_the_output_lowers_no_form():
    failed = refusal_of(400, "Failed to validate JSON.", "json_validate_failed")
    ledger = PlainLedger()
    with FakeEndpoint([failed, GOOD]) as server:
        assert (await ask(server.url, ledger)).form == "json_schema"
    assert ledger.memory == {}
    assert len(server.requests) == 2


async def test_a_form_that_the_server_keeps_failing_in_is_lowered_for_that_paper_only():
    def answer(request):
        failed = form_of(request) != "text"
        return (
            refusal_of(400, "Failed to validate JSON.", "json_validate_failed")
            if failed
            else GOOD
        )

    ledger = PlainLedger()
    with FakeEndpoint(answer) as server:
        assert (await ask(server.url, ledger)).form == "text"
    assert ledger.memory == {}


def remembered(ledger):
    (value,) = ledger.memory.values()
    return json.loads(value)


OPTIONS = [
    ("strict", "Unrecognized request argument supplied: strict", lambda r: "strict" not in json.dumps(r)),
    ("system", "Developer instruction is not enabled for models/gemma", lambda r: r["messages"][0]["role"] != "system"),
    ("stream", "This model only support stream mode, please enable the stream parameter", lambda r: r.get("stream")),
    ("stream", "parameter.enable_thinking must be set to false for non-streaming calls", lambda r: r.get("stream")),
    ("output", "Range of max_tokens should be [1, 8192]", lambda r: r["max_tokens"] <= 8192),
    ("limit_key", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.", lambda r: "max_completion_tokens" in r),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "fits"), OPTIONS)
async def test_what_a_model_takes_otherwise_is_learnt_from_one_refusal(
    name, words, fits
):
    ledger = PlainLedger()
    with FakeEndpoint(
        lambda r: GOOD if fits(r) else refusal_of(400, words)
    ) as server:
        async with client_at(server.url, ledger) as client:
            for number in range(2):
                messages = [
                    MESSAGES[0],
                    {"role": "user", "content": str(number)},
                ]
                reply = await client.ask(messages, SCHEMA)
    assert reply.data == {"word": "yes"}
    assert reply.form == "json_schema"
    assert len(server.requests) == 3
    assert name in remembered(ledger)


async def test_options_of_the_user_are_always_sent():
    extra = {"chat_template_kwargs": {"enable_thinking": False}}
    with FakeEndpoint([GOOD]) as server:
        await ask(server.url, extra=extra)
    assert server.requests[0]["chat_template_kwargs"] == {
        "enable_thinking": False
    }


async def test_an_address_with_a_query_is_asked_with_it():
    with FakeEndpoint([GOOD]) as server:
        reply = await ask(f"{server.url}/?api-version=2026-01&x=a%20b")
    assert reply.data == {"word": "yes"}
    assert server.paths == ["/v1/chat/completions?api-version=2026-01&x=a+b"]


# Filters


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body={"id": "c", "choices": [], "usage": {"prompt_tokens": 9}}),
        Answer(body={"id": "c", "choices": None, "prompt_filter": "blocked"}),
        refusal_of(
            400, "triggering the content management policy", "content_filter"
        ),
        refusal_of(400, "inappropriate content", "data_inspection_failed"),
    ],
)
async def test_a_filtered_paper_is_its_own_failure(answer):
    poisoned = [MESSAGES[0], {"role": "user", "content": "poison"}]

    def filtered(request):
        return (
            answer if "poison" in request["messages"][-1]["content"] else GOOD
        )

    with FakeEndpoint(filtered) as server:
        async with client_at(server.url) as client:
            for _ in range(4):
                with pytest.raises(ReviewIncomplete, match="filter"):
                    await client.ask(poisoned, SCHEMA)
                assert (await client.ask(MESSAGES, SCHEMA)).data == {
                    "word": "yes"
                }


async def test_a_reply_that_a_filter_cut_is_refused():
    with FakeEndpoint(
        [completion(None, finish="content_filter: RECITATION")]
    ) as server:
        assert (await ask(server.url)).fault == "refused"


# What is sent


async def test_an_answer_in_pieces_is_put_together():
    pieces = [YES[:5], YES[5:]]
    events = [{"choices": [{"delta": {"content": piece}}]} for piece in pieces]
    stream = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    answer = Answer(body=f"{stream}data: [DONE]\n\n", kind="text/event-stream")
    with FakeEndpoint([answer]) as server:
        assert (await ask(server.url)).data == {"word": "yes"}


@pytest.mark.parametrize("finish", ["stop", "length"])
async def test_a_whole_reply_is_whole_whatever_is_said_of_its_end(finish):
    with FakeEndpoint([completion(YES, finish=finish)]) as server:
        assert (await ask(server.url)).fault == ""


async def test_thoughts_that_fill_the_reply_are_told():
    answer = completion("", finish="length")
    answer.body["choices"][0]["message"]["reasoning_content"] = (
        "Let me think. " * 99
    )
    with FakeEndpoint([answer]) as server:
        assert (await ask(server.url)).fault == "thinking"


async def test_half_a_character_in_a_reply_is_replaced_and_the_call_is_booked():
    ledger = PlainLedger()
    body = json.dumps(completion('{"word": "half \\ud83d"}').body)
    outer = json.dumps(completion('{"word": "half @"}').body).replace(
        "@", "\\ud83d"
    )
    for sent in (body, outer):
        with FakeEndpoint([Answer(body=sent)]) as server:
            reply = await ask(server.url, ledger)
        assert json.dumps(reply.data, ensure_ascii=False).encode()
        ledger.discarded.update(call.hash for call in ledger.calls)
    assert len(ledger.calls) == 2


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(GOOD.body)[:-9],
        '{"choices": ' + "[" * 50_000 + "]" * 50_000 + "}",
        '{"usage": {"prompt_tokens": ' + "9" * 9_000 + "}}",
    ],
)
async def test_a_torn_answer_is_booked_and_asked_for_again(body):
    ledger = PlainLedger()
    with FakeEndpoint([Answer(body=body), GOOD]) as server:
        reply = await ask(server.url, ledger, price=TokenPrice(1.0, 1.0))
    assert reply.data == {"word": "yes"}
    assert len(ledger.calls) == 2
    assert ledger.usage().cost > 0
    assert ledger.find(reply.hash)


async def test_counts_that_cannot_be_are_estimated():
    ledger = PlainLedger()
    wild = completion(YES, prompt_tokens=10**30, completion_tokens=10**7)
    with FakeEndpoint([wild]) as server:
        await ask(server.url, ledger, price=TokenPrice(1.0, 1.0))
    (call,) = ledger.calls
    assert 0 < call.input_tokens < 1000
    assert 0 < call.output_tokens < 1000
    assert call.cost


async def test_an_endless_answer_ends_at_a_limit():
    flood = Answer(body="[" + "1, " * (answer_limits.completion // 3 + 1000))
    ledger = PlainLedger()
    with FakeEndpoint([flood, GOOD]) as server:
        reply = await ask(server.url, ledger)
    assert reply.data == {"word": "yes"}
    assert len(ledger.calls) == 2


async def test_a_small_answer_that_unpacks_to_a_large_one_ends_at_a_limit():
    bomb = gzip.compress(b" " * 50_000_000)
    packed = Answer(body=bomb, headers={"Content-Encoding": "gzip"})
    good = gzip.compress(json.dumps(GOOD.body).encode())
    answers = [packed, Answer(body=good, headers={"Content-Encoding": "gzip"})]
    with FakeEndpoint(answers) as server:
        assert (await ask(server.url)).data == {"word": "yes"}


# Money


async def test_a_price_that_nobody_knows_is_booked_as_unknown():
    ledger = PlainLedger()
    with FakeEndpoint([GOOD]) as server:
        await ask(server.url, ledger)
    assert ledger.calls[0].cost is None
    assert ledger.usage().unpriced_calls == 1


async def test_tokens_bound_a_run_whose_price_is_unknown():
    ledger = PlainLedger()
    big = completion(YES, prompt_tokens=100, completion_tokens=12_000)
    with FakeEndpoint([big]) as server:
        async with client_at(
            server.url, ledger, tokens_per_run=30_000
        ) as client:
            for number in range(2):
                await client.ask(
                    [{"role": "user", "content": str(number)}], SCHEMA
                )
            with pytest.raises(BudgetReached, match="tokens_per_run"):
                await client.ask([{"role": "user", "content": "2"}], SCHEMA)
    assert len(server.requests) == 2


async def test_another_model_can_be_asked_at_its_own_price():
    ledger = PlainLedger()
    prices = {"checker": TokenPrice(2.0, 2.0)}
    with FakeEndpoint([GOOD]) as server:
        async with client_at(
            server.url, ledger, price=TokenPrice(1.0, 1.0), prices=prices
        ) as client:
            await client.ask(MESSAGES, SCHEMA)
            await client.ask(MESSAGES, SCHEMA, model="checker")
    assert [request["model"] for request in server.requests] == [
        "tiny",
        "checker",
    ]
    first, second = (call.cost or 0.0 for call in ledger.calls)
    assert second == 2 * first > 0


async def test_a_damaged_stored_reply_is_asked_for_again():
    ledger = PlainLedger()
    with FakeEndpoint([GOOD]) as server:
        reply = await ask(server.url, ledger)
        broken = replace(ledger.calls[0], reply="{")
        ledger.calls[:] = [broken]
        again = await ask(server.url, ledger)
    assert reply.data == again.data
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "an empty answer"),
        ('data: {"choices":[{"delta":{"content":"{', "no usable answer"),
        ('{"choices": "yes"}', "no usable answer"),
        ('data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: {"error":{"message":"overloaded"}}\n\n', "overloaded"),
    ],
)  # fmt: skip
async def test_what_is_torn_or_empty_is_no_filter(body, words):
    with (
        FakeEndpoint([Answer(body=body)]) as server,
        pytest.raises(ModelDown) as raised,
    ):
        await ask(server.url)
    assert words in raised.value.message
    assert "filter" not in raised.value.message
