"""Model calls: found again, counted, summed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from pipeline.paper import Usage
from pipeline.store import Store
from tests.samples import NIGHT


@dataclass(frozen=True)
class Call:
    hash: str = "v1:aa"
    model: str = "m"
    prompt_version: str = "1"
    input_tokens: int = 1000
    output_tokens: int = 100
    cached_tokens: int = 0
    cost: float = 0.25
    seconds: float = 2.0
    reply: str = "{}"
    paper_id: str = "2611.00001"
    at: datetime = NIGHT


@pytest.fixture
def ledger(tmp_path):
    store = Store.open(tmp_path)
    store.ledger.run = 1
    yield store.ledger
    store.close()


def test_an_equal_request_is_answered_from_the_ledger(ledger):
    assert ledger.find("v1:aa") is None
    ledger.record(Call(reply='{"a": 1}'))
    assert ledger.find("v1:aa") == '{"a": 1}'


def test_a_discarded_reply_is_not_given_again_but_stays_paid(ledger):
    ledger.record(Call())
    ledger.discard("v1:aa")
    assert ledger.find("v1:aa") is None
    ledger.record(Call(reply="better"))
    assert ledger.find("v1:aa") == "better"
    assert ledger.usage().cost == 0.5


def test_a_run_counts_its_own_calls_alone(ledger):
    ledger.record(Call())
    ledger.run = 2
    ledger.record(Call(hash="v1:bb"))
    assert ledger.usage() == Usage(1, 1000, 100, 0.25, 2.0)


def test_spending_is_summed_by_day_and_model(ledger):
    for call in (
        Call(),
        replace(Call(), hash="b"),
        replace(Call(), model="n"),
        replace(Call(), at=NIGHT + timedelta(days=1)),
    ):
        ledger.record(call)
    assert [
        (one.day.day, one.model, one.usage.calls) for one in ledger.spending()
    ] == [
        (21, "m", 1),
        (20, "m", 2),
        (20, "n", 1),
    ]


def test_what_was_learned_of_a_model_is_kept(ledger):
    assert ledger.recall("form:m") is None
    ledger.remember("form:m", "json_object")
    ledger.remember("form:m", "text")
    assert ledger.recall("form:m") == "text"


def test_calls_of_unknown_price_are_counted_by_themselves(ledger):
    ledger.record(Call(cost=None))
    ledger.record(Call(hash="v1:bb"))
    usage = ledger.usage()
    assert (usage.calls, usage.cost) == (2, 0.25)
    assert (usage.unpriced_calls, usage.unpriced_tokens) == (1, 1100)


def test_sums_of_impossible_counts_end_at_a_limit(ledger):
    for number in range(3):
        call = Call(
            hash=f"v1:{number}", input_tokens=10**30, output_tokens=2**63 - 1
        )
        ledger.record(call)
    usage = ledger.usage()
    assert 0 < usage.input_tokens <= 2**63 - 1
    assert 0 < usage.output_tokens <= 2**63 - 1


def test_all_replies_about_a_paper_can_be_discarded(ledger):
    ledger.record(Call())
    ledger.record(Call(hash="v1:bb", paper_id="2611.00002"))
    ledger.discard_paper("2611.00001")
    assert ledger.find("v1:aa") is None
    assert ledger.find("v1:bb") == "{}"
    assert ledger.usage().calls == 2
