"""Whatever a reading process does, its parent gets a Reading or one error, and no process stays
behind.
"""

import os
import pickle
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pymupdf
import pytest

from pipeline.errors import ReadingStopped, UnreadablePdf
from pipeline.extract.worker import pool
from pipeline.extract.worker.pool import Child, read
from pipeline.extract.worker.protocol import ProcessLimits, Wish

LIMITS = {"timeout": 20.0, "memory": 1000, "draw": False}
READY = """
import os, sys, time
from pipeline.extract.worker.protocol import write_frame, read_frame
out = os.fdopen(1, "wb")
write_frame(out, {"ready": True})
head, (pdf,) = read_frame(os.fdopen(0, "rb"), 1 << 30)
"""


def paper(
    text="A small paper about nothing in particular, written to be read by a machine.",
):
    with pymupdf.open() as document:
        page = document.new_page()
        for line in range(20):
            page.insert_text((72, 72 + 14 * line), text)
        return document.tobytes()


def misbehaving(what):
    return Child((sys.executable, "-c", READY + what))


def gone(pid, patience=5.0):
    """Whether the process ends; waits for its end, not for a clock."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], patience)[0])
    finally:
        os.close(handle)


@pytest.fixture(autouse=True)
def no_children_left():
    yield
    pool.close()


def test_a_paper_is_read_and_the_child_is_kept_for_the_next():
    first = read(paper(), **LIMITS)
    (child,) = pool._idle
    second = read(paper("Another text in the same process."), **LIMITS)
    assert "small paper" in " ".join(
        passage.text for passage in first.document.passages()
    )
    assert "same process" in " ".join(
        passage.text for passage in second.document.passages()
    )
    assert pool._idle == [child]


def test_the_title_of_the_record_travels_to_the_reading_process():
    assert (
        read(paper(), **LIMITS, title="A Known Title").document.title
        == "A Known Title"
    )


def test_a_reading_process_is_given_no_key(monkeypatch):
    for name in (
        "OPENAI_API_KEY",
        "SCREEN_MODEL_KEY",
        "MY_TOKEN",
        "MALLOC_ARENA_MAX",
    ):
        monkeypatch.setenv(name, "sk-secret")
    child = Child()
    given = Path(f"/proc/{child.process.pid}/environ")
    while not (environ := given.read_bytes()):
        pass  # empty until the new program has begun
    child.stop()
    assert b"sk-secret" not in environ
    assert b"PATH=" in environ


def test_a_reading_and_its_errors_travel_between_processes():
    reading = read(paper(), **LIMITS)
    assert pickle.loads(pickle.dumps(reading)) == reading
    with pytest.raises(UnreadablePdf) as caught:
        read(b"", **LIMITS)
    assert pickle.loads(pickle.dumps(caught.value)).cause == "not a PDF"


def test_an_unreadable_file_does_not_cost_the_child():
    read(paper(), **LIMITS)
    (child,) = pool._idle
    with pytest.raises(UnreadablePdf, match="not a PDF"):
        read(b"<html>", **LIMITS)
    assert pool._idle == [child]


def test_threads_read_at_the_same_time_with_a_child_each():
    texts = [
        f"Paper number {number} of the evening speaks of itself."
        for number in range(6)
    ]
    with ThreadPoolExecutor(2) as threads:
        readings = list(
            threads.map(lambda text: read(paper(text), **LIMITS), texts)
        )
    for text, reading in zip(texts, readings, strict=True):
        assert text in " ".join(
            passage.text for passage in reading.document.passages()
        )
    assert len(pool._idle) <= 2


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("while True: pass", "time"),
        ("time.sleep(60)", "time"),
        (
            "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)); time.sleep(60)",
            "time",
        ),
        ("hog = [bytes([1]) * (1 << 20) for _ in range(4000)]", "memory"),
        ("os.kill(os.getpid(), 11)", "crash"),
        ("os._exit(0)", "crash"),
        (
            "out.write(b'Lorem ipsum dolor sit amet ' * 100); out.flush(); time.sleep(60)",
            "crash",
        ),
        (
            "write_frame(out, {'document': {'pages': 'many'}, 'names': []})",
            "crash",
        ),
        (
            "write_frame(out, {'document': None, 'names': ['../a']}, b'x')",
            "crash",
        ),
        ("write_frame(out, {'stopped': 'because'})", "crash"),
        ("write_frame(out, {'unreadable': 7})", "crash"),
        ("out.write(bytes(7)); out.flush(); os._exit(3)", "crash"),
        ("out.write(bytes(8) + b'[]'); out.flush(); time.sleep(60)", "crash"),
    ],
)
def test_a_child_that_misbehaves_is_stopped_for_the_right_cause(
    monkeypatch, what, cause
):
    monkeypatch.setattr(pool, "process_limits", ProcessLimits(clock_factor=1.0))
    child = misbehaving(what)
    with pytest.raises(ReadingStopped) as caught:
        child.read(
            b"%PDF-", Wish(timeout=1.0, memory=150, draw=False, encoders=0)
        )
    child.stop()
    assert caught.value.cause == cause
    assert gone(child.process.pid)


@pytest.mark.parametrize(
    ("used", "elapsed", "late"),
    [(59.0, 599.0, False), (61.0, 61.0, True), (1.0, 601.0, True)],
)
def test_the_limit_counts_processor_time_and_ten_times_as_much_by_the_clock(
    monkeypatch, used, elapsed, late
):
    clock, spent = [1000.0], [5.0]
    monkeypatch.setattr(pool, "processor_time", lambda pid: spent[0])
    monkeypatch.setattr(pool.time, "monotonic", lambda: clock[0])
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        watch = pool._Watch(process, 60.0, 0)
    clock[0] += elapsed
    spent[0] += used
    assert watch._is_late() is late


def test_a_child_that_never_starts_is_an_error_and_not_a_wait():
    child = Child((sys.executable, "-c", "print('hello')"))
    with pytest.raises(ReadingStopped, match="died"):
        child.read(b"", Wish(timeout=1.0, memory=150, draw=False, encoders=0))


def test_a_process_that_was_prepared_reads_the_first_paper(monkeypatch):
    pool.close()
    pool.prepare()
    monkeypatch.setattr(pool, "Child", None)  # no other can be started
    reading = pool.read(paper(), timeout=60.0, memory=2000, draw=False)
    assert reading.document.pages == 1


@pytest.mark.skipif(
    sys.platform != "linux", reason="needs a limit on address space"
)
def test_the_system_holds_the_limit_on_memory_between_two_looks_of_the_watch(
    monkeypatch,
):
    monkeypatch.setattr(pool, "_rules", pool.PoolRules(watch=60.0))
    child = misbehaving("""
