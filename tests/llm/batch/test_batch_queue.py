"""Reviews sent as a batch: a run sends, a later one collects, and nothing is paid twice."""

from __future__ import annotations

import pytest

from pipeline.errors import (
    BatchPending,
    BudgetReached,
    ModelDown,
    ModelRejected,
    ReviewIncomplete,
)
from pipeline.llm.budget import TokenPrice
from tests.llm.batch.batch_endpoint import BatchEndpoint
from tests.llm.endpoint import (
    SCHEMA,
    FakeEndpoint,
    PlainLedger,
    client_at,
    completion,
    refusal_of,
)

GOOD = completion('{"word": "yes"}', prompt_tokens=1000, completion_tokens=100)


def prompt(number):
    return [{"role": "user", "content": f"paper {number}"}]


async def run(url, ledger, numbers, **options):
    """One run: what became of each paper, after the batch is sent."""
    results: dict = {}
    async with client_at(url, ledger, batch=True, **options) as client:
        for number in numbers:
            try:
                reply = await client.ask(
                    prompt(number),
                    SCHEMA,
                    paper_id=str(number),
                    prompt_version="p",
                )
                results[number] = reply.data
            except (BatchPending, ReviewIncomplete, BudgetReached) as error:
                results[number] = type(error)
        await client.send_batch()
    return results


async def test_one_run_sends_and_a_later_one_collects_at_half_the_price():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        options = {"price": TokenPrice(1.0, 10.0)}
        first = await run(provider.url, ledger, [1, 2], **options)
        waiting = await run(provider.url, ledger, [1, 2], **options)
        provider.finish()
        last = await run(provider.url, ledger, [1, 2], **options)
        again = await run(provider.url, ledger, [1, 2], **options)
    assert set(first.values()) == set(waiting.values()) == {BatchPending}
    assert last == again == {1: {"word": "yes"}, 2: {"word": "yes"}}
    assert len(provider.batches) == 1
    assert len(provider.sent()) == 2
    assert provider.direct == []
    assert [call.paper_id for call in ledger.calls] == ["1", "2"]
    assert ledger.calls[0].cost == pytest.approx(
        (1000 * 1.0 + 100 * 10.0) / 2e6
    )


async def test_a_new_paper_goes_into_a_batch_of_its_own():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        await run(provider.url, ledger, [1])
        provider.finish()
        mixed = await run(provider.url, ledger, [1, 2])
        provider.finish()
        assert await run(provider.url, ledger, [2]) == {2: {"word": "yes"}}
    assert mixed == {1: {"word": "yes"}, 2: BatchPending}
    assert len(provider.batches) == 2


async def test_a_run_killed_while_it_creates_a_batch_pays_nothing_twice():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        provider.lost = True
        with pytest.raises(ModelDown):
            await run(provider.url, ledger, [1])
        assert await run(provider.url, ledger, [1]) == {1: BatchPending}
        provider.finish()
        assert await run(provider.url, ledger, [1]) == {1: {"word": "yes"}}
    assert len(provider.batches) == 1


async def test_a_batch_that_was_never_created_is_sent_again():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        provider.lost = True
        with pytest.raises(ModelDown):
            await run(provider.url, ledger, [1])
        provider.batches.clear()
        assert await run(provider.url, ledger, [1]) == {1: BatchPending}
    assert len(provider.batches) == 1


async def test_an_answer_that_refuses_the_form_is_asked_for_in_a_lower_one():
    def answer(request):
        if "response_format" in request:
            return refusal_of(
                400, "response_format json_schema is not supported"
            )
        return GOOD

    ledger = PlainLedger()
    with BatchEndpoint(answer) as provider:
        for _ in range(4):
            result = await run(provider.url, ledger, [1])
            provider.finish()
    assert result == {1: {"word": "yes"}}
    assert [
        line["body"].get("response_format", {}).get("type")
        for line in provider.sent()
    ] == ["json_schema", "json_object", None]


async def test_a_filtered_answer_is_its_own_failure():
    def answer(request):
        poisoned = "paper 1" in request["messages"][0]["content"]
        return (
            refusal_of(400, "blocked", "content_filter") if poisoned else GOOD
        )

    ledger = PlainLedger()
    with BatchEndpoint(answer) as provider:
        await run(provider.url, ledger, [1, 2])
        provider.finish()
        found = await run(provider.url, ledger, [1, 2])
    assert found == {1: ReviewIncomplete, 2: {"word": "yes"}}


async def test_what_an_expired_batch_has_not_answered_is_sent_again():
    def answer(request):
        late = "paper 1" in request["messages"][0]["content"]
        return refusal_of(429, "expired", "batch_expired") if late else GOOD

    ledger = PlainLedger()
    with BatchEndpoint(answer) as provider:
        await run(provider.url, ledger, [1, 2])
        provider.finish("expired")
        found = await run(provider.url, ledger, [1, 2])
    assert found == {1: BatchPending, 2: {"word": "yes"}}
    assert len(provider.sent()) == 3


async def test_a_failed_batch_is_told_and_sent_again():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        await run(provider.url, ledger, [1])
        said = {
            "data": [
                {"code": "token_limit_exceeded", "message": "Enqueued limit"}
            ]
        }
        provider.batches["batch-1"] |= {"status": "failed", "errors": said}
        with pytest.raises(ModelDown, match="Enqueued limit"):
            await run(provider.url, ledger, [1])
        assert await run(provider.url, ledger, [1]) == {1: BatchPending}
    assert len(provider.batches) == 2


async def test_an_urgent_question_waits_for_no_batch():
    with BatchEndpoint(lambda _: GOOD) as provider:
        async with client_at(provider.url, batch=True) as client:
            reply = await client.ask(prompt(1), SCHEMA, urgent=True)
    assert reply.data == {"word": "yes"}
    assert len(provider.direct) == 1
    assert provider.batches == {}


async def test_a_batch_is_bounded_by_the_budget():
    ledger = PlainLedger()
    with BatchEndpoint(lambda _: GOOD) as provider:
        found = await run(
            provider.url,
            ledger,
            [1, 2, 3],
            price=TokenPrice(1.0, 10.0),
            budget_per_run=0.13,
        )
    assert list(found.values()) == [BatchPending, BatchPending, BudgetReached]
    assert len(provider.sent()) == 2


async def test_a_provider_without_batches_is_told_as_such():
    with FakeEndpoint([refusal_of(404, "Not Found")]) as server:
        async with client_at(server.url, batch=True) as client:
            with pytest.raises(BatchPending):
                await client.ask(prompt(1), SCHEMA)
            with pytest.raises(
                ModelRejected, match="takes no batches"
            ) as raised:
                await client.send_batch()
    assert "batch = false" in raised.value.step
