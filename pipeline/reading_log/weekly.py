"""The group's weekly report: who read what, newest first, under one line of the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape as to_html

from pipeline.common.clean import clean_line, safe_url
from pipeline.errors import UsageError
from pipeline.paper import Claim, Review
from pipeline.reading_log import editor, entry_line
from pipeline.reading_log.editor import ReportStyle
from pipeline.reading_log.parser import (
    ANCHOR,
    Journal,
    LoggedReading,
    understand,
)
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class WeeklyRules:
    """The form of a weekly report, and which dates in it are probably slips."""

    summary_limit: int = 150
    """Characters of a 论文简述."""
    picture_width: int = 512
    """Pixels, from the template of the report."""
    slip: int = 200
    """Days; a date further from all its neighbours is probably a slip of the year: holidays take
    weeks, not months.
    """
    neighbours: int = 4
    """Entries on each side that a date is compared with."""
    not_read: str = "本周未精读"
    template: str = """\
######### 模版 #############

> week1 同一周在同一个level的bar上
>
> > [日期]-[姓名]-[论文标题](链接)-[来源]
> >
> > 论文框架图，宽度设置为512
> >
> > 论文简述：一两句话总结精华，切勿过长

######### 模版 #############

## 必须是【全文】精读的论文，如实记录

