"""What was learnt of a model is kept from night to night, and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.llm.capabilities import (
    Capabilities,
    CapabilityMemory,
    lesson_limits,
)
from tests.llm.endpoint import PlainLedger

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def memory(ledger: PlainLedger, now: datetime = NOW) -> CapabilityMemory:
    return CapabilityMemory(ledger, "http://127.0.0.1/v1", lambda: now)


def test_what_one_night_learnt_the_next_one_knows():
    ledger = PlainLedger()
    memory(ledger).learn("tiny", form="text", parts=2)
    assert memory(ledger, NOW + timedelta(days=1)).of("tiny") == Capabilities(
        form="text", parts=2
    )
    assert memory(ledger).of("other") == Capabilities()


def test_after_a_month_the_best_form_is_tried_again():
    ledger = PlainLedger()
    memory(ledger).learn("tiny", form="text")
    assert memory(ledger, NOW + lesson_limits.sure).of("tiny") == Capabilities()


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "{}",
        '{"learnt": "yesterday"}',
        '{"learnt": "2026-11-20", "form": "song"}',
    ],
)
def test_what_is_not_understood_is_as_unknown(stored):
    ledger = PlainLedger()
    ledger.remember("traits of tiny at http://127.0.0.1/v1", stored)
    assert memory(ledger).of("tiny") == Capabilities()
