"""A digest as a mail in HTML, with the method figures of the best papers in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.common.thumbnails import ThumbnailSize, thumbnail
from pipeline.console.digest import (
    counts_of,
    figures_of,
    pending_papers,
    quiet_line,
    title_of,
    web_link,
)
from pipeline.console.run_report import Highlight, RunReport, TopicReport
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from jinja2 import Template


PICTURES = 5
"""Figures in a mail; one with more is slow on a phone."""
_size = ThumbnailSize(1120, 700, 60_000, "JPEG")
"""Of each: twice the width in which it is shown, for fine screens."""


@dataclass(frozen=True, slots=True)
class MailDigest:
    """A mail: its title, its body and the pictures that the body shows by `cid:NAME`."""

    title: str
    html: str
    pictures: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class MailPaper:
    """One paper of a mail, as its template sees it."""

    title: str
    line: str
    why: str
    link: str
    page: int | None
    page_url: str
    quote: str
    picture: str


@dataclass(frozen=True, slots=True)
class MailTopic:
    """One topic of a mail."""

    name: str
    counts: str
    silence: str
    papers: tuple[MailPaper, ...]


def digest_mail(report: RunReport) -> MailDigest:
    """Tell the run in HTML; figures that cannot be read are left out."""
    pictures = dict(_pictures(report))
    topics = [
        _topic(topic, report.silence(topic), pictures)
        for topic in report.topics
    ]
    html = _template().render(
        title=title_of(report),
        figures=figures_of(report),
        troubles=[
            (quiet_line(one.what), quiet_line(one.step))
            for one in report.troubles
        ],
        topics=topics,
        pending_title=_("Pending"),
        pending=list(pending_papers(report)),
    )
    return MailDigest(title_of(report), html, pictures)


def _pictures(report: RunReport) -> Iterator[tuple[str, bytes]]:
    """Give the figures of the best papers by the names under which the mail shows them."""
    papers = [
        paper for topic in report.topics for paper in topic.top if paper.figure
    ]
    best = sorted(papers, key=lambda paper: paper.score, reverse=True)
    figures = list(dict.fromkeys(paper.figure for paper in best))
    for figure in figures[:PICTURES]:
        made = thumbnail(Path(figure), _size)
        if made:
            yield _name_of(figure), made


def _name_of(figure: str) -> str:
    """Name a figure's copy by its paper's folder: "2611-04217-v1.jpg"."""
    folder = Path(figure).parent.name
    return "".join(sign if sign.isalnum() else "-" for sign in folder) + ".jpg"


def _topic(
    topic: TopicReport, silence: str, pictures: Mapping[str, bytes]
) -> MailTopic:
    papers = tuple(_paper(paper, pictures) for paper in topic.top)
    return MailTopic(
        quiet_line(topic.topic), counts_of(topic), quiet_line(silence), papers
    )


def _paper(paper: Highlight, pictures: Mapping[str, bytes]) -> MailPaper:
    picture = _name_of(paper.figure) if paper.figure else ""
    return MailPaper(
        title=quiet_line(paper.title),
        line=quiet_line(paper.line),
        why=quiet_line(paper.why),
        link=web_link(paper.link),
        page=paper.page,
        page_url=web_link(paper.page_url),
        quote=quiet_line(paper.quote),
        picture=picture if picture in pictures else "",
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("digest_mail.html.j2")