"""
    clause: re.Pattern[str] = re.compile(r".*[，,；;、:：]", re.DOTALL)


_rules = WeeklyRules()


_weekly_style = ReportStyle(
    prefix="> > ", bracketed=True, within="> >", between=">"
)


def empty_weekly() -> str:
    """An empty report: the template, and the line under which entries go."""
    return f"{_rules.template}> {ANCHOR}\n>\n"


def draft(
    review: Review,
    *,
    title: str,
    reader: str,
    day: date,
    link: str = "",
    venue: str = "",
    picture: str = "",
    abstract: str = "",
) -> LoggedReading:
    """An entry drafted from a review; the title, link and venue are the source's own.

    Args:
        review: of the paper.
        title: as arXiv or the PDF states it.
        reader: who read it.
        day: of the entry.
        link: to the paper; http or https.
        venue: where it was accepted, as stated.
        picture: path or address of the framework figure, as the report shall name it.
        abstract: the paper's, so that the 论文简述 is not taken from it.
    """
    images = (picture,) if picture else ()
    return LoggedReading(
        day, reader, title, venue, link, gist(review, abstract), images
    )


def gist(review: Review, abstract: str = "") -> str:
    """One or two sentences of the review, at most 150 characters, none of them of the abstract.

    The summary line comes first, then what the method and the results add. Where a review says
    nothing that the abstract does not say, the summary line stands. Of an extractive review the
    summary line is taken, whole: no other sentence is sure to say what all of the paper does.
    """
    if review.extractive:
        return clean_line(review.summary.text)
    groups = (
        review.innovation,
        review.methods,
        review.method,
        review.results,
        review.performance,
    )
    claims: list[Claim] = [
        review.summary,
        *(claim for group in groups for claim in group),
    ]
    texts = [clean_line(claim.text) for claim in claims]
    own = [text for text in texts if text and not _said_in(text, abstract)]
    sentences = [
        found for text in own[:4] for found in _sentences(text)
    ] or _sentences(texts[0])
    if not sentences:
        return ""
    first = _cut(sentences[0])
    for second in sentences[1:]:
        both = first + ("" if first[-1] in "。！？" else " ") + second
        if len(both) <= _rules.summary_limit and second != first:
            return both
    return first


def add_weekly_entry(text: str, reading: LoggedReading) -> str:
    """The report with the entry under its anchor; unchanged when this reader's week has this
    paper already.

    Raises:
        UsageError: no anchor, no reader or no title.
    """
    _check(reading)
    journal = anchored(text)
    if any(_same(reading, other) for other in journal.readings):
        return text
    habits = editor.style(journal, _weekly_style)
    block = _block(reading, habits)
    return editor.insert_entry(journal, block, reading.date, habits)


def skip(text: str, reader: str, day: date, note: str = "") -> str:
    """The report with a line that this reader read nothing; unchanged when the reader has
    written this week.

    Raises:
        UsageError: no anchor, or no reader.
    """
    journal = anchored(text)
    words = clean_line(note).rstrip("，,。. ")
    reading = LoggedReading(
        day,
        reader,
        summary=f"{words}，{_rules.not_read}" if words else _rules.not_read,
        kind="skipped",
    )
    _check(reading)
    if not missing(journal, [reader], day):
        return text
    habits = editor.style(journal, _weekly_style)
    return editor.insert_entry(journal, _block(reading, habits), day, habits)


def missing(journal: Journal, readers: Iterable[str], day: date) -> list[str]:
    """The readers without an entry in the ISO week (Monday to Sunday) of that day, in the order
    given.
    """
    wrote = {
        _key(reading.reader)
        for reading in journal.readings
        if editor.week(reading.date) == editor.week(day)
    }
    return [reader for reader in readers if _key(reader) not in wrote]


def doubts(journal: Journal, today: date) -> list[str]:
    """What somebody should look at: dates in the future or far from their neighbours', entries
    without a reader.
    """
    found = []
    for at, reading in enumerate(journal.below):
        around = sorted(
            other.date
            for other in journal.below[
                max(0, at - _rules.neighbours) : at + _rules.neighbours + 1
            ]
        )
        middle = around[len(around) // 2]
        if reading.date > today:
            found.append(
                f"line {reading.lines[0]}: {reading.date} is in the future"
            )
        elif abs((reading.date - middle).days) > _rules.slip:
            found.append(
                f"line {reading.lines[0]}: {reading.date} stands among entries of {middle}; is the year right?"
            )
        if not reading.reader:
            found.append(f"line {reading.lines[0]}: no reader")
    return found


def archive(
    text: str, year: int, archive_text: str, archive_name: str, *, today: date
) -> tuple[str, str]:
    """Move the entries of a year into an archive and leave a link to it.

    Write the archive first: entries that it already holds are not put in twice, so a move that
    was cut short can be repeated.

    Args:
        text: the report.
        year: whose entries move.
        archive_text: what the archive holds so far, "" for a new one.
        archive_name: how the report links to it, a relative path or an address.
        today: entries of its ISO week stay, since the week is still being written.

    Returns:
        The report and the archive. Both unchanged when the report has no entry of that year.
    """
    journal = understand(text)
    running = editor.week(today)
    gone = [
        reading
        for reading in journal.readings
        if reading.date.year == year and editor.week(reading.date) != running
    ]
    if not gone:
        return text, archive_text
    rest, taken = editor.remove_entries(journal, gone)
    return _linked(rest, year, archive_name, journal.newline), _archived(
        archive_text, year, taken, journal
    )


def picture_line(image: str) -> str:
    """A picture as the report shows it; of addresses that are neither http nor a path only the
    path is left.
    """
    path = re.sub(
        r"^[a-z][a-z0-9+.-]*:", "", clean_line(image), flags=re.IGNORECASE
    )
    return f'<img width="{_rules.picture_width}" alt="image" src="{to_html(safe_url(image) or path)}">'


def same_paper(one: LoggedReading, other: LoggedReading) -> bool:
    """Whether two entries are of one paper, by its title or its link (arXiv ids without their
    version).
    """
    if "skipped" in (one.kind, other.kind):
        return False
    return _key(one.title) == _key(other.title) or bool(
        one.link and _paper_of(one.link) == _paper_of(other.link)
    )


def need_reader(name: str) -> None:
    """Make sure that a reader is named.

    Raises:
        UsageError: the name holds no word.
    """
    if not _key(name):
        raise UsageError(
            _("An entry needs a reader."), step=_('Name one: --reader "NAME".')
        )


def _check(reading: LoggedReading) -> None:
    need_reader(reading.reader)
    if reading.kind == "read" and not clean_line(reading.title):
        raise UsageError(
            _("An entry needs a title."),
            step=_("Give the paper's arXiv id, or a PDF that has a title."),
        )


def anchored(text: str) -> Journal:
    """What is understood of a report that new entries can go into.

    Raises:
        UsageError: it has no line for them.
    """
    journal = understand(text)
    if journal.anchor is None:
        raise UsageError(
            _(
                "The report has no line «{anchor}», under which entries go.",
                anchor=ANCHOR,
            ),
            step=_(
                "Put that line where new entries belong, or start a report with "
                "`{program} weekly new`."
            ),
        )
    return journal


def _block(reading: LoggedReading, habits: ReportStyle) -> list[str]:
    """The lines of an entry, quoted."""
    parts = [
        entry_line.write_entry_line(
            editor.opening(reading, bracketed=habits.bracketed)
        )
    ]
    parts += [picture_line(image) for image in reading.images]
    if reading.kind == "read" and reading.summary:
        parts.append(f"论文简述：{entry_line.escape_markdown(reading.summary)}")
    lines = [
        line
        for part in parts
        for line in (habits.prefix + part, habits.prefix.rstrip())
    ]
    return lines[:-1]


def _same(one: LoggedReading, other: LoggedReading) -> bool:
    """Whether two entries are one reader's of one paper in one week."""
    same_week = editor.week(one.date) == editor.week(other.date)
    return (
        same_week
        and _key(one.reader) == _key(other.reader)
        and same_paper(one, other)
    )


