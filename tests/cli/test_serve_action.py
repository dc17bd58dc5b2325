"""The triage page from the command line."""

import os
import signal

from pipeline.extract.worker import pool
from pipeline.web import triage_server


def test_a_demonstration_that_is_stopped_serves_nothing(screen, monkeypatch):
    served = []
    read, first = pool.read, [signal.SIGINT]

    def stopped(*words, **options):
        if first:  # a second one would end the tests themselves
            os.kill(os.getpid(), first.pop())
        return read(*words, **options)

    monkeypatch.setattr(pool, "read", stopped)
    monkeypatch.setattr(
        triage_server, "serve_forever", lambda *words: served.append(words)
    )
    assert screen("serve", "--demo").code == 130
    assert served == []


def test_a_demonstration_is_served_when_it_is_ready(screen, monkeypatch):
    served = []
    monkeypatch.setattr(
        triage_server, "serve_forever", lambda *words: served.append(words)
    )
    assert screen("serve", "--demo", "--port", "0").code == 0
    ((_, host, port),) = served
    assert (host, port) == ("127.0.0.1", 0)
