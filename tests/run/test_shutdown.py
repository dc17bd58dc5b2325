"""Ctrl-C: once finishes what is in hand, twice ends at once; neither loses anything."""

import asyncio
import os
import signal
import subprocess
import sys
import threading

import pytest

from pipeline.errors import INTERRUPTED
from pipeline.run import shutdown
from pipeline.run.shutdown import (
    RunStopped,
    ShutdownTimes,
    StopSignal,
    handle_signals,
)
from tests.arxiv_loopback import Answer
from tests.run.place import reading_of


def at(place, kind, answer=None, number=signal.SIGINT):
    """A signal at the first request of a kind, which is answered so."""
    begun = []

    def fault(request):
        if not request.path.startswith(f"/{kind}"):
            return None
        if not begun:
            begun.append(request)
            os.kill(os.getpid(), number)
        return answer

    place.arxiv.fault = fault


def goes_on(place, papers):
    """The next run finishes what was left."""
    place.arxiv.fault = lambda request: None
    code, _ = place.run()
    assert code == 0
    assert all(
        f"Talking Head Study of Kind {number}" in place.text()
        for number in range(1, papers + 1)
    )


def test_the_first_one_finishes_what_is_in_hand_and_says_what_is_left(place):
    place.arxiv.add(*range(1, 9))
    at(place, "pdf")
    code, report = place.run()
    assert (code, report["stopped"], report["outcome"]) == (
        INTERRUPTED,
        True,
        "pending",
    )
    left = report["topics"][0]["pending"]
    assert 6 <= len(left) <= 8
    assert {one["reason"] for one in left} == {"the run was stopped before it"}
    goes_on(place, 8)


def test_one_that_is_stopped_by_its_scheduler_has_papers_pending(place):
    place.arxiv.add(*range(1, 9))
    at(place, "pdf", number=signal.SIGTERM)
    code, report = place.run()
    assert (code, report["stopped"]) == (1, True)


def test_a_stop_while_the_search_is_throttled_is_no_trouble_with_arxiv(place):
    place.keys["arxiv.patience"] = 900
    place.arxiv.add(1)
    at(place, "api", Answer(429, headers={"Retry-After": "800"}))
    code, report = place.run()
    assert (code, report["troubles"]) == (INTERRUPTED, [])
    goes_on(place, 1)


def test_a_stop_does_not_wait_until_a_throttled_download_may_go_on(place):
    place.keys["arxiv.patience"] = 900
    place.arxiv.add(1, 2)
    at(place, "pdf", Answer(429, headers={"Retry-After": "300"}))
    code, report = place.run()
    assert (code, report["troubles"], len(report["topics"][0]["pending"])) == (
        INTERRUPTED,
        [],
        2,
    )
    goes_on(place, 2)


def test_the_second_one_ends_at_once_and_the_next_run_goes_on(
    place, monkeypatch
):
    from pipeline.run.services import pdf_reader

    release, heard = threading.Event(), threading.Event()

    def hang(pdf, **limits):
        os.kill(os.getpid(), signal.SIGINT)
        heard.wait(30)  # two signals at once are one
        os.kill(os.getpid(), signal.SIGINT)
        release.wait(1)
        return reading_of(pdf)

    place.arxiv.add(1, 2, 3)
    with monkeypatch.context() as patch:
        patch.setattr(
            StopSignal,
            "call",
            lambda signal: (signal._event.set(), heard.set()),
        )
        patch.setattr(pdf_reader.pool, "read", hang)
        patch.setattr(shutdown, "shutdown_times", ShutdownTimes(tidying=60.0))
        with pytest.raises(KeyboardInterrupt):
            place.run()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()  # it would end the tests themselves a minute later
    assert place.posts() == {}
    goes_on(place, 3)


HANGING = """
import asyncio, sys, time
from pipeline.run import shutdown
shutdown.shutdown_times = shutdown.ShutdownTimes(tidying=0.05)

def hang():
    print("ready", flush=True)
    time.sleep(60)

async def run():
    with shutdown.handle_signals(shutdown.StopSignal(), lambda: print("stopping", flush=True)):
        await asyncio.to_thread(hang)

asyncio.run(run())
"""


def test_what_hangs_is_left_behind_at_the_second_one():
    run = subprocess.Popen(
        [sys.executable, "-c", HANGING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGTERM)
    assert run.stdout.readline() == "stopping\n"
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=30)
    assert run.returncode == INTERRUPTED
    assert "What was done is kept" in said


async def test_a_signal_that_another_thread_receives_is_heard_at_once():
    told, main = threading.Event(), threading.get_ident()

    def stopped():
        while sys._current_frames()[main].f_code.co_name != "select":
            pass  # the event loop must be asleep
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        return told.wait(10)

    with handle_signals(StopSignal(), told.set):
        assert await asyncio.to_thread(stopped)


async def test_waits_end_when_the_run_is_told_to_stop():
    halt = StopSignal()
    await halt.asleep(0.001)
    halt.sleep(0.001)
    halt.call()
    with pytest.raises(RunStopped):
        await halt.asleep(1000)
    with pytest.raises(RunStopped):
        halt.sleep(1000)