def _paper_of(link: str) -> str:
    arxiv = re.search(r"arxiv\.org/(?:abs|pdf|html)/([\w.-]+(?:/\d{7})?)", link)
    return (
        re.sub(r"v\d+(?:\.pdf)?$|\.pdf$", "", arxiv[1])
        if arxiv
        else link.rstrip("/")
    )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _said_in(text: str, abstract: str) -> bool:
    return _key(text) in _key(abstract)


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[。！？])|(?<=[.!?])\s+(?=[A-Z\u4e00-\u9fff])", text)
    return [part.strip() for part in parts if part.strip()]


def _cut(sentence: str) -> str:
    """The sentence, or its first clauses, or as many words, within the limit."""
    if len(sentence) <= _rules.summary_limit:
        return sentence
    start = sentence[: _rules.summary_limit - 1]
    clause = _rules.clause.match(start)
    if clause and len(clause.group()) > _rules.summary_limit // 3:
        return clause.group()[:-1] + "…"
    return (start.rsplit(" ", 1)[0] if " " in start[-30:] else start) + "…"


def _linked(text: str, year: int, name: str, end: str) -> str:
    """The report with the line that names the archive, above those of earlier years, else at
    its end.
    """
    link = re.compile(rf"{year}\s*年.*\]\(")
    lines = understand(text).lines
    if any(link.search(line) for line in lines):
        return text
    words = f"为简化排版，{year}年小组精读论文已经保存在[这里]({_target(name)})"
    older = next(
        (
            at
            for at, line in enumerate(lines)
            if re.search(r"\d{4}\s*年.*保存在\[", line)
        ),
        None,
    )
    if older is not None:
        return "".join([*lines[:older], words, end, end, *lines[older:]])
    return (
        text
        + ("" if not text or text.endswith(("\n", "\r")) else end)
        + end
        + words
        + end
    )


def _target(name: str) -> str:
    return safe_url(name) or safe_url("https://x/" + name).removeprefix(
        "https://x/"
    )


def _archived(
    text: str, year: int, taken: Sequence[str], journal: Journal
) -> str:
    known = understand(text)
    held = {
        "".join(known.lines[r.lines[0] - 1 : r.lines[1]]).rstrip()
        for r in known.readings
    }
    end = journal.newline
    fresh = [
        entry.rstrip("\r\n") + end
        for entry in taken
        if entry.rstrip() not in held
    ]
    if not fresh:
        return text
    body = f">{end}".join(fresh)
    if not known.readings:
        start = text or f"# {year}年小组精读论文{end}"
        return (
            start + ("" if start.endswith(("\n", "\r")) else end) + end + body
        )
    at = known.readings[0].lines[0] - 1
    return "".join([*known.lines[:at], body, f">{end}", *known.lines[at:]])
