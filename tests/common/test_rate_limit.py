"""Whoever passes a gate has kept the distance."""

import asyncio
import itertools
from threading import Thread

import pytest

from pipeline.common.rate_limit import MARGIN, AsyncGate, Gate


class Note:
    """A Memory that outlives gates."""

    def __init__(self, clock):
        self.clock, self.moment = clock, 0.0

    def last(self):
        return self.moment

    def touch(self):
        self.moment = self.clock()


def _gate(clock, **more):
    return Gate(3.0, clock=clock, wall=clock, sleep=clock.sleep, **more)


def test_the_first_request_passes_at_once(clock):
    with _gate(clock).turn():
        assert clock.slept == []


def test_the_distance_is_counted_from_the_end_of_the_last_request(clock):
    gate = _gate(clock)
    with gate.turn():
        clock.now += 10
    ended = clock.now
    with gate.turn():
        assert clock.now - ended >= 3.0


def test_a_request_that_fails_counts_as_well(clock):
    gate = _gate(clock)
    with pytest.raises(OSError, match="torn"), gate.turn():
        raise OSError("torn")
    with gate.turn():
        assert clock.slept == [3.0]


def test_two_threads_are_never_inside_at_once(clock):
    gate, inside, most = _gate(clock), [], []

    def work():
        with gate.turn():
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
    assert clock.slept == [3.0] * 7


def test_a_restart_keeps_the_distance_from_the_run_before(clock):
    note = Note(clock)
    with _gate(clock, memory=note).turn():
        before = clock.now
    clock.now += 1
    with _gate(clock, memory=note).turn():
        assert clock.now - before >= 3.0 + MARGIN


def test_a_request_killed_on_its_way_is_remembered(clock):
    note = Note(clock)
    turn = _gate(clock, memory=note).turn()
    turn.__enter__()
    with _gate(clock, memory=note).turn():
        assert clock.slept == [3.0 + MARGIN]


def test_own_requests_cost_no_margin(clock):
    gate = _gate(clock, memory=Note(clock))
    for _ in range(3):
        with gate.turn():
            pass
    assert clock.slept == [3.0, 3.0]


def test_a_clock_that_was_set_back_does_not_hold_the_gate_shut(clock):
    note = Note(clock)
    note.moment = clock.now + 1e6
    with _gate(clock, memory=note).turn():
        assert clock.slept == [3.0 + MARGIN]


def test_a_held_gate_stays_shut(clock):
    gate = _gate(clock)
    gate.hold(60)
    with gate.turn():
        assert clock.slept == [60]


async def test_an_async_gate_spaces_starts_and_counts_places(clock):
    gate, starts, inside, most = (
        AsyncGate(1.0, 2, clock=clock, sleep=clock.asleep),
        [],
        [],
        [],
    )

    async def work():
        async with gate.turn():
            starts.append(clock.now)
            inside.append(1)
            most.append(len(inside))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            inside.pop()

    await asyncio.gather(*(work() for _ in range(6)))
    assert max(most) <= 2
    assert all(
        later - earlier >= 1.0 for earlier, later in itertools.pairwise(starts)
    )


async def test_an_async_gate_can_be_held_while_others_wait(clock):
    gate = AsyncGate(0.0, 2, clock=clock, sleep=clock.asleep)
    gate.hold(5)
    async with gate.turn():
        assert clock.now == 1005


async def test_a_place_is_kept_while_a_request_is_tried_again(clock):
    gate = AsyncGate(2.0, 1, clock=clock, sleep=clock.asleep)
    async with gate.place():
        for _ in range(3):
            await gate.distance()
    assert clock.slept == [2.0, 2.0]
