"""Reading reports kept by hand in one Markdown file: what is understood of them.

A journal is lines. An entry begins with a dated line (`entry_line.py`) and ends with its last
line of text before the next entry, heading, rule or template. Quoting is not parsed as Markdown
does it, because people nest it by feel (`>`, `> >`, `>>`, none): a line is its quoting and its
text. `edit.py` changes such a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape as from_html
from typing import Literal

from pipeline.common.clean import clean_line
from pipeline.reading_log import entry_line
from pipeline.reading_log.entry_line import QUOTING

ANCHOR = "==> 时间倒序，本次更新插入位置 <=="


@dataclass(frozen=True, slots=True)
class ParserRules:
    """The lines that make up a log."""

    title_lines: int = 4
    """Lines a title broken by hand may take; the longest seen has three."""
    line: re.Pattern[str] = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
    anchor: re.Pattern[str] = re.compile(r"时间倒序.*插入位置")
    template: re.Pattern[str] = re.compile(r"#{3,}\s*模[版板]\s*#{3,}")
    boundary: re.Pattern[str] = re.compile(
        r"#{1,6}[ \t]|#{7,}|(?:[-*_][ \t]*){3,}$|[=]{3,}$"
    )
    archived: re.Pattern[str] = re.compile(
        r"\d{4}\s*年.*(?:保存|归档).*\]\(|^\[?\d{4}.*(?:归档|[Aa]rchive)"
    )
    summary: re.Pattern[str] = re.compile(
        r"(?:\*\*)?(?:论文)?(?:简述|简评|简介|描述|总结)(?:\*\*)?(?:\s*[（(][^）)]*[)）])?\s*[:：]?(?:\*\*)?\s*"
    )
    placeholder: re.Pattern[str] = re.compile(r"论文框架图.*|&nbsp;")
    # Bounded, because a line may hold ten thousand beginnings of a picture and no end.
    image: re.Pattern[str] = re.compile(
        r"<img\b[^<>]{0,400}?\bsrc\s{0,9}=\s{0,9}(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s<>\"']+))[^<>]{0,400}>"
        r"|!\[[^\]]{0,400}\]\(\s{0,9}<?((?:[^()\s<>]|\([^()\s]{0,400}\))+)>?[^()]{0,400}\)",
        re.IGNORECASE,
    )


_rules = ParserRules()


@dataclass(frozen=True, slots=True)
class LoggedReading:
    """One entry: a person and a paper, or a person who read nothing."""

    date: date
    reader: str
    title: str = ""
    venue: str = ""
    link: str = ""
    summary: str = ""
    """The 论文简述 without its name; of a skipped week, the words that say so."""
    images: tuple[str, ...] = ()
    """Sources of its pictures, as written."""
    kind: Literal["read", "skipped"] = "read"
    lines: tuple[int, int] = (0, 0)
    """First and last line in the file, 1-based; zeros for a draft."""


@dataclass(frozen=True, slots=True)
class Journal:
    """What is understood of a file."""

    lines: tuple[str, ...]
    """The file, each line with its own ending; joined, they are the file."""
    readings: tuple[LoggedReading, ...]
    """In the order of the file."""
    anchor: int | None
    """Number of the line under which new entries go, 1-based."""

    @property
    def newline(self) -> str:
        """The line ending the file uses most."""
        ends = Counter(line[len(line.rstrip("\r\n")) :] for line in self.lines)
        ends.pop("", None)
        return ends.most_common(1)[0][0] if ends else "\n"

    @property
    def below(self) -> tuple[LoggedReading, ...]:
        """The readings under the anchor; all of them where there is none."""
        return tuple(
            reading
            for reading in self.readings
            if reading.lines[0] > (self.anchor or 0)
        )


def decode_report(data: bytes) -> str:
    """The text of a file; bytes that are not UTF-8, a byte order mark and line endings survive
    `encode`.
    """
    return data.decode("utf-8", "surrogateescape")


def encode_report(text: str) -> bytes:
    """The bytes of a text that `decode` read."""
    return text.encode("utf-8", "surrogateescape")


def understand(text: str, *, named: bool = True) -> Journal:
    """Find every dated entry of a report.

    Args:
        text: the file as `decode` gives it.
        named: entries name their reader after the date (weekly); the daily log's do not.
    """
    lines = tuple(_rules.line.findall(text))
    hidden = _hidden(lines)
    starts = [
        at
        for at, line in enumerate(lines)
        if at not in hidden and entry_line.opens(bare(line))
    ]
    stops = [*starts[1:], len(lines)]
    readings = (
        _reading(lines, start, stop, hidden, named)
        for start, stop in zip(starts, stops, strict=False)
    )
    anchors = (
        at + 1
        for at, line in enumerate(lines)
        if at not in hidden and _rules.anchor.search(line)
    )
    return Journal(
        lines,
        tuple(reading for reading in readings if reading),
        next(anchors, None),
    )


def bare(line: str) -> str:
    """A line without its quoting and its ending."""
    return line[_quoting(line).end() :].rstrip()


def prefix(line: str) -> str:
    """The quoting of a line: `> > `."""
    return _quoting(line).group().lstrip("\ufeff")


def depth(line: str) -> int:
    """How many levels a line is quoted."""
    return len(re.findall("[>＞]", _quoting(line).group()))


def gap(line: str) -> bool:
    """Whether a line holds nothing but quoting."""
    return not bare(line)


def _quoting(line: str) -> re.Match[str]:
    match = QUOTING.match(line)
    assert match is not None  # noqa: S101 - the pattern matches the empty string
    return match


def _hidden(lines: Sequence[str]) -> set[int]:
    """Lines between template marks, code fences and HTML comments. A mark without its partner
    hides nothing.
    """
    hidden: set[int] = set()
    texts = [bare(line) for line in lines]
    marks = [at for at, text in enumerate(texts) if _rules.template.match(text)]
    for start, stop in zip(marks[::2], marks[1::2], strict=False):
        hidden.update(range(start, stop + 1))
    fences = [
        at
        for at, text in enumerate(texts)
        if text.startswith(("```", "~~~")) and at not in hidden
    ]
    for start, stop in zip(fences[::2], fences[1::2], strict=False):
        hidden.update(range(start, stop + 1))
    return hidden | _comments(texts)


def _comments(texts: Sequence[str]) -> set[int]:
    inside: set[int] = set()
    start: int | None = None
    for at, text in enumerate(texts):
        if start is None and text.startswith("<!--") and "-->" not in text:
            start = at
        elif start is not None and "-->" in text:
            inside.update(range(start, at + 1))
            start = None
    return inside


def _reading(
    lines: Sequence[str], start: int, stop: int, hidden: set[int], named: bool
) -> LoggedReading | None:
    head = _head(lines, start, stop)
    line = entry_line.read_entry_line(
        " ".join(bare(part) for part in lines[start:head]), named=named
    )
    if line is None:
        return None
    last = _last(lines, start, head, stop, hidden)
    body = [bare(part) for part in lines[head : last + 1]]
    images = tuple(_sources(body))
    return LoggedReading(
        line.date,
        line.reader,
        line.title,
        line.venue,
        clean_line(line.link),
        line.skipped or _summary(body),
        images,
        "skipped" if line.skipped else "read",
        (start + 1, last + 1),
    )


def _head(lines: Sequence[str], start: int, stop: int) -> int:
    """Where the opening line ends: a title may be broken by hand, or stand on the next line."""
    text, end = bare(lines[start]), start + 1
    line = entry_line.read_entry_line(text, named=False)
    if line and not (line.title or line.skipped):
        return end + 1 if end < stop and _continues(lines[end]) else end
    while (
        _is_open(text)
        and end < min(stop, start + _rules.title_lines)
        and _continues(lines[end])
    ):
        text += " " + bare(lines[end])
        end += 1
    return start + 1 if _is_open(text) else end


def _is_open(text: str) -> bool:
    plain = re.sub(r"\\.", "", text)
    return plain.count("[") > plain.count("]")


def _continues(line: str) -> bool:
    text = bare(line)
    return bool(text) and not (
        _rules.image.search(text)
        or _rules.summary.match(text)
        or _rules.placeholder.match(text)
    )


def _last(
    lines: Sequence[str], start: int, head: int, stop: int, hidden: set[int]
) -> int:
    """Index of an entry's last line with text."""
    last, gaps, quoted = head - 1, 0, depth(lines[start]) > 0
    for at in range(head, stop):
        text = bare(lines[at])
        if (
            at in hidden
            or _rules.boundary.match(text)
            or _rules.anchor.search(text)
            or _rules.archived.search(text)
        ):
            break
        if not text:
            gaps += depth(lines[at]) == 0
            continue
        # Past an empty line, unquoted text is no longer part of a quoted entry; an unquoted one
        # ends at two of them.
        if gaps and depth(lines[at]) == 0 and (quoted or gaps > 1):
            break
        last, gaps = at, 0
    return last


def _sources(body: Iterable[str]) -> Iterator[str]:
    for text in body:
        for found in _rules.image.finditer(text):
            yield clean_line(
                from_html(
                    next(part for part in found.groups() if part is not None)
                )
            )


def _summary(body: Sequence[str]) -> str:
    texts = [
        text.rstrip("\\").strip()
        for text in (_rules.image.sub("", text) for text in body)
    ]
    marked = next(
        (at for at, text in enumerate(texts) if _rules.summary.match(text)),
        None,
    )
    if marked is not None:
        texts = [
            _rules.summary.sub("", texts[marked], count=1),
            *texts[marked + 1 :],
        ]
    return clean_line(
        entry_line.unescape_markdown(
            " ".join(
                text
                for text in texts
                if text and not _rules.placeholder.fullmatch(text)
            )
        )
    )
