"""A digest says what a run did, fits its service, and reaches it; no address is ever shown."""

import json
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Notify
from pipeline.console.digest import digest, fit
from pipeline.console.notify import due, expand, send_digest, send_test
from pipeline.console.run_report import (
    Highlight,
    Pending,
    RunReport,
    TopicReport,
    Trouble,
)
from pipeline.errors import ServiceDown, UsageError
from pipeline.paper import Usage


def report(**values):
    return RunReport(
        "r1",
        date(2026, 11, 20),
        datetime(2026, 11, 20, 22, tzinfo=UTC),
        84.2,
        **values,
    )


TOP = (
    Highlight(
        "Talking Heads from NeRF",
        "一句话。",
        "https://arxiv.org/abs/2611.00001v1",
        0.9,
    ),
    Highlight("@all <b>Second</b>\nline", "\x1b[31mred", "javascript:alert(1)"),
)
WAITS = Pending(
    "2611.00003", "the model is down", 2, datetime(2026, 11, 21, tzinfo=UTC)
)
GIVEN_UP = Pending("2611.00004", "needs a password", 5)
FULL = report(
    topics=(
        TopicReport(
            "Talking Head",
            found=12,
            kept=5,
            posted=2,
            updates=1,
            asides=3,
            pending=(WAITS, GIVEN_UP),
            top=TOP,
        ),
        TopicReport(
            "NeRF",
            found=7,
            pending=(WAITS,),
            silence="7 new papers, none on topic",
        ),
    ),
    usage=Usage(calls=3, cost=0.03125),
    troubles=(
        Trouble("The search API throttled.", "Records came by OAI-PMH."),
    ),
)


def test_a_digest_tells_the_run():
    message = digest(FULL)
    assert (
        message.title == "arxiv-screen 2026-11-20: 2 new papers, with trouble"
    )
    assert message.alarm
    assert (
        message.body
        == """\
2 papers posted, 2 pending, 0.0312 USD for 3 calls, 84 s.
! The search API throttled. Records came by OAI-PMH.

# Talking Head: 12 found, 5 kept, 2 posted, 1 update, 3 maybe
1. Talking Heads from NeRF
一句话。
https://arxiv.org/abs/2611.00001v1
2. ＠all <b>Second</b> line
[31mred

# NeRF: 7 found, 0 kept, 0 posted
7 new papers, none on topic

# Pending
2611.00003: the model is down (next try 2026-11-21)
2611.00004: needs a password (given up; `arxiv-screen retry` tries again)"""
    )


def test_a_suspicious_silence_is_told_once():
    quiet = TopicReport("NeRF", silence="nothing found")
    body = digest(
        report(
            topics=(quiet,),
            troubles=(Trouble("NeRF: nothing found", "Look at arXiv."),),
        )
    ).body
    assert body.count("nothing found") == 1


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "nothing new"),
        ({"topics": (TopicReport("A", posted=1),)}, "1 new paper"),
        ({"topics": (TopicReport("A", updates=1),)}, "updates"),
        ({"outcome": "down"}, "could not run, with trouble"),
        ({"stopped": True}, "nothing new, with trouble"),
    ],
)
def test_the_title_says_the_most_important(values, title):
    assert digest(report(**values)).title == f"arxiv-screen 2026-11-20: {title}"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, {"always"}),
        ({"topics": (TopicReport("A", posted=1),)}, {"always", "news"}),
        ({"troubles": (Trouble("x"),)}, {"always", "news", "trouble"}),
    ],
)
def test_a_message_is_sent_only_when_it_is_wanted(values, told):
    assert {
        when
        for when in ("news", "always", "trouble")
        if due(report(**values), when)
    } == told


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
        min_size=1,
    ),
    st.integers(1, 300),
)
def test_a_body_is_never_longer_than_its_limit(lines, limit):
    text = fit(lines, limit)
    assert len(text.encode()) <= limit
    if len("\n".join(lines).encode()) <= limit:
        assert text == "\n".join(lines)


def test_what_is_left_out_is_counted():
    text = fit(["first", *(f"line {n} is here" for n in range(30))], 100)
    assert text.splitlines()[0] == "first"
    assert text.endswith("… 28 more lines; `arxiv-screen status` shows them.")


