"""The digest as a mail reaches a real SMTP server, with figures in it and plain text beside."""

from __future__ import annotations

import email.policy
import socket
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from PIL import Image

from pipeline.config import Notify, Receiver
from pipeline.console.digest_card import digest_card
from pipeline.console.digest_mail import PICTURES, digest_mail
from pipeline.console.notify import send_digest
from pipeline.console.run_report import Highlight, RunReport, TopicReport
from pipeline.paper import Reason
from tests.console.test_notify import report


class Mailbox:
    """Keeps what is delivered."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # type: ignore[no-untyped-def]  # noqa: N802 - aiosmtpd's name
        parser = BytesParser(policy=email.policy.default)
        self.mails.append(
            (envelope.rcpt_tos, parser.parsebytes(envelope.content))
        )  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def smtp():
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield SimpleNamespace(
        mails=box.mails,
        url=f"mailto://127.0.0.1:{port}/?from=screen@example.org&to=$WHO@example.org",
    )
    server.stop()


def night(tmp_path: Path, title: str = "Talking Heads") -> RunReport:
    folder = tmp_path / "2611.00001-v1"
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (2000, 900), "white").save(folder / "figure-2.png")
    best = Highlight(
        title,
        "一句话：唇形距离下降 12.4%。",
        "https://arxiv.org/abs/2611.00001v1",
        0.9,
        reasons=(Reason("title", "talking head"),),
        language="zh",
        page=6,
        page_url="https://arxiv.org/pdf/2611.00001v1#page=6",
        quote="falls by 12.4%",
        figure=str(folder / "figure-2.png"),
    )
    return report(
        topics=(
            TopicReport("Talking Head", found=9, kept=2, posted=1, top=(best,)),
            TopicReport(
                "NeRF", found=3, posted=0, silence="3 new papers, none on topic"
            ),
        )
    )


def test_a_mail_shows_the_figure_the_line_the_reason_and_the_passage(
    smtp, tmp_path
):
    asked = Notify(urls=(smtp.url,))
    assert send_digest(asked, night(tmp_path), {"WHO": "a"}) == []
    ((to, mail),) = smtp.mails
    assert to == ["a@example.org"]
    assert mail["Subject"] == "arxiv-screen 2026-11-20: 1 new paper"
    html = mail.get_body(("html",)).get_content()
    for words in (
        "一句话：唇形距离下降 12.4%。",
        "标题：talking head",
        "falls by 12.4%",
        'href="https://arxiv.org/pdf/2611.00001v1#page=6"',
        'href="https://arxiv.org/abs/2611.00001v1"',
        'src="cid:2611-00001-v1.jpg"',
    ):
        assert words in html
    (picture,) = [
        part for part in mail.walk() if part.get_content_maintype() == "image"
    ]
    assert picture["Content-ID"] == "<2611-00001-v1.jpg>"
    assert picture.get_content().startswith(b"\xff\xd8")
    assert len(picture.get_content()) <= 60_000


def test_a_mail_has_the_same_as_plain_text_beside_it(smtp, tmp_path):
    send_digest(Notify(urls=(smtp.url,)), night(tmp_path), {"WHO": "a"})
    text = smtp.mails[0][1].get_body(("plain",)).get_content()
    for words in (
        "Talking Heads",
        "一句话",
        "12.4%",
        "https://arxiv.org/abs/2611.00001v1",
        "3 new papers, none on topic",
    ):
        assert words in text
    assert "<" not in text


def test_hostile_words_stay_words(smtp, tmp_path):
    title = "<script>alert(1)</script> <img src=x onerror=y> {{ 7*7 }}"
    send_digest(Notify(urls=(smtp.url,)), night(tmp_path, title), {"WHO": "a"})
    html = smtp.mails[0][1].get_body(("html",)).get_content()
    assert "<script" not in html
    assert html.count("<img") == 1
    assert "{{ 7*7 }}" in html


def test_who_wants_plain_text_gets_only_that(smtp, tmp_path):
    asked = Notify(urls=(smtp.url + "&format=text",))
    send_digest(asked, night(tmp_path), {"WHO": "a"})
    mail = smtp.mails[0][1]
    assert mail.get_content_type() == "text/plain"
    assert "Talking Heads" in mail.get_content()


def test_each_receiver_is_told_of_his_topics_only(smtp, tmp_path):
    asked = Notify(
        receivers=(
            Receiver(
                urls=(smtp.url.replace("$WHO", "b"),), topics=("Talking Head",)
            ),
            Receiver(urls=(smtp.url.replace("$WHO", "c"),), topics=("NeRF",)),
            Receiver(
                urls=(smtp.url.replace("$WHO", "d"),),
                topics=("NeRF",),
                when="always",
            ),
        )
    )
    assert send_digest(asked, night(tmp_path), {}) == []
    got = {
        to[0]: mail.get_body(("html",)).get_content() for to, mail in smtp.mails
    }
    assert set(got) == {"b@example.org", "d@example.org"}
    assert "NeRF" not in got["b@example.org"]
    assert "Talking Heads" not in got["d@example.org"]


def test_only_the_best_papers_have_their_figure(tmp_path):
    best = night(tmp_path).topics[0].top[0]
    many = tuple(
        Highlight(
            f"Paper {at}",
            "l",
            "https://a.org",
            at / 10,
            figure=_copy(best.figure, at),
        )
        for at in range(8)
    )
    made = digest_mail(report(topics=(TopicReport("T", posted=8, top=many),)))
    assert len(made.pictures) == PICTURES
    assert "cid:v7.jpg" in made.html
    assert "cid:v0.jpg" not in made.html


def _copy(figure: str, at: int) -> str:
    folder = Path(figure).parents[1] / f"v{at}"
    folder.mkdir()
    (folder / "f.png").write_bytes(Path(figure).read_bytes())
    return str(folder / "f.png")


def test_a_card_links_the_paper_and_the_page_and_marks_nothing_of_others(
    tmp_path,
):
    body = digest_card(night(tmp_path, "A *b* [c](d) @all")).body
    assert "[A ∗b∗ ［c］(d) ＠all](https://arxiv.org/abs/2611.00001v1)" in body
    assert "[PDF p6](https://arxiv.org/pdf/2611.00001v1#page=6)" in body
    assert "**Talking Head** · 9 found, 2 kept, 1 posted" in body
