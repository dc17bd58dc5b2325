"""The client against a real server on this machine, each fault by itself."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from email.utils import format_datetime

import pytest

from pipeline.errors import (
    BudgetReached,
    ContextExceeded,
    ModelDown,
    ModelRejected,
    ReviewIncomplete,
    ScreenError,
)
from pipeline.llm.budget import TokenPrice
from pipeline.llm.transport import retry_limits, watched_limits
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

GOOD = completion('{"word": "yes"}')


async def ask(url, ledger=None, time=None, **options):
    async with client_at(url, ledger, time, **options) as client:
        return await client.ask(
            MESSAGES, SCHEMA, paper_id="2409.03605", prompt_version="p1"
        )


async def test_a_reply_is_read_and_the_schema_is_sent_strict():
    with FakeEndpoint([GOOD]) as server:
        reply = await ask(server.url)
    assert (reply.data, reply.fault, reply.model) == (
        {"word": "yes"},
        "",
        "tiny-1-0613",
    )
    shape = server.requests[0]["response_format"]
    assert shape["type"] == "json_schema"
    assert shape["json_schema"]["strict"] is True
    assert shape["json_schema"]["schema"] == SCHEMA
    assert server.requests[0]["messages"] == MESSAGES


async def test_an_equal_request_is_never_sent_twice():
    ledger = PlainLedger()
    with FakeEndpoint([GOOD]) as server:
        first = await ask(server.url, ledger)
        again = await ask(server.url, ledger)
    assert first == again
    assert len(server.requests) == 1


async def test_equal_requests_at_the_same_time_share_one_call():
    with FakeEndpoint([completion('{"word": "yes"}')]) as server:
        async with client_at(server.url) as client:
            replies = await asyncio.gather(
                *(client.ask(MESSAGES, SCHEMA) for _ in range(5))
            )
    assert len(server.requests) == 1
    assert {reply.data["word"] for reply in replies} == {"yes"}


async def test_a_discarded_reply_is_asked_for_again():
    ledger = PlainLedger()
    with FakeEndpoint([completion('{"word": "no"}'), GOOD]) as server:
        async with client_at(server.url, ledger) as client:
            client.discard(await client.ask(MESSAGES, SCHEMA))
            reply = await client.ask(MESSAGES, SCHEMA)
    assert reply.data == {"word": "yes"}
    assert len(ledger.calls) == 2


async def test_the_call_is_written_down_with_tokens_cost_and_paper_but_without_the_key():
    ledger = PlainLedger()
    details = {
        "prompt_tokens": 1000,
        "completion_tokens": 100,
        "prompt_tokens_details": {"cached_tokens": 600},
    }
    with FakeEndpoint([completion('{"word": "yes"}', **details)]) as server:
        await ask(server.url, ledger, price=TokenPrice(2.0, 10.0))
    call = ledger.calls[0]
    assert (call.input_tokens, call.output_tokens, call.cached_tokens) == (
        1000,
        100,
        600,
    )
    assert call.cost == pytest.approx(0.003)
    assert (call.paper_id, call.prompt_version, call.model) == (
        "2409.03605",
        "p1",
        "tiny-1-0613",
    )
    assert "sk-secret" not in repr(call) + json.dumps(ledger.memory)
    assert server.authorizations == ["Bearer sk-secret-1234567890"]


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504, 529])
async def test_a_passing_error_is_tried_again_with_growing_waits(status):
    time = FakeTime()
    with FakeEndpoint([refusal_of(status, "busy")] * 3 + [GOOD]) as server:
        reply = await ask(server.url, time=time)
    assert reply.data == {"word": "yes"}
    assert time.slept == [1.0, 2.0, 4.0]


async def test_retry_after_in_seconds_is_kept():
    time = FakeTime()
    with FakeEndpoint(
        [refusal_of(429, "slow down", Retry_After="17"), GOOD]
    ) as server:
        await ask(server.url, time=time)
    assert time.slept == [17.0]


async def test_retry_after_as_a_date_is_kept():
    time = FakeTime()
    then = format_datetime(time.now() + timedelta(seconds=42), usegmt=True)
    with FakeEndpoint(
        [refusal_of(503, "slow down", Retry_After=then), GOOD]
    ) as server:
        await ask(server.url, time=time)
    assert time.slept == [42.0]


async def test_a_wait_beyond_all_patience_means_the_model_is_down():
    beyond = str(int(retry_limits.patience) + 1)
    with (
        FakeEndpoint(
            [refusal_of(429, "tomorrow", Retry_After=beyond)]
        ) as server,
        pytest.raises(ModelDown),
    ):
        await ask(server.url)
    assert len(server.requests) == 1


async def test_an_answer_that_never_comes_is_tried_again():
    with FakeEndpoint([Answer(delay=5.0, body={}), GOOD]) as server:
        reply = await ask(server.url, timeout=0.5)
    assert reply.data == {"word": "yes"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body="<html>Sign in</html>", kind="text/html"),
        Answer(body="{oops"),
        Answer(body={"error": {"message": "overloaded"}}),
        Answer(body={"choices": []}),
    ],
)
async def test_an_answer_that_is_no_completion_is_tried_again(answer):
    with FakeEndpoint([answer, GOOD]) as server:
        reply = await ask(server.url)
    assert reply.data == {"word": "yes"}


async def test_errors_to_the_last_try_mean_the_model_is_down():
    with (
        FakeEndpoint([refusal_of(503, "broken\nbadly")]) as server,
        pytest.raises(ModelDown) as raised,
    ):
        await ask(server.url)
    assert len(server.requests) == retry_limits.tries
    assert "503 broken badly" in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_nobody_listening_means_the_model_is_down():
    with FakeEndpoint([GOOD]) as server:
        url = server.url
    with pytest.raises(ModelDown, match=r"refused|connection"):
        await ask(url)


@pytest.mark.parametrize(
    ("limits", "pauses"),
    [(retry_limits, retry_limits.tries - 1), (watched_limits, 1)],
    ids=["unattended", "watched"],
)
async def test_a_missing_network_is_waited_for_where_nobody_watches(
    limits, pauses
):
    with FakeEndpoint([GOOD]) as server:
        url = server.url
    time = FakeTime()
    with pytest.raises(ModelDown, match=r"refused|connection"):
        await ask(url, time=time, retry=limits)
    assert len(time.slept) == pauses


async def test_a_proxy_of_the_environment_is_not_asked_for_a_server_on_this_machine(
    monkeypatch,
):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with FakeEndpoint([GOOD]) as server:
        assert (await ask(server.url)).data == {"word": "yes"}


async def test_one_paper_that_is_throttled_holds_the_others_back_too():
    time = FakeTime()
    with FakeEndpoint(
        [refusal_of(429, "slow down", Retry_After="9"), GOOD]
    ) as server:
        async with client_at(server.url, time=time, concurrency=2) as client:
            asked = (
                client.ask([{"role": "user", "content": str(number)}], SCHEMA)
                for number in range(6)
            )
            await asyncio.gather(*asked)
    assert 9.0 in time.slept
    assert len(server.requests) == 7


async def test_after_several_lost_requests_no_more_are_sent():
    with FakeEndpoint([refusal_of(503, "broken")]) as server:
        async with client_at(server.url) as client:
            for number in range(retry_limits.lost + 4):
                with pytest.raises(ModelDown):
                    await client.ask(
                        [{"role": "user", "content": str(number)}], SCHEMA
                    )
    assert len(server.requests) == retry_limits.lost * retry_limits.tries


@pytest.mark.parametrize(
    ("status", "message", "code"),
    [
        (
            401,
            "Incorrect API key provided: sk-secret-1234567890",
            "invalid_api_key",
        ),
        (402, "Insufficient Balance", None),
        (403, "No access", None),
        (404, "The model `tiny` does not exist", "model_not_found"),
        (400, "Model Not Exist", "invalid_request_error"),
        (400, "模型不存在，请检查模型代码。", "1211"),
        (
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
        ),
    ],
)
async def test_what_no_call_can_pass_stops_the_stage_at_once(
    status, message, code
):
    with FakeEndpoint([refusal_of(status, message, code)]) as server:
        async with client_at(server.url) as client:
            for number in range(3):
                with pytest.raises(ModelRejected) as raised:
                    await client.ask(
                        [{"role": "user", "content": str(number)}], SCHEMA
                    )
    assert len(server.requests) == 1
    assert "sk-secret" not in str(raised.value)
    assert str(status) in str(raised.value)


async def test_a_model_that_is_down_is_stood_in_for_by_the_fallback():
    warnings = []

    def answer(request):
        return (
            refusal_of(503, "overloaded")
            if request["model"] == "tiny"
            else GOOD
        )

    with FakeEndpoint(answer) as server:
        reply = await ask(server.url, fallback="other", warn=warnings.append)
    assert reply.data == {"word": "yes"}
    assert server.requests[-1]["model"] == "other"
    assert len(warnings) == 1


async def test_without_a_name_the_first_model_listed_is_asked():
    with FakeEndpoint([GOOD]) as server:
        await ask(server.url, name="")
    assert server.requests[0]["model"] == "served-model"


async def test_forms_are_tried_from_strict_to_text_and_the_one_that_works_is_remembered():
    ledger = PlainLedger()

    def answer(request):
        shape = request.get("response_format", {}).get("type", "text")
        return (
            GOOD
            if shape == "text"
            else refusal_of(400, f"response_format {shape} is not supported")
        )

    with FakeEndpoint(answer) as server:
        assert (await ask(server.url, ledger)).form == "text"
        assert len(server.requests) == 3
        ledger.calls.clear()
        await ask(server.url, ledger)
    assert len(server.requests) == 4
    assert "response_format" not in server.requests[-1]
    assert '"word"' in server.requests[-1]["messages"][0]["content"]


async def test_requests_that_wait_are_put_as_those_before_them_taught():
    def answer(request):
        return (
            refusal_of(400, "no response_format")
            if "response_format" in request
            else GOOD
        )

    with FakeEndpoint(answer) as server:
        async with client_at(server.url, concurrency=1) as client:
            prompts = [
                [MESSAGES[0], {"role": "user", "content": f"Say {number}."}]
                for number in range(5)
            ]
            await asyncio.gather(
                *(client.ask(messages, SCHEMA) for messages in prompts)
            )
    assert len(server.requests) == 3 + 5


async def test_a_server_that_does_not_say_what_it_dislikes_is_asked_in_the_next_form():
    def answer(request):
        return (
            refusal_of(400, "Request contains an invalid argument.")
            if "response_format" in request
            else GOOD
        )

    ledger = PlainLedger()
    with FakeEndpoint(answer) as server:
        assert (await ask(server.url, ledger)).form == "text"
        ledger.calls.clear()
        await ask(server.url, ledger)
    assert len(server.requests) == 5


async def test_a_request_refused_in_every_form_teaches_nothing_of_the_model():
    ledger = PlainLedger()
    with (
        FakeEndpoint([refusal_of(400, "No.")]) as server,
        pytest.raises(ReviewIncomplete),
    ):
        await ask(server.url, ledger)
    assert ledger.memory == {}


async def test_an_option_that_the_model_does_not_know_is_no_unknown_model():
    def answer(request):
        known = "max_completion_tokens" in request
        return (
            GOOD
            if known
            else refusal_of(
                400, "This model has no such parameter: max_tokens not found"
            )
        )

    with FakeEndpoint(answer) as server:
        assert (await ask(server.url)).data == {"word": "yes"}


async def test_a_strict_mode_that_knows_no_limits_gets_the_schema_without_them():
    def answer(request):
        schema = request["response_format"]["json_schema"]["schema"]
        known = "maxLength" not in schema["properties"]["word"]
        return (
            GOOD
            if known
            else refusal_of(
                400,
                "Invalid schema for response_format: 'maxLength' is not permitted.",
            )
        )

    with FakeEndpoint(answer) as server:
        reply = await ask(server.url)
    assert reply.form == "json_schema_bare"


async def test_a_server_with_another_name_for_the_limit_of_a_reply_gets_that_name():
    def answer(request):
        known = "max_completion_tokens" in request
        return (
            GOOD
            if known
            else refusal_of(
                400,
                "Unsupported parameter: 'max_tokens'; use 'max_completion_tokens'.",
            )
        )

    with FakeEndpoint(answer) as server:
        assert (await ask(server.url)).data == {"word": "yes"}


async def test_a_server_with_a_lower_limit_of_a_reply_gets_that_limit():
    def answer(request):
        fits = request["max_tokens"] <= 8192
        return (
            GOOD
            if fits
            else refusal_of(
                400, "Invalid max_tokens value, the valid range is [1, 8192]"
            )
        )

    with FakeEndpoint(answer) as server:
        assert (await ask(server.url)).data == {"word": "yes"}
    assert server.requests[-1]["max_tokens"] == 8192


async def test_options_of_the_provider_that_the_server_does_not_know_are_left_out():
    def answer(request):
        return (
            refusal_of(400, "Unknown parameter: 'thinking'")
            if "thinking" in request
            else GOOD
        )

    with FakeEndpoint(answer) as server:
        assert (
            await ask(server.url, options={"thinking": {"type": "disabled"}})
        ).data == {"word": "yes"}


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 8000 tokens. However, your messages resulted in 30000 tokens.",
        "the request exceeds the available context size (8000 tokens)",
        "Input is too long for this model",
        "输入超长",
    ],
)
async def test_a_prompt_that_is_too_long_leaves_less_room_for_the_next(message):
    ledger = PlainLedger()
    long = [{"role": "user", "content": "many words " * 10_000}]
    with FakeEndpoint([refusal_of(400, message)]) as server:
        async with client_at(server.url, ledger) as client:
            before = client.room()
            with pytest.raises(ContextExceeded):
                await client.ask(long, SCHEMA)
            assert client.room() < min(before, 30_000)
        async with client_at(server.url, ledger) as tomorrow:
            assert tomorrow.room() < 30_000


async def test_another_bad_request_concerns_that_paper_only():
    with FakeEndpoint(
        [refusal_of(400, "data_inspection_failed: inappropriate content"), GOOD]
    ) as server:
        async with client_at(server.url) as client:
            with pytest.raises(ReviewIncomplete):
                await client.ask(MESSAGES, SCHEMA)
            assert (await client.ask(MESSAGES, SCHEMA)).data == {"word": "yes"}


@pytest.mark.parametrize(
    ("answer", "fault", "data"),
    [
        (
            completion('Sure!\n```json\n{"word": "yes"}\n```\nAnything else?'),
            "",
            {"word": "yes"},
        ),
        (
            completion('<think>{"a": 1}</think>{"word": "a long enough word"}'),
            "",
            {"word": "a long enough word"},
        ),
        (completion(None, refusal="I cannot help with this."), "refused", None),
        (
            completion('{"word": "yes", "other": "cut of', finish="length"),
            "truncated",
            {"word": "yes"},
        ),
        (completion("A paragraph of prose."), "not JSON", None),
        (completion('["word"]'), "not JSON", None),
        (completion(""), "empty", None),
    ],
)
async def test_what_is_wrong_with_a_reply_is_told(answer, fault, data):
    with FakeEndpoint([answer]) as server:
        reply = await ask(server.url)
    assert (reply.fault, reply.data) == (fault, data)


async def test_no_call_is_sent_that_could_pass_the_budget():
    ledger = PlainLedger()
    with FakeEndpoint(
        [
            completion(
                '{"word": "yes"}', prompt_tokens=1000, completion_tokens=12_000
            )
        ]
    ) as server:
        async with client_at(
            server.url, ledger, price=TokenPrice(1.0, 10.0), budget_per_run=0.25
        ) as client:
            for number in range(2):
                await client.ask(
                    [{"role": "user", "content": str(number)}], SCHEMA
                )
            with pytest.raises(BudgetReached):
                await client.ask([{"role": "user", "content": "2"}], SCHEMA)
    assert len(server.requests) == 2
    assert ledger.usage().cost <= 0.25


async def test_calls_at_the_same_time_do_not_pass_the_budget_together():
    ledger = PlainLedger()
    with FakeEndpoint(
        [
            completion(
                '{"word": "yes"}', prompt_tokens=1000, completion_tokens=12_000
            )
        ]
    ) as server:
        async with client_at(
            server.url, ledger, price=TokenPrice(1.0, 10.0), budget_per_run=0.25
        ) as client:
            asked = (
                client.ask([{"role": "user", "content": str(number)}], SCHEMA)
                for number in range(6)
            )
            results = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(result, BudgetReached) for result in results) == 4
    assert ledger.usage().cost <= 0.25


async def test_papers_that_wait_for_a_place_reserve_nothing():
    with FakeEndpoint(
        [completion('{"word": "yes"}', prompt_tokens=10, completion_tokens=10)]
    ) as server:
        async with client_at(
            server.url,
            price=TokenPrice(1.0, 10.0),
            budget_per_run=0.15,
            concurrency=1,
        ) as client:
            asked = (
                client.ask([{"role": "user", "content": str(number)}], SCHEMA)
                for number in range(6)
            )
            replies = await asyncio.gather(*asked)
    assert len(replies) == 6


async def test_an_unknown_price_is_said_once():
    warnings = []
    ledger = PlainLedger()
    async with client_at(
        "https://example.invalid/v1",
        ledger,
        warn=warnings.append,
        budget_per_run=0.0,
    ) as client:
        for number in range(2):
            with pytest.raises(ModelDown):
                await client.ask(
                    [{"role": "user", "content": str(number)}], SCHEMA
                )
    assert len(warnings) == 1
    assert "price" in warnings[0]


async def test_no_more_calls_are_under_way_than_allowed():
    with FakeEndpoint(lambda _: Answer(body=GOOD.body, delay=0.02)) as server:
        async with client_at(server.url, concurrency=3) as client:
            asked = (
                client.ask([{"role": "user", "content": str(number)}], SCHEMA)
                for number in range(12)
            )
            await asyncio.gather(*asked)
    assert server.most_at_once <= 3


async def test_requests_a_minute_are_evenly_spaced():
    time = FakeTime()
    with FakeEndpoint([GOOD]) as server:
        async with client_at(
            server.url, time=time, requests_per_minute=20, concurrency=1
        ) as client:
            for number in range(4):
                await client.ask(
                    [{"role": "user", "content": str(number)}], SCHEMA
                )
    assert time.slept == [3.0, 3.0, 3.0]


async def test_the_room_for_a_paper_is_the_same_whatever_was_asked_before():
    with FakeEndpoint(
        [completion('{"word": "yes"}', prompt_tokens=900)]
    ) as server:
        async with client_at(server.url) as client:
            before = client.room()
            await client.ask([{"role": "user", "content": "x" * 5000}], SCHEMA)
            assert client.room() == before


async def test_a_server_that_silently_cuts_the_prompt_is_told_of():
    warnings = []
    with FakeEndpoint(
        [completion('{"word": "yes"}', prompt_tokens=4096)]
    ) as server:
        async with client_at(server.url, warn=warnings.append) as client:
            for number in range(2):
                await client.ask(
                    [
                        {
                            "role": "user",
                            "content": f"{number} many words " * 5000,
                        }
                    ],
                    SCHEMA,
                )
            assert client.room() == client_at(server.url).room()
    assert len(warnings) == 1
    assert "4096" in warnings[0]


SECRETS = ("pass-word", "k-e-y-1", "sk-secret-1234567890")


@pytest.mark.parametrize(
    "answers",
    [
        [
            refusal_of(
                401, "no access for http://ann:pass-word@host/v1?key=k-e-y-1"
            )
        ],
        [refusal_of(404, "The model does not exist", "model_not_found")],
        [
            refusal_of(
                400,
                "bad request to http://ann:pass-word@host/v1/chat?api_key=k-e-y-1&x=1 by sk-secret-1234567890",
            )
        ],
        [
            refusal_of(
                500, "proxy http://ann:pass-word@host/?token=k-e-y-1 failed"
            )
        ],
        [Answer(body="<html>", kind="text/html")],
    ],
)
async def test_no_message_and_no_memory_shows_what_is_secret_in_an_address(
    answers,
):
    ledger = PlainLedger()
    with FakeEndpoint(answers) as endpoint:
        address = (
            endpoint.url.replace("http://", "http://ann:pass-word@")
            + "?key=k-e-y-1"
        )
        async with client_at(address, ledger) as model:
            with pytest.raises(ScreenError) as raised:
                await model.ask(MESSAGES, SCHEMA)
            model.learn(parts=2)
    shown = f"{raised.value.advice} {raised.value.data} {ledger.memory} {ledger.calls}"
    assert not any(secret in shown for secret in SECRETS)


async def test_no_message_shows_what_is_secret_in_an_address_that_nobody_answers():
    async with client_at(
        "http://ann:pass-word@127.0.0.1:9/v1?key=k-e-y-1"
    ) as model:
        with pytest.raises(ScreenError) as raised:
            await model.ask(MESSAGES, SCHEMA)
        assert not any(secret in raised.value.advice for secret in SECRETS)
