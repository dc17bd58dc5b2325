"""A digest of a run as plain text: the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import PROGRAM
from pipeline.console.run_report import (
    Pending,
    RunReport,
    TopicReport,
    cost_in_words,
)
from pipeline.console.sanitize import terminal_safe
from pipeline.translation import gettext as _
from pipeline.translation import ngettext


@dataclass(frozen=True, slots=True)
class DigestLimits:
    """How much a digest tells."""

    size: int = 4000
    """Bytes where a service takes more: about what a telephone shows in ten screens."""
    pending: int = 8
    """Waiting papers that are named; the others are counted."""


digest_limits = DigestLimits()


@dataclass(frozen=True, slots=True)
class Message:
    """A title and plain text."""

    title: str
    body: str
    alarm: bool = False
    """Somebody should look; services that can show it as a warning."""


def digest(report: RunReport, limit: int = digest_limits.size) -> Message:
    """Tell the run in a few lines; whole lines are left out beyond the limit.

    Args:
        report: of the run.
        limit: bytes of the body in UTF-8.
    """
    return Message(
        title_of(report), fit(list(_lines(report)), limit), report.trouble
    )


def fit(lines: Sequence[str], limit: int) -> str:
    """Give as many whole lines as the bytes allow, and how many are missing.

    At least the beginning of the first is given.
    """
    whole = "\n".join(lines)
    if size_of(whole) <= limit:
        return whole
    for kept in range(len(lines) - 1, 0, -1):
        rest = _(
            "… {count} more lines; `{program} status` shows them.",
            count=len(lines) - kept,
        )
        text = "\n".join([*lines[:kept], rest])
        if size_of(text) <= limit:
            return text
    return lines[0].encode()[:limit].decode(errors="ignore")


def title_of(report: RunReport) -> str:
    """Say the most important of a run in a title."""
    if report.news:
        posted = ngettext(
            "{count} new paper", "{count} new papers", report.posted
        )
        what = posted if report.posted else _("updates")
    elif report.outcome == "down":
        what = _("could not run")
    else:
        what = _("nothing new")
    trouble = _(", with trouble") if report.trouble else ""
    return f"{PROGRAM} {report.date}: {what}{trouble}"


def _lines(report: RunReport) -> Iterator[str]:
    yield figures_of(report)
    if report.stopped:
        yield _("The run was stopped before its end; the next one goes on.")
    for trouble in report.troubles:
        yield f"! {quiet_line(trouble.what)} {quiet_line(trouble.step)}".rstrip()
    for topic in report.topics:
        yield ""
        yield from _topic_lines(topic, report.silence(topic))
    if pending := list(pending_papers(report)):
        yield ""
        yield f"# {_('Pending')}"
        yield from pending


def figures_of(report: RunReport) -> str:
    """Say in a line what was posted, what waits, what it cost and how long it took."""
    usage = report.usage
    parts = [
        ngettext(
            "{count} paper posted", "{count} papers posted", report.posted
        ),
        _("{count} pending", count=report.pending),
    ]
    if usage.calls:
        calls = ngettext("{count} call", "{count} calls", usage.calls)
        cost = cost_in_words(usage)
        parts.append(_("{cost} for {calls}", cost=cost, calls=calls))
    return _(
        "{figures}, {seconds:.0f} s.",
        figures=", ".join(parts),
        seconds=report.seconds,
    )


def _topic_lines(topic: TopicReport, silence: str) -> Iterator[str]:
    yield f"# {quiet_line(topic.topic)}: {counts_of(topic)}"
    if silence:
        yield quiet_line(silence)
    for number, paper in enumerate(topic.top, 1):
        yield f"{number}. {quiet_line(paper.title, 200)}"
        yield from filter(
            None, (quiet_line(paper.line, 200), web_link(paper.link))
        )


def counts_of(topic: TopicReport) -> str:
    """Say what was found, kept and posted on a topic."""
    counts = [
        _("{count} found", count=topic.found),
        _("{count} kept", count=topic.kept),
        _("{count} posted", count=topic.posted),
    ]
    if topic.updates:
        updates = ngettext("{count} update", "{count} updates", topic.updates)
        counts.append(updates)
    if topic.asides:
        counts.append(_("{count} maybe", count=topic.asides))
    return ", ".join(counts)


def pending_papers(report: RunReport) -> Iterator[str]:
    """Name the papers that wait, with their reasons, a line each."""
    waiting: dict[str, Pending] = {
        paper.paper_id: paper
        for topic in report.topics
        for paper in topic.pending
    }
    named = list(waiting.values())[: digest_limits.pending]
    for paper in named:
        when = (
            _("next try {day:%Y-%m-%d}", day=paper.next_try)
            if paper.next_try
            else _("given up; `{program} retry` tries again")
        )
        yield f"{quiet_line(paper.paper_id)}: {quiet_line(paper.reason, 200)} ({when})"
    if rest := len(waiting) - len(named):
        yield _("… and {count} more", count=rest)


def quiet_line(text: str, longest: int = 400) -> str:
    """Give one short line that mentions nobody: services turn `@all` into a call to everyone."""
    line = " ".join(terminal_safe(text).split()).replace("@", "＠")
    return line if len(line) <= longest else line[: longest - 1] + "…"


def web_link(address: str) -> str:
    """Give the address if it is one of the web, else nothing."""
    return address if re.fullmatch(r"https?://[\x21-\x7e]+", address) else ""


def size_of(text: str) -> int:
    """Measure a text in bytes of UTF-8."""
    return len(text.encode("utf-8", "replace"))
