"""The closing table of a run, on stderr; the posts it wrote, or its report as JSON, on stdout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pipeline.console.run_report import (
    Pending,
    RunReport,
    TopicReport,
    cost_in_words,
)
from pipeline.console.sanitize import terminal_safe
from pipeline.store.serialization import dump_value
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from rich.table import Column, Table


def show(report: RunReport, *, as_json: bool) -> None:
    """Say what a run did."""
    from rich.console import Console

    Console(stderr=True, highlight=False).print(_table(report))
    sys.stderr.writelines(
        terminal_safe(line) + "\n" for line in _remarks(report)
    )
    if as_json:
        sys.stdout.write(dump_value(report) + "\n")
    else:
        sys.stdout.writelines(
            f"{line}\n"
            for topic in report.topics
            for line in topic.posts or _choice(topic)
        )
        sys.stdout.writelines(f"{page}\n" for page in report.pages)


def _choice(topic: TopicReport) -> list[str]:
    """What a dry run would have read, a line each."""
    return [
        terminal_safe(f"{one.score:.2f} {one.link} {one.title}")
        for one in topic.top
    ]


def _table(report: RunReport) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(
        _("Topic"),
        *map(_right, (_("found"), _("kept"), _("posted"), _("pending"))),
    )
    for topic in report.topics:
        counts = (topic.found, topic.kept, _posted(topic), len(topic.pending))
        table.add_row(Text(terminal_safe(topic.topic)), *map(str, counts))
    return table


def _posted(topic: TopicReport) -> str:
    """What the run posted, and what stood there before: "0, 4 before"."""
    if topic.standing <= 0:
        return str(topic.posted)
    return _(
        "{posted}, {standing} before",
        posted=topic.posted,
        standing=topic.standing,
    )


def _right(name: str) -> Column:
    from rich.table import Column

    return Column(name, justify="right")


def _remarks(report: RunReport) -> list[str]:
    lines = [
        f"{topic.topic}: {why}"
        for topic in report.topics
        if (why := report.silence(topic))
    ]
    lines += [
        _("pending {why}", why=_why(paper))
        for topic in report.topics
        for paper in topic.pending
    ]
    lines += [
        f"{trouble.what} {trouble.step}".rstrip() for trouble in report.troubles
    ]
    if report.stopped:
        lines.append(_("Stopped before the end; run again to go on."))
    usage = report.usage
    spent = _("no model call")
    if usage.calls:
        tokens = _(
            "{input_tokens:,} + {output_tokens:,} tokens",
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
        )
        spent = f"{tokens}, {cost_in_words(usage)}"
    lines.append(f"{report.seconds:.1f} s, {spent}")
    return lines


def _why(paper: Pending) -> str:
    if paper.next_try is None:
        return _(
            "{paper_id}: {reason} (given up after {tries} nights; `{program} "
            "retry` tries again)",
            paper_id=paper.paper_id,
            reason=paper.reason,
            tries=paper.tries,
        )
    return f"{paper.paper_id}: {paper.reason}"