from pipeline.extract.worker import worker
from pipeline.extract import reader
reader.read_pdf = lambda pdf, draw, encoders: bytes(1 << 32)
worker._limit_memory(400 << 20)
write_frame(out, worker._read(pdf, {"draw": False, "encoders": 0})[0])
""")
    with pytest.raises(ReadingStopped) as caught:
        child.read(
            b"%PDF-", Wish(timeout=20.0, memory=400, draw=False, encoders=0)
        )
    child.stop()
    assert caught.value.cause == "memory"


def test_a_child_killed_from_outside_is_replaced():
    read(paper(), **LIMITS)
    (child,) = pool._idle
    child.process.kill()
    assert read(paper(), **LIMITS).document.pages == 1


def test_a_child_is_replaced_after_its_share_of_papers(monkeypatch):
    monkeypatch.setattr(pool, "_rules", pool.PoolRules(papers=1))
    read(paper(), **LIMITS)
    assert pool._idle == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_children_end_when_their_parent_is_killed():
    code = """
from pipeline.extract.worker.pool import Child
child = Child()
child._take()
print(child.process.pid, flush=True)
while True:
    pass
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    assert gone(child)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_does_not_share_children():
    read(paper(), **LIMITS)
    pid = os.fork()
    if pid == 0:
        os._exit(len(pool._idle))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert read(paper(), **LIMITS).document.pages == 1


@pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="needs signal masks"
)
def test_sigterm_to_all_processes_of_a_run_leaves_the_readers_at_work():
    child = Child()
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(child.process.pid, number)
    wish = Wish(timeout=60.0, memory=2000, draw=False, encoders=0)
    reading = child.read(paper(), wish)
    assert reading.document.pages
    child.release()
    assert child.process.wait(10) == 0, "it ends with its parent's pipe"


def test_a_reader_that_nobody_waits_for_is_ended():
    child = Child()
    pool._at_work.add(child)
    pool.abandon()
    assert child.process.wait(10) < 0
    child.release()