def test_addresses_take_variables_from_the_environment():
    environ = {
        "TOKEN": "123:ab-c",
        "PASS": "p@ss/w?d",
        "ALL": "json://127.0.0.1:1/x?a=b",
    }
    assert (
        expand("tgram://$TOKEN/${CHAT}/", {**environ, "CHAT": "-5"})
        == "tgram://123:ab-c/-5/"
    )
    assert (
        expand("mailto://me:${PASS}@example.org", environ)
        == "mailto://me:p%40ss/w%3Fd@example.org"
    )
    assert expand("$ALL", environ) == environ["ALL"]
    assert expand("json://h/a$", environ) == "json://h/a$"
    with pytest.raises(KeyError, match="MISSING"):
        expand("json://$MISSING", environ)


@pytest.fixture
def service():
    """A web hook on this machine: the messages it got, and the status it answers."""
    state: dict = {"status": 200}
    got: list = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(
                (
                    self.path,
                    json.loads(
                        self.rfile.read(int(self.headers["Content-Length"]))
                    ),
                )
            )
            self.send_response(state["status"])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    state["environ"] = {
        "PLACE": f"127.0.0.1:{server.server_port}",
        "SECRET_PATH": "hidden-token",
    }
    yield got, state
    server.shutdown()
    thread.join()
    server.server_close()


URL = "json://$PLACE/$SECRET_PATH"


def test_a_digest_reaches_its_service_whole(service, capsys):
    got, state = service
    assert send_digest(Notify(urls=(URL,)), FULL, state["environ"]) == []
    ((path, message),) = got
    assert path == "/hidden-token"
    assert message["title"] == digest(FULL).title
    assert message["message"] == digest(FULL).body
    assert message["type"] == "warning"
    assert capsys.readouterr().err == ""


def test_nothing_is_sent_when_nothing_happened(service):
    got, state = service
    send_digest(Notify(urls=(URL,)), report(), state["environ"])
    assert got == []


def test_a_service_that_fails_does_not_stop_the_others_and_shows_no_address(
    service, capsys, caplog
):
    got, state = service
    urls = (
        "nonsense-hidden-token",
        "json://$UNSET/x",
        "json://user:hidden-token@127.0.0.1:1/",
        URL,
    )
    failures = send_digest(Notify(urls=urls), FULL, state["environ"])
    assert [str(failure) for failure in failures] == [
        "notify.urls 1: not an address that apprise knows",
        "notify.urls 2 (json): the environment variable UNSET is not set",
        "notify.urls 3 (json): the service did not take the message",
    ]
    assert len(got) == 1
    shown = capsys.readouterr().err + caplog.text
    assert "arxiv-screen: notify.urls 2 (json)" in shown
    assert "hidden-token" not in shown


def test_a_test_reaches_every_address(service):
    got, state = service
    assert (
        send_test(Notify(urls=(URL, URL)), state["environ"])
        == "2 of 2 addresses took a test"
    )
    assert got[0][1]["title"] == "arxiv-screen: a test"


def test_a_test_that_fails_says_which_address(service):
    _, state = service
    state["status"] = 403
    with pytest.raises(ServiceDown, match=r"notify\.urls 1 \(json\)") as caught:
        send_test(Notify(urls=(URL,)), state["environ"])
    assert "hidden-token" not in str(caught.value)
    with pytest.raises(UsageError):
        send_test(Notify())


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("wecombot://botkey-hidden", 2048),
        ("tgram://123456789:abcdefg_hijklmnop/12315544/", 4096),
        ("feishu://123456", 20000),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#g", 35000),
    ],
)
def test_a_digest_fits_each_service(address, most, monkeypatch):
    import apprise

    sent = []
    monkeypatch.setattr(
        apprise.Apprise,
        "notify",
        lambda _, body, title, *a, **k: sent.append((body, title)) or True,
    )
    long = report(
        topics=tuple(TopicReport(f"主题{n}", top=TOP * 3) for n in range(40)),
        troubles=(Trouble("x"),),
    )
    assert send_digest(Notify(urls=(address,)), long, {}) == []
    ((body, title),) = sent
    assert len(body.encode()) + len(title.encode()) + 2 <= max(most, 4100)
    assert "more lines" in body
