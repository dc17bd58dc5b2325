"""A digest as Markdown, for services that make a card of it: Slack, DingTalk."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.console.digest import (
    Message,
    counts_of,
    digest_limits,
    figures_of,
    fit,
    pending_papers,
    quiet_line,
    title_of,
    web_link,
)
from pipeline.console.run_report import Highlight, RunReport, TopicReport
from pipeline.translation import gettext as _

_LOOK_ALIKES = str.maketrans("[]<>*`|~_", "［］‹›∗ˈ¦∼＿")
"""No two services agree on how Markdown's signs are escaped, so they are replaced."""


def digest_card(report: RunReport, limit: int = digest_limits.size) -> Message:
    """Tell the run in Markdown; whole lines are left out beyond the limit of bytes."""
    return Message(
        title_of(report), fit(list(_lines(report)), limit), report.trouble
    )


def _lines(report: RunReport) -> Iterator[str]:
    yield figures_of(report)
    for trouble in report.troubles:
        yield ""
        yield f"**{_plain(trouble.what)}** {_plain(trouble.step)}".rstrip()
    for topic in report.topics:
        yield ""
        yield from _topic_card(topic, report.silence(topic))
    if pending := list(pending_papers(report)):
        yield ""
        yield _("Pending")
        yield from map(_plain, pending)


def _topic_card(topic: TopicReport, silence: str) -> Iterator[str]:
    yield f"**{_plain(topic.topic)}** · {counts_of(topic)}"
    if silence:
        yield _plain(silence)
    for paper in topic.top:
        yield ""
        yield from filter(None, (_heading(paper), _plain(paper.line, 200)))
        yield from filter(None, (_plain(paper.why, 200), _passage(paper)))


def _heading(paper: Highlight) -> str:
    title = _plain(paper.title, 200)
    link = web_link(paper.link)
    return f"[{title}]({link})" if link else f"**{title}**"


def _passage(paper: Highlight) -> str:
    """Link to the page on which the summary rests."""
    link = web_link(paper.page_url)
    return f"[PDF p{paper.page}]({link})" if link and paper.page else ""


def _plain(text: str, longest: int = 400) -> str:
    return quiet_line(text, longest).translate(_LOOK_ALIKES)
