"""How long to wait, and when to stop."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tenacity import Retrying

from pipeline.common.rate_limit import Gate
from pipeline.common.retry import (
    Garbled,
    Patience,
    Throttled,
    Unreachable,
    raise_for_status,
    require_web_address,
    retry_after,
    setback_of,
)
from pipeline.errors import ConfigError

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_retry_after_is_read_in_seconds():
    assert retry_after("7", NOW.timestamp()) == 7


@pytest.mark.parametrize("text", ["7\x1f", "\x1c7", " 7 ", "7\t"])
def test_what_surrounds_the_seconds_does_not_matter(text):
    assert retry_after(text, NOW.timestamp()) == 7


def test_retry_after_is_read_as_a_date():
    text = format_datetime(NOW + timedelta(seconds=90), usegmt=True)
    assert retry_after(text, NOW.timestamp()) == pytest.approx(90)


def test_a_date_that_is_over_means_now():
    assert (
        retry_after(
            format_datetime(NOW - timedelta(days=1), usegmt=True),
            NOW.timestamp(),
        )
        == 0
    )


@given(st.text() | st.integers().map(str))
def test_any_retry_after_is_a_wait_that_is_not_negative(text):
    assert (retry_after(text, NOW.timestamp()) or 0) >= 0


@pytest.mark.parametrize("status", [403, 406, 429, 503])
def test_these_statuses_are_throttling(status):
    with pytest.raises(Throttled) as caught:
        raise_for_status(httpx.Response(status, headers={"Retry-After": "4"}))
    assert (caught.value.status, caught.value.after) == (status, 4)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_errors_of_the_server_are_worth_another_try(status):
    with pytest.raises(Garbled):
        raise_for_status(httpx.Response(status))


@pytest.mark.parametrize("status", [200, 206, 400, 404])
def test_other_statuses_pass(status):
    raise_for_status(httpx.Response(status))


def _errors(kind):
    return [
        kind,
        *(leaf for child in kind.__subclasses__() for leaf in _errors(child)),
    ]


@pytest.mark.parametrize("kind", _errors(httpx.RequestError))
def test_every_error_of_the_layer_below_is_mapped(kind):
    assert isinstance(setback_of(kind("x")), Garbled | Unreachable)


@pytest.mark.parametrize(
    "address", ["", "x", "ftp://x/y", "http://x:port/", "http://"]
)
def test_an_address_that_is_none_is_an_error_of_the_configuration(address):
    with pytest.raises(ConfigError):
        require_web_address(address)


def test_setbacks_of_one_kind_do_not_use_up_the_tries_of_another(clock):
    setbacks = iter(
        [*[Throttled("x")] * 6, Unreachable("x"), Unreachable("x"), None]
    )

    def fail():
        if setback := next(setbacks):
            raise setback

    patience = Patience(
        900,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    Retrying(sleep=clock.sleep, **patience.rules())(fail)
    assert list(setbacks) == []


def _run(clock, setback, limit=900.0):
    """Fail in one way until the rules say stop; how many tries it took."""
    gate = Gate(0.0, clock=clock, sleep=clock.sleep)
    tries = Retrying(
        sleep=clock.sleep,
        **Patience(limit, gate, clock=clock, jitter=lambda: 0.5).rules(),
    )

    def fail():
        raise setback

    with pytest.raises(type(setback)):
        tries(fail)
    return tries.statistics["attempt_number"]


def test_waits_grow_up_to_two_minutes(clock):
    _run(clock, Throttled("x"))
    assert clock.slept[:6] == [3, 6, 12, 24, 48, 96]
    assert max(clock.slept) == 120


def test_an_unlucky_request_does_not_wait_longer_and_longer_while_the_service_answers_others(
    clock,
):
    patience = Patience(
        900,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    answers = iter([*[Throttled("x")] * 5, None])

    def unlucky():
        if setback := next(answers):
            raise setback

    def sleep(seconds):
        clock.sleep(seconds)
        patience.succeeded()  # another request, meanwhile

    Retrying(sleep=sleep, **patience.rules())(unlucky)
    assert clock.slept == [3.0] * 5


def test_a_torn_answer_shows_that_the_throttling_is_over(clock):
    patience = Patience(
        900,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    answers = iter(
        [Throttled("x"), Throttled("x"), Garbled("x"), Throttled("x"), None]
    )

    def unlucky():
        if setback := next(answers):
            raise setback

    Retrying(sleep=clock.sleep, **patience.rules())(unlucky)
    assert clock.slept == [3.0, 6.0, 4.0, 3.0]


def test_all_waits_together_stay_under_the_limit(clock):
    _run(clock, Throttled("x"), limit=100)
    assert 50 < sum(clock.slept) <= 100


def test_a_wait_is_never_shorter_than_asked(clock):
    _run(clock, Throttled("x", after=200))
    assert min(clock.slept) >= 200


def test_who_is_told_to_wait_past_the_limit_does_not_wait(clock):
    assert _run(clock, Throttled("x", after=1e6)) == 1
    assert clock.slept == []


def test_no_connection_is_soon_reported(clock):
    assert _run(clock, Unreachable("x")) == Unreachable.tries
    assert sum(clock.slept) < 30


def test_garbled_answers_are_not_asked_for_for_ever(clock):
    assert _run(clock, Garbled("x")) == Garbled.tries


def test_the_limit_holds_for_all_requests_together(clock):
    patience = Patience(
        100,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )

    def fail():
        raise Throttled("x")

    for _ in range(60):
        with pytest.raises(Throttled):
            Retrying(sleep=clock.sleep, **patience.rules())(fail)
    assert sum(clock.slept) <= 100


def test_requests_that_wait_at_once_use_up_the_time_once(clock):
    patience = Patience(
        10,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    waits = []

    def fail_once(answers):
        if setback := next(answers):
            raise setback

    for _ in range(
        8
    ):  # the time of the first one's wait is that of the others' too
        Retrying(sleep=waits.append, **patience.rules())(
            fail_once, iter([Throttled("x"), None])
        )
    assert waits == [3.0] * 8


def test_slow_failures_are_time_without_the_service_too(clock):
    patience = Patience(
        100,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    begin = clock()

    def hang():
        clock.now += 40
        raise Throttled("x")

    with pytest.raises(Throttled):
        Retrying(sleep=clock.sleep, **patience.rules())(hang)
    assert clock() - begin <= 100 + 40


def test_a_good_answer_renews_the_patience(clock):
    patience = Patience(
        10,
        Gate(0.0, clock=clock, sleep=clock.sleep),
        clock=clock,
        jitter=lambda: 0.5,
    )
    for _ in range(5):
        answers = iter([Throttled("x"), None])

        def once(answers=answers):
            if setback := next(answers):
                raise setback

        Retrying(sleep=clock.sleep, **patience.rules())(once)
        patience.succeeded()
    assert clock.slept == [3.0] * 5


def test_throttling_holds_the_gate_for_everybody(clock):
    gate = Gate(0.0, clock=clock, sleep=clock.sleep)
    naps, answers = [], iter([Throttled("x"), None])
    tries = Retrying(
        sleep=naps.append,
        **Patience(5, gate, clock=clock, jitter=lambda: 0.5).rules(),
    )

    def fail_once():
        if setback := next(answers):
            raise setback

    tries(fail_once)
    with gate.turn():
        assert clock.slept == naps == [3.0]
