"""The daily reading log: a paper a day, without the reader's name, growing downwards under its
first heading.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.common.clean import clean_line
from pipeline.errors import UsageError
from pipeline.reading_log import editor, entry_line
from pipeline.reading_log.editor import ReportStyle
from pipeline.reading_log.parser import Journal, LoggedReading, understand
from pipeline.reading_log.weekly import picture_line, same_paper
from pipeline.translation import gettext as _

_daily_style = ReportStyle(prefix="> ", bracketed=True, within="", between="")


def empty_daily() -> str:
    """An empty log."""
    return "# 每日论文阅读记录\n\n### Daily Reading\n"


def add_daily_entry(text: str, reading: LoggedReading) -> str:
    """The log with the entry where its date belongs; unchanged when that day has this paper
    already.

    The file's own order is kept: downwards in time, unless most of its entries stand newest first.

    Raises:
        UsageError: the entry has no title, or the file has neither an entry nor a heading.
    """
    if not clean_line(reading.title):
        raise UsageError(
            _("An entry needs a title."),
            step=_("Give the paper's arXiv id, or a PDF that has a title."),
        )
    journal = understand(text, named=False)
    if any(
        same_paper(reading, other) and reading.date == other.date
        for other in journal.readings
    ):
        return text
    habits = editor.style(journal, _daily_style)
    block = _block(reading, habits)
    if journal.readings:
        return editor.insert_entry(
            journal,
            block,
            reading.date,
            habits,
            newest_first=_newest_first(journal),
        )
    if not any(line.startswith("#") for line in journal.lines):
        raise UsageError(
            _("The log has no entry and no heading under which one could go."),
            step=_(
                "Start a log with `{program} daily new`, or write a heading."
            ),
        )
    return editor.append(journal, block, habits.between)


def _newest_first(journal: Journal) -> bool:
    days = [reading.date for reading in journal.readings]
    steps = [
        (later > earlier) - (later < earlier)
        for earlier, later in pairwise(days)
    ]
    return sum(steps) < 0


def _block(reading: LoggedReading, habits: ReportStyle) -> list[str]:
    """The lines of an entry; picture and summary one level deeper than its dated line."""
    outer, inner = habits.prefix, habits.prefix.rstrip() + " > "
    lines = [
        outer
        + entry_line.write_entry_line(editor.opening(reading), named=False),
        outer.rstrip(),
    ]
    for image in reading.images:
        lines += [inner + picture_line(image), inner.rstrip()]
    summary = entry_line.escape_markdown(reading.summary)
    return (
        [*lines, f"{inner}论文简述：", inner + summary]
        if summary
        else lines[:-1]
    )
